"""Readings as Excel text of the rates of return and of leases: IRR and RATE where all programs find them.

The conditions under which there is one rate are written out, since programs answer differently without
them; the range is that of `evaluate.functions.rates`.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from casebuilder.algebra.terms import Call, Named, Term
from casebuilder.errors import LayoutError
from casebuilder.workbook.readings.excel import ATOM, TIMES, Text, excel, inside, plain
from casebuilder.workbook.readings.references import Place, whole_row

_SMALL = "0.000001"


def _row(term: Term, place: Place) -> str:
    assert isinstance(term, Named)
    text = whole_row(place.layout.problem.resolve(term), place)
    if text is None:
        raise LayoutError("internal_rate of a combination that does not exist")
    return text


def _part(row: str, first: int, last: int) -> str:
    """A range without some of its first and last cells."""
    sheet, mark, cells = row.rpartition("!")
    left, _, right = cells.partition(":")
    return f"{sheet}{mark}{_moved(left, first)}:{_moved(right, -last)}"


def _moved(address: str, by: int) -> str:
    """An address such as $AB12 some columns to the right."""
    row, column = xl_cell_to_rowcol(address)
    moved: str = xl_rowcol_to_cell(row, column + by, col_abs=True)
    return moved


@excel("internal_rate")
def _internal_rate(call: Call, place: Place) -> Text:
    """IRR from a start on the side from which Newton's method comes straight to it."""
    flow, so_far = (_row(argument, place) for argument in call.arguments)
    sheet, mark, cells = so_far.rpartition("!")
    last = f"{sheet}{mark}{cells.partition(':')[2]}"
    turns_back = f"SUMPRODUCT(({_part(so_far, 0, 1)}>{_SMALL})*({_part(so_far, 1, 0)}<={_SMALL}))"
    one_rate = (
        f"AND({last}>{_SMALL},MIN({so_far})<-{_SMALL},{turns_back}=0,{last}>AVERAGE({so_far}),"
        f"NPV(1,{flow})<0)"
    )
    return f'IF({one_rate},ROUND(IRR({flow},IF(NPV(0.1,{flow})>0,0.1,0.02)),6),"")', ATOM


@excel("lease_rate")
def _lease_rate(call: Call, place: Place) -> Text:
    """RATE without a guess, which IronCalc does not take."""
    periods, payment, value, residual, in_advance = call.arguments
    n = f"ROUNDUP(ROUND({plain(periods, place)},9),0)"
    p, left, when = plain(payment, place), plain(residual, place), plain(in_advance, place)
    minus = f"-{inside(payment, place, ATOM)},{{}}-{inside(residual, place, ATOM)},{when}"
    v = inside(value, place, TIMES)
    worth = f"PV({{}},{n},{minus.format('')})"
    below = worth.format("0.0001") + f">{v}"
    above = worth.format(f"0.1+1.2/{n}") + f"<{v}"
    rate = f"ROUND(RATE({n},{minus.format(plain(value, place) + ',')}),6)"
    return f'IF({n}<1,"",IF(AND({p}>0,{left}>=0,{below},{above}),{rate},""))', ATOM
