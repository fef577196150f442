"""The nodes that formulas are made of. A term is never changed once it is defined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casebuilder.algebra.dimensions import TIME
from casebuilder.errors import ModelError


class Term:
    """Anything that can stand in a formula."""

    __slots__ = ()

    def __add__(self, other: Term | float) -> Term:
        """Add like to like."""
        return Call("add", self, as_term(other))

    def __radd__(self, other: float) -> Term:
        """Add like to like."""
        return Call("add", as_term(other), self)

    def __sub__(self, other: Term | float) -> Term:
        """Take like from like."""
        return Call("subtract", self, as_term(other))

    def __rsub__(self, other: float) -> Term:
        """Take like from like."""
        return Call("subtract", as_term(other), self)

    def __mul__(self, other: Term | float) -> Term:
        """Multiply."""
        return Call("multiply", self, as_term(other))

    def __rmul__(self, other: float) -> Term:
        """Multiply."""
        return Call("multiply", as_term(other), self)

    def __truediv__(self, other: Term | float) -> Term:
        """Divide; the divisor must never be 0 (`ratio` where it may be)."""
        return Call("divide", self, as_term(other))

    def __rtruediv__(self, other: float) -> Term:
        """Divide; the divisor must never be 0 (`ratio` where it may be)."""
        return Call("divide", as_term(other), self)

    def __neg__(self) -> Term:
        """Change the sign."""
        return Call("negate", self)

    def __bool__(self) -> bool:
        """Refuse `if`: a condition is written with `where`, so that the workbook shows it too."""
        raise ModelError("a term has no truth value: write where(above(a, b), x, y)")


class Number(Term):
    """A constant of arithmetic: 0, 1, 12 months a year. Everything else is an input."""

    __slots__ = ("unit", "value")

    def __init__(self, value: float, unit: str = "1") -> None:
        """Keep the value and its unit."""
        self.value = float(value)
        self.unit = unit

    def __repr__(self) -> str:
        """Show the value."""
        return f"Number({self.value:g}, {self.unit!r})"


class Nought(Number):
    """A sum over a dimension that a case has no members of: 0, in any unit."""

    __slots__ = ("dimension",)

    def __init__(self, dimension: str) -> None:
        """Keep which dimension has no members."""
        super().__init__(0.0)
        self.dimension = dimension


class PeriodNumber(Term):
    """The number of the period a cell stands in, from 1; `year_of_month` is a month's year."""

    __slots__ = ("axis", "kind")

    def __init__(self, kind: str) -> None:
        """Keep which number: `month`, `year` or `year_of_month`."""
        self.kind = kind
        self.axis = "month" if kind == "year_of_month" else kind

    def __repr__(self) -> str:
        """Show which number."""
        return f"PeriodNumber({self.kind!r})"


class Named(Term):
    """An input or a line: what has a key, a label, a unit and dimensions."""

    __slots__ = ("basis", "chapter", "label", "name", "over", "unit")

    def __init__(self, label: str, unit: str, over: tuple[str, ...], basis: str) -> None:
        """Keep what a reader sees; the key comes from the chapter that holds it."""
        times = [dimension for dimension in over if dimension in TIME]
        if len(times) > 1 or (times and over[-1] != times[0]):
            raise ModelError(f"'{label}' must have one time axis at most, and it stands last")
        self.label = label
        self.unit = unit
        self.over = over
        self.basis = basis
        self.chapter = ""
        self.name = ""

    @property
    def key(self) -> str:
        """Chapter and Python name: `capacity.cdc_slots`."""
        return f"{self.chapter}.{self.name}"

    def __repr__(self) -> str:
        """Show the key."""
        return f"<{type(self).__name__} {self.key}>"


