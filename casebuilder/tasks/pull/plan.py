"""What a file would change in a case: edits, clashes with what the case has become, and what is no edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casebuilder.algebra.dimensions import Frame, time_of
from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.amounts import FLAG, amount_of, wrong_with
from casebuilder.inputs.assumed.typed import TypedError, typed_amount
from casebuilder.inputs.edits import Amount, Edit, name_of
from casebuilder.inputs.files.scalars import nearest, shown
from casebuilder.inputs.shape.renamed import renamed
from casebuilder.inputs.values import CaseInputs, InputValues, Members
from casebuilder.workbook.edits.formula_cells import by_keys
from casebuilder.workbook.edits.grid import BASE, HIGH, LOW, SOURCE, VALUE, WHY, RowKey, row_key
from casebuilder.workbook.edits.start import LINK, Start, Then
from casebuilder.workbook.edits.typed import VOUCHING, Typed, TypedCells, Untaken
from casebuilder.workbook.layout.inputs import AS_BASE
from casebuilder.workbook.proof.cells import Error
from casebuilder.workbook.proof.cells import Value as Held


@dataclass(frozen=True)
class Clash:
    """A value that the file and the case have both changed since the file was written.

    Attributes
    ----------
    edit
        The file's, with what it was written with as `old`.
    now
        What stands in the case; None where an option follows the base case.
    """

    edit: Edit
    now: Amount | None

    def stands(self, inputs: CaseInputs) -> Amount:
        """What holds in the case: of an option that follows it, the base case's value."""
        return inputs.values[self.edit.key].base[self.edit.members].amount if self.now is None else self.now


@dataclass
class Plan:
    """What is to be done.

    Attributes
    ----------
    edits
        The values to take, each with what stands in the case now as `old`.
    offered
        Of these, those that give an option a value of its own where it read the base case.
    clashes
        What is not taken unless somebody chooses.
    untaken
        What is no edit, with its place.
    same
        How many values were typed that stand in the case already.
    unreckoned
        Of those offered, the ones typed over "as Base": the workbook itself did not reckon with them.
    since
        How many values stand otherwise in the case than when the file was written.
    notes
        What is worth saying of what was pasted.
    """

    edits: list[Edit] = field(default_factory=list)
    offered: set[str] = field(default_factory=set)
    clashes: list[Clash] = field(default_factory=list)
    untaken: list[Untaken] = field(default_factory=list)
    same: int = 0
    unreckoned: set[str] = field(default_factory=set)
    since: int = 0
    notes: list[str] = field(default_factory=list)


