"""What a user is told beside the result: files not read, values that need a look, and what the case lost."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from casebuilder.cli.errors import one_line, say, tell_warnings
from casebuilder.errors import Fault

if TYPE_CHECKING:
    from casebuilder.case import Case

_LEAVES_OUT = "leaves_out: in case.yaml says what is left out on purpose"


def tell_notices(case: Case, *, every: bool = False) -> None:
    """Print what was noticed on reading and binding, one line each on stderr.

    Parameters
    ----------
    case
        The case.
    every
        Whether dimensions without members, of which sums are nought, are told as well.
    """
    problem, place = case.problem, str(case.folder / "case.yaml")
    tell_warnings(case.inputs.warnings)
    for said in case.inputs.notes:
        say(f"note: {said}")
    tell_warnings([Fault(place, 1, 1, f"{lost}; {_LEAVES_OUT}") for lost in problem.lost])
    if every and problem.without_rows:
        causes = "; ".join(f"{lost.cause} ({len(lost.lines):,} lines)" for lost in problem.without_rows)
        note = f"note: no rows, and sums that are nought: {causes}"
        print(one_line(str(Fault(place, 1, 1, note))), file=sys.stderr)
