"""How ids and periods are written."""

from __future__ import annotations

MEMBER_ID = r"[a-z][a-z0-9_]*"
FINANCIAL_YEAR = r"[0-9]{4}/[0-9]{2}"
MONTH = r"[0-9]{4}-(?:0[1-9]|1[0-2])"
