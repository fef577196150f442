"""Nothing vanishes unsaid: members and rows of the shipped cases removed in turn, each of them named.

A case is copied, one thing is taken out of it, and it is read and bound again. What is said then (faults,
warnings, lines lost, dimensions without rows) is set against what was said before. Something must be new, and
of a member it must name the member, or the dimension where nothing is left of it.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import TIME, Frame
from casebuilder.case import load_model
from casebuilder.errors import InputError
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.evaluate.problem import bind
from casebuilder.inputs.read import read_case
from casebuilder.resources import resource

CASES = sorted(path.name for path in resource("assumptions/cases").iterdir())
SMALL = ("digital_diagnostics", "norfolk_waveney")
ROWS = 300


@cache
def model() -> Model:
    """The shipped chapters."""
    return load_model()


def said(folder: Path) -> set[str]:
    """All that is said of a case, without places."""
    try:
        inputs = read_case(folder, model().inputs, model().dimensions, headlines=HEADLINES, model=model())
    except InputError as error:
        return {fault.message for fault in (*error.faults, *error.warnings)}
    problem = bind(model(), inputs)
    found = {warning.message for warning in inputs.warnings}
    return found | {str(lost) for lost in (*problem.lost, *problem.without_rows)}


def copied(name: str, to: Path) -> Path:
    """A copy whose case.yaml is written anew, so that it can be changed as data."""
    folder = Path(shutil.copytree(resource(f"assumptions/cases/{name}"), to / name))
    write(folder, read(folder))
    return folder


def read(folder: Path) -> dict:
    """case.yaml as data."""
    return yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))


def write(folder: Path, content: dict) -> None:
    """case.yaml from data."""
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=10_000)
    (folder / "case.yaml").write_text(text, encoding="utf-8")


@cache
def frame(name: str) -> Frame:
    """The members of a shipped case."""
    folder = resource(f"assumptions/cases/{name}")
    return read_case(folder, model().inputs, model().dimensions, headlines=HEADLINES, model=model()).frame


def members(name: str) -> list[tuple[str, str]]:
    """Every member of every dimension that has any, save for time and the years of prices."""
    dimensions = [d for d in frame(name).members if d not in TIME and d != "price_year"]
    return [(dimension, member) for dimension in dimensions for member in frame(name).ids(dimension)]


def without_member(folder: Path, dimension: str, member: str, ids: list[str]) -> None:
    """Take a member out: of the list in case.yaml, of its table, or of the reference set's list."""
    content = read(folder)
    given = content["members"].get(dimension)
    if isinstance(given, dict) and "table" in given:
        path = folder / given["table"]
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        place = header.split(",").index(given["id"])
        kept = [row for row in rows if row.split(",")[place] != member]
        path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
        return
    if isinstance(given, dict):
        content["members"][dimension] = {id: label for id, label in given.items() if id != member}
    else:
        content["members"][dimension] = [id for id in (given or ids) if id != member]
    write(folder, content)


def unsaid_members(name: str, chosen: list[tuple[str, str]], tmp_path: Path) -> list[tuple[str, str]]:
    """The members that can be taken out of a case without being named."""
    before = said(copied(name, tmp_path / "before"))
    ids: dict[str, list[str]] = {}
    for dimension, member in members(name):
        ids.setdefault(dimension, []).append(member)
    silent = []
    for number, (dimension, member) in enumerate(chosen):
        folder = copied(name, tmp_path / str(number))
        without_member(folder, dimension, member, ids[dimension])
        labels = {of.id: of.label for of in frame(name).members[dimension]}
        names = {member, labels[member]} if len(labels) > 1 else {dimension}
        if not any(word in message for message in said(folder) - before for word in names):
            silent.append((dimension, member))
        shutil.rmtree(tmp_path / str(number))
    return silent


@pytest.mark.parametrize("name", SMALL)
def test_a_sample_of_members_removed_is_named(name: str, tmp_path: Path) -> None:
    """One member of some dimensions, drawn once for all."""
    draw = random.Random(8)
    assert unsaid_members(name, draw.sample(members(name), 8), tmp_path) == []


@pytest.mark.full
@pytest.mark.parametrize("name", CASES)
def test_every_member_removed_is_named(name: str, tmp_path: Path) -> None:
    """Every member of every dimension, those of the reference set included."""
    every = members(name)
    assert len(every) > 200
    assert unsaid_members(name, every, tmp_path) == []


def rows(name: str) -> Iterator[tuple[str, str, int]]:
    """The rows of the tables that a case names: the case, the table and the line."""
    folder = resource(f"assumptions/cases/{name}")
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")]
    for path in sorted((folder / "data").glob("*.csv")):
        if any(f"table: data/{path.name}" in text for text in texts):
            lines = path.read_text(encoding="utf-8").splitlines()
            yield from ((name, path.name, line) for line in range(1, len(lines)))


def unsaid_rows(chosen: list[tuple[str, str, int]], tmp_path: Path) -> list[tuple[str, str, int]]:
    """The rows that can be taken out of a table without a word."""
    before = {name: said(copied(name, tmp_path / "before")) for name in {row[0] for row in chosen}}
    silent = []
    for number, (name, table, line) in enumerate(chosen):
        folder = copied(name, tmp_path / str(number))
        path = folder / "data" / table
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([*lines[:line], *lines[line + 1 :]]) + "\n", encoding="utf-8")
        if not said(folder) - before[name]:
            silent.append((name, table, line))
        shutil.rmtree(tmp_path / str(number))
    return silent


def test_a_sample_of_rows_removed_is_named(tmp_path: Path) -> None:
    """Of every table that the small cases name, two rows."""
    draw = random.Random(9)
    every = [row for name in SMALL for row in rows(name)]
    tables = sorted({row[:2] for row in every})
    chosen = [row for table in tables for row in draw.sample([r for r in every if r[:2] == table], 2)]
    assert unsaid_rows(chosen, tmp_path) == []


@pytest.mark.full
def test_300_rows_removed_are_named(tmp_path: Path) -> None:
    """Drawn from all tables of all cases."""
    every = [row for name in CASES for row in rows(name)]
    assert unsaid_rows(random.Random(10).sample(every, ROWS), tmp_path) == []
