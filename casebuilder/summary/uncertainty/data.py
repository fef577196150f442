"""The JSON of `simulate`: the contract that other tools read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebuilder.analysis.uncertainty.chance.dependence import Together
from casebuilder.analysis.uncertainty.chance.odds import Affordable
from casebuilder.analysis.uncertainty.chance.simulation import Simulation
from casebuilder.analysis.uncertainty.chance.statistics import Statistics
from casebuilder.analysis.uncertainty.chance.told import Told
from casebuilder.evaluate.headlines import HEADLINES, OptionResult
from casebuilder.summary.data import plain


def simulation_data(
    told: Told,
    central: Mapping[str, OptionResult],
    version: str,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A simulation as JSON.

    `options` holds the headlines by option, `case` being the figure with every input as the case has it;
    `error` is the standard error of the mean, `errors` those of P50 and P80, `moved` how far these moved from
    half the draws to all, `empty` the share of draws in which there is no value,
    `at_case` the share in which it is no higher than in the case, `below_case` that in which it is lower, of
    those with a value. `bears_shares` is whether there are draws enough for such a share to be a chance.

    Parameters
    ----------
    told
        What the simulation comes to.
    central
        The headlines of the case as it is.
    version
        The version of casebuilder.
    more
        What else is told of it: `tornado` and `switching`, which are empty without it.
    """
    simulation = told.simulation
    problem = simulation.problem
    return {
        "case": problem.inputs.info.name,
        "version": version,
        "inputs_sha256": problem.inputs.sha256,
        "draws": len(simulation.draws),
        "bears_shares": told.bears_shares,
        "seed": simulation.drawing.seed,
        "seconds": simulation.seconds,
        "sampling": simulation.drawing.sampling.kind,
        "options": {
            option: {
                name: _headline(told, option, name, central) if name in figures else None
                for name in HEADLINES
            }
            for option, figures in told.figures.items()
        },
        "tornado": [],
        "switching": [],
        "further": {
            option: {
                name: _headline(told, option, name, central) for name in figures if name not in HEADLINES
            }
            for option, figures in told.figures.items()
        },
        "years": {
            option: {what: {year: _of(one) for year, one in years.items()} for what, years in kinds.items()}
            for option, kinds in told.by_year.items()
        },
        "best": None if told.best is None else {"shares": dict(told.best.shares), "empty": told.best.empty},
        "affordable": {option: _afforded(each) for option, each in told.affordable.items()},
        "inputs": [each.item.key for each in simulation.drawing.inputs],
        "not_drawn": {each.item.key: each.why for each in simulation.drawing.without},
        "add_up": {key: each.along for key, each in simulation.drawing.sums.items()},
        "correlations": [_group(simulation, group) for group in simulation.drawing.plan.groups],
        "beyond_bounds": dict(simulation.drawing.cut),
        "raised": dict(simulation.raised),
        "checks": {
            "draws": simulation.checked,
            "broken": simulation.any_broken,
            "by_check": dict(simulation.broken),
        },
        "without_value": list(simulation.without_value),
        **(more or {}),
    }


def _headline(told: Told, option: str, name: str, central: Mapping[str, OptionResult]) -> dict[str, Any]:
    """A headline with the case's own figure, and how many draws are no higher than that."""
    found = _of(told.figures[option][name], central[option].value(name))
    return {
        **found,
        "at_case": told.at_case[option][name],
        "below_case": plain(told.below_case(option, name)),
    }


def _group(simulation: Simulation, group: Together) -> dict[str, Any]:
    """Rank correlations as they were asked for and as they were used."""
    keys = [simulation.drawing.plan.keys[variable] for variable in group.variables]
    return {"of": keys, "asked": group.asked.tolist(), "used": group.used.tolist()}


def _of(one: Statistics, case: float | None = None) -> dict[str, Any]:
    return {
        "case": plain(case),
        "mean": plain(one.mean),
        **{f"p{number}": plain(value) for number, value in one.percentiles.items()},
        "error": plain(one.error),
        "errors": {f"p{number}": plain(value) for number, value in one.errors.items()},
        "moved": {f"p{number}": plain(value) for number, value in one.moved.items()},
        "settled": one.settled,
        "empty": one.empty,
    }


def _afforded(each: Affordable | None) -> dict[str, Any] | None:
    if each is None:
        return None
    years = {what: dict(by_year) for what, by_year in each.years.items()}
    return {"years": years, "in_each": dict(each.in_each), "always": dict(each.always)}
