"""What people who work in Excel and Word write for a number, and how it is written here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import isfinite

from casebuilder.inputs.files.scalars import resolve, rounded, seen, shown

MINUS = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))
TIMES = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mil": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
}
PER_CENT = ("%", "per cent", "percent", "pc")
_ERRORS = re.compile(r"#(?:N/?A|REF|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC|#+)[!?]?", re.IGNORECASE)
_NONE = frozenset(("-", "--", "nil", "none", "zero"))
_NOT_A_NUMBER = frozenset(("nan", "-nan", "inf", "-inf", "infinity", "null", "<na>"))
_UNKNOWN = frozenset(
    (
        "n/a",
        "na",
        "n.a.",
        "n/k",
        "nk",
        "tbc",
        "tbd",
        "tba",
        "?",
        "??",
        "...",
        "..",
        "unknown",
        "not known",
        "not available",
        "suppressed",
        "*",
        "x",
        "pending",
        "todo",
    )
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:\.\d*|,\d{1,2})?")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_AMOUNT = re.compile(r"(?P<digits>[\d.,' ’_]*\d[\d.,_]*)\s*(?P<after>[^\d\s].*)?")
_MONEY = re.compile(r"^(?:gbp|[£$€])\s*|\s*(?:gbp|[£$€])$", re.IGNORECASE)
_TIME = re.compile(r"\d{1,3}:\d{2}(?::\d{2})?")
_ZEROS = re.compile(r"[-+]?0[0-9_]+")
_HEX = re.compile(r"0[xX][0-9a-fA-F]+")
_ABOUT = re.compile(
    r"(?:[<>≤≥~≈]=?|c\.|approx\.?|about|circa|over|under|up to)\s*(?P<rest>[£\d].*)", re.IGNORECASE
)
_SURE = re.compile(r"(?P<rest>-?£?[\d.,]+%?)\s*(?:±|\+/?-)\s*(?P<more>[\d.,]+%?)?.*")
_NOTE = re.compile(r"(?P<rest>-?£?[\d.,]+%?)\s*(?:[*†‡?^#]+|[(\[][A-Za-z*†‡?][^)\]]*[)\]]|\[\d+\])")
_BRACKETS = re.compile(r"\[\s*(?P<rest>-?£?[\d.,]+%?)\s*\]")
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8, "⅛": 0.125}
_SPAN = re.compile(r"(?P<low>£?[\d.,]+%?)\s*(?:-|to|or|and)\s*(?P<high>£?[\d.,]+%?)", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}/\d{2}")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}(?: .*)?|\d{1,2}-[A-Za-z]{3}(?:-\d{2,4})?|[A-Za-z]{3}-\d{2}"
    r"|(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{2,4}",
    re.IGNORECASE,
)
# How Excel shows a long number in a narrow column, and so saves it: 1.23E+08.
_SHORTENED = re.compile(r"-?\d(?:\.\d+)?E[+-]\d{2,3}")


@dataclass(frozen=True)
class Habit:
    """A way of writing that is no number here.

    Attributes
    ----------
    kind
        The same for all that are written in this way.
    cure
        What to write instead.
    number
        The number that is meant, where that is plain.
    """

    kind: str
    cure: str
    number: float | None = None


def habit_of(text: str) -> Habit | None:
    """What was meant by a text that is no number; None where that cannot be told.

    Parameters
    ----------
    text
        The text as typed.
    """
    shape = seen(text)
    plain = unicodedata.normalize("NFKC", shape).translate(MINUS).strip()
    plain = plain.strip("'\"‘’“”`").strip().rstrip(";,").strip()
    low = plain.lower()
    meant = resolve(plain)
    if shape != text.strip() and isinstance(meant, int | float):
        said = f"write {shown(meant)}: a character that nobody sees stands in it"
        return Habit("unseen", said, float(meant))
    if _ERRORS.fullmatch(plain):
        return Habit("error", "an error of Excel: mend the formula it came from, or write the number")
    if low in _NOT_A_NUMBER:
        return Habit(
            "error", "a program's word for a value it lacks: write the number, 0 where none is meant"
        )
    if low in _NONE:
        return Habit("none", "write 0 where none is meant, or the number")
    if low in _UNKNOWN or low.rstrip("?! .") in _UNKNOWN:
        return Habit(
            "unknown",
            "write the best estimate, with state: unverified and a range, until the number is known",
        )
    if plain.startswith("="):
        return Habit("formula", "a formula is not worked out here: write its result")
    if _TIME.fullmatch(plain):
        return Habit(
            "time", "for a time write one number in the unit asked for: 1.5 hours or 90 minutes for 1:30"
        )
    if _ZEROS.fullmatch(plain):
        zeros = float(plain.replace("_", ""))
        why = "some programs read a number that starts with 0 to the base of eight"
        return Habit("zeros", f"write {shown(zeros)}: {why}", zeros)
    if _HEX.fullmatch(plain):
        return Habit("hexadecimal", f"write decimal digits: {int(plain, 16)}")
    if _DATE.fullmatch(plain):
        return Habit("date", "a date stands where a number is meant; Excel may have made it of one")
    if _YEAR.fullmatch(plain):
        return Habit("year", "a financial year stands where a number is meant")
    parts = _FRACTION.fullmatch(plain)
    if parts and int(parts[2]):
        share = rounded(int(parts[1]) / int(parts[2]))
        return Habit("fraction", f"write {shown(share)}, as a decimal number", share)
    about = _ABOUT.fullmatch(plain)
    if about:
        number = _number(about["rest"])
        return Habit("about", f"write one number{_shown(number)}, and how sure it is as a range")
    if text.strip() in _PARTS:
        return Habit("fraction", f"write {shown(_PARTS[text.strip()])}, as a decimal number")
    sure = _SURE.fullmatch(plain)
    if sure:
        return Habit("about", _sure(sure["rest"], sure["more"] or ""))
    note = _NOTE.fullmatch(plain)
    if note:
        number = _number(note["rest"])
        return Habit("note", f"write the number alone{_shown(number)}; what is said of it goes under note:")
    bracketed = _BRACKETS.fullmatch(plain)
    if bracketed:
        number = _number(bracketed["rest"])
        return Habit("brackets", f"write it without brackets{_shown(number)}; its ends go under range:")
    span = _SPAN.fullmatch(plain)
    if span:
        ends = [_number(span["low"]), _number(span["high"])]
        pair = f": [{shown(ends[0])}, {shown(ends[1])}]" if None not in ends else ""
        return Habit("span", f"write one number, and the two ends as its range{pair}")
    number = _number(plain) if not any(unicodedata.category(mark) == "No" for mark in text) else None
    if number is None:
        return None
    if re.fullmatch(r"\D*\d+,(?:\d{1,2}|\d{4,})\D*", plain):
        return Habit("comma", f"write {shown(number)} if the comma is a decimal point", number)
    return Habit(_kind(text, plain), f"write {shown(number)}{_remark(text, plain)}", number)


def why_no_number(text: str, *, quoted: bool = False) -> str:
    """`; write 1083` and the like, for a text that is no number; nothing where that cannot be told."""
    if quoted and isinstance(resolve(text), int | float) and not isinstance(resolve(text), bool):
        return f"; in quotes it is text: write {text.strip()} without the quotes"
    found = habit_of(text)
    return f"; {found.cure}" if found else "; write a number in plain digits, as 1250 or 0.25"


def shortened(text: str) -> bool:
    """Whether Excel has shortened a number to a power of ten, so that digits of it are lost."""
    return bool(_SHORTENED.fullmatch(text))


def _sure(value: str, more: str) -> str:
    """A number and how far off it may be, as a value and its range."""
    number, by = _number(value), _number(more) if more else None
    pair = ""
    if number is not None and by is not None:
        off = abs(number) * by if more.endswith("%") and not value.endswith("%") else by
        pair = f": [{shown(rounded(number - off))}, {shown(rounded(number + off))}]"
    return f"write one number{_shown(number)}, and how sure it is as its range{pair}"


def _number(text: str) -> float | None:
    """The number that a plain text holds, with pounds, brackets, thousands, per cent or a unit."""
    body, sign = text.strip(), 1
    if body.startswith("(") and body.endswith(")"):
        body, sign = body[1:-1].strip(), -1
    while body[:1] in ("-", "+") or _MONEY.search(body):
        sign = -sign if body.startswith("-") else sign
        body = body[1:].strip() if body[:1] in ("-", "+") else _MONEY.sub("", body, count=1).strip()
    if body.endswith("-"):
        body, sign = body[:-1].strip(), -sign
    found = _AMOUNT.fullmatch(body)
    digits = _digits(found["digits"].strip()) if found else None
    if found is None or digits is None:
        return None
    after = (found["after"] or "").strip().lower().rstrip(".")
    apart = body[: -len(after)].endswith(" ") if after else True
    if after in PER_CENT:
        return rounded(sign * digits / 100)
    if after in TIMES:
        return rounded(sign * digits * TIMES[after])
    # Words after a number are its unit; anything else was not meant as one.
    if after and not re.fullmatch(r"[a-z£][a-z0-9 /.²£]*", after):
        return None
    # One letter close behind may be a slip for a digit: 5O, 1l.
    if len(after) == 1 and not apart:
        return None
    return rounded(sign * digits)


def _digits(text: str) -> float | None:
    """Digits with the separators of thousands, or with a comma for the point."""
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _SPACED.fullmatch(text):
        text = re.sub(r"[ '’]", "", text).replace(",", ".")
    elif _CONTINENTAL.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif text.count(",") == 1 and "." not in text and re.fullmatch(r"\d+,\d+", text):
        text = text.replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _kind(text: str, plain: str) -> str:
    """The way in which a number was written."""
    for mark, kind in (("%", "per cent"), ("£", "pounds"), ("(", "brackets"), (",", "commas")):
        if mark in plain:
            return kind
    return "letters" if re.search("[A-Za-z]", plain) else "characters" if text.strip() != plain else "blanks"


def _remark(text: str, plain: str) -> str:
    """What is odd about the characters, where nothing else is."""
    if text.strip().rstrip(";, ") == plain:
        return ""
    if isinstance(resolve(plain), int | float) and text.strip() != plain:
        if re.search("[\u2010-\u2014\u2212]", text):
            return ": the minus sign typed is another character than the hyphen of the keyboard"
        return " in plain digits"
    if "\u00a0" in text.strip() or "\u202f" in text.strip():
        return ": a non-breaking space stands in it"
    after = re.search(r"\d\s*([A-Za-z][A-Za-z ]*)$", plain)
    if after and after[1].strip().lower() not in (*TIMES, *PER_CENT, "gbp"):
        return ": the unit has a key of its own"
    return ""


def _shown(number: float | None) -> str:
    return "" if number is None else f", as {shown(number)}"
