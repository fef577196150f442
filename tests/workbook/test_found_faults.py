"""Faults found by trying the product (docs/acceptance.md), each by its own example: those of the workbook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casebuilder.workbook.proof.engines import place
from tests.shipped import ShippedCases
from tests.workbook.edits import BAND, BLANK, Typed

DIGITAL = "digital_diagnostics"
ALL_HOLD = "All checks hold"


@pytest.fixture(scope="module")
def digital(shipped_cases: ShippedCases) -> Typed:
    """The digital programme's workbook, to type into; each test puts back what stood there."""
    return Typed(shipped_cases.engine(DIGITAL), shipped_cases.sheets(DIGITAL))


@pytest.fixture
def bands(digital: Typed, request: pytest.FixtureRequest) -> Iterator[set[object]]:
    """What Cover, Checks and Summary say once a value is typed under a key and header."""
    key, header, value = request.param
    under = ((found, cell) for (found, head), cell in digital.cells.items() if head == header)
    sheet, address = next(cell for found, cell in under if found == key or found.startswith(f"{key}["))
    before = digital.engine.value(sheet, address)
    if value == BLANK:
        digital.engine.model.clear_cell_contents(digital.engine.sheets[sheet], *place(address))
    else:
        digital.engine.put(sheet, address, value)
    digital.engine.calculate()
    yield {digital.engine.value(name, BAND[1]) for name in ("Cover", "Checks", "Summary", "Inputs")}
    digital.engine.put(sheet, address, before)
    digital.engine.calculate()
    assert "unusable" not in str(digital.engine.value(*BAND))


@pytest.mark.parametrize(
    "bands",
    [
        pytest.param(("equipment.unit_price[reporting_workstation]", "Base", "tbc"), id="1"),
        pytest.param(("digital.capital_cost[image_sharing]", "2021/22", BLANK), id="4 empty"),
        pytest.param(("throughput.uptime", "Base", 1.5), id="4 uptime"),
        pytest.param(("demand.suited", "Base", 5.0), id="4 suited"),
        pytest.param(("throughput.booking_utilisation", "Base", -0.5), id="4 utilisation"),
        pytest.param(("workforce.headroom", "Base", 3.0), id="4 headroom"),
        pytest.param(("equipment.unit_price[reporting_workstation]", "Base", -900_000.0), id="4 price"),
        pytest.param(("estate.rooms[no_centre,mri]", "Base", 2.5), id="4 rooms"),
        pytest.param(("demand.national_growth[ct]", "2024/25", 50.0), id="5"),
    ],
    indirect=True,
)
def test_an_unusable_value_is_said_on_every_sheet(bands: set[object]) -> None:
    """Faults 1, 4 and 5: text, nothing and values beyond their bounds are counted, alike on each sheet."""
    (band,) = bands
    assert str(band) != ALL_HOLD and "1 input unusable" in str(band)


def test_a_host_without_a_plan_shows_no_figure_that_rests_on_one(shipped_cases: ShippedCases) -> None:
    """Fault 13: on the sheet of a host of Norfolk what rests on its plan is in words, in every year."""
    rows = shipped_cases.sheets("norfolk_waveney")["Host rm1"].rows.values()
    shown = {
        cells[1].value: {cell.value for column, cell in cells.items() if column > 1 and cell.formula}
        for cells in rows
        if 1 in cells
    }
    assert {label for label, values in shown.items() if values == {"no plan stated"}} == {
        "Income with the scheme",
        "Adjusted financial performance with the scheme",
        "Performance less control total",
        "Cash at year end with the scheme",
        "Lowest month-end cash of the year",
        "Envelope headroom",
        "Relevant net assets with the scheme",
    }
