"""Built centres: what the model's own lines build up for a published scheme from what is public of it.

Facts are rooms, or tests from which rooms follow, the kind of building, its region and whether a hospital
or health centre lends it space; every value else is the reference set's.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from casebuilder.algebra.dimensions import Member
from casebuilder.case import load_model
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import bind
from casebuilder.inputs.in_memory import Given, frame_in_memory, inputs_in_memory, model_in_memory
from casebuilder.inputs.start.tests import equipment_pairs, read_tests
from casebuilder.inputs.values import InputValues, Members
from casebuilder.resources import resource

PRICES_OF = "2025/26"
TESTS = (
    "mri", "ct", "ultrasound", "xray", "dexa", "echocardiography", "spirometry", "phlebotomy",
    "endoscopy", "audiology", "consulting",
)  # fmt: skip
# Kinds of rooms that schemes publish without saying for which test, and the class of equipment of each.
_UNSAID = {"endoscopy_room": ("endoscopy",), "consulting_kit": ("consulting",)}
# Which tests a class of equipment serves: the pairs that a case.yaml would list.
EQUIPMENT = {**equipment_pairs(test for test in read_tests() if test in TESTS), **_UNSAID}
IMAGING = ("mri", "ct", "ultrasound", "xray", "dexa")
OTHER_MEMBERS = {
    "department": ("imaging", "ultrasound", "physiology", "blood_tests", "shared"),
    "fee": ("architect", "engineers", "cost_adviser", "project_manager", "statutory", "other"),
    "non_work": ("surveys", "planning", "decanting", "it", "commissioning"),
    "tranche": ("first",),
    "provider": ("host",),
}
COST, AREA, ROOM_AREA = "capital.outturn_site", "estate.gross_internal_area", "estate.rooms_net_area"
WANTED = (COST, AREA, ROOM_AREA)
# Gross area over gross area without plant, from two shares of departmental area.
WITH_PLANT = "with_plant"
_MEASURED, _CONTINGENCY = "estate.measured_area", "capital.contingency_share"
_SHARES = ("estate.plant_share", "estate.communication_share")
_PUBLIC = "S58"


@dataclass(frozen=True)
class Facts:
    """What is public of a scheme.

    Attributes
    ----------
    name
        An id: lower case letters, digits and _.
    kind
        new_build, modular, refurbishment or retail.
    region
        As in building_regions.csv.
    rooms
        By test; those named, where numbers are not public.
    host_provides
        Share of a centre's core that a hospital or health centre lends.
    tests
        A year, where rooms follow from them; of those, only tests with a room are counted.
    area
        Measured gross area in m², where it is to win over the schedule.
    plant_outside
        Whether the measured area leaves out plant, which is added to it.
    """

    name: str
    kind: str
    region: str
    rooms: Mapping[str, float] = field(default_factory=dict)
    host_provides: float = 0.0
    tests: float = 0.0
    area: float = 0.0
    plant_outside: bool = False


@dataclass(frozen=True)
class BuiltUp:
    """What the model makes of a scheme, at 2025/26 prices: cost in cash with VAT, and gross area.

    Attributes
    ----------
    cost
        At full business case: planning contingency, and optimism bias by contributory factors.
    bare
        Without either: what an uplift to the class is on.
    area
        By the schedule of rooms, or as measured.
    area_without_plant
        The same without the plant share.
    room_area
        Net area of the rooms and what comes with them.
    rooms
        As taken.
    """

    cost: float
    bare: float
    area: float
    area_without_plant: float
    room_area: float
    rooms: Mapping[str, float]


@dataclass(frozen=True)
class Published:
    """A row of built_centres.csv."""

    row: Mapping[str, str]

    def number(self, column: str) -> float | None:
        """A figure; None where it is not public."""
        return float(self.row[column]) if self.row[column] else None

    @property
    def cost(self) -> float | None:
        """At 2025/26 prices, by the tender price index."""
        cost = self.number("cost")
        return None if cost is None else cost * 100 / _levels()[self.row["year"]]

    @property
    def facts(self) -> Facts:
        """What the model is given of it; neither its cost nor its area."""
        row = self.row
        rooms = {test: float(row[test]) for test in TESTS if float(row[test])}
        tests = self.number("tests") or 0.0
        return Facts(
            row["centre"], row["kind"], row["region"], rooms, float(row["host"]),
            tests if row["rooms_from"] == "tests" else 0.0,
            plant_outside=self.plant_outside,
        )  # fmt: skip

    @property
    def plant_outside(self) -> bool:
        """Whether the area that is public leaves out plant."""
        return self.row["plant_outside"] == "1"


def published() -> list[Published]:
    """Every scheme of the class's table."""
    return [Published(row) for row in _table("built_centres.csv")]


