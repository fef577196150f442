"""Whole rooms split among the tests that share them."""

from __future__ import annotations

from collections.abc import Mapping

_PARTS = 100  # a part of a room is told in hundredths


def parts_of(rooms: int, needs: Mapping[str, float]) -> dict[str, float]:
    """The part of some rooms that each test has, in hundredths that add up to them.

    Parameters
    ----------
    rooms
        Whole rooms.
    needs
        What each test needs of them, in whatever unit: tests a month times minutes, say. None is below 0;
        where all are 0 the tests share alike.

    Returns
    -------
    dict
        By test, as `estate.part_rooms` takes it. What is left after rounding down goes to those with the
        largest remainders, the first of equals.
    """
    whole = sum(needs.values())
    shares = {test: need / whole if whole else 1 / len(needs) for test, need in needs.items()}
    exact = {test: rooms * _PARTS * share for test, share in shares.items()}
    found = {test: int(part + 1e-9) for test, part in exact.items()}
    left = rooms * _PARTS - sum(found.values())
    for test in sorted(exact, key=lambda each: found[each] - exact[each])[:left]:
        found[test] += 1
    return {test: part / _PARTS for test, part in found.items()}
