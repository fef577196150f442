"""Figures as people read them: £52.0m, 12.3%, 1,234; an en dash for none."""

from __future__ import annotations

from casebuilder.units import PLAIN, PRICES, unit_or_plain, unit_words

NONE = "–"
MINUS = "−"
_BILLION, _MILLION = 1e9, 1e6


def figure(value: float | None, unit: str) -> str:
    """A value in the few characters of a table cell, without its unit but for £ and %."""
    if value is None:
        return NONE
    text = _magnitude(abs(value), unit)
    return f"{MINUS}{text}" if value < 0 and any(digit in "123456789" for digit in text) else text


def difference(value: float | None, unit: str) -> str:
    """A difference, with its sign; a difference of shares is in percentage points."""
    if value is None:
        return NONE
    text = figure(value, unit)
    if unit == "share":
        text = text.replace("%", " pp")
    signed = value > 0 and any(digit in "123456789" for digit in text)
    return f"+{text}" if signed else text


def in_millions(amount: float, digits: int) -> str:
    """A difference of money down a column of millions, with its sign unless it shows as nothing."""
    text = f"{abs(amount) / _MILLION:,.{digits}f}"
    sign = "" if not any(digit in "123456789" for digit in text) else "+" if amount > 0 else MINUS
    return f"{sign}{text}"


def with_unit(value: float | str | None, unit: str) -> str:
    """A value with its unit in words: £1.2m per year, 312 tests per month."""
    if value is None:
        return f"{NONE} none"
    if isinstance(value, str):
        return value
    shown = _precise(value) if unit in PLAIN and unit != "share" else figure(value, unit)
    return f"{shown}{unit_words(unit)}"


def _precise(value: float) -> str:
    """A plain number such as a discount factor or an index, to five digits."""
    text = f"{abs(value):,.0f}" if abs(value) >= 99_999.5 else f"{abs(value):,.5g}"
    return f"{MINUS}{text}" if value < 0 else text


def _magnitude(size: float, unit: str) -> str:
    if any(unit_or_plain(unit).of(prices) > 0 for prices in PRICES):
        return _money(size)
    if unit == "share":
        return f"{size:.1%}"
    return _number(size)


def _money(size: float) -> str:
    if size >= _BILLION * 0.9995:
        return f"£{size / _BILLION:,.2f}bn"
    if size >= _MILLION * 0.9995:
        return f"£{size / _MILLION:,.1f}m"
    if size >= 999.5 or size == round(size):
        return f"£{size:,.0f}"
    return f"£{size:,.2f}" if size >= 0.01 else f"£{size:.3g}"


def _number(size: float) -> str:
    if size >= 99.95 or size == round(size):
        return f"{size:,.0f}"
    if size >= 9.995:
        return f"{size:.1f}"
    return f"{size:.2f}" if size >= 0.095 else f"{size:.2g}"
