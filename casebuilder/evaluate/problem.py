"""A model bound to a case: the lines that this case has, and the price rebasing it needs."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from casebuilder.algebra.absence import Loss, present
from casebuilder.algebra.chapters import Chapter, Model
from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.meeting import meetings
from casebuilder.algebra.member_rows import is_nought
from casebuilder.algebra.operators import at
from casebuilder.algebra.order import Step, needed, order, references
from casebuilder.algebra.terms import Check, Input, Line, Named
from casebuilder.errors import ModelError
from casebuilder.evaluate.lost import Lost, grouped, rows_only, unsaid
from casebuilder.inputs.shape.members_needed import names_of
from casebuilder.inputs.values import CaseInputs, InputValues

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from casebuilder.evaluate.axes import Axes

PRICES = "prices"


@dataclass(frozen=True)
class Problem:
    """The lines and inputs of one case.

    Attributes
    ----------
    chapters
        The chapters with the lines that exist in this case; `prices` comes first where a price
        of another year is rebased.
    rebased
        For an input quoted at other prices, the line that takes it to the base year.
    values
        The values of each input that a line uses, by the input.
    losses
        The lines of the model that this case does not have, each with its causes.
    places
        The axis of each dimension in the arrays of the case.
    """

    chapters: tuple[Chapter, ...]
    inputs: CaseInputs
    values: Mapping[Input, InputValues]
    rebased: Mapping[Input, Line] = field(default_factory=dict)
    losses: Mapping[Line, Loss] = field(default_factory=dict)
    places: Mapping[str, int] = field(kw_only=True)

    @cached_property
    def axes(self) -> Axes:
        """Where each dimension stands in an array, and which combinations exist."""
        from casebuilder.evaluate.axes import Axes

        return Axes(self.frame, self.places)

    @cached_property
    def input_arrays(self) -> dict[Input, NDArray[np.float64]]:
        """The values of each input in the axes of the case; nobody changes them."""
        return {item: self.axes.input_array(given) for item, given in self.values.items()}

    @property
    def frame(self) -> Frame:
        """Members, options and periods."""
        return self.inputs.frame

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the case, upstream first."""
        return tuple(line for chapter in self.chapters for line in chapter.lines)

    @cached_property
    def by_key(self) -> dict[str, Line]:
        """Lines by key."""
        return {line.key: line for line in self.lines}

    @cached_property
    def inputs_by_key(self) -> dict[str, Input]:
        """The inputs in use by key; of a price that is rebased the original, not its quoted copy."""
        return {item.key: item for item in reversed(tuple(self.values))}

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The lines that count breaches."""
        return tuple(line for line in self.lines if isinstance(line, Check))

    @cached_property
    def lost(self) -> tuple[Lost, ...]:
        """What the case lost without leaving it out on purpose, by cause."""
        return grouped(unsaid(self.losses, self.inputs.left_out))

    @cached_property
    def without_rows(self) -> tuple[Lost, ...]:
        """Lines over dimensions that have no members, and may have none; what sums them up is nought."""
        return rows_only(self.losses, self.inputs.left_out)

    @cached_property
    def _absent(self) -> dict[str, Loss]:
        return {line.key: loss for line, loss in self.losses.items()}

    def why_absent(self, key: str) -> str:
        """Why the case has no line of this key, in words; empty where it has one, or the model has none."""
        loss = self._absent.get(key)
        if loss is None:
            return ""
        said = [self.inputs.left_out[name] for name in names_of(loss.line) if name in self.inputs.left_out]
        return said[0] if said else " and ".join(map(str, sorted(loss.roots)))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All lines in the order of evaluation."""
        return order(self.lines)

    def steps_for(self, wanted: Iterable[Line], given: Collection[Line] = ()) -> tuple[Step, ...]:
        """The steps that some lines need beyond those given; the rest is dropped."""
        return _steps_for(self.steps, tuple(wanted), frozenset(given), tuple(self.rebased.items()))

    def resolve(self, named: Named) -> Named:
        """What a formula reads where it names an input: its rebased line, if there is one."""
        return self.rebased.get(named, named) if isinstance(named, Input) else named

    def holds(self, line: Line, members: Mapping[str, str]) -> bool:
        """Whether a line can be other than 0 for some members: there is more than nought to it, and what
        it is held by is not 0 there.
        """
        if is_nought(line, members):
            return False
        if line.held is None:
            return True
        key = tuple(members[dimension] for dimension in line.held.over)
        return bool(self.values[line.held].base[key].amount)

    def sources_of(self, line: Line) -> list[Named]:
        """What a line's formula and opening name, prices rebased, each once."""
        return list(dict.fromkeys(self.resolve(named) for named, _ in references(line)))

    def inputs_of(self, line: Line) -> list[Input]:
        """The inputs a line names itself."""
        return [named for named, _ in references(line) if isinstance(named, Input)]


