"""What a user is told beside the result: files not read, values that need a look, and what the case lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.cli.errors import say

if TYPE_CHECKING:
    from casebuilder.case import Case


def tell_notices(case: Case, *, every: bool = False) -> None:
    """Print what was noticed on reading and binding, one line each on stderr.

    Parameters
    ----------
    case
        The case.
    every
        Whether dimensions without members, of which sums are nought, are told as well.
    """
    problem = case.problem
    for warning in case.inputs.warnings:
        say(f"{case.folder}: {warning}")
    for lost in problem.lost:
        say(f"{case.folder}: {lost}; leaves_out: in case.yaml says what is left out on purpose")
    for lost in problem.without_rows if every else ():
        rows = f"{len(lost.lines):,} lines have no rows, and sums over it are nought"
        say(f"{case.folder}: {lost.cause}: {rows}")
