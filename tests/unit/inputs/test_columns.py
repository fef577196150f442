"""Columns of a case's tables that nothing reads: a misspelt one is told, one for people is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.inputs.values import CaseInputs

SAID = "column '{}' is read by nothing; did you mean '{}'?"


@pytest.fixture
def said(folder: Path, read: Callable[..., CaseInputs]) -> Callable[[str], list[str]]:
    """What is said of the columns of the table of the good case with another column for its notes."""
    path = folder / "data" / "referrals.csv"

    def warned(name: str) -> list[str]:
        text = path.read_text(encoding="utf-8").replace("referrals,note", f"referrals,{name}")
        path.write_text(text.replace("500,\n", "500,ask\n"), encoding="utf-8")
        told = [each for each in read().warnings if "is read by nothing" in each.message]
        assert all((each.file, each.line) == (str(path), 1) for each in told)
        return [each.message for each in told]

    return warned


@pytest.mark.parametrize("name", ["todo", "to do", "To_Do", "to_dos", "TODO"])
def test_a_misspelt_mark_is_told(said, name):
    assert said(name) == [SAID.format(name, "to_do")]


@pytest.mark.parametrize("name", ["Referrals", "referals", "refererals", "refrerals", "refarrals"])
def test_a_near_miss_of_a_column_that_is_read_is_told(said, name):
    assert said(name) == [SAID.format(name, "referrals")]


@pytest.mark.parametrize(
    "name", ["note", "to_do", "referral", "tests", "last_year", "people", "unreferrals", "referrals_2"]
)
def test_what_is_for_people_is_left_alone(said, name):
    assert said(name) == []


def test_a_column_that_a_range_reads_is_read(folder: Path, read: Callable[..., CaseInputs]):
    table, chapter = folder / "data" / "referrals.csv", folder / "demand.yaml"
    plain = table.read_text(encoding="utf-8").replace('"opening, estimated"', "")
    rows = [f"{row.rpartition(',')[0]},{1 + i % 2}" for i, row in enumerate(plain.splitlines())]
    table.write_text("\n".join(["site,test,month,referrals,refferals", *rows[1:]]) + "\n", encoding="utf-8")
    text = chapter.read_text(encoding="utf-8")
    listed = "  values: {north: 2, others: 1}\n  range: {file: data/referrals.csv, column: refferals}\n"
    chapter.write_text(text.replace("  values: {north: 2, others: 1}\n", listed), encoding="utf-8")
    assert not [each for each in read().warnings if "is read by nothing" in each.message]
