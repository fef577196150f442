"""A place is found by latitude and longitude, district, town or hospital; what is unclear is refused."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

import pytest

from casebuilder.errors import CaseError
from casebuilder.resources import resource
from casebuilder.tasks.england.districts import all_districts, districts, find_districts
from casebuilder.tasks.england.places import locate
from casebuilder.tasks.england.regions import building_region

DATA = resource("assumptions/reference/data")


@pytest.mark.parametrize(
    ("text", "district", "north", "east"),
    [
        ("50.265, -5.09", "Cornwall", 50.265, -5.09),
        ("51.517 −0.059", "Tower Hamlets", 51.517, -0.059),
        ("54.9,-1.4", "Sunderland", 54.9, -1.4),
        ("Truro", "Cornwall", 50.265, -5.054),
        ("truro hospital", "Cornwall", 50.2666, -5.0943),
        ("Penzance", "Cornwall", 50.119, -5.537),
        ("Whitby", "Scarborough", 54.488, -0.615),
        ("UCL", "Camden", 51.525, -0.137),
        ("NG51PB", "Nottingham", 52.991, -1.160),
        ("Berwick-upon-Tweed", "Northumberland", 55.769, -2.005),
        ("Kings Lynn", "King's Lynn and West Norfolk", 52.752, 0.395),
    ],
)
def test_where_it_is(text: str, district: str, north: float, east: float):
    found = locate(text)
    assert found.district == district
    assert (found.latitude, found.longitude) == pytest.approx((north, east), abs=0.001)


@pytest.mark.parametrize(
    "typed", ["Tower Hamlets", "tower hamlets", "TOWER  HAMLETS", "Tower-Hamlets", " tower hamlets "]
)
def test_a_district_is_where_its_people_live_on_average(typed: str):
    """Reckoned from the table by hand: the sum of people × degrees over the sum of people."""
    text = gzip.decompress((DATA / "neighbourhoods_england.csv.gz").read_bytes()).decode("utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["lad_name"] == "Tower Hamlets"]
    people = sum(float(row["population"]) for row in rows)
    found = locate(typed)
    assert found.latitude == pytest.approx(
        sum(float(r["population"]) * float(r["lat"]) for r in rows) / people
    )
    assert found.longitude == pytest.approx(
        sum(float(r["population"]) * float(r["long"]) for r in rows) / people
    )
    assert "live on average" in found.how
    assert found.district == "Tower Hamlets"


def test_every_district_is_found_by_its_own_name_and_lies_in_itself():
    """317 districts; a name that two places share must say which, and the words offered are understood."""
    assert len(districts()) == 317
    unclear = []
    for name in districts():
        assert find_districts(name) == (name,)
        try:
            assert locate(name).district == name
        except CaseError:
            unclear.append(name)
            assert locate(f"{name}, {name}").district == name
    assert unclear == ["Ashford"]


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("Newport", ["'Newport, Isle of Wight'", "'Newport, Telford and Wrekin'"]),
        ("Richmond", ["'Richmond upon Thames'", "'Richmond, Richmondshire'"]),
        ("Ashford", ["'Ashford, Ashford'", "'Ashford, Spelthorne'"]),
        ("Newcastle", ["'Newcastle upon Tyne'", "'Newcastle-under-Lyme'"]),
        ("St Ives", ["'Saint Ives, Huntingdonshire'", "'St Ives, Cornwall'"]),
        ("Nottingham hospital", ["'52.943, -1.186' (in Nottingham)", "'52.991, -1.160' (in Nottingham)"]),
    ],
)
def test_a_name_of_several_is_refused_and_what_is_offered_is_understood(text: str, choices: list[str]):
    with pytest.raises(CaseError) as told:
        locate(text)
    places = []
    for choice in choices:
        assert choice in str(told.value)
        places.append(locate(choice.split("'")[1]))
    assert len({(place.latitude, place.longitude) for place in places}) == len(choices)


def test_a_far_smaller_namesake_is_passed_over_and_told():
    found = locate("Gillingham")
    assert found.district == "Medway"
    assert found.notes == ("another Gillingham lies in Dorset: it was passed over, being far smaller",)
    assert locate("Gillingham, Dorset").district == "Dorset"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Penzanse", "did you mean Penzance?"),
        ("Birmingam", "did you mean Birmingham"),
        ("N1 9GU", "of postcodes only those of its hospitals are known"),
        ("-5.05, 50.26", "latitude comes first"),
        ("51.48, -3.18", "is not in England"),  # Cardiff
        ("55.95, -3.19", "is not in England"),  # Edinburgh
        ("0, 0", "is not in England"),
        ("Norfolk", "is a county, too large for a place"),
        ("Newport, Cornwall", "no Newport of the tables lies in Cornwall"),
        ("Newport, Cornwal", "'Cornwal' is no district or county of England; did you mean Cornwall"),
        ("qqqq", "give latitude and longitude"),
        ("", "give latitude and longitude"),
    ],
)
def test_what_is_no_place_is_refused_with_the_way_out(text: str, told: str):
    with pytest.raises(CaseError) as error:
        locate(text)
    assert told in str(error.value)


def test_a_district_made_since_2019_is_its_parts_and_says_so():
    found = locate("Buckinghamshire")
    assert "Aylesbury Vale, Chiltern, South Bucks, Wycombe" in found.notes[0]
    assert find_districts("North Northamptonshire") == (
        "Corby",
        "East Northamptonshire",
        "Kettering",
        "Wellingborough",
    )


def test_a_county_stands_for_its_districts_and_every_name_that_is_none_is_told():
    assert all_districts(["Norwich", "norfolk"]) == find_districts("Norfolk")
    assert len(find_districts("Norfolk")) == 7
    with pytest.raises(CaseError) as told:
        all_districts(["Norwitch", "Norfolk", "Ipswitch"])
    assert "did you mean Norwich" in str(told.value) and "did you mean Ipswich" in str(told.value)


def test_districts_of_other_names_are_districts_of_the_data():
    with (DATA / "district_other_names.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["district"] for row in rows} <= set(districts())


def test_there_are_as_many_districts_in_each_region_as_the_office_for_national_statistics_counts():
    """Local authority districts by region at the end of 2019: 12, 39, 21, 40, 30, 45, 33, 67 and 30."""
    with (DATA / "district_regions.csv").open(encoding="utf-8") as file:
        count = Counter(row["region"] for row in csv.DictReader(file))
    assert count == {
        "north_east": 12,
        "north_west": 39,
        "yorkshire_humber": 21,
        "east_midlands": 40,
        "west_midlands": 30,
        "east_of_england": 45,
        "inner_london": 13,
        "outer_london": 20,
        "south_east": 67,
        "south_west": 30,
    }


@pytest.mark.parametrize(
    ("north", "east", "region"),
    [
        (51.51, -0.13, "inner_london"),
        (51.38, -0.10, "outer_london"),  # Croydon
        (53.38, -1.47, "yorkshire_humber"),
        (53.24, -1.43, "east_midlands"),  # Chesterfield
        (52.48, -1.89, "west_midlands"),
        (54.97, -1.61, "north_east"),
        (54.89, -2.93, "north_west"),  # Carlisle
        (52.63, 1.29, "east_of_england"),
        (51.75, -1.26, "south_east"),
        (50.72, -3.53, "south_west"),
    ],
)
def test_the_building_region_of_a_point(north: float, east: float, region: str):
    assert building_region(north, east) == region


def test_towns_lie_in_england_and_have_their_attribution():
    with (DATA / "towns_england.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 3_500
    assert all(49.8 < float(r["latitude"]) < 55.9 and -6.5 < float(r["longitude"]) < 1.9 for r in rows)
    assert "CC BY 4.0" in (DATA / "README.md").read_text(encoding="utf-8")
