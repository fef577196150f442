"""Units of lines and inputs: what may be added, and what multiplying and dividing make of them.

Pounds of the base year (`GBP_real`) and cash (`GBP_nominal`) are different units. So are tests,
reports, visits and patients, and hours, days, weeks, months and years: nothing converts one into
another but a line that says how.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

# One spelling of each atom, with the plural a reader expects.
ATOMS = {
    "GBP_real": (),
    "GBP_nominal": (),
    "test": ("tests",),
    "report": ("reports",),
    "visit": ("visits",),
    "patient": ("patients",),
    "slot": ("slots",),
    "hour": ("hours",),
    "minute": ("minutes",),
    "day": ("days",),
    "week": ("weeks",),
    "month": ("months",),
    "year": ("years",),
    "wte": (),
    "post": ("posts",),
    "m2": (),
    "item": ("items",),
    "room": ("rooms",),
    "site": ("sites",),
    "member": ("members",),
    "qaly": ("qalys",),
    "tonne": ("tonnes",),
    "kwh": (),
    "km": (),
    "bed_day": ("bed_days",),
    "contract": ("contracts",),
}
# Words for a plain number; they differ only in how a figure is shown.
PLAIN = ("1", "share", "index", "flag", "factor", "number")
CHOICE = "choice"
# Pounds, and what is said of their prices.
PRICES = {"GBP_real": "base-year prices", "GBP_nominal": "cash"}
_PLURAL_AS_IS = ("wte", "m2", "kwh", "km")

_SPELLING = {word: atom for atom, plurals in ATOMS.items() for word in (atom, *plurals)}


# What people write for an atom, and what is written here.
_POUNDS = "pounds are GBP_real, in prices of the base year, or GBP_nominal, in cash"
_MEANT = {
    **dict.fromkeys(("£", "gbp", "pound", "pounds", "sterling", "£m", "£k", "£000", "£000s"), _POUNDS),
    **dict.fromkeys(("%", "per cent", "percent", "percentage", "pc"), "a share is a fraction: write share"),
    **dict.fromkeys(("shares", "fraction", "proportion", "ratio"), "write share"),
    **dict.fromkeys(("sqm", "sq m", "m²", "sq.m", "square metres", "square metre", "msq"), "write m2"),
    **dict.fromkeys(("fte", "wtes", "ftes", "whole-time equivalent"), "write wte"),
    **dict.fromkeys(("hr", "hrs", "h"), "write hours"),
    **dict.fromkeys(("min", "mins"), "write minutes"),
    **dict.fromkeys(("wk", "wks", "w"), "write weeks"),
    **dict.fromkeys(("yr", "yrs", "y", "pa", "p.a.", "annum", "annual"), "write year"),
    **dict.fromkeys(("mth", "mths", "mon"), "write months"),
    **dict.fromkeys(("each", "unit", "units", "no.", "no", "piece", "pieces"), "write item, or number"),
    **dict.fromkeys(("scan", "scans", "exam", "exams", "examination", "examinations"), "write tests"),
    **dict.fromkeys(("people", "person", "persons"), "write number, or patients"),
}


class UnknownUnitError(ValueError):
    """A word that is no unit."""


@dataclass(frozen=True)
class Unit:
    """A product of atoms with whole powers, such as GBP_real / wte / year."""

    powers: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: Unit) -> Unit:
        """Multiply: powers add."""
        return _unit(self._with(other, 1))

    def __truediv__(self, other: Unit) -> Unit:
        """Divide: powers subtract."""
        return _unit(self._with(other, -1))

    def power(self, exponent: int) -> Unit:
        """Raise to a whole power."""
        return _unit({atom: p * exponent for atom, p in self.powers})

    def of(self, atom: str) -> int:
        """The power of one atom, 0 where it is absent."""
        return dict(self.powers).get(atom, 0)

    def replace(self, old: str, new: str) -> Unit:
        """The same unit with one atom put in place of another."""
        return _unit({new if atom == old else atom: p for atom, p in self.powers})

    @property
    def plain(self) -> bool:
        """Whether this is a number without unit."""
        return not self.powers

    def _with(self, other: Unit, sign: int) -> dict[str, int]:
        powers = dict(self.powers)
        for atom, p in other.powers:
            powers[atom] = powers.get(atom, 0) + sign * p
        return powers

    def __str__(self) -> str:
        """Numerator, then each divisor: GBP_real / wte / year."""
        up = [atom if p == 1 else f"{atom}^{p}" for atom, p in self.powers if p > 0]
        down = [atom if p == -1 else f"{atom}^{-p}" for atom, p in self.powers if p < 0]
        return " / ".join([" * ".join(up) or "1", *down])


def _unit(powers: dict[str, int]) -> Unit:
    return Unit(tuple(sorted((atom, p) for atom, p in powers.items() if p)))


def _meant(word: str) -> str:
    """What an unknown word was meant for, where that is known."""
    low = word.strip().lower()
    if " per " in f" {low} ":
        return ": write / for per"
    if low[:1] in "£$€" and low not in _MEANT and len(low) > 1:
        low = "£" if low[0] == "£" else low
    said = _MEANT.get(low, "")
    if not said:
        near = get_close_matches(low, _SPELLING, 1, 0.75)
        said = f"did you mean '{near[0]}'?" if near else ""
        return f"; {said}" if said else ""
    return f": {said}"


@cache
def parse_unit(text: str) -> Unit:
    """Read a unit as people write it: `tests / month`, `GBP_real / m2`, `share`.

    Raises
    ------
    UnknownUnitError
        A word that is no unit; the message lists the nearest.
    """
    powers: dict[str, int] = {}
    for place, part in enumerate(text.split("/")):
        for word in part.split("*"):
            name, _, exponent = word.strip().partition("^")
            if name in PLAIN or (name == CHOICE and text == CHOICE):
                continue
            if name not in _SPELLING or (exponent and not exponent.isdigit()):
                raise UnknownUnitError(f"'{text}' is not a unit: '{word.strip()}' is unknown{_meant(name)}")
            atom = _SPELLING[name]
            powers[atom] = powers.get(atom, 0) + (1 if place == 0 else -1) * int(exponent or 1)
    return _unit(powers)


@cache
def unit_or_plain(text: str) -> Unit:
    """A unit as it is read; that of a plain number where a word of it is no unit."""
    try:
        return parse_unit(text)
    except UnknownUnitError:
        return Unit()


def unit_words(unit: str) -> str:
    """What follows a figure: ` tests per month`, ` per year (cash)`; nothing for a plain number."""
    parsed = unit_or_plain(unit)
    up = [atom for atom, power in parsed.powers for _ in range(power)]
    down = [atom for atom, power in parsed.powers for _ in range(-power)]
    prices = next((PRICES[atom] for atom in up if atom in PRICES), "")
    words = " ".join(_plural(atom) for atom in up if atom not in PRICES)
    words += "".join(f" per {atom.replace('_', ' ')}" for atom in down)
    words = words.strip()
    return (f" {words}" if words else "") + (f" ({prices})" if prices else "")


def _plural(atom: str) -> str:
    return atom.upper() if atom == "wte" else atom if atom in _PLURAL_AS_IS else f"{atom.replace('_', ' ')}s"
