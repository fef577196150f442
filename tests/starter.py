"""The small case of tests/cases/starter.py, evaluated, and copies of it to edit."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from casebuilder.case import Case, load_case
from tests.cases.starter import starter


@cache
def starter_case(*sets: str) -> Case:
    """The case, read and evaluated, with some values set."""
    case = load_case(str(starter()), sets)
    assert case.results is not None
    return case


def starter_copy(folder: Path) -> Path:
    """A copy of the case to edit."""
    shutil.copytree(starter(), folder)
    return folder
