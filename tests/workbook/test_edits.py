"""Whatever is typed into an input cell, the band and the command line say the same of it.

Every input of the digital programme (one member of each) and of a short case (every member) is set to both
bounds, beyond them, to nothing, to a text and to a fraction: typed into the built workbook, recalculated by
an engine that is not ours, and given to `--set`.
"""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

import pytest

from casebuilder.case import Case, load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.engines import IronCalc, LibreOffice, libreoffice
from casebuilder.workbook.proof.package import package_of
from tests.shipped import ShippedCases
from tests.short import SHORT, short_case, with_options
from tests.workbook.edits import (
    BAND,
    BLANK,
    COUNTS,
    Edit,
    Said,
    Typed,
    command_line,
    edits,
    refused_together,
)
from tests.workbook.reading import read_sheets

SLICES = 16
QUICK, IN_LIBREOFFICE = 48, 60
KINDS = ("least", "below", "most", "above", "beyond", "blank", "text", "fractional")


@pytest.fixture(scope="session")
def short_folder() -> Path:
    return short_case()


@pytest.fixture(scope="session")
def short(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(SHORT)


@pytest.fixture(scope="session")
def short_workbook(shipped_cases: ShippedCases) -> Path:
    return shipped_cases.workbook(SHORT)


@pytest.fixture(scope="session")
def short_typed(shipped_cases: ShippedCases) -> Typed:
    return Typed(shipped_cases.engine(SHORT), shipped_cases.sheets(SHORT))


def by_kind(tried: list[Edit]) -> list[list[Edit]]:
    """No two edits of one cell together."""
    kinds = dict.fromkeys(edit.kind for edit in tried)
    return [[edit for edit in tried if edit.kind == kind] for kind in kinds]


def disagreements_in_all(name: str, typed: Typed, tried: list[Edit]) -> tuple[int, list[object]]:
    """How many edits are refused, and where the sides differ; those refused are typed together."""
    refused, found = 0, []
    for together in by_kind(tried):
        # What a bound does may hang on the cells beside it; what is no value of its own hangs on nothing.
        alone = together[0].kind in ("least", "most")
        unusable = [] if alone else refused_together(name, together)
        refused += len(unusable)
        found += [(together[0].kind, *row) for row in typed.passes_over(unusable)]
        apart = set(map(id, unusable))
        found += disagreements(name, typed, [edit for edit in together if id(edit) not in apart])
    return refused, found


def disagreements(name: str, typed: Typed, tried: list[Edit]) -> list[tuple[str, str, Said, Said]]:
    """The edits of which the two sides say different things, typed one by one."""
    found = []
    for edit in tried:
        in_workbook, by_set = typed.says(edit), command_line(name, edit)
        if in_workbook != by_set:
            found.append((edit.kind, edit.as_set, in_workbook, by_set))
    return found


def test_both_say_the_same_of_a_sample(short_folder: Path, short: Case, short_typed: Typed) -> None:
    """A seeded sample of every kind of edit."""
    every = edits(short, all_members=False)
    chance = random.Random(1)
    kinds = {kind: [e for e in every if e.kind.partition(" ")[0] == kind] for kind in KINDS}
    first = [chance.choice(of_kind) for of_kind in kinds.values()]
    tried = [*first, *chance.sample([edit for edit in every if edit not in first], QUICK - len(first))]

    assert {edit.kind.partition(" ")[0] for edit in tried} >= set(KINDS)
    refused, found = disagreements_in_all(str(short_folder), short_typed, tried)
    assert found == []
    assert QUICK / 4 < refused < QUICK


@pytest.mark.full
@pytest.mark.parametrize("part", range(SLICES))
def test_both_say_the_same_of_every_input(part: int, tmp_path: Path) -> None:
    """One member of each input of the digital programme, in the four options of it that are laid out."""
    folder = with_options(tmp_path / "digital", ("bau", "image_sharing", "home_reporting", "programme"))
    case = load_case(str(folder))
    workbook = tmp_path / "digital.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, workbook, "test")
    tried = edits(case, all_members=False)[part::SLICES]
    typed = Typed(IronCalc(workbook), read_sheets(workbook))
    refused, found = disagreements_in_all(str(folder), typed, tried)

    assert found == []
    assert refused > len(tried) / 2


@pytest.mark.full
@pytest.mark.parametrize("part", range(SLICES))
def test_both_say_the_same_of_every_member(
    part: int, short_folder: Path, short: Case, short_typed: Typed
) -> None:
    """Every member and period of every input of the short case."""
    tried = edits(short, all_members=True)[part::SLICES]
    refused, found = disagreements_in_all(str(short_folder), short_typed, tried)

    assert found == []
    assert refused > len(tried) / 2


@pytest.mark.full
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("part", range(4))
def test_libreoffice_says_the_same(
    part: int, short_folder: Path, short: Case, short_workbook: Path, short_typed: Typed, tmp_path: Path
) -> None:
    """Sixty edits, in the second engine."""
    tried = random.Random(2).sample(edits(short, all_members=False), IN_LIBREOFFICE)[part::4]
    for number, edit in enumerate(tried):
        changed = tmp_path / f"{number}.xlsx"
        write_cell(short_workbook, changed, *short_typed.address(edit), edit.after)
        office = LibreOffice(changed, tmp_path / str(number))
        counts = tuple(int(float(str(office.value("Checks", at)))) for at in COUNTS)
        band = office.value(*BAND)
        assert (band == "All checks hold") == (not any(counts)), (edit.as_set, band)
        said = Said(True) if counts[3] else Said(False, counts)
        assert said == command_line(str(short_folder), edit), edit.as_set


def write_cell(workbook: Path, changed: Path, sheet: str, address: str, value: float | str) -> None:
    """Copy a workbook with one constant replaced, as a program that edits the file would."""
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as out:
        part = package_of(source, workbook).sheets[sheet]
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == part:
                text = content.decode()
                found = re.search(rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)', text)
                assert found, (sheet, address)
                style = found.group(1) or ""
                if value == BLANK:
                    cell = f'<c r="{address}"{style}/>'
                elif isinstance(value, str):
                    cell = f'<c r="{address}"{style} t="inlineStr"><is><t>{value}</t></is></c>'
                else:
                    cell = f'<c r="{address}"{style}><v>{value!r}</v></c>'
                content = (text[: found.start()] + cell + text[found.end() :]).encode()
            out.writestr(item, content)