class Input(Named):
    """A value the user gives.

    Parameters
    ----------
    label, unit, over
        As people read it; `over` are the dimensions it varies by.
    basis
        What is meant, in one sentence.
    low, high
        The bounds within which a value makes sense; None where there is none. By default
        nothing is negative and a `share` is at most 1.
    low_open, high_open
        Whether the bound itself is not allowed: the least of what something is divided by is above 0.
    choices
        The words one of which is the value (unit `choice`).
    whole
        Whether only whole numbers make sense.
    index
        For prices: which index takes a price of another year to the base year.
    optional
        The value where a case gives none; None where a case must give it.
    rises_from
        Along the last dimension the first value is this and the others rise; None where they need not.
    holds_some
        The dimension along which one value must be more than 0; empty where none need be.
    never_falls
        The dimension along which no value may be below the one before it; empty where it may.
    uses
        The dimension a member of which does nothing unless this, or another input that says so, is more
        than 0 for it in some option.
    takes_in
        The dimension a member of which is in no option where this is 0 in all: it may do nothing.
    fixed
        Whether it settles which rows the case has: no option differs in it, and a workbook keeps what it
        was built with.
    """

    __slots__ = (
        "choices", "fixed", "high", "high_open", "holds_some", "index", "low", "low_open", "never_falls",
        "optional", "rises_from", "takes_in", "uses", "whole",
    )  # fmt: skip

    def __init__(
        self,
        label: str,
        unit: str,
        over: tuple[str, ...] = (),
        basis: str = "",
        *,
        low: float | None = 0.0,
        high: float | None = None,
        low_open: bool = False,
        high_open: bool = False,
        choices: tuple[str, ...] = (),
        whole: bool = False,
        index: str = "gdp",
        optional: float | None = None,
        rises_from: float | None = None,
        holds_some: str = "",
        never_falls: str = "",
        uses: str = "",
        takes_in: str = "",
        fixed: bool = False,
    ) -> None:
        """Keep the declaration; values come from the case."""
        super().__init__(label, unit, over, basis)
        self.low, self.high = low, 1.0 if high is None and unit == "share" else high
        self.low_open, self.high_open = low_open, high_open
        self.choices, self.whole, self.index, self.optional = choices, whole, index, optional
        self.rises_from, self.holds_some, self.never_falls = rises_from, holds_some, never_falls
        self.uses, self.takes_in, self.fixed = uses, takes_in, fixed


@dataclass(frozen=True)
class Scope:
    """What a figure that people quote counts, so that two figures of one name can be told apart.

    Attributes
    ----------
    includes, excludes
        What is in it, and what of the same kind is not.
    period
        The year or the horizon it is of.
    against
        What it is measured against; empty for the option's own.
    prices
        The price base where the unit does not tell it: of a ratio of sums of money.
    """

    includes: str
    excludes: str
    period: str
    against: str = ""
    prices: str = ""


class Line(Named):
    """A named formula.

    Parameters
    ----------
    label, unit, over
        As people read it; the unit must be the one the formula gives.
    formula
        The expression; None for a line that is defined later with `define`, because it and
        others need each other through `previous`.
    basis
        Why the formula is right, or its source, in one or two sentences.
    opening
        The value before the first period, for a line that uses itself through `previous`.
    held
        A fixed 0/1 input over dimensions of the line: where it is 0 the line is 0 by its formula, and has
        no row in a workbook.
    includes, excludes, period, against, prices
        For a figure that people quote, its definition (`Scope`); the first three together or none.
    """

    __slots__ = ("formula", "held", "opening", "scope")

    def __init__(
        self,
        label: str,
        unit: str,
        over: tuple[str, ...] = (),
        formula: Term | float | None = None,
        basis: str = "",
        *,
        opening: Term | float | None = None,
        held: Input | None = None,
        includes: str = "",
        excludes: str = "",
        period: str = "",
        against: str = "",
        prices: str = "",
    ) -> None:
        """Keep the formula as it was written."""
        super().__init__(label, unit, over, basis)
        told = [part for part in (includes, excludes, period) if part]
        if len(told) not in (0, 3):
            raise ModelError(f"'{label}' says in part what it counts: give includes, excludes and period")
        self.scope = Scope(includes, excludes, period, against, prices) if told else None
        self.formula: Term | None = None if formula is None else as_term(formula)
        self.opening: Term | None = None if opening is None else as_term(opening)
        if held is not None and not (held.fixed and set(held.over) <= set(over)):
            raise ModelError(
                f"'{label}' is held by '{held.label}', which is not fixed or not over its dimensions"
            )
        self.held = held

    def define(self, formula: Term) -> None:
        """Give the formula of a line that others had to name first; once only."""
        if self.formula is not None:
            raise ModelError(f"'{self.label}' is defined twice")
        self.formula = formula

    @property
    def definition(self) -> Term:
        """The formula; a line without one is a fault of the model."""
        if self.formula is None:
            raise ModelError(f"'{self.label}' has no formula")
        return self.formula


