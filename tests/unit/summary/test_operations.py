"""The operations on the terminal: centres, waits, staff, and what each option adds."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from casebuilder.case import load_case
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.inputs.templates.read import template
from casebuilder.summary.case.operations import OperationsReader, print_operations
from casebuilder.summary.case.steps import print_steps, steps
from tests.shipped import ShippedCases
from tests.unit.mini import mini_case


def page(width: int, paint) -> str:
    """What is painted on a console of some width."""
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    paint(console)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def cmast():
    """The results of the CMAST bid."""
    return load_case("cmast").results


def option(**headlines: float | None) -> OptionResult:
    """An option with some headlines."""
    return OptionResult("An option", None, None, headlines)


def test_steps_are_against_the_option_before():
    """47 % to 30 % without a scheme, then 8 and 12 points less: the changes are those."""
    start = {"over_six_weeks_start": 0.47, "list_start": 1_000.0}
    found = {
        "bau": option(**start, over_six_weeks_end=0.30, list_end=900.0),
        "pooling": option(**start, over_six_weeks_end=0.22, list_end=950.0),
        "centres": option(**start, over_six_weeks_end=0.10, list_end=None),
    }
    first, *others = steps(found)
    assert (first.option, first.values) == ("start", {"over_six_weeks": 0.47, "list": 1_000.0})
    assert [stage.changes["over_six_weeks"] for stage in others] == pytest.approx([-0.17, -0.08, -0.12])
    assert [stage.changes["list"] for stage in others] == [-100.0, 50.0, None]
    text = page(80, lambda console: print_steps(console, found))
    for part in ("Start, observed", "47.0%", "−17.0 pp", "+50", "pooling"):
        assert part in text


def test_case_without_lists_has_no_steps():
    """Where no option has a list, nothing is printed."""
    assert steps({"bau": option()}) == []
    assert page(80, lambda console: print_steps(console, {"bau": option()})) == ""


@pytest.mark.parametrize("width", [80, 140])
def test_sections_fit_and_hold_what_they_should(cmast, width):
    """Ten centres with what binds, tests with a list, roles; no line is wider than the terminal."""
    text = page(width, lambda console: print_operations(console, cmast, "preferred"))
    assert max(map(len, text.splitlines())) <= width
    for part in (
        "Operations of preferred in 2026-03",
        "Paddington",
        "2023-07",
        "equipment; staff for",
        "Echocardiography",
        "Phlebotomist",
        "What limits it",
    ):
        assert part in text, part
    assert "…" not in text


def test_figures_are_the_engine_s(cmast):
    """What is shown of CT is the list and the share of the last month."""
    reader = OperationsReader(cmast, "preferred")
    section = {
        "rows": "test",
        "only": "lists.has_list",
        "columns": [
            {"line": "waits.list_by_test", "heading": "List"},
            {"line": "performance.share_by_test", "heading": "Share"},
        ],
    }
    rows = {row[0]: row[1:] for row in reader.rows(section)}
    waiting = cmast.value("waits.list_by_test", "preferred", ("ct", "2026-03"))
    share = cmast.value("performance.share_by_test", "preferred", ("ct", "2026-03"))
    assert rows["CT"] == (f"{waiting:,.0f}", f"{share:.1%}")
    assert "X-ray" not in rows


def test_option_without_centres_shows_none(cmast):
    """Bought tests open no centre and hire nobody: only lists and shares are shown."""
    text = page(80, lambda console: print_operations(console, cmast, "buy_tests"))
    assert "Lists by test" in text and "Over six weeks by test" in text
    assert "Centres  " not in text and "Radiographer" not in text


def test_case_without_such_lines_prints_nothing():
    """A small model has none of the lines, and no heading either."""
    results = mini_case().results
    assert page(80, lambda console: print_operations(console, results, "preferred")) == ""


@pytest.mark.parametrize(
    ("use", "shown"), [(1.154, "not within its capacity"), (1.0, "100.0%"), (0.62, "62.0%"), (None, "–")]
)
def test_a_use_above_all_of_it_is_in_words(cmast, monkeypatch, use, shown):
    """A centre that does not break even within its capacity is told so, not at 115 %."""
    sections = template("summary/affordability.yaml")["sections"]
    columns = [column for section in sections for column in section["columns"]]
    column = next(each for each in columns if each["line"] == "cost_by_use.break_even_of_site")
    reader = OperationsReader(cmast, cmast.problem.frame.option_ids[-1])
    monkeypatch.setattr(reader, "_value", lambda key, members: use)
    assert reader._text(column, {}) == shown


def test_an_area_that_is_not_public_is_said_so(shipped_cases: ShippedCases) -> None:
    """Slough's gross area is not public: no 0 m² on the terminal."""
    section = next(
        each for each in template("summary/affordability.yaml")["sections"] if each["rows"] == "built_centre"
    )
    rows = OperationsReader(shipped_cases.case("digital_diagnostics").results, "programme").rows(section)
    areas = {row[0]: row[-1] for row in rows}
    assert areas["Slough"] == "not public" and areas["Newmarket"].startswith("1,000")
