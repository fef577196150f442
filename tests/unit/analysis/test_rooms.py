"""`compare --rooms`: each room more or less is worth what `--set` makes of it, and what is suggested keeps to
its limits.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from casebuilder.analysis.rooms.choices import LOOKED_ON, TABLE, TOLERANCE, choices
from casebuilder.analysis.rooms.schedules import (
    AS_IT_IS,
    CAPITAL,
    LIST,
    OVER,
    SHARE,
    VALUE,
    RoomSchedules,
    Schedule,
)
from casebuilder.analysis.rooms.search import Seen, keeps_waits, look, single_changes
from casebuilder.analysis.rooms.worth import Change, Limit, Outcome, rooms_worth
from casebuilder.case import Case, load_case
from casebuilder.errors import CaseError
from casebuilder.resources import resource

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
    waiting, share = own[LIST], own[SHARE]
    assert waiting is not None and share is not None
    values = {**own, OVER: waiting * share}
    found = {measure: values[measure] for measure in outcome.schedules.measures}
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


@pytest.fixture(scope="module")
def seen(case: Case) -> Seen:
    """All that the search sees in the small case."""
    return look(RoomSchedules(case.problem, "preferred"))


def test_with_waits_kept_neither_list_nor_people_over_six_weeks_end_higher(seen: Seen) -> None:
    """By more than the tolerance; and it is of no more value than without that gate."""
    schedules = seen.schedules
    kept, free = seen.best(None, waits_kept=True), seen.best(None)
    assert kept is not None and free is not None
    allowed = choices()[TOLERANCE] * schedules.value(AS_IT_IS, LIST)
    for measure in (OVER, LIST):
        assert (schedules.change(kept)[measure] or 0.0) <= allowed
        assert (schedules.change(free)[measure] or 0.0) > allowed
    assert schedules.value(kept, VALUE) <= schedules.value(free, VALUE)


def test_a_room_that_takes_people_off_the_list_is_no_worse_though_the_share_rises(outcome: Outcome) -> None:
    """One more ultrasound room at St Helens: fewer wait, fewer over six weeks, and a higher share."""
    (room,) = [
        each
        for each in outcome.changes
        if each.more == 1
        and (outcome.schedules.pairs[each.pair].site, outcome.schedules.pairs[each.pair].test)
        == ("st_helens", "ultrasound")
    ]
    assert (room.effects[SHARE] or 0) > 0 and (room.effects[LIST] or 0) < -4000
    assert (room.effects[OVER] or 0) < -300
    assert keeps_waits(outcome.schedules, ((room.pair, room.more),))


@pytest.fixture(scope="module")
def valued() -> Case:
    """The small case with all of the health attributed, so that limits differ in what is worth having."""
    return load_case(CASE, ["health.health_attribution=1"])


@pytest.mark.parametrize("waits_kept", [False, True])
def test_a_looser_limit_is_never_worse(valued: Case, waits_kept: bool) -> None:
    """Seven limits from nearly nothing to more than all, each by a search of its own."""
    found = []
    for limit in (3e6, 6e6, 9e6, 12e6, 15e6, 18e6, 30e6):
        own = look(RoomSchedules(valued.problem, "preferred"))
        best = own.best(limit, waits_kept=waits_kept)
        assert best is None or own.schedules.value(best, CAPITAL) <= limit
        found.append(float("-inf") if best is None else own.schedules.value(best, VALUE))
    assert found == sorted(found) and found[-1] > found[0]


def test_limits_between_are_never_worse_either(valued: Case) -> None:
    """Two hundred limits of one search."""
    seen = look(RoomSchedules(valued.problem, "preferred"))
    values = []
    for limit in range(0, 20_000_000, 100_000):
        best = seen.best(limit)
        values.append(float("-inf") if best is None else seen.schedules.value(best, VALUE))
    assert values == sorted(values) and len(set(values)) > 5


def test_what_was_looked_on_from_is_bettered_by_no_single_change(seen: Seen) -> None:
    """Within any limit: of schedules of no more capital none next to it is of more value."""
    value = {each: seen.schedules.value(each, VALUE) for each in seen.every}
    capital = {each: seen.schedules.value(each, CAPITAL) for each in seen.every}
    for best in set(seen.front()) & seen.looked_on:
        around = [each for each in single_changes(seen.schedules, best) if capital[each] <= capital[best]]
        assert all(value[each] <= value[best] + 0.01 for each in around)


def test_choices_of_the_command_have_a_range_and_a_reason() -> None:
    with resource(TABLE).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["what"] for row in rows} == set(choices())
    for row in rows:
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"]) and len(row["note"]) > 30


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


def test_a_search_cut_short_says_so(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {**choices(), LOOKED_ON: 1}
    monkeypatch.setattr("casebuilder.analysis.rooms.search.choices", lambda: few)
    found = rooms_worth(case.problem, "preferred").suggested
    assert found is not None and not found.settled


def test_more_rooms_that_lengthen_lists_are_put_to_staff_from_hospitals(outcome: Outcome) -> None:
    """In this case none does; CMAST's do, and none with nobody hired from members (see docs/rooms.md)."""
    assert not outcome.hospitals_lose_staff
    more = replace(outcome.changes[0], more=1, effects={LIST: 3.0, OVER: 2.0})
    assert replace(outcome, changes=(more,)).hospitals_lose_staff
    alone = RoomSchedules(load_case(CASE, ["hospital_staff.from_members=0"]).problem, "preferred")
    assert not replace(outcome, schedules=alone, changes=(more,)).hospitals_lose_staff


@pytest.mark.full
def test_staff_from_hospitals_are_why_lists_grow_with_a_room_more() -> None:
    """An X-ray room more at Warrington lengthens other tests' lists, and none where no member loses staff."""
    room = "preferred:estate.rooms[warrington_halton,xray]=2"

    def grown(*sets: str) -> float:
        ends = [
            load_case("cmast", [*sets, *more]).headlines["preferred"].headlines[LIST]
            for more in ((), (room,))
        ]
        return (ends[1] or 0.0) - (ends[0] or 0.0)

    assert 1 < grown() < 10 and 1 < grown("demand.induced_demand=0") < 10
    assert grown("hospital_staff.from_members=0") == pytest.approx(0, abs=1e-6)


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
