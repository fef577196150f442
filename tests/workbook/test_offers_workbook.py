"""Offers in the workbook: every cell live, a rule typed as a word, and engine results that know their age."""

from __future__ import annotations

import numpy as np
import pytest

from casebuilder.case import Case, load_case
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.pages.engine import CURRENT, STALE
from casebuilder.workbook.proof.engines import IronCalc
from tests.shipped import ShippedCases
from tests.short import POOL, folder_of
from tests.workbook.changing import Change, input_cell
from tests.workbook.money_cells import Cells, agree
from tests.workbook.reading import Sheet
from tests.workbook.test_procurement_workbook import FITS

NAME, CHAPTERS = POOL, ("offers", "sharing")
# As `--set` takes them, with what stands there before.
CHANGES: tuple[tuple[str, tuple[str, ...], float | str], ...] = (
    ("offers.rule", (), "eca"),
    ("offers.rule", (), "same_percentage"),
    ("offers.cancellation_share", (), 0.45),
    ("offers.expires", (), 9.0),
    ("procurement.refuses_standard", ("rgp", "mri"), 1.0),
    ("procurement.joins", ("rm1", "ct"), 0.0),
    ("routes.lock_in_premium", ("pool",), 0.2),
    ("routes.contract_length", ("pool",), 4.0),
    ("procurement.tier_start", ("pool", "mri", "t2"), 6.0),
)


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(NAME)


@pytest.fixture(scope="module")
def sheets(shipped_cases: ShippedCases) -> dict[str, Sheet]:
    return shipped_cases.sheets(NAME)


def fits(engine: IronCalc, sheets: dict[str, Sheet], name: str) -> object:
    """What a page says of the engine's results on it."""
    sheet = sheets[name]
    row = next(row for row in sheet.rows if sheet.value(row, 1) == FITS)
    return engine.value(name, f"{letter(2)}{row}")


def test_every_cell_of_the_offers_is_live(
    case: Case, sheets: dict[str, Sheet], shipped_cases: ShippedCases
) -> None:
    """What is typed into Inputs gives what --set gives; results of the engine go stale, and come back."""
    engine = shipped_cases.engine(NAME)
    cells = Cells(sheets, case, CHAPTERS)
    before = cells.ours(case.results)
    assert agree(cells.live(engine), before).all()
    pages = [name for name in sheets if name.startswith("Offer")]
    assert pages == ["Offers", "Offer rm1", "Offer rgp", "Offer rcx"]
    engine.calculate()
    assert {fits(engine, sheets, page) for page in pages} == {CURRENT}
    for key, members, after in CHANGES:
        item = next(item for item in case.problem.values if item.key == key)
        was = case.problem.values[item].amount(case.inputs.frame.baseline, members)
        where = input_cell(sheets, Change(item, members, None, was, after))
        engine.put(*where, after)
        engine.calculate()
        live, told = cells.live(engine), {fits(engine, sheets, page) for page in pages}
        engine.put(*where, was)
        at = f"[{','.join(members)}]" if members else ""
        again = load_case(folder_of(NAME), [f"{key}{at}={after}"])
        wrong = np.flatnonzero(~agree(live, cells.ours(again.results)))
        assert not wrong.size, (key, cells.name(int(wrong[0])), live[wrong[0]])
        assert not agree(live, before).all(), key
        # Neither the date nor what a supplier asks is under the engine's results.
        expected = CURRENT if key in ("offers.cancellation_share", "offers.expires") else STALE
        assert told == {expected}, key
