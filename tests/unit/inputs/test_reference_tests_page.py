"""The page of the reference tests says what the catalogue and the reference set have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from casebuilder.inputs.start.asked import read_rates
from casebuilder.inputs.start.tests import ReferenceTest, read_tests

ROOT = Path(__file__).parents[3]
OFFERED_BY = {"must": "all", "large": "large", "may": "some"}


def rows() -> list[list[str]]:
    """The cells of the page's first table."""
    text = (ROOT / "docs" / "tests.md").read_text(encoding="utf-8").split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def reference(chapter: str, name: str) -> Any:
    """A block of the reference set as it is written."""
    text = (ROOT / "assumptions" / "reference" / f"{chapter}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)[name]


def of(chapter: str, name: str, test: str) -> Any:
    """A test's value, or that of others."""
    values = reference(chapter, name)["values"]
    return values.get(test, values.get("others"))


def minutes(test: str) -> float:
    """By points of a list, or the mean over the mix of examinations."""
    points = of("throughput", "list_points", test)
    a_list, hours = (reference("throughput", name)["value"] for name in ("points_a_list", "hours_a_list"))
    if points:
        return float(points / a_list * hours * 60)
    shares, each = (of("throughput", f"examination_{name}", test) for name in ("share", "minutes"))
    return float(sum(shares[kind] * each[kind] for kind in shares) / sum(shares.values()))


def hours(test: str) -> str:
    """Hours a day and days a week of its own, or the site's."""
    day, week = (
        reference("throughput", name)["values"]["others"]
        for name in ("own_hours_per_day", "own_days_per_week")
    )
    return f"{day[test]} × {week[test]}" if day.get(test, day["others"]) else "site"


def asked(test: ReferenceTest) -> str:
    """Where what is asked for comes from."""
    if test.dm01:
        return "DM01"
    return "imaging dataset" if test.did else f"{read_rates()[test.id].per_1000:g} per 1,000"


def test_the_page_says_what_the_reference_set_has() -> None:
    """Every test, in the catalogue's order, with all that its row says."""
    expected = [
        [
            test.label,
            f"`{test.id}`",
            OFFERED_BY[test.offer],
            f"{of('estate', 'room_area', test.id)} + {of('estate', 'suite_area', test.id)}",
            f"{minutes(test.id):.3g}",
            hours(test.id),
            f"{of('income', 'unit_price', test.id):.2f}",
            asked(test),
        ]
        for test in read_tests().values()
    ]
    assert rows() == expected


def test_hours_of_their_own_are_those_of_the_catalogue() -> None:
    for test in read_tests().values():
        assert (hours(test.id) != "site") == test.own_hours
