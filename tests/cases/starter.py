"""The case that a newcomer has first, made by `casebuilder new` once in a process; copy it to change it.

Its reasons have been made somebody's, so that nothing fails.
"""

from __future__ import annotations

import re
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
    made = make_from_answers(answers, None, folder, None, lambda _: None).folder
    make_reasons_theirs(made)
    return made


def make_reasons_theirs(folder: Path) -> None:
    """What whoever decides does first: the reasons that `new` drafted are put in words of their own."""
    file = folder / "decision.yaml"
    text = re.sub(r"Draft, nobody'+s yet: ", "Ours - ", file.read_text("utf-8"))
    file.write_text(re.sub(r"\n  to_do:.*?(?=\n- |\Z)", "", text, flags=re.DOTALL), "utf-8")
