"""A small case in memory: two options, two sites, two tests, four months and two years."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

from casebuilder.algebra.chapters import Model, checked, name_chapter
from casebuilder.algebra.dimensions import BASELINE, Frame, Member
from casebuilder.algebra.operators import above, at, per_year, previous, quantity, ratio, step, total, where
from casebuilder.algebra.terms import Check, Input, Line, as_term
from casebuilder.case import Case
from casebuilder.inputs.digest import Digest
from casebuilder.inputs.values import (
    CaseInfo,
    CaseInputs,
    Decision,
    InputValues,
    Origin,
    Override,
    Shown,
    Source,
    Value,
)
from tests.declared import DECLARED, DIMENSIONS

MONTHS = ("2022-02", "2022-03", "2022-04", "2022-05")
YEARS = ("2021/22", "2022/23")
PAIRS = frozenset({("paddington", "ct"), ("paddington", "mri"), ("southport", "ct")})


def mini_model() -> Model:
    """Slots by site and test, a list that they empty, what they cost, headlines and checks."""
    slots_each = Input("Slots a month", "tests / month", ("site", "test"), "With all staff there.")
    included = Input("Site is in", "share", ("site",), "1 where the option has the site.")
    growth = Input("Growth", "factor", ("month",), "Of slots, on the first month.")
    slots = Line(
        "Slots", "tests / month", ("site", "test", "month"), slots_each * included * growth, "Of sites."
    )
    by_test = Line("Slots by test", "tests / month", ("test", "month"), total(slots, over="site"), "All.")
    capacity = {
        "slots_each": slots_each,
        "included": included,
        "growth": growth,
        "slots": slots,
        "by_test": by_test,
    }

    opening = Input("List at the start", "tests", (), "Observed.")
    referrals = Input("Referrals", "tests / month", (), "The same in every month.")
    waiting = Line("Waiting list", "tests", ("month",), basis="Before, and what comes.", opening=opening)
    waiting.define(previous(waiting) + step(referrals - total(by_test, over="test")))
    waits = {"opening": opening, "referrals": referrals, "waiting": waiting}

    price = Input("Price of a test", "GBP_real / test", ("test",), "Staff and consumables.")
    by_year = Line("Cost by test", "GBP_real / year", ("test", "year"), per_year(by_test) * price, "Real.")
    cost = Line("Cost", "GBP_real", (), total(by_year, over=("test", "year")), "Of both years.")
    costs = {"price": price, "by_year": by_year, "cost": cost}

    tests_year = Line("Tests", "tests / year", ("year",), total(per_year(by_test), over="test"), "All.")
    delivered = Line("Tests delivered", "tests", (), total(tests_year, over="year"), "Of both years.")
    npsv = Line("Net present social value", "GBP_real", (), at(cost, option=BASELINE) - cost, "Saved.")
    headlines = {
        "tests_year": tests_year,
        "tests_steady_state": delivered,
        "npsv": npsv,
        "bcr": Line("Benefit-cost ratio", "factor", (), ratio(cost, at(cost, option=BASELINE)), "Of cost."),
        "cost_per_test": Line("Cost a test", "GBP_real / test", (), ratio(cost, delivered), "Average."),
        "agency_share": Line("Agency share", "share", (), where(above(delivered, 0), 0.125, 0), "Eighth."),
    }
    steady = Line("Steady-state year", "number", (), as_term(2), "The second year.")
    checks = {
        "list_is_not_negative": Check("List is not negative", above(0, waiting), ("month",), "A list."),
        "list_is_short": Check(
            "List is short", above(waiting, quantity(70, "tests")), ("month",), "70.", level="warn"
        ),
    }
    return checked(
        [
            name_chapter("programme", "Programme", {"steady_state_year": steady, "DIMENSIONS": DECLARED}),
            name_chapter("capacity", "Capacity", capacity),
            name_chapter("waits", "Waits", waits),
            name_chapter("costs", "Costs", costs),
            name_chapter("headlines", "Headlines", headlines),
            name_chapter("checks", "Checks", checks),
        ]
    )


def mini_frame() -> Frame:
    """Two options, two sites of which one does no MRI, four months over two years."""
    members = {
        "site": (Member("paddington", "Paddington"), Member("southport", "Southport, coast")),
        "test": (Member("ct", "CT"), Member("mri", "MRI")),
        "month": tuple(Member(month, month) for month in MONTHS),
        "year": tuple(Member(year, year) for year in YEARS),
    }
    options = (Member("bau", "Business as usual"), Member("preferred", "Two centres"))
    return Frame(members, options, "bau", {("site", "test"): PAIRS}, (1, 1, 2, 2), dimensions=DIMENSIONS)


def mini_case(opening: float = 100.0) -> Case:
    """The case; with an opening list of 0 the check on negative lists fails."""
    model, frame = mini_model(), mini_frame()
    given = {item.key: item for item in model.inputs}
    origin = Origin("cases/mini/capacity.yaml", 7, 3, "S1", "published", "As built.")
    guess = replace(origin, line=12, source="S2", state="unverified", note="")

    def values(key: str, amounts: dict[tuple[str, ...], float], of: Origin = origin) -> InputValues:
        return InputValues(given[key], {k: Value(v, v / 2, v * 2) for k, v in amounts.items()}, of)

    none_in = {("paddington",): 0.0, ("southport",): 0.0}
    all_in = {("paddington",): Value(1.0), ("southport",): Value(1.0)}
    bound = {
        "capacity.slots_each": values(
            "capacity.slots_each", dict(zip(sorted(PAIRS), (20, 10, 5), strict=True))
        ),
        "capacity.included": replace(
            values("capacity.included", none_in),
            options={"preferred": all_in},
            option_origins={"preferred": replace(origin, file="cases/mini/options/preferred.yaml")},
        ),
        "capacity.growth": values(
            "capacity.growth", dict(zip(product(MONTHS), (1, 1, 1.1, 0.1), strict=True))
        ),
        "waits.opening": values("waits.opening", {(): opening}),
        "waits.referrals": values("waits.referrals", {(): 10.0}, guess),
        "costs.price": values("costs.price", {("ct",): 80.0, ("mri",): 250_000.5}, guess),
    }
    info = CaseInfo(
        "mini", "A mini bid", "Mersey [host]", "2021/22", MONTHS[0], "reference", Path("cases/mini")
    )
    sources = {"S1": Source("S1", "A register [of slots]"), "S2": Source("S2", "A guess")}
    changes = (Override("costs.price", ("ct",), None, 70.0, 80.0, "cases/mini/costs.yaml"),)
    # Business as usual ranks first; the other option is put forward for its tests.
    reason = Shown("It delivers tests.", "headlines.tests_steady_state", {}, more=True)
    decision = Decision("A board", "S1", "local", reasons=(reason,))
    digest = Digest(bound)
    digest.text = "ab" * 32
    inputs = CaseInputs(info, frame, bound, sources, changes, digest=digest, decision=decision)
    return Case(Path("cases/mini"), model, inputs)
