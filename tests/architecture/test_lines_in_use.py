"""No line of the model stands idle: each is shown, checked, quoted, or needed by one that is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.order import references
from casebuilder.algebra.terms import Check, Line
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, STEADY_STATE, headline_key

ROOT = Path(__file__).resolve().parents[2]
# Where a line is shown to people, or set against what is published.
SHOWN = ("templates/**/*.yaml", "docs/*.yaml", "assumptions/cases/*/expected.yaml")
KEY = re.compile(r"(?<![\w.])[a-z]\w*\.[a-z]\w*(?!\w)")


def in_texts() -> Iterator[str]:
    """The keys in the files that say what is shown."""
    for pattern in SHOWN:
        for path in ROOT.glob(pattern):
            yield from KEY.findall(path.read_text(encoding="utf-8"))


def in_code() -> Iterator[str]:
    """The keys that analyses and readers ask for: texts in the code outside the model."""
    for path in (ROOT / "casebuilder").rglob("*.py"):
        if "model" not in path.relative_to(ROOT).parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def needed(model: Model, asked: Iterable[str]) -> set[Line]:
    """The lines asked for, and all that they read, by formula, opening or stake."""
    keys = set(asked)
    waiting = [line for line in model.lines if isinstance(line, Check) or line.key in keys]
    found: set[Line] = set()
    while waiting:
        line = waiting.pop()
        if line not in found:
            found.add(line)
            waiting += [named for named, _ in references(line) if isinstance(named, Line)]
            if isinstance(line, Check) and line.at_stake is not None:
                waiting.append(line.at_stake)
    return found


def test_every_line_is_shown_checked_or_read(model: Model) -> None:
    """What nobody sees and nothing reads costs cells in every workbook and says nothing."""
    headlines = [headline_key(name) for name in (*HEADLINES, *FURTHER)]
    used = needed(model, [*headlines, STEADY_STATE, *in_texts(), *in_code()])
    assert [line.key for line in model.lines if line not in used] == []


def test_an_idle_line_is_noticed(model: Model) -> None:
    """Without the pages, lines that only they show are found idle."""
    used = needed(model, in_code())
    idle = {line.key for line in model.lines if line not in used}
    assert {"programme.critical_steps", "standards.month_reached", "access.carbon_saved"} <= idle
