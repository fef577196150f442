"""The whole bid from its answers: trusts, sites, lists from DM01, places, catchments and curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from casebuilder.calibrate.travel_england import Hospital
from casebuilder.errors import CaseError
from casebuilder.inputs.dm01.starting import read_season
from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.files.tables import numbers
from casebuilder.inputs.in_memory import months_before
from casebuilder.inputs.shape.calendar import month_number
from casebuilder.inputs.start.answers import Answered
from casebuilder.inputs.start.shipped import shipped
from casebuilder.inputs.start.tests import ReferenceTest, read_tests
from casebuilder.tasks.dm01.baseline import Baseline, baseline, shipped_rows
from casebuilder.tasks.england.catchment import Catchment, catchment
from casebuilder.tasks.england.market_forces import market_forces
from casebuilder.tasks.england.neighbourhoods import choose_grain, neighbourhoods, travel_fit
from casebuilder.tasks.england.places import Location
from casebuilder.tasks.england.shipped import data_folder, tables
from casebuilder.tasks.england.trusts import Trust
from casebuilder.tasks.england.uncounted import people_served, uncounted
from casebuilder.tasks.new.bid import Bid, BidSite, BidTrust, Filled, Fit, ListRow, PlaceRow
from casebuilder.tasks.new.chapters.digital import hospital_tests
from casebuilder.tasks.new.fill import Filling, check_funds, first_months, kind_of, sites_of, trusts_of
from casebuilder.tasks.new.rounding import rounded_shares
from casebuilder.tasks.new.within import check_months, check_sizes

SHARES = "shares.yaml"
COVER, EXCESS = "usual_cover.csv", "share_excess.csv"
_QUINTILES = ("q1", "q2", "q3", "q4", "q5")
_NETWORK_DIGITS = 4


def assemble(answered: Answered) -> Bid:
    """A bid from answers and the data that ship.

    Raises
    ------
    InputError
        All that is wrong with the answers, each at its place.
    """
    filling = Filling(answered)
    given = answered.given
    kind = kind_of(filling)
    catalogue = read_tests()
    rows = shipped_rows()
    last_month = str(rows.month.max())
    base_year, first_month = first_months(filling, last_month)
    check_funds(filling)
    check_months(filling, first_month)
    trusts = trusts_of(filling)
    sites, places = sites_of(filling, trusts, catalogue, first_month, kind)
    if not given.sites:
        filling.fault("a bid has at least one site: a name and a place", "sites")
    filling.stop()
    check_sizes(filling, sites)
    filling.stop()
    offered = {test for site in sites for test in site.rooms} | hospital_tests(kind)
    tests = tuple(test for test in catalogue.values() if test.id in offered)
    found = _lists(filling, trusts, tests, rows, last_month)
    own = _catchment(filling, trusts, {site.id: place for site, place in zip(sites, places, strict=True)})
    given_places = [hospital for trust in trusts for hospital in trust.hospitals if not hospital.postcode]
    areas, fit = _places(filling, own, places, given_places)
    lists = _with_estimates(filling, found, trusts, tests)
    sites, tests = _without_absent(filling, sites, tests, lists)
    months = _months(sites, first_month)
    return Bid(
        title=given.title,
        system=given.system,
        region=", ".join(dict.fromkeys(_region(trust.region) for trust in trusts)),
        kind=kind,
        base_year=base_year,
        last_month=last_month,
        months=months,
        horizon=_horizon(filling, sites, months),
        location_factor=_location_factor(filling, places),
        market_forces=_market_forces(filling, trusts),
        trusts=tuple(_trust(filling, trust) for trust in trusts),
        sites=tuple(sites),
        tests=tests,
        lists=tuple(lists),
        places=tuple(areas),
        fit=fit,
        catchment={
            site.id: {trust.id: own.shares.get((site.id, trust.code), 0.0) for trust in trusts}
            for site in sites
        },
        network_share=_network(trusts, lists),
        cover=curve(COVER, "weeks", ("months", _year_to(last_month)), tests),
        excess=curve(EXCESS, "excess", ("month", last_month), tests),
        season=read_season(data_folder()),
        capital=dict(given.capital),
        filled=tuple(Filled(what, where) for what, where in filling.filled),
        warnings=tuple(filling.warnings),
    )


def _region(name: str) -> str:
    words = name.replace("_humber", "_and_the_humber").replace("_", " ").title()
    return words.replace(" And ", " and ").replace(" The ", " the ").replace(" Of ", " of ")


def _lists(
    filling: Filling, trusts: Sequence[Trust], tests: Sequence[ReferenceTest], rows: Any, last_month: str
) -> Baseline:
    """What DM01 says of the trusts and the tests that have a list."""
    with_list = [test.id for test in tests if test.dm01]
    found = baseline(rows, [trust.code for trust in trusts], with_list, last_month)
    filling.fill(
        "lists, waits and tests",
        f"DM01 as it ships, the twelve months to {last_month}; `casebuilder data dm01` brings newer months",
    )
    for note in found.notes:
        filling.fill("lists, waits and tests", note)
    return found


def _with_estimates(
    filling: Filling,
    found: Baseline,
    trusts: Sequence[Trust],
    tests: Sequence[ReferenceTest],
) -> list[ListRow]:
    """The rows of DM01, and for a test that no return counts an estimate by the people served."""
    counted: list[ListRow] = []
    guessed: list[str] = []
    seen: list[str] = []
    for trust in trusts:
        more = uncounted(trust, [test.id for test in tests if not test.dm01])
        for test in tests:
            of_dm01 = found.rows.get((trust.id, test.id))
            if of_dm01 is not None:
                counted.append(ListRow(trust.id, test.id, **of_dm01))
            elif test.id in more:
                returned, estimated = more[test.id]
                counted.append(ListRow(trust.id, test.id, list_activity=returned, estimated=estimated))
                (seen if returned else guessed).append(test.label)
    if seen:
        filling.fill(
            f"tests a month of {listed(dict.fromkeys(seen), 20)}",
            "the imaging dataset of 2024/25, all sources",
        )
    if guessed:
        people = sum(people_served(trust) for trust in trusts)
        filling.fill(
            f"tests a month of {listed(dict.fromkeys(guessed), 20)}",
            "no monthly return counts them: tests a head (tests_per_1000.csv) times"
            f" {people:,.0f} people: the trusts' share of England's tests from lists",
        )
    return counted


def _without_absent(
    filling: Filling, sites: Sequence[BidSite], tests: Sequence[ReferenceTest], lists: Sequence[ListRow]
) -> tuple[list[BidSite], tuple[ReferenceTest, ...]]:
    """Sites and tests without tests that no trust of the bid does, where nobody asked for them."""
    done = {row.test for row in lists}
    absent = [test.id for test in tests if test.id not in done]
    if not absent:
        return list(sites), tuple(tests)
    kept: list[BidSite] = []
    for number, site in enumerate(sites):
        lost = [test for test in absent if site.rooms.get(test)]
        if lost and "rooms" not in site.filled:
            filling.fault(
                f"none of the trusts does {listed(lost, 20)} by DM01: leave it out, or add a trust that does",
                "sites", number, "rooms",
            )  # fmt: skip
        rooms = {test: count for test, count in site.rooms.items() if test not in absent}
        if lost and "rooms" in site.filled:
            filling.fill(
                f"{site.name}, rooms", f"without {listed(lost, 20)}, which none of the trusts does by DM01"
            )
        if not rooms:
            filling.fault(
                "none of the trusts returns any of these tests to DM01: add one whose patients it will see",
                "sites", number,
            )  # fmt: skip
        kept.append(replace(site, rooms=rooms))
    filling.stop()
    return kept, tuple(test for test in tests if test.id in done)


def _catchment(filling: Filling, trusts: Sequence[Trust], sites: Mapping[str, Location]) -> Catchment:
    """Whose patients the sites see, and of which districts the case is."""
    found = catchment(trusts, sites)
    for note in found.notes:
        filling.fill("whose patients a site sees", note)
    return found


def _places(
    filling: Filling, own: Catchment, places: Sequence[Location], given: Sequence[Hospital]
) -> tuple[list[PlaceRow], Fit]:
    """The places of the districts, and road minutes by distance around them."""
    names = filling.answered.given.districts or own.names
    try:
        grain = choose_grain(names, int(shipped(SHARES)["most_places"]["middle"]))
        found = neighbourhoods(names, grain, given)
        fit = travel_fit(names, places)
    except CaseError as error:
        filling.fault(str(error), "districts")
        filling.stop()
        raise
    told = "middle areas" if grain == "middle" else "districts, a place each"
    filling.fill(
        "places, people and deprivation",
        f"{listed(names, 12)}: {told}, people of mid-2015 and deprivation of 2019",
    )
    for note in (*found.notes, *fit.notes):
        filling.fill("minutes", note)
    rows = [
        PlaceRow(
            place.id,
            place.name,
            place.district_id,
            place.district,
            place.latitude,
            place.longitude,
            place.acute_minutes,
            dict(zip(_QUINTILES, place.by_quintile, strict=True)),
        )
        for place in found.places
    ]
    return rows, Fit(
        round(fit.constant, 4),
        round(fit.per_km, 4),
        round(fit.per_root_km, 4),
        fit.mean_absolute_error,
        round(fit.km_per_longitude, 2),
    )


def _months(sites: Sequence[BidSite], first_month: str) -> int:
    """Months to the last opening, its ramp-up and a year more, in whole years."""
    last = max(month_number(site.opens) - month_number(first_month) for site in sites)
    more = int(shipped(SHARES)["months_after_opening"]["months"])
    return 12 * ceil((last + more) / 12)


def _horizon(filling: Filling, sites: Sequence[BidSite], months: int) -> int:
    """Years of the appraisal: as answered, or by the longest-lived building."""
    given = filling.answered.given.horizon
    lives = shipped(SHARES)["horizon"]
    if given is None:
        given = int(max(lives[site.building] for site in sites))
        filling.fill("years of the appraisal", f"{given}: by the longest-lived kind of building of the bid")
    return max(given, months // 12 + 1)


def _location_factor(filling: Filling, places: Sequence[Location]) -> float:
    """Building cost of the sites' regions against the South East, their mean."""
    by_region = _column("building_regions.csv", "region", "factor")
    factors = [by_region[place.building_region] for place in places]
    mean = round(sum(factors) / len(factors), 3)
    names = ", ".join(dict.fromkeys(_region(place.building_region) for place in places))
    filling.fill("location factor", f"{mean:g}: {names}, of building_regions.csv")
    return mean


