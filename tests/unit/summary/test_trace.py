"""The tree behind a figure: right values, parts that add up, sources at the leaves."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.operator_table import OPERATORS, SAME
from casebuilder.algebra.operators import (
    above,
    choose,
    cumulative,
    first_period,
    interpolate,
    lagged,
    largest,
    per_year,
    previous,
    quantity,
    recurring,
    share_of,
    smallest,
    spread,
    tier,
    total,
    where,
    window_total,
)
from casebuilder.analysis.explain.ask import Figure, find_figure
from casebuilder.analysis.explain.readings import READERS, Group, Part, Reference, Rest, pieces
from casebuilder.analysis.explain.trace import LIKE_ABOVE, SHOWN_ABOVE, Node, trace
from casebuilder.case import Case
from casebuilder.evaluate.place import Place, Values
from casebuilder.summary.explain.tree import print_tree
from tests.unit.mini import mini_case


@pytest.fixture(scope="module")
def case() -> Case:
    """The mini case, evaluated once."""
    return mini_case()


def tree(case: Case, key: str, option: str | None = None, period: str | None = None, depth: int = 6) -> Node:
    """The tree behind a figure of the case."""
    return trace(case.results, find_figure(case.problem, key, option, period), depth)


def below(node: Node) -> Iterator[Node]:
    """A node and all nodes below it."""
    yield node
    for child in node.children:
        yield from below(child)


def painted(node: Node) -> str:
    """A tree as it is printed, without its guides and line ends."""
    console = Console(file=io.StringIO(), width=200, markup=False, emoji=False, highlight=False)
    print_tree(console, node)
    return console.file.getvalue()


def test_every_value_is_the_engines(case):
    """For every line, option, member and period the tree's root has the engine's value."""
    frame = case.problem.frame
    for line in case.problem.lines:
        axis = time_of(line.over)
        for option in frame.option_ids:
            for row in frame.combinations(without_time(line.over)):
                for period in frame.ids(axis) if axis else [None]:
                    members = {**row, axis: period} if axis else dict(row)
                    node = trace(case.results, Figure(line, option, members), 6)
                    assert node.value == case.results.value(line.key, option, list(members.values()))


def test_bare_headline_is_a_key(case):
    """`npsv` means `headlines.npsv`, for the last option unless one is named."""
    node = tree(case, "npsv")
    assert (node.key, node.option) == ("headlines.npsv", "preferred")


def test_parts_of_a_sum_add_up_and_stand_largest_first(case):
    """The parts of a sum add up to it, those that count most first; what does not exist has no part."""
    node = tree(case, "costs.cost")
    values = [child.value for child in node.children]
    assert sum(values) == pytest.approx(node.value)
    assert values == sorted(values, reverse=True)
    slots = tree(case, "capacity.by_test[mri]", period="2022-02")
    assert [child.members["site"] for child in slots.children] == ["paddington"]


def test_formula_reads_the_same_members_and_period(case):
    """What a formula names is shown for the member and period of the figure."""
    node = tree(case, "capacity.slots[paddington,ct]", period="2022-04")
    assert [(child.key, dict(child.members)) for child in node.children] == [
        ("capacity.slots_each", {"site": "paddington", "test": "ct"}),
        ("capacity.included", {"site": "paddington"}),
        ("capacity.growth", {"month": "2022-04"}),
    ]


def test_previous_goes_back_to_the_opening_value(case):
    """A line that uses itself shows the period before once, and before the first its opening value."""
    later = tree(case, "waits.waiting", period="2022-04")
    assert (later.children[0].members["month"], later.children[0].note) == ("2022-03", LIKE_ABOVE)
    first = tree(case, "waits.waiting", period="2022-02")
    assert (first.children[0].kind, first.children[0].value) == ("opening", 100.0)
    assert first.children[0].children[0].key == "waits.opening"


def test_inputs_tell_what_vouches_for_them(case):
    """An input shows value, state, range, source, place, note and what it replaced."""
    text = painted(tree(case, "costs.price[ct]"))
    for part in (
        "£80 per test",
        "unverified",
        "range £40 to £160",
        "S2: A guess",
        "Staff and consumables",
        "cases/mini/capacity.yaml:12",
        "changed from £70 to £80 by cases/mini/costs.yaml",
    ):
        assert part in text, part


def test_input_of_an_option_names_the_options_file(case):
    """Where an option has a value of its own, that value and its file are shown."""
    own = tree(case, "capacity.included[southport]", "preferred")
    base = tree(case, "capacity.included[southport]", "bau")
    assert (own.value, base.value) == (1.0, 0.0)
    assert own.given.origin.file == "cases/mini/options/preferred.yaml"
    assert base.given.origin.file == "cases/mini/capacity.yaml"


def test_repeated_line_is_taken_apart_once(case):
    """A line that is met again at the same place is marked, and not taken apart a second time."""
    nodes = [node for node in below(tree(case, "cost_per_test")) if node.kind == "line" and node.children]
    assert len({node.key for node in nodes}) == len(nodes)
    notes = {node.note for node in below(tree(case, "agency_share"))}
    assert notes <= {"", SHOWN_ABOVE, LIKE_ABOVE}


def test_depth_ends_in_a_mark(case):
    """At the depth asked for a line that could be taken apart ends in an ellipsis."""
    node = tree(case, "npsv", depth=1)
    assert [child.note for child in node.children] == ["…", "…"]
    assert not any(child.children for child in node.children)


def test_every_operator_has_a_way_to_be_taken_apart():
    """An operator that reads other members or periods than its own has a reader here."""
    elsewhere = {row.name for row in OPERATORS.values() if row.reads != SAME or row.removes or row.reduces}
    assert elsewhere <= set(READERS)


def test_operators_read_the_right_periods(case):
    """Each operator that moves along time, or over members, gives the pieces it really reads."""
    lines = case.problem.by_key
    values = Values(case.results)
    waiting, slots, by_year = lines["waits.waiting"], lines["capacity.slots"], lines["costs.by_year"]
    by_test = lines["capacity.by_test"]
    here = Place("preferred", {"site": "paddington", "test": "ct", "month": "2022-04"})
    year = Place("preferred", {"test": "ct", "year": "2022/23"})

    def periods(term, place, axis="month"):
        found = []
        for piece in pieces(term, place, values):
            parts = piece.parts if isinstance(piece, Group) else [piece]
            found += [p.place.members[axis] for p in parts if isinstance(p, Reference | Part)]
        return found

    assert periods(lagged(by_test, 1), here) == ["2022-03"]
    assert periods(lagged(by_test, 9), here) == []
    assert sorted(periods(cumulative(by_test), here)) == ["2022-02", "2022-03", "2022-04"]
    assert sorted(periods(window_total(by_test, 2), here)) == ["2022-03", "2022-04"]
    assert sorted(periods(recurring(by_test, 2), here)) == ["2022-02", "2022-04"]
    assert sorted(periods(per_year(by_test), year)) == ["2022-04", "2022-05"]
    assert periods(per_year(waiting, "last"), year) == ["2022-05"]
    assert periods(spread(by_year), here, "year") == ["2022/23"]
    assert periods(smallest(waiting, over="month"), Place("bau", {}))[0] == "2022-02"
    assert periods(largest(waiting, over="month"), Place("bau", {}))[0] == "2022-05"
    chosen = where(above(waiting, quantity(1_000, "tests")), previous(waiting), waiting)
    assert periods(chosen, here) == ["2022-04", "2022-04"]
    held = first_period(above(waiting, quantity(125, "tests")))
    assert values.at(held, Place("bau", {})) == 3
    assert periods(held, Place("bau", {})) == ["2022-04", "2022-03"]
    share = pieces(share_of(slots, over="site"), here, values)
    assert isinstance(share[0], Reference) and isinstance(share[1], Group) and len(share[1].parts) == 2


def test_parts_beyond_eight_are_told_together(case):
    """A sum of many parts shows eight and says what the rest come to."""
    values = Values(case.results)
    slots = case.problem.by_key["capacity.slots"]
    (group,) = pieces(total(slots, over=("site", "test", "month")), Place("preferred", {}), values)
    *shown, rest = group.parts
    assert len(shown) == 8 and isinstance(rest, Rest) and rest.count == 4
    known = sum(values.at(part.named, part.place) for part in shown)
    assert known + rest.value == pytest.approx(values.at(group.term, group.place))


def test_tables_and_choices_have_readers():
    """`tier`, `interpolate` and `choose` are taken apart too."""
    assert {function.__name__ for function in (tier, interpolate, choose)} <= set(READERS)