# A case with other values has the same steps.
@lru_cache(maxsize=32)
def _steps_for(
    steps: tuple[Step, ...],
    wanted: tuple[Line, ...],
    given: frozenset[Line],
    rebased: tuple[tuple[Input, Line], ...],
) -> tuple[Step, ...]:
    keep, line_of = needed(wanted, given), dict[Named, Line](rebased)
    keep |= {line_of[named] for line in keep for named, _ in references(line) if named in line_of}
    keep -= given
    return tuple(
        Step(lines, step.together)
        for step in steps
        if (lines := tuple(line for line in step.lines if line in keep))
    )


def bind(model: Model, inputs: CaseInputs) -> Problem:
    """Bind a model to a case.

    A line that runs over a dimension the case has no members of, or picks a member it does not
    have, is lost with every line that needs it, and `Problem.lost` says so. A sum over a dimension that
    may have no members is nought.

    Raises
    ------
    ModelError
        A line uses an input for which the case holds no values.
    """
    from casebuilder.evaluate.axes import packed  # numpy, which a case at fault does without

    found = present(model.lines, inputs.frame, model.may_have_none)
    chapters = [
        replace(c, lines=tuple(found.lines[line] for line in c.lines if line in found.lines))
        for c in model.chapters
    ]
    lines = [line for chapter in chapters for line in chapter.lines]
    used = {item: None for line in lines for item, _ in references(line) if isinstance(item, Input)}
    used |= {line.held: None for line in lines if line.held is not None}
    values: dict[Input, InputValues] = {}
    for item in model.inputs:
        if item in used:
            if item.key not in inputs.values:
                raise ModelError(f"the case holds no values for {item.key}")
            values[item] = inputs.values[item.key]
    rebased = _rebased_prices(model, inputs, values)
    if rebased:
        chapters.insert(0, Chapter(PRICES, "Prices at the base year", tuple(rebased.values()), ()))
    kept = tuple(chapter for chapter in chapters if chapter.lines)
    places = packed(model.dimensions, model.meetings | meetings(rebased.values()))
    return Problem(kept, inputs, values, rebased, found.lost, places=places)


def narrowed(problem: Problem, option: str) -> Problem:
    """The case with the option and its baseline alone."""
    kept = {problem.frame.baseline, option}
    options = tuple(member for member in problem.frame.options if member.id in kept)

    def narrow(given: InputValues) -> InputValues:
        return replace(given, options={key: own for key, own in given.options.items() if key in kept})

    inputs = replace(problem.inputs, frame=replace(problem.frame, options=options))
    values = {item: narrow(given) for item, given in problem.values.items()}
    return replace(problem, inputs=inputs, values=values)


def _rebased_prices(model: Model, inputs: CaseInputs, values: dict[Input, InputValues]) -> dict[Input, Line]:
    base_year = inputs.info.base_year
    indices = {item.key: item for item in model.inputs}
    rebased: dict[Input, Line] = {}
    for item, given in list(values.items()):
        if not given.prices_of or given.prices_of == base_year:
            continue
        index = indices[f"timeline.{item.index}_deflator"]
        values.setdefault(index, inputs.values[index.key])
        quoted, line = _rebased(item, index, given.prices_of, base_year)
        values[quoted] = given
        rebased[item] = line
    return rebased


@lru_cache(maxsize=4_096)
def _rebased(item: Input, index: Input, prices_of: str, base_year: str) -> tuple[Input, Line]:
    """A price as it was quoted, and the line that takes it to the base year."""
    quoted = copy.copy(item)
    line = Line(
        f"{item.label}, at {base_year} prices",
        item.unit,
        item.over,
        quoted * at(index, price_year=base_year) / at(index, price_year=prices_of),
        f"Quoted at {prices_of} prices; the GDP deflator takes it to {base_year}.",
    )
    line.chapter, line.name = item.chapter, f"{item.name}_rebased"
    return quoted, line