def _market_forces(filling: Filling, trusts: Sequence[Trust]) -> tuple[float, float, float] | None:
    """The market forces factor of the trusts, the least and the most of them."""
    found = market_forces(trusts)
    for note in found.notes:
        filling.fill("market forces factor", note)
    if found.factor is None or found.low is None or found.high is None:
        return None
    return found.factor, found.low, found.high


def _trust(filling: Filling, trust: Trust) -> BidTrust:
    """A trust as a member; of a specialist one fewer patients suit a centre."""
    if not trust.specialist:
        return BidTrust(trust.id, trust.code, trust.name)
    suited, low, high = _suited()[trust.code]
    filling.fill(
        f"{trust.name}, patients whom a centre suits",
        f"{suited:.0%}: a specialist hospital ({trust.kind}); judgement, specialist_trusts.csv",
    )
    return BidTrust(trust.id, trust.code, trust.name, suited, (low, high), trust.kind)


def _suited() -> dict[str, tuple[float, float, float]]:
    """By code of a specialist trust the share of its patients whom a centre suits, its least and its most."""
    file = data_folder() / tables().tables.specialist_trusts.file
    rows = numbers(file, ("code",), ("suited", "low", "high"))
    return {code: (suited, low, high) for (code,), (suited, low, high) in rows.items()}


def _network(trusts: Sequence[Trust], lists: Sequence[ListRow]) -> dict[str, float]:
    """Each trust's share of the tests of the baseline; they add up to one."""
    done = {trust.id: 0.0 for trust in trusts}
    for row in lists:
        done[row.provider] += row.list_activity + row.planned + row.unscheduled + row.estimated
    total = sum(done.values())
    return rounded_shares({id: own / total if total else 0.0 for id, own in done.items()}, _NETWORK_DIGITS)


def _year_to(last_month: str) -> str:
    return f"{months_before(last_month, 12)[0]} to {last_month}"


def curve(file: str, column: str, at: tuple[str, str], tests: Sequence[ReferenceTest]) -> dict[str, float]:
    """A column of a shipped table by test, where another has a value; 0 for a test that has no list."""
    known = _column(file, "test", column, at)
    return {test.id: known.get(test.id, 0.0) for test in tests}


def _column(file: str, key: str, column: str, at: tuple[str, str] | None = None) -> dict[str, float]:
    """A column of a shipped table by another, of the rows where a third has a value."""
    keys = (key, at[0]) if at else (key,)
    found = numbers(data_folder() / file, keys, (column,))
    return {each[0]: value for each, (value,) in found.items() if at is None or each[1] == at[1]}