class Check(Line):
    """A line that counts breaches: 0 passes, more fails or warns.

    Parameters
    ----------
    level
        `fail` for arithmetic and conservation, `warn` for claims and judgements, `note` for what is worth
        knowing and asks nobody to act.

    Attributes
    ----------
    owner
        Who must act where it is breached, in words: a role, never a person. Empty until it is said.
    at_stake
        The line of pounds at stake where it is breached: a sum of money without dimensions, or None.

    Raises
    ------
    ModelError
        The level is none of the three.
    """

    __slots__ = ("at_stake", "level", "owner")

    def __init__(
        self,
        label: str,
        formula: Term,
        over: tuple[str, ...] = (),
        basis: str = "",
        *,
        level: str = "fail",
    ) -> None:
        """Keep the formula, which gives 1 for a breach and 0 where all is well."""
        super().__init__(label, "flag", over, formula, basis)
        if level not in ("fail", "warn", "note"):
            raise ModelError(f"'{label}' has the level '{level}': it is fail, warn or note")
        self.level = level
        self.owner = ""
        self.at_stake: Line | None = None

    def answered_by(self, owner: str, at_stake: Line | None = None) -> None:
        """Say who must act where it is breached, and what is at stake: once, by a chapter that may read both.

        Raises
        ------
        ModelError
            It was said before, or what is at stake is no sum of money.
        """
        if self.owner:
            raise ModelError(f"'{self.label}' is answered by {self.owner} already")
        if at_stake is not None and (at_stake.over or at_stake.unit not in ("GBP_real", "GBP_nominal")):
            raise ModelError(f"what is at stake in '{self.label}' is no sum of money: '{at_stake.label}'")
        self.owner, self.at_stake = owner, at_stake


class Call(Term):
    """An operator and what it is applied to.

    `settings` hold what is no term: the dimension summed over, the member chosen.
    """

    __slots__ = ("arguments", "operator", "settings")

    def __init__(self, operator: str, *arguments: Term | float, **settings: Any) -> None:
        """Keep the operator's name, its arguments as terms, and its settings."""
        self.operator = operator
        self.arguments = tuple(map(as_term, arguments))
        self.settings: Mapping[str, Any] = settings

    def __repr__(self) -> str:
        """Show the operator and its arguments."""
        return f"{self.operator}({', '.join(map(repr, self.arguments))})"


def without_ones(call: Call) -> Term:
    """A product or quotient without the 1s that only carry a unit, such as 1 month.

    A reading that shows or calculates nothing for `× 1` reads this instead.
    """
    divides, multiplies = call.operator == "divide", call.operator == "multiply"
    if (divides or multiplies) and _is_one(call.arguments[1]):
        return call.arguments[0]
    return call.arguments[1] if multiplies and _is_one(call.arguments[0]) else call


def _is_one(term: Term) -> bool:
    return isinstance(term, Number) and term.value == 1


def as_term(value: Term | float) -> Term:
    """A term as it is, a plain number as a Number."""
    if isinstance(value, Term):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ModelError(f"{value!r} cannot stand in a formula")
    return Number(value)


def walk(term: Term) -> Iterator[Term]:
    """A term and all terms inside its own formula, without going into other lines."""
    yield term
    if isinstance(term, Call):
        for argument in term.arguments:
            yield from walk(argument)
