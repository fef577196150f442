"""Small portfolios: copies of the starter case, one of them broken."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cases.starter import starter


def copies(folder: Path, *names: str) -> Path:
    """A folder with copies of the starter case; each is open an hour less than the one before."""
    for number, name in enumerate(names):
        shutil.copytree(starter(), folder / name)
        file = folder / name / "estate.yaml"
        text = file.read_text()
        assert "opening_hours_per_day:" in text
        before, after = text.split("opening_hours_per_day:", 1)
        values, rest = after.split("seacroft: 12", 1)
        file.write_text(f"{before}opening_hours_per_day:{values}seacroft: {12 - number}{rest}")
    return folder


def broken(folder: Path) -> Path:
    """A case with a key that no model has, at the last line of its file."""
    file = folder / "estate.yaml"
    file.write_text(f"{file.read_text()}\nnonsense: 3\n")
    return folder
