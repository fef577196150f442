"""What is left to do, in the order of what it moves: a small case whose moves are reckoned by hand.

Tests cost their price, CT 10 tests at £80 and MRI 4 at £500, and £1,000 besides; in business as usual nothing
is paid, so that net present social value is less the whole cost, £3,800. What the system is asked for is the
£1,000 and half of what CT costs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from casebuilder.algebra.chapters import Model, checked, name_chapter
from casebuilder.algebra.dimensions import BASELINE, Frame, Member
from casebuilder.algebra.operators import above, at, quantity, total
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.analysis.uncertainty.ranking import VALUE, rank_inputs
from casebuilder.analysis.uncertainty.to_do import ASK, BREAKS, NO_NUMBER, Moved, what_is_left
from casebuilder.case import Case, load_case
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.values import CaseInfo, CaseInputs, InputValues, Members, Origin, Source, ToDo, Value
from casebuilder.summary.case.to_do import NOTHING_LEFT, print_to_do, to_do_data
from tests.declared import DECLARED, DIMENSIONS
from tests.edited import edited_case

AMOUNTS: dict[str, dict[Members, float]] = {
    "costs.tests": {("ct",): 10.0, ("mri",): 4.0},
    "costs.price": {("ct",): 80.0, ("mri",): 500.0},
    "costs.besides": {(): 1000.0},
    "costs.share": {(): 0.5},
    "costs.paid": {(): 0.0},
}
Marks = Mapping[str, Mapping[Members, Value]]


def small_model() -> Model:
    tests = Input("Tests", "tests", ("test",), "Done.", whole=True)
    price = Input("Price", "GBP_real / test", ("test",), "Paid.")
    besides = Input("Besides", "GBP_real", (), "Paid once.")
    share = Input("Share asked for", "share", (), "Of what CT costs.")
    paid = Input("Is paid", "flag", (), "Whether the option pays.")
    by_test = Line("Cost by test", "GBP_real", ("test",), tests * price * paid, "All.")
    cost = Line("Cost", "GBP_real", (), total(by_test, over="test") + besides * paid, "All.")
    ask = Line("Ask", "GBP_real", (), besides * paid + at(by_test, test="ct") * share, "Part.")
    npsv = Line("Value", "GBP_real", (), at(cost, option=BASELINE) - cost, "Saved.")
    few = Check("Cost is below £4,500", above(cost, quantity(4500, "GBP_real")), (), "A limit.")
    held = {"tests": tests, "price": price, "besides": besides, "share": share, "paid": paid}
    return checked(
        [
            name_chapter("programme", "Programme", {"DIMENSIONS": DECLARED}),
            name_chapter("costs", "Costs", {**held, "by_test": by_test, "cost": cost}),
            name_chapter("headlines", "Headlines", {"npsv": npsv, ASK: ask}),
            name_chapter("checks", "Checks", {"few": few}),
        ]
    )


def small_case(marks: Marks, texts: tuple[ToDo, ...] = ()) -> Case:
    """The case with some values in place of others, which say what is to be done."""
    model = small_model()
    members = {
        "test": (Member("ct", "CT"), Member("mri", "MRI")),
        "month": (Member("2021-04", "2021-04"),),
        "year": (Member("2021/22", "2021/22"),),
    }
    options = (Member("bau", "Business as usual"), Member("preferred", "Centres"))
    frame = Frame(members, options, "bau", {}, (1,), dimensions=DIMENSIONS)
    origin = Origin("costs.yaml", 7, 3, "S1", "chosen")
    values = {
        item.key: InputValues(
            item, {m: Value(x) for m, x in AMOUNTS[item.key].items()} | dict(marks.get(item.key, {})), origin
        )
        for item in model.inputs
    }
    values["costs.paid"] = replace(
        values["costs.paid"], options={"preferred": {(): Value(1.0)}}, option_origins={"preferred": origin}
    )
    info = CaseInfo("small", "A small bid", "Host", "2021/22", "2021-04", "", Path("cases/small"))
    inputs = CaseInputs(info, frame, values, {"S1": Source("S1", "A register")}, to_do=texts)
    return Case(Path("cases/small"), model, inputs)


def moved(case: Case) -> dict[str, tuple[float | None, float | None, str]]:
    return {each.to_do.name: (each.value, each.ask, each.how) for each in what_is_left(case.results)}


# CT at £60 to £90: value by £300. MRI, 3 to 5 tests for 4: £1,000. £1,000 less or more a fifth: £400.
MANY: Marks = {
    "costs.price": {("ct",): Value(80.0, 60.0, 90.0, to_do="ask the maker")},
    "costs.tests": {("mri",): Value(4.0, to_do="copied from ct")},
    "costs.besides": {(): Value(1000.0, to_do="not given")},
    "costs.share": {(): Value(0.5, to_do="not given")},
    "costs.paid": {(): Value(0.0, to_do="who pays?")},
}
TEXT = ToDo("case", "who hosts is not given", Place("case.yaml", 3))


def test_what_moves_most_comes_first() -> None:
    """By the best of its places by value and by the ask; what cannot be moved last.

    By value tests, besides, price; by the ask besides, share, price: the share is second by the ask.
    """
    assert moved(small_case(MANY, (TEXT,))) == {
        "costs.tests[mri]": (1000.0, 0.0, "by ±20 %"),
        "costs.besides": (400.0, 400.0, "by ±20 %"),
        "costs.price[ct]": (300.0, 150.0, "over its range"),
        "costs.share": (0.0, pytest.approx(160.0), "by ±20 %"),
        "costs.paid": (None, None, NO_NUMBER),
        "case": (None, None, ""),
    }
    assert list(moved(small_case(MANY, (TEXT,)))) == [
        "costs.tests[mri]",
        "costs.besides",
        "costs.share",
        "costs.price[ct]",
        "costs.paid",
        "case",
    ]


def test_two_things_of_one_input_move_apart() -> None:
    """CT's 10 tests become 8 to 12 at £80; MRI's 3 to 5 at £500: neither moves with the other."""
    marks = {"costs.tests": {("ct",): Value(10.0, to_do="guessed"), ("mri",): Value(4.0, to_do="copied")}}
    assert moved(small_case(marks)) == {
        "costs.tests[mri]": (1000.0, 0.0, "by ±20 %"),
        "costs.tests[ct]": (320.0, 160.0, "by ±20 %"),
    }


def test_an_end_at_which_a_check_fails_counts_for_nothing() -> None:
    """At £2,000 besides the cost is £4,800, beyond the limit, so that the low end alone counts."""
    low = {"costs.besides": {(): Value(1000.0, 900.0, 2000.0, to_do="guessed")}}
    assert moved(small_case(low)) == {"costs.besides": (100.0, 100.0, "over its range")}
    high = {
        ("ct",): Value(80.0, 160.0, 240.0, to_do="no"),
        ("mri",): Value(500.0, 1000.0, 1500.0, to_do="no"),
    }
    both = {"costs.price": high}
    assert moved(small_case(both)) == {"costs.price": (None, None, BREAKS)}


def test_a_value_moves_within_the_bounds_of_its_input() -> None:
    """A share of 0.9 becomes 0.72 to 1, so that the ask of £800 moves by £224."""
    marks = {"costs.share": {(): Value(0.9, to_do="guessed")}}
    assert moved(small_case(marks))["costs.share"] == (0.0, pytest.approx(800 * 0.28), "by ±20 %")


def test_nought_without_a_range_cannot_be_moved() -> None:
    marks = {"costs.besides": {(): Value(0.0, to_do="guessed")}}
    assert moved(small_case(marks)) == {"costs.besides": (None, None, "nought, without a range")}


def test_where_all_that_varies_is_to_do_the_ranking_says_the_same(tmp_path: Path) -> None:
    """Of a shipped case: `check` and `compare --values` agree on an input that is a whole placeholder."""
    text = "Judgement; MRI and CT rooms are the non-standard part."
    folder = edited_case(
        tmp_path / "case", "cmast_2025", "capital.yaml", f"note: {text}", f'note: "{text}", to_do: not given'
    )
    results = load_case(str(folder)).results
    ranking = rank_inputs(results)
    assert ranking is not None
    ranked = next(each for each in ranking.inputs if each.key == "capital.standard_share")
    (left,) = what_is_left(results)
    assert left.to_do.key == "capital.standard_share" and left.value and left.ask
    assert (left.value, left.ask) == (ranked.effects[VALUE], ranked.effects[ASK])


def test_the_notes_count_them_and_name_the_first() -> None:
    case = small_case(MANY, (TEXT,))
    (note,) = [note for note in case.checks.notes if note.key == "notes.to_do"]
    assert note.label == "6 things are still to do, placeholders or copied: casebuilder check lists them"
    assert note.detail == "costs.tests[mri], costs.price[ct], costs.besides and 3 more"
    assert not [note for note in small_case({}).checks.notes if note.key == "notes.to_do"]


def test_json_says_what_where_and_how_much() -> None:
    first, *_, last = to_do_data(what_is_left(small_case(MANY, (TEXT,)).results))
    assert json.loads(json.dumps(first)) == {
        "key": "costs.tests",
        "option": None,
        "members": ["mri"],
        "what": "copied from ct",
        "value_moved": 1000.0,
        "affordability_moved": 0.0,
        "surplus_moved": None,
        "moved": "by ±20 %",
        "source": "S1",
        "file": "costs.yaml",
        "line": 7,
    }
    assert (last["key"], last["value_moved"], last["file"], last["line"]) == ("case", None, "case.yaml", 3)


@pytest.mark.parametrize("width", [80, 140])
def test_the_list_reads_well(width: int) -> None:
    """No line is wider than the terminal, no key is cut, and every place is told."""
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    left = what_is_left(small_case(MANY, (TEXT,)).results)
    print_to_do(console, [*left, Moved(_long(), 12e6, 1e6, None, "over its range")])
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= width
    words = ("To do: 7 things", "costs.tests", "[mri]", "copied from ct", "£1,000", "£12.0m", "case.yaml:3")
    for word in words:
        assert word in text, word
    assert ("demand.baseline_over_six_weeks[rww]" in text) == (width == 140)
    assert "demand.baseline_over_six_weeks" in text
    assert ("over its range" in text) == (width == 140)


@pytest.mark.parametrize("width", range(60, 161, 5))
def test_amounts_are_never_cut(width: int) -> None:
    """At every width both amounts of every thing stand whole."""
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    print_to_do(console, [Moved(_long(), 52.0e6, 17, 442_617, "over its range")] * 3)
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= width
    assert text.count("£52.0m ") == 3
    assert text.count("£442,617") == 3
    assert "Value" in text and "A year" in text


def _long() -> ToDo:
    place = Place("data/lists.csv", 45)
    return ToDo("demand.baseline_over_six_weeks", "copied from rbl", place, members=("rww",))


def test_where_nothing_is_left_that_is_said() -> None:
    console = Console(width=80, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    assert what_is_left(small_case({}).results) == []
    print_to_do(console, [])
    assert NOTHING_LEFT in console.export_text()
