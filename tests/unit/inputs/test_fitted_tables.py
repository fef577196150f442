"""What the folder of tables says of them: files, systems, mergers, and where it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebuilder.errors import InputError
from casebuilder.inputs.shape.fitted_tables import FITTED_TABLES, read_fitted_tables
from casebuilder.resources import resource

DATA = resource("assumptions/reference/data")


def test_each_table_is_there_with_a_source_and_each_system_has_its_case() -> None:
    """Files lie beside it, ids of sources are in the register, cases ship."""
    given = read_fitted_tables(DATA)
    register = resource("assumptions/sources.yaml").read_text(encoding="utf-8")
    for _, table in given.tables:
        assert (DATA / table.file).is_file(), table.file
        for id in table.source.split(", "):
            assert re.search(rf"^{id}: ", register, re.MULTILINE), id
    assert all(resource(f"assumptions/cases/{system.case}").is_dir() for system in given.systems.values())
    assert given.areas["C&M"] == "cheshire_merseyside"


def test_a_month_that_is_none_is_told_with_its_place(tmp_path: Path) -> None:
    """The file, line and key of the fault are named."""
    text = (DATA / FITTED_TABLES).read_text(encoding="utf-8").replace("2019-10\n", "October 2019\n", 1)
    (tmp_path / FITTED_TABLES).write_text(text, encoding="utf-8")
    line = next(n for n, of in enumerate(text.splitlines(), 1) if "October 2019" in of)
    with pytest.raises(InputError) as told:
        read_fitted_tables(tmp_path)
    (fault,) = told.value.faults
    assert fault.line == line and "first_month" in fault.message


def test_a_folder_without_the_file_is_a_fault(tmp_path: Path) -> None:
    """The file that lacks is named."""
    with pytest.raises(InputError) as told:
        read_fitted_tables(tmp_path)
    assert FITTED_TABLES in str(told.value.faults[0])
