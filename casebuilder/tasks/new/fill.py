"""From answers to trusts and sites; what was not answered is filled in, and where from is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from casebuilder.calibrate.travel import kilometres
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.shape.calendar import financial_year, month_label, month_number
from casebuilder.inputs.start.answers import FUNDS, SUGGEST, Answered, SiteGiven, building_kind, rooms_given
from casebuilder.inputs.start.shipped import shipped
from casebuilder.inputs.start.tests import ReferenceTest
from casebuilder.tasks.built_centres import Facts, rooms_of
from casebuilder.tasks.england.near_sites import nearest_hospital
from casebuilder.tasks.england.places import GIVEN, Location, locate
from casebuilder.tasks.england.shipped import choices
from casebuilder.tasks.england.trusts import Trust, find_trust
from casebuilder.tasks.new.bid import BidSite

KINDS, SHARES = "kinds.yaml", "shares.yaml"
STANDARD = "standard"
_YEARS_TO_OPEN = 2


@dataclass
class Filling:
    """What is gathered while answers become a bid.

    Attributes
    ----------
    answered
        The answers.
    faults
        What is wrong with them.
    filled
        What was filled in, and from where.
    warnings
        What can be written and is likely a slip.
    """

    answered: Answered
    faults: list[Fault] = field(default_factory=list)
    filled: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def fault(self, what: str, *steps: str | int) -> None:
        """Something wrong with one answer."""
        self.faults.append(self.answered.place(*steps).fault(what))

    def warn(self, what: str, *steps: str | int) -> None:
        """Something likely wrong with one answer."""
        self.warnings.append(self.answered.place(*steps).fault(what))

    def fill(self, what: str, where: str) -> None:
        """Something that was not answered."""
        self.filled.append((what, where))

    def stop(self) -> None:
        """Raise if anything is wrong.

        Raises
        ------
        InputError
            Every fault so far.
        """
        if self.faults:
            raise InputError(told_once(self.faults, None))


def kind_of(filling: Filling) -> str:
    """The kind of bid, one of those that ship."""
    given = filling.answered.given.kind
    kinds = shipped(KINDS)
    if given is None:
        return STANDARD
    if given not in kinds:
        filling.fault(f"'{given}' is no kind of bid: {', '.join(kinds)}{nearest(given, kinds)}", "kind")
        return STANDARD
    return given


def check_funds(filling: Filling) -> None:
    """Awards of funds that there are."""
    for fund in filling.answered.given.capital:
        if fund not in FUNDS:
            hint = nearest(fund, FUNDS) or f": the funds are {', '.join(FUNDS)}"
            filling.faults.append(
                filling.answered.key_place("capital", fund).fault(f"'{fund}' is no fund{hint}")
            )


def trusts_of(filling: Filling) -> list[Trust]:
    """The trusts that were named, each once, those with a place of their own there."""
    found: list[Trust] = []
    for number, given in enumerate(filling.answered.trusts):
        try:
            trust = find_trust(given.trust)
            if given.place:
                at = locate(given.place)
                trust = trust.placed(trust.name, at.latitude, at.longitude)
        except CaseError as error:
            filling.fault(str(error), "trusts", number)
            continue
        if trust.id in {other.id for other in found}:
            filling.fault(f"{trust.name} ({trust.code}) stands here twice", "trusts", number)
            continue
        for note in trust.notes:
            filling.fill(trust.name, note)
        found.append(trust)
    return found


def first_months(filling: Filling, last_month: str) -> tuple[str, str]:
    """The base year and its first month; by default the year after the data."""
    given = filling.answered.given.base_year
    after = month_number(last_month) + 1
    first_year = (after - month_number("0000-04")) // 12
    least = financial_year(first_year)
    if given is None:
        filling.fill("base year", f"{least}: the first after the data, which end in {last_month}")
        return least, f"{least[:4]}-04"
    if given < least:
        filling.fault(
            f"the base year {given} lies in the data, which end in {last_month}: {least} or later",
            "base_year",
        )
    return given, f"{given[:4]}-04"


def sites_of(
    filling: Filling, trusts: Sequence[Trust], tests: Mapping[str, ReferenceTest], first_month: str, kind: str
) -> tuple[list[BidSite], list[Location]]:
    """The sites that were named, with what was not answered taken from the kind of bid.

    The rooms of a site whose author asks to have them suggested are empty.
    """
    sites: list[BidSite] = []
    places: list[Location] = []
    for number, given in enumerate(filling.answered.given.sites):
        at = ("sites", number)
        try:
            place = locate(given.place)
        except CaseError as error:
            filling.fault(str(error), *at, "place")
            continue
        _tell_far(filling, number, given, trusts, place)
        rooms = rooms_given(filling.answered, number, tuple(tests), filling.faults)
        default = shipped(KINDS)[kind]["first" if number == 0 else "others"]
        suggested = rooms == SUGGEST
        whose = "those answered"
        if suggested:
            rooms = {test: 1.0 for test in default["rooms"] if test in tests}
            whose = "one of each test"
        elif rooms is None:
            rooms = {test: float(count) for test, count in default["rooms"].items() if test in tests}
            whose = f"those of a {kind.replace('_', ' ')} centre (kinds.yaml)"
            if not given.planned_tests:
                filling.fill(f"{given.name}, rooms", f"{_rooms(rooms)}: {whose}")
        hours, days = given.hours or float(default["hours"]), given.days or float(default["days"])
        if given.hours is None or given.days is None:
            filling.fill(
                f"{given.name}, hours", f"{hours:g} hours on {days:g} days: what centres are asked to do"
            )
        if given.planned_tests and isinstance(rooms, Mapping):
            rooms = _enough_rooms(filling, given, rooms, whose, hours * days)
        _tell_filled(filling, given, place)
        sites.append(
            BidSite(
                id=_id(given.name, [site.id for site in sites]),
                name=given.name,
                latitude=round(place.latitude, 5),
                longitude=round(place.longitude, 5),
                building=building_kind(given.build),
                gross_area=float(given.gross_area or 0),
                leased=given.leased,
                beside_hospital=given.beside_hospital,
                opens=_opens(filling, number, given, first_month),
                hours=hours,
                days=days,
                host=_host(filling, number, given, trusts, place),
                rooms=rooms if isinstance(rooms, Mapping) else {},
                suggested=suggested,
                planned_tests=float(given.planned_tests or 0),
                filled=_filled(given, place),
            )
        )
        places.append(place)
        if not given.gross_area:
            filling.fill(
                f"{given.name}, area", "from its rooms by the schedule of accommodation of the reference set"
            )
    return sites, places


def _tell_far(
    filling: Filling, number: int, given: SiteGiven, trusts: Sequence[Trust], place: Location
) -> None:
    """A site that no hospital of the trusts with a place in the data is near."""
    near = nearest_hospital(trusts, place)
    most = choices()["far_site_minutes"]
    if near is None or near.minutes <= most:
        return
    what = (
        f"{given.name} ({place.name}) is {near.km:.0f} km, an estimated {near.minutes:.0f} road minutes or"
        f" more, from {near.hospital} ({near.trust}), the nearest hospital of the bid's trusts; more than"
        f" {most:g} minutes is far:"
    )
    filling.warn(f"{what} give another place, or the trust whose patients it sees", "sites", number, "place")
    filling.fill(f"{given.name}, far away", f"{what} right only if its patients come as far")


def _enough_rooms(
    filling: Filling, given: SiteGiven, rooms: Mapping[str, float], whose: str, hours_a_week: float
) -> dict[str, float]:
    """The rooms, and more of each kind where its share of the tests planned at the site needs them."""
    full = float(shipped(SHARES)["hours_of_rooms"]["a_week"])
    tests = (given.planned_tests or 0) * full / hours_a_week
    enough = rooms_of(Facts(given.name, "", "", rooms, tests=tests))
    filling.fill(
        f"{given.name}, rooms",
        f"{_rooms(enough)}: at least {whose}, and as many as each test's share of"
        f" {given.planned_tests:,.0f} tests a year needs (rooms_from_tests.csv)",
    )
    return enough


# What is taken where a site's author does not say, and what hangs on it.
_TAKEN = {
    "build": "refurbishment of clinical space: it sets the price a square metre, the steps and the years",
    "beside_hospital": "by itself: no hospital or health centre lends it space",
}
_OF_A_SITE = ("build", "tenure", "beside_hospital", "rooms", "hours", "days", "opens", "host", "gross_area")


def _filled(given: SiteGiven, place: Location) -> frozenset[str]:
    """The answers that a site's author did not give; a place that is an area is no address."""
    found = {name for name in _OF_A_SITE if name not in given.model_fields_set}
    found |= {"rooms"} if given.rooms == SUGGEST or given.planned_tests else set()
    return frozenset(found | ({"place"} if place.how != GIVEN else set()))


