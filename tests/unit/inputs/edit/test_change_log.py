"""Rows put at the end of a change log, whatever program saved it last."""

from __future__ import annotations

import pytest

from casebuilder.inputs.edit.change_log import Logged, with_rows

HEAD = "date,who,why,input,from,to,source,brought_by"
ROW = Logged("2026-04-01", "A lead", "Prices", "equipment.unit_price[ct]", "1", "2", "", "bid.xlsx")
LINE = "2026-04-01,A lead,Prices,equipment.unit_price[ct],1,2,,bid.xlsx"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_stand_at_the_end_and_every_other_byte_stays(mark: str, end: str) -> None:
    """With the mark and the line ends that Excel writes, and without; the date stands under its header."""
    before = f"{mark}{HEAD}{end}{LINE}{end}"
    assert with_rows(before, [ROW]) == f"{before}{LINE}{end}"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_an_empty_log_gets_its_header(mark: str) -> None:
    """A mark before it stays."""
    assert with_rows(mark, [ROW]) == f"{mark}{HEAD}\n{LINE}\n"


def test_columns_in_another_order_take_what_is_theirs() -> None:
    """A column of the reader's own stays empty."""
    assert (
        with_rows("to,mine,input\n5,x,k.a\n", [ROW])
        == "to,mine,input\n5,x,k.a\n2,,equipment.unit_price[ct]\n"
    )
