"""Tables on the terminal keep every figure whole at any width."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from casebuilder.analysis.uncertainty.ranking import VALUE
from casebuilder.summary.case.overview import print_summary
from casebuilder.summary.case.values import print_values
from casebuilder.summary.sections import INDENT, plain_table
from tests.unit.mini import mini_case

WIDTHS = (60, 63, 70, 80, 90, 100, 117, 118, 130, 140, 150, 160)
WORDS = ("capacity.productivity", "England's growth of hospital capacity", "options/do_minimum.yaml:14")
FIGURES = ("£52.0m", "£442,617", "−£1,234.5m", "115.4%", "2,345,678", "£0")


def painted(width: int, print_it: Callable[[Console], None]) -> str:
    """What is printed on a terminal of a width; no line of it is wider."""
    out = io.StringIO()
    print_it(Console(file=out, width=width, highlight=False, markup=False, emoji=False))
    text = out.getvalue()
    assert max(map(len, text.splitlines())) <= width
    return text


def table(figures: int) -> Table:
    """Texts before, between and after some figures."""
    made = plain_table()
    made.add_column("Value or text", overflow="fold", min_width=30)
    made.add_column("What", no_wrap=True)
    for number in range(figures):
        made.add_column(f"Ask\na year {number}", justify="right", no_wrap=True)
    made.add_column("Ranks first")
    made.add_row(*WORDS[:2], *(FIGURES[number % len(FIGURES)] for number in range(figures)), WORDS[2])
    return made


@pytest.mark.parametrize("figures", [1, 2, 6, 14])
@pytest.mark.parametrize("width", WIDTHS)
def test_figures_are_never_cut_and_texts_wrap(width: int, figures: int) -> None:
    """Every figure stands whole on a line; of a text no letter is lost."""
    text = painted(width, lambda console: console.print(Padding(table(figures), INDENT, expand=False)))
    for number in range(figures):
        assert re.search(rf"(?<!\S){re.escape(FIGURES[number % len(FIGURES)])}(?!\S)", text)
    assert text.count("Ask") == figures
    kept = sorted(letter for letter in "".join(WORDS) if letter.isalpha())
    found = [letter for letter in text if letter.isalpha()]
    assert all(found.count(letter) >= kept.count(letter) for letter in set(kept))


@pytest.mark.parametrize("width", WIDTHS)
def test_summary_and_values_keep_their_figures(width: int) -> None:
    """The figures of the ranking of values, and the options named in it, stand whole."""
    case = mini_case()
    options = case.problem.frame.option_ids
    ranking = case.findings.ranking
    assert ranking is not None and ranking.with_effect
    parts = case.results, case.headlines, case.checks, "1.0", options, ranking
    texts = (
        painted(width, lambda console: print_summary(console, *parts)),
        painted(width, lambda console: print_values(console, ranking, None)),
    )
    base = ranking.base.figures[VALUE]
    assert base is not None
    for text in texts:
        for each in ranking.with_effect:
            for end in each.ends:
                value = end.figures[VALUE]
                if end.stands and value is not None:
                    moved = f"{abs(value - base) / 1e6:,.1f}"
                    assert re.search(rf"{re.escape(moved)}(?!\S)", text), (each.key, moved)
