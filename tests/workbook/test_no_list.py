"""A case none of whose tests has a list: sums over lists have no row to add up, and read nothing."""

from __future__ import annotations

from pathlib import Path

from casebuilder.case import load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.verify import verify
from tests.one_site import OneSite


def test_a_workbook_without_a_list_agrees(tmp_path: Path) -> None:
    """A sum over no rows was once a range that ended before it began and held the sum itself."""
    case = load_case(str(OneSite(["phlebotomy"]).write(tmp_path / "case")))
    workbook = tmp_path / "case.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, workbook, "test")
    found = verify(workbook, "ironcalc")
    assert found.compared == found.formula_cells > 10_000
    assert not found.mismatches and not found.cannot
