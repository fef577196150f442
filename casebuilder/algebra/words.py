"""The words reading: a formula as a sentence that a finance lead can check."""

from __future__ import annotations

from collections.abc import Callable

from casebuilder.algebra.dimensions import BASELINE, DIMENSIONS, OPTION
from casebuilder.algebra.terms import Call, Named, Nought, Number, PeriodNumber, Term, without_ones

_LOOSE = ("add", "subtract", "difference", "multiply", "divide", "negate", "above")
# What needs no brackets as the first of two, since it is read from left to right anyway.
_SUMS, _PRODUCTS = ("add", "subtract", "multiply", "divide"), ("multiply", "divide")
_FIRST = {
    "add": _SUMS,
    "subtract": _SUMS,
    "difference": _SUMS,
    "above": _SUMS,
    "multiply": _PRODUCTS,
    "divide": _PRODUCTS,
}
_PERIOD_WORDS = {
    "month": "number of the month",
    "year": "number of the year",
    "year_of_month": "number of the month's year",
}


def in_words(term: Term) -> str:
    """A formula in words; lines and inputs appear by their labels."""
    if isinstance(term, Nought):
        return f"0 (no {_named(term.dimension)} in this case)"
    if isinstance(term, Number):
        return f"{term.value:,.10g}"
    if isinstance(term, PeriodNumber):
        return _PERIOD_WORDS[term.kind]
    if isinstance(term, Named):
        return term.label
    if isinstance(term, Call):
        return WORD_READINGS[term.operator](term)
    raise TypeError(term)


def _part(term: Term, bare: tuple[str, ...] = ()) -> str:
    """A term's words, in brackets if it is loose and not among what may stand bare."""
    if isinstance(term, Call):
        term = without_ones(term)
    text = in_words(term)
    loose = isinstance(term, Call) and term.operator in _LOOSE and term.operator not in bare
    return f"({text})" if loose else text


def _infix(sign: str) -> Callable[[Call], str]:
    def reading(call: Call) -> str:
        first, *rest = call.arguments
        words = [_part(argument) for argument in rest]
        return f" {sign} ".join([_part(first, _FIRST.get(call.operator, ())), *words])

    return reading


def _product(sign: str) -> Callable[[Call], str]:
    def reading(call: Call) -> str:
        term = without_ones(call)
        return in_words(term) if term is not call else _infix(sign)(call)

    return reading


def _of(what: str) -> Callable[[Call], str]:
    return lambda call: f"{what} {_part(call.arguments[0])}"


def _list(call: Call) -> str:
    words = [_part(argument) for argument in call.arguments]
    return ", ".join(words[:-1]) + " and " + words[-1]


def _named(name: str) -> str:
    return DIMENSIONS[name].lower()


def _over(call: Call) -> str:
    return " and ".join(f"each {_named(name)}" for name in call.settings["over"])


def _at(call: Call) -> str:
    dimension, member = call.settings["dimension"], call.settings["member"]
    if dimension == OPTION:
        where = "in the baseline option" if member == BASELINE else f"in option {member}"
    else:
        where = f"for {_named(dimension)} {member}"
    return f"{_part(call.arguments[0])} {where}"


def _by_member(call: Call) -> str:
    """Of a row only its own case is said; this is for a sum over all."""
    members = [*call.settings["members"], *(["otherwise"] if call.settings["others"] else [])]
    listed = "; ".join(
        f"{member}: {_part(case)}" for member, case in zip(members, call.arguments, strict=True)
    )
    return f"by {_named(call.settings['dimension'])} ({listed})"


def _choose(call: Call) -> str:
    selector, *cases = call.arguments
    listed = "; ".join(
        f"if '{word}': {_part(case)}" for word, case in zip(call.settings["members"], cases, strict=True)
    )
    return f"by {_part(selector)} ({listed})"


def _where(call: Call) -> str:
    condition, x, y = (_part(argument) for argument in call.arguments)
    return f"{x} if {condition}, otherwise {y}"


def _first_period(call: Call) -> str:
    condition, after = (_part(argument) for argument in call.arguments)
    tail = "" if after == "0" else f", counted from {after}"
    return f"the first period in which {condition} holds{tail}"


def _lease_rate(call: Call) -> str:
    periods, payment, value, residual, in_advance = (_part(argument) for argument in call.arguments)
    left = "" if residual == "0" else f" and {residual} at the end"
    when = "" if in_advance == "0" else f" (in advance where {in_advance})"
    return f"the rate at which {periods} payments of {payment}{when}{left} are worth {value}"


