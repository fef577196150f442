"""The registers of sources."""

from __future__ import annotations

from pathlib import Path

from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.shape.sources import check_source, read_sources


def registers(folder: Path, shipped: str, own: str) -> Files:
    """A case and a reference set with their registers."""
    for name, path, text in (("case", "case", own), ("reference", ".", shipped)):
        (folder / name).mkdir()
        (folder / path / "sources.yaml").write_text(text, encoding="utf-8")
    return Files(folder / "case", folder / "reference")


def test_both_registers_are_one(tmp_path: Path) -> None:
    """Shipped and own sources, and the calendar, may be named."""
    files = registers(
        tmp_path, "S1: {title: A, date: 2024-05-01}\n", "L1: {title: B, address: https://b.org}\n"
    )
    register = read_sources(files)
    assert not files.faults
    assert set(register) == {"calendar", "S1", "L1"}
    assert (register["S1"].date, register["L1"].address) == ("2024-05-01", "https://b.org")


def test_bad_entries_are_faults(tmp_path: Path) -> None:
    """Ids of the other register, ids of none, entries without a title."""
    files = registers(tmp_path, "S1: {title: A}\n", "S1: {title: B}\nX1: {title: C}\nL2: text\nL3: {}\n")
    register = read_sources(files)
    assert [(fault.line, fault.column) for fault in files.faults] == [(1, 1), (2, 1), (3, 5), (4, 1)]
    assert register["S1"].title == "A"


def test_an_unknown_source_names_the_nearest(tmp_path: Path) -> None:
    """A slip in an id is shown with the id that is nearest."""
    files = registers(tmp_path, "S34: {title: A}\n", "")
    assert check_source("S34", Place("f"), read_sources(files), files.faults)
    assert not check_source("S43", Place("f"), read_sources(files), files.faults)
    assert "did you mean 'S34'?" in files.faults[0].message
