"""What all tests share: strict arithmetic, one reading of the model, and shipped cases worked out once.

**Take a shipped case or its workbook from `shipped_cases`** (tests/shipped.py) instead of loading or
building it:

    def test_something(shipped_cases: ShippedCases) -> None:
        case = shipped_cases.case("digital_diagnostics")      # read, evaluated, checked: once a process
        path = shipped_cases.workbook("digital_diagnostics")  # the .xlsx, written once a run
        sheets = shipped_cases.sheets("digital_diagnostics")  # its cells as stored: once a process
        engine = shipped_cases.engine("digital_diagnostics")  # IronCalc, recalculated: your own to type into

The short cases of tests/short.py are taken by their names too, and so is its bid of one site: they serve
where a test is of how any case is written or read, and CMAST's own run stands under `full`. Each takes
values to set after the name (`shipped_cases.case("cmast", "funding.award=100000")`). Cases, sheets and files
are shared: change none of them; copy the file to alter it. `load_case` is for a case that only one test
needs.

`make test` runs as many processes as there are cores, a file of tests in one process, the long files
first (`LONG`). Tests write only below `tmp_path`, never to `outputs/` or to the shipped folders. Without
`-n`, or with `-p no:xdist`, the same tests run one after another.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import numpy as np
import pytest

from casebuilder.algebra.chapters import Model
from casebuilder.case import load_model
from tests.shipped import ShippedCases

# Files that take longest, in the order in which they should start: a long file that starts last keeps
# one core busy while the others have nothing left. Files that share a workbook stand apart, so that none
# waits for the other to write it.
LONG = (
    "tests/workbook/test_cmast_workbook.py",
    "tests/workbook/test_case_workbooks.py",
    "tests/workbook/test_pages.py",
    "tests/cases/test_command_line.py",
    "tests/unit/tasks/many/test_portfolio.py",
    "tests/workbook/test_scenarios.py",
    "tests/workbook/test_change_log.py",
    "tests/workbook/test_round_trip.py",
    "tests/cases/test_new.py",
    "tests/cases/test_there_and_back.py",
    "tests/cases/test_newcomer.py",
    "tests/cases/test_whole_check.py",
    "tests/cases/test_procurement.py",
    "tests/unit/model/test_money_properties.py",
    "tests/workbook/test_value_page.py",
    "tests/workbook/test_trials.py",
    "tests/workbook/test_lengths.py",
    "tests/cases/test_calibration.py",
    "tests/published/test_cia_benefits_log.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of long files first; the rest keep their order."""
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(LONG)))


def pytest_collection_finish() -> None:
    """Let the collector pass over what stays to the end (modules, tests), and look for rubbish less often.

    By default it goes through everything alive again and again while cases are read: a sixth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Leave what the cases left where it is: pytest looks through it five times at the end, for seconds."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _strict_arithmetic() -> Iterator[None]:
    """Make numpy raise wherever the code has not said that it may divide by 0."""
    with np.errstate(all="raise", under="ignore"):
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands keep in a folder of this run, which its processes share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBUILDER_CACHE", str(folder))
        yield


@pytest.fixture(scope="session")
def model() -> Model:
    """The chapters of the real model."""
    return load_model()


@pytest.fixture(scope="session")
def shipped_cases(tmp_path_factory: pytest.TempPathFactory) -> ShippedCases:
    """Shipped cases and their workbooks; see the top of this file."""
    own = tmp_path_factory.getbasetemp()  # of this process; what is above it is shared by all of a run
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shipped"
    folder.mkdir(exist_ok=True)
    return ShippedCases(folder)
