"""What the columns of the published files are called, and how they are called here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.scalars import bare
from casebuilder.inputs.files.tables import read_table


def plain(heading: str) -> str:
    """A heading without capitals, blanks and line ends: what publications of different years share."""
    return bare(" ".join(heading.split())).replace("_", "")


@dataclass(frozen=True)
class Headings:
    """The columns of a publication.

    Attributes
    ----------
    columns
        By heading, as `plain` has it, the column that it is here.
    published
        By column how the publication calls it, in the layout that the table names first.
    """

    columns: Mapping[str, str]
    published: Mapping[str, str]


def read_headings(path: Path) -> Headings:
    """The headings of a publication, from a table of column and heading.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    faults: list[Fault] = []
    table = read_table(path, str(path), ("column", "heading"), faults)
    if table is None or faults:
        raise InputError(faults)
    rows = [row.cells for row in table.rows]
    published: dict[str, str] = {}
    for column, heading in rows:
        published.setdefault(column, heading)
    return Headings({plain(heading): column for column, heading in rows}, published)