class Planner:
    """Sets what was typed against what the file was written with and what the case is now."""

    def __init__(self, inputs: CaseInputs, found: TypedCells, worked: Mapping[str, Held | Error]) -> None:
        """Keep the three sides.

        Parameters
        ----------
        inputs
            The case as it is.
        found
            What was typed.
        worked
            The values of typed formulas, by their place.
        """
        self.inputs, self.found, self.worked = inputs, found, worked
        self.frame: Frame = inputs.frame
        self.plan = Plan(untaken=list(found.untaken), notes=list(found.notes))

    def make(self) -> Plan:
        """The plan, in the order of the file."""
        rows: dict[RowKey, list[Typed]] = {}
        for cell in self.found.typed:
            rows.setdefault(cell.row, []).append(cell)
        for row, cells in rows.items():
            self._row(row, cells)
        return self.plan

    def _row(self, row: RowKey, cells: list[Typed]) -> None:
        given, why = values_of(row.key, self.inputs)
        if given is None:
            for cell in cells:
                self._leave(cell, why)
            return
        vouching = {cell.header: cell for cell in cells if cell.header in VOUCHING}
        valued = [cell for cell in cells if cell.header not in VOUCHING]
        edits: list[tuple[Typed, Edit]] = []
        for cell in valued:
            edits += [(cell, edit) for edit in self._edits(cell, given)]
        edits = _nearest(edits)
        if vouching and not edits:
            edits = self._as_it_is(row, given, next(iter(vouching.values())))
        for cell, edit in edits:
            self._settle(cell, self._vouched(edit, given.input, vouching), given, bool(vouching))

    def _edits(self, cell: Typed, given: InputValues) -> list[Edit]:
        """The values that a cell gives: one, or one for each period where it serves all."""
        declared = given.input
        axis = time_of(declared.over)
        option, periods, why = self._where(cell, axis)
        if why:
            self._leave(cell, why)
            return []
        wanted = [(*cell.row.members, period) for period in periods] if axis else [cell.row.members]
        if any(members not in given.base for members in wanted):
            self._leave(cell, f"the case has no value of {declared.key} for {', '.join(wanted[0])} any more")
            return []
        amount, note, why = self._amount(cell, declared, given.base[wanted[0]].amount)
        if amount is None:
            self._leave(cell, why)
            return []
        old = None if cell.then == AS_BASE else _known(self._then(cell))
        return [
            Edit(declared.key, members, amount, option, old, note=note, place=cell.place)
            for members in wanted
        ]

    def _then(self, cell: Typed) -> Then:
        """What a cell was written with: in a form a period follows the one value of its row."""
        if cell.then != LINK or cell.row.option is not None:
            return cell.then
        key = name_of(None, cell.row.key, cell.row.members)
        return self.found.start.rows.get(key, {}).get(VALUE)

    def _where(self, cell: Typed, axis: str | None) -> tuple[str | None, tuple[str, ...], str]:
        """The option and the periods that a cell is for, and what is wrong with it."""
        frame, header = self.frame, cell.header
        option = cell.row.option
        if option is not None and option not in frame.option_ids:
            return None, (), f"the case has no option '{option}'{nearest(option, frame.option_ids)}"
        if header in (BASE, VALUE):
            # In a form one value may serve every period.
            return option, tuple(frame.ids(axis)) if axis else (), ""
        if axis and header in frame.positions[axis]:
            return option, (header,), ""
        if header in frame.option_ids:
            return header, tuple(frame.ids(axis)) if axis else (), ""
        return None, (), f"'{header}' is neither an option nor a period of the case"

    def _amount(self, cell: Typed, declared: Input, usual: Amount) -> tuple[Amount | None, str, str]:
        """The amount that a cell gives, the formula it was worked out from, and what is wrong with it."""
        held = cell.held
        if held.formula is None:
            amount, why = amount_in(held.value, declared, usual)
            return amount, "", why
        text = f"={held.formula.lstrip('=')}"
        value = self.worked.get(cell.place)
        if value is None or isinstance(value, Error):
            what = "nothing" if value is None else value.text
            return None, "", f"{text} comes to {what}: type the value"
        amount, why = amount_in(value, declared, usual)
        kept = f"={by_keys(text[1:], cell.sheet, self.found.grids)}"
        return amount, kept, why and f"{text} comes to {shown(value)}: {why}"

    def _as_it_is(self, row: RowKey, given: InputValues, cell: Typed) -> list[tuple[Typed, Edit]]:
        """A row of which only what vouches for it was typed: its value as it stands."""
        axis = time_of(given.input.over)
        members = [m for m in given.base if (m[:-1] if axis else m) == row.members]
        if not members:
            self._leave(cell, f"the case has no {given.input.key} for {', '.join(row.members)} any more")
        own = given.options.get(row.option, {}) if row.option else given.base
        found = []
        for each in members:
            now = own[each].amount if each in own else None
            amount = given.base[each].amount if now is None else now
            found.append((cell, Edit(given.input.key, each, amount, row.option, now, place=cell.place)))
        return found

    def _vouched(self, edit: Edit, declared: Input, vouching: Mapping[str, Typed]) -> Edit:
        """An edit with the source, the range and the reason that were typed beside it."""
        said = {header: str(cell.held.value or "").strip() for header, cell in vouching.items()}
        ends: dict[str, float] = {}
        for header in (LOW, HIGH):
            if header in vouching:
                amount, why = amount_in(vouching[header].held.value, declared)
                if isinstance(amount, float):
                    ends[header] = amount
                else:
                    self._leave(vouching[header], why or "a range is numbers")
        note = ". ".join(filter(None, [said.get(WHY, "").rstrip("."), edit.note]))
        return replace(edit, source=said.get(SOURCE, ""), note=note, low=ends.get(LOW), high=ends.get(HIGH))

    def _settle(self, cell: Typed, edit: Edit, given: InputValues, vouched: bool) -> None:
        """Take an edit, or tell why not."""
        own = given.options.get(edit.option, {}) if edit.option else given.base
        value = own.get(edit.members)
        now = None if value is None else value.amount
        then = edit.old
        if now == edit.new and not vouched:
            self.plan.same += 1
        elif now in (edit.new, then):
            if edit.option and now is None:
                self.plan.offered.add(edit.name)
                if cell.then == AS_BASE:
                    self.plan.unreckoned.add(edit.name)
            stands = given.base[edit.members].amount if now is None else now
            self.plan.edits.append(replace(edit, old=stands))
        else:
            self.plan.clashes.append(Clash(edit, now))

    def _leave(self, cell: Typed, why: str) -> None:
        self.plan.untaken.append(Untaken(cell.place, f"{_name(cell)}: {why}"))


