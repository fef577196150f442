"""docs/england.md says what the shipped tables hold and how far estimates are off."""

from __future__ import annotations

import re

import numpy as np
import pytest

from casebuilder.resources import resource
from casebuilder.tasks.england.districts import districts
from casebuilder.tasks.england.neighbourhoods import travel_fit
from casebuilder.tasks.england.shipped import (
    england,
    england_fits,
    estimated_minutes,
    reached,
    rows_of,
)
from casebuilder.tasks.england.trusts import GENERAL, OTHER, mergers, trusts

PAGE = (resource("assumptions").parent / "docs" / "england.md").read_text(encoding="utf-8")
REGIONS = {
    "North East": "north_east",
    "North West": "north_west",
    "Yorkshire and the Humber": "yorkshire_humber",
    "East Midlands": "east_midlands",
    "West Midlands": "west_midlands",
    "East of England": "east_of_england",
    "inner London": "inner_london",
    "outer London": "outer_london",
    "South East": "south_east",
    "South West": "south_west",
    "England": "england",
}


def says(words: str) -> bool:
    """Whether the page has some words, line ends aside."""
    return words in " ".join(PAGE.split())


@pytest.mark.parametrize("region", REGIONS)
def test_the_table_of_fits_is_the_shipped_one(region: str):
    fit = england_fits()[REGIONS[region]]
    row = f"| {region} | {fit.a:.2f} | {fit.b:.3f} | {fit.c:.3f} | {fit.mean_absolute_error:.1f} |"
    found = re.search(rf"^{re.escape(row)} (-?\d\.\d) \| ([\d,]+) \|$", PAGE, re.M)
    assert found, row
    assert float(found[1]) == pytest.approx(fit.bias, abs=0.05)
    assert int(found[2].replace(",", "")) == fit.journeys


def test_how_many_trusts_hospitals_areas_and_towns_there_are():
    nhs = [trust for trust in trusts().values() if trust.kind != OTHER]
    ground = england()
    placed = [trust for trust in trusts().values() if trust.hospitals]
    assert says(f"{len(trusts())}, of them {len(nhs)} NHS trusts")
    assert says(f"| {len(mergers())}; some months are from memory")
    assert says(f"{len(ground.hospitals)}, of {len(placed)} trusts")
    middle = {name[:-1] for name in ground.names}
    assert says(f"{len(ground.names):,} in {len(middle):,} middle areas")
    assert says(f"{len(districts())}; those made since")
    assert says(f"{ground.population.sum() / 1e6:.1f} million")
    assert says(
        f"{(~np.isnan(ground.minutes)).sum():,}, from each small area to the nearest eight or fewer of"
    )
    assert says(f"of {ground.timed.sum()} hospitals, within 75 minutes")
    assert says(f"{len(rows_of('towns_england.csv', ('name',))):,} with 1,000 people or more")


def test_no_time_of_the_table_is_over_75_minutes_nor_has_an_area_more_than_eight():
    times = england().minutes
    assert np.nanmax(times) <= 75
    assert (~np.isnan(times)).sum(axis=1).max() == 8


def test_how_many_have_an_estimate_of_the_minutes_to_their_hospital():
    ground, minutes = england(), reached()
    guessed = minutes.estimated[minutes.minutes.argmin(axis=1)] | np.isnan(ground.minutes).all(axis=1)
    assert says(f"for {ground.population[guessed].sum() / ground.population.sum():.1%}".replace("%", " %"))
    assert says(f"the {minutes.estimated.sum()} hospitals that have a place and no times")


@pytest.mark.full
def test_how_far_the_fit_of_each_district_is_off():
    """Each of 317 districts by itself, in some twenty seconds."""
    errors = np.array([travel_fit([name]).mean_absolute_error for name in districts()])
    assert says(f"half are off by {np.median(errors):.1f} minutes or less and nine by more than 6")
    assert (errors > 6).sum() == 9


def test_how_many_large_trusts_have_no_place():
    nhs = [trust for trust in trusts().values() if trust.kind != OTHER]
    large = [t.name for t in nhs if t.kind == GENERAL and not t.hospitals and t.list_tests >= 30_000]
    assert large == ["Southern Health NHS Foundation Trust"]
    assert says("30,000 tests or more a year from their lists it is Southern Health alone")


def test_how_far_estimates_are_off_the_times_that_there_are():
    """The nearest hospital with times, estimated as if it had none; by people."""
    ground = england()
    times = np.where(np.isnan(ground.minutes), np.inf, ground.minutes)
    nearest = times.argmin(axis=1)
    known = np.isfinite(times.min(axis=1))
    miss = np.zeros(len(nearest))
    for number in np.unique(nearest):
        hospital, here = ground.hospitals[number], known & (nearest == number)
        estimate = estimated_minutes(hospital.latitude, hospital.longitude)
        miss[here] = estimate[here] - times[here, number]
    people = ground.population * known
    assert says(f"off by {np.average(abs(miss), weights=people):.1f} minutes on average")
    assert says(f"{np.average(miss, weights=people):.1f} too long")
