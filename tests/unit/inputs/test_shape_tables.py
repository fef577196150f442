"""A table that says which members or pairs there are, and cannot be read: one cause, one message."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.case import load_case
from casebuilder.errors import Fault, InputError

CASES = Path(__file__).parents[3] / "assumptions" / "cases"
PEOPLE, LISTS, PAIRS = "data/neighbourhoods.csv", "data/lists.csv", "data/place_quintiles.csv"


def _header(name: str, other: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf"\b{name}\b", other, text, count=1)


def _commas(text: str) -> str:
    head, *rows = text.splitlines()
    return "\n".join([head, *(f"{row},x" for row in rows)])


def _names(text: str) -> str:
    head, *rows = text.splitlines()
    at = head.split(",").index("place")
    cells = [row.split(",") for row in rows]
    return "\n".join(
        [head, *(",".join([*c[:at], c[at].title().replace("_", " "), *c[at + 1 :]]) for c in cells)]
    )


@pytest.mark.parametrize(
    ("file", "spoil", "words"),
    [
        (PEOPLE, _header("place", "area"), "there is no column 'place'"),
        (PEOPLE, _header("district", "county"), "there is no column 'district'"),
        (PEOPLE, lambda text: "", "the table is empty"),
        (PEOPLE, lambda text: text.splitlines()[0], "the table has no row"),
        (PEOPLE, lambda text: text.replace(",", ";"), "separated by semicolons"),
        (PEOPLE, _commas, "8 cells, where the header has 7"),
        (PEOPLE, _names, "is no member id"),
        (LISTS, _header("test", "examination"), "there is no column 'test'"),
        (PAIRS, _header("quintile", "fifth"), "there is no column 'quintile'"),
        (PAIRS, lambda text: text.replace(",", "\t"), "separated by tabs"),
    ],
)
def test_a_table_that_shapes_the_case_is_told_alone(
    tmp_path: Path, file: str, spoil: Callable[[str], str], words: str
) -> None:
    """Not with every value that would be set against it."""
    folder = Path(shutil.copytree(CASES / "norfolk_waveney", tmp_path / "case"))
    path = folder / file
    text = path.read_text(encoding="utf-8")
    path.write_text(spoil(text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    told = faults(folder)
    assert len(told) <= 2  # two dimensions of one table may want columns of their own
    assert all(fault.file.endswith(file) and words in fault.message for fault in told)


def faults(folder: Path) -> list[Fault]:
    """What is wrong with a case."""
    with pytest.raises(InputError) as caught:
        load_case(str(folder))
    return caught.value.faults


def test_a_table_of_members_that_is_not_there_is_told_alone(tmp_path: Path) -> None:
    """Each entry that names it says so."""
    folder = Path(shutil.copytree(CASES / "norfolk_waveney", tmp_path / "case"))
    (folder / PEOPLE).unlink()
    told = faults(folder)
    assert told and all("there is no file data/neighbourhoods.csv" in fault.message for fault in told)
