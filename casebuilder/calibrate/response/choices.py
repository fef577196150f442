"""What a hindcast assumes by default, one choice at a time, on systems that the parameters have not seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from casebuilder.calibrate.response.fit import AHEAD
from casebuilder.calibrate.response.hindcast import by_folds, errors, foretell_folds
from casebuilder.calibrate.response.lists import Rules, base_at, go_on, usual_cover
from casebuilder.calibrate.response.months import Array, Months

GROWTHS = (0.0, 0.5, 1.0)
FIRST_CALM = "2014-03"  # with a year before it of which no month is missing


def variants(rules: Rules) -> Mapping[str, Mapping[float, Rules]]:
    """Each choice with its values, from the one nearest to no change on; everything else as given."""
    return {
        "window_months": {float(n): replace(rules, window=n) for n in (12, 6, 3)},
        "change_carried": {x: replace(rules, carried=x) for x in (0.0, 0.5, 1.0)},
        "growth_carried": {x: replace(rules, growth=rules.growth * x) for x in GROWTHS},
        "most": {x: replace(rules, most=x) for x in (0.1, 0.15, 0.2)},
    }


def choices(of: Months, rules: Rules, calm: tuple[Array, Array]) -> pd.DataFrame:
    """Errors of every value, all starts and one to twelve months ahead together.

    Parameters
    ----------
    of
        The systems.
    rules
        The values in use, which others are set beside.
    calm
        England's calm values.

    Returns
    -------
    pandas.DataFrame
        `what`, `value`; `share` and `list`, mean absolute errors; `list_bias`, a year ahead; `list_more` and
        `list_more_error`, how much the list's error is above the least of its kind and the error of that over
        systems; `by_rule`, whether the rule of decision 154 takes it.
    """
    rows = []
    for what, values in variants(rules).items():
        found = {value: _off(of, each, calm) for value, each in values.items()}
        least = min(found, key=lambda value: found[value][0][1].mean())
        taken = False
        for value, (off, bias) in found.items():
            more = off[1] - found[least][0][1]
            error = float(more.std(ddof=1) / np.sqrt(len(more)))
            first = not taken and bool(more.mean() <= error or value == least)
            taken |= first
            rows.append((what, value, *off.mean(axis=1), bias, float(more.mean()), error, int(first)))
    columns = ["what", "value", "share", "list", "list_bias", "list_more", "list_more_error", "by_rule"]
    return pd.DataFrame(rows, columns=columns)


def growth_before(england: Months, rules: Rules) -> pd.DataFrame:
    """The same choice of growth in another time: England's list a year ahead, every start from 2014 to 2019.

    Returns
    -------
    pandas.DataFrame
        Rows of `choices`, with `list` and `list_bias` alone.
    """
    rows = []
    for value in GROWTHS:
        off = []
        tried = replace(rules, growth=rules.growth * value)
        for start in range(england.at(FIRST_CALM), len(england.months) - AHEAD):
            base = base_at(england, start, rules.window)
            usual = usual_cover(base, rules.removals)
            lists, _ = go_on(base, england.season[start + 1 : start + 1 + AHEAD], tried, usual)
            off.append(lists[-1].sum() / england.waiting[:, :, start + AHEAD].sum() - 1)
        rows.append(("growth_2014_20", value, float(np.abs(off).mean()), float(np.mean(off))))
    return pd.DataFrame(rows, columns=["what", "value", "list", "list_bias"])


def _off(of: Months, rules: Rules, calm: tuple[Array, Array]) -> tuple[Array, float]:
    """Mean absolute errors of share and list by system, and the list's bias a year ahead."""
    folds = by_folds(of, rules, calm)
    off, bias = [], []
    for start in range(2, len(of.months) - 1):
        ahead = min(AHEAD, len(of.months) - 1 - start)
        told = foretell_folds(of, of.months[start], ahead, folds)
        each = [errors(told, month) for month in range(1, ahead + 1)]
        off += [one.by_place for one in each]
        bias += [one.waiting_bias for one in each[AHEAD - 1 :]]
    return np.stack(off).mean(axis=0), float(np.mean(bias))
