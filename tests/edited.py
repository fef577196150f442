"""Copies of shipped cases with one text of one file replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

from casebuilder.resources import resource


def replace_once(path: Path, old: str, new: str) -> None:
    """Replace some text that stands in a file once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def edited_case(folder: Path, name: str, file: str, old: str, new: str) -> Path:
    """A shipped case copied to a folder, with some text of one file replaced."""
    shutil.copytree(resource(f"assumptions/cases/{name}"), folder)
    replace_once(folder / file, old, new)
    return folder
