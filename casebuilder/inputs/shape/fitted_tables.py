"""The tables that fits are made to: which file holds what, whose rows they are, and which trusts merged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.dates import MONTH
from casebuilder.inputs.files.scalars import MEMBER_ID
from casebuilder.inputs.files.yaml import read_yaml
from casebuilder.inputs.shape.schema import Shape, check

FITTED_TABLES = "tables.yaml"
Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=rf"^{MEMBER_ID}$")]


class Table(Shape):
    """A file of the folder, and what vouches for it."""

    file: Text
    source: Text


class Tables(Shape):
    """The files, by what they hold."""

    waits_systems: Table
    waits_others: Table
    waits_england: Table
    waits_providers_later: Table
    waits_boards_later: Table
    waits_england_later: Table
    provider_names: Table
    board_names: Table
    imaging: Table
    neighbourhoods: Table
    hospitals: Table
    england_neighbourhoods: Table
    england_hospitals: Table
    more_hospitals: Table
    england_minutes: Table
    england_towns: Table
    district_regions: Table
    district_other_names: Table
    former_names: Table
    specialist_trusts: Table
    market_forces: Table
    england_choices: Table


class System(Shape):
    """What the fits call a system, and the case whose places it holds."""

    area: Id
    case: Id


class Merger(Shape):
    """The trust that another joined, and the first month of which its tests are that trust's."""

    into: Text
    first_month: Annotated[str, Field(pattern=rf"^{MONTH}$")]
    source: Text


class FittedTables(Shape):
    """The whole file.

    Attributes
    ----------
    tables
        The files.
    systems
        By their names in the tables.
    merged
        Trusts that joined another, by code.
    payers
        Integrated care boards that others replace, by name.
    """

    tables: Tables
    systems: dict[str, System]
    merged: dict[str, Merger]
    payers: dict[str, Merger]

    @property
    def areas(self) -> dict[str, str]:
        """What the fits call each system, by its name in the tables."""
        return {name: system.area for name, system in self.systems.items()}


def read_fitted_tables(folder: Path) -> FittedTables:
    """What the folder of tables says of them.

    Raises
    ------
    InputError
        The file is missing or at fault: where, and what would be right.
    """
    path = folder / FITTED_TABLES
    faults: list[Fault] = []
    node = read_yaml(path, str(path), faults)
    given = check(FittedTables, node, node.place, faults) if node is not None else None
    if given is None or faults:
        raise InputError(faults)
    return given
