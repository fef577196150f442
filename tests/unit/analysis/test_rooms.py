"""`compare --rooms`: each room more or less is worth what `--set` makes of it, and what is suggested keeps to
its limits.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebuilder.analysis.rooms.schedules import (
    AS_IT_IS,
    CAPITAL,
    LIST,
    SHARE,
    VALUE,
    RoomSchedules,
    Schedule,
)
from casebuilder.analysis.rooms.worth import Change, Limit, Outcome, rooms_worth, single_changes, suggest
from casebuilder.case import Case, load_case
from casebuilder.errors import CaseError

CASE = "cmast_2025"
PENNY = 0.005


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(CASE)


@pytest.fixture(scope="module")
def outcome(case: Case) -> Outcome:
    return rooms_worth(case.problem, "preferred")


def by_set(name: str, outcome: Outcome, schedule: Schedule) -> dict[str, float]:
    """The headlines of the case as `--set` leaves it, every option evaluated by itself."""
    own = load_case(name, outcome.schedules.sets(schedule)).headlines[outcome.schedules.option].headlines
    found = {measure: own[measure] for measure in outcome.schedules.measures}
    return {measure: value for measure, value in found.items() if value is not None}


def agree(name: str, outcome: Outcome, changes: tuple[Change, ...]) -> None:
    """Changes worked out together are those worked out one by one, in every measure."""
    before = by_set(name, outcome, AS_IT_IS)
    assert before.keys() == set(outcome.schedules.measures)
    for change in changes:
        after = by_set(name, outcome, ((change.pair, change.more),))
        for measure, value in before.items():
            alone = after[measure] - value
            near = PENNY if abs(value) > 1 else 1e-9
            assert change.effects[measure] == pytest.approx(alone, abs=near), (change, measure)


def test_the_most_and_the_least_valued_rooms_are_what_set_makes_of_them(outcome: Outcome) -> None:
    """Two of each here, each a run of the whole case; five of each of CMAST below."""
    agree(CASE, outcome, (*outcome.changes[:2], *outcome.changes[-2:]))


@pytest.mark.full
@pytest.mark.parametrize("name", ["cmast", "norfolk_waveney", "lancashire_south_cumbria", CASE])
def test_five_of_each_agree_in_every_case_with_sites(name: str) -> None:
    problem = load_case(name).problem
    outcome = rooms_worth(problem, problem.frame.option_ids[-1])
    agree(name, outcome, (*outcome.changes[:5], *outcome.changes[-5:]))


def test_every_test_at_every_site_gets_a_room_more_and_one_less(case: Case, outcome: Outcome) -> None:
    """Each pair of the case at a site that the option takes in, once each way; none below no room."""
    pairs = case.problem.frame.combinations(("site", "test"))
    changed = sorted(
        (outcome.schedules.pairs[each.pair].site, outcome.schedules.pairs[each.pair].test, each.more)
        for each in outcome.changes
    )
    assert changed == sorted((pair["site"], pair["test"], more) for pair in pairs for more in (1, -1))
    assert all(outcome.schedules.rooms(each.pair, ((each.pair, each.more),)) >= 0 for each in outcome.changes)


def test_the_most_valued_come_first(outcome: Outcome) -> None:
    values = [each.effects[VALUE] or 0.0 for each in outcome.changes]
    assert values == sorted(values, reverse=True)


def test_rooms_are_never_below_nought() -> None:
    """Preston has no MRI room: one more is tried, one less is not."""
    schedules = RoomSchedules(load_case("lancashire_south_cumbria").problem, "centres")
    (place,) = [n for n, p in enumerate(schedules.pairs) if (p.site, p.test) == ("preston", "mri")]
    assert schedules.pairs[place].rooms == 0
    singles = single_changes(schedules, AS_IT_IS)
    assert ((place, 1),) in singles and ((place, -1),) not in singles


def test_a_change_taken_back_is_no_change(outcome: Outcome) -> None:
    """From a schedule with one room more the case's own is one step away, and two more are not."""
    around = single_changes(outcome.schedules, ((0, 1),))
    assert AS_IT_IS in around and ((0, 2),) not in around


def test_what_is_suggested_is_its_own_whole(outcome: Outcome) -> None:
    """Its result is of the schedule as `--set` makes it, not of its single changes added up."""
    found = outcome.suggested
    assert found is not None and found.settled and found.schedule
    before, after = by_set(CASE, outcome, AS_IT_IS), by_set(CASE, outcome, found.schedule)
    for measure in (VALUE, CAPITAL, LIST):
        assert found.effects[measure] == pytest.approx(after[measure] - before[measure], abs=PENNY)
    alone = {(each.pair, each.more): each.effects[VALUE] or 0.0 for each in outcome.changes}
    assert found.added_up == pytest.approx(sum(alone[each] for each in found.schedule), abs=PENNY)
    assert found.added_up != pytest.approx(found.effects[VALUE], abs=1.0)


