"""Text files, and the place of what cannot be read in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.errors import Fault
from casebuilder.inputs.files.places import Place, read_text


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """A file saved by Excel as UTF-8 reads like any other."""
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfkey: 1\n")
    assert read_text(tmp_path / "a", "a", []) == "key: 1\n"


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b"a: 1\nb: \xff", 2, 4), ("é: \xe9".encode()[:-1], 1, 4), (b"a\nb\x00", 2, 2)],
)
def test_what_is_no_text_has_a_place(tmp_path: Path, data: bytes, line: int, column: int) -> None:
    """A bad byte and a control character are faults where they stand."""
    (tmp_path / "a").write_bytes(data)
    faults: list[Fault] = []
    assert read_text(tmp_path / "a", "a", faults) is None
    assert [(fault.line, fault.column) for fault in faults] == [(line, column)]


def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """A missing file, and a folder in place of one, are faults at line 1."""
    faults: list[Fault] = []
    read_text(tmp_path / "none", "none", faults)
    read_text(tmp_path, "folder", faults)
    assert [(fault.line, fault.column) for fault in faults] == [(1, 1), (1, 1)]


def test_a_fault_is_one_line() -> None:
    """Text with line breaks does not break the line of a fault."""
    assert "\n" not in str(Place("a").fault("one\ntwo"))


def test_several_byte_order_marks_are_passed_over(tmp_path: Path) -> None:
    """Files put together keep the mark of each."""
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf" * 3 + b"key: 1\n")
    assert read_text(tmp_path / "a", "a", []) == "key: 1\n"


@pytest.mark.parametrize("mark", ["\x85", "\x9b", "\u2028", "\u202e", "\u2067"])
def test_marks_that_nobody_sees_are_refused(tmp_path: Path, mark: str) -> None:
    """Line ends that no editor shows, and marks that turn the order of what follows."""
    (tmp_path / "a").write_text(f"a: 1\nb: x{mark}y\n", encoding="utf-8", newline="")
    faults: list[Fault] = []
    assert read_text(tmp_path / "a", "a", faults) is None
    (fault,) = faults
    assert (fault.line, fault.column) == (2, 5)
    assert fault.message == f"a control character (code {ord(mark):#06x}) stands in the text: delete it"
