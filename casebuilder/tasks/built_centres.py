"""Built centres: what the model's own lines build up for a published scheme from what is public of it.

Facts are rooms, or tests from which rooms follow, the kind of building, its region and whether a hospital
or health centre lends it space; every value else is the reference set's.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from casebuilder.algebra.dimensions import Member
from casebuilder.case import load_model
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import bind
from casebuilder.inputs.in_memory import Given, frame_in_memory, inputs_in_memory, model_in_memory
from casebuilder.inputs.values import InputValues, Members
from casebuilder.resources import resource

PRICES_OF = "2025/26"
TESTS = (
    "mri", "ct", "ultrasound", "xray", "dexa", "echocardiography", "spirometry", "phlebotomy",
    "endoscopy", "audiology", "consulting",
)  # fmt: skip
# Which tests a class of equipment serves: the pairs that a case.yaml would list.
EQUIPMENT = {
    "mri": ("mri",),
    "ct": ("ct",),
    "ultrasound": ("ultrasound",),
    "xray": ("xray",),
    "dexa": ("dexa",),
    "echocardiography": ("echocardiography",),
    "spirometer": ("spirometry",),
    "phlebotomy_chair": ("phlebotomy",),
    "endoscopy_room": ("endoscopy",),
    "audiology_booth": ("audiology",),
    "consulting_kit": ("consulting",),
    "contrast_injector": ("mri", "ct"),
    "reporting_workstation": ("mri", "ct", "xray"),
}
OTHER_MEMBERS = {
    "department": ("imaging", "ultrasound", "physiology", "blood_tests", "shared"),
    "fee": ("architect", "engineers", "cost_adviser", "project_manager", "statutory", "other"),
    "non_work": ("surveys", "planning", "decanting", "it", "commissioning"),
    "tranche": ("first",),
    "provider": ("host",),
}
COST, AREA = "capital.outturn_site", "estate.gross_internal_area"
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
    """

    name: str
    kind: str
    region: str
    rooms: Mapping[str, float] = field(default_factory=dict)
    host_provides: float = 0.0
    tests: float = 0.0
    area: float = 0.0


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
    rooms
        As taken.
    """

    cost: float
    bare: float
    area: float
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
        )  # fmt: skip


def published() -> list[Published]:
    """Every scheme of the class's table."""
    return [Published(row) for row in _table("built_centres.csv")]


def rooms_of(facts: Facts) -> dict[str, float]:
    """Rooms as given; where tests are, as many of each kind given as its share of them needs, at least."""
    rooms = dict(facts.rooms)
    for row in _table("rooms_from_tests.csv") if facts.tests else ():
        test, a_room = row["test"], float(row["tests_an_hour"]) * float(row["hours_a_year"])
        if rooms.get(test):
            needed = facts.tests * float(row["share"]) / (a_room * float(row["used"]))
            rooms[test] = max(rooms[test], math.ceil(needed - 1e-9))
    return rooms


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
                float(full[COST][place]), float(bare[COST][place]), float(full[AREA][place]), rooms_of(facts)
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
    cut = model_in_memory(model, frame, (COST, AREA), ())
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
        "estate.measured_area": Given({(f.name,): f.area for f in group}, _PUBLIC),
        "works.kind_of_site": Given(shares, _PUBLIC),
        "hosting.owns": Given(1, _PUBLIC),
        "procurement.own_units": Given(0, _PUBLIC),
        "capital.location_adjustment_share": Given(factor - 1, _PUBLIC),
        "capital.standard_share": Given(0.5, _PUBLIC, "Scanner rooms and converted space are the other half."),
        "capital.phasing": Given(
            {(name, year): float(place == 0) for name in names for place, year in enumerate(frame.ids("year"))},
            _PUBLIC,
        ),
    }
    inputs = inputs_in_memory(cut, frame, given, "built_centres")
    given_words = {"bias.stage": "fbc"} if held else {"bias.method": "own_record"}
    given_numbers = {} if held else {"bias.own_record": 0.0, "capital.contingency_share": 0.0}
    values = dict(inputs.values)
    for key, value in (given_words | given_numbers).items():
        values[key] = _replaced(values[key], value)
    problem = bind(cut, replace(inputs, values=values))
    results = evaluate(problem, [problem.by_key[key] for key in (COST, AREA)])
    return {key: np.atleast_1d(results.array(problem.by_key[key])[0, 0].squeeze()) for key in (COST, AREA)}


def _replaced(of: InputValues, amount: float | str) -> InputValues:
    """An input with another amount for all its members."""
    return replace(of, base={members: replace(value, amount=amount) for members, value in of.base.items()})


def _levels() -> dict[str, float]:
    return {row["year"]: float(row["level"]) for row in _table("tender_prices.csv")}


def _table(name: str) -> list[dict[str, str]]:
    path: Path = resource(f"assumptions/reference/data/{name}")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
