"""The bid of each system: one provider that stands for its trusts, and the centres dealt to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebuilder.inputs.dm01.names import read_labels
from casebuilder.inputs.dm01.starting import read_season
from casebuilder.inputs.files.tables import numbers
from casebuilder.inputs.start.shipped import shipped
from casebuilder.inputs.start.tests import ReferenceTest, read_tests
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.dm01.read import SYSTEM
from casebuilder.tasks.england.regions import BUILDING_REGIONS, NHS_REGIONS
from casebuilder.tasks.england.shipped import data_folder, rows_of, tables
from casebuilder.tasks.new.assemble import COVER, EXCESS, curve
from casebuilder.tasks.new.bid import Bid, BidSite, BidTrust, Filled, Fit
from casebuilder.tasks.new.chapters.system import FILE, KIND
from casebuilder.tasks.new.fill import KINDS
from casebuilder.tasks.systems.demand import data, list_rows, shared
from casebuilder.tasks.systems.openings import Centre, centres

_BEFORE = "2018-03 to 2020-02"
_NO_FIT = Fit(0, 0, 0, 0, 0)
_DIGITS = 3


def bids(hours: Mapping[str, float] | None = None) -> dict[str, Bid]:
    """By code the bid of every system.

    Parameters
    ----------
    hours
        By group of tests the hours a day of its rooms; by default those that are set.
    """
    given, own = shipped(FILE), shared()
    rooms = {test: float(count) for test, count in _standard()["rooms"].items()}
    tests = tuple(test for test in read_tests().values() if test.id in rooms)
    rows = list_rows(tests)
    every = centres(own.tests, float(given["centres"]["beside_hospital"]))
    labels, regions = system_names(), _regions()
    return {
        code: _bid(code, labels[code], regions[code], tests, rows[code], _of(every, code), rooms, hours or {})
        for code in own.systems
    }


def system_names() -> dict[str, str]:
    """The systems by their code, without the words that all have."""
    labels = read_labels(data_folder() / tables().tables.board_names.file, SYSTEM)
    return {code: name.removeprefix("NHS ").removesuffix(" ICB") for code, name in labels.items()}


def own_hours(hours: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """By test the hours a day and days a week of its rooms."""
    given = shipped(FILE)["hours"]
    return {
        test: (float(hours.get(name, group["hours"])), float(given["days"]))
        for name, group in given["groups"].items()
        for test in group["tests"]
    }


def _standard() -> Mapping[str, Any]:
    """The rooms and hours of a centre."""
    found: Mapping[str, Any] = shipped(KINDS)[shipped(FILE)["centres"]["kind"]]["first"]
    return found


def _of(every: list[Centre], code: str) -> list[Centre]:
    return [centre for centre in every if centre.system == code]


def _regions() -> dict[str, str]:
    """The region of each system, as DM01 has it."""
    rows = rows_of(tables().tables.waits_boards_later.file, ("icb", "region"))
    return {code: NHS_REGIONS[region] for code, region in set(rows) if region in NHS_REGIONS}


def _bid(
    code: str,
    name: str,
    region: str,
    tests: tuple[ReferenceTest, ...],
    rows: list[Any],
    own: list[Centre],
    rooms: Mapping[str, float],
    hours: Mapping[str, float],
) -> Bid:
    """The bid of one system."""
    given, standard, id = data(), _standard(), provider_id(code)
    sites = tuple(
        BidSite(
            id=f"centre_{number}",
            name=f"Centre {number}",
            latitude=0.0,
            longitude=0.0,
            building=centre.building,
            gross_area=0.0,
            leased=False,
            beside_hospital=centre.beside_hospital,
            opens=centre.opens,
            hours=float(standard["hours"]),
            days=float(standard["days"]),
            host=id,
            rooms=rooms,
        )
        for number, centre in enumerate(own, 1)
    )
    factors = {each: factor for (each,), (factor,) in _building_factors().items()}
    known = [factors[each] for each in BUILDING_REGIONS[region]]
    return Bid(
        title=name,
        system=name,
        region=region.replace("_", " ").title().replace(" And ", " and ").replace(" Of ", " of "),
        kind=KIND,
        base_year=given["base_year"],
        last_month=given["last"],
        months=int(given["months"]),
        horizon=int(given["horizon"]),
        location_factor=round(sum(known) / len(known), _DIGITS),
        market_forces=None,
        trusts=(BidTrust(id, code, f"Trusts of {name}"),),
        sites=sites,
        tests=tests,
        lists=tuple(rows),
        places=(),
        fit=_NO_FIT,
        catchment={site.id: {id: 1.0} for site in sites},
        network_share={id: 1.0},
        cover=curve(COVER, "weeks", ("months", _BEFORE), tests),
        excess=curve(EXCESS, "excess", ("month", given["lists"]), tests),
        season=read_season(data_folder()),
        filled=_filled(own),
        made_by="casebuilder england from the DM01 that ships",
        answered="Assumptions of the portfolio england (docs/england_portfolio.md)",
        lists_from=(
            f"DM01 of England by test, {given['first']} to {given['last']}, lists of {given['lists']}, by"
            f" the share of the system's board in {given['shares_first']} to {given['shares_last']}"
        ),
        own_hours=own_hours(hours),
    )


def _building_factors() -> Mapping[tuple[str, ...], tuple[float, ...]]:
    return numbers(data_folder() / "building_regions.csv", ("region",), ("factor",))


def _filled(own: list[Centre]) -> tuple[Filled, ...]:
    """What stands for what in the case."""
    return (
        Filled("trusts", "one provider stands for all trusts whose patients the system's board pays for"),
        Filled("lists and tests", "England's by test before the pandemic, by the system's share of the test"),
        Filled(
            f"{len(own)} centres",
            "number by the system's share of England's tests, openings by how many were open",
        ),
        Filled("people, places and journeys", "left out: nothing that ships maps districts to systems"),
        Filled("market forces", "1: nothing that ships maps providers to systems"),
    )
