"""Hospital kit that falls due: by register or estimated, in the pool and in its trust's own plan, by hand."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from casebuilder.case import load_case
from casebuilder.evaluate.notes import defaults_of, states_of
from casebuilder.resources import resource
from tests.published.support import Answer, work_out

MEMBERS = {
    "provider": ("a", "b"),
    "equipment": ("ct", "mri"),
    "route": ("alone", "pool"),
    "tranche": ("first",),
}
# Trust A has a register: a CT scanner due in each of years 1 and 3, an MRI scanner in year 2. Trust B has
# none and is estimated at two CT scanners. What falls due in years 2 and 3 may join. VAT is 20 %, and general
# inflation 10 % in year 3.
GIVEN: dict[str, Any] = {
    "procurement.registered": [1, 0],
    "procurement.register": [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, *[0.0] * 6],
    "procurement.own_units": [5.0, 5.0, 2.0, 0.0],
    "procurement.own_from": 2,
    "procurement.own_to": 3,
    "procurement.joins": [1, 1, 1, 1],
    "procurement.route_taken": [0.0, 0.0, 1.0, 1.0],
    "procurement.route_price": [500.0, 900.0, 400.0, 800.0],
    "capital.vat_rate": 0.2,
    "capital.recovery": 0.0,
    "timeline.gdp_index": [1.0, 1.0, 1.1],
}


def worked(*wanted: str, **changed: Any) -> Answer:
    values = GIVEN | {key.replace("__", "."): value for key, value in changed.items()}
    members = MEMBERS | {"vat_line": ("works", "fees", "non_works", "equipment")}
    return work_out(wanted, values, members=members, years=3, unused_allowed=True)


def test_what_joins_is_what_falls_due_in_its_years() -> None:
    """A's CT scanner of year 1 is too early; its MRI scanner and the one of year 3 join, and both of B's."""
    answer = worked("procurement.due_while_buying", "replacements.units", "replacements.units_estimated")
    assert answer("procurement.due_while_buying") == [[1, 1], [2, 0]]
    assert answer("replacements.units") == [[1, 1, 1], [0, 1, 1]]
    assert answer("replacements.units_estimated") == 2
    assert worked("replacements.source")("replacements.source") == [3, 2]


def test_an_estimate_without_a_year_is_told() -> None:
    """The last year in which kit joins before the first: B's two units would stand nowhere."""
    wanted = "replacements.estimate_is_spread"
    assert worked(wanted)(wanted) == 0
    assert worked(wanted, procurement__own_from=3, procurement__own_to=2)(wanted) == 1


def test_all_years_of_a_trust() -> None:
    """A: three units at £600, £960 and £528; B: two at £480 and £528."""
    answer = worked("replacements.units_all", "replacements.cost_all")
    assert answer("replacements.units_all") == [3, 2]
    assert answer("replacements.cost_all") == pytest.approx([2088, 1008])


def test_it_costs_its_trust_in_the_year_it_is_due() -> None:
    """At the price alone where it does not join, at the pool's where it does; with VAT and inflation."""
    answer = worked("replacements.cost", "replacements.cost_estimated")
    assert answer("replacements.cost") == [
        pytest.approx([500 * 1.2, 800 * 1.2, 400 * 1.2 * 1.1]),
        pytest.approx([0, 400 * 1.2, 400 * 1.2 * 1.1]),
    ]
    assert answer("replacements.cost_estimated") == pytest.approx(400 * 1.2 * 2.1)


def test_a_trust_that_stays_out_pays_the_price_alone() -> None:
    """B does not join: two CT scanners at £500."""
    answer = worked("replacements.cost", procurement__joins=[1, 1, 0, 0])
    assert answer("replacements.cost")[1] == pytest.approx([0, 500 * 1.2, 500 * 1.2 * 1.1])


def test_it_stands_in_the_host_s_plan() -> None:
    """An envelope of £1,000 a year of which half is free, and £100 of the scheme beside hospital kit."""
    values = {
        "replacements.cost": [300.0, 0.0, 60.0, 0.0],
        "plans.envelope": [1000.0] * 4,
        "plans.envelope_planned": [0.5, 0.5],
        "plans.replacements_planned": [0.0, 1.0],
        "accounts.envelope_call": [0.0] * 4,
        "accounts.additions": [10.0, 20.0, 0.0, 0.0],
        "accounts.donated_income": [0.0, 5.0, 0.0, 0.0],
        "position.right_of_use_begun": [0.0, 7.0, 0.0, 0.0],
        "funding.crumb": 0.001,
    }
    answer = work_out(
        ["plans.envelope_headroom", "plans.capital_charge"],
        values,
        members={"provider": ("a", "b")},
        years=2,
        by_option={"preferred": {"accounts.envelope_call": [0.0, 100.0, 0.0, 0.0]}},
        unused_allowed=True,
    )
    assert answer("plans.envelope_headroom", "preferred") == [[200, 400], [500, 500]]
    assert answer("plans.capital_charge") == [[310, 22], [60, 0]]


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Norfolk and Waveney with a register of one trust, as a table."""
    folder = tmp_path_factory.mktemp("register") / "norfolk_waveney"
    copytree(str(resource("assumptions/cases/norfolk_waveney")), folder)
    (folder / "data" / "register.csv").write_text(
        "provider,equipment,year,units\nrm1,ct,2024/25,1\nrm1,mri,2025/26,2\nrm1,mri,2032/33,1\n"
    )
    (folder / "procurement.yaml").write_text(
        "registered:\n  unit: flag\n  over: [provider]\n  values: {rm1: 1, others: 0}\n"
        "  source: L11\n  state: chosen\n  note: A test.\n\n"
        "register:\n  unit: items / year\n  over: [provider, equipment, year]\n"
        "  table: data/register.csv\n  column: units\n  source: L11\n  state: local\n  note: A test.\n"
    )
    return folder


def test_a_register_is_a_table_of_the_case(registered: Path) -> None:
    """What the table says falls due in its year; what it does not name, none; what is due later stays out."""
    value = load_case(str(registered)).results.value
    due = {
        year: value("replacements.units", "preferred", ("rm1", year))
        for year in ("2023/24", "2024/25", "2025/26", "2032/33")
    }
    assert due == {"2023/24": 0, "2024/25": 1, "2025/26": 2, "2032/33": 1}
    assert value("replacements.units_joining", "preferred") == 1
    assert value("replacements.source", "preferred", ("rm1",)) == 3


def test_what_a_register_does_not_name_counts_as_no_value(registered: Path) -> None:
    """Three rows are given; every other class, trust and year stands at nothing, which nobody vouches for."""
    problem = load_case(str(registered)).problem
    counted = {state: counter["procurement.register"] for state, counter in states_of(problem).items()}
    assert counted == {"published": 0, "local": 3, "chosen": 0, "unverified": 0}
    cells = next(
        len(given.base) for item, given in problem.values.items() if item.key == "procurement.register"
    )
    assert cells > 3 and defaults_of(problem) >= cells - 3
