"""What a user is told beside the result: files not read, values that need a look, and what the case lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.cli.errors import tell_warnings
from casebuilder.errors import Fault

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
    told = [f"{lost}; leaves_out: says what a case leaves out on purpose" for lost in problem.lost]
    for lost in problem.without_rows if every else ():
        told.append(f"{lost.cause}: {len(lost.lines):,} lines have no rows, and sums over it are nought")
    place = str(case.folder / "case.yaml")
    tell_warnings([*case.inputs.warnings, *(Fault(place, 1, 1, message) for message in told)])
