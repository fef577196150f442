"""Amounts of money as people write them."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"£?([0-9][0-9_,]*(?:\.[0-9]+)?|\.[0-9]+)\s*(k|m|bn)?", re.IGNORECASE)
_TIMES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}


def pounds(text: str) -> float | None:
    """An amount of money, such as `20m`, `£1.5bn`, `750k`, `20_000_000`; None where it is none."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    return float(found[1].replace("_", "").replace(",", "")) * _TIMES[(found[2] or "").lower()]