def _tell_filled(filling: Filling, given: SiteGiven, place: Location) -> None:
    """What a site has that nobody said."""
    for name, taken in _TAKEN.items():
        if name not in given.model_fields_set:
            filling.fill(f"{given.name}, {name.replace('_', ' ')}", taken)
    if given.tenure is None:
        held = "leased, as shops and offices are: rent is paid" if given.leased else "owned: no rent is paid"
        filling.fill(f"{given.name}, tenure", held)
    if place.how != GIVEN:
        filling.fill(
            f"{given.name}, where", f"{place.latitude:.4f}, {place.longitude:.4f}: {place.how}; no address"
        )


def _id(name: str, taken: Sequence[str]) -> str:
    """A member id from a name: small letters, digits and _, a letter first, and no other's."""
    bare = re.sub(r"[^a-z0-9]+", "_", name.lower().replace("'", "")).strip("_") or "site"
    bare = bare if bare[0].isalpha() else f"site_{bare}"
    number = 2
    found = bare
    while found in taken or found in ("true", "false", "others"):
        found = f"{bare}_{number}"
        number += 1
    return found


def _opens(filling: Filling, number: int, given: SiteGiven, first_month: str) -> str:
    """The month of opening; by default two years from the start."""
    if given.opens is None:
        month = month_label(month_number(first_month) + 12 * _YEARS_TO_OPEN)
        filling.fill(f"{given.name}, opening", f"{month}: two years from the start; nothing was answered")
        return month
    if month_number(given.opens) <= month_number(first_month):
        what = (
            f"{given.opens} is not after the start of the base year, {first_month}: give the month of opening"
        )
        filling.fault(what, "sites", number, "opens")
    return given.opens