@dataclass(frozen=True)
class Compared:
    """A scheme's published figures beside what the model builds up; 2025/26 prices.

    Attributes
    ----------
    scheme
        Its row.
    built
        By the schedule of rooms; of a programme, the sum of its parts.
    measured
        The same with the gross area that is public; None where none is.
    """

    scheme: Published
    built: BuiltUp
    measured: BuiltUp | None

    @property
    def ratio(self) -> float | None:
        """Built up over published; None where no cost is public."""
        cost = self.scheme.cost
        return None if cost is None else self.built.cost / cost

    @property
    def ratio_measured(self) -> float | None:
        """The same with the area that is public."""
        cost = self.scheme.cost
        return None if cost is None or self.measured is None else self.measured.cost / cost

    @property
    def ratio_public(self) -> float | None:
        """Built up from all that is public, a measured area among it, over published."""
        return self.ratio if self.measured is None else self.ratio_measured

    @property
    def ratio_area(self) -> float | None:
        """Area by the schedule over the published one, plant in both or none; None if none is public."""
        area = self.scheme.number("area")
        if area is None:
            return None
        return (self.built.area_without_plant if self.scheme.plant_outside else self.built.area) / area

    @property
    def area_of_class(self) -> float:
        """Gross area that is public, with plant; 0 where none is."""
        area = self.scheme.number("area") or 0.0
        return area * self.built.area / self.built.area_without_plant if self.scheme.plant_outside else area

    @property
    def counts(self) -> bool:
        """Whether its cost has the scope of a centre, so that it is in the class."""
        return self.scheme.row["counts"] == "1"

    @property
    def imaging_tests(self) -> float | None:
        """MRI, CT, ultrasound, X-ray and DEXA a year: as published, or their share of its tests."""
        row = self.scheme.row
        if row["imaging_tests"] or not row["tests"]:
            return self.scheme.number("imaging_tests")
        shares = shares_of_tests()
        had = {test: share for test, share in shares.items() if self.built.rooms.get(test)}
        other = 1 - sum(shares.values())
        return float(row["tests"]) * sum(had.get(test, 0.0) for test in IMAGING) / (sum(had.values()) + other)


def compared() -> list[Compared]:
    """Every scheme beside its build-up."""
    schemes = published()
    alone = [each for each in schemes if each.row["rooms_from"] != "parts"]
    built = build_up(each.facts for each in alone)
    areas = {each.facts.name: each.number("area") for each in alone}
    measured = build_up(replace(each.facts, area=area) for each in alone if (area := areas[each.facts.name]))
    for each in schemes:
        name = each.row["centre"]
        if each.row["rooms_from"] == "parts":
            parts = [part.row["centre"] for part in alone if part.row["part_of"] == name]
            built[name] = _sum(built[part] for part in parts)
            measured[name] = _sum(measured.get(part, built[part]) for part in parts)
    return [Compared(each, built[each.row["centre"]], measured.get(each.row["centre"])) for each in schemes]


def class_rows() -> list[dict[str, str]]:
    """The rows of class_of_centres.csv, which the model reads; 0 where nothing is public."""
    rows: list[dict[str, str]] = []
    for each in compared():
        row = each.scheme.row
        if not each.counts:
            continue
        rows.append(
            {
                "built_centre": row["centre"],
                "label": row["name"],
                "cost": row["cost"],
                "level": f"{_levels()[row['year']]:g}",
                "area": f"{each.area_of_class:.0f}",
                "room_area": f"{each.built.room_area:.0f}",
                "imaging_tests": f"{each.imaging_tests or 0:.0f}",
            }
        )
    return rows


def uplifts() -> tuple[float, float]:
    """P50 and P80 of published cost over what is built up without contingency and bias, less 1."""
    ratios = [each.scheme.cost / each.built.bare for each in compared() if each.counts and each.scheme.cost]
    middle, four_fifths = np.percentile(ratios, [50, 80])
    return float(middle) - 1, float(four_fifths) - 1


def _sum(parts: Iterable[BuiltUp]) -> BuiltUp:
    """Several centres as one."""
    of = list(parts)
    rooms = {test: sum(part.rooms.get(test, 0.0) for part in of) for test in TESTS}
    return BuiltUp(
        sum(part.cost for part in of), sum(part.bare for part in of), sum(part.area for part in of),
        sum(part.area_without_plant for part in of), sum(part.room_area for part in of),
        {test: number for test, number in rooms.items() if number},
    )  # fmt: skip


def rooms_of(facts: Facts) -> dict[str, float]:
    """Rooms as given; where tests are, as many of each kind given as its share of them needs, at least."""
    rooms = dict(facts.rooms)
    for row in _table("rooms_from_tests.csv") if facts.tests else ():
        test, a_room = row["test"], float(row["tests_an_hour"]) * float(row["hours_a_year"])
        if rooms.get(test):
            needed = facts.tests * float(row["share"]) / (a_room * float(row["used"]))
            rooms[test] = max(rooms[test], math.ceil(needed - 1e-9))
    return rooms


def shares_of_tests() -> dict[str, float]:
    """By test its share of all tests of a centre, from which rooms follow."""
    return {row["test"]: float(row["share"]) for row in _table("rooms_from_tests.csv")}


