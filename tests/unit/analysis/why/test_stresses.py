"""Stresses: what each puts in place of a case's values is what `--set` would, and what cannot be is said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from casebuilder.analysis.uncertainty.why.laid import laid
from casebuilder.analysis.uncertainty.why.stressed import Effect, Stressed, either_way
from casebuilder.analysis.uncertainty.why.stresses import TEMPLATE, Stress, stresses
from casebuilder.case import Case, load_case
from casebuilder.evaluate.headlines import HEADLINES, headline_line
from casebuilder.inputs.edits import sets_of
from casebuilder.inputs.templates.read import template, wrong_shape
from tests.cases.starter import starter
from tests.starter import starter_case

FULL = pytest.mark.full
NAMES = tuple(each["name"] for each in template(TEMPLATE)["stresses"])


@cache
def _starting() -> Mapping[str, Stress]:
    return {each.name: each for each in stresses(starter_case().results)}


def _headlines(case: Case, edits: tuple[object, ...]) -> dict[str, dict[str, float | None]]:
    """Every headline by option, with edits laid on the case as a draw beside the case itself."""
    lines = {name: line for name in HEADLINES if (line := headline_line(case.problem, name)) is not None}
    results = laid(case.problem, [(), edits], lines.values())  # type: ignore[list-item]
    found: dict[str, dict[str, float | None]] = {}
    for place, option in enumerate(case.problem.frame.option_ids):
        found[option] = {}
        for name, line in lines.items():
            values = results.array(line)
            value = float(values[min(1, len(values) - 1), place])
            found[option][name] = None if value != value else value
    return found


def _same_as_sets(name: str, case: Case, stress: Stress) -> int:
    """How many headlines are those of the case read anew with `--set`; fails where one is not."""
    compared = 0
    for edits in (stress.edits, stress.mitigated):
        if not edits:
            continue
        typed = load_case(name, sets_of(edits))
        ours = _headlines(case, edits)
        for option, of in typed.headlines.items():
            for headline, value in ours[option].items():
                there = of.headlines[headline]
                same = there is None if value is None else there == pytest.approx(value, rel=1e-9, abs=1e-6)
                assert same, (option, headline)
                compared += 1
    return compared


@pytest.mark.parametrize("name", NAMES)
def test_a_stress_is_its_sets(name: str) -> None:
    """Every headline of every option under a stress, and with its mitigation, is that of its settings."""
    case = starter_case()
    stress = _starting()[name]
    if stress.cannot:
        assert not stress.edits
        return
    assert _same_as_sets(str(starter()), case, stress) > len(case.headlines)


@FULL
@pytest.mark.parametrize("name", NAMES)
def test_a_stress_is_its_sets_in_cheshire_and_merseyside(name: str) -> None:
    """The same in the largest case, whose options have values of their own."""
    case = load_case("cmast")
    stress = {each.name: each for each in stresses(case.results)}[name]
    assert not stress.cannot
    assert _same_as_sets("cmast", case, stress) > 100


def test_sizes() -> None:
    """The values are those that the label says, reckoned here from the case's own."""
    case = starter_case()
    found = _starting()
    values = case.inputs.values
    slip = values["programme.slip_months"]
    assert {e.members: e.new for e in found["opening_slip"].edits} == {
        members: value.amount + 6 for members, value in slip.base.items()
    }
    up = {(e.key, e.members): e.new for e in found["demand_up"].edits}
    for key in ("demand.national_growth", "demand.local_growth"):
        for members, value in values[key].base.items():
            assert up[key, members] == pytest.approx(value.amount + 0.02)
    rooms = {test: values["estate.rooms"].base["seacroft", test].amount for test in ("mri", "ct")
             if ("seacroft", test) in values["estate.rooms"].base}  # fmt: skip
    fewest = min(rooms, key=lambda test: rooms[test])
    before = values["throughput.planned_downtime_days"].base[fewest,].amount
    (down,) = found["scanner_down"].edits
    assert down.members == (fewest,) and down.new == pytest.approx(before + 91 / rooms[fewest])
    (loan,) = found["scanner_down"].mitigated
    assert loan.new == pytest.approx(before + 28 / rooms[fewest])


