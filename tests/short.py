"""A short case, for tests of how any case is written, read back and changed.

It is the digital programme over three years of months and four of money, with two options.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from casebuilder.resources import resource

SHORT, DIGITAL = "short", "digital_diagnostics"
_OPTIONS = re.compile(r"^options: \[.*\]$", re.MULTILINE)


def with_options(folder: Path, options: Sequence[str]) -> Path:
    """The digital programme with some of its options, in a folder of its own."""
    shutil.copytree(resource(f"assumptions/cases/{DIGITAL}"), folder)
    keep_options(folder, options)
    return folder


def keep_options(folder: Path, options: Sequence[str]) -> None:
    """Leave some options out of a copy of the digital programme."""
    case = folder / "case.yaml"
    text = _OPTIONS.sub(f"options: [{', '.join(options)}]", case.read_text(encoding="utf-8"))
    case.write_text(text, encoding="utf-8")
    for option in (folder / "options").glob("*.yaml"):
        if option.stem not in options:
            option.unlink()


def shorten(folder: Path) -> Path:
    """Make a copy of the digital programme the short case."""
    keep_options(folder, ("bau", "programme"))
    case = folder / "case.yaml"
    text = case.read_text(encoding="utf-8")
    text = text.replace("operating_months: 60", "operating_months: 36")
    case.write_text(text.replace("horizon: 10", "horizon: 4\nstatement_years: 4"), encoding="utf-8")
    return folder


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="casebuilder-short-")


@cache
def short_case() -> Path:
    """Its folder; copy it to change it."""
    folder = Path(_place().name) / SHORT
    shutil.copytree(resource(f"assumptions/cases/{DIGITAL}"), folder)
    return shorten(folder)
