"""A small case as `casebuilder new` makes it, once a process, and copies of it to edit."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from casebuilder.case import Case, load_case
from casebuilder.tasks.new.made import make_from_answers

_ANSWERS = """title: Seacroft
kind: starter
trusts: [RR8]
sites: [{name: Seacroft, place: Leeds, rooms: {mri: 1, ct: 1}}]
"""


@cache
def _made() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    kept = tempfile.TemporaryDirectory(prefix="casebuilder-starter-")
    answers = Path(kept.name) / "answers.yaml"
    answers.write_text(_ANSWERS, encoding="utf-8")
    return kept, make_from_answers(answers, None, Path(kept.name) / "seacroft", None, lambda _: None).folder


def starter() -> Path:
    """The folder of the case; nobody changes it."""
    return _made()[1]


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