def build_up(schemes: Iterable[Facts]) -> dict[str, BuiltUp]:
    """Capital and area of schemes by the model's own lines, at 2025/26 prices.

    Raises
    ------
    CaseError
        A kind, region or test that the tables have not.
    """
    found: dict[str, BuiltUp] = {}
    by_region: dict[str, list[Facts]] = {}
    for facts in schemes:
        by_region.setdefault(facts.region, []).append(facts)
    factors = {row["region"]: float(row["factor"]) for row in _table("building_regions.csv")}
    for region, group in by_region.items():
        if region not in factors:
            raise CaseError(f"'{region}' is no region of building_regions.csv: {', '.join(factors)}")
        full, bare = (_evaluated(group, factors[region], held) for held in (True, False))
        for place, facts in enumerate(group):
            found[facts.name] = BuiltUp(
                float(full[COST][place]),
                float(bare[COST][place]),
                float(full[AREA][place]),
                float(full[AREA][place] / full[WITH_PLANT]),
                float(full[ROOM_AREA][place]),
                rooms_of(facts),
            )
    return found


def _evaluated(group: list[Facts], factor: float, held: bool) -> dict[str, np.ndarray]:
    """The wanted lines for sites of one region; `held`: with contingency and bias."""
    model = load_model()
    names = [facts.name for facts in group]
    members = {"site": names, "test": TESTS, "equipment": EQUIPMENT, **OTHER_MEMBERS}
    frame = frame_in_memory(
        model,
        {of: tuple(Member(each, each) for each in ids) for of, ids in members.items()},
        f"{PRICES_OF[:4]}-04",
        12,
    )
    pairs = frozenset((kit, test) for kit, tests in EQUIPMENT.items() for test in tests)
    frame = replace(frame, pairs={("equipment", "test"): pairs})
    cut = model_in_memory(model, frame, WANTED, ())
    kinds = frame.ids("building_kind")
    shares: dict[Members, float] = {}
    rooms: dict[Members, float] = {}
    for facts in group:
        if facts.kind not in kinds:
            raise CaseError(f"'{facts.kind}' is no kind of building: {', '.join(kinds)}")
        unknown = set(facts.rooms) - set(TESTS)
        if unknown:
            raise CaseError(f"no rooms are known for {', '.join(sorted(unknown))}: {', '.join(TESTS)}")
        shares |= {(facts.name, kind): float(kind == facts.kind) for kind in kinds}
        taken = rooms_of(facts)
        rooms |= {(facts.name, test): taken.get(test, 0.0) for test in TESTS}
    given = {
        "estate.included": Given(1, _PUBLIC),
        "estate.rooms": Given(rooms, _PUBLIC),
        "estate.host_provides": Given({(f.name,): f.host_provides for f in group}, _PUBLIC),
        _MEASURED: Given({(f.name,): f.area for f in group}, _PUBLIC),
        "works.kind_of_site": Given(shares, _PUBLIC),
        "hosting.owns": Given(1, _PUBLIC),
        "procurement.own_units": Given(0, _PUBLIC),
        "capital.location_adjustment_share": Given(factor - 1, _PUBLIC),
        "capital.standard_share": Given(
            0.5, _PUBLIC, "Scanner rooms and converted space are the other half."
        ),
        "capital.phasing": Given(
            {
                (name, year): float(place == 0)
                for name in names
                for place, year in enumerate(frame.ids("year"))
            },
            _PUBLIC,
        ),
    }
    inputs = inputs_in_memory(cut, frame, given, "built_centres")
    bare: dict[str, float | str] = {"bias.method": "own_record", "bias.own_record": 0.0, _CONTINGENCY: 0.0}
    values = dict(inputs.values)
    for key, value in ({"bias.stage": "fbc"} if held else bare).items():
        values[key] = _each(values[key], dict.fromkeys(values[key].base, value))
    plant, communication = (float(values[key].base[()].amount) for key in _SHARES)
    with_plant = (1 + plant + communication) / (1 + communication)
    areas: dict[Members, float | str]
    areas = {(f.name,): f.area * (with_plant if f.plant_outside else 1.0) for f in group}
    values[_MEASURED] = _each(values[_MEASURED], areas)
    problem = bind(cut, replace(inputs, values=values))
    results = evaluate(problem, [problem.by_key[key] for key in WANTED])
    found = {key: np.atleast_1d(results.array(problem.by_key[key])[0, 0].squeeze()) for key in WANTED}
    return {**found, WITH_PLANT: np.asarray(with_plant)}


def _each(of: InputValues, amounts: Mapping[Members, float | str]) -> InputValues:
    """An input with other amounts, by member."""
    return replace(
        of, base={members: replace(value, amount=amounts[members]) for members, value in of.base.items()}
    )


def _levels() -> dict[str, float]:
    return {row["year"]: float(row["level"]) for row in _table("tender_prices.csv")}


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of the reference set; read once."""
    path: Path = resource(f"assumptions/reference/data/{name}")
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
