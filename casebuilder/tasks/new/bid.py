"""A bid as it is known before any number is worked out: trusts, sites, tests and the people they serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casebuilder.errors import Fault
from casebuilder.inputs.shape.calendar import month_number
from casebuilder.inputs.start.tests import ReferenceTest

STAFF_OF_A_SITE = "administrator"


@dataclass(frozen=True)
class BidTrust:
    """A trust of the bid.

    Attributes
    ----------
    id, code, name
        Its id as a member, its code in DM01, and how people read it.
    suited
        Share of its patients whom a centre suits, of those whose test does; less for a specialist one.
    suited_range
        The least and the most of it.
    specialist
        Why it counts as one; empty where it does not.
    """

    id: str
    code: str
    name: str
    suited: float = 1.0
    suited_range: tuple[float, float] = (0.9, 1.0)
    specialist: str = ""


@dataclass(frozen=True)
class BidSite:
    """A centre of the bid.

    Attributes
    ----------
    id, name
        Its id as a member, and how people read it.
    latitude, longitude
        Degrees.
    building
        A kind of building of the model.
    gross_area
        Measured, m²; 0 where it follows from the rooms.
    leased, beside_hospital
        Its tenure, and whether a hospital or health centre stands beside it and lends it space.
    opens
        The month in which it is to open, as 2027-04.
    hours, days
        Hours a day and days a week.
    host
        The id of the trust that hosts, employs and owns.
    rooms
        By test.
    suggested
        Whether its author asks for them to be suggested: what stands here is where that begins.
    planned_tests
        Tests planned a year, from which rooms follow; 0 where none were answered.
    filled
        The answers that its author did not give.
    """

    id: str
    name: str
    latitude: float
    longitude: float
    building: str
    gross_area: float
    leased: bool
    beside_hospital: bool
    opens: str
    hours: float
    days: float
    host: str
    rooms: Mapping[str, float]
    suggested: bool = False
    planned_tests: float = 0.0
    filled: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ListRow:
    """What a trust had of a test in the baseline year, tests a month but for the lists.

    Attributes
    ----------
    estimated
        Tests a month of a test that no return counts.
    """

    provider: str
    test: str
    list_activity: float = 0.0
    list_change: float = 0.0
    planned: float = 0.0
    unscheduled: float = 0.0
    list: float = 0.0
    over_six_weeks: float = 0.0
    mean_list: float = 0.0
    young_band: float = 0.0
    estimated: float = 0.0


@dataclass(frozen=True)
class PlaceRow:
    """A place of the bid, with its people by quintile, q1 the most deprived."""

    place: str
    label: str
    district: str
    district_label: str
    latitude: float
    longitude: float
    acute_minutes: float
    people: Mapping[str, float]


@dataclass(frozen=True)
class Fit:
    """Road minutes from kilometres: constant + a kilometre + a root of a kilometre."""

    constant: float
    per_km: float
    per_root_km: float
    error: float
    km_per_longitude: float


@dataclass(frozen=True)
class Filled:
    """One thing that was filled in, from where, and what its owners must still say."""

    what: str
    where: str


@dataclass(frozen=True)
class Bid:
    """All that a case is written from before its own sums.

    Attributes
    ----------
    base_year, last_month
        The financial year of the base, and the last month of the data.
    months, horizon
        How many months are run, and how many years.
    location_factor
        Building cost against that of the South East.
    market_forces
        The market forces factor of the trusts, the least and the most of them; None where none has one.
    catchment
        By site and trust, whose patients it sees when lists are separate.
    network_share
        By trust, its share of what belongs to no centre.
    cover, excess
        By test with a list, England's usual weeks of cover and its log odds above calm years at the start.
    places
        Empty where nothing tells which people are a case's: it then leaves access out.
    capital
        By fund, pounds awarded; empty where none is.
    warnings
        What was answered and is likely a slip.
    beyond
        By number of the site, rooms that are far beyond what the trusts lack.
    made_by, answered, lists_from
        What made the case, what its answers are, and what its lists come from, as people read it.
    own_hours
        By test the hours a day and days a week of its rooms, where they are not those of the site.
    """

    title: str
    system: str
    region: str
    kind: str
    base_year: str
    last_month: str
    months: int
    horizon: int
    location_factor: float
    market_forces: tuple[float, float, float] | None
    trusts: tuple[BidTrust, ...]
    sites: tuple[BidSite, ...]
    tests: tuple[ReferenceTest, ...]
    lists: tuple[ListRow, ...]
    places: tuple[PlaceRow, ...]
    fit: Fit
    catchment: Mapping[str, Mapping[str, float]]
    network_share: Mapping[str, float]
    cover: Mapping[str, float]
    excess: Mapping[str, float]
    season: Mapping[str, float]
    capital: Mapping[str, float] = field(default_factory=dict)
    filled: tuple[Filled, ...] = ()
    warnings: tuple[Fault, ...] = ()
    beyond: tuple[tuple[int, str], ...] = ()
    made_by: str = "casebuilder new from answers.yaml"
    answered: str = "Answers of this bid's author (answers.yaml), and choices that follow from them"
    lists_from: str = ""
    own_hours: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def first_month(self) -> str:
        """The April of the base year."""
        return f"{self.base_year[:4]}-04"

    def month_of(self, label: str) -> int:
        """The number of a month, the first of the case being 1."""
        return month_number(label) - month_number(self.first_month) + 1

    @property
    def test_ids(self) -> tuple[str, ...]:
        """The ids of the tests, in the order of the catalogue."""
        return tuple(test.id for test in self.tests)

    @property
    def pairs(self) -> dict[str, list[str]]:
        """By trust the tests of which it has a row."""
        found: dict[str, list[str]] = {trust.id: [] for trust in self.trusts}
        for row in self.lists:
            found[row.provider].append(row.test)
        return found

    @property
    def equipment(self) -> dict[str, str]:
        """Classes of equipment that the tests of the sites need, with their labels."""
        offered = {test for site in self.sites for test in site.rooms}
        here = [test for test in self.tests if test.id in offered]
        return {id: label for test in here for id, label in test.equipment.items()}

    @property
    def staff(self) -> dict[str, str]:
        """Roles that the tests need, and that of the sites, with their labels."""
        roles = {id: label for test in self.tests for id, label in test.staff.items()}
        return {**roles, STAFF_OF_A_SITE: "Reception and booking"}

    def site_staff(self, site: BidSite) -> list[str]:
        """The roles of a site: those of its tests, and its own."""
        here = {role for test in self.tests if site.rooms.get(test.id) for role in test.staff}
        return [role for role in self.staff if role in here or role == STAFF_OF_A_SITE]

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Ids by dimension, for cutting blocks to the case."""
        return {
            "provider": tuple(trust.id for trust in self.trusts),
            "site": tuple(site.id for site in self.sites),
            "test": self.test_ids,
            "equipment": tuple(self.equipment),
            "staff": tuple(self.staff),
        }


@dataclass(frozen=True)
class Worked:
    """What the model itself made of a draft of the case, for the sums that the next draft is given.

    Attributes
    ----------
    opening_lag
        By site, months from approval to opening.
    capital
        By site and financial year, cash built up.
    tests
        By test, a month's tests at the sites once they are full.
    site_tests
        By site and test, a year's tests once the sites are full.
    gaps
        By test, the tests a week that the trusts lack at the start, and the rooms that would do them.
    running
        A year's running cost of the centres.
    reasons
        Reasons for the option put forward that its lines bear out.
    ahead
        The options that rank above it by net present social value.
    """

    opening_lag: Mapping[str, float] = field(default_factory=dict)
    capital: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    tests: Mapping[str, float] = field(default_factory=dict)
    running: float = 0.0
    reasons: tuple[Mapping[str, str], ...] = ()
    ahead: tuple[str, ...] = ()
    site_tests: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    gaps: Mapping[str, tuple[float, float]] = field(default_factory=dict)
