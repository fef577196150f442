"""Chances of an option: that it is the best, and that it can be afforded, each year and in every year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.uncertainty.chance.figures import ASK, HEADROOM, SURPLUS, UNAGREED, of_year
from casebuilder.analysis.uncertainty.chance.simulation import Simulation
from casebuilder.evaluate.headlines import RANKED_BY

# Two options whose values lie as near as this, in pounds, are equally good; less of a loss is none.
POUND = 1.0


@dataclass(frozen=True)
class Best:
    """How often each option has the highest net present social value.

    Attributes
    ----------
    shares
        Of the draws in which every option has a value; options that are equal share a draw.
    empty
        The share of draws in which some option has none, so that there is no best.
    """

    shares: Mapping[str, float]
    empty: float


@dataclass(frozen=True)
class Affordable:
    """How often an option can be afforded.

    Attributes
    ----------
    years
        By test and year of the statements: the share of draws in which the test holds.
    in_each
        By year, the share of draws in which every test holds; the ask is none of them.
    always
        By test, and under `all`, the share of draws in which it holds in every year.
    """

    years: Mapping[str, Mapping[str, float]]
    in_each: Mapping[str, float]
    always: Mapping[str, float]


ALL = "all"
# What has to hold for an option to be affordable; that the ask is no more than the case's own stands beside.
TESTS = (SURPLUS, UNAGREED, HEADROOM)


def best(simulation: Simulation) -> Best | None:
    """How often each option ranks first by net present social value; None where there is no such value."""
    if RANKED_BY not in simulation.figures:
        return None
    options = simulation.options
    highest = np.full(len(simulation.draws), -np.inf)
    whole = np.ones(len(simulation.draws), dtype=bool)
    for option in options:
        column = simulation.column(option, RANKED_BY)
        whole &= np.isfinite(column)
        np.fmax(highest, column, out=highest)
    first = {option: simulation.column(option, RANKED_BY) > highest - POUND for option in options}
    together = np.sum([each[whole] for each in first.values()], axis=0)
    count = int(whole.sum())
    shares = {
        option: float((each[whole] / together).sum() / count) if count else 0.0
        for option, each in first.items()
    }
    return Best(shares, 1 - count / len(whole))


def affordable(simulation: Simulation, option: str) -> Affordable | None:
    """How often an option can be afforded; None where nothing of it stands by year.

    Three tests, each by year of the statements: the system loses nothing against the baseline; what hosts
    lose is borne by what somebody has agreed to; and capital stays within the envelopes that are stated, or
    within the awards where none is. Beside them, that the system is asked for no more than the case says.
    What has no value is not afforded.
    """
    years = simulation.problem.frame.ids("statement")
    tests = [what for what in (*TESTS, ASK) if years and of_year(what, years[0]) in simulation.figures]
    if not tests:
        return None
    shares: dict[str, dict[str, float]] = {what: {} for what in tests}
    in_each: dict[str, float] = {}
    always = {what: np.ones(len(simulation.draws), dtype=bool) for what in tests}
    for year in years:
        every = np.ones(len(simulation.draws), dtype=bool)
        for what in tests:
            held = _holds(what, simulation, option, year)
            shares[what][year] = float(held.mean())
            always[what] &= held
            if what in TESTS:
                every &= held
        in_each[year] = float(every.mean())
    whole = np.logical_and.reduce([held for what, held in always.items() if what in TESTS])
    in_all = {what: float(held.mean()) for what, held in always.items()}
    return Affordable(shares, in_each, {**in_all, ALL: float(whole.mean())})


def _holds(what: str, simulation: Simulation, option: str, year: str) -> NDArray[np.bool_]:
    column = simulation.column(option, of_year(what, year))
    if what == ASK:
        column = column - simulation.of_case(option, of_year(what, year))
    return (column if what in (SURPLUS, HEADROOM) else -column) > -POUND
