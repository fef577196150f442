"""Access on the CMAST case: the lines against a count of every small area, and a journey by hand."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml

from casebuilder.calibrate.travel import calibrate_travel, kilometres, read_neighbourhoods
from casebuilder.case import load_case
from casebuilder.resources import resource
from tests.published.support import work_out

DATA = resource("assumptions/reference/data")
SMALL_AREAS = "lsoa_3systems_travel_minutes.csv.gz"


@cache
def cmast():
    return load_case("cmast")


def test_tables_are_what_the_small_areas_say(tmp_path: Path) -> None:
    """Running the fit and the adding up again gives the shipped tables."""
    (tmp_path / "cases" / "cmast").mkdir(parents=True)
    (tmp_path / "reference" / "data").mkdir(parents=True)
    calibrate_travel(DATA, tmp_path)
    for name in ("neighbourhoods.csv", "neighbourhood_people.csv", "place_quintiles.csv"):
        shipped = resource(f"assumptions/cases/cmast/data/{name}")
        assert (tmp_path / "cases" / "cmast" / "data" / name).read_text() == shipped.read_text()
    fit = tmp_path / "reference" / "data" / "travel_fit.csv"
    assert fit.read_text() == (DATA / "travel_fit.csv").read_text()


@pytest.mark.parametrize("threshold", [15, 20, 30])
def test_share_near_agrees_with_every_small_area(threshold: int) -> None:
    """By 323 places within 2 points of 1,562 small areas; by 30 minutes within half a point."""
    results = load_case("cmast", sets=[f"access.near_minutes={threshold}"]).results
    assumed = yaml.safe_load(resource("assumptions/cases/cmast/access.yaml").read_text(encoding="utf-8"))
    a, b, c = (assumed[f"fit_{name}"]["value"] for name in ("constant", "per_km", "per_root_km"))
    at, along = assumed["site_latitude"]["values"], assumed["site_longitude"]["values"]
    places = [(at[site], along[site]) for site in at]
    areas = [area for area in read_neighbourhoods(DATA / SMALL_AREAS) if area.system == "C&M"]
    latitude = np.array([area.latitude for area in areas])
    longitude = np.array([area.longitude for area in areas])
    people = np.array([area.population for area in areas])
    nearest = np.array([min(area.minutes.values()) for area in areas])
    for site in places:
        km = kilometres(latitude, longitude, site, float(np.average(latitude)))
        nearest = np.minimum(nearest, np.maximum(a + b * km + c * np.sqrt(km), 0))
    direct = people[nearest <= threshold].sum() / people.sum()
    within = 0.005 if threshold == 30 else 0.02
    assert results.value("access.share_near", "preferred") == pytest.approx(direct, abs=within)


def test_the_baseline_is_the_acute_hospitals_alone() -> None:
    """With no centre, nobody is near one, and the nearest is the hospital."""
    value = cmast().results.value
    assert value("access.share_near_centre", "bau") == 0
    assert value("access.share_near", "bau") == pytest.approx(0.994, abs=5e-4)  # docs/travel.md, by place
    assert value("access.share_near", "preferred") >= value("access.share_near", "bau")


def test_a_journey_by_hand() -> None:
    """Three kilometres north and four east are five; 2 + 1 × 5 + 3 × √5 minutes."""
    answer = work_out(
        ["access.minutes", "access.centre_minutes", "access.nearest_minutes", "access.near"],
        {
            "access.place_latitude": 53.0,
            "access.place_longitude": -3.0,
            "access.site_latitude": 53.03,
            "access.site_longitude": -2.95,
            "access.km_per_latitude": 100.0,
            "access.km_per_longitude": 80.0,
            "access.fit_constant": 2.0,
            "access.fit_per_km": 1.0,
            "access.fit_per_root_km": 3.0,
            "access.farthest_minutes": 999.0,
            "access.acute_minutes": 20.0,
            "access.near_minutes": 15.0,
            "estate.included": 1.0,
        },
        members={"place": ("here",)},
        by_option={"preferred": {"estate.included": 0.0}},
    )
    assert answer("access.minutes") == pytest.approx(7 + 3 * math.sqrt(5))
    assert (answer("access.near"), answer("access.near", "preferred")) == (1, 0)
    assert answer("access.centre_minutes", "preferred") == 999
    assert answer("access.nearest_minutes", "preferred") == 20
