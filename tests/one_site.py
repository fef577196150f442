"""A case of one trust with one site, written to a folder: reference tests, and tests of one's own.

What a bid alone can say is given here, by numbers that are nobody's; all else is the reference set's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from casebuilder.inputs.start.tests import equipment_of, equipment_pairs, read_tests, staff_of, staff_pairs

TRUST, SITE, RISK, BENEFIT = "rem", "hub", "recruitment", "patient_time_and_travel"
FIRST, OPENS, BUILT = "2025/26", "2026/27", "2027/28"
MONTHS = 48
SEASON = 1.0
ASKED = 600  # tests a month that the trust is asked for
LISTS = (
    "list_activity",
    "list_change",
    "planned",
    "unscheduled",
    "list",
    "over_six_weeks",
    "mean_list",
    "young_band",
)


@dataclass(frozen=True)
class OwnTest:
    """A test that the reference set has not, with the values that its case has to give.

    Attributes
    ----------
    id, label
        What it is called.
    minutes
        Of a slot.
    kit_price
        Of its unit, in pounds.
    price
        What is paid for a test.
    bought_price
        What a test costs where it is done now.
    asked
        Tests a month.
    """

    id: str
    label: str
    minutes: float
    kit_price: float
    price: float
    bought_price: float
    asked: float

    @property
    def kit(self) -> str:
        """The class of equipment that it needs."""
        return f"{self.id}_kit"


@dataclass
class OneSite:
    """What the case is made of.

    Attributes
    ----------
    tests
        Reference tests.
    own
        Tests of one's own, which an assistant does.
    rooms
        By test, where there is not one.
    values
        More blocks, by key of an input.
    """

    tests: Sequence[str]
    own: Sequence[OwnTest] = ()
    rooms: Mapping[str, float] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def all_tests(self) -> list[str]:
        """All tests by id, those of the catalogue first."""
        return [*self.tests, *(own.id for own in self.own)]

    def write(self, folder: Path) -> Path:
        """Write the case and give its folder."""
        (folder / "data").mkdir(parents=True)
        (folder / "options").mkdir()
        _write(folder / "case.yaml", self._case())
        _write(folder / "sources.yaml", {"L1": {"title": "Numbers of a test, nobody's"}})
        _write(folder / "options" / "bau.yaml", {"label": "Business as usual", "inputs": {}})
        taken_in = {key: _value(1) for key in ("estate.included", "risks.applies")}
        _write(folder / "options" / "preferred.yaml", {"label": "Preferred", "inputs": taken_in})
        chapters: dict[str, dict[str, Any]] = {}
        for key, block in {**self._blocks(), **self.values}.items():
            chapter, name = key.split(".")
            chapters.setdefault(chapter, {})[name] = block
        for chapter, blocks in chapters.items():
            _write(folder / f"{chapter}.yaml", blocks)
        asked = {own.id: own.asked for own in self.own}
        rows = ["provider,test," + ",".join(LISTS)]
        rows += [f"{TRUST},{test},{_list_row(test, asked.get(test, ASKED))}" for test in self.all_tests]
        (folder / "data" / "lists.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        return folder

    def _case(self) -> dict[str, Any]:
        known = read_tests()
        roles = {**staff_of(self.tests), "assistant": "Assistant", "administrator": "Reception"}
        worked = {**dict.fromkeys(roles, ()), **staff_pairs(self.tests)}
        if self.own:
            worked["assistant"] = (*worked["assistant"], *(own.id for own in self.own))
        kits = {**equipment_of(self.tests), **{own.kit: own.label for own in self.own}}
        served = {**equipment_pairs(self.tests), **{own.kit: (own.id,) for own in self.own}}
        members = {
            "provider": {TRUST: "The trust"},
            "site": {SITE: "The centre"},
            "staff": roles,
            "equipment": kits,
            "fund": {"national_pdc": "National capital"},
            "risk": {RISK: "Posts stay empty"},
            "benefit": {BENEFIT: "Patients' time"},
            "district": {"town": "The town"},
            "place": {"town": "The town"},
            "test": {
                **{test: known[test].label for test in self.tests},
                **{own.id: own.label for own in self.own},
            },
        }
        pairs = [
            {"over": ["site", "test"], "members": {SITE: self.all_tests}},
            {"over": ["provider", "test"], "members": {TRUST: self.all_tests}},
            {"over": ["district", "place"], "members": {"town": ["town"]}},
            {"over": ["equipment", "test"], "members": {kit: list(tests) for kit, tests in served.items()}},
            {"over": ["staff", "test"], "members": {role: list(tests) for role, tests in worked.items()}},
            {"over": ["site", "equipment"], "through": "test"},
            {"over": ["site", "staff"], "members": {SITE: list(roles)}},
        ]
        return {
            "format": 2,
            "title": "A centre of one trust",
            "host": "The trust",
            "region": "England",
            "base_year": FIRST,
            "first_month": "2025-04",
            "operating_months": MONTHS,
            "horizon": 10,
            "baseline": "bau",
            "reference": FIRST,
            "members": members,
            "pairs": pairs,
            "options": ["bau", "preferred"],
            "leaves_out": dict.fromkeys(
                ("longlist", "unmonetised", "governance.loss_total", "governance.loss"), "Not in this case."
            ),
        }

    def _blocks(self) -> dict[str, Any]:
        tables = {
            f"demand.baseline_{name}": {
                "unit": unit,
                "over": ["provider", "test"],
                "table": "data/lists.csv",
                "column": name,
            }
            for name, unit in zip(LISTS, ("tests / month",) * 4 + ("tests",) * 4, strict=True)
        }
        outcomes = {RISK: {"good": 0.2, "likely": 0.6, "bad": 0.2}}
        by_year = {FIRST: 0, OPENS: 1, BUILT: 0}
        blocks: dict[str, Any] = {
            **tables,
            "estate.included": _over(["site"], "flag", 0),
            "estate.rooms": _over(
                ["site", "test"], "rooms", {SITE: {t: self.rooms.get(t, 1) for t in self.all_tests}}
            ),
            "estate.opening_hours_per_day": _over(["site"], "hours / day", 12),
            "estate.opening_days_per_week": _over(["site"], "days / week", 7),
            "hosting.hosts": _over(["provider", "site"], "share", 1),
            "hosting.employs": _over(["provider", "site"], "share", 1),
            "hosting.owns": _over(["provider", "site"], "share", 1),
            "hosting.network_share": _over(["provider"], "share", 1),
            "programme.approval_month": _over(["site"], "months", 3),
            "programme.duration_bias_mitigated": _over(["site"], "share", 0.5),
            "programme.slip_months": _over(["site"], "months", 0),
            "programme.relief_start_month": _over([], "months", 7),
            "programme.time_limited_funding_end_year": _over([], "number", 1),
            "risks.probability": _over(["risk", "outcome"], "share", outcomes),
            "risks.impact": _over(
                ["risk", "outcome"], "GBP_real", {RISK: {"good": 0, "likely": 100_000, "bad": 300_000}}
            ),
            "risks.profile": _over(["risk", "year"], "share / year", {RISK: by_year}, hold=True),
            "risks.applies": _over(["risk"], "share", 0),
            "risks.covered": _over(["risk"], "flag", 0),
            "risks.replaces_contingency": _over(["risk"], "flag", 0),
            "demand.years_carried_forward": _over([], "number", 0.5),
            "demand.list_carried_forward": _over([], "flag", 0),
            "demand.season": _over(["month"], "factor", SEASON),
            "demand.suited": _over(["provider"], "share", 1),
            "workforce.site_posts": _over(
                ["site", "staff"], "posts", {SITE: {"administrator": 1, "others": 0}}
            ),
            "lists.catchment": _over(["site", "provider"], "share", 1),
            "access.place_latitude": _over(["place"], "number", 53.4),
            "access.place_longitude": _over(["place"], "number", -2.9),
            "access.site_latitude": _over(["site"], "number", 53.41),
            "access.site_longitude": _over(["site"], "number", -2.92),
            "access.km_per_longitude": _over([], "km", 66.4),
            "access.people": _over(["district", "place", "quintile"], "patients", 60_000),
            "access.acute_minutes": _over(["place"], "minutes", 18),
            "access.fit_constant": _over([], "minutes", 0),
            "access.fit_per_km": _over([], "minutes / km", 1),
            "access.fit_per_root_km": _over([], "minutes", 2),
            "leases.rent_rate": _over(["site"], "GBP_real / m2 / year", 0),
            "capital.standard_share": _over(["site"], "share", 0.6),
            "capital.phasing": _over(
                ["site", "year"], "share / year", {SITE: {FIRST: 0.5, OPENS: 0.5, BUILT: 0}}, hold=True
            ),
            "funding.is_pdc": _over(["fund"], "flag", 1),
            "funding.award": _over(["fund", "site", "year"], "GBP_nominal / year", 0),
            "income.national_allocation": _over(["year"], "GBP_nominal / year", 0),
            "income.commissioner_cap": _over(["year"], "GBP_nominal / year", 5_000_000),
            "benefits.ramp": _over(["benefit", "year"], "share", {BENEFIT: {FIRST: 0, OPENS: 1}}, hold=True),
            "economics.opportunity_rent": _over(["site"], "GBP_real / m2 / year", 100),
        }
        if self.own:
            blocks |= {
                "throughput.examination_minutes": _over(
                    ["test", "examination"], "minutes / slot", {t.id: t.minutes for t in self.own}
                ),
                "equipment.unit_price": _over(
                    ["equipment"], "GBP_real / item", {t.kit: t.kit_price for t in self.own}
                ),
                "income.unit_price": _over(["test"], "GBP_real / test", {t.id: t.price for t in self.own}),
                "revenue.bought_test_price": _over(
                    ["test"], "GBP_real / test", {t.id: t.bought_price for t in self.own}
                ),
            }
        return {key: {**block, "source": "L1", "state": "chosen"} for key, block in blocks.items()}


def _list_row(test: str, asked: float) -> str:
    """Four weeks of tests on the list, a fifth of it over six weeks; noughts where there is no list."""
    known = read_tests().get(test)
    if known is None or not known.dm01:
        return f"{asked:g},0,0,0,0,0,0,0"
    return f"{asked:g},0,0,0,{asked:g},{asked / 5:g},{asked:g},{asked / 4:g}"


def _over(over: Sequence[str], unit: str, given: Any, *, hold: bool = False) -> dict[str, Any]:
    block: dict[str, Any] = {"unit": unit}
    if over:
        block["over"] = list(over)
    block["values" if isinstance(given, dict) else "value"] = given
    return {**block, "hold": True} if hold else block


def _value(amount: float) -> dict[str, Any]:
    return {"value": amount, "source": "L1", "state": "chosen"}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True), encoding="utf-8")
