"""The stresses that every bid is put to: for this case, which values become what, or why none does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from casebuilder.algebra.terms import Input, Line
from casebuilder.analysis.uncertainty.ends import allowed, layers
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import Results
from casebuilder.inputs.assumed.overlay import edited_inputs, with_edits
from casebuilder.inputs.edits import Edit, Scenario
from casebuilder.inputs.files.scalars import rounded, shown
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.inputs.templates.read import template
from casebuilder.inputs.values import CaseInputs, InputValues, Members

TEMPLATE = "stresses.yaml"


@dataclass(frozen=True)
class Stress:
    """A stress as this case has it.

    Attributes
    ----------
    name, label, asks
        What it is called, and the question that it answers.
    source, reason
        What vouches for its size, and why it is that size.
    mitigation, owner
        What is done about it, and in which role.
    edits
        The values that the stress puts in place of others; none where the case cannot express it.
    mitigated
        The values of the stress and of its mitigation together, where that has edits of its own.
    cannot
        Why the case cannot express it; empty where it can.
    unmitigated
        Why the mitigation changes no value of the case; empty where it does.
    """

    name: str
    label: str
    asks: str
    source: str
    reason: str
    mitigation: str
    owner: str
    edits: tuple[Edit, ...] = ()
    mitigated: tuple[Edit, ...] = ()
    cannot: str = ""
    unmitigated: str = ""

    @property
    def scenario(self) -> Scenario:
        """As a named scenario of the case: its edits under its name and label."""
        return Scenario(self.name, self.label, self.reason, self.edits)


class _CannotError(CaseError):
    """A stress that the case has no values for."""


def stresses(results: Results) -> tuple[Stress, ...]:
    """Every stress with the edits that it makes of this case, in the order of the template.

    Parameters
    ----------
    results
        The values of every line of the case.
    """
    return tuple(_stress(results, given) for given in template(TEMPLATE)["stresses"])


def _stress(results: Results, given: Mapping[str, Any]) -> Stress:
    words = {
        field: given[field] for field in ("name", "label", "asks", "source", "reason", "mitigation", "owner")
    }
    found = Stress(**words)
    try:
        rules = _Rules(results, given.get("for_one"))
        edits = rules.edits(given["edits"], results.problem.inputs)
    except _CannotError as error:
        return replace(found, cannot=str(error), unmitigated="the stress itself changes nothing")
    found = replace(found, edits=edits)
    if not given["mitigated_by"]:
        return replace(found, unmitigated="no input of the case holds what the mitigation does")
    problem = results.problem
    values = {**problem.inputs.values, **edited_inputs(problem.inputs, edits)}
    try:
        more = rules.edits(given["mitigated_by"], replace(problem.inputs, values=values))
    except _CannotError as error:
        return replace(found, unmitigated=str(error))
    last = {edit.name: edit for edit in (*edits, *more)}
    return replace(found, mitigated=tuple(last.values()))


class _Rules:
    """Turns the rules of one stress into edits of a case."""

    def __init__(self, results: Results, picked: Mapping[str, Any] | None) -> None:
        self.results, self.problem = results, results.problem
        self.option = put_forward(self.problem.frame)
        self.dimension = picked["dimension"] if picked else ""
        self.member = self._picked(picked) if picked else ""

    def edits(self, rules: Sequence[Mapping[str, Any]], inputs: CaseInputs) -> tuple[Edit, ...]:
        """The edits of some rules together; one rule that finds nothing is passed over where others do."""
        found: list[Edit] = []
        why: list[str] = []
        for rule in rules:
            item = self.problem.inputs_by_key.get(rule["input"])
            if item is None:
                absent = self.problem.why_absent(rule["input"])
                why.append(f"the case reads no {rule['input']}{f': {absent}' if absent else ''}")
                continue
            given = inputs.values[item.key]
            edits = list(self._edits(rule, item, given))
            if not edits:
                why.append(f"{self._told(item, given)} already, so that nothing changes")
            elif not allowed(self.problem, with_edits(given, edits)):
                why.append(f"{item.key} would hold values that a case may not have")
            else:
                found += edits
        if not found:
            raise _CannotError("; ".join(why))
        return tuple(found)

    def _edits(self, rule: Mapping[str, Any], item: Input, given: InputValues) -> Iterator[Edit]:
        by_line = self._of_line(rule, item)
        divided = self._divisor(rule)
        for option, values in layers(given):
            for members, value in values.items():
                if not self._meant(item, members):
                    continue
                old = value.amount if isinstance(value.amount, str) else rounded(value.amount)
                new = _new(rule, item, value.amount, by_line.get(members), divided)
                if new != old:
                    yield Edit(item.key, members, new, option, old=value.amount)

    def _meant(self, item: Input, members: Members) -> bool:
        """Whether a value is one of the member picked, or of none."""
        if not self.member or self.dimension not in item.over:
            return True
        return members[item.over.index(self.dimension)] == self.member

    def _told(self, item: Input, given: InputValues) -> str:
        amounts = {
            value.amount
            for _, values in layers(given)
            for members, value in values.items()
            if self._meant(item, members)
        }
        if len(amounts) != 1:
            return f"{item.key} is at its bound"
        (amount,) = amounts
        return f"{item.key} is {amount if isinstance(amount, str) else shown(amount)}"

    def _of_line(self, rule: Mapping[str, Any], item: Input) -> dict[Members, float]:
        """The values of a line by the members of an input, in the option put forward."""
        if rule.get("of") is None:
            return {}
        line = self._line(rule["of"])
        values = self._values(line)
        frame = self.problem.frame
        given = self.problem.values[item].base
        places = [item.over.index(dimension) for dimension in line.over]
        return {
            members: float(
                values[
                    tuple(
                        frame.positions[dimension][members[place]]
                        for dimension, place in zip(line.over, places, strict=True)
                    )
                ]
            )
            for members in given
        }

    def _divisor(self, rule: Mapping[str, Any]) -> float:
        """What an amount is divided by: the total of a line for the member picked."""
        if rule.get("divided_by") is None:
            return 1.0
        return self._totals(rule["divided_by"])[self.member]

    def _picked(self, picked: Mapping[str, Any]) -> str:
        """The member with the least or the most, of those that have any."""
        key = picked.get("least") or picked["most"]
        totals = self._totals(key)
        of = [member for member in picked.get("of") or totals if totals.get(member, 0) > 0]
        if not of:
            label = self.problem.by_key[key].label.lower()
            raise _CannotError(f"nothing in the option put forward has any: {label} ({key})")
        chosen = min if picked.get("least") else max
        return str(chosen(of, key=lambda member: totals[member]))

    def _totals(self, key: str) -> dict[str, float]:
        """The total of a line by the member of the dimension that is picked from."""
        line = self._line(key)
        axis = line.over.index(self.dimension)
        values = np.moveaxis(self._values(line), axis, 0)
        each = values.reshape(len(values), -1).sum(axis=1)
        return dict(zip(self.problem.frame.ids(self.dimension), map(float, each), strict=True))

    def _line(self, key: str) -> Line:
        if key not in self.problem.by_key:
            absent = self.problem.why_absent(key)
            raise _CannotError(f"the case has no {key}{f': {absent}' if absent else ''}")
        return self.problem.by_key[key]

    def _values(self, line: Line) -> Array:
        """A line in the option put forward, by its dimensions, 0 where a combination does not exist."""
        axes = self.problem.axes
        there = axes.existing(axes.widen(self.results.arrays[line], line.over), line.over)
        plain = axes.plain(there, line.over)
        values: Array = plain[0, self.problem.frame.option_ids.index(self.option)]
        if not np.isfinite(values).all():
            raise _CannotError(f"{line.key} has no value in {self.option}")
        return values


def _new(
    rule: Mapping[str, Any], item: Input, amount: float | str, of: float | None, divided: float
) -> float | str:
    """What a rule makes of a value, held to its bounds; a word where one is chosen, else numbers alone."""
    chosen = rule.get("choose")
    if isinstance(amount, str):
        return str(chosen or amount)
    return rounded(amount if chosen else _within(item, _moved(rule, amount, of, divided)))


def _moved(rule: Mapping[str, Any], amount: float, of: float | None, divided: float) -> float:
    """What a rule makes of a value."""
    part = 1.0 if of is None else of
    if rule.get("to") is not None:
        return float(rule["to"]) * part
    if rule.get("times") is not None:
        return amount * float(rule["times"])
    return amount + float(rule["add"]) * part / divided


def _within(item: Input, amount: float) -> float:
    """A value held to the bounds of its input; whole where it must be."""
    if item.low is not None and amount <= item.low:
        amount = item.low
    if item.high is not None and amount > item.high:
        amount = item.high
    return float(round(amount)) if item.whole else amount
