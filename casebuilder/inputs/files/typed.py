"""An amount as people type it in a cell: `£1.2m`, `600k`, `35%`, `1,200,000`, `(1,200)`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from casebuilder.inputs.files.habits import MINUS, PER_CENT, TIMES
from casebuilder.inputs.files.scalars import rounded, seen

_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"  # 1,200,000.50
    r"|\d{1,3}(?: \d{3})+(?:\.\d+)?"  # 1 200 000
    r"|\d+(?:_\d{3})*(?:\.\d*)?|\.\d+"
)
_AFTER = "|".join(re.escape(word) for word in sorted((*TIMES, *PER_CENT), key=len, reverse=True))
_TYPED = re.compile(
    rf"(?P<open>\()? *(?P<sign>[-+])? *(?P<pounds>£|gbp)? *(?P<inner>[-+])? *(?P<digits>{_DIGITS})"
    rf" *(?P<after>{_AFTER})?(?P<behind> *(?:gbp|pounds))? *(?P<close>\))?"
)


@dataclass(frozen=True)
class Typed:
    """What was typed.

    Attributes
    ----------
    number
        The number meant; of a per cent the share: 35 % is 0.35.
    per_cent, pounds
        Whether it was said to be one.
    after
        The letter or word for thousands, millions or billions; empty where there is none.
    """

    number: float
    per_cent: bool = False
    pounds: bool = False
    after: str = ""


def read_typed(text: str) -> Typed | None:
    """The amount that a text means beyond doubt; None where it means none, or may mean another.

    Commas and blanks stand between thousands, a point before decimals, as in England: `1,5` and `1.200,50`
    may be meant otherwise and are none. Brackets are for minus, as in accounts.

    Parameters
    ----------
    text
        As typed: capitals, blanks, and what a word processor makes of a minus and of blanks do not matter.
    """
    if any(unicodedata.category(mark) == "No" for mark in text):  # a note's number, or a half
        return None
    plain = unicodedata.normalize("NFKC", seen(text)).translate(MINUS).strip().lower()
    found = _TYPED.fullmatch(plain)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    signs = [mark for mark in (found["sign"], found["inner"], found["open"]) if mark]
    if len(signs) > 1:
        return None
    number = float(re.sub("[, _]", "", found["digits"]))
    after = found["after"] or ""
    per_cent = after in PER_CENT
    pounds = bool(found["pounds"] or found["behind"])
    if per_cent and pounds:
        return None
    number = number / 100 if per_cent else number * TIMES.get(after, 1.0)
    number = rounded(-number if signs and signs[0] in "-(" and number else number)
    return Typed(number, per_cent, pounds, "" if per_cent else after)