def values_of(key: str, inputs: CaseInputs) -> tuple[InputValues | None, str]:
    """The values of an input by the key that it had when the file was written; else why there are none."""
    given = inputs.values.get(key)
    if given is not None:
        return given, ""
    became = renamed(key)
    if became is None:
        return None, f"the case has no input '{key}'{nearest(key, inputs.values)}"
    if len(became.now) == 1 and became.now[0] in inputs.values:
        return inputs.values[became.now[0]], ""
    return None, str(became)


def changed_since(start: Start, inputs: CaseInputs) -> tuple[int, int]:
    """How many values the case has otherwise than the file was written, and of how many."""
    count = compared = 0
    for text, row in start.rows.items():
        key, option, members = _parts(text)
        given, _ = values_of(key, inputs)
        if given is None:
            count, compared = count + 1, compared + 1
            continue
        axis = time_of(given.input.over)
        own = given.options.get(option, {}) if option else given.base
        for header, then in row.items():
            if not isinstance(then, float | str) or header in VOUCHING:
                continue
            if axis and header in inputs.frame.positions[axis]:
                value = own.get((*members, header))
            elif not axis and header in (BASE, VALUE):
                value = own.get(members)
            elif not axis and header in inputs.frame.option_ids and then != AS_BASE:
                value = given.options.get(header, {}).get(members)
            else:
                continue
            compared += 1
            count += value is None or value.amount != then
    return count, compared


def amount_in(value: Held, declared: Input, usual: Amount | None = None) -> tuple[Amount | None, str]:
    """What a cell holds as the input's amount; None, and what is wrong, where it will not do.

    A text is read as people type amounts, as `£1.2m` or `35%`; `usual` is what stands there, by which a share
    in per cent is told from one that is too large.
    """
    if isinstance(value, str):
        try:
            return typed_amount(value, declared, usual), ""
        except TypedError as error:
            return None, str(error)
    if isinstance(value, bool):
        value = float(value) if declared.unit == FLAG else str(value)
    why = wrong_with(declared, value, usual)
    return (None, why) if why else (amount_of(declared, value), "")


def _parts(text: str) -> tuple[str, str | None, Members]:
    row = row_key(text)
    return (row.key, row.option, row.members) if row else (text, None, ())


def _nearest(edits: Sequence[tuple[Typed, Edit]]) -> list[tuple[Typed, Edit]]:
    """What was typed for a period holds over what was typed for the whole row."""
    alone = {(edit.option, edit.members) for cell, edit in edits if cell.header not in (BASE, VALUE)}
    return [
        (cell, edit)
        for cell, edit in edits
        if cell.header not in (BASE, VALUE) or (edit.option, edit.members) not in alone
    ]


def _known(then: Then) -> Amount | None:
    return then if isinstance(then, float | str) else None


def _name(cell: Typed) -> str:
    return f"{name_of(*cell.row)}, {cell.header}"
