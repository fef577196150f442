"""Amounts as people type them in a form or a table: what is read, and what is refused with the reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.case import load_case
from casebuilder.errors import InputError
from casebuilder.inputs.assumed.typed import TypedError, typed_amount
from casebuilder.inputs.files.typed import read_typed
from tests.cases.starter import starter
from tests.edited import replace_once

MONEY = Input("Price", "GBP_real / item", low=None)
SHARE = Input("Share", "share")
TESTS = Input("Tests", "tests / month")
MINUTES = Input("Minutes", "minutes")
FLAG = Input("Flag", "flag")
ROUTE = Input("Route", "choice", choices=("alone", "pool", "shared_lease"))
ROOMS = Input("Rooms", "rooms", whole=True)


@pytest.mark.parametrize(
    ("text", "declared", "value"),
    [
        ("1.2m", MONEY, 1_200_000),
        ("£1.2m", MONEY, 1_200_000),
        ("£ 1.2 million", MONEY, 1_200_000),
        ("1.2M GBP", MONEY, 1_200_000),
        ("600k", MONEY, 600_000),
        ("1.5bn", MONEY, 1_500_000_000),
        ("1,200,000", MONEY, 1_200_000),
        ("1,083", MONEY, 1_083),
        ("£ 600 000", MONEY, 600_000),
        ("600\u00a0000", MONEY, 600_000),
        ("600_000", MONEY, 600_000),
        ("1,200.50", MONEY, 1_200.5),
        ("(1,200)", MONEY, -1_200),
        ("(£1.2m)", MONEY, -1_200_000),
        ("−1,200", MONEY, -1_200),
        ("-£5", MONEY, -5),
        ("  42 ", MONEY, 42),
        ("35%", SHARE, 0.35),
        ("35 %", SHARE, 0.35),
        ("12.5 per cent", SHARE, 0.125),
        ("0.35", SHARE, 0.35),
        ("2.4k", TESTS, 2_400),
        ("90", MINUTES, 90),
        ("Yes", FLAG, 1),
        ("no", FLAG, 0),
        ("1", FLAG, 1),
        ("Pool", ROUTE, "pool"),
        ("Shared lease", ROUTE, "shared_lease"),
        ("3.0", ROOMS, 3),
    ],
)
def test_what_is_typed_is_read(text: str, declared: Input, value: float | str) -> None:
    assert typed_amount(text, declared) == value


@pytest.mark.parametrize(
    ("text", "declared", "says"),
    [
        ("1,5", MONEY, "write 1.5 if the comma is a decimal point"),
        ("1.200,50", MONEY, "write 1200.5"),
        ("1.200.000", MONEY, "write 1200000"),
        ("12,34,567", MONEY, "write 1234567"),
        ("12 345,6", MONEY, "write 12345.6"),
        ("m", MONEY, "is not a number"),
        ("£", MONEY, "is not a number"),
        ("", MONEY, "nothing is typed"),
        ("01/04/2026", MONEY, "a date"),
        ("Apr-26", MONEY, "a date"),
        ("2026/27", MONEY, "a financial year"),
        ("5O", MONEY, "is not a number"),
        ("tbc", MONEY, "write the best estimate"),
        ("#N/A", MONEY, "an error of Excel"),
        ("12²", MONEY, "is not a number"),
        ("-(5)", MONEY, "is not a number"),
        ("£5%", SHARE, "is not a number"),
        ("50%", MONEY, "no per cent"),
        ("£500", TESTS, "not in pounds"),
        ("45m", MINUTES, "write 45, or 45000000"),
        ("35", SHARE, "write 0.35 for 35 %"),
        ("135%", SHARE, "above 1"),
        ("-5", TESTS, "negative"),
        ("2.5", ROOMS, "not a whole number"),
        ("maybe", FLAG, "0 or 1"),
        ("pol", ROUTE, "did you mean 'pool'?"),
    ],
)
def test_what_may_mean_two_things_is_refused_with_the_reason(text: str, declared: Input, says: str) -> None:
    with pytest.raises(TypedError) as caught:
        typed_amount(text, declared)
    assert says in str(caught.value)


def test_nought_in_brackets_is_nought() -> None:
    """Not minus nought, which a workbook would show with a sign."""
    typed = read_typed("(0)")
    assert typed is not None and str(typed.number) == "0.0"


def test_a_table_is_read_as_people_type_it(tmp_path: Path) -> None:
    """The lists of the starter case with commas, blanks and k: the same values, cell for cell."""
    folder = tmp_path / "case"
    shutil.copytree(starter(), folder)
    before = load_case(str(starter())).inputs
    path = folder / "data" / "lists.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    at = header.split(",").index("list")
    assert float(cells[at]) >= 1000
    cells[at] = f'"{float(cells[at]):,.0f}"'
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    assert load_case(str(folder)).inputs.sha256 == before.sha256
    cells[at] = '"12,5"'
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"lists\.csv:2:\d+: .*write 12\.5 if the comma is a decimal point"):
        load_case(str(folder))


def test_yaml_is_told_what_to_write(tmp_path: Path) -> None:
    """A file is read by other programs too: it holds plain numbers, and the message says which."""
    folder = tmp_path / "case"
    shutil.copytree(starter(), folder)
    for text, right in (("£1.2m", "1200000"), ("600k", "600000"), ("£ 600 000", "600000"), ("1,200", "1200")):
        before = (folder / "economics.yaml").read_text(encoding="utf-8")
        replace_once(folder / "economics.yaml", "value: 100\n", f"value: {text}\n")
        with pytest.raises(InputError, match=f"; write {right}"):
            load_case(str(folder))
        (folder / "economics.yaml").write_text(before, encoding="utf-8")
