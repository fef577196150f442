"""Short cases, for tests of how any case is written, read back and changed.

`short` is the digital programme over three years of months and four of money, with two options; `short_pool`
is Norfolk and Waveney, whose trusts buy together or apart, over as many, with three. `single` is a bid of one
site as `new` makes it from its answers.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from casebuilder.resources import resource
from tests.cases.new_bids import made

SHORT, POOL, SINGLE = "short", "short_pool", "single"
DIGITAL, NORFOLK = "digital_diagnostics", "norfolk_waveney"


def with_options(folder: Path, options: Sequence[str], name: str = DIGITAL) -> Path:
    """The digital programme, or another case, with some of its options, in a folder of its own."""
    shutil.copytree(resource(f"assumptions/cases/{name}"), folder)
    _put(folder / "case.yaml", r"^options: \[.*\]$", f"options: [{', '.join(options)}]")
    for option in (folder / "options").glob("*.yaml"):
        if option.stem not in options:
            option.unlink()
    return folder


def _shorten(folder: Path) -> Path:
    """Three years of months and four of money."""
    _put(folder / "case.yaml", r"^operating_months: \d+$", "operating_months: 36")
    _put(folder / "case.yaml", r"^horizon: \d+$", "horizon: 4\nstatement_years: 4")
    return folder


def _put(file: Path, line: str, other: str) -> None:
    """Another line in place of the one that a pattern finds."""
    text, found = re.subn(line, other, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert found == 1, (file, line)
    file.write_text(text, encoding="utf-8")


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="casebuilder-short-")


@cache
def short_case() -> Path:
    """The folder of `short`; copy it to change it."""
    return _shorten(with_options(Path(_place().name) / SHORT, ("bau", "programme")))


@cache
def short_pool() -> Path:
    """The folder of `short_pool`; copy it to change it."""
    folder = with_options(Path(_place().name) / POOL, ("bau", "separate", "preferred"), NORFOLK)
    _put(folder / "case.yaml", r"^in_workbook: \[.*\]$", "in_workbook: [separate]")
    return _shorten(folder)


def single_bid() -> Path:
    """The folder of `single`; copy it to change it."""
    return made(SINGLE).folder


def folder_of(name: str) -> str:
    """A case as commands take it: the name of one that ships, or the folder of a short one."""
    short = {SHORT: short_case, POOL: short_pool, SINGLE: single_bid}
    return str(short[name]()) if name in short else name
