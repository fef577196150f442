"""What a case is about, read without its values: trusts, tests and dates, though its tables are at fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebuilder.algebra.dimensions import Dimensions
from casebuilder.errors import InputError
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.shape.frame import STAND_IN, read_calendar, read_frame
from casebuilder.inputs.shape.schema import CaseFile, check
from casebuilder.resources import resource


@dataclass(frozen=True)
class AtHand:
    """The shape of a case.

    Attributes
    ----------
    members
        By dimension the label of each member, by id.
    base_year, first_month
        As case.yaml has them: `2025/26`, `2025-04`.
    operating_months
        How many months follow from the first.
    """

    members: Mapping[str, Mapping[str, str]]
    base_year: str
    first_month: str
    operating_months: int


def at_hand(folder: Path, dimensions: Dimensions) -> AtHand:
    """The shape of the case in a folder.

    Parameters
    ----------
    folder
        Holds case.yaml.
    dimensions
        The dimensions that the model declares.

    Raises
    ------
    InputError
        case.yaml cannot be read, or its dates make no sense; what is wrong with tables is not looked at.
    """
    files = Files(folder, resource("assumptions/reference"))
    node = files.load(folder / "case.yaml", depth=2)
    case = check(CaseFile, node, node.place, files.faults, STAND_IN) if node is not None else None
    calendar = read_calendar(case, node, files.faults) if case is not None and node is not None else None
    if case is None or node is None or calendar is None:
        raise InputError(told_once(files.faults, None))
    frame = read_frame(case, node, {}, calendar, files, dimensions)
    members = {name: {each.id: each.label for each in given} for name, given in frame.members.items()}
    return AtHand(members, calendar.base_year, calendar.first_month, calendar.operating_months)
