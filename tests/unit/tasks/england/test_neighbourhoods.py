"""Neighbourhoods of districts, added up; reckoned apart from the raw tables with the csv module."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from functools import cache

import numpy as np
import pytest

from casebuilder.calibrate.travel_england import Hospital, calibrate_england, fit_rising
from casebuilder.errors import CaseError
from casebuilder.resources import resource
from casebuilder.tasks.england.districts import districts
from casebuilder.tasks.england.neighbourhoods import choose_grain, neighbourhoods, travel_fit
from casebuilder.tasks.england.places import locate

DATA = resource("assumptions/reference/data")


@cache
def table(name: str) -> list[dict[str, str]]:
    """The rows of a shipped table."""
    return list(csv.DictReader(gzip.decompress((DATA / name).read_bytes()).decode("utf-8").splitlines()))


def raw(district: str) -> list[dict[str, str]]:
    return [row for row in table("neighbourhoods_england.csv.gz") if row["lad_name"] == district]


@cache
def nearest_time() -> dict[str, float]:
    """By small area the least road time of the table."""
    found: dict[str, float] = {}
    for row in table("neighbourhood_hospital_minutes.csv.gz"):
        time = float(row["minutes"])
        found[row["lsoa"]] = min(time, found.get(row["lsoa"], time))
    return found


@pytest.mark.parametrize("district", ["Cornwall", "Tower Hamlets", "Sunderland"])
def test_people_by_quintile_and_middle_area(district: str):
    people: dict[tuple[str, int], float] = defaultdict(float)
    for row in raw(district):
        people[re.sub("[A-Z]$", "", row["lsoa_name"]), (int(row["imd_decile"]) + 1) // 2] += float(
            row["population"]
        )
    places = neighbourhoods([district], "middle").places
    assert {place.name for place in places} == {name for name, _ in people}
    for place in places:
        assert place.by_quintile == tuple(people[place.name, quintile] for quintile in range(1, 6))
        assert place.district == district
    (whole,) = neighbourhoods([district.upper()], "district").places
    assert whole.population == sum(people.values()) == sum(place.population for place in places)


def test_england_has_its_people_of_mid_2015():
    """54.7 million: the population of the Indices of Deprivation."""
    assert sum(float(row["population"]) for row in table("neighbourhoods_england.csv.gz")) == 54_728_204 - 0


def test_a_middle_area_is_where_its_people_live_and_as_far_as_they_are():
    """Cornwall 001, whose small areas all have times to hospitals that the table knows."""
    rows = [row for row in raw("Cornwall") if re.fullmatch("Cornwall 001[A-Z]", row["lsoa_name"])]
    people = np.array([float(row["population"]) for row in rows])
    place = next(p for p in neighbourhoods(["Cornwall"], "middle").places if p.id == "cornwall_001")
    assert place.district_id == "cornwall"
    assert place.latitude == pytest.approx(np.average([float(r["lat"]) for r in rows], weights=people))
    assert place.longitude == pytest.approx(np.average([float(r["long"]) for r in rows], weights=people))
    times = [nearest_time()[row["lsoa_name"]] for row in rows]
    assert place.acute_minutes == pytest.approx(np.average(times, weights=people))


def test_cornwall_needs_no_estimate_and_sunderland_says_for_whom_it_has_one():
    assert neighbourhoods(["Cornwall"], "middle").notes == ()
    (note,) = neighbourhoods(["Sunderland"], "middle").notes
    assert "estimated from the distance" in note and "South Tyneside" in note


def test_a_hospital_without_road_times_is_still_the_nearest_to_its_town():
    """Harlow's hospital has no times: the table's nearest is over 20 minutes off."""
    (harlow,) = neighbourhoods(["Harlow"], "district").places
    rows = raw("Harlow")
    people = [float(row["population"]) for row in rows]
    table_says = np.average([nearest_time()[row["lsoa_name"]] for row in rows], weights=people)
    assert table_says > 20
    assert harlow.acute_minutes < 12


def test_an_island_without_a_road_takes_an_estimate_and_says_so():
    found = neighbourhoods(["Isles of Scilly"], "middle")
    assert found.places[0].acute_minutes > 60
    assert "2,335 of 2,335 people" in found.notes[0]


def test_grain_follows_the_limit():
    """Cornwall has 73 middle areas."""
    middle = {re.sub("[A-Z]$", "", row["lsoa_name"]) for row in raw("Cornwall")}
    assert len(middle) == 73
    assert choose_grain(["Cornwall"], 73) == "middle"
    assert choose_grain(["Cornwall"], 72) == "district"


def test_ids_are_fit_to_be_members():
    places = neighbourhoods(
        ["King's Lynn and West Norfolk", "St. Helens", "Bristol, City of"], "middle"
    ).places
    for place in places:
        assert re.fullmatch("[a-z][a-z0-9_]*", place.id) and re.fullmatch(
            "[a-z][a-z0-9_]*", place.district_id
        )
    assert len({place.id for place in places}) == len(places)


def test_a_district_that_is_none_is_told_with_the_nearest():
    with pytest.raises(CaseError, match="did you mean Cornwall"):
        neighbourhoods(["Cornwal"], "middle")
    with pytest.raises(CaseError, match="no district"):
        choose_grain(["Atlantis"], 10)


@pytest.mark.parametrize(
    ("names", "site"),
    [(["Cornwall"], "Truro"), (["Tower Hamlets"], "Tower Hamlets"), (["Sunderland"], "Sunderland")],
)
def test_minutes_rise_with_distance_and_the_error_is_told(names: list[str], site: str):
    fit = travel_fit(names, [locate(site)])
    assert fit.per_km >= 0 and fit.per_root_km >= 0
    assert fit.mean_absolute_error < 5
    assert f"off by {fit.mean_absolute_error:.1f} minutes" in fit.notes[0]
    # 111.195 km × the cosine of the mean latitude of the districts' small areas.
    middle = np.mean([float(row["lat"]) for row in raw(names[0])])
    assert fit.km_per_longitude == pytest.approx(111.195 * np.cos(middle * np.pi / 180), abs=0.001)


def test_a_site_alone_is_enough_and_nothing_is_not():
    assert travel_fit([], [locate("Truro")]).journeys > 100
    with pytest.raises(CaseError, match="give one"):
        travel_fit([])


def test_where_few_hospitals_have_times_the_region_stands_in_and_rough_minutes_are_called_so():
    """Scilly has none; from Allerdale there are two, and each misses the other's journeys by far."""
    assert "the fit of its region (south_west)" in travel_fit(["Isles of Scilly"]).notes[0]
    hills = travel_fit(["Allerdale"])
    assert "the fit of its region (north_west)" in hills.notes[0]
    assert "rough" in hills.notes[1]
    assert len(travel_fit(["Sunderland"]).notes) == 1


