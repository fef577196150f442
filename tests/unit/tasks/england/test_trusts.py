"""Trusts are found by code and name, with their hospitals, regions and those that joined them."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

import pytest

from casebuilder.errors import CaseError
from casebuilder.resources import resource
from casebuilder.tasks.england.trusts import find_trust, former_names, into_today, mergers, trusts

DATA = resource("assumptions/reference/data")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a shipped table."""
    path = DATA / name
    text = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    return list(csv.DictReader(text.decode("utf-8").splitlines()))


NAMES = {row["provider"]: row["name"] for row in table("dm01_provider_names_2023_26.csv")}
RETURNS = table("dm01_providers_2023_25.csv.gz")


def gone(code: str) -> bool:
    return code in {row["code"] for row in table("dm01_mergers.csv")} | {"RQ6", "RVY"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("R0A", "R0A"),
        ("r0a", "R0A"),
        ("Manchester University NHS Foundation Trust", "R0A"),
        ("manchester university", "R0A"),
        ("Guy's & St Thomas'", "RJ1"),
        ("GUYS AND ST THOMAS NHS FOUNDATION TRUST", "RJ1"),
        ("The Royal Marsden", "RPY"),
        ("Royal Cornwall Hospitals", "REF"),
        ("South Tyneside and Sunderland", "R0B"),
        ("Barts", "R1H"),
        ("Duchy Hospital ", None),
        ("Bishops Wood Hospital", "NT405"),
    ],
)
def test_a_trust_is_found_however_its_name_is_typed(text: str, code: str | None):
    if code is None:  # two providers are called so
        with pytest.raises(CaseError, match=r"NVC04.*NT447"):
            find_trust(text)
    else:
        assert find_trust(text).code == code


def test_every_provider_with_a_list_is_found_by_its_code_and_by_its_name():
    """Those of the last year with a list; where two are called the same both are offered."""
    listed = {
        row["provider"]
        for row in RETURNS
        if row["month"] >= "2024-04" and row["waiting_list"] not in ("", "0")
    }
    same = Counter(NAMES[code].lower() for code in NAMES)
    assert len(listed) > 380
    for code in listed - {c for c in listed if gone(c)}:
        assert find_trust(code.lower()).code == code
        if same[NAMES[code].lower()] == 1:
            assert find_trust(NAMES[code]).code == code, NAMES[code]
        else:
            with pytest.raises(CaseError, match=code):
                find_trust(NAMES[code])


def test_a_part_of_a_name_that_several_have_is_refused_with_both():
    with pytest.raises(CaseError) as told:
        find_trust("Cornwall")
    assert "Royal Cornwall Hospitals NHS Trust (REF)" in str(told.value)
    assert "Cornwall Partnership NHS Foundation Trust (RJ8)" in str(told.value)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Croyden", "Croydon Health Services NHS Trust (RJ6)"),
        ("Sandwel and West Birmingam Hospitals", "RXK"),
        ("Truro", "it is a hospital of Royal Cornwall Hospitals NHS Trust (REF)"),
        ("Duchy", "NVC04"),
        ("Kent and Medway NHS and Social Care Partnership", "Medway NHS Foundation Trust (RPA)"),
        ("Derbyshire Community Health Services", "Derby and Burton NHS Foundation Trust (RTG)"),
        ("Norfolk Community Health and Care NHS Trust", "Norfolk and Norwich University Hospitals"),
        ("Oxford Health", "Oxford University Hospitals NHS Foundation Trust (RTH)"),
        ("zzzz", "give its ODS code"),
        ("", "give its ODS code"),
    ],
)
def test_what_is_no_trust_is_refused_with_what_is_near(text: str, offered: str):
    with pytest.raises(CaseError) as told:
        find_trust(text)
    assert "is no provider of DM01" in str(told.value)
    assert offered in str(told.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RXH", "RYR"),
        ("Brighton and Sussex University Hospitals NHS Trust", "RYR"),
        ("RQ6", "REM"),
        ("RVY", "RBN"),
        ("City Hospitals Sunderland", "R0B"),
        ("North Middlesex", "RAL"),
    ],
)
def test_a_trust_that_joined_another_is_answered_with_that_one_and_says_so(text: str, code: str):
    trust = find_trust(text)
    assert trust.code == code
    assert len(trust.merged) >= 1
    assert any("joined" in note and code in note for note in trust.notes)