def test_no_change_of_one_room_betters_what_is_suggested(outcome: Outcome) -> None:
    found, schedules = outcome.suggested, outcome.schedules
    assert found is not None
    around = single_changes(schedules, found.schedule)
    assert (
        max(schedules.value(each, VALUE) for each in around) <= schedules.value(found.schedule, VALUE) + 0.01
    )


def test_with_waits_kept_neither_list_nor_share_ends_higher() -> None:
    """The first suggestion of Lancashire lengthens the list a little; the second may not."""
    outcome = rooms_worth(load_case("lancashire_south_cumbria").problem, "centres")
    kept, free = outcome.waits_kept, outcome.suggested
    assert kept is not None and free is not None
    for measure in (SHARE, LIST):
        assert round(kept.effects[measure] or 0.0, 9) <= 0
    assert (kept.effects[VALUE] or 0.0) <= (free.effects[VALUE] or 0.0) + 0.01


@pytest.mark.parametrize("less", [1e6, 3e6])
def test_a_schedule_over_the_limit_is_brought_within_it(case: Case, less: float) -> None:
    capital = RoomSchedules(case.problem, "preferred").value(AS_IT_IS, CAPITAL) - less
    outcome = rooms_worth(case.problem, "preferred", capital)
    assert outcome.suggested is not None and outcome.limit == Limit(capital, "--capital")
    assert outcome.schedules.value(outcome.suggested.schedule, CAPITAL) <= capital


def test_a_limit_that_no_schedule_keeps_to_is_refused_with_the_least_there_is(case: Case) -> None:
    """Capital beside the rooms stays, so that some of it is spent with no room left."""
    outcome = rooms_worth(case.problem, "preferred", 1.0)
    assert outcome.suggested is None
    fewer = tuple((pair, -1) for pair, given in enumerate(outcome.schedules.pairs) if given.rooms)
    least = f"{outcome.schedules.value(fewer, CAPITAL):,.0f}"
    assert re.fullmatch(rf"one room less .* still costs £{least}", outcome.refused)


def test_the_award_of_all_funds_and_years_is_the_limit_where_none_is_given() -> None:
    """Norfolk and Waveney's: £85.9m, national, system and charity money together.."""
    problem = load_case("norfolk_waveney").problem
    outcome = rooms_worth(problem, "preferred")
    assert outcome.limit == Limit(pytest.approx(85.9e6), "the award")


def test_without_an_award_there_is_no_limit(case: Case, outcome: Outcome) -> None:
    awarded = case.problem.by_key["funding.award_year"]
    assert not case.results.array(awarded).any()
    assert outcome.limit.amount is None


def test_a_search_cut_short_says_so(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebuilder.analysis.rooms.worth._ROUNDS", 1)
    assert not suggest(outcome.schedules, Limit(None, ""), AS_IT_IS).settled


def test_schedules_are_worked_out_some_at_a_time(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded by the batch, and the batch changes no result."""
    whole = rooms_worth(case.problem, "preferred").changes
    monkeypatch.setattr("casebuilder.analysis.rooms.schedules.BATCH", 5)
    told: list[tuple[int, int]] = []
    parts = rooms_worth(case.problem, "preferred", tell=lambda done, of: told.append((done, of))).changes
    assert [(each.pair, each.more) for each in parts] == [(each.pair, each.more) for each in whole]
    assert told[:4] == [(0, 15), (5, 15), (10, 15), (0, 8)] or told[0] == (0, 15)


@pytest.mark.parametrize(("name", "option"), [("digital_diagnostics", "programme"), (CASE, "bau")])
def test_an_option_without_sites_has_no_rooms_to_change(name: str, option: str) -> None:
    with pytest.raises(CaseError, match="takes no site in"):
        rooms_worth(load_case(name).problem, option)


def test_another_option_keeps_its_own_rooms(tmp_path: Path, case: Case) -> None:
    """A room of one option is no room of another: the baseline's value stays nought."""
    schedules = RoomSchedules(case.problem, "preferred")
    assert [member.id for member in schedules.problem.frame.options] == ["bau", "preferred"]
    changed = load_case(CASE, schedules.sets(((0, 1),)))
    assert changed.headlines["bau"].headlines == case.headlines["bau"].headlines
