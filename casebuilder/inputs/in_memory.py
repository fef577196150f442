"""A case that stands in no folder: values given by a program, all others from the reference set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from casebuilder.algebra.absence import present
from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import BASELINE, Frame, Member
from casebuilder.algebra.order import needed, references
from casebuilder.algebra.terms import Input
from casebuilder.errors import CaseError, InputError
from casebuilder.inputs.assumed.bind import Binder, Layers
from casebuilder.inputs.assumed.blocks import Blocks, read_chapters
from casebuilder.inputs.digest import Digest
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.shape.calendar import Calendar, financial_year, month_label, month_number
from casebuilder.inputs.shape.frame import shipped_members
from casebuilder.inputs.shape.sources import read_sources
from casebuilder.inputs.values import CaseInfo, CaseInputs, InputValues, Members, Origin, Source, Value
from casebuilder.resources import resource

_APRIL = 4


@dataclass(frozen=True)
class Given:
    """Values that a program gives for one input.

    Attributes
    ----------
    values
        A number for every combination of members, or one for all of them.
    source
        An id of the register that ships.
    note
        How they were come by.
    """

    values: Mapping[Members, float] | float
    source: str
    note: str = ""


def frame_in_memory(
    model: Model, members: Mapping[str, Sequence[Member]], first_month: str, months: int
) -> Frame:
    """The shape of a case with one option, whose other members are those of the reference set.

    Parameters
    ----------
    model
        Declares the dimensions.
    members
        The case's own, by dimension; an empty sequence where it has none.
    first_month
        The first of the months, as 2024-04; its financial year is the base year.
    months
        How many there are.
    """
    start = month_number(first_month)
    base = (start - _APRIL + 1) // 12
    years = (start + months - 1 - _APRIL + 1) // 12 - base + 1
    calendar = Calendar(financial_year(base), first_month, months, years)
    given = {**_reference().members(model), **{name: tuple(each) for name, each in members.items()}}
    periods = {"month": calendar.months, "year": calendar.years, "statement": calendar.statements}
    for axis, labels in periods.items():
        given[axis] = tuple(Member(label, label) for label in labels)
    return Frame(
        members={name: given[name] for name in model.dimensions if given.get(name)},
        options=(Member(BASELINE, "As it is"),),
        baseline=BASELINE,
        year_of_month=calendar.year_of_month,
        dimensions=model.dimensions,
    )


def model_in_memory(model: Model, frame: Frame, wanted: Sequence[str], without: Collection[str]) -> Model:
    """A model with only what some lines need in a frame, its lines as the frame reads them.

    Parameters
    ----------
    model
        All chapters.
    frame
        The members and months.
    wanted
        The lines that there must be.
    without
        Dimensions that may have no members here, though a case of its own must have some.

    Raises
    ------
    CaseError
        A line that is wanted needs members that the frame has not.
    """
    cut = model.cut_to(wanted, without)
    found = present(cut.lines, frame, cut.may_have_none)
    lost = {line.key: loss for line, loss in found.lost.items()}
    for key in wanted:
        if key in lost:
            raise CaseError(f"{key} cannot be worked out: {' and '.join(map(str, sorted(lost[key].roots)))}")
    kept = needed(found.lines[cut.by_key[key]] for key in wanted)
    read = {named for line in kept for named, _ in references(line)} | {line.held for line in kept}
    chapters = [
        replace(
            chapter,
            lines=tuple(found.lines[line] for line in chapter.lines if found.lines.get(line) in kept),
            inputs=tuple(item for item in chapter.inputs if item in read),
        )
        for chapter in cut.chapters
    ]
    return Model(tuple(chapters))


def amounts_in_memory(model: Model, frame: Frame, key: str) -> dict[Members, float]:
    """The reference set's numbers for one input of a model in a frame; none where the model has it not.

    Raises
    ------
    InputError
        The reference set lacks some.
    """
    items = [item for item in model.inputs if item.key == key]
    values = _reference().bind(items, frame, frame.ids("year")[0])
    return {
        members: float(value.amount) for item in items for members, value in values[item.key].base.items()
    }


def inputs_in_memory(model: Model, frame: Frame, given: Mapping[str, Given], name: str) -> CaseInputs:
    """The values of all inputs of a model in a frame.

    Parameters
    ----------
    model
        Cut to what is wanted (`model_in_memory`).
    frame
        The members and months.
    given
        The program's own values, by the key of the input; those that the model does not read are passed over.
    name
        What the case is called.

    Raises
    ------
    InputError
        The reference set lacks values that the program does not give.
    """
    declared = model.inputs
    base_year = frame.ids("year")[0]
    values = _reference().bind([d for d in declared if d.key not in given], frame, base_year)
    for item in declared:
        if item.key in given:
            values[item.key] = _values(item, given[item.key], frame)
    info = CaseInfo(name, name, "", base_year, frame.ids("month")[0], "", Path(name))
    sources = _reference().sources
    return CaseInputs(info, frame, values, sources, digest=Digest(values))


def _values(item: Input, given: Given, frame: Frame) -> InputValues:
    """One input's values; one number stands for all combinations."""
    if isinstance(given.values, Mapping):
        base = {members: Value(amount) for members, amount in given.values.items()}
    else:
        rows: list[Members] = [tuple(each.values()) for each in frame.combinations(item.over)]
        base = dict.fromkeys(rows, Value(given.values))
    return InputValues(item, base, Origin("", 1, 1, given.source, "published", given.note))


class _Reference:
    """The reference set, read once."""

    def __init__(self) -> None:
        """Read every chapter."""
        self.files = Files(Path(), resource("assumptions/reference"))
        self.sources: dict[str, Source] = read_sources(self.files)
        assert self.files.reference is not None
        self.blocks = read_chapters(self.files, self.files.reference, lenient=True)

    def members(self, model: Model) -> dict[str, tuple[Member, ...]]:
        """The members that the reference set gives."""
        return shipped_members(self.files, model.dimensions)

    def bind(self, declared: Sequence[Input], frame: Frame, base_year: str) -> dict[str, InputValues]:
        """The values of some inputs; raise where it lacks any."""
        before = len(self.files.faults)
        binder = Binder(frame, base_year, Layers(self.blocks, Blocks(), {}, ()), self.sources, self.files)
        overlays = [binder.bind(item) for item in declared]
        binder.finish()
        faults = [self.files.whole(fault) for fault in self.files.faults[before:]]
        del self.files.faults[before:]
        if faults:
            raise InputError(told_once(faults, None))
        return {overlay.declared.key: overlay.result() for overlay in overlays}


@cache
def _reference() -> _Reference:
    return _Reference()


def months_before(month: str, count: int) -> tuple[str, ...]:
    """So many months up to one, that one the last."""
    last = month_number(month)
    return tuple(month_label(last - back) for back in range(count - 1, -1, -1))


def months_ahead(month: str, count: int) -> str:
    """The month so many after one."""
    return month_label(month_number(month) + count)


def months_after(start: str, end: str) -> tuple[str, ...]:
    """The months after one up to another, that one among them."""
    return tuple(month_label(number) for number in range(month_number(start) + 1, month_number(end) + 1))
