"""Which districts a case is about, and whose patients its sites see."""

from __future__ import annotations

import csv
import re

import pytest

from casebuilder.errors import CaseError
from casebuilder.resources import resource
from casebuilder.tasks.england.catchment import Catchment, catchment
from casebuilder.tasks.england.places import locate
from casebuilder.tasks.england.trusts import find_trust

DATA = resource("assumptions/reference/data")


def of(trusts: list[str], sites: dict[str, str]) -> Catchment:
    return catchment(
        [find_trust(text) for text in trusts], {id: locate(where) for id, where in sites.items()}
    )


def test_cornwall_has_its_own_patients_alone():
    found = of(["REF"], {"truro": "Truro", "bodmin": "Bodmin"})
    assert found.names == ("Cornwall", "Isles of Scilly")
    assert found.shares == {("truro", "REF"): 1.0, ("bodmin", "REF"): 1.0}
    assert found.how == {"REF": "distance"}
    # The east of Cornwall is nearer to Plymouth.
    cornwall = found.districts[0]
    assert 0.7 < cornwall.share < 0.85
    assert cornwall.sites == ("truro", "bodmin")


@pytest.mark.parametrize(
    ("trusts", "true", "also"),
    [
        (
            ["RBL", "RBN", "RBT", "REM", "RJR", "RWW", "RJN"],
            "Cheshire East,Cheshire West and Chester,Halton,Knowsley,Liverpool,Sefton,St. Helens,"
            "Warrington,Wirral",
            {"West Lancashire", "High Peak"},
        ),
        (
            ["RM1", "RGP", "RCX"],
            "Breckland,Broadland,East Suffolk,Great Yarmouth,King's Lynn and West Norfolk,North Norfolk,"
            "Norwich,South Norfolk",
            set(),
        ),
        (
            ["RXL", "RXR", "RXN", "RTX"],
            "Barrow-in-Furness,Blackburn with Darwen,Blackpool,Burnley,Chorley,Fylde,Hyndburn,Lancaster,"
            "Pendle,Preston,Ribble Valley,Rossendale,South Lakeland,South Ribble,West Lancashire,Wyre",
            set(),
        ),
    ],
)
def test_hospitals_find_the_districts_of_three_systems(trusts: list[str], true: str, also: set[str]):
    """As `england_choices.csv` says: 32 of 33 districts and two others.

    West Lancashire is of one system, and its nearest hospital, Southport, of another's trust.
    """
    found = set(of(trusts, {}).names)
    lost = set(true.split(",")) - found
    assert lost == ({"West Lancashire"} if "RXR" in trusts else set())
    assert found - set(true.split(",")) == also


def test_shares_of_a_site_add_up_to_one():
    found = of(
        ["RBL", "RBN", "RBT", "REM", "RJR", "RWW", "RY7", "RBS", "REN"],
        {"southport": "Southport", "northwich": "Northwich", "birkenhead": "Birkenhead"},
    )
    for site in ("southport", "northwich", "birkenhead"):
        shares = [share for (at, _), share in found.shares.items() if at == site]
        assert len(shares) == 9
        assert sum(shares) == pytest.approx(1, abs=1e-12)
        assert all(0 <= share <= 1 for share in shares)
    # Each centre sees most of the trust whose hospital is next to it.
    assert found.shares["northwich", "RBT"] > 0.5
    assert found.shares["birkenhead", "RBL"] > 0.3
    assert found.shares["southport", "RBN"] > 0.6 > 0.01 > found.shares["southport", "RBT"]


def test_a_trust_without_a_place_and_a_specialist_one_go_by_activity():
    """Wirral's community trust has no hospital in the data, and of Alder Hey nobody suits a centre."""
    found = of(["RBL", "RY7", "RBS"], {"birkenhead": "Birkenhead", "hoylake": "Hoylake"})
    assert found.how == {"RBL": "distance", "RY7": "activity", "RBS": "activity"}
    arrowe_park, community = find_trust("RBL").list_tests, find_trust("RY7").list_tests
    for site in ("birkenhead", "hoylake"):
        assert found.shares[site, "RY7"] == pytest.approx(community / (arrowe_park + community), abs=1e-4)
        assert found.shares[site, "RBS"] == 0
    notes = "\n".join(found.notes)
    assert "Wirral Community Health and Care NHS Foundation Trust: shares by tests from its list" in notes
    assert "specialist (children)" in notes


@pytest.mark.parametrize(
    ("trust", "site"), [("RPA", "Chatham"), ("RXC", "Hastings"), ("RHM", "Southampton"), ("RTH", "Oxford")]
)
def test_no_trust_of_another_system_is_named_for_being_of_the_same_region(trust: str, site: str):
    """Of a trust without a place, such as Southern Health, the data know a region and no system."""
    assert not any("Southern Health" in note for note in of([trust], {"centre": site}).notes)


