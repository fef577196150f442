"""Switching values between options: what would have to change for another option to be best.

A part of the value, such as capital or health, changes by one share in all options alike. At the share
found an option is worth as much as the option ranked first, or nothing against the baseline. A part that
would have to fall below nothing, or in which the two options do not differ, cannot switch them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.evaluate.engine import Results


@dataclass(frozen=True)
class ValuePart:
    """A part of the net present social value: its line, and whether more of it is worth more or less."""

    name: str
    key: str
    label: str
    sign: int


PARTS = (
    ValuePart("capital", "value.capital_increment", "Capital", -1),
    ValuePart("running_cost", "value.running_increment", "Running cost", -1),
    ValuePart("relief", "value.relief_increment", "Relief", -1),
    ValuePart("risks", "value.risk_increment", "Risks", -1),
    ValuePart("exit_less_residual", "value.terminal_increment", "Exit less residual value", -1),
    ValuePart("cash_released", "value.cash_increment", "Cash released", 1),
    ValuePart("other_nhs_benefits", "value.non_cash_increment", "Other NHS benefits", 1),
    ValuePart("societal_benefits", "value.societal_increment", "Societal benefits", 1),
    ValuePart("health", "value.health_increment", "Health", 1),
)
VALUE = "economics.npsv"
ANNUAL_VALUE, ANNUAL_COST = "value.annual_value_increment", "economics.equivalent_annual_cost"
_DECIMALS = 9
PENCE = 2  # options that are less than half a penny apart in a part do not differ in it


@dataclass(frozen=True)
class Standing:
    """How an option stands among all, and what would change it.

    Attributes
    ----------
    value, behind
        Its net present social value, and how far that is below the best.
    rank, annual_rank, cost_rank
        Its place by net present social value, by equivalent annual value (both: most first) and by
        equivalent annual cost (least first).
    to_best, to_nothing
        For each part the share by which it must change, in all options alike, for the option to be worth
        as much as the best, and to be worth nothing against the baseline; None where no change does it.
    """

    value: float
    behind: float
    rank: int
    annual_rank: int
    cost_rank: int
    to_best: Mapping[str, float | None]
    to_nothing: Mapping[str, float | None]


def standings(results: Results) -> dict[str, Standing]:
    """The standing of every option, in the case's order.

    Empty where the case has no such lines, or one of them cannot be worked out in some option.
    """
    options, by_key = results.problem.frame.option_ids, results.problem.by_key
    if any(key not in by_key for key in (VALUE, ANNUAL_VALUE, ANNUAL_COST, *(part.key for part in PARTS))):
        return {}
    values = _by_option(results, VALUE)
    annual, cost = _by_option(results, ANNUAL_VALUE), _by_option(results, ANNUAL_COST)
    parts = {part: _by_option(results, part.key) for part in PARTS}
    if any(math.isnan(x) for of in (values, annual, cost, *parts.values()) for x in of.values()):
        return {}
    best = max(options, key=lambda option: values[option])
    return {
        option: Standing(
            values[option],
            values[best] - values[option],
            _place(option, values),
            _place(option, annual),
            _place(option, {o: -x for o, x in cost.items()}),
            {
                part.name: switch(values[best] - values[option], part.sign * (of[option] - of[best]))
                for part, of in parts.items()
            },
            {part.name: switch(-values[option], part.sign * of[option]) for part, of in parts.items()},
        )
        for option in options
    }


def switch(gap: float, worth: float) -> float | None:
    """The share by which a part must change to close a gap, given what the whole of it is worth."""
    if round(worth, PENCE) == 0:
        return None
    share = gap / worth
    return None if round(share + 1, _DECIMALS) < 0 else share


def _by_option(results: Results, key: str) -> dict[str, float]:
    found = results.array(results.problem.by_key[key])[0]
    return {option: float(found[place]) for place, option in enumerate(results.problem.frame.option_ids)}


def _place(option: str, of: Mapping[str, float]) -> int:
    return 1 + sum(other > of[option] for other in of.values())
