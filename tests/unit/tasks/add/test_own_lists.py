"""What is said of a new trust whose figures are another's."""

from __future__ import annotations

import pytest

from casebuilder.case import load_case
from casebuilder.tasks.add.own_lists import why_copied


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("salford", ["Salford", "no provider", "copied from rbt", "Northern Care Alliance", "rm3"]),
        ("zz9", ["'zz9' is no provider of DM01", "copied from rbt"]),
        ("r0a", ["R0A do not ship", "to 2020-02", "copied from rbt", "casebuilder data dm01"]),
    ],
)
def test_figures_that_are_copied_say_so_and_how_to_have_its_own(name: str, said: list[str]) -> None:
    """No code of DM01, or one of which no months as old as the case's ship: theirs end in February 2020."""
    note = why_copied(load_case("cmast"), name, "rbt")
    for part in said:
        assert part.lower() in note.lower()
