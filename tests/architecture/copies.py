"""Copies of the tree to change, and commands of theirs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASE = "assumptions/cases/digital_diagnostics"
SOURCES = "assumptions/sources.yaml"


def copy_tree(to: Path) -> Path:
    """The package, the templates, the reference set and a small case."""
    for folder in ("casebuilder", "assumptions/reference", CASE, "templates"):
        shutil.copytree(ROOT / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__"))
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


def touched(tree: Path) -> set[str]:
    """The files of a copy that the tree has not, or has otherwise."""
    return {
        name
        for path in tree.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        for name in [path.relative_to(tree).as_posix()]
        if not (ROOT / name).is_file() or (ROOT / name).read_bytes() != path.read_bytes()
    }
