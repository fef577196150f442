"""Each reference test alone in a case of one site, all of them together, and a test of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.case import Case, load_case
from casebuilder.inputs.start.tests import read_tests
from tests.one_site import OneSite, OwnTest

BLADDER_SCAN = OwnTest(
    "bladder_scan", "Bladder scan", minutes=20, kit_price=8_000, price=60, bought_price=60, asked=400
)
# What this small case is not asked to show: other ways than a centre, and a reason for it.
NOT_ASKED = {"checks.existing_kit_compared", "checks.buying_compared", "decision.reasons_given"}


def works(case: Case) -> dict[str, float | None]:
    """The headlines of the centre, once it is shown that it is evaluated whole and does tests at a cost."""
    figures = case.headlines["preferred"].headlines
    assert {check.key for check in case.checks.failed} <= NOT_ASKED
    assert not case.checks.cannot and not case.checks.inputs_outside
    for name in ("tests_steady_state", "capital_outturn", "revenue_cost_steady_state"):
        assert (figures[name] or 0) > 0, name
    return dict(figures)


@pytest.mark.parametrize("test", list(read_tests()))
def test_a_reference_test_alone(test: str, tmp_path: Path) -> None:
    """With nothing but the reference set's values of it, its kit and its staff."""
    case = load_case(str(OneSite([test]).write(tmp_path / "case")))
    figures = works(case)
    listed = bool(read_tests()[test].dm01)
    assert ((figures["list_start"] or 0) > 0) == listed


def test_all_reference_tests_together(tmp_path: Path) -> None:
    """They do as many tests as they do alone, or fewer where they share staff."""
    case = load_case(str(OneSite(list(read_tests())).write(tmp_path / "case")))
    assert (works(case)["tests_steady_state"] or 0) > 50_000


def test_a_test_of_ones_own_needs_five_values(tmp_path: Path) -> None:
    """Minutes, the price of its kit, what is paid, what it costs elsewhere, and how many are asked for."""
    alone = works(load_case(str(OneSite([], [BLADDER_SCAN]).write(tmp_path / "alone"))))
    beside = works(load_case(str(OneSite(["mri"], [BLADDER_SCAN]).write(tmp_path / "beside"))))
    # 400 a month, of which 0.8 suit a centre and 0.8 of these take it, at 2 % more a year from October 2024.
    assert alone["tests_steady_state"] == pytest.approx(400 * 12 * 0.64 * 1.02**3, rel=0.02)
    assert beside["tests_steady_state"] > alone["tests_steady_state"]
