"""Shares that are rounded and still add up to one, and figures that do not pretend to be known better."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from typing import TypeVar

_Key = TypeVar("_Key")


def rounded_shares(shares: Mapping[_Key, float], digits: int) -> dict[_Key, float]:
    """Shares to so many digits; what rounding leaves goes to the largest.

    Shares that are all nothing stay so.
    """
    found = {key: round(share, digits) for key, share in shares.items()}
    if any(found.values()):
        largest = max(found, key=lambda key: found[key])
        found[largest] = round(found[largest] + 1 - sum(found.values()), digits)
    return found


def two_figures(value: float) -> int:
    """A whole number with two figures that count."""
    if not value:
        return 0
    digits = floor(log10(abs(value))) - 1
    return int(round(value, -digits)) if digits > 0 else round(value)


def as_typed(value: float) -> float | int:
    """12 for 12.0."""
    return int(value) if float(value).is_integer() else value
