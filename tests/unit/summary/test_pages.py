"""The terminal summary and comparison at the widths people have."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from casebuilder.evaluate.headlines import FURTHER, HEADLINES, OptionResult
from casebuilder.summary.case.columns import Row, grouped, print_columns
from casebuilder.summary.case.comparison import print_comparison
from casebuilder.summary.case.overview import print_summary
from tests.unit.mini import mini_case


def page(width: int, paint) -> str:
    """What is painted on a console of some width."""
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    paint(console)
    return console.file.getvalue()


def test_every_headline_stands_in_one_group():
    """The groups hold every headline and figure beside them once, a list and a share with their range."""
    shown = [headline for _, headlines in grouped() for headline in headlines]
    assert sorted(shown) == sorted((*HEADLINES, *FURTHER))
    for of in ("list_end", "over_six_weeks_end"):
        place = shown.index(of)
        assert shown[place + 1 : place + 3] == [f"{of}_low", f"{of}_high"]


@pytest.mark.parametrize("width", [80, 140])
def test_summary_shows_what_an_approver_reads(width):
    """Title, options, rank, steady state, headlines, checks and states are there, within the width."""
    case = mini_case()
    options = case.problem.frame.option_ids
    parts = case.results, case.headlines, case.checks, "1.0", options, case.findings.ranking
    text = page(width, lambda c: print_summary(c, *parts))
    for part in (
        "A mini bid",
        "Mersey [host]",
        "2021/22",
        "Two centres",
        "Value for money",
        "−£8.0m",
        "2022/23",
        "12.5%",
        "– none",
        "not in this version",
        "Checks: 1 warning",
        "4 hold",
        "List is short",
        "3 unverified",
        "Price of a test",
    ):
        assert part in text, part
    assert max(map(len, text.splitlines())) <= width


def test_comparison_shows_differences():
    """Below a figure stands its difference from the baseline."""
    case = mini_case()
    text = page(80, lambda c: print_comparison(c, case.results, case.headlines, case.checks, case.findings))
    assert re.search(r"Tests delivered +0 +112\n +\+112", text)


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_no_figure_is_cut_short(width):
    """With four options of long keys every figure and key is whole at any width."""
    options = ["bau", "do_minimum_with_longer_hours", "buy_tests", "preferred"]
    cells = ("−£135.3m", "£120,456,789", "1,234,567", "−£720,138")
    rows = [Row("Capital"), Row("Largest call on members' capital envelopes in a year", cells)]
    text = page(width, lambda c: print_columns(c, options, rows))
    for cell in cells:
        assert cell in text
    assert "…" not in text and max(map(len, text.splitlines())) <= width
    for part in ("do_minimum", "_with_longer", "_hours", "preferred"):
        assert part in text


def test_summary_of_one_option_has_one_column():
    """Asked for one option, the summary names no other."""
    case = mini_case()
    text = page(
        80, lambda c: print_summary(c, case.results, case.headlines, case.checks, "1.0", ("preferred",))
    )
    assert "Business as usual" not in text and "Two centres" in text


def test_option_without_rank_or_steady_state_shows_a_dash():
    """An option that has neither rank nor steady state shows a dash for both."""
    case = mini_case()
    empty: OptionResult = replace(case.headlines["bau"], rank=None, steady_state=None)
    found = {**case.headlines, "bau": empty}
    text = page(80, lambda c: print_summary(c, case.results, found, case.checks, "1.0", ("bau",)))
    assert re.search(r"Rank by net present social value +–\n", text)
    assert re.search(r"Steady-state year +– none\n", text)
