"""The rows of a form: one for each combination of members of an input, and for what options have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casebuilder.algebra.dimensions import Frame, time_of, without_time
from casebuilder.algebra.terms import Input
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import InputValues, Members, Origin, Value
from casebuilder.units import PLAIN
from casebuilder.workbook.layout.addresses import inputs_in_order
from casebuilder.workbook.sheets.calculations import key_of


@dataclass(frozen=True, eq=False)
class FormRow:
    """One row of a form.

    Attributes
    ----------
    given
        The values of its input.
    members
        Its members, without time.
    option
        The option whose own values these are; None for the base case.
    periods
        The labels of the periods, where the input runs over time; else none.
    """

    given: InputValues
    members: Members
    option: str | None = None
    periods: tuple[str, ...] = ()

    @property
    def item(self) -> Input:
        """The input."""
        return self.given.input

    @property
    def axis(self) -> str | None:
        """The time axis that it runs over."""
        return time_of(self.item.over)

    @property
    def key(self) -> str:
        """The key of the row, as `--set` takes it."""
        key = key_of(self.item.key, self.members)
        return f"{self.option}:{key}" if self.option else key

    @property
    def combinations(self) -> list[Members]:
        """The members of each of its values, the period last."""
        return [(*self.members, period) for period in self.periods] if self.axis else [self.members]

    def value(self, members: Members) -> Value:
        """The value that holds for the row: the option's own, else that of the base case."""
        return self.own.get(members, self.given.base[members])

    @property
    def own(self) -> Mapping[Members, Value]:
        """The values that the base case, or the option, gives itself."""
        return self.given.base if self.option is None else self.given.options[self.option]

    @property
    def values(self) -> list[Value]:
        """Its values, in the order of the periods."""
        return [self.value(members) for members in self.combinations]

    @property
    def one(self) -> float | str | None:
        """The amount that serves the whole row; None where it is given by period.

        That is where periods differ, where an option follows the base case, and of whatever is money or is
        counted: twelve million typed once would stand in every year.
        """
        amounts = {value.amount for value in self.values}
        by_period = self.axis and (self.option is not None or self.item.unit not in PLAIN)
        return None if by_period or len(amounts) != 1 else amounts.pop()

    @property
    def origin(self) -> Origin:
        """Where its first own value came from."""
        first = next((m for m in self.combinations if m in self.own), self.combinations[0])
        return self.given.origin(self.option, first)

    @property
    def to_do(self) -> str:
        """What is still to be done about its values, in sentences."""
        said = {each.rstrip("."): None for m in self.combinations if (each := self._to_do(m))}
        return " ".join(f"To do: {each}." for each in said)

    def _to_do(self, members: Members) -> str:
        return self.own[members].to_do if members in self.own else ""

    def label(self, frame: Frame, *, named: bool = True) -> str:
        """The input with its members, and the option, as people read them; the members alone unless named."""
        over = without_time(self.item.over)
        labels = [frame.label(d, m) for d, m in zip(over, self.members, strict=True)]
        if self.option is not None:
            labels.append(frame.label_of_option(self.option))
        return " · ".join([self.item.label, *labels] if named or not labels else labels)

    def at(self, dimension: str) -> str | None:
        """Its member of a dimension; None where the input does not run over that."""
        over = without_time(self.item.over)
        return self.members[over.index(dimension)] if dimension in over else None


def form_rows(problem: Problem) -> list[FormRow]:
    """The rows of every input that a line uses, by chapter; those of options below that of the base case."""
    given = problem.inputs.values
    keys = [item.key for item in inputs_in_order(problem) if item.key in given]
    return [row for key in keys for row in _rows(given[key], problem.frame)]


def by_key(rows: Iterable[FormRow]) -> dict[str, list[FormRow]]:
    """The rows of each input by its key."""
    found: dict[str, list[FormRow]] = {}
    for row in rows:
        found.setdefault(row.item.key, []).append(row)
    return found


def _rows(given: InputValues, frame: Frame) -> Iterator[FormRow]:
    axis, over = time_of(given.input.over), without_time(given.input.over)
    periods = frame.ids(axis) if axis else ()
    places = [frame.positions[dimension] for dimension in over]
    every = {members[:-1] if axis else members: None for members in given.base}
    for members in sorted(every, key=lambda m: [place[each] for place, each in zip(places, m, strict=True)]):
        yield FormRow(given, members, None, periods)
        for option in frame.option_ids:
            row = FormRow(given, members, option, periods)
            if any(each in given.options.get(option, {}) for each in row.combinations):
                yield row
