"""Make a case from answers, or like another, and say what was filled in from where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebuilder.case import find_case, load_case
from casebuilder.errors import Fault
from casebuilder.inputs.start.answers import ANSWERS, answers_with, read_answers
from casebuilder.tasks.new.assemble import assemble
from casebuilder.tasks.new.bid import Filled
from casebuilder.tasks.new.copied import copied_files
from casebuilder.tasks.new.make import Tell, make_case, placed, put_files, refuse_full
from casebuilder.tasks.schema import guide_editors

__all__ = ["Made", "make_from_answers", "make_like", "refuse_full"]

FILLED = "filled.md"


@dataclass(frozen=True)
class Made:
    """A case that was made.

    Attributes
    ----------
    folder
        Where it stands.
    title
        What the bid is called.
    filled
        What was filled in, and from where, in order.
    lines
        Lines of the answers that are no comment and not empty: what its author has to say.
    warnings
        What was answered and is likely a slip.
    """

    folder: Path
    title: str
    filled: tuple[Filled, ...]
    lines: int
    warnings: tuple[Fault, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "case": str(self.folder),
            "title": self.title,
            "answer_lines": self.lines,
            "filled": [{"what": each.what, "from": each.where} for each in self.filled],
            "warnings": [fault.message for fault in self.warnings],
        }


def make_from_answers(path: Path, text: str | None, folder: Path, kind: str | None, tell: Tell) -> Made:
    """A case from a file of answers, or from its text.

    Parameters
    ----------
    path
        The file, or what faults of the text are to call it.
    text
        The answers, where they lie in no file.
    folder
        Where the case is to stand.
    kind
        A kind of bid that wins over the one answered.
    tell
        Is told what is being done.

    Raises
    ------
    InputError
        The answers are at fault, each fault with its place.
    CaseError
        The folder is not empty.
    """
    tell("Reading the answers")
    answered = read_answers(path, text)
    if kind is not None:
        answered = answers_with(answered, kind)
    tell("Looking up trusts, places and lists")
    bid = assemble(answered)
    bid = make_case(
        bid, lambda last: {ANSWERS: answered.text, FILLED: filled_text(last.title, last.filled)}, folder, tell
    )
    lines = [
        line for line in answered.text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    beyond = (answered.place("sites", site, "rooms").fault(said) for site, said in bid.beyond)
    return Made(folder, bid.title, bid.filled, len(lines), (*bid.warnings, *beyond))


def filled_text(title: str, filled: tuple[Filled, ...]) -> str:
    """The page that stands in the case: what was filled in, and from where."""
    rows = [f"| {_cell(each.what)} | {_cell(each.where)} |" for each in filled]
    return "\n".join(
        [
            f"# {title}: what was filled in",
            "",
            "Made by `casebuilder new` from `answers.yaml`. What its author did not say was filled in.",
            "`casebuilder check` ends with what is still to do, in the order of what it does to value.",
            "",
            "| what | from where |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")


def make_like(like: str, folder: Path, title: str | None, system: str, tell: Tell) -> Made:
    """A copy of another case, with what it claims and is held to left behind.

    Raises
    ------
    InputError
        There is no such case.
    CaseError
        The folder is not empty.
    """
    refuse_full(folder)
    tell("Copying the case")
    source = find_case(like)
    with placed(folder) as draft:
        put_files(draft, copied_files(source, title, system))
        made = load_case(str(draft))
        guide_editors(draft)
    filled = (
        Filled("everything", f"copied from {source.name}; its claims and expected figures were left behind"),
    )
    return Made(folder, made.inputs.info.title, filled, 0)