def test_what_a_case_cannot_express_says_why() -> None:
    """A case without national revenue, or without a scanner, says so and makes up no values."""
    starting = _starting()["national_revenue_ends"]
    assert starting.cannot == "income.national_allocation is 0 already, so that nothing changes"
    digital = {each.name: each for each in stresses(load_case("digital_diagnostics").results)}
    assert digital["scanner_down"].cannot.startswith("nothing in the option put forward has any: rooms")
    assert not digital["scanner_down"].edits and not digital["scanner_down"].mitigated


def test_every_stress_has_a_source_an_owner_and_a_mitigation() -> None:
    """What a reviewer asks of a stress stands with it: why that size, who answers for it, what is done."""
    case = starter_case()
    for stress in _starting().values():
        assert stress.source in case.inputs.sources
        assert stress.reason and stress.mitigation and stress.owner and stress.asks.endswith("?")


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"input": "programme.slip_months"}, "one of to, add, times and choose"),
        ({"input": "programme.slip_months", "add": 1, "times": 2}, "one of to, add, times and choose"),
        ({"input": "programme.slip_months", "times": 2, "of": "income.income"}, "of goes with to or add"),
    ],
)
def test_a_template_that_says_two_things_is_refused(edit: dict[str, object], said: str) -> None:
    """A rule that could be read in two ways is a fault of the program, found when it is loaded."""
    first = template(TEMPLATE)["stresses"][0]
    (wrong,) = wrong_shape(TEMPLATE, {"stresses": [{**first, "edits": [edit]}]})
    assert said in wrong


def test_a_mitigation_that_changes_nothing_or_makes_worse_says_so() -> None:
    """Whatever moves none of the figures is named with the input that does not; what gets worse is listed."""
    effects = {"npsv": Effect(10.0, 7.0, 7.0), "over_six_weeks_end": Effect(0.1, 0.2, 0.2)}
    idle = Stressed(_starting()["opening_slip"], effects)
    assert idle.unmitigated == "slip.staff_waiting moves none of these figures" and not idle.worse
    effects = {"npsv": Effect(10.0, 7.0, 6.0), "over_six_weeks_end": Effect(0.1, 0.2, 0.3)}
    worse = Stressed(_starting()["opening_slip"], effects)
    assert not worse.unmitigated and worse.worse == ("npsv", "over_six_weeks_end")
    better = Stressed(_starting()["opening_slip"], {"npsv": Effect(10.0, 7.0, 8.0)})
    assert not better.unmitigated and not better.worse


def test_two_stresses_that_are_worse_either_way() -> None:
    """Demand faster and slower are a pair, late openings with either are none."""
    up, down, late = (_starting()[name] for name in ("demand_up", "demand_down", "opening_slip"))
    less = {"npsv": Effect(10.0, 7.0, 7.0), "capital_unfunded": Effect(5.0, 4.0, 4.0)}
    more = {"npsv": Effect(10.0, 9.0, 9.0), "capital_unfunded": Effect(5.0, 6.0, 6.0)}
    (pair,) = either_way([Stressed(late, less), Stressed(up, less), Stressed(down, more)])
    assert (pair.one.stress, pair.other.stress) == (up, down)
    assert pair.worse == ("npsv",) and not pair.better


def test_a_stress_may_choose_another_word() -> None:
    """Rotas that bank shifts fill are staffed in full; a case that has that already is not stressed."""
    stress = _starting()["shifts_filled"]
    assert [(edit.key, edit.old, edit.new) for edit in stress.edits] == [("workforce.rota", "mean", "site")]
    assert [edit.new for edit in stress.mitigated] == ["shared"]
    full = load_case(str(starter()), ["workforce.rota=site"])
    found = {each.name: each for each in stresses(full.results)}["shifts_filled"]
    assert found.cannot == "workforce.rota is site already, so that nothing changes" and not found.edits