@pytest.mark.parametrize(
    "name", [*districts()[::29], "Richmondshire", "Tower Hamlets", "Isle of Wight", "Copeland"]
)
def test_a_fit_can_be_had_anywhere_and_is_what_the_model_takes(name: str):
    """The bounds of the inputs of `access`: a constant of 0 or more, and minutes that rise."""
    fit = travel_fit([name])
    assert 0 <= fit.constant <= 30 and 0 <= fit.per_km <= 10 and 0 <= fit.per_root_km <= 20
    assert fit.per_km + fit.per_root_km > 0
    assert fit.mean_absolute_error < 15 and 50 < fit.km_per_longitude < 75


def test_a_hospital_that_is_given_may_be_the_nearest():
    """Penzance is far from Truro; a hospital there takes the far west."""
    penzance = Hospital("Penzance", 50.122, -5.543, "")
    (without,) = neighbourhoods(["Cornwall"], "district").places
    found = neighbourhoods(["Cornwall"], "district", [penzance])
    assert found.places[0].acute_minutes < without.acute_minutes - 2
    assert "Penzance" in found.notes[0] and "estimated" in found.notes[0]
    assert found.places[0].population == without.population


def test_a_rising_fit_finds_a_rising_curve_and_holds_a_falling_slope_at_nought():
    km = {"a": np.array([1.0, 4.0, 9.0, 16.0]), "b": np.array([2.0, 3.0, 25.0, 36.0])}
    fit = fit_rising(km, {name: 5 + 0.5 * x + 3 * np.sqrt(x) for name, x in km.items()})
    assert (fit.a, fit.b, fit.c) == pytest.approx((5, 0.5, 3))
    assert fit.mean_absolute_error == pytest.approx(0, abs=1e-9)
    falling = fit_rising(km, {name: 5 - 0.5 * x + 8 * np.sqrt(x) for name, x in km.items()})
    assert falling.b == 0 and falling.c > 0
    late = fit_rising(km, {name: 2 * x - 3 for name, x in km.items()})
    assert late.a == 0 and late.b > 0


def test_the_shipped_fits_are_those_of_the_shipped_times(tmp_path):
    calibrate_england(DATA, tmp_path)
    assert (tmp_path / "travel_fit_england.csv").read_bytes() == (
        DATA / "travel_fit_england.csv"
    ).read_bytes()
