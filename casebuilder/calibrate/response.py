"""The response of hospitals to their lists, and a hindcast's defaults and bands: fitted again, and written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.calibrate import response_months as data
from casebuilder.calibrate.response_bands import Band, bands, held, offs, table
from casebuilder.calibrate.response_choices import choices
from casebuilder.calibrate.response_fit import at_strength, fitted, missed, steady
from casebuilder.calibrate.response_given import read_rules
from casebuilder.calibrate.response_hindcast import (
    Foretold,
    Parameters,
    as_systems,
    by_folds,
    errors,
    foretell,
    foretell_folds,
    parameters,
)
from casebuilder.calibrate.response_lists import Rules, usual_cover_by_year
from casebuilder.calibrate.response_months import Array, Months
from casebuilder.calibrate.response_seen import above_usual, seen
from casebuilder.calibrate.response_share import calm_values

FIVE = ("mri", "ct", "ultrasound", "dexa", "echocardiography")
PROVIDER_FOLDS, SYSTEM_FOLDS = 5, 6
KNOWN = "2024-03"  # the last month that the parameters of before it see
FIRST, LAST = "2023-04", "2025-03"
GROUPS = 24  # of earlier providers, about as large as a system
EARLIER_STARTS = ("2018-03", "2018-06", "2018-09", "2018-12", "2019-02")
YEAR = 12


@dataclass(frozen=True)
class Response:
    """The data of the fit, and what is found.

    Attributes
    ----------
    folder
        Of the shipped tables.
    """

    folder: Path

    @cached_property
    def england(self) -> Months:
        return data.read_england_calm(self.folder)

    @cached_property
    def systems(self) -> Months:
        return data.read_systems(self.folder)

    @cached_property
    def providers(self) -> Months:
        return data.read_providers(self.folder)

    @cached_property
    def earlier(self) -> Months:
        return data.read_earlier(self.folder)

    @cached_property
    def five(self) -> Months:
        """The systems, five tests."""
        return self.systems.of(FIVE)

    @cached_property
    def calm(self) -> tuple[Array, Array]:
        return calm_values(self.england.of(FIVE))

    def rules(self, tests: tuple[str, ...]) -> Rules:
        return read_rules(self.folder.parent, self.england.of(tests))

    @cached_property
    def folds(self) -> list[tuple[Array, Parameters]]:
        return by_folds(self.five, self.rules(FIVE), self.calm)

    @cached_property
    def told(self) -> list[Foretold]:
        """From every start, each system with the parameters of the folds that it is not in."""
        months = self.five.months
        starts = range(2, len(months) - 1)
        return [foretell_folds(self.five, months[at], len(months) - 1 - at, self.folds) for at in starts]

    @cached_property
    def bands(self) -> dict[tuple[str, str], Band]:
        return bands(self.told)

    def strengths(self) -> pd.DataFrame:
        """The strength by data and test, its errors, and what hospitals did beside it; see docs/response.md."""
        found = []
        given = (
            ("providers_2023_25", self.providers, PROVIDER_FOLDS),
            ("systems_2023_25", self.systems, SYSTEM_FOLDS),
            ("providers_2017_20", self.earlier, PROVIDER_FOLDS),
        )
        later = np.zeros(0)
        for name, of, number in given:
            only = steady(of) if name != "systems_2023_25" else np.ones(of.waiting.shape[:2])
            rules = self.rules(of.tests)
            off = missed(of, rules, only)
            rows = fitted(off, of.places, number)
            if name == "providers_2023_25":
                later = rows.strength.to_numpy()
            if name == "providers_2017_20":
                rows["held_out_later"] = at_strength(off.absolute, later).sum(axis=0) / off.count.sum(axis=0)
            rows.insert(0, "test", of.tests)
            rows.insert(0, "data", name)
            found.append(rows.merge(seen(of, rules.removals, only).reset_index(names="test"), on="test"))
        return pd.concat(found, ignore_index=True)

    def hindcasts(self) -> pd.DataFrame:
        """Errors of the share and the list of the five tests together, beside no change; see docs/response.md."""
        of, rows = self.five, []
        for start in of.months[2 : len(of.months) - YEAR]:
            rows.append(self._row("folds", self.told[of.at(start) - 2], YEAR))
        known = of.until(KNOWN)
        before = parameters(known, known, self.rules(FIVE), self.calm)
        rows.append(self._row("before", foretell(of, KNOWN, YEAR, before), YEAR))
        long = of.at(LAST) - of.at(FIRST)
        for name, folds in (("fade_learned_later", self.folds), ("no_fade", without_fade(self.folds))):
            rows.append(self._row(name, foretell_folds(of, FIRST, long, folds), long))
        rows.append(self._row("no_fade", foretell_folds(of, KNOWN, YEAR, without_fade(self.folds)), YEAR))
        earlier = self.earlier.of(FIVE)
        groups = as_systems(earlier, GROUPS, steady(earlier))
        all_systems = parameters(of, of, self.rules(FIVE), self.calm)
        rows += [
            self._row("earlier", foretell(groups, start, YEAR, all_systems), YEAR) for start in EARLIER_STARTS
        ]
        return pd.DataFrame(rows)

    def _row(self, run: str, told: Foretold, ahead: int) -> dict[str, object]:
        off = errors(told, ahead)
        both = offs(told.summed())
        return {
            "run": run,
            "start": told.start,
            "months": ahead,
            "share": round(off.share, 4),
            "list": round(off.waiting, 4),
            "share_bias": round(off.share_bias, 4),
            "list_bias": round(off.waiting_bias, 4),
            "share_no_change": round(off.no_change_share, 4),
            "list_no_change": round(off.no_change_waiting, 4),
            "share_held": round(held(self.bands["together", "share"], [both["share"]], ahead), 3),
            "list_held": round(held(self.bands["together", "list"], [both["list"]], ahead), 3),
        }


def without_fade(folds: list[tuple[Array, Parameters]]) -> list[tuple[Array, Parameters]]:
    """The same, England's excess kept as it is."""
    return [(where, replace(by, share=replace(by.share, excess_kept=1.0))) for where, by in folds]


def calibrate_response(source: Path, target: Path) -> pd.DataFrame:
    """Fit the response on the shipped tables and write what is found.

    Parameters
    ----------
    source
        The folder of the tables, within the reference set.
    target
        Takes `response_fit.csv`, `response_seen.csv`, `usual_cover.csv`, `response_choices.csv`,
        `response_hindcast.csv` and `hindcast_bands.csv`.

    Returns
    -------
    pandas.DataFrame
        What `Response.strengths` gives.

    Raises
    ------
    InputError
        A file of the reference set is at fault.
    OSError
        A table is not in the source, or the target cannot be written.
    """
    of = Response(source)
    rules = of.rules(FIVE)
    strengths = of.strengths()
    written = {
        "response_fit.csv": strengths,
        "response_seen.csv": above_usual(
            of.providers.of(FIVE), rules.removals, steady(of.providers.of(FIVE))
        ),
        "usual_cover.csv": usual_cover_by_year(of.england, of.systems, rules.removals, data.CALM[0]),
        "response_choices.csv": choices(of.five, rules, of.calm),
        "response_hindcast.csv": of.hindcasts(),
        "hindcast_bands.csv": table(of.bands),
    }
    for name, rows in written.items():
        draft = target / f".{name}"
        rows.round(4).to_csv(draft, index=False, lineterminator="\n")
        draft.replace(target / name)
    return strengths
