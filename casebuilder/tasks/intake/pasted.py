"""What was pasted into a form, as if it had been typed row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from casebuilder.inputs.dm01.headings import plain, read_headings
from casebuilder.inputs.dm01.mergers import heirs, read_mergers
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.files.scalars import bare
from casebuilder.inputs.templates.read import template
from casebuilder.inputs.values import CaseInputs
from casebuilder.resources import resource
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.data.dm01_files import tests_of
from casebuilder.tasks.dm01.baseline import shipped_rows
from casebuilder.tasks.intake.assets import Kit, read_register
from casebuilder.tasks.intake.lists import Lists, lists_of
from casebuilder.tasks.intake.months import Known, known_words, read_months
from casebuilder.tasks.intake.region import pasted_region
from casebuilder.workbook.edits.grid import SOURCE, VALUE, WHY, Held, RowKey, row_key
from casebuilder.workbook.edits.start import INTAKE
from casebuilder.workbook.edits.typed import Typed, TypedCells, Untaken
from casebuilder.workbook.intake.words import DEMAND, REGISTER
from casebuilder.workbook.proof.cells import Cell

HEADINGS, KIT = "dm01_headings.csv", "equipment"


def add_pasted(
    path: Path, cells: Mapping[str, Sequence[Cell]], found: TypedCells, inputs: CaseInputs
) -> None:
    """Put what was pasted beside what was typed; of both in one cell what was typed holds.

    Parameters
    ----------
    path
        The form, as faults name it.
    cells
        Its cells by sheet.
    found
        What was typed; takes what was pasted, and what of it is not taken.
    inputs
        The case.
    """
    if found.start.kind == INTAKE:
        paster = _Paster(path, cells, found, inputs)
        paster.lists()
        paster.register()


class _Paster:
    """Turns pastes into cells as if typed."""

    def __init__(
        self, path: Path, cells: Mapping[str, Sequence[Cell]], found: TypedCells, inputs: CaseInputs
    ) -> None:
        self.path, self.cells, self.found, self.inputs = path, cells, found, inputs
        self.content = template("workbook/intake.yaml")
        self.owner = self.content["owner"]
        self.typed = {(cell.row, cell.header) for cell in found.typed}

    def lists(self) -> None:
        """Months of DM01."""
        sheet = pasted_region(self.path, DEMAND, self.cells, self.found.untaken)
        if sheet is None:
            return
        data = resource("assumptions/reference/data")
        names, mergers = read_names(data), read_mergers(data)
        frame = self.inputs.frame
        own = self._trusts(self._keys())
        tests = dict(tests_of(names, frame.ids("test")))
        headings, measures = known_words(template("workbook/pasted.yaml"), read_headings(data / HEADINGS))
        called = {name: id for name, id in names.tests.items() if id in tests.values()}
        others = frozenset(names.tests.keys() - called.keys())
        called |= {bare(text): id for test, id in tests.items() for text in (test, frame.label("test", test))}
        alone = next(iter(own.values())) if len(own) == 1 else ""
        gone = heirs(mergers, own.values())
        providers = {bare(code): code for code, heir in gone.items() if heir in own.values()}
        for id, code in own.items():
            providers |= {bare(text): code for text in (id, code, frame.label(self.owner, id))}
        pasted = read_months(sheet, Known(headings, measures, called, others, providers, alone))
        self.found.untaken += pasted.untaken
        if not pasted.counts:
            return
        made = lists_of(pasted, shipped_rows(), own, list(tests.values()), mergers)
        self.found.notes += [f"{DEMAND}: {note}" for note in made.notes]
        of_case = {dm01: test for test, dm01 in tests.items()}
        for (trust, dm01), row in made.rows.items():
            place = pasted.places.get((own[trust], dm01)) or next(iter(pasted.places.values()))
            self._list(trust, of_case[dm01], self._split(made, trust, dm01, of_case[dm01], row), place, made)

    def register(self) -> None:
        """Asset registers: of a trust that has pasted one, every year of every kind."""
        sheet = pasted_region(self.path, REGISTER, self.cells, self.found.untaken)
        named, frame = self.content["register"], self.inputs.frame
        due = self.inputs.values.get(named["due"])
        if sheet is None or due is None:
            return
        owned = self._trusts([named["due"]])
        trusts = {bare(t): id for id, c in owned.items() for t in (id, c, frame.label(self.owner, id))}
        kinds, years = frame.ids(KIT), frame.ids("year")
        equipment = {bare(t): id for id in kinds for t in (id, frame.label(KIT, id))}
        equipment |= {name.replace("-", "_"): id for name, id in equipment.items()}
        headings = {
            plain(word): name
            for name, words in template("workbook/pasted.yaml")["assets"].items()
            for word in words
        }
        alone = next(iter(owned)) if len(owned) == 1 else ""
        pasted = read_register(sheet, Kit(headings, equipment, trusts, years, alone))
        self.found.untaken += pasted.untaken
        for trust, place in pasted.places.items():
            for kind in kinds:
                for year in years:
                    self._due(trust, kind, year, pasted.units.get((trust, kind, year), 0.0), place)
            self._given(named["given"], trust, place)

    def _due(self, trust: str, kind: str, year: str, units: float, place: str) -> None:
        """One year of one kind of a trust; what was typed there holds."""
        key = self.content["register"]["due"]
        at = RowKey(None, key, (trust, kind))
        row = self.found.start.rows.get(f"{key}[{trust},{kind}]", {})
        now = self.inputs.values[key].base.get((trust, kind, year))
        if year not in row or now is None or (at, year) in self.typed or now.amount == units == row[year]:
            return
        sheet, _, address = place.partition("!")
        self._add(at, year, row[year], units, sheet, address)
        self._register_source(at, trust, sheet, address)

    def _register_source(self, at: RowKey, trust: str, sheet: str, address: str) -> None:
        """The register as what vouches for a row, unless a source is typed there."""
        if (at, SOURCE) not in self.typed:
            self.typed.add((at, SOURCE))
            name = self.inputs.frame.label(self.owner, trust)
            self._add(at, SOURCE, None, f"Asset register of {name}, pasted into a form", sheet, address)

    def _given(self, key: str, trust: str, place: str) -> None:
        """That a trust has given its register."""
        at, text = RowKey(None, key, (trust,)), f"{key}[{trust}]"
        then = self.found.start.rows.get(text, {}).get(VALUE)
        if then is None or (at, VALUE) in self.typed or then == 1.0:
            return
        sheet, _, address = place.partition("!")
        self._add(at, VALUE, then, 1.0, sheet, address)
        self._register_source(at, trust, sheet, address)

    def _trusts(self, keys: Sequence[str]) -> dict[str, str]:
        """The trusts that the form has rows of for some inputs: the code of each by its id."""
        at = {key: self.inputs.values[key].input.over.index(self.owner) for key in keys}
        shown = {
            row[1][at[row[0]]]
            for text in self.found.start.rows
            if (row := _parts(text)) is not None and row[0] in at
        }
        return {id: _code(id) for id in self.inputs.frame.ids(self.owner) if id in shown}

    def _keys(self) -> list[str]:
        return [key for key in self.content["dm01"].values() if key in self.inputs.values]

    def _split(
        self, made: Lists, trust: str, dm01: str, test: str, row: Mapping[str, float]
    ) -> dict[str, float]:
        """Tests that came as one number go to the three kinds as the case has them now."""
        if (trust, dm01) not in made.totals or "list_activity" not in row:
            return dict(row)
        kinds = ("list_activity", "planned", "unscheduled")
        now = {
            kind: value.amount
            for kind in kinds
            if (given := self.inputs.values.get(self.content["dm01"][kind])) is not None
            and (value := given.base.get((trust, test))) is not None
            and isinstance(value.amount, float)
        }
        every, total = sum(now.values()), row["list_activity"]
        if not every:
            return dict(row)
        return {**row, **{kind: round(total * amount / every, 4) for kind, amount in now.items()}}

    def _list(self, trust: str, test: str, row: Mapping[str, float], place: str, made: Lists) -> None:
        """The cells of one trust and test."""
        sheet, _, address = place.partition("!")
        span = f"{made.months[0]} to {made.months[-1]}"
        for column, amount in row.items():
            key = self.content["dm01"].get(column)
            if key is None:
                continue
            at = RowKey(None, key, (trust, test))
            then = self.found.start.rows.get(f"{key}[{trust},{test}]", {}).get(VALUE)
            if then is None:
                continue
            if (at, VALUE) in self.typed:
                what = f"{key}[{trust},{test}] is typed too: what is typed holds over what is pasted"
                self.found.untaken.append(Untaken(place, what))
                continue
            self._add(at, VALUE, then, amount, sheet, address)
            now = self.inputs.values[key].base.get((trust, test))
            if now is not None and now.amount == amount:
                continue
            if (at, SOURCE) not in self.typed:
                self._add(at, SOURCE, None, f"DM01 of {span}, pasted into a form", sheet, address)
            if column in ("list_activity", "planned", "unscheduled") and (trust, test) in made.totals:
                self._add(at, WHY, None, "All tests as one number, split as before", sheet, address)

    def _add(
        self, at: RowKey, header: str, then: float | str | tuple[str, ...] | None, value: float | str,
        sheet: str, address: str,
    ) -> None:  # fmt: skip
        self.found.typed.append(Typed(at, header, then, Held(value), sheet, address))


def _code(id: str) -> str:
    """The code of a trust by its id: `rbl` is RBL, `p5x1` is 5X1."""
    return next(code for code in (id[1:].upper(), id.upper()) if provider_id(code) == id)


def _parts(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The key and the members of a row of the base case."""
    row = row_key(text)
    return None if row is None or row.option else (row.key, row.members)
