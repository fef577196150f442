"""What each system had of each test before the first centre: England's, by its share of the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from casebuilder.inputs.dm01.names import Names, read_names
from casebuilder.inputs.files.scalars import bare
from casebuilder.inputs.start.asked import read_rates
from casebuilder.inputs.start.shipped import shipped
from casebuilder.inputs.start.tests import ReferenceTest
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.dm01.observed import Observed
from casebuilder.tasks.dm01.read import SYSTEM, read_observed
from casebuilder.tasks.england.shipped import data_folder, tables
from casebuilder.tasks.new.bid import ListRow

FILE, SHARES = "england.yaml", "shares.yaml"
# The columns of England's table before 2020, by what they are in a case.
_MEASURES = {
    "list_activity": "act_waiting_list",
    "planned": "act_planned",
    "unscheduled": "act_unscheduled",
    "mean_list": "total_wl",
    "young_band": "wk_00",
}
_STREAMS = {"list_activity": "done", "planned": "planned", "unscheduled": "unscheduled"}
_LIST, _OVER = "total_wl", "wl_6plus"
_IMAGING, _ENGLAND = "ENGLAND", "X-ray"


@dataclass(frozen=True)
class Shared:
    """England's tests and lists before the first centre, and each system's share of them.

    Attributes
    ----------
    systems
        Codes, in the order of the names that ship.
    tests
        By system its tests of DM01 a month, of the year that shares are taken of.
    """

    systems: tuple[str, ...]
    tests: Mapping[str, float]


def names() -> Names:
    """The names of the tests, and which codes are no systems."""
    return read_names(data_folder())


@cache
def observed() -> Observed:
    """DM01 of every system as it ships."""
    found, _ = read_observed(SYSTEM, names(), data_folder() / tables().tables.waits_boards_later.file)
    return found


def data() -> Mapping[str, str]:
    """The months that demand and shares are taken of."""
    given: Mapping[str, str] = shipped(FILE)["data"]
    return given


def shared() -> Shared:
    """The systems, by their tests of DM01."""
    window = _window()
    every = np.nansum([window.done, window.planned, window.unscheduled], axis=(0, 2, 3))
    tests = dict(zip(window.places, every.tolist(), strict=True))
    return Shared(window.places, tests)


def list_rows(tests: Sequence[ReferenceTest]) -> dict[str, list[ListRow]]:
    """By system its rows: tests a month by stream, and lists."""
    england, start = _england(), _start()
    window, every = _window(), shared()
    total = sum(every.tests.values())
    people, rates = float(shipped(SHARES)["england"]["people"]), read_rates()
    xray = _xray()
    found: dict[str, list[ListRow]] = {}
    for place, code in enumerate(window.places):
        own, rows = every.tests[code] / total, []
        for test in tests:
            id = provider_id(code)
            if not test.dm01:
                monthly = xray if test.id == "xray" else rates[test.id].per_1000 * people / 1000 / 12
                part = round(own * monthly, 1)
                counted = {"list_activity": part} if test.id == "xray" else {"estimated": part}
                rows.append(ListRow(id, test.id, **counted))
                continue
            at = window.tests.index(test.id)
            parts = {name: _part(getattr(window, stream)[:, at], place) for name, stream in _STREAMS.items()}
            lists = _part(window.waiting[:, at], place)
            means = england[test.id]
            rows.append(
                ListRow(
                    id,
                    test.id,
                    **{name: part * means[name] for name, part in parts.items()},
                    list_change=lists * means["list_change"],
                    mean_list=lists * means["mean_list"],
                    young_band=lists * means["young_band"],
                    list=lists * start[test.id][0],
                    over_six_weeks=lists * start[test.id][1],
                )
            )
        found[code] = rows
    return found


def _part(cells: np.ndarray, place: int) -> float:
    """A system's share of what all systems had over some months; those not returned count for none."""
    return float(np.nansum(cells[place]) / np.nansum(cells))


def _window() -> Observed:
    """DM01 of the systems, over the months that shares are taken of."""
    given = data()
    every = observed()
    systems = tuple(code for code in every.places if code not in names().no_systems)
    months = [month for month in every.months if given["shares_first"] <= month <= given["shares_last"]]
    return every.of(systems, every.tests).at(months)


@cache
def _before() -> pd.DataFrame:
    """DM01 of England before 2020, by test and month."""
    rows = pd.read_csv(data_folder() / tables().tables.waits_england.file)
    known = names().tests
    return (
        rows.assign(test=[known[bare(test)] for test in rows.test]).set_index(["test", "period"]).sort_index()
    )


def _england() -> dict[str, dict[str, float]]:
    """By test England's means a month, and the change of its list a month, before the pandemic."""
    given = data()
    found: dict[str, dict[str, float]] = {}
    for test, rows in _before().groupby(level="test"):
        own = rows.droplevel("test").loc[given["first"] : given["last"]]
        means = {name: float(own[column].mean()) for name, column in _MEASURES.items()}
        change = (own[_LIST].iloc[-1] - own[_LIST].iloc[0]) / (len(own) - 1)
        found[str(test)] = {**means, "list_change": float(change)}
    return found


def _start() -> dict[str, tuple[float, float]]:
    """By test England's list at the start, and those over six weeks."""
    rows = _before().xs(data()["lists"], level="period")
    return {str(test): (float(row[_LIST]), float(row[_OVER])) for test, row in rows.iterrows()}


def _xray() -> float:
    """X-rays of England a month, as the imaging dataset has them."""
    given = data()
    rows = pd.read_csv(data_folder() / tables().tables.imaging.file)
    own = rows[(rows.icb == _IMAGING) & (rows.modality == _ENGLAND)]
    return float(own[(own.period >= given["first"]) & (own.period <= given["last"])].tests.mean())
