"""Which options a workbook lays out in full; of the others it holds the engine's results."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.algebra.dimensions import Frame
from casebuilder.errors import CaseError
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.shape.in_workbook import MOST_MORE, beside

ENGINE = "engine result"


def laid_out(frame: Frame, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The options laid out, in the order of the case.

    Parameters
    ----------
    frame
        The options of the case.
    more
        Those wanted beside the baseline and the option put forward: the first ones where none is said, none
        where only these two are named.
    """
    others = beside(frame.option_ids, frame)
    wanted = [option for option in more if option in others] if more else others
    left_out = set(others) - set(wanted[:MOST_MORE])
    return tuple(option for option in frame.option_ids if option not in left_out)


def wanted(options: Sequence[str], frame: Frame) -> tuple[str, ...]:
    """The options named to be laid out beside the baseline and the one put forward.

    Raises
    ------
    CaseError
        One is no option of the case, or there are too many.
    """
    named = tuple(dict.fromkeys(option.strip() for option in options))
    for option in named:
        if option not in frame.option_ids:
            raise CaseError(f"'{option}' is no option of the case{nearest(option, frame.option_ids)}")
    more = tuple(beside(named, frame))
    if len(more) > MOST_MORE:
        raise CaseError(
            f"{len(more)} options beside the baseline and the one put forward: {MOST_MORE} at most"
        )
    return more
