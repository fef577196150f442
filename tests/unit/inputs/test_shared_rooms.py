"""Whole rooms split among the tests that share them."""

from __future__ import annotations

import pytest

from casebuilder.inputs.start.shared_rooms import parts_of


@pytest.mark.parametrize(
    ("rooms", "needs", "parts"),
    [
        (2, {"colonoscopy": 60.0, "gastroscopy": 25.0, "flexi": 15.0}, [1.2, 0.5, 0.3]),
        # Thirds: what is left of a hundred hundredths goes to the first of equals.
        (1, {"a": 1.0, "b": 1.0, "c": 1.0}, [0.34, 0.33, 0.33]),
        (1, {"a": 0.0, "b": 0.0}, [0.5, 0.5]),
        (3, {"a": 5.0}, [3.0]),
        (0, {"a": 5.0, "b": 1.0}, [0.0, 0.0]),
    ],
)
def test_parts_add_up_to_the_rooms(rooms: int, needs: dict[str, float], parts: list[float]) -> None:
    found = parts_of(rooms, needs)
    assert list(found) == list(needs) and list(found.values()) == parts
    assert sum(round(part * 100) for part in found.values()) == rooms * 100
