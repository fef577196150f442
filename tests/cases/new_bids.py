"""Bids made by `casebuilder new` from the answers in `bids/`, each once in a process."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from casebuilder.case import Case, load_case
from casebuilder.tasks.new.made import Made, make_from_answers

ANSWERS = Path(__file__).parent / "bids"
NAMES = tuple(sorted(path.stem for path in ANSWERS.glob("*.yaml")))


def silent(_: str) -> None:
    """Progress that nobody looks at."""


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="casebuilder-bids-")


@cache
def made(name: str) -> Made:
    """A bid of the folder of answers."""
    return make_from_answers(ANSWERS / f"{name}.yaml", None, Path(_folder().name) / name, None, silent)


@cache
def made_case(name: str) -> Case:
    """The same, read and evaluated."""
    case = load_case(str(made(name).folder))
    assert case.results is not None
    return case
