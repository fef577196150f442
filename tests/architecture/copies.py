"""Copies of the tree to change, and commands of theirs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from casebuilder.workbook.proof.cells import place, read_cells
from tests.short import SHORT, short_case

ROOT = Path(__file__).resolve().parents[2]
CASE = f"assumptions/cases/{SHORT}"
SOURCES = "assumptions/sources.yaml"


def copy_tree(to: Path) -> Path:
    """The package, the templates, the reference set and the short case.

    Compiled modules come along, so that a command of the copy compiles what was changed and no more; what
    another process is writing just then does not.
    """
    unfinished = shutil.ignore_patterns("*.pyc.*", "checked.sha256.*")
    for folder in ("casebuilder", "assumptions/reference", "templates"):
        shutil.copytree(ROOT / folder, to / folder, ignore=unfinished)
    shutil.copytree(short_case(), to / CASE)
    shutil.copy(ROOT / SOURCES, to / SOURCES)
    return to


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of a copy."""
    found = {**os.environ, "PYTHONPATH": str(tree), "NO_COLOR": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "casebuilder", *arguments]
    return subprocess.run(command, cwd=tree, env=found, capture_output=True, text=True, check=False)


def proved(tree: Path, book: Path) -> dict[str, dict[tuple[int, int], Any]]:
    """A copy's case as a workbook that another engine agrees with: by sheet, values by row and column."""
    for command in (("build", CASE, "-o", str(book), "--draws", "0"), ("verify", str(book))):
        done = run(tree, *command)
        assert done.returncode == 0, done.stdout + done.stderr
    return {name: {place(cell.address): cell.value for cell in cells} for name, cells in read_cells(book)}


def touched(tree: Path) -> set[str]:
    """The files of a copy that the tree has not, or has otherwise."""
    return {
        path.relative_to(tree).as_posix()
        for path in tree.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        for before in [_copied_from(path.relative_to(tree))]
        if not before.is_file() or before.read_bytes() != path.read_bytes()
    }


def _copied_from(name: Path) -> Path:
    return short_case() / name.relative_to(CASE) if name.is_relative_to(CASE) else ROOT / name
