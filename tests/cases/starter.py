"""The case that a newcomer has first, made by `casebuilder new` once in a process; copy it to change it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from casebuilder.tasks.new.made import make_from_answers


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="casebuilder-starter-")


@cache
def starter() -> Path:
    """Its folder."""
    folder = Path(_place().name) / "starter"
    answers = Path(__file__).parent / "starter.yaml"
    return make_from_answers(answers, None, folder, None, lambda _: None).folder
