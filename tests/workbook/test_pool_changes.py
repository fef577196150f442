"""Sixty changes that a meeting would try, typed into the workbook of a pool: both engines, every cell.

In IronCalc one at a time, in LibreOffice a few together; each gives in every cell of every line what `--set`
gives, and the results of casebuilder's own engine say at once whether they are stale.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from casebuilder.case import Case, load_case
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.layout.trials import SHEET, lay_out_trials
from casebuilder.workbook.pages.engine import CURRENT, STALE
from casebuilder.workbook.proof.engines import LibreOffice, libreoffice
from tests.shipped import Reopened, ShippedCases
from tests.workbook.changing import headlines, input_cell, same
from tests.workbook.money_cells import Cells, agree
from tests.workbook.reading import Sheet
from tests.workbook.round_trip import type_in
from tests.workbook.test_offers_workbook import fits
from tests.workbook.test_procurement_workbook import change_of

NAME, TOGETHER = "norfolk_waveney", 6
# Typed on the sheet of who joins, beside what comes of it.
TRIED = (
    "procurement.joins[rm1,mri]=0",
    "procurement.joins[rm1,ct]=0",
    "procurement.joins[rgp,mri]=0",
    "procurement.joins[rgp,xray]=0",
    "procurement.joins[rcx,ct]=0",
    "procurement.joins[rcx,contrast_injector]=0",
    "procurement.joins[rm1,ultrasound]=0",
    "procurement.refuses_standard[rm1,mri]=1",
    "procurement.refuses_standard[rgp,ct]=1",
    "procurement.refuses_standard[rcx,mri]=1",
    "procurement.refuses_standard[rcx,xray]=1",
    "procurement.refuses_standard[rgp,contrast_injector]=1",
)
# Typed into Inputs: who joins, tiers, volumes, and what changes who pays.
MEMBERS = (
    "procurement.joins[rgp,ct]=0",
    "procurement.joins[rcx,mri]=0",
    "procurement.joins[rm1,xray]=0",
    "procurement.joins[rgp,reporting_workstation]=0",
    "procurement.refuses_standard[rm1,ct]=1",
    "procurement.refuses_standard[rcx,ct]=1",
    "procurement.refuses_standard[rgp,mri]=1",
    "procurement.refuses_standard[rm1,contrast_injector]=1",
)
TIERS = (
    "procurement.tier_start[pool,mri,t3]=7",  # seven MRI scanners reach it
    "procurement.tier_start[pool,mri,t2]=8",  # and fall out of it
    "procurement.tier_start[pool,ct,t3]=6",
    "procurement.tier_start[pool,ct,t2]=7",
    "procurement.tier_start[pool,xray,t2]=4",
    "procurement.tier_start[pool,contrast_injector,t3]=14",
    "procurement.tier_factor[pool,mri,t2]=0.915",
    "procurement.tier_factor[pool,ct,t2]=0.92",
    "procurement.tier_factor[pool,xray,t1]=0.95",
    "procurement.tier_factor[alone,ct,t1]=1.03",
    "procurement.tier_factor[lead,mri,t2]=0.92",
    "procurement.rebate_share[pool,t3]=0.02",
    "procurement.several_share[pool]=0.01",
    "procurement.all_units[pool]=0",
)
VOLUMES = (
    "procurement.volume_delivered=0.6",
    "procurement.volume_delivered=0.7142857",  # seven become just under five
    "procurement.volume_delivered=0.9",
    "procurement.committed_share[mri]=0.2",
    "procurement.committed_share[ct]=0.3",
    "procurement.committed_share[contrast_injector]=0.5",
    "procurement.own_units[rm1,mri]=3",
    "procurement.own_units[rgp,ct]=2",
    "procurement.own_units[rcx,xray]=1",
    "routes.delivery_year[first]=4",
)
RULES = (
    "offers.rule=same_percentage",
    "offers.rule=equal_saving",
    "offers.rule=eca",
    "offers.rule=aca",
    "pool.kept_by_members=0.5",
    "pool.kept_by_members=0",
    "procurement.coordination_cost[pool]=9000",
    "procurement.framework_fee[pool]=0.02",
)
VAT = (
    "capital.vat_rate=0.175",
    "capital.vat_rate=0",
    "capital.recovery[equipment]=0.3",
    "routes.vat_recovered_price[pool]=0.3",
    "routes.vat_recovered_price[alone]=0.2",
    "routes.vat_recovered_charge[pool]=0.4",
    "routes.vat_recovered_charge[alone]=0.5",
    "routes.vat_recovered_charge[lease]=0.6",
)
CHANGES = (*TRIED, *MEMBERS, *TIERS, *VOLUMES, *RULES, *VAT)


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(NAME)


@pytest.fixture(scope="module")
def sheets(shipped_cases: ShippedCases) -> dict[str, Sheet]:
    return shipped_cases.sheets(NAME)


@pytest.fixture(scope="module")
def cells(case: Case, sheets: dict[str, Sheet]) -> Cells:
    """Every cell of every line."""
    return Cells(sheets, case, {line.chapter for line in case.problem.lines})


def place_of(case: Case, sheets: dict[str, Sheet], text: str) -> tuple[str, str]:
    """The cell that a change is typed into."""
    change = change_of(case, text)
    if text not in TRIED:
        return input_cell(sheets, change)
    tried = lay_out_trials(case.problem).cells()
    return SHEET, next(at for item, members, at in tried if (item, members) == (change.item, change.members))


def told(engine: Reopened, sheets: dict[str, Sheet]) -> set[object]:
    """What the pages of the pool say of the engine's results on them."""
    pages = [name for name in sheets if name.startswith("Offer")]
    return {fits(engine, sheets, page) for page in ("Procurement", *pages)}