def _per_year(call: Call) -> str:
    how = {"sum": "the year's sum of", "mean": "the year's mean of", "last": "the year-end"}
    return f"{how[call.settings['how']]} {_part(call.arguments[0])}"


def _spread(call: Call) -> str:
    x = _part(call.arguments[0])
    return f"{x} of the year" if call.settings["how"] == "hold" else f"a twelfth of {x}"


def _tier(call: Call) -> str:
    x, starts, prices = (_part(argument) for argument in call.arguments)
    if call.settings["kind"] == "bent":
        return f"the rise up to {x} of the curve that bends by {prices} at {starts}"
    how = (
        "all at the price of the tier reached"
        if call.settings["kind"] == "all_unit"
        else ("each part at the price of its own tier")
    )
    return f"{x} priced by {prices} from {starts}, {how}"


WORD_READINGS: dict[str, Callable[[Call], str]] = {
    "add": _infix("+"),
    "subtract": _infix("−"),
    "difference": _infix("−"),
    "multiply": _product("×"),
    "divide": _product("÷"),
    "negate": _of("minus"),
    "absolute": lambda call: f"{_part(call.arguments[0])}, whichever way",
    "minimum": lambda call: f"the least of {_list(call)}",
    "maximum": lambda call: f"the greatest of {_list(call)}",
    "smallest": lambda call: f"the least {_part(call.arguments[0])} over {_over(call)}",
    "largest": lambda call: f"the greatest {_part(call.arguments[0])} over {_over(call)}",
    "which_smallest": lambda call: f"which is least of {_list(call)}",
    "above": _infix(">"),
    "where": _where,
    "choose": _choose,
    "ratio": _infix("÷"),
    "round_up": lambda call: f"{_part(call.arguments[0])}, rounded up to a whole number",
    "power": lambda call: f"{_part(call.arguments[0])} to the power {_part(call.arguments[1])}",
    "exp": _of("e to the power"),
    "normal_quantile": _of("standard deviations above the mean for the share"),
    "erlang_c": lambda call: (
        f"the probability of waiting (Erlang C) for one of {_part(call.arguments[1])} servers at a load of "
        f"{_part(call.arguments[0])}"
    ),
    "binomial_at_least": lambda call: (
        f"the probability that at least {_part(call.arguments[0])} of {_part(call.arguments[1])} are there, "
        f"each with probability {_part(call.arguments[2])}"
    ),
    "total": lambda call: f"the sum over {_over(call)} of {_part(call.arguments[0])}",
    "share_of": lambda call: f"{_part(call.arguments[0])} as a share of its sum over {_over(call)}",
    "at": _at,
    "by_member": _by_member,
    "previous": lambda call: f"last period's {_part(call.arguments[0])}",
    "lagged": lambda call: f"{_part(call.arguments[0])} {_part(call.arguments[1])} periods earlier",
    "cumulative": lambda call: f"{_part(call.arguments[0])} so far",
    "window_total": lambda call: (
        f"{_part(call.arguments[0])} over the last {_part(call.arguments[1])} periods"
    ),
    "recurring": lambda call: f"{_part(call.arguments[0])}, again every {_part(call.arguments[1])} periods",
    "first_period": _first_period,
    "internal_rate": _of("the internal rate of return of"),
    "lease_rate": _lease_rate,
    "step": lambda call: f"one period's {_part(call.arguments[0])}",
    "per_year": _per_year,
    "spread": _spread,
    "stated": lambda call: _part(call.arguments[0]),
    "bends": lambda call: (
        f"the bends at {_part(call.arguments[0])} of the curve through {_part(call.arguments[1])}"
    ),
    "tier": _tier,
    "interpolate": lambda call: (
        f"{_part(call.arguments[2])} read at {_part(call.arguments[0])} "
        f"on the curve over {_part(call.arguments[1])}"
    ),
    "inflate": lambda call: (
        f"{_part(call.arguments[0])} at the prices of the year (× {_part(call.arguments[1])})"
    ),
    "deflate": lambda call: f"{_part(call.arguments[0])} at base-year prices (÷ {_part(call.arguments[1])})",
    "discount": lambda call: f"{_part(call.arguments[0])} discounted × {_part(call.arguments[1])}",
}