def test_all_hospitals_have_a_trust_of_today():
    """129 hospitals of 2022 and 50 more, each with one trust that DM01 knows, some by a code that merged."""
    rows = table("acute_hospitals_england.csv")
    assert len(rows) == 129
    more = table("more_acute_hospitals.csv")
    assert len(more) == 50 and not {r["postcode"] for r in more} & {r["postcode"] for r in rows}
    rows += more
    owners = Counter(into_today(row["provider"]) for row in rows)
    assert set(owners) <= set(trusts())
    for code, number in owners.items():
        assert len(trusts()[code].hospitals) == number
    assert sum(len(trust.hospitals) for trust in trusts().values()) == 179


def test_hospitals_of_trusts_that_merged_are_those_of_the_one_they_joined():
    names = {hospital.name for hospital in find_trust("R0B").hospitals}
    assert names == {"Sunderland", "South Tyneside"}
    assert {hospital.name for hospital in find_trust("RAJ").hospitals} == {
        "Basildon",
        "Chelmsford",
        "Southend",
    }


def test_trusts_that_are_gone_lead_to_one_that_is_there_and_have_a_name():
    names = {code for code, _ in former_names()}
    for code, merger in mergers().items():
        assert into_today(code) in trusts(), code
        assert code not in trusts() and code in names, code
        assert len(merger.first_month) == 7


@pytest.mark.parametrize("code_and_name", former_names(), ids=lambda each: each[0])
def test_every_name_of_old_is_found_and_says_what_became_of_it(code_and_name: tuple[str, str]):
    code, name = code_and_name
    found = find_trust(name)
    assert found.code == into_today(code)
    assert any(("joined" if code in mergers() else "is called") in note for note in found.notes)


@pytest.mark.parametrize(
    ("code", "region", "building"),
    [
        ("R1H", "london", "inner_london"),
        ("RAS", "london", "outer_london"),
        ("RPY", "london", None),
        ("R1K", "london", "outer_london"),
        ("REF", "south_west", "south_west"),
        ("RYR", "south_east", "south_east"),
        ("RX1", "midlands", "east_midlands"),
        ("RRK", "midlands", "west_midlands"),
        ("RM1", "east_of_england", "east_of_england"),
        ("R0A", "north_west", "north_west"),
        ("RTD", "north_east_and_yorkshire", "north_east"),
        ("RR8", "north_east_and_yorkshire", "yorkshire_humber"),
        (
            "RNN",
            "north_east_and_yorkshire",
            "north_west",
        ),  # Carlisle: Cumbria is of the North West to builders
    ],
)
def test_a_trust_of_each_region(code: str, region: str, building: str | None):
    assert find_trust(code).region == region
    assert find_trust(code).building_region == building


def test_building_regions_are_those_of_the_table_of_factors():
    found = {trust.building_region for trust in trusts().values()} - {None}
    assert found <= {row["region"] for row in table("building_regions.csv")}
    assert found == {row["region"] for row in table("district_regions.csv")}


def test_tests_from_the_list_are_of_the_last_twelve_months_with_those_who_joined():
    """Royal Free with North Middlesex, which joined it in January 2025."""
    mine = [row for row in RETURNS if row["month"] >= "2024-04" and row["provider"] in ("RAL", "RAP")]
    assert find_trust("RAL").list_tests == sum(float(row["waiting_list_activity"] or 0) for row in mine)


def test_specialist_trusts_are_known_and_of_the_data():
    for row in table("specialist_trusts.csv"):
        trust = find_trust(row["code"])
        assert trust.specialist and trust.kind == row["kind"]
        assert float(row["low"]) <= float(row["suited"]) <= float(row["high"])
    assert not find_trust("R1H").specialist
    assert not find_trust("NT405").specialist


def test_a_trust_that_is_given_a_place_has_its_hospital_there():
    """The Royal Marsden has none in the data, and London has two building regions."""
    trust = find_trust("RPY").placed("Chelsea", 51.4906, -0.1726)
    assert [(h.name, h.latitude) for h in trust.hospitals] == [("Chelsea", 51.4906)]
    assert find_trust("RPY").building_region is None
    assert trust.building_region == "inner_london"


def test_a_name_reads_as_people_write_it():
    assert find_trust("RP4").name == "Great Ormond Street Hospital for Children NHS Foundation Trust"
    assert find_trust("RF4").name == "Barking, Havering and Redbridge University Hospitals NHS Trust"
    assert find_trust("RHU").name == "Portsmouth Hospitals University NHS Trust"
