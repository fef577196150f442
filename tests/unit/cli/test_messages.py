"""Faults on a terminal: grouped by file, wrapped, counted."""

from __future__ import annotations

import pytest

from casebuilder.cli.errors import one_line, print_grouped, tell_faults
from casebuilder.errors import CaseError, Fault

FAULTS = (
    Fault("a.yaml", 3, 1, "unknown key 'x[y]'"),
    Fault("a.yaml", 12, 5, "a number is wanted"),
    Fault("b.yaml", 1, 1, "title is missing"),
)


def test_faults_are_grouped_by_file(capsys: pytest.CaptureFixture[str]):
    """Each file is named once, its faults below it with line and column, and all are counted."""
    print_grouped(FAULTS)
    shown = capsys.readouterr().err
    assert shown.count("a.yaml") == 1 and shown.index("12:5") < shown.index("b.yaml")
    assert "unknown key 'x[y]'" in shown and "3 faults found" in shown


def test_message_of_several_lines_is_one_line_in_a_pipe(capsys: pytest.CaptureFixture[str]):
    """A fault whose text has line ends is still one line in a pipe."""
    tell_faults(CaseError([Fault("a.yaml", 1, 2, "not YAML:\n  a tab")]))
    assert capsys.readouterr().err == "a.yaml:1:2: not YAML:; a tab\n"


def test_one_line_leaves_no_line_ends():
    """Line ends become semicolons, and blank lines go."""
    assert one_line("a\n\n  b \n") == "a; b"
