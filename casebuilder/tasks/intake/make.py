"""`intake`: a case's values as a form in Excel, for all or for one trust."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from casebuilder.case import Case
from casebuilder.errors import CaseError
from casebuilder.inputs.files.scalars import listed, nearest
from casebuilder.inputs.templates.read import template
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.england.names import holding, plain
from casebuilder.workbook.intake.form import Form, write_intake

_SHOWN = 20


def make_intake(
    case: Case,
    path: Path,
    version: str,
    trust: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Form:
    """Write the form of a case.

    Parameters
    ----------
    case
        The case.
    path
        Where the form goes, a .xlsx.
    version
        The version of casebuilder.
    trust
        The trust that it is for, by its id, code or name; None for all values.
    tell
        Told the name of each stage.

    Raises
    ------
    CaseError
        The case has no such trust, or the file cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise CaseError(f"{path}: a form is an Excel workbook: give a name that ends in .xlsx")
    whose = None if trust is None else find_trust(case, trust)
    tell("Ranking what moves value")
    return write_intake(case.problem, case.findings, path, version, whose, tell)


def find_trust(case: Case, text: str) -> str:
    """The id of a trust of the case, from its id, its code, its name or words of its name.

    Raises
    ------
    CaseError
        The case has no such trust, or several that are called so.
    """
    frame, owner = case.problem.frame, template("workbook/intake.yaml")["owner"]
    wanted = text.strip().lower()
    names = {frame.label(owner, id): id for id in frame.ids(owner)}
    for name, id in names.items():
        if wanted and (wanted in (id, name.lower()) or provider_id(wanted) == id):
            return id
    within = holding(plain(text), {id: plain(name) for name, id in names.items()})
    if len(within) == 1:
        return within[0]
    if within:
        several = listed((_with_id((name, id)) for name, id in names.items() if id in within), _SHOWN)
        raise CaseError(f"{case.name}: '{text}' fits several trusts: {several}; give the id")
    there = f"; it has {listed(map(_with_id, names.items()), _SHOWN)}"
    hint = nearest(text, [*frame.ids(owner), *names]) or there
    raise CaseError(f"{case.name} has no trust '{text}'{hint}")


def _with_id(named: tuple[str, str]) -> str:
    """A trust as it may be named: its name and its id."""
    return f"{named[0]} ({named[1]})"
