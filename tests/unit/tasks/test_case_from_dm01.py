"""A case made from DM01: its start, England at the start, and the rule that was known."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict

import numpy as np
import pytest

from casebuilder.analysis.hindcast.bands import Bands
from casebuilder.analysis.hindcast.series import Series
from casebuilder.case import load_model
from casebuilder.errors import CaseError
from casebuilder.inputs.dm01.fitted import FADE, share_rule_at
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.dm01.starting import read_starting
from casebuilder.resources import resource
from casebuilder.tasks.case_from_dm01 import Start, case_from_dm01, england_at, provider_id, start_of
from casebuilder.tasks.dm01.read import SYSTEM
from casebuilder.tasks.hindcast import SHARE_LINE, WAITING, observe, run

DATA = resource("assumptions/reference/data")
NAMES, HOW = read_names(DATA), read_starting(DATA, "2024-03")


def start(waiting: float = 3000, over: float = 600, done: float = 4000) -> Start:
    """One place and one test."""
    cell = {name: np.array([[value]]) for name, value in (("waiting", waiting), ("over_six_weeks", over))}
    return Start(
        "2024-03",
        ("8J1",),
        ("mri",),
        **cell,
        change=np.zeros((1, 1)),
        done=np.array([[done]]),
        planned=np.array([[500.0]]),
        unscheduled=np.array([[900.0]]),
    )


def test_england_at_the_start_by_hand() -> None:
    """Usual cover: list over weekly additions. Excess: log odds over those of calm years at that cover."""
    found = england_at(start(), NAMES, HOW)
    weeks = 365.25 / 84
    assert found.usual_cover["mri"] == pytest.approx(3000 / (4000 + 0.05 * 3000) * weeks)
    rule = {name: values["mri"] for name, values in HOW.rule.values.items()}
    cover = 3000 / 4000 * weeks
    calm = rule["calm_log_odds"] + rule["cover_slope"] * np.log(cover / rule["calm_cover"])
    assert found.excess["mri"] == pytest.approx(np.log(600.5 / 2400.5) - calm)


def test_a_place_like_england_goes_on_as_it_is_but_for_growth_and_the_fade() -> None:
    """Its list is usual and removals, referrals and tests balance: relief is nought in the first month."""
    england = england_at(start(), NAMES, HOW)
    found = run(start(), england, 12, HOW)
    assert found.list[0, 0, 0] == pytest.approx(3000, rel=0.005)
    assert found.share[0, 0, 0] == pytest.approx(0.2, abs=0.005)
    assert found.share[0, 0, 11] < found.share[0, 0, 0]


def test_long_lists_shrink_towards_usual_cover_and_short_ones_grow() -> None:
    england = england_at(start(), NAMES, HOW)
    long, short = (run(start(waiting=w, over=0.2 * w), england, 12, HOW).list[0, 0] for w in (4500, 2000))
    assert long[-1] < 4500 and short[-1] > 2000


def test_only_what_the_outputs_need_is_in_the_case() -> None:
    """A fifteenth of the model; no line of money, sites or staff."""
    case = case_from_dm01(start(), 6, (WAITING, SHARE_LINE), NAMES, HOW, england_at(start(), NAMES, HOW))
    assert len(case.model.lines) < len(load_model().lines) / 15
    assert {line.chapter for line in case.model.lines} <= {
        "timeline",
        "programme",
        "bought_contract",
        "demand",
        "capacity",
        "hospital_staff",
        "relief",
        "lists",
        "waits",
    }
    assert case.inputs.frame.ids("provider") == ("p8j1",) and case.inputs.frame.ids("month")[0] == "2024-04"
    assert provider_id("RBL") == "rbl"


def test_nothing_to_start_from_is_refused_in_words() -> None:
    for none in (start(waiting=0, over=0), start(done=0), start(over=np.nan)):
        with pytest.raises(CaseError, match="no place has a list and tests to start from in 2024-03"):
            england_at(none, NAMES, HOW)


def test_rule_is_the_last_that_was_known() -> None:
    """Before the first of them that one, without its fade."""
    assert share_rule_at(DATA, "2024-03").known_to == share_rule_at(DATA, "2025-02").known_to == "2024-03"
    assert share_rule_at(DATA, "2025-03").known_to == share_rule_at(DATA, "2026-01").known_to == "2025-03"
    early, first = share_rule_at(DATA, "2023-04"), share_rule_at(DATA, "2024-03")
    assert set(early.values[FADE].values()) == {1.0} and first.values[FADE]["mri"] < 1
    assert early.values["cover_slope"] == first.values["cover_slope"]


def test_cut_to_keeps_what_lines_need_and_nothing_else() -> None:
    whole = load_model()
    cut = whole.cut_to(["demand.opening_list"], ("staff",))
    assert [line.key for line in cut.lines] == ["demand.growth_carried", "demand.opening_list"]
    assert {item.key for item in cut.inputs} == {
        "demand.baseline_list",
        "demand.list_carried_forward",
        "demand.carried_forward_growth",
        "demand.years_carried_forward",
    }
    assert "staff" in cut.may_have_none and "staff" not in whole.may_have_none
    with pytest.raises(KeyError):
        whole.cut_to(["demand.nosuch"])


def test_bands_move_shares_on_log_odds_and_lists_on_logs() -> None:
    """Of the last of the tests, all together, and the others; beyond the longest month there is none."""
    together = {"share": (np.array([-1.0]), np.array([1.0])), "list": (np.array([-0.1]), np.array([0.2]))}
    each = {"share": (np.array([-2.0]), np.array([0.0])), "list": (np.array([0.0]), np.array([0.5]))}
    x = np.full((1, 2, 2), 0.5)
    low, high = Bands(together, each).around(Series(x, x * 200))
    assert low.share[0, :, 0] == pytest.approx([1 / (1 + np.exp(2)), 1 / (1 + np.exp(1))])
    assert high.share[0, :, 0] == pytest.approx([0.5, 1 / (1 + np.exp(-1))])
    assert low.list[0, :, 0] == pytest.approx([100, 100 * np.exp(-0.1)])
    assert high.list[0, :, 0] == pytest.approx([100 * np.exp(0.5), 100 * np.exp(0.2)])
    assert np.isnan(low.share[0, :, 1]).all() and np.isnan(high.list[0, :, 1]).all()


def test_other_tests_grow_as_england_did() -> None:
    """2013/14 to 2018/19, all streams; each can be hindcast."""
    sums: dict[tuple[str, int], float] = defaultdict(float)
    with gzip.open(DATA / "dm01_england_2012_20.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            year = int(row["period"][:4]) - (row["period"][5:] < "04")
            tests = sum(float(row[c]) for c in ("act_waiting_list", "act_planned", "act_unscheduled"))
            sums[NAMES.tests[row["test"].lower()], year] += tests
    assert len(HOW.others) == 8
    for test, values in HOW.others.items():
        assert values["growth"] == pytest.approx((sums[test, 2018] / sums[test, 2013]) ** 0.2 - 1, abs=6e-5)
    whole = observe(SYSTEM, DATA, NAMES)[0]
    tests = (*HOW.others, "mri")
    known = start_of(whole.of(whole.places, tests), "2024-03", HOW)
    found = run(known, england_at(known, NAMES, HOW), 2, HOW)
    assert (~np.isnan(found.list[:, :-1, 0]) == known.known).all()
