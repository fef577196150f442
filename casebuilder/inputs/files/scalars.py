"""What a plain word of YAML means: the rules of YAML 1.2, so that NO is text; 012 is no number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from math import inf, nan

Scalar = str | int | float | bool | None

# How the id of a member, an option or an input is written.
MEMBER_ID = r"[a-z][a-z0-9_]*"

_AMOUNT = re.compile(r"£?([0-9][0-9_,]*(?:\.[0-9]+)?|\.[0-9]+)\s*(k|m|bn)?", re.IGNORECASE)
_TIMES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}


class Word(str):
    """A value as it was typed; what it is, number or text, is decided where one of the two is wanted."""

    __slots__ = ("quoted",)
    quoted: bool

    def __new__(cls, text: str, *, quoted: bool = False) -> Word:
        """Keep the text, and whether it stood in quotes."""
        word = super().__new__(cls, text)
        word.quoted = quoted
        return word

    @property
    def scalar(self) -> Scalar:
        """What the word means by itself: text where it stood in quotes."""
        return str(self) if self.quoted else resolve(str(self))


_DIGITS = r"[0-9]+(?:_[0-9]+)*"
# Programs that read YAML 1.1 take a whole number that starts with 0 for one to the base of eight.
_NO_EIGHTS = r"(?!0[0-9_]+\Z)"
_INTEGER = re.compile(rf"[-+]?{_NO_EIGHTS}{_DIGITS}")
_FLOAT = re.compile(rf"[-+]?{_NO_EIGHTS}(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    ".nan": nan,
    ".NaN": nan,
    ".NAN": nan,
}
_WORDS |= {
    f"{sign}{word}": -inf if sign == "-" else inf
    for word in (".inf", ".Inf", ".INF")
    for sign in ("", "+", "-")
}
_MARKS = frozenset("0123456789+-.")


def resolve(text: str) -> Scalar:
    """The value of a word without quotes: a number, true or false, nothing, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MARKS:
        return text
    # Eighteen characters hold every whole number that a float holds exactly.
    if len(text) <= 18 and _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text.replace("_", ""))
    return text


def rounded(number: float) -> float:
    """A number with the 15 significant digits that a workbook keeps."""
    return float(f"{number:.15g}")


def shown(value: Scalar) -> str:
    """A value as people write it: 600000, not 600000.0."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean 'x'?` with the nearest of some words, or nothing where none is near."""
    known = sorted(set(words))
    # Capitals, blanks for underscores, and what a word processor makes of quotes and blanks.
    plain = bare(word)
    close = [other for other in known if bare(other) == plain][:1]
    close = close or get_close_matches(plain, known, 1, 0.6) or get_close_matches(word, known, 1, 0.6)
    # Two letters of a short id, the wrong way round.
    close = close or [other for other in known if sorted(other) == sorted(word)]
    if not close:
        # The right name in the wrong chapter, or in none.
        name = word.rpartition(".")[2]
        close = [key for key in known if key.rpartition(".")[2] == name][:1]
    return f"; did you mean '{close[0]}'?" if close else ""


def seen(text: str) -> str:
    """A text without the characters that nobody sees, and without blanks around it."""
    return "".join(mark for mark in text if unicodedata.category(mark) != "Cf").strip()


def bare(word: str) -> str:
    """A name in lower case, with `_` for blanks and without quotes: the ways in which people vary one."""
    plain = unicodedata.normalize("NFKC", seen(word)).strip().strip("'\"‘’“”").lower()
    return re.sub(r"[\s\-]+", "_", plain.strip())


def listed(words: Iterable[str], most: int = 5) -> str:
    """Words in a row, the first few of many."""
    every = list(words)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more


def pounds(text: str) -> float | None:
    """An amount of money, such as `20m`, `£1.5bn`, `750k`, `20_000_000`; None where it is none."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    return float(found[1].replace("_", "").replace(",", "")) * _TIMES[(found[2] or "").lower()]
