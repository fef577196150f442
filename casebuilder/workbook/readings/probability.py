"""Readings as Excel text of the operators of probability, in functions older than Excel 2010.

These names need no prefix and all three engines share them.
"""

from __future__ import annotations

from casebuilder.algebra.terms import Call, Term
from casebuilder.workbook.readings.excel import ADD, ATOM, TIMES, Text, excel, inside, plain, whole
from casebuilder.workbook.readings.references import Place


@excel("erlang_c")
def _erlang_c(call: Call, place: Place) -> Text:
    load, servers = call.arguments
    a, c = plain(load, place), _whole(servers, place)
    up_to, below = f"POISSON({c},{a},TRUE)", f"POISSON({c}-1,{a},TRUE)"
    found = f"POISSON({c},{a},FALSE)/({up_to}-{inside(load, place, TIMES)}/{c}*{below})"
    stable = f"ROUND({c}-{inside(load, place, TIMES)},9)>0"
    return f"IF({stable},IF(ROUND({a},9)>0,{found},0),1)", ATOM


def _whole(term: Term, place: Place) -> str:
    """A number of people or rooms: rounded up, unless it is whole as it stands."""
    return inside(term, place, ADD) if whole(term, place) else f"ROUNDUP(ROUND({plain(term, place)},9),0)"


@excel("binomial_at_least")
def _binomial_at_least(call: Call, place: Place) -> Text:
    needed, size, share = call.arguments
    n, of = _whole(needed, place), _whole(size, place)
    fewer = f"MIN({n}-1,{of})"  # of all or fewer there are certainly none more
    return f"IF({n}<=0,1,1-BINOMDIST({fewer},{of},{plain(share, place)},TRUE))", ATOM
