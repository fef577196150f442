"""Edits typed into a built workbook, and what comes back from it: the workbook's headlines and the case's."""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from xml.sax.saxutils import escape

from casebuilder.case import Case, load_case
from casebuilder.inputs.edit.change_log import CHANGE_LOG
from casebuilder.tasks.pull.run import prepare, read_pull
from casebuilder.workbook.layout.addresses import lay_out
from casebuilder.workbook.proof.engines import IronCalc, place
from casebuilder.workbook.proof.package import package_of
from tests.workbook.changing import CALENDAR, Change, another, headlines, input_cell
from tests.workbook.reading import Sheet, read_sheets

_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
Typing = Mapping[tuple[str, str], float | str]


def type_in(path: Path, out: Path, typed: Typing) -> None:
    """Write a copy of a workbook in which some cells hold other constants, or formulas that begin with =."""
    by_sheet: dict[str, dict[str, float | str]] = {}
    for (sheet, address), value in typed.items():
        by_sheet.setdefault(sheet, {})[address] = value
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, True, 1) as to:
        parts = {part: name for name, part in package_of(source, path).sheets.items()}
        for item in source.infolist():
            content = source.read(item.filename)
            wanted = by_sheet.get(parts.get(item.filename, ""), {})
            if wanted:
                done: set[str] = set()
                content = _CELL.sub(lambda m, w=wanted, d=done: _turned(m, w, d), content.decode()).encode()
                assert done == set(wanted)
            to.writestr(item.filename, content)


def _turned(found: re.Match[str], wanted: Mapping[str, float | str], done: set[str]) -> str:
    address, marks = found[1], re.sub(r'\s+t="\w+"', "", found[2])
    if address not in wanted:
        return found[0]
    done.add(address)
    value = wanted[address]
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{address}"{marks}><f>{escape(value[1:])}</f></c>'
    if isinstance(value, str):
        return f'<c r="{address}"{marks} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{address}"{marks}><v>{value!r}</v></c>'


def typeable(case: Case) -> list[Change]:
    """Every cell of base case and options that may hold another value, each with one that makes sense.

    Cells that depend on those beside them (tiers that rise, curves that never fall, rows that hold some) are
    passed over; what an option that touches an input reads from Base may be typed over too.
    """
    found = []
    for item, given in case.problem.values.items():
        if item.fixed or (item.chapter, item.name) in CALENDAR:
            continue
        if item.rises_from is not None or item.never_falls or item.holds_some:
            continue
        for option in (None, *(o for o in case.inputs.frame.option_ids if given.touched_by(o))):
            for members, value in given.base.items():
                amount = value.amount if option is None else given.amount(option, members)
                after = another(item, amount)
                if after is not None and amount != 0:
                    found.append(Change(item, members, option, amount, after))
    return found


def some(changes: Sequence[Change], chance: random.Random) -> list[Change]:
    """A handful: of one base, option, period, word and flag cell each, where there are any, and more."""
    kinds = [
        [c for c in changes if c.option is None],
        [c for c in changes if c.option is not None],
        [c for c in changes if c.item.over and c.item.over[-1] in ("year", "month")],
        [c for c in changes if isinstance(c.after, str)],
        [c for c in changes if c.item.unit == "flag"],
    ]
    picked = [chance.choice(kind) for kind in kinds if kind]
    picked += chance.sample(list(changes), chance.randint(0, 7))
    return list({(c.option, c.key): c for c in picked}.values())


@dataclass
class Book:
    """A case, its workbook, and an engine that has it open."""

    case: Case
    path: Path
    engine: IronCalc
    sheets: dict[str, Sheet]

    @classmethod
    def open(cls, case: Case, path: Path) -> Book:
        """Open the workbook of a case."""
        return cls(case, path, IronCalc(path), read_sheets(path))

    def cells(self, changes: Sequence[Change]) -> dict[tuple[str, str], float | str]:
        """Where each change is typed, and what."""
        return {input_cell(self.sheets, change): change.after for change in changes}

    def recalculated(self, changes: Sequence[Change]) -> dict[tuple[str, str], object]:
        """The headlines with some changes typed in; the cells hold what they held afterwards."""
        typed = self.cells(changes)
        links = {}
        for (sheet, address), value in typed.items():
            row, column = place(address)
            links[sheet, address] = self.engine.model.get_cell_content(self.engine.sheets[sheet], row, column)
            self.engine.put(sheet, address, value)
        self.engine.calculate()
        found = headlines(self.engine, self.sheets["Options"], self.case)
        for (sheet, address), content in links.items():
            row, column = place(address)
            self.engine.model.set_user_input(self.engine.sheets[sheet], row, column, content)
        return found


@dataclass(frozen=True)
class Home:
    """What came back: the case as it is read again, and the lines that differ in each of its files."""

    case: Case
    removed: dict[str, list[str]]
    added: dict[str, list[str]]
    comments_lost: list[str]


def brought_home(file: Path, folder: Path, into: Path) -> Home:
    """Pull a file into a copy of a case; what the copy then is, and how its files differ."""
    shutil.copytree(folder, into)
    found = read_pull(file, load_case(str(into)))
    assert not found.plan.clashes and not found.plan.untaken and not found.altered
    ready = prepare(found, found.plan.edits, "A finance lead", "Tried", date(2026, 4, 1))
    assert not ready.refused, ready.refused
    ready.write()
    removed: dict[str, list[str]] = {}
    added: dict[str, list[str]] = {}
    lost: list[str] = []
    for path in sorted(into.rglob("*")):
        name = path.relative_to(into).as_posix()
        if path.is_dir() or name == CHANGE_LOG:
            continue
        before = (folder / name).read_text(encoding="utf-8") if (folder / name).is_file() else ""
        old, new = before.splitlines(), path.read_text(encoding="utf-8").splitlines()
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                removed.setdefault(name, []).extend(old[a:b])
                added.setdefault(name, []).extend(new[c:d])
        if path.suffix == ".yaml":
            lost += sorted(_comments(old) - _comments(new))
    return Home(load_case(str(into)), removed, added, lost)


def _comments(lines: Sequence[str]) -> set[str]:
    return {line.strip() for line in lines if line.strip().startswith("#")}


def case_headlines(case: Case) -> dict[tuple[str, str], float | None]:
    """The headlines of the options that a workbook lays out."""
    return {
        (key, option): case.headlines[option].headlines[key]
        for option in lay_out(case.problem).options
        for key in case.headlines[option].headlines
    }
