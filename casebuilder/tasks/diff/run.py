"""`diff`: what differs between two sides, who changed it, and what it does to the headlines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from casebuilder.analysis.bridge.changes import changes
from casebuilder.analysis.bridge.difference import Difference, Side
from casebuilder.analysis.bridge.groups import CHAPTER, ORDERS, groups
from casebuilder.analysis.bridge.others import others
from casebuilder.analysis.bridge.steps import bridges
from casebuilder.case import Case
from casebuilder.errors import CaseError
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.tasks.diff.explained import explained
from casebuilder.tasks.diff.files import files
from casebuilder.tasks.diff.sides import Opened, open_side, working_folder

Progress = Callable[[str], None]


def difference(
    first: Opened,
    second: Opened,
    *,
    options: Sequence[str] = (),
    by: str = CHAPTER,
    fair: bool = False,
    tell: Progress = lambda _: None,
) -> Difference:
    """Set two sides beside each other.

    Parameters
    ----------
    first, second
        The sides.
    options
        Whose headlines are bridged; by default those of the option that the second puts forward.
    by
        What makes a group of changes: `chapter`, `input` or `who`.
    fair
        Whether every order of the groups counts the same.
    tell
        Told the name of each stage.

    Raises
    ------
    CaseError
        Neither side has an option that is asked for, or there are too many groups for a fair split.
    """
    one, other = first.case, second.case
    chosen = _options(first, second, options)
    inputs = one.model.inputs
    found = explained(changes(one.inputs, other.inputs, inputs), first.log, second.log)
    parts = groups(found, one.model, by)
    for side, case in (("first", one), ("second", other)):
        tell(f"Evaluating the {side}")
        _ = case.results
    bridged = bridges(
        one.results,
        other.results,
        one.model,
        parts,
        chosen,
        ORDERS[by],
        fair=fair,
        tell=lambda done, of: tell(f"Working out the cases between: {done:,} of {of:,}"),
    )
    beside = [*others(one.inputs, other.inputs, inputs), *files(Path(one.folder), Path(other.folder))]
    beside += [*first.beside, *second.beside]
    return Difference(_side(first), _side(second), tuple(found), tuple(beside), tuple(parts), bridged)


def moved_since(given: str, case: Case, tell: Progress = lambda _: None) -> Difference:
    """What differs in a case since an earlier one, and what that did to the option put forward.

    Parameters
    ----------
    given
        The earlier case: a folder, a name or `REV:path`.
    case
        The case as it is.
    tell
        Told the name of each stage.
    """
    with working_folder() as folder:
        tell("Reading the earlier case")
        first = open_side(given, folder / "from")
        return difference(first, Opened(case.name, case, case.inputs.log), tell=tell)


def _side(of: Opened) -> Side:
    return Side(of.given, of.case.problem, of.revision.commit if of.revision else "")


def _options(first: Opened, second: Opened, wanted: Sequence[str]) -> tuple[str, ...]:
    """The options asked for, which one side has at least."""
    frames = first.case.inputs.frame, second.case.inputs.frame
    known = dict.fromkeys(option for frame in frames for option in frame.option_ids)
    for option in wanted:
        if option not in known:
            hint = nearest(option, known) or "."
            raise CaseError(
                f"'{option}' is no option of either side{hint} The options are {', '.join(known)}"
            )
    return tuple(dict.fromkeys(wanted)) or (put_forward(frames[1]),)
