"""Plain words of YAML 1.2, numbers as they are kept, and the nearest name."""

from __future__ import annotations

import pytest

from casebuilder.inputs.files.scalars import listed, nearest, resolve, rounded, shown


@pytest.mark.parametrize(
    "word",
    ["NO", "no", "yes", "on", "off", "y", "12:30", "2024-05-01", "2021/22", "1.2.3", "_1", "1__0", "-", "."],
)
def test_what_is_no_number_stays_text(word: str) -> None:
    """Words that YAML 1.1 would turn into something else are text."""
    assert resolve(word) == word


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("012.5", 12.5),
        ("600_000", 600_000),
        ("1e3", 1000.0),
        ("-1.5", -1.5),
        (".5", 0.5),
        ("1_000.25", 1000.25),
        ("+7", 7),
        ("2.", 2.0),
    ],
)
def test_numbers_are_numbers(word: str, value: float) -> None:
    """Underscores and exponents are read as people mean them."""
    assert resolve(word) == value
    assert type(resolve(word)) is type(value)


@pytest.mark.parametrize("word", ["012", "-07", "+010", "0_1", "00"])
def test_what_may_be_read_to_the_base_of_eight_is_text(word: str) -> None:
    """YAML 1.1 reads 012 as ten, YAML 1.2 as twelve."""
    assert resolve(word) == word


def test_true_false_and_nothing() -> None:
    """Only the words of YAML 1.2 are true, false or nothing."""
    assert [resolve(word) for word in ("true", "false", "null", "~", "")] == [True, False, None, None, None]


def test_a_number_of_any_length_is_read() -> None:
    """Thousands of digits are a number too large, not a traceback."""
    assert resolve("9" * 5000) == float("inf")


def test_fifteen_digits_are_kept() -> None:
    """A number has the digits that a workbook keeps."""
    assert rounded(0.1 + 0.2) == 0.3
    assert rounded(123456789.123456789) == 123456789.123457


def test_values_are_shown_as_people_write_them() -> None:
    """A whole number has no decimal point."""
    assert [shown(600_000.0), shown(0.5), shown(True), shown("pool")] == ["600000", "0.5", "true", "pool"]


def test_the_nearest_name_is_offered() -> None:
    """A typo, two letters the wrong way round and the wrong chapter each find the right name."""
    assert nearest("unit_prce", ["unit_price", "life"]) == "; did you mean 'unit_price'?"
    assert nearest("tc", ["ct", "mri"]) == "; did you mean 'ct'?"
    assert nearest("z.growth", ["demand.growth"]) == "; did you mean 'demand.growth'?"
    assert nearest("zebra", ["ct", "mri"]) == ""


def test_long_lists_are_cut_short() -> None:
    """The first few of many, and how many more."""
    assert listed("abcdefg", 3) == "a, b, c and 4 more"
