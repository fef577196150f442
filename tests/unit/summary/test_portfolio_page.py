"""A portfolio on the terminal: at what prices its figures are, and what is not added up."""

from __future__ import annotations

import pytest
from rich.console import Console

from casebuilder.analysis.many.gathered import Figure, Found, Gathered
from casebuilder.analysis.many.table import Head
from casebuilder.summary.portfolio.cases import print_portfolio

UNITS = {"capital_outturn": "GBP_nominal", "npsv": "GBP_real", "tests_steady_state": "tests"}


def found(case: str, base_year: str) -> Found:
    """A case with three headlines."""
    head = Head(case, case, "", "1", 1, ((0, 1),), base_year, "bau", {"preferred": "P"}, UNITS, 0, "holds")
    figures = {name: Figure(2e6, None, None, None) for name in UNITS}
    return Found(head, {"preferred": figures}, 1.0)


@pytest.mark.parametrize(
    ("totals", "said", "unsaid"),
    [
        (("tests_steady_state",), "base years differ: Capital, NPSV, Ask a year, WTE.", "2.0 2.0 2.0"),
        (tuple(UNITS), "base years differ: Ask a year, WTE.", "differ: Capital"),
    ],
)
def test_prices_and_what_is_not_added_up_are_said(totals: tuple[str, ...], said: str, unsaid: str) -> None:
    """Base years stand beside their case; a total that is left out is named with the reason."""
    cases = (found("one", "2021/22"), found("two", "2025/26"))
    sums = {name: Figure(4e6, None, None, None) for name in totals}
    console = Console(width=140, record=True, force_terminal=False)
    print_portfolio(console, Gathered("both", "1", 1, 0, cases, (), sums, "", 1.0, (0, 2)))
    text = " ".join(console.export_text().split())
    assert "NPSV is a present value at the prices of a case's base year" in text
    assert "2021/22" in text and "2025/26" in text
    assert said in text and unsaid not in text
