"""The page of the fifty values that matter most says what the case has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from casebuilder.inputs.values import InputValues
from tests.shipped import ShippedCases

PAGE = Path(__file__).parents[2] / "docs" / "fifty_values.md"
COLUMNS = ("rank", "input", "value now", "range", "unit", "state", "looked for", "found", "outcome")
OUTCOMES = ("sourced", "confirmed", "differs", "kept")
COUNTED = re.compile(r"Of fifty (\d+) are sourced, (\d+) confirmed, (\d+) differ and (\d+) are kept\.")


def table() -> list[dict[str, str]]:
    """The rows of the page's table, by column."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert tuple(cells[0]) == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells[2:]]


def span(amounts: Iterable[float]) -> str:
    """The lowest and the highest of some numbers as the page writes them."""
    ends = sorted({min(numbers := list(amounts)), max(numbers)})
    return " to ".join(f"{end:,.4f}".rstrip("0").rstrip(".").replace("-", "−") for end in ends)


def printed(given: InputValues) -> dict[str, str]:
    """What the page has to say of an input: its base values, their range, unit and states."""
    ranged = [value for value in given.base.values() if value.low is not None and value.high is not None]
    return {
        "value now": span(float(value.amount) for value in given.base.values()),
        "range": span(end for value in ranged for end in (value.low, value.high) if end is not None),
        "unit": given.input.unit,
        "state": ", ".join(sorted({given.origin(None, members).state for members in given.base})),
    }


@pytest.fixture(scope="module")
def used(shipped_cases: ShippedCases) -> dict[str, InputValues]:
    """The inputs that the lines of the case use, by key."""
    return {item.key: given for item, given in shipped_cases.case("cmast").problem.values.items()}


def test_there_are_fifty_rows_in_order() -> None:
    """Ranks run from 1 to 50, and no input stands twice."""
    rows = table()
    assert [row["rank"] for row in rows] == [str(rank) for rank in range(1, 51)]
    assert len({row["input"] for row in rows}) == 50


def test_each_row_is_what_the_case_has(used: dict[str, InputValues]) -> None:
    """Every key is an input that the case uses; value, range, unit and state are those of the case."""
    wrong = []
    for row in table():
        key = row["input"].strip("`")
        assert key in used, f"{key} is no input that the case uses"
        wrong += [(key, name, row[name], now) for name, now in printed(used[key]).items() if row[name] != now]
    assert wrong == []


def test_each_row_says_what_was_done() -> None:
    """What was looked for, what was found and one of four outcomes, which the page counts rightly."""
    rows = table()
    assert all(row["looked for"] and row["found"] and row["outcome"] in OUTCOMES for row in rows)
    counted = COUNTED.search(PAGE.read_text(encoding="utf-8"))
    assert counted is not None
    assert [int(count) for count in counted.groups()] == [
        sum(row["outcome"] == outcome for row in rows) for outcome in OUTCOMES
    ]


def test_a_document_named_is_in_a_register(shipped_cases: ShippedCases) -> None:
    """Ids of sources on the page are those of the case's registers, and a sourced row names its source."""
    register = shipped_cases.case("cmast").inputs.sources
    for row in table():
        assert set(re.findall(r"\b[SL]\d+\b", row["found"])) <= set(register), row["input"]


def test_a_sourced_input_names_its_document(used: dict[str, InputValues]) -> None:
    """What is called sourced has the document as its source in the case."""
    for row in table():
        if row["outcome"] == "sourced":
            assert used[row["input"].strip("`")].base_origin.source in row["found"], row["input"]
