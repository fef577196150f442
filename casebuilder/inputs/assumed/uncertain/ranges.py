"""The range of a value: its ends and its shape, or the values that it may take."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from math import fsum, isfinite
from pathlib import Path

from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.assumed.amounts import wrong_with
from casebuilder.inputs.assumed.blocks import Block
from casebuilder.inputs.assumed.overlay import Overlay, within
from casebuilder.inputs.files.habits import why_no_number
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.paths import table_path
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import rounded, shown
from casebuilder.inputs.files.tables import read_table
from casebuilder.inputs.files.typed import read_typed
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.values import DISCRETE, EMPIRICAL, LOGNORMAL, NORMAL, PERT, Value

_DECIMALS = 9
# Shapes whose values are listed, and what a range of them looks like.
_LISTED = {
    DISCRETE: "range: {values: [1, 2, 3], chances: [0.2, 0.5, 0.3]}",
    EMPIRICAL: "range: {file: data/NAME.csv, column: NAME}",
}
_Numbers = list[tuple[float, Place]]


@dataclass
class RangeReader:
    """Reads the ranges of blocks.

    Attributes
    ----------
    files
        The case's files, which take the faults.
    """

    files: Files
    _columns: dict[tuple[Path, str], _Numbers | None] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def inherited(self, block: Block, lower: Value | None, amount: float | str, place: Place) -> Value:
        """Another amount with the range that lies below, where that holds it; in the shape that is given."""
        found = within(lower, amount, place)
        shape = block.given.shape
        if shape is None or found.low is None:
            return found
        if shape in _LISTED and block.node.get("range") is None and found.shape != shape:
            if block.key not in self._told:
                what = (
                    f"{block.key}: shape: {shape} goes with a range that lists its values: {_LISTED[shape]}"
                )
                self.files.faults.append(block.at("shape").fault(what))
                self._told.add(block.key)
            return found
        return found if shape in _LISTED or found.shape in _LISTED else replace(found, shape=shape)

    def read(
        self, block: Block, declared: Input, node: Node, amount: float | str, name: str, below: Overlay | None
    ) -> Value | None:
        """A value with its range; None, with a fault, where that makes no sense.

        Parameters
        ----------
        block
            What the file gives.
        declared
            The input.
        node
            The range.
        amount, name
            The value, and what it is called.
        below
            What holds so far, whose shape is kept.
        """
        faults = self.files.faults
        by_factor = node.get("factor")
        form = node if by_factor is None else by_factor
        if isinstance(form.value, dict) and not isinstance(amount, str):
            return self._listed(block, declared, form, amount, name, times=by_factor is not None)
        shape = self._shape(block, below)
        if shape in _LISTED:
            what = f"{name}: a range of shape {shape} is written {_LISTED[shape]}"
            faults.append(form.place.fault(what))
            return None
        ends = read_range(declared, node, amount, name, faults)
        if ends is None or isinstance(amount, str):
            return None
        low, high = ends
        if shape in (NORMAL, LOGNORMAL) and low < high and (wrong := _one_sided(shape, low, amount, high)):
            faults.append(form.place.fault(f"{name}: {wrong}"))
            return None
        return Value(amount, low, high, shape=shape)

    def _shape(self, block: Block, below: Overlay | None) -> str:
        """The shape of a pair: as given, else as below, else that of a PERT."""
        if block.given.shape is not None:
            return block.given.shape
        return below.origin.shape if below and below.origin.shape not in _LISTED else PERT

    def _listed(
        self, block: Block, declared: Input, form: Node, amount: float, name: str, *, times: bool
    ) -> Value | None:
        """A range that lists its values: with their chances, or as the rows of a file."""
        faults = self.files.faults
        of_file = form.get("file") is not None or form.get("column") is not None
        shape = EMPIRICAL if of_file else DISCRETE
        said = block.given.shape
        if said is not None and said != shape:
            faults.append(
                block.at("shape").fault(f"{name}: its range is {shape}, not {said}: take shape: out")
            )
            return None
        found = self._rows(block, form, name) if of_file else _chances(form, name, faults)
        if found is None:
            return None
        values = [rounded(value * amount) if times else rounded(value) for (value, _), _ in found]
        wrong = [
            place.fault(f"{name}: {shown(each)} of its range {said_of}")
            for each, ((_, place), _) in zip(values, found, strict=True)
            if (said_of := wrong_with(declared, each))
        ]
        if wrong:
            faults += wrong[:1]
            return None
        low, high = min(values), max(values)
        if not low <= amount <= high:
            faults.append(form.place.fault(f"{name}: {_outside(low, high, amount)}"))
            return None
        chances = [chance for _, chance in found]
        return Value(amount, low, high, shape=shape, outcomes=tuple(zip(values, chances, strict=True)))

    def _rows(self, block: Block, form: Node, name: str) -> list[tuple[tuple[float, Place], float]] | None:
        """The numbers of a column, each as likely as any other."""
        file, column = form.get("file"), form.get("column")
        for key, node in (("file", file), ("column", column)):
            if node is None or node.text is None:
                what = f"{name}: '{key}' is missing: {_LISTED[EMPIRICAL]}"
                self.files.faults.append(form.place.fault(what))
                return None
        assert file is not None and column is not None
        path = table_path(file, block.root, self.files)
        if path is None:
            return None
        asked = (path, column.text or "")
        if asked not in self._columns:
            self._columns[asked] = self._column(*asked)
        numbers = self._columns[asked]
        return None if numbers is None else [(each, 1.0) for each in numbers]

    def _column(self, path: Path, column: str) -> _Numbers | None:
        faults = self.files.faults
        shown_as = self.files.shown(path)
        table = read_table(path, shown_as, (column,), faults)
        if table is None:
            return None
        found: _Numbers = []
        for row in table.rows:
            typed = read_typed(row.cells[0])
            if typed is None:
                what = f"{column}: '{row.cells[0]}' is not a number{why_no_number(row.cells[0])}"
                faults.append(row.place(0).fault(what))
                return None
            found.append((typed.number, row.place(0)))
        if len(found) < 2:
            faults.append(table.place.fault(f"{column}: a range needs two rows at least, not {len(found)}"))
            return None
        return found


def _chances(form: Node, name: str, faults: list[Fault]) -> list[tuple[tuple[float, Place], float]] | None:
    """The values of a list, each with its chance."""
    lists: dict[str, _Numbers] = {}
    for key in ("values", "chances"):
        node = form.get(key)
        if node is None or not isinstance(node.value, list) or not node.items:
            place = form.place if node is None else node.place
            faults.append(place.fault(f"{name}: {key}: is a list of numbers: {_LISTED[DISCRETE]}"))
            return None
        for item in node.items:
            number = item.scalar
            if isinstance(number, bool) or not isinstance(number, int | float) or not isfinite(number):
                what = (
                    f"'{item.text}' is not a number" if item.text is not None else "a number is expected here"
                )
                faults.append(item.place.fault(f"{name}: {what}"))
                return None
            lists.setdefault(key, []).append((float(number), item.place))
    values, chances = lists["values"], lists["chances"]
    place = form.key_place("chances")
    if len(values) != len(chances):
        what = f"{len(values)} values and {len(chances)} chances: give a chance for each value"
        faults.append(place.fault(f"{name}: {what}"))
        return None
    negative = next((each for each in chances if each[0] <= 0), None)
    if negative is not None:
        what = f"a chance is more than 0, not {shown(negative[0])}: leave out what cannot be"
        faults.append(negative[1].fault(f"{name}: {what}"))
        return None
    total = fsum(chance for chance, _ in chances)
    if round(total - 1, _DECIMALS) != 0:
        what = f"the chances add up to {shown(rounded(total))}, not to 1"
        faults.append(place.fault(f"{name}: {what}"))
        return None
    return [(value, chance) for value, (chance, _) in zip(values, chances, strict=True)]


def _one_sided(shape: str, low: float, amount: float, high: float) -> str:
    """What is wrong with the ends of a normal; nothing where the value lies between them."""
    if not low < amount < high:
        return (
            f"a {shape} has P10 and P90 on either side of its value: {shown(amount)} is an end of "
            f"{shown(low)} to {shown(high)}; move that end, or take shape: triangular"
        )
    if shape == LOGNORMAL and low <= 0:
        return f"a lognormal is above 0 throughout, and its range begins at {shown(low)}"
    return ""


def _outside(low: float, high: float, amount: float) -> str:
    return f"the range {shown(low)} to {shown(high)} does not hold the value {shown(amount)}"


def read_range(
    declared: Input, node: Node, amount: float | str, name: str, faults: list[Fault]
) -> tuple[float, float] | None:
    """The low and high of a value; None, with a fault, where they make no sense."""
    factor = node.get("factor")
    pair = factor if factor is not None else node
    bounds = [item.scalar for item in pair.items]
    numbers = [b for b in bounds if isinstance(b, int | float) and not isinstance(b, bool) and isfinite(b)]
    if len(bounds) != 2 or len(numbers) != 2 or isinstance(amount, str):
        faults.append(_no_pair(pair, name))
        return None
    low, high = numbers
    if factor is not None and low > high:
        right = f"{{factor: [{shown(high)}, {shown(low)}]}}"
        faults.append(pair.place.fault(f"{name}: the lower end comes first: write {right}"))
        return None
    if factor is not None:
        low, high = sorted((amount * low, amount * high))
        if declared.low is not None:
            low = max(low, declared.low)
        if declared.high is not None:
            high = min(high, declared.high)
    low, high = rounded(low), rounded(high)
    if not low <= amount <= high:
        message = f"{name}: {_outside(low, high, amount)}"
        if high <= amount <= low:
            message += f"; the lower end comes first: [{shown(high)}, {shown(low)}]"
        else:
            message += ": widen the range, or mend the value"
        faults.append(pair.place.fault(message))
        return None
    for bound in (low, high):
        out = (declared.low is not None and bound < declared.low) or (
            declared.high is not None and bound > declared.high
        )
        if out:
            faults.append(pair.place.fault(f"{name}: the range {wrong_with(declared, bound)}"))
            return None
    return low, high


def _no_pair(node: Node, name: str) -> Fault:
    """What is said of a range that is no pair of numbers."""
    right = f"{name}: a range is a pair of numbers, as [0.8, 1.2]"
    if node.text is not None:
        ends = re.fullmatch(r"[(\[]?\s*(-?[\d._]+)\s*(?:-|–|to|,|;)\s*(-?[\d._]+)\s*[)\]]?", node.text)
        if ends:
            return node.place.fault(f"{right}: write [{ends[1]}, {ends[2]}]")
        share = re.fullmatch(r"(?:±|\+/?-)\s*([\d.]+)\s*%", node.text)
        if share:
            part = float(share[1]) / 100
            pair = f"{shown(rounded(1 - part))}, {shown(rounded(1 + part))}"
            return node.place.fault(f"{right}: write {{factor: [{pair}]}}")
    for item in node.items:
        if item.text is not None and not isinstance(item.scalar, int | float):
            word = item.word
            cure = why_no_number(item.text, quoted=word is not None and word.quoted)
            return item.place.fault(f"{right}: '{item.text}' is not a number{cure}")
    if len(node.items) > 2 and node.flow:
        return node.place.fault(f"{right}, not {len(node.items)}: a comma inside [ ] ends a number")
    return node.place.fault(right)
