"""How a case starts from DM01: the window before the start, what of it goes on, and the season."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebuilder.inputs.dm01.fitted import ShareRule, share_rule_at
from casebuilder.inputs.files.tables import numbers

STARTING = "hindcast_start.csv"
OTHERS = "hindcast_other_tests.csv"
OTHER_VALUES = ("growth", "removal_rate", "booking_weeks", "strength")
SEASON = "season_england.csv"


@dataclass(frozen=True)
class Starting:
    """What is taken from the months before a start.

    Attributes
    ----------
    window_months
        Months up to the start that give activity and the mean list.
    change_carried
        The share of the window's monthly change of the list that goes on.
    growth_carried
        The share of the reference set's growth of demand that goes on; hospitals and centres keep pace.
    rule
        The rule for the share over six weeks.
    others
        By test for which a hindcast has values of its own: `growth` a year, `removal_rate`, `booking_weeks`
        and `strength` of relief.
    """

    window_months: int
    change_carried: float
    growth_carried: float
    rule: ShareRule
    others: Mapping[str, Mapping[str, float]]


def read_starting(folder: Path, start: str) -> Starting:
    """What the folder of the reference set's data says, and the rule that was known at a start.

    Raises
    ------
    InputError
        It is missing or at fault.
    """
    rows = numbers(folder / STARTING, ("what",), ("value",))
    found = {what: value for (what,), (value,) in rows.items()}
    window, change, growth = (found[what] for what in ("window_months", "change_carried", "growth_carried"))
    more = numbers(folder / OTHERS, ("test",), OTHER_VALUES)
    others = {test: dict(zip(OTHER_VALUES, row, strict=True)) for (test,), row in more.items()}
    return Starting(int(window), change, growth, share_rule_at(folder, start), others)


def read_season(folder: Path) -> Mapping[str, float]:
    """England's season by month of the year, `01` to `12`: tests a working day relative to the year's mean.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    rows = numbers(folder / SEASON, ("month_of_year",), ("season",))
    return {month: season for (month,), (season,) in rows.items()}
