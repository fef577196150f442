"""Amounts as text, in the manner of what stood there."""

from __future__ import annotations

import re
from decimal import Decimal

from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.amounts import FLAG
from casebuilder.inputs.edit.text import quoted
from casebuilder.inputs.edits import Amount
from casebuilder.inputs.files.scalars import rounded

_TRUE = ("true", "false")
# Of fewer digits none shows whether they are put in groups.
_GROUPED = 4


def number_text(number: float, *, grouped: bool = False) -> str:
    """The shortest text that reads back as the number with 15 digits; `grouped` as 600_000."""
    exact = rounded(number)
    texts = (f"{exact:.{digits}g}" for digits in range(1, 16))
    text = next(each for each in texts if float(each) == exact)
    if "e" in text:
        text = format(Decimal(text), "f")
    if not grouped:
        return text
    whole, point, rest = text.partition(".")
    return f"{int(whole):_}{point}{rest}" if whole not in ("-0",) else text


def is_grouped(like: str, around: str = "") -> bool:
    """Whether numbers are written as 600_000: as the one that stood there is, or those around a short one."""
    if re.search(r"\d_\d", like):
        return True
    return len(re.sub(r"\..*|\D", "", like)) < _GROUPED and bool(re.search(r"\d_\d{3}", around))


def spelt(declared: Input, amount: Amount, like: str = "", around: str = "") -> str:
    """An amount as YAML writes it.

    Parameters
    ----------
    declared
        The input.
    amount
        As the model takes it.
    like
        What stood there, as typed; empty where nothing did.
    around
        The text of the block.
    """
    plain = plainly(declared, amount, like, around)
    if not declared.choices:
        return plain
    if like[:1] in ("'", '"') and like[:1] not in plain and "\\" not in plain:
        return f"{like[0]}{plain}{like[0]}"
    return quoted(plain)


def plainly(declared: Input, amount: Amount, like: str = "", around: str = "") -> str:
    """An amount as a cell of a table holds it."""
    if declared.choices or isinstance(amount, str):
        return str(amount)
    if declared.unit == FLAG and like.strip().lower() in _TRUE:
        return _TRUE[0] if amount else _TRUE[1]
    return number_text(amount, grouped=is_grouped(like, around))


def range_text(low: float, high: float, like: str = "", around: str = "") -> str:
    """A range as YAML writes it: [450_000, 850_000]."""
    ends = (number_text(end, grouped=is_grouped(like, around)) for end in (low, high))
    return f"[{', '.join(ends)}]"
