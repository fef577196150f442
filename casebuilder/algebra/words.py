"""The words reading: a formula as a sentence that a finance lead can check."""

from __future__ import annotations

from collections.abc import Callable

from casebuilder.algebra.dimensions import BASELINE, OPTION
from casebuilder.algebra.terms import Call, Named, Nought, Number, PeriodNumber, Term, without_ones

# What gives the title of a dimension, and what says an operator.
Title = Callable[[str], str]
Words = Callable[[Call, Title], str]
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


def in_words(term: Term, title: Title) -> str:
    """A formula in words; lines and inputs appear by their labels, dimensions by their titles."""
    if isinstance(term, Nought):
        return f"0 (no {title(term.dimension).lower()} in this case)"
    if isinstance(term, Number):
        return f"{term.value:,.10g}"
    if isinstance(term, PeriodNumber):
        return _PERIOD_WORDS[term.kind]
    if isinstance(term, Named):
        return term.label
    if isinstance(term, Call):
        return WORD_READINGS[term.operator](term, title)
    raise TypeError(term)


def _part(term: Term, title: Title, bare: tuple[str, ...] = ()) -> str:
    """A term's words, in brackets if it is loose and not among what may stand bare."""
    if isinstance(term, Call):
        term = without_ones(term)
    text = in_words(term, title)
    loose = isinstance(term, Call) and term.operator in _LOOSE and term.operator not in bare
    return f"({text})" if loose else text


def _infix(sign: str) -> Words:
    def reading(call: Call, title: Title) -> str:
        first, *rest = call.arguments
        words = [_part(argument, title) for argument in rest]
        return f" {sign} ".join([_part(first, title, _FIRST.get(call.operator, ())), *words])

    return reading


def _product(sign: str) -> Words:
    def reading(call: Call, title: Title) -> str:
        term = without_ones(call)
        return in_words(term, title) if term is not call else _infix(sign)(call, title)

    return reading


def _of(what: str) -> Words:
    return lambda call, title: f"{what} {_part(call.arguments[0], title)}"


def _list(call: Call, title: Title) -> str:
    words = [_part(argument, title) for argument in call.arguments]
    return ", ".join(words[:-1]) + " and " + words[-1]


def _over(call: Call, title: Title) -> str:
    return " and ".join(f"each {title(name).lower()}" for name in call.settings["over"])


def _at(call: Call, title: Title) -> str:
    dimension, member = call.settings["dimension"], call.settings["member"]
    if dimension == OPTION:
        where = "in the baseline option" if member == BASELINE else f"in option {member}"
    else:
        where = f"for {title(dimension).lower()} {member}"
    return f"{_part(call.arguments[0], title)} {where}"


def _by_member(call: Call, title: Title) -> str:
    """Of a row only its own case is said; this is for a sum over all."""
    members = [*call.settings["members"], *(["otherwise"] if call.settings["others"] else [])]
    listed = "; ".join(
        f"{member}: {_part(case, title)}" for member, case in zip(members, call.arguments, strict=True)
    )
    return f"by {title(call.settings['dimension']).lower()} ({listed})"


def _choose(call: Call, title: Title) -> str:
    selector, *cases = call.arguments
    listed = "; ".join(
        f"if '{word}': {_part(case, title)}"
        for word, case in zip(call.settings["members"], cases, strict=True)
    )
    return f"by {_part(selector, title)} ({listed})"


def _where(call: Call, title: Title) -> str:
    condition, x, y = (_part(argument, title) for argument in call.arguments)
    return f"{x} if {condition}, otherwise {y}"


def _first_period(call: Call, title: Title) -> str:
    condition, after = (_part(argument, title) for argument in call.arguments)
    tail = "" if after == "0" else f", counted from {after}"
    return f"the first period in which {condition} holds{tail}"


def _lease_rate(call: Call, title: Title) -> str:
    periods, payment, value, residual, in_advance = (_part(argument, title) for argument in call.arguments)
    left = "" if residual == "0" else f" and {residual} at the end"
    when = "" if in_advance == "0" else f" (in advance where {in_advance})"
    return f"the rate at which {periods} payments of {payment}{when}{left} are worth {value}"


def _per_year(call: Call, title: Title) -> str:
    how = {"sum": "the year's sum of", "mean": "the year's mean of", "last": "the year-end"}
    return f"{how[call.settings['how']]} {_part(call.arguments[0], title)}"


def _spread(call: Call, title: Title) -> str:
    x = _part(call.arguments[0], title)
    return f"{x} of the year" if call.settings["how"] == "hold" else f"a twelfth of {x}"


