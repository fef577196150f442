"""The units reading: each operator gives the right unit, and a wrong use is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casebuilder.algebra.chapters import checked, gather, name_chapter
from casebuilder.algebra.derive import (
    UNIT_READINGS,
    check_line,
    check_lines,
    dimensions_of,
    unit_of,
)
from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.emptiness import may_be_empty
from casebuilder.algebra.operators import (
    MONTH_NUMBER,
    YEAR_NUMBER,
    above,
    absolute,
    along_bends,
    at,
    bends,
    binomial_at_least,
    by_member,
    choose,
    cumulative,
    deflate,
    difference,
    discount,
    erlang_c,
    exp,
    first_period,
    inflate,
    internal_rate,
    interpolate,
    lagged,
    largest,
    lease_rate,
    maximum,
    minimum,
    normal_quantile,
    per_year,
    power,
    previous,
    quantity,
    ratio,
    recurring,
    rise,
    round_up,
    share_of,
    smallest,
    spread,
    stated,
    step,
    tier,
    total,
    where,
    which_smallest,
    window_total,
)
from casebuilder.algebra.order import needed, order, references
from casebuilder.algebra.terms import Input, Line, Term, walk
from casebuilder.errors import LoopError, ModelError, UnitError
from casebuilder.units import Unit, UnknownUnitError, parse_unit

tests = Input("Tests", "tests / month", ("site", "month"))
more_tests = Input("More tests", "tests / month", ("month",))
waiting = Line("Waiting", "tests", ("site", "month"), None, "b")
hours = Input("Hours", "hours / week", ("site",))
price = Input("Price", "GBP_real / test", ("site",))
real = Input("Real money", "GBP_real / year", ("year",))
cash = Input("Cash", "GBP_nominal / year", ("year",))
share = Input("Share", "share", ("site",))
flag = Input("Flag", "flag", ("month",))
index = Input("Index", "index", ("year",))
units = Input("Units", "items", ("site",))
starts = Input("Starts", "items", ("tier",))
prices = Input("Prices", "GBP_real / item", ("tier",))
at_x = Input("Points", "items", ("point",))
curve = Input("Curve", "share", ("point",))
bent = Input("Bends", "share / item", ("point",))
word = Input("Route", "choice", choices=("pool", "alone"))
so_far = Line("So far", "GBP_real", ("year",), cumulative(real), "b")

RIGHT: list[tuple[str, Term, str]] = [
    ("add", tests + more_tests, "tests / month"),
    ("add", tests + 0, "tests / month"),
    ("subtract", 1 - share, "share"),
    ("difference", difference(cash, cash), "GBP_nominal / year"),
    ("multiply", tests * price, "GBP_real / month"),
    ("divide", price / share, "GBP_real / test"),
    ("divide", real / price, "tests / year"),
    ("negate", -price, "GBP_real / test"),
    ("absolute", absolute(price), "GBP_real / test"),
    ("minimum", minimum(tests, more_tests, 0), "tests / month"),
    ("maximum", maximum(0, tests), "tests / month"),
    ("smallest", smallest(tests, over="site"), "tests / month"),
    ("largest", largest(price, over="site"), "GBP_real / test"),
    ("which_smallest", which_smallest(tests, more_tests), "number"),
    ("above", above(tests, more_tests), "flag"),
    ("where", where(above(share, 0), price, 0), "GBP_real / test"),
    ("choose", choose(word, {"pool": price, "alone": 0}), "GBP_real / test"),
    ("ratio", ratio(tests, more_tests), "share"),
    ("ratio", ratio(real, more_tests), "GBP_real * month / year / test"),
    ("round_up", round_up(units), "items"),
    ("power", power(share, 2), "factor"),
    ("normal_quantile", normal_quantile(share), "factor"),
    ("erlang_c", erlang_c(share, 2), "factor"),
    ("binomial_at_least", binomial_at_least(2, 4, share), "factor"),
    ("exp", exp(-share), "factor"),
    ("total", total(tests, over="site"), "tests / month"),
    ("total", total(tests, over=("site", "month")), "tests"),
    ("total", total(real, over="year"), "GBP_real"),
    ("share_of", share_of(tests, over="site"), "share"),
    ("at", at(price, site="a"), "GBP_real / test"),
    ("by_member", by_member(site={"a": price, "b": 0}), "GBP_real / test"),
    ("at", at(price, option=BASELINE), "GBP_real / test"),
    ("previous", previous(waiting), "tests"),
    ("lagged", lagged(tests, 3), "tests / month"),
    ("cumulative", cumulative(tests), "tests"),
    ("window_total", window_total(real, 3), "GBP_real"),
    ("recurring", recurring(real, 3), "GBP_real / year"),
    ("stated", stated(real), "GBP_real / year"),
    ("internal_rate", internal_rate(so_far), "share"),
    ("lease_rate", lease_rate(10, price, price * 8, 0, share), "share"),
    ("first_period", first_period(flag, 2), "months"),
    ("first_period", first_period(flag, quantity(2, "months")), "months"),
    ("step", step(tests), "tests"),
    ("per_year", per_year(tests), "tests / year"),
    ("per_year", per_year(waiting, "last"), "tests"),
    ("per_year", per_year(waiting, "mean"), "tests"),
    ("spread", spread(real, "evenly"), "GBP_real / month"),
    ("spread", spread(index), "index"),
    ("tier", tier(units, starts, prices, kind="all_unit"), "GBP_real"),
    ("interpolate", interpolate(units, at_x, curve), "share"),
    ("bends", bends(at_x, curve), "share / item"),
    ("rise", rise(prices, along="tier"), "GBP_real / item"),
    ("tier", along_bends(units, at_x, bent), "share"),
    ("inflate", inflate(real, index), "GBP_nominal / year"),
    ("deflate", deflate(cash, index), "GBP_real / year"),
    ("discount", discount(real, index), "GBP_real / year"),
]

WRONG: list[tuple[str, Callable[[], Term]]] = [
    ("add", lambda: real + cash),
    ("add", lambda: tests + 1),
    ("subtract", lambda: tests - hours),
    ("difference", lambda: difference(real, cash)),
    ("multiply", lambda: tests * (price + hours)),
    ("divide", lambda: price / 0),
    ("negate", lambda: -(price + hours)),
    ("absolute", lambda: absolute(price + hours)),
    ("minimum", lambda: minimum(tests, waiting)),
    ("maximum", lambda: maximum(real, cash)),
    ("smallest", lambda: smallest(price + hours, over="site")),
    ("largest", lambda: largest(price + hours, over="site")),
    ("which_smallest", lambda: which_smallest(tests, hours)),
    ("above", lambda: above(real, cash)),
    ("above", lambda: above(tests, 5)),
    ("where", lambda: where(tests, 1, 2)),
    ("where", lambda: where(flag, real, cash)),
    ("choose", lambda: choose(word, {"pool": real, "alone": cash})),
    ("ratio", lambda: ratio(real, 0)),
    ("round_up", lambda: round_up(tests + hours)),
    ("power", lambda: power(tests, 2)),
    ("power", lambda: power(share, tests)),
    ("exp", lambda: exp(hours)),
    ("normal_quantile", lambda: normal_quantile(hours)),
    ("erlang_c", lambda: erlang_c(hours, 2)),
    ("binomial_at_least", lambda: binomial_at_least(2, tests, share)),
    ("total", lambda: total(waiting, over="month")),
    ("share_of", lambda: share_of(real + cash, over="year")),
    ("at", lambda: at(price + hours, site="a")),
    ("by_member", lambda: by_member(site={"a": real, "b": cash})),
    ("by_member", lambda: by_member(site={"a": real}, others=cash)),
    ("by_member", lambda: by_member(others=cash)),
    ("by_member", lambda: by_member(site={"a": real}, test={"ct": real})),
    ("previous", lambda: previous(Line("No time", "tests", ("site",), 0, "b"))),
    ("lagged", lambda: lagged(tests, quantity(3, "months"))),
    ("cumulative", lambda: cumulative(waiting)),
    ("window_total", lambda: window_total(waiting, 3)),
    ("window_total", lambda: window_total(tests, quantity(3, "months"))),
    ("recurring", lambda: recurring(tests, quantity(3, "months"))),
    ("stated", lambda: stated(tests)),
    ("internal_rate", lambda: internal_rate(Line("Not so far", "GBP_real", ("year",), step(real), "b"))),
    ("internal_rate", lambda: internal_rate(Line("By month", "tests", ("month",), cumulative(tests), "b"))),
    ("lease_rate", lambda: lease_rate(10, price, hours)),
    ("lease_rate", lambda: lease_rate(hours, price, price)),
    ("lease_rate", lambda: lease_rate(10, price, price, 0, hours)),
    ("first_period", lambda: first_period(tests)),
    ("first_period", lambda: first_period(flag, quantity(2, "years"))),
    ("step", lambda: step(waiting)),
    ("per_year", lambda: per_year(waiting)),
    ("per_year", lambda: per_year(real)),
    ("per_year", lambda: per_year(tests, "median")),
    ("spread", lambda: spread(index, "evenly")),
    ("spread", lambda: spread(tests)),
    ("tier", lambda: tier(hours, starts, prices, kind="all_unit")),
    ("tier", lambda: tier(units, starts, prices, kind="free")),
    ("interpolate", lambda: interpolate(hours, at_x, curve)),
    ("bends", lambda: bends(units, units)),
    ("rise", lambda: rise(units, along="tier")),
    ("inflate", lambda: inflate(cash, index)),
    ("inflate", lambda: inflate(real, real)),
    ("deflate", lambda: deflate(real, index)),
    ("discount", lambda: discount(cash, index)),
]


@pytest.mark.parametrize(("operator", "term", "unit"), RIGHT, ids=[case[0] for case in RIGHT])
def test_the_unit_of_a_right_use(operator: str, term: Term, unit: str) -> None:
    """The unit derived is the one a reader expects."""
    assert unit_of(term) == parse_unit(unit)


@pytest.mark.parametrize(("operator", "make"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_use_is_refused(operator: str, make: Callable[[], Term]) -> None:
    """Units that do not go together never pass."""
    with pytest.raises(ModelError):
        unit_of(make())


def test_every_operator_has_a_right_and_a_wrong_use() -> None:
    """No operator is without both tests."""
    assert {case[0] for case in RIGHT} == {case[0] for case in WRONG} == set(UNIT_READINGS)


@pytest.mark.parametrize(
    ("term", "over"),
    [
        (tests * price, ("site", "month")),
        (total(tests * price, over="site"), ("month",)),
        (at(tests, site="a"), ("month",)),
        (at(tests, option="pool"), ("site", "month")),
        (per_year(tests), ("site", "year")),
        (spread(real), ("month",)),
        (first_period(flag), ()),
        (internal_rate(so_far), ()),
        (tier(units, starts, prices, kind="incremental"), ("site",)),
        (largest(YEAR_NUMBER, over="year"), ()),
    ],
)
def test_the_dimensions_of_a_formula(term: Term, over: tuple[str, ...]) -> None:
    """A formula varies by what its parts vary by, less what is added up."""
    assert dimensions_of(term) == over


empty_share = Line("Empty", "share", (), ratio(total(share, over="site"), total(share, over="site")), "b")


def test_a_gap_from_an_empty_report_may_be_empty() -> None:
    """A report less a number that is always there is a report; what reads it in turn is refused."""
    gap = Line("Gap", "share", (), empty_share - quantity(0.5, "share"), "b")
    assert check_line(gap) == [] and may_be_empty(gap)
    assert "may be empty" in faults("share", (), maximum(gap, 0))


def faults(unit: str, over: tuple[str, ...], formula: Any, **more: Any) -> str:
    """What is wrong with one line, as one text."""
    line = Line("The answer", unit, over, formula, more.pop("basis", "b"), **more)
    line.chapter, line.name = "mini", "answer"
    return "\n".join(check_line(line))


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (lambda: faults("tests / month", ("month",), real * 1), "is declared in"),
        (lambda: faults("tests / month", ("site", "month"), tests, basis=""), "has no basis"),
        (lambda: faults("tests / month", ("month",), tests), "does not run over site"),
        (lambda: faults("GBP_real / year", ("month",), real * flag), "mixes time axes"),
        (lambda: faults("tests / month", ("year",), at(tests, month="2021-04")), "but is per month"),
        (lambda: faults("factor", ("month",), ratio(more_tests, more_tests) * 2), "may be empty"),
        (lambda: faults("share", (), 1 - empty_share), "may be empty"),
        (lambda: faults("share", (), empty_share - empty_share), "may be empty"),
        (lambda: faults("factor", (), 1 + at(ratio(share, share), site="a")), "may be empty"),
        (lambda: faults("share", (), internal_rate(so_far) - 0.03), "may be empty"),
        (lambda: faults("share", ("site",), maximum(lease_rate(10, price, price * 8), 0)), "may be empty"),
        (lambda: faults("hours / week", ("site",), at(hours, test="ct")), "what does not vary by it"),
        (lambda: faults("share", (), total(share, over=("site", "test"))), "which is not there"),
        (
            lambda: faults("tests", ("month",), step(more_tests), opening=step(more_tests)),
            "does not run over month",
        ),
        (lambda: faults("1", ("provider", "site", "test", "staff"), 1), "more than 3 dimensions"),
        (lambda: faults("pounds", (), 1), "is not a unit"),
    ],
)
def test_a_line_written_wrongly_says_what_is_wrong(found: Callable[[], str], says: str) -> None:
    """Each fault of a line has a message that names it."""
    assert says in found()


def test_a_line_that_may_be_empty_stands_alone() -> None:
    """A headline may be a ratio, or a link to one; nothing computes with it."""
    first = Line("First", "share", (), ratio(total(share, over="site"), total(share, over="site")), "b")
    link = Line("Link", "share", (), first, "b")
    at_baseline = Line("At baseline", "share", (), at(first, option=BASELINE), "b")
    assert check_line(link) == check_line(at_baseline) == []
    assert check_line(Line("Sum", "share", (), first + 1, "b")) != []


def test_all_faults_of_all_lines_are_shown_together() -> None:
    """A model with two bad lines names both, and a choice without words."""
    lines = [Line("One", "tests", (), price, "b"), Line("Two", "hours", (), hours, "b")]
    name_chapter("mini", "Mini", {"one": lines[0], "two": lines[1]})
    with pytest.raises(UnitError, match=r"mini\.one[\s\S]*mini\.two"):
        check_lines(lines)
    lost = Input("Lost", "choice")
    with pytest.raises(UnitError, match="without words"):
        check_lines([Line("Three", "share", (), where(above(share, 0), 1, choose(lost, {})), "b")])


def test_terms_refuse_what_would_not_show_in_the_workbook() -> None:
    """No `if` on a term, no text or truth value in a formula, no unknown dimension, no late time."""
    with pytest.raises(ModelError, match="truth value"):
        bool(above(share, 0))
    for value in ("text", True, None):
        with pytest.raises(ModelError):
            share + value  # type: ignore[operator]
    lost = {"lost": Input("Lost", "tests", ("planet",))}
    with pytest.raises(ModelError, match=r"mini\.lost runs over planet, which no chapter declares"):
        checked([name_chapter("mini", "Mini", lost)])
    for over in (("month", "site"), ("month", "year")):
        with pytest.raises(ModelError, match="one time axis"):
            Input("Lost", "tests", over)
    with pytest.raises(ModelError, match="allows"):
        choose(word, {"pool": 1, "aloen": 2})


def test_a_line_is_defined_once() -> None:
    """A formula is never changed; a line without one is a fault."""
    line = Line("Late", "tests", ("month",), None, "b")
    with pytest.raises(ModelError, match="no formula"):
        _ = line.definition
    line.define(step(more_tests))
    with pytest.raises(ModelError, match="twice"):
        line.define(step(more_tests))


def test_a_loop_without_previous_is_refused_with_the_loop() -> None:
    """Lines that need each other in the same period are printed as a loop."""
    a, b = (Line(name, "tests", ("month",), None, "b") for name in "ab")
    name_chapter("mini", "Mini", {"a": a, "b": b})
    a.define(b + step(more_tests))
    b.define(previous(b) + a)
    with pytest.raises(LoopError, match=r"mini\.a needs mini\.b needs mini\.a"):
        order([a, b])
    c = Line("c", "tests", ("month",), None, "b")
    d = Line("d", "tests / month", ("month",), lagged(c, 1) * quantity(1, "1 / month"), "b")
    name_chapter("more", "More", {"c": c, "d": d})
    c.define(previous(c) + step(d))
    with pytest.raises(LoopError, match=r"more\.. needs more\.. needs more\.."):
        order([c, d])


def test_order_puts_what_is_needed_first_and_loops_together() -> None:
    """Steps come in the order of need; lines that need each other through `previous` are one step."""
    stock = Line("Stock", "tests", ("month",), None, "b", opening=quantity(1, "test"))
    flow = Line(
        "Flow", "tests / month", ("month",), minimum(more_tests, previous(stock) / quantity(1, "month")), "b"
    )
    stock.define(previous(stock) + step(flow))
    after = Line("After", "tests", (), total(flow, over="month"), "b")
    steps = order([after, stock, flow])
    assert [set(step.lines) for step in steps] == [{stock, flow}, {after}]
    assert [step.together for step in steps] == [True, False]
    assert needed([after]) == {after, flow, stock}
    assert {how for _, how in references(after)} == {"whole"}


def test_a_term_belongs_to_one_chapter() -> None:
    """Importing a name instead of its chapter would give it two keys, so it is refused."""
    line = Line("Line", "1", (), 1, "b")
    name_chapter("first", "First", {"line": line})
    with pytest.raises(ModelError, match="import the chapter"):
        name_chapter("second", "Second", {"line": line})
    with pytest.raises(ModelError, match="no chapter declares"):
        checked([name_chapter("third", "Third", {"uses": Line("Uses", "share", ("site",), share * 1, "b")})])


def test_chapters_are_read_from_modules() -> None:
    """A chapter's title is the start of its docstring; its lines keep their order."""
    from casebuilder.model.setting import estate

    (chapter,) = gather([estate]).chapters
    assert chapter.name == "estate" and chapter.title == "Estate"
    assert chapter.lines[0].name == "rooms_of_test"
    assert all(part is not None for line in chapter.lines for part in walk(line.definition))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GBP_real / wte / year", "GBP_real / wte / year"),
        ("tests", "test"),
        ("share", "1"),
        ("m2 * hours", "hour * m2"),
        ("1 / month", "1 / month"),
        ("km^2", "km^2"),
    ],
)
def test_units_are_read_as_people_write_them(text: str, shown: str) -> None:
    """Plurals, products and powers; a plain number has none."""
    assert str(parse_unit(text)) == shown


def test_units_multiply_and_cancel() -> None:
    """Products add powers; what cancels is a plain number; an unknown word is refused."""
    assert (parse_unit("tests / month") * parse_unit("months / test")).plain
    assert parse_unit("km").power(2) == parse_unit("km * km")
    assert parse_unit("GBP_real") != parse_unit("GBP_nominal")
    assert Unit() == parse_unit("index") == unit_of(MONTH_NUMBER)
    for wrong in ("patients of 5", "GBP", "tests per month", "km^x"):
        with pytest.raises(UnknownUnitError, match="is not a unit"):
            parse_unit(wrong)