def _host(filling: Filling, number: int, given: SiteGiven, trusts: Sequence[Trust], place: Location) -> str:
    """The trust that hosts a site: as answered, the only one, or the nearest of those that have a place."""
    if given.host:
        try:
            host = find_trust(given.host)
        except CaseError as error:
            filling.fault(str(error), "sites", number, "host")
            return ""
        if host.id not in {trust.id for trust in trusts}:
            filling.fault(
                f"{host.name} ({host.code}) is none of the trusts of this bid", "sites", number, "host"
            )
        return host.id
    if len(trusts) == 1:
        return trusts[0].id
    near = [(_km(place, h.latitude, h.longitude), trust) for trust in trusts for h in trust.hospitals]
    if near:
        km, trust = min(near, key=lambda pair: pair[0])
        filling.fill(f"{given.name}, host", f"{trust.name}: its hospital is the nearest, {km:.0f} km away")
        return trust.id
    if trusts:
        filling.fault(
            "which trust hosts it? give host: CODE, since no trust's hospital has a place in the data",
            "sites",
            number,
        )
    return ""


def _km(place: Location, latitude: float, longitude: float) -> float:
    """Kilometres as the crow flies, near enough within England."""
    here = np.asarray(place.latitude), np.asarray(place.longitude)
    return float(kilometres(*here, (latitude, longitude), latitude))


def _rooms(rooms: Any) -> str:
    return ", ".join(f"{test} {count:g}" for test, count in rooms.items())
