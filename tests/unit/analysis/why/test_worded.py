"""A switching value in words: its unit, how many values take it, and what they come to where they add up."""

from __future__ import annotations

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.why.paths import path_of
from casebuilder.analysis.uncertainty.worded import told, unit_of_all
from casebuilder.case import load_case


@pytest.mark.parametrize(
    ("unit", "over", "together"),
    [
        ("GBP_nominal / year", ("fund", "site", "year"), "GBP_nominal"),
        ("GBP_real", ("site",), "GBP_real"),
        ("tests / month", ("provider", "test"), "test / month"),
        ("GBP_real / test", ("test",), None),
        ("GBP_real / year", ("staff",), None),
        ("GBP_real", ("site", "year"), None),
        ("share", ("site",), None),
        ("hours / day", ("site",), None),
        ("minutes", ("site",), None),
        ("GBP_real", (), None),
    ],
)
def test_what_adds_up(unit: str, over: tuple[str, ...], together: str | None) -> None:
    """Money and counts add up over sites, funds and years; prices, shares, times and stocks do not."""
    of_all = unit_of_all(Input("Some", unit, over, "Of something."))
    assert (None if of_all is None else str(of_all)) == together


def test_an_award_is_told_with_its_cells_and_their_total() -> None:
    """One value in every cell says how many cells there are and what all of them come to, in pounds."""
    case = load_case("cmast_2025")
    item = case.problem.inputs_by_key["funding.award"]
    path = path_of(case.problem, case.problem.values[item])
    assert path is not None and path.decided
    cells = len(path.given.base)
    said = told(path, 0.1, "preferred")
    assert said == (
        f"each of {cells} values £0 to £1,000,000 per year (cash); together £0 to £{cells},000,000 (cash)"
    )
