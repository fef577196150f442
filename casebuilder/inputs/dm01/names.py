"""What the tests of DM01 are called here, and which codes among the systems are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.tables import read_table

TESTS = "dm01_tests.csv"
NO_SYSTEMS = "dm01_no_systems.csv"


@dataclass(frozen=True)
class Names:
    """The names of DM01 set against those of the model.

    Attributes
    ----------
    tests
        The test's id by its name in a file, in small letters.
    labels
        By the test's id how people read it; in the order of the table.
    no_systems
        By code, why it is no system.
    """

    tests: Mapping[str, str]
    labels: Mapping[str, str]
    no_systems: Mapping[str, str]


def read_names(folder: Path) -> Names:
    """The tables of names in the folder of the reference set's data.

    Raises
    ------
    InputError
        A table is missing or at fault.
    """
    faults: list[Fault] = []
    tests = read_table(folder / TESTS, str(folder / TESTS), ("dm01", "test", "label"), faults)
    others = read_table(folder / NO_SYSTEMS, str(folder / NO_SYSTEMS), ("code", "what"), faults)
    if tests is None or others is None or faults:
        raise InputError(faults)
    rows = [row.cells for row in tests.rows]
    return Names(
        {name.lower(): test for name, test, _ in rows},
        {test: label for _, test, label in rows},
        {row.cells[0]: row.cells[1] for row in others.rows},
    )


def read_labels(path: Path, view: str) -> dict[str, str]:
    """The name of each system or provider by its code, as the file of names has them.

    Raises
    ------
    InputError
        The file is missing or at fault.
    """
    faults: list[Fault] = []
    table = read_table(path, str(path), (view, "name"), faults)
    if table is None or faults:
        raise InputError(faults)
    return {row.cells[0]: row.cells[1] for row in table.rows}
