"""The CMAST case is the bid it says it is: who, where, which options, and a cost that is built up."""

from __future__ import annotations

from itertools import combinations

import pytest

from casebuilder.case import Case, load_case
from casebuilder.evaluate.headlines import HEADLINES
from tests.shipped import ShippedCases

TRUSTS_OF_2021_22 = [
    "rbl",
    "rbn",
    "rbq",
    "rbs",
    "rbt",
    "rem",
    "ren",
    "rep",
    "ret",
    "rjn",
    "rjr",
    "rvy",
    "rww",
]
NAMED_SITES = {
    "st_helens",
    "clatterbridge",
    "ellesmere_port",
    "northwich",
    "liverpool_womens",
    "southport",
    "paddington",
    "warrington_halton",
}


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case("cmast")


def test_trusts_sites_and_tests(case: Case) -> None:
    """Thirteen trusts of 2021/22, ten sites of which eight are named in public, eight tests or more."""
    frame = case.inputs.frame
    assert case.inputs.info.base_year == "2021/22"
    assert list(frame.ids("provider")) == TRUSTS_OF_2021_22
    assert len(frame.ids("site")) == 10
    assert set(frame.ids("site")) >= NAMED_SITES
    assert all("placeholder" in s for s in set(frame.ids("site")) - NAMED_SITES)
    assert len(frame.ids("test")) >= 8
    assert frame.option_ids[0] == frame.baseline == "bau"
    assert set(frame.option_ids) >= {"bau", "do_minimum", "buy_tests", "preferred"}


def test_each_option_is_a_real_alternative(case: Case) -> None:
    """Each option overrides inputs of three chapters or more, and moves eight headlines.

    How many inputs says little since what needs no building stands in the case, for all options
    (decision 177).
    """
    for option in case.inputs.frame.option_ids[1:]:
        changed = [v.input for v in case.inputs.values.values() if v.options.get(option)]
        assert len({item.chapter for item in changed}) >= 3, option
    for one, other in combinations(case.headlines, 2):
        a, b = case.headlines[one].headlines, case.headlines[other].headlines
        assert sum(a[key] != b[key] for key in HEADLINES) >= 8, (one, other)


@pytest.mark.parametrize(
    "change",
    [
        "preferred:estate.rooms[clatterbridge,ultrasound]",
        "works.kind_rate[refurbishment]",
        "equipment.unit_price[ct]",
    ],
)
def test_capital_is_built_up(case: Case, change: str) -> None:
    """A room count, a price a square metre and the CT price each move the outturn: no total is typed."""
    key, _, members = change.rpartition(":")[2].partition("[")
    value = case.inputs.values[key].amount("preferred", tuple(members.rstrip("]").split(",")))
    assert not isinstance(value, str)
    item = case.problem.inputs_by_key[key]
    moved = load_case("cmast", [f"{change}={value + 1 if item.whole else value * 1.1!r}"])
    before = case.headlines["preferred"].headlines["capital_outturn"]
    after = moved.headlines["preferred"].headlines["capital_outturn"]
    assert before is not None
    assert after is not None
    assert after > before * 1.000_1


def test_the_award_is_an_input_that_cost_does_not_see(case: Case) -> None:
    """£52m is funding, in cash by site and year; halving it leaves the built-up cost as it is."""
    preferred = case.headlines["preferred"].headlines
    assert preferred["capital_pdc"] == pytest.approx(52_000_000, abs=1)
    halved = load_case("cmast", ["funding.award=100000"])
    assert halved.headlines["preferred"].headlines["capital_pdc"] != preferred["capital_pdc"]
    assert halved.headlines["preferred"].headlines["capital_outturn"] == preferred["capital_outturn"]


def test_a_broken_check_is_listed(case: Case) -> None:
    """Phasing that sums to more than one fails its check, and only because of that."""
    assert not case.checks.failed
    share = case.inputs.values["capital.phasing"].amount("preferred", ("paddington", "2022/23"))
    assert not isinstance(share, str)
    broken = load_case("cmast", [f"capital.phasing[paddington,2022/23]={share + 0.1!r}"])
    assert "checks.phasing_sums_to_one" in [check.key for check in broken.checks.failed]


def test_options_sheet_and_headlines_are_one(case: Case, shipped_cases: ShippedCases) -> None:
    """The Options sheet stores the headlines to fifteen digits; a headline without value is empty."""
    options = shipped_cases.sheets("cmast")["Options"]
    columns = options.columns(within=12)
    rows = dict(options.keyed())
    for option, found in case.headlines.items():
        for key in HEADLINES:
            stored, ours = options.value(rows[key], columns[option]), found.headlines[key]
            same = stored in ("", None) if ours is None else stored == pytest.approx(ours, rel=1e-14, abs=0)
            assert same, (option, key)
