"""Procurement in the workbook: live, tiers crossed both ways, and engine results that know their age."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import pytest

from casebuilder.case import Case, load_case
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.pages.engine import CURRENT, STALE
from casebuilder.workbook.pages.sharing import DOES_NOT, SUMS
from casebuilder.workbook.proof.engines import IronCalc
from tests.shipped import ShippedCases
from tests.short import POOL, folder_of
from tests.workbook.changing import Change, headlines, input_cell, same
from tests.workbook.money_cells import Cells, agree
from tests.workbook.reading import Sheet

CHAPTERS = (
    "procurement",
    "replacements",
    "routes",
    "whole_life",
    "route_years",
    "apart",
    "funder",
    "pool",
    "sharing",
    "procurement_checks",
)
# In the CMAST case the second order has nine MRI and ten CT scanners against a tier that starts at ten, and
# the first order two of each against one that starts at five.
CMAST = (
    "procurement.own_units[rem,mri]=2",  # nine MRI scanners become ten: a tier is reached
    "procurement.own_units[rem,ct]=1",  # ten CT scanners become nine: a tier is lost
    "procurement.own_units[rem,ct]=1.9999999",  # just below it
    "procurement.tier_start[pool,mri,t3]=9",  # the tier comes to the quantity
    "procurement.tier_start[pool,ct,t3]=11",  # the tier leaves it
    "procurement.tier_start[pool,ct,t2]=2",  # reached by the first order too
    "procurement.tier_start[lead,mri,t3]=7",  # incremental: two units more at the lower price
    "procurement.tier_start[lead,ct,t2]=2",
    "procurement.tier_start[alone,xray,t2]=7",
    "procurement.tier_factor[pool,mri,t2]=0.91",
    "procurement.tier_factor[lead,ct,t3]=0.88",
    "procurement.tier_factor[framework,mri,t1]=0.93",
    "procurement.tier_factor[alone,ct,t1]=1.04",
    "procurement.volume_delivered=0.9",  # ten become nine
    "procurement.volume_delivered=0.4999999",  # below half
    "procurement.rebate_share[pool,t3]=0.02",
    "procurement.rebate_share[lead,t2]=0.01",
    "procurement.all_units[pool]=0",
    "procurement.all_units[lead]=1",
    "procurement.pools[framework]=1",
    "procurement.several_share[pool]=0.01",
    "procurement.several_share[alone]=0.005",
    "procurement.joins[rww,mri]=0",
    "procurement.refuses_standard[rem,ct]=1",
    "procurement.refuses_standard[rbl,echocardiography]=1",
    "procurement.joins[rbq,echocardiography]=0",
    "procurement.framework_fee[pool]=0.015",
    "procurement.competition_cost[alone]=31000",
    "procurement.competition_size[ultrasound]=0.7",
    "procurement.coordination_cost[pool]=5500",
    "procurement.maintenance_saving[pool]=0.04",
    "procurement.committed_share[mri]=0.25",
    "procurement.in_tranche[southport,second]=0.5",
    "procurement.own_tranche[first]=0.5",
    "procurement.registered[rem]=1",  # nothing is on its register: its estimate goes
    "procurement.own_to=3",
    "procurement.own_to=1",  # before the first year: what is estimated has no year
    "preferred:procurement.route_taken[framework,ct]=0.5",
    "routes.serves[pool,dexa]=0",
    "routes.delivery_year[second]=4",
    "regimes.step_days[pool,prepare]=361",  # later than the float, and MRI later than is allowed
    "regimes.step_days[lead,tender]=20",  # fewer than the law's least
    "regimes.least_days[regulations_2015,standstill]=100",
    "regimes.in_force_from[act_2023]=2021",  # the Act holds from before the first order
    "regimes.in_working_days[regulations_2015,standstill]=1",
    "regimes.calls_off[pool]=1",
    "commitments.first_offered[aggregation]=2012",
    "commitments.commitment_day[mri,first]=100",  # no date of this year is early enough
    "commitments.commits_by_date[aggregation]=0",  # with no order to give, later days would do
    "routes.lead_months[mri]=11",
    "routes.months_allowed[ct]=9",
    "routes.contract_length[managed]=7",
    "routes.lock_in_premium[pool]=0.12",
    "routes.supplier_rate[lease]=0.06",
    "routes.supplier_margin[managed]=0.1",
    "routes.residual_share[lease]=0.2",
    "routes.standard_saving[pool]=0.004",
    "routes.vat_recovered_charge[lease]=0.5",
    "routes.is_lease[managed]=0",
    "routes.is_financed[lease]=0",
    "routes.capital_limit[second]=20000000",
    "routes.months_of_float=1",
    "pool.kept_by_members=0.4",
)
# Seven MRI scanners and four X-ray rooms in Norfolk and Waveney, against a tier that starts at five.
NORFOLK = (
    "procurement.tier_start[pool,mri,t2]=8",
    "procurement.tier_start[pool,xray,t2]=4",
    "procurement.volume_delivered=0.6",
    "procurement.joins[rgp,mri]=0",
    "procurement.refuses_standard[rcx,ct]=1",
    "routes.contract_length[pool]=5",
    "procurement.all_units[pool]=0",
    "preferred:procurement.route_taken[lease,mri]=0.5",  # half of it leased
    "preferred:procurement.route_taken[managed,ct]=1",
)


@dataclass(frozen=True)
class Bought:
    """A case with its workbook and the changes that are typed into it."""

    case: Case
    sheets: dict[str, Sheet]
    changes: tuple[str, ...]


@pytest.fixture(
    scope="module",
    params=[(POOL, NORFOLK), pytest.param(("cmast", CMAST), marks=pytest.mark.full)],
    ids=lambda given: given[0],
)
def bought(request: pytest.FixtureRequest, shipped_cases: ShippedCases) -> Bought:
    name, changes = request.param
    return Bought(shipped_cases.case(name), shipped_cases.sheets(name), changes)


@pytest.fixture
def engine(bought: Bought, shipped_cases: ShippedCases) -> IronCalc:
    return shipped_cases.engine(bought.case.name)


def change_of(case: Case, text: str) -> Change:
    """A change as `--set` has it, as a cell of the workbook."""
    key, _, value = text.partition("=")
    option, _, rest = key.rpartition(":")
    name, _, within = rest.partition("[")
    members = tuple(filter(None, within.rstrip("]").split(",")))
    item = next(item for item in case.problem.values if item.key == name)
    before = case.problem.values[item].amount(option or case.inputs.frame.baseline, members)
    return Change(item, members, option or None, before, value if item.choices else float(value))


def status(engine: IronCalc, sheet: Sheet, label: str, column: int = 2) -> object:
    """What the page says beside a label in column A."""
    row = next(row for row in sheet.rows if sheet.value(row, 1) == label)
    return engine.value("Procurement", f"{letter(column)}{row}")


# Inputs that every share rests on.
MOVES_SHARES = ("tier_start", "tier_factor", "joins", "refuses_standard", "own_units", "volume_delivered")

ADDS_UP, FITS = "Adds up to the cost together?", "Do they fit the inputs of the workbook?"


def test_every_cell_of_procurement_is_live(bought: Bought, engine: IronCalc) -> None:
    """A value typed into Inputs gives in every cell what --set gives, and the engine's shares know of it."""
    case, sheets = bought.case, bought.sheets
    cells = Cells(sheets, case, CHAPTERS)
    before = cells.ours(case.results)
    assert agree(cells.live(engine), before).all()
    assert status(engine, sheets["Procurement"], FITS) == CURRENT
    idle = []
    for text in bought.changes:
        change = change_of(case, text)
        where = input_cell(sheets, change)
        engine.put(*where, change.after)
        engine.calculate()
        live, shown = cells.live(engine), headlines(engine, sheets["Options"], case)
        fits = status(engine, sheets["Procurement"], FITS)
        engine.put(*where, change.before)
        again = load_case(folder_of(case.name), [text])
        wrong = np.flatnonzero(~agree(live, cells.ours(again.results)))
        assert not wrong.size, (text, cells.name(int(wrong[0])), live[wrong[0]])
        for (key, option), value in shown.items():
            assert same(value, again.headlines[option].headlines[key]), (text, key, option)
        if agree(live, before).all():
            idle.append(text)
        if change.item.name in MOVES_SHARES:
            assert fits == STALE, text  # even where no figure of the whole pool moves
    assert not idle
    if os.environ.get("CASEBUILDER_REPORT"):
        print({"changes": len(bought.changes), "cells compared": len(before)})


def test_engine_shares_add_up_until_the_cost_moves(bought: Bought, engine: IronCalc) -> None:
    """Shapley and nucleolus are called current while they fit, and no longer add up once the cost moves."""
    case, sheet = bought.case, bought.sheets["Procurement"]
    engine.calculate()
    assert [status(engine, sheet, ADDS_UP, column) for column in (3, 4, 5)] == [SUMS] * 3
    change = change_of(case, "procurement.coordination_cost[pool]=9000")
    engine.put(*input_cell(bought.sheets, change), change.after)
    engine.calculate()
    assert [status(engine, sheet, ADDS_UP, column) for column in (3, 4, 5)] == [DOES_NOT] * 3
    assert status(engine, sheet, FITS) == STALE
