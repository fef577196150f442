"""Where the files that ship with casebuilder are: in the wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

from casebuilder.errors import CaseError

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The path of a shipped file or folder, such as `assumptions/reference`.

    Raises
    ------
    CaseError
        It is in neither place; the message names both.
    """
    places = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    for place in places:
        if place.exists():
            return place
    raise CaseError(f"'{name}' is missing: it is neither at {places[0]} nor at {places[1]}")