def expected_marks(text: str) -> set[object]:
    """What the pages say after a change.

    Shares are without VAT, so that no result of the engine rests on it; offers rest on the rule put forward,
    and the shares beside them do not.
    """
    if text in VAT:
        return {CURRENT}
    return {CURRENT, STALE} if text.startswith("offers.rule") else {STALE}


def test_there_are_sixty() -> None:
    """Of in and out, tiers, volumes, rules and VAT, each once."""
    assert len(set(CHANGES)) == len(CHANGES) == 60


@pytest.mark.full
def test_one_at_a_time(
    case: Case, sheets: dict[str, Sheet], cells: Cells, shipped_cases: ShippedCases
) -> None:
    """IronCalc: every cell of every line and every headline; and the engine's results know of it."""
    engine = shipped_cases.engine(NAME)
    before = cells.ours(case.results)
    assert agree(cells.live(engine), before).all()
    assert told(engine, sheets) == {CURRENT}
    for text in CHANGES:
        change, where = change_of(case, text), place_of(case, sheets, text)
        engine.put(*where, change.after)
        engine.calculate()
        live, shown, marks = (
            cells.live(engine),
            headlines(engine, sheets["Options"], case),
            told(engine, sheets),
        )
        engine.put(*where, "" if text in TRIED else change.before)
        again = load_case(NAME, [text])
        wrong = np.flatnonzero(~agree(live, cells.ours(again.results)))
        assert not wrong.size, (text, cells.name(int(wrong[0])), live[wrong[0]])
        for (key, option), value in shown.items():
            assert same(value, again.headlines[option].headlines[key]), (text, key, option)
        assert not agree(live, before).all(), text
        assert marks == expected_marks(text), text
    print(f"{len(CHANGES)} changes, {len(before):,} cells each")


@pytest.mark.full
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_a_few_together(
    case: Case, sheets: dict[str, Sheet], cells: Cells, shipped_cases: ShippedCases, tmp_path: Path
) -> None:
    """LibreOffice: every cell of every line, with six changes in each file; no input twice in one."""
    typed = 0
    for number in range(len(CHANGES) // TOGETHER):
        batch = CHANGES[number :: len(CHANGES) // TOGETHER]
        wanted = {place_of(case, sheets, text): change_of(case, text).after for text in batch}
        assert len(wanted) == len(batch) == TOGETHER
        path = tmp_path / f"{number}.xlsx"
        type_in(shipped_cases.workbook(NAME), path, wanted)
        office = LibreOffice(path, tmp_path / str(number))
        found = (office.value(name, f"{letter(column)}{row}") for name, row, column in cells.places)
        live = np.array([np.nan if value in ("", None) else value for value in found], dtype=float)
        wrong = np.flatnonzero(~agree(live, cells.ours(load_case(NAME, list(batch)).results)))
        assert not wrong.size, (batch, cells.name(int(wrong[0])), live[wrong[0]])
        typed += len(batch)
    assert typed == len(CHANGES)
