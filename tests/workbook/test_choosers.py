"""The cells that choose what pages show: a word that is not in their list is said on every sheet."""

from __future__ import annotations

from casebuilder.workbook.proof.cells import Error
from casebuilder.workbook.proof.engines import place
from casebuilder.workbook.proof.unusable_inputs import unusable_inputs
from casebuilder.workbook.sheets.selection import CHOOSE_MONTH, CHOOSE_OPTION, NOT_LISTED
from tests.shipped import ShippedCases
from tests.short import SHORT

BAD = (None, "nonsense", "", "*", 0.0, 46_082.0)


def test_a_word_that_is_not_listed_is_unusable(shipped_cases: ShippedCases) -> None:
    """Pages that show nothing never stand under a band that does not say so, and `verify` names the cell."""
    engine, cells = shipped_cases.engine(SHORT), shipped_cases.cells(SHORT)
    before = engine.value("Cover", "A2")
    (page,) = [name for name, of in cells.items() if any(c.value == CHOOSE_OPTION for c in of)]
    places = {
        str(c.value): c.address.replace("A", "B")
        for c in cells[page]
        if c.value in (CHOOSE_OPTION, CHOOSE_MONTH)
    }
    stored = {c.address: c.value for c in cells[page]}
    assert engine.value("Checks", "B7") == 0 and len(places) == 2
    for label, address in places.items():
        for bad in BAD:
            if bad is None:
                row, column = place(address)
                engine.model.clear_cell_contents(engine.sheets[page], row, column)
            else:
                engine.put(page, address, bad)
            engine.calculate()
            assert engine.value("Cover", "A2") == f"{before} · 1 input unusable", (label, bad)
            said = {"key": label, "sheet": page, "cell": address, "fault": NOT_LISTED}
            assert unusable_inputs(cells, engine) == [said]
        engine.put(page, address, str(stored[address]))
        engine.calculate()
        assert engine.value("Cover", "A2") == before
        assert not isinstance(engine.value(page, "B6"), Error)
