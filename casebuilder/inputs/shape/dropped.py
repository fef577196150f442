"""Values given for periods off the axis: what holding carries in, and what would be lost without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casebuilder.errors import Fault
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.values import Members


def dropped(given: Iterable[str], axis: Sequence[str]) -> list[str]:
    """The periods of a held series whose values reach no period of the axis.

    The last value before the axis holds in its first period, unless that has one of its own; what was
    before it, and what comes after the axis, is dropped.
    """
    if not axis:
        return []
    periods = sorted(given)
    before = [period for period in periods if period < axis[0]]
    after = [period for period in periods if period > axis[-1]]
    return (before if axis[0] in periods else before[:-1]) + after


def gaps(series: Mapping[Members, Iterable[str]], at: int) -> list[str]:
    """The rows that a held series of a table lacks and another of the table has, as they would be written.

    Parameters
    ----------
    series
        The periods given for each combination of the other members.
    at
        The place of the period among the members.
    """
    given = {rest: set(periods) for rest, periods in series.items()}
    every = sorted(set().union(*given.values()))
    return [
        ",".join((*rest[:at], period, *rest[at:]))
        for rest, own in given.items()
        for period in every
        if period not in own
    ]


def unsaid(series: Mapping[Members, Iterable[str]], axis: Sequence[str]) -> list[str]:
    """The periods between the first and the last of a held table for which no series has a row.

    A table that gives a row for few of them says when a value changes; one that lacks few has lost them.

    Parameters
    ----------
    series
        The periods given for each combination of the other members.
    axis
        The periods of the case.
    """
    given = set().union(*map(set, series.values())) if series else set()
    lacking = [
        period for period in axis if given and min(given) < period < max(given) and period not in given
    ]
    return lacking if len(lacking) < len(given) - 1 else []


@dataclass
class OffAxis:
    """Tells what a block gives for periods that its case does not have.

    Attributes
    ----------
    flow
        Whether the values are so much a period, so that one that is dropped is missing from a sum.
    faults, warnings
        Take what is said.
    fills
        Whether something else stands where a table has no row: what is held, a default, or a lower layer.
    until
        The last period that a table says it gives, and where it says so; None where it says nothing.
    rows
        How many rows of a table were passed over, and the periods they are for.
    gaps
        The rows that a table lacks of the periods it is for.
    """

    flow: bool
    faults: list[Fault]
    warnings: list[Fault]
    fills: bool = True
    until: tuple[str, Place] | None = None
    rows: dict[str, int] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)

    def held(self, given: Mapping[str, Node], axis: Sequence[str], place: Mapping[str, Place]) -> None:
        """A held series: a fault for each part of a flow that is dropped, else a warning.

        Parameters
        ----------
        given
            The node of each period.
        axis
            The periods of the case.
        place
            Where each period stands.
        """
        # What is no period at all is told as that.
        form = _form(axis)
        for period in dropped((each for each in given if form == _form([each])), axis):
            node = given[period]
            where = "before" if period < axis[0] else "after"
            span = f"{period} lies {where} the periods of the case, {axis[0]} to {axis[-1]}"
            if not self.flow:
                self.warnings.append(place[period].fault(f"{span}: its value is used in none of them"))
            elif not _is_nought(node):
                value = f"its {node.text}" if node.text else "what is given for it"
                self.faults.append(
                    place[period].fault(f"{span}: {value} would be lost; give it in a period of the case")
                )

    def tell_end(self, given: Iterable[str], axis: Sequence[str], start: Place) -> None:
        """Where a table ends before the case does, or elsewhere than it says.

        A last row that is gone looks like a shorter table: only `until:` tells the two apart.

        Parameters
        ----------
        given
            The periods of its rows, those off the axis among them.
        axis
            The periods of the case.
        start
            The start of the table.
        """
        last = max(given, default="")
        if not last or not axis:
            return
        if self.until is None:
            if self.fills and last < axis[-1]:
                message = f"its last row is for {last}, and the case runs to {axis[-1]}"
                cure = f"write until: {last} beside table: if that is meant"
                self.warnings.append(start.fault(f"{message}: what holds without a row stands there; {cure}"))
            return
        until, place = self.until
        if until != last:
            message = f"until: {until}, and the last row of the table is for {last}"
            self.faults.append(place.fault(f"{message}: add the rows that lack, or write until: {last}"))

    def tell_rows(self, start: Place, most: int = 4) -> None:
        """How many rows of a table lie off the axis, which it may be longer than: a warning, at line 1."""
        if self.fills and self.gaps:
            message = f"no row for {listed(self.gaps)}: what holds without one stands there"
            self.warnings.append(start.fault(message))
        if not self.rows:
            return
        count = sum(self.rows.values())
        periods = listed(sorted(self.rows), most)
        many = "row is" if count == 1 else "rows are"
        self.warnings.append(
            start.fault(f"{count:,} {many} for periods that the case does not have, and not used: {periods}")
        )


def _form(periods: Sequence[str]) -> str:
    """How a period is written, digit for digit: 0000/00 or 0000-00."""
    return re.sub("[0-9]", "0", periods[0]) if periods else ""


def _is_nought(node: Node) -> bool:
    text = (node.text or "").strip()
    try:
        return bool(text) and float(text.replace("_", "")) == 0
    except ValueError:
        return False