def _tier(call: Call, title: Title) -> str:
    x, starts, prices = (_part(argument, title) for argument in call.arguments)
    if call.settings["kind"] == "bent":
        return f"the rise up to {x} of the curve that bends by {prices} at {starts}"
    how = (
        "all at the price of the tier reached"
        if call.settings["kind"] == "all_unit"
        else ("each part at the price of its own tier")
    )
    return f"{x} priced by {prices} from {starts}, {how}"


WORD_READINGS: dict[str, Words] = {
    "add": _infix("+"),
    "subtract": _infix("−"),
    "difference": _infix("−"),
    "multiply": _product("×"),
    "divide": _product("÷"),
    "negate": _of("minus"),
    "absolute": lambda call, title: f"{_part(call.arguments[0], title)}, whichever way",
    "minimum": lambda call, title: f"the least of {_list(call, title)}",
    "maximum": lambda call, title: f"the greatest of {_list(call, title)}",
    "smallest": lambda call, title: f"the least {_part(call.arguments[0], title)} over {_over(call, title)}",
    "largest": lambda call, title: (
        f"the greatest {_part(call.arguments[0], title)} over {_over(call, title)}"
    ),
    "which_smallest": lambda call, title: f"which is least of {_list(call, title)}",
    "above": _infix(">"),
    "where": _where,
    "choose": _choose,
    "ratio": _infix("÷"),
    "round_up": lambda call, title: f"{_part(call.arguments[0], title)}, rounded up to a whole number",
    "power": lambda call, title: (
        f"{_part(call.arguments[0], title)} to the power {_part(call.arguments[1], title)}"
    ),
    "exp": _of("e to the power"),
    "normal_quantile": _of("standard deviations above the mean for the share"),
    "erlang_c": lambda call, title: (
        f"the probability of waiting (Erlang C) for one of {_part(call.arguments[1], title)} servers "
        f"at a load of {_part(call.arguments[0], title)}"
    ),
    "binomial_at_least": lambda call, title: (
        f"the probability that at least {_part(call.arguments[0], title)} of "
        f"{_part(call.arguments[1], title)} are there, each with probability "
        f"{_part(call.arguments[2], title)}"
    ),
    "total": lambda call, title: f"the sum over {_over(call, title)} of {_part(call.arguments[0], title)}",
    "share_of": lambda call, title: (
        f"{_part(call.arguments[0], title)} as a share of its sum over {_over(call, title)}"
    ),
    "at": _at,
    "by_member": _by_member,
    "previous": lambda call, title: f"last period's {_part(call.arguments[0], title)}",
    "lagged": lambda call, title: (
        f"{_part(call.arguments[0], title)} {_part(call.arguments[1], title)} periods earlier"
    ),
    "cumulative": lambda call, title: f"{_part(call.arguments[0], title)} so far",
    "window_total": lambda call, title: (
        f"{_part(call.arguments[0], title)} over the last {_part(call.arguments[1], title)} periods"
    ),
    "recurring": lambda call, title: (
        f"{_part(call.arguments[0], title)}, again every {_part(call.arguments[1], title)} periods"
    ),
    "first_period": _first_period,
    "internal_rate": _of("the internal rate of return of"),
    "lease_rate": _lease_rate,
    "step": lambda call, title: f"one period's {_part(call.arguments[0], title)}",
    "per_year": _per_year,
    "spread": _spread,
    "stated": lambda call, title: _part(call.arguments[0], title),
    "bends": lambda call, title: (
        f"the bends at {_part(call.arguments[0], title)} of the curve through "
        f"{_part(call.arguments[1], title)}"
    ),
    "rise": lambda call, title: (
        f"{_part(call.arguments[0], title)} less that of the {call.settings['along']} before"
    ),
    "tier": _tier,
    "interpolate": lambda call, title: (
        f"{_part(call.arguments[2], title)} read at {_part(call.arguments[0], title)} "
        f"on the curve over {_part(call.arguments[1], title)}"
    ),
    "inflate": lambda call, title: (
        f"{_part(call.arguments[0], title)} at the prices of the year (× {_part(call.arguments[1], title)})"
    ),
    "deflate": lambda call, title: (
        f"{_part(call.arguments[0], title)} at base-year prices (÷ {_part(call.arguments[1], title)})"
    ),
    "discount": lambda call, title: (
        f"{_part(call.arguments[0], title)} discounted × {_part(call.arguments[1], title)}"
    ),
}
