"""Every line of the real model: named, explained, with the unit its formula gives, and used."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.derive import check_line, check_lines, unit_of
from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.order import needed, order, references
from casebuilder.algebra.terms import Call, Check, Input, Line, Named, Term, walk
from casebuilder.algebra.words import in_words
from casebuilder.errors import UnitError

# What no line needs and no page shows by name, told to people through `explain` and `export`.
_READ_BY_PAGES = ("headlines", "further", "checks")


def named(model: Model) -> Iterator[Named]:
    """All lines and inputs."""
    yield from model.lines
    yield from model.inputs


def test_every_line_and_input_reads_well(model: Model) -> None:
    """A label starts with a capital or a figure and has no full stop; a basis is a sentence."""
    for item in named(model):
        assert item.label and item.label[0] == item.label[0].upper(), item.key
        assert not item.label.endswith("."), item.key
        assert item.basis and item.basis.endswith("."), item.key
        assert item.unit, item.key
        assert item.label == item.label.strip() and "  " not in item.label + item.basis, item.key


def test_labels_are_unique_within_a_chapter(model: Model) -> None:
    """Two lines of a chapter never carry the same label."""
    for chapter in model.chapters:
        labels = [item.label for item in chapter.lines]
        assert sorted(labels) == sorted(set(labels)), chapter.name


def test_units_derived_equal_units_declared(model: Model) -> None:
    """What a formula gives is what its line says: no line of the model fails."""
    check_lines(model.lines)


def test_a_key_is_fit_for_the_command_line(model: Model) -> None:
    """A key is a chapter and a lower-case name: what `--set` and `explain` take."""
    for item in named(model):
        assert re.fullmatch(r"[a-z_]+\.[a-z][a-z0-9_]*", item.key), item.key


def _pick(model: Model, unit: str, over: tuple[str, ...] | None = None) -> Line:
    return next(
        line
        for line in model.lines
        if line.unit == unit and (over is None or line.over == over) and line.formula is not None
    )


def _planted(line: Line, other: Term) -> list[str]:
    """The faults of a copy of a line with another term added to it."""
    copy = Line(line.label, line.unit, line.over, line.definition + other, line.basis)
    copy.chapter, copy.name = line.chapter, line.name
    return check_line(copy)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("GBP_real / year", "GBP_nominal / year"),
        ("tests / month", "hours / month"),
        ("tests / month", "tests / year"),
        ("tests", "tests / month"),
        ("wte", "posts"),
    ],
)
def test_a_planted_unit_error_is_refused(model: Model, unit: str, other: str) -> None:
    """Real with nominal, tests with hours, months with years: each is refused, by name."""
    line = _pick(model, unit)
    wrong = Input("Wrong", other, line.over, "Planted.")
    faults = "\n".join(_planted(line, wrong))
    assert line.key in faults and "cannot take" in faults
    copy = Line(line.label, other, line.over, line.definition, line.basis)
    copy.chapter, copy.name = line.chapter, line.name
    with pytest.raises(UnitError, match="is declared in"):
        check_lines([copy])


def test_every_input_is_used(model: Model) -> None:
    """No value is asked for that no line reads; a deflator is read where prices are rebased."""
    spare = set(model.inputs) - {named for line in model.lines for named, _ in references(line)}
    rebasing = {f"timeline.{item.index}_deflator" for item in model.inputs if "GBP" in item.unit}
    assert sorted(item.key for item in spare if item.key not in rebasing) == []


def test_every_chapter_leads_to_a_headline_or_a_check(model: Model) -> None:
    """Each chapter has lines that a headline, a figure beside one or a check rests on."""
    wanted = [line for line in model.lines if isinstance(line, Check) or line.chapter in _READ_BY_PAGES]
    wanted += [line.at_stake for line in model.checks if line.at_stake is not None]
    reached = {line.chapter for line in needed(wanted)}
    assert {chapter.name for chapter in model.chapters if chapter.lines} == reached


def test_every_check_says_who_must_act(model: Model) -> None:
    """In the words of a role; every one of the roles has something to answer for."""
    roles = {
        "Finance lead",
        "Each host's director of finance",
        "Programme lead",
        "Estates lead",
        "Workforce lead",
        "Operations lead",
        "Procurement lead",
        "Benefits lead",
        "Modeller",
    }
    assert {check.key: check.owner for check in model.checks if check.owner not in roles} == {}
    assert {check.owner for check in model.checks} == roles


# Checks that compare pounds in which no sum is at stake: what they hold is a rule, or good news.
_RULES = {
    "checks.cash_is_released",
    "procurement_checks.idle_member",
    "reference_class.outside_class",
    "cost_by_use.centres_can_break_even",
    "disposal_checks.counted_once",
    "disposal_checks.dated_and_owned",
    # Of each disposal or allocation and year, shown beside: a sum over all would be a row of nought in
    # every case that has none.
    "disposal_checks.not_stated_twice",
    "disposal_checks.receipt_before_award",
    "pipeline.bid_fits",
    "pipeline.exceeded_before",
}


def test_every_check_of_money_says_what_is_at_stake(model: Model) -> None:
    """A check that compares pounds names the line of what is at stake."""
    silent = [
        check.key
        for check in model.checks
        if check.at_stake is None
        and any(
            isinstance(part, Call)
            and part.operator == "above"
            and any(
                (unit := unit_of(side)) is not None and (unit.of("GBP_real") or unit.of("GBP_nominal"))
                for side in part.arguments
            )
            for part in walk(check.definition)
        )
    ]
    assert set(silent) == _RULES


def test_the_order_of_evaluation_holds_all_lines_once(model: Model) -> None:
    """Every line is evaluated once, in a step after what it needs; no loop is left."""
    steps = order(model.lines)
    lines = [line for step in steps for line in step.lines]
    assert sorted(line.key for line in lines) == sorted(line.key for line in model.lines)
    together = [step for step in steps if step.together]
    for group in together:
        assert len({time_of(line.over) for line in group.lines}) == 1


def test_every_line_can_be_said(model: Model) -> None:
    """The words of every formula are text without a name of the program in it."""
    for line in model.lines:
        words = in_words(line.definition, lambda name: model.dimensions[name].title)
        assert words and not re.search(r"<\w+ |\w+\(", words), line.key


def test_no_line_multiplies_provider_by_site_over_time(model: Model) -> None:
    """Workbooks stay small: over time, a product over trusts and sites is contracted in one cell."""
    for line in model.lines:
        if time_of(line.over):
            assert not {"provider", "site"} <= set(without_time(line.over)), line.key
