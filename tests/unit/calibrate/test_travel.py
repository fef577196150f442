"""Road minutes from distance, and neighbourhoods added up to places."""

from __future__ import annotations

import numpy as np
import pytest

from casebuilder.calibrate.travel import (
    Neighbourhood,
    add_up,
    fit_minutes,
    fit_system,
    kilometres,
    read_neighbourhoods,
)
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables
from casebuilder.resources import resource

DATA = resource("assumptions/reference/data")
TABLES = read_fitted_tables(DATA).tables


def share_within(people: list[tuple[float, float]], threshold: float) -> float:
    """The share of people whose minutes are at most the threshold, from (people, minutes)."""
    everyone = sum(count for count, _ in people)
    return sum(count for count, minutes in people if minutes <= threshold) / everyone


def test_fit_finds_the_curve_that_made_the_data():
    km = {"a": np.array([1.0, 4.0, 9.0, 16.0]), "b": np.array([2.0, 3.0, 25.0, 36.0])}
    minutes = {name: 5 + 0.5 * x + 3 * np.sqrt(x) for name, x in km.items()}
    fit = fit_minutes(km, minutes)
    assert (fit.a, fit.b, fit.c) == pytest.approx((5, 0.5, 3))
    assert fit.mean_absolute_error == pytest.approx(0, abs=1e-9)
    # 5 + 0.5 × 4 + 3 × 2 = 13 minutes over four kilometres.
    assert fit.minutes(np.array([4.0])) == pytest.approx([13])


def test_error_is_of_hospitals_left_out():
    """Each hospital is a minute off the other: the fit without it misses by that minute."""
    km = np.array([1.0, 4.0, 9.0, 16.0])
    fit = fit_minutes({"a": km, "b": km}, {"a": 5 + km, "b": 6 + km})
    assert fit.a == pytest.approx(5.5)
    assert fit.mean_absolute_error == pytest.approx(1)
    assert fit.bias == pytest.approx(0, abs=1e-9)


def test_a_degree_of_latitude_is_111_km_and_of_longitude_half_of_it_at_60_north():
    assert kilometres(np.array([60.0]), np.array([1.0]), (59.0, 1.0), 60) == pytest.approx([111.195])
    assert kilometres(np.array([60.0]), np.array([2.0]), (60.0, 1.0), 60) == pytest.approx([55.5975])


def area(name: str, people: float, decile: int, north: float, minutes: float) -> Neighbourhood:
    return Neighbourhood("X", name, "Town", people, decile, north, -3.0, {"h": minutes, "far": 90.0})


def test_five_neighbourhoods_make_two_places():
    areas = [
        area("Town 001A", 1000, 1, 53.0, 10),
        area("Town 001B", 3000, 2, 53.4, 30),
        area("Town 001C", 1000, 10, 53.5, 40),
        area("Town 002A", 2000, 5, 54.0, 20),
        area("Town 002B", 2000, 6, 54.2, 50),
    ]
    first, second = add_up(areas)
    assert (first.id, first.name, first.district) == ("town_001", "Town 001", "Town")
    assert first.by_quintile == (4000, 0, 0, 0, 1000)
    assert first.latitude == pytest.approx((53.0 + 3 * 53.4 + 53.5) / 5)
    assert first.acute_minutes == pytest.approx((10 + 3 * 30 + 40) / 5)  # 28
    assert second.by_quintile == (0, 0, 4000, 0, 0)
    assert second.acute_minutes == 35


def test_share_within_counts_the_threshold_itself():
    assert share_within([(100, 30), (200, 30.1), (100, 5)], 30) == 0.5


def test_places_of_cheshire_and_merseyside_keep_everyone_and_nearly_the_share_within_30_minutes():
    areas = [a for a in read_neighbourhoods(DATA / TABLES.neighbourhoods.file) if a.system == "C&M"]
    places = add_up(areas)
    assert sum(p.population for p in places) == sum(a.population for a in areas)
    assert len({p.id for p in places}) == len(places)
    small = share_within([(a.population, a.nearest_minutes) for a in areas], 30)
    large = share_within([(p.population, p.acute_minutes) for p in places], 30)
    assert large == pytest.approx(small, abs=0.02)  # two points of the population


def test_fit_of_cheshire_and_merseyside_misses_by_less_than_five_minutes():
    hospitals = {}
    for line in (DATA / TABLES.hospitals.file).read_text(encoding="utf-8").splitlines()[1:]:
        name, _, north, east = line.split(",")
        hospitals[name] = (float(north), float(east))
    areas = [a for a in read_neighbourhoods(DATA / TABLES.neighbourhoods.file) if a.system == "C&M"]
    assert fit_system(areas, hospitals).mean_absolute_error < 5
