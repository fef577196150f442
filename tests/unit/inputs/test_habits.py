"""What people write for a number: what is taken for one, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import InputError
from casebuilder.inputs.assumed.amounts import wrong_with
from casebuilder.inputs.files.dates import month_cure, month_of, year_cure, year_of
from casebuilder.inputs.files.habits import habit_of, shortened
from casebuilder.inputs.files.scalars import Word
from casebuilder.inputs.values import CaseInputs


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("01.5", 1.5),
        ("0.5", 0.5),
        ("1_000", 1000),
        ("1e3", 1000),
        (".5", 0.5),
        ("+3", 3),
        ("60.0", 60),
        ("-1.5", -1.5),
    ],
)
def test_what_is_taken_for_a_number(declare: Callable[..., Input], text: str, number: float) -> None:
    """Zeros in front of a point, underscores, exponents, a bare point and a sign mean what they look like."""
    assert wrong_with(declare("a.b", "1", low=None), Word(text)) == ""
    assert Word(text).scalar == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,083", "write 1083"),
        ("013", "write 13: some programs read a number that starts with 0"),
        ("-010", "write -10"),
        ("0_12", "write 12"),
        ("£2,600", "write 2600"),
        ("£140m", "write 140000000"),
        ("18.6m", "write 18600000"),
        ("£2.1bn", "write 2100000000"),
        ("12k", "write 12000"),
        ("(258108.75)", "write -258108.75"),
        ("−1.083", "write -1.083"),
        ("–5", "write -5"),
        ("50%", "write 0.5"),
        ("12.5 per cent", "write 0.125"),
        ("-£5", "write -5"),
        ("5-", "write -5"),
        ("£1.5 million", "write 1500000"),
        ("2,600 GBP", "write 2600"),
        ("1.000.000", "write 1000000"),
        ("1.083,50", "write 1083.5"),
        ("1,5", "write 1.5 if the comma"),
        ("１２", "write 12"),
        ("1\u00a0083", "non-breaking"),
        ("'1083", "write 1083"),
        ("60 months", "write 60"),
        ("#N/A", "error of Excel"),
        ("#REF!", "error of Excel"),
        ("#DIV/0!", "error of Excel"),
        ("n/a", "best estimate"),
        ("tbc", "best estimate"),
        ("-", "write 0"),
        ("nil", "write 0"),
        ("0x10", "16"),
        ("1:30", "1.5 hours"),
        ("<5", "as 5"),
        ("5 to 7", "[5, 7]"),
        ("1/4", "write 0.25"),
        ("2021/22", "financial year"),
        ("01/04/2023", "a date"),
        ("=A1*2", "its result"),
        ("1 Apr 2021", "a date"),
        ("April 2021", "a date"),
        ("13±2", "write one number, as 13"),
        ("13±2", "[11, 15]"),
        ("100 +/- 10%", "[90, 110]"),
        ("13*", "write the number alone, as 13"),
        ("13 (est.)", "as 13; what is said"),
        ("13†", "as 13"),
        ("£13 [b]", "as 13"),
        ("½", "write 0.5"),
        ("nan", "a value it lacks"),
        ("tbc?", "best estimate"),
        ("[5]", "without brackets, as 5"),
        (">13", "as 13"),
        ("5\u200b", "write 5: a character that nobody sees"),
        ("5 [1]", "the number alone, as 5"),
        ("13 or 14", "[13, 14]"),
        ("lots", "plain digits"),
        ("1½", "plain digits"),
    ],
)
def test_a_habit_is_told_with_its_cure(declare: Callable[..., Input], text: str, words: str) -> None:
    """Each says that it is no number, and what to write."""
    wrong = wrong_with(declare("a.b", "1", low=None), Word(text))
    assert wrong.startswith(f"'{text}' is not a number; ") and words in wrong


@pytest.mark.parametrize("text", ["ten", "5O", "l0", "10³", "1e", "½", "3.2.1", "£", "%", "", "x1"])
def test_nothing_is_guessed(text: str) -> None:
    """Where the number meant is not plain none is offered: 5O may be 50."""
    found = habit_of(text)
    assert found is None or found.number is None


def test_a_quoted_number_is_text(declare: Callable[..., Input]) -> None:
    """Quotes make text, and the fault says so."""
    wrong = wrong_with(declare("a.b", "1"), Word("12", quoted=True))
    assert "write 12 without the quotes" in wrong


@pytest.mark.parametrize(
    ("low", "value", "usual", "says", "not_says"),
    [
        (0, 1.5, None, "150 %", "0.015"),
        (0, 1.5, 0.95, "150 %", "0.015"),
        (0, 5, 0.97, "500 %", "0.05"),
        (0, 85, 0.95, "write 0.85 for 85 %", "8500"),
        (0, 85, None, "write 0.85 for 85 %", "8500"),
        (0, 3.5, 0.035, "write 0.035 for 3.5 %", "350"),
        (0, 1.5, 0.02, "write 0.015 for 1.5 %", "150 %"),
        (None, 1.5, None, "write 0.015 for 1.5 %", "150 %"),
        (0, 250, None, "25000 %", "write"),
    ],
)
def test_a_share_above_one(
    declare: Callable[..., Input],
    low: float | None,
    value: float,
    usual: float | None,
    says: str,
    not_says: str,
) -> None:
    """Per cent is offered where it is likelier than a value that is simply too large."""
    wrong = wrong_with(declare("a.b", "share", low=low, high=1), value, usual)
    assert "the most allowed" in wrong and says in wrong and not_says not in wrong


@pytest.mark.parametrize(
    "text",
    [
        "Apr-21",
        "April 2021",
        "01/04/2021",
        "1/4/21",
        "2021-04-01",
        "2021-04-01 00:00:00",
        "44287",
        "2021/4",
        "04/2021",
        "202104",
        "1-Apr-21",
        "21-Apr",
        "2021 April",
        "Apr 1, 2021",
        "'2021-04",
        '="2021-04"',
        "2021-04\u200b",
        "\ufeff2021-04",
        "2021–04",
        "2021\u201104",
        "4/13/2021",
    ],
)
def test_a_month_however_written(text: str) -> None:
    """Days are read first, as in Britain; 44287 is the number of 1 April 2021 in Excel."""
    assert month_of(text) == "2021-04"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021-22", "2021/22"),
        ("21/22", "2021/22"),
        ("FY2021/22", "2021/22"),
        ("2021/2022", "2021/22"),
        ("2021", "2021/22"),
        ("Dec-11", "2011/12"),
        ("2021/23", None),
        ("soon", None),
        ("FY22", "2021/22"),
        ("FY21/22", "2021/22"),
        ("2021_22", "2021/22"),
        ("'2021/22", "2021/22"),
        ("2021–22", "2021/22"),
        ("Aprl-21", None),
    ],
)
def test_a_year_however_written(text: str, year: str | None) -> None:
    """Excel takes 2011/12 for December 2011; two halves that are not a year apart are none."""
    assert year_of(text) == year


def test_a_shortened_number() -> None:
    """As Excel shows it; programs write a small e."""
    assert shortened("1.23E+08") and not shortened("1.23e-08") and not shortened("123")


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("4/1/2021", "; write 2021-01, or 2021-04 if the month stands before the day"),
        ("01/04/2021", "; write 2021-04"),
        ("4/13/2021", "; write 2021-04"),
        ("2021/22", ": a financial year, where a month is wanted: write 2021-04 for its first month"),
        ("2021", ": a year, where a month is wanted: write 2021-04 for April 2021"),
        ("Apr", ": its year is missing: write it as 2022-04"),
        ("1-Apr", ": its year is missing: write it as 2022-04"),
        ("2022-04\u200b", "; write 2022-04: a character that nobody sees stands in it"),
        ("soon", ""),
        ("2021-13", ""),
    ],
)
def test_what_to_write_for_a_month(text: str, cure: str) -> None:
    """With both months where a date may be read in two ways."""
    assert month_cure(text, ["2022-03", "2022-04"]) == cure


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("Apr-21", ": a month, where a financial year is wanted: write 2021/22"),
        ("2022-03", ": a month, where a financial year is wanted: write 2021/22"),
        ("FY2022", "; write 2021/22 if it ends in 2022, 2022/23 if it starts then"),
        ("21/22", "; write 2021/22"),
        ("soon", ""),
    ],
)
def test_what_to_write_for_a_year(text: str, cure: str) -> None:
    """A month lies in one."""
    assert year_cure(text) == cure


@pytest.mark.parametrize("text", ["Apr-21", "FY22", "21/22", "2021-22", "2021", "2021/22\u200b"])
def test_the_base_year_has_a_cure(folder: Path, read: Callable[..., CaseInputs], text: str) -> None:
    """One fault, at its place."""
    path = folder / "case.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("base_year: 2021/22", f"base_year: {text}"), encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert (fault.line, fault.column) == (3, 12) and "write 2021/22" in fault.message


def test_a_number_that_starts_with_nought_is_refused_in_yaml_alone(
    folder: Path, read: Callable[..., CaseInputs]
) -> None:
    """A table has no base of eight; there 0500 is 500."""
    table, chapter = folder / "data" / "referrals.csv", folder / "demand.yaml"
    table.write_text(
        table.read_text(encoding="utf-8").replace("2021-04,500", "2021-04,0500"), encoding="utf-8"
    )
    assert read().values["demand.referrals"].base["north", "ct", "2021-04"].amount == 500
    chapter.write_text(
        chapter.read_text(encoding="utf-8").replace("north: 2,", "north: 013,"), encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert "'013' is not a number; write 13: " in fault.message