def test_a_place_that_is_given_turns_activity_into_distance():
    """Wirral's community trust, given a place in Wallasey."""
    community = find_trust("RY7").placed("Wallasey", 53.4157, -3.0459)
    sites = {"wallasey": locate("Wallasey"), "heswall": locate("Heswall")}
    found = catchment([find_trust("RBL"), community], sites)
    assert found.how == {"RBL": "distance", "RY7": "distance"}
    assert found.shares["wallasey", "RY7"] > 0.5 > found.shares["heswall", "RY7"]


def test_a_company_that_is_given_a_place_goes_by_distance_a_specialist_trust_does_not():
    company = find_trust("Bishops Wood Hospital").placed("Northwood", 51.6149, -0.4458)
    marsden = find_trust("RPY").placed("Chelsea", 51.4906, -0.1726)
    found = catchment([find_trust("RAS"), company, marsden], {"uxbridge": locate("Uxbridge")})
    assert found.how == {"RAS": "distance", "NT405": "distance", "RPY": "activity"}
    assert company.notes == ("Bishops Wood Hospital was given a hospital: Northwood, 51.6149, -0.4458",)


def test_a_hospital_that_is_given_stands_for_those_in_the_data():
    """Barts with Newham alone: Tower Hamlets is nearer to others then."""
    barts = find_trust("R1H").placed("Newham", 51.5228, 0.0347)
    assert "Tower Hamlets" in of(["R1H"], {}).names
    assert "Newham" in catchment([barts], {}).names
    assert "Hackney" not in catchment([barts], {}).names


def test_no_hospital_with_a_place_leaves_the_districts_of_the_sites():
    found = of(["RY7"], {"town": "Birkenhead"})
    assert found.names == ("Wirral",)
    assert found.shares == {("town", "RY7"): 1.0}
    assert of(["RY7"], {}).names == ()


def test_two_sites_in_one_place_have_the_same_patients():
    found = of(["RTD", "R0B"], {"one": "Newcastle upon Tyne", "two": "Newcastle upon Tyne"})
    assert found.shares["one", "RTD"] == found.shares["two", "RTD"] > 0.4


def test_districts_left_out_by_a_little_are_told():
    found = of(["R0B"], {"sunderland": "Sunderland"})
    assert "Sunderland" in found.names
    assert any("Left out" in note and "County Durham" in note for note in found.notes)


def test_people_count_less_the_longer_the_road_by_the_decay_of_the_reference_set():
    """`access.distance_decay`, of which this table has a copy so that no model need be loaded."""
    with (DATA / "england_choices.csv").open(encoding="utf-8") as file:
        own = {row["what"]: row for row in csv.DictReader(file)}["site_decay_minutes"]
    given = (DATA.parent / "access.yaml").read_text(encoding="utf-8").partition("distance_decay:")[2]
    assert re.search(r"value: (\S+)", given)[1] == own["value"]
    assert re.search(r"range: \[(.+?)\]", given)[1].split(", ") == [own["low"], own["high"]]


def test_the_shares_of_cheshire_and_merseyside_are_near_those_that_were_judged():
    """The case's own shares were set by nearness, by people: the largest trust of a site is the same."""
    judged = {  # the site, where it stands, the trust that the case gives most of it, and how much
        "st_helens": ("53.451, -2.731", "RBN", 0.75),
        "clatterbridge": ("53.333, -3.025", "RBL", 0.75),
        "ellesmere_port": ("53.271, -2.904", "RJR", 0.75),
        "northwich": ("53.260, -2.508", "RBT", 0.85),
        "liverpool_womens": ("53.399, -2.961", "REM", 0.7),
        "southport": ("53.634, -2.978", "RBN", 0.85),
        "paddington": ("53.406, -2.956", "REM", 0.7),
        "east_cheshire": ("53.262, -2.139", "RJN", 0.8),
        "south_sefton": ("53.448, -2.990", "REM", 0.8),
    }
    trusts = [
        find_trust(code) for code in ("RBL", "RBN", "RBT", "REM", "RJR", "RWW", "RJN", "RBS", "REN", "RBQ")
    ]
    found = catchment(trusts, {site: locate(at) for site, (at, _, _) in judged.items()})
    for site, (_, code, share) in judged.items():
        mine = {trust.code: found.shares[site, trust.code] for trust in trusts}
        assert max(mine, key=lambda each: mine[each]) == code, site
        assert mine[code] == pytest.approx(share, abs=0.3), site


def test_no_trust_and_a_trust_twice_are_refused():
    with pytest.raises(CaseError, match="needs a trust"):
        catchment([], {})
    with pytest.raises(CaseError, match="REF stands twice"):
        of(["REF", "Royal Cornwall Hospitals"], {})
