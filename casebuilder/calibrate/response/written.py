"""All of it again from the shipped tables, and the tables that hold what is found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.calibrate.response import months as data
from casebuilder.calibrate.response.bands import Band, bands, held, offs, table
from casebuilder.calibrate.response.choices import choices, growth_before
from casebuilder.calibrate.response.fit import at_strength, fitted, missed, steady
from casebuilder.calibrate.response.given import read_rules
from casebuilder.calibrate.response.hindcast import (
    Fold,
    Foretold,
    as_systems,
    by_folds,
    errors,
    foretell,
    foretell_folds,
    parameters,
)
from casebuilder.calibrate.response.lists import Rules, usual_cover_by_year
from casebuilder.calibrate.response.months import Array, Months
from casebuilder.calibrate.response.seen import above_usual, seen
from casebuilder.calibrate.response.share import calm_values
from casebuilder.calibrate.share_months import CALM_YEARS

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
        """England before the pandemic."""
        return data.read_england_calm(self.folder)

    @cached_property
    def systems(self) -> Months:
        """The 42 systems, 13 tests."""
        return data.read_systems(self.folder)

    @cached_property
    def providers(self) -> Months:
        """All providers of the same months."""
        return data.read_providers(self.folder)

    @cached_property
    def earlier(self) -> Months:
        """Providers before the pandemic."""
        return data.read_earlier(self.folder)

    @cached_property
    def five(self) -> Months:
        """The systems, five tests."""
        return self.systems.of(FIVE)

    @cached_property
    def calm(self) -> tuple[Array, Array]:
        """England's calm log odds and cover, five tests."""
        return calm_values(self.england.of(FIVE))

    def rules(self, tests: tuple[str, ...]) -> Rules:
        """What is given, for some tests."""
        return read_rules(self.folder.parent, self.england.of(tests))

    @cached_property
    def folds(self) -> list[Fold]:
        """Parameters from other systems."""
        return by_folds(self.five, self.rules(FIVE), self.calm)

    @cached_property
    def told(self) -> list[Foretold]:
        """From every start, each system with the parameters of the folds that it is not in."""
        months = self.five.months
        starts = range(2, len(months) - 1)
        return [foretell_folds(self.five, months[at], len(months) - 1 - at, self.folds) for at in starts]

    @cached_property
    def bands(self) -> dict[tuple[str, str], Band]:
        """How far what came was off, by months ahead."""
        return bands(self.told)

    def strengths(self) -> pd.DataFrame:
        """The strength by data and test, its errors, and what hospitals did beside it."""
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
        """Errors of the share and the list of the five tests together, beside no change."""
        of, rows = self.five, []
        for start in of.months[2 : len(of.months) - YEAR]:
            rows.append(self._row("folds", self.told[of.at(start) - 2], YEAR))
        known = of.until(KNOWN)
        before = parameters(known, known, self.rules(FIVE), self.calm)
        rows.append(self._row("before", foretell(of, KNOWN, YEAR, before), YEAR))
        long = of.at(LAST) - of.at(FIRST)
        for name, folds in (("fade_learned_later", self.folds), ("no_fade", without_fade(self.folds))):
            rows.append(self._row(name, foretell_folds(of, FIRST, long, folds), long))
        still = without_growth(self.folds)
        rows.append(self._row("no_growth", foretell_folds(of, KNOWN, YEAR, still), YEAR))
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


def without_fade(folds: list[Fold]) -> list[Fold]:
    """The same, England's excess kept as it is."""
    return [(where, replace(by, share=replace(by.share, excess_kept=1.0))) for where, by in folds]


def without_growth(folds: list[Fold]) -> list[Fold]:
    """The same, neither referrals nor capacity growing."""
    return [(where, replace(by, rules=replace(by.rules, growth=by.rules.growth * 0))) for where, by in folds]


def calibrate_response(source: Path, target: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
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
    strengths, hindcasts
        What `Response.strengths` and `Response.hindcasts` give.

    Raises
    ------
    InputError
        A file of the reference set is at fault.
    OSError
        A table is not in the source, or the target cannot be written.
    """
    of = Response(source)
    rules = of.rules(FIVE)
    strengths, hindcasts = of.strengths(), of.hindcasts()
    written = {
        "response_fit.csv": strengths,
        "response_seen.csv": above_usual(
            of.providers.of(FIVE), rules.removals, steady(of.providers.of(FIVE))
        ),
        "usual_cover.csv": usual_cover_by_year(of.england, of.systems, rules.removals, CALM_YEARS[0]),
        "response_choices.csv": pd.concat(
            [choices(of.five, rules, of.calm), growth_before(of.england.of(FIVE), rules)], ignore_index=True
        ),
        "response_hindcast.csv": hindcasts,
        "hindcast_bands.csv": table(of.bands),
    }
    for name, rows in written.items():
        draft = target / f".{name}"
        rows.round(4).to_csv(draft, index=False, lineterminator="\n")
        draft.replace(target / name)
    return strengths, hindcasts
