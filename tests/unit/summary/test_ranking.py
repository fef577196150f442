"""The ranking on the terminal: changes in plain words, at 80 and 140 columns."""

from __future__ import annotations

import pytest
from rich.console import Console

from casebuilder.analysis.options.switching import PARTS, Standing
from casebuilder.summary.case.ranking import changed, in_words, print_ranking, ranking_data

NONE = {part.name: None for part in PARTS}
FOUND = {
    "bau": Standing(0.0, 2e6, 2, 2, 1, NONE | {"capital": 0.4}, NONE),
    "preferred": Standing(2e6, 0.0, 1, 1, 3, NONE, NONE | {"capital": 0.4, "health": -0.25}),
    "do_minimum": Standing(
        -5e5, 2.5e6, 3, 3, 2, NONE | {"capital": 1.3, "health": -0.4, "risks": 30.0}, NONE
    ),
}


@pytest.mark.parametrize(
    ("share", "text"),
    [(-0.4, "−40%"), (0.123, "+12%"), (0.0214, "+2.1%"), (1.3, "×2.3"), (-1.0, "−100%"), (0.0, "0.0%")],
)
def test_a_change_as_people_say_it(share: float, text: str) -> None:
    """Per cent up to double, then times."""
    assert changed(share) == text


def test_the_least_change_comes_first() -> None:
    """And what takes more than tenfold is left out."""
    assert in_words(FOUND["do_minimum"].to_best) == "health −40%, or capital ×2.3"
    assert in_words({"other_nhs_benefits": 0.5, "capital": -0.1, "risks": 0.2}) == (
        "capital −10%, risks +20%, or other NHS benefits +50%"
    )
    assert in_words(NONE) == in_words(NONE | {"risks": 9.5}) == "no one part, even tenfold"


@pytest.mark.parametrize("width", [80, 140])
def test_the_block_reads_well(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Best first; each other option with what would make it equal; nothing wider than the terminal."""
    print_ranking(Console(width=width), FOUND, "bau")
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert max(map(len, lines)) <= width
    places = [line.split() for line in lines if line.split()[1:4] in (["1", "1", "3"], ["2", "2", "1"])]
    assert places == [["preferred", "1", "1", "3", "£2.0m", "best"], ["bau", "2", "2", "1", "£0", "£2.0m"]]
    text = " ".join(" ".join(lines).split())
    assert "preferred is worth nothing health −25%, or capital +40%" in text
    assert "do_minimum equals preferred health −40%, or capital ×2.3" in text


def test_the_data_keep_every_change() -> None:
    """JSON has all parts, null where no change does it."""
    data = ranking_data(FOUND["do_minimum"])
    assert data["net_present_social_value"] == 3 and data["equivalent_annual_cost"] == 2
    assert data["behind_best"] == 2.5e6
    assert data["to_equal_best"]["risks"] == 30.0 and data["to_equal_best"]["cash_released"] is None
    assert set(data["to_be_worth_nothing"]) == {part.name for part in PARTS}
