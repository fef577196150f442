"""What was typed in a workbook: set against what it was built with and what the case is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casebuilder.case import Case
from casebuilder.errors import CaseError
from casebuilder.inputs.shape import renamed
from casebuilder.inputs.values import InputValues, Value
from casebuilder.tasks.pull.run import Pull, read_pull
from casebuilder.workbook.build import build
from tests.unit.mini import mini_case

HEADER = 7
Typing = Mapping[tuple[str, str], Any]
Pulled = Callable[..., Pull]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case, path = mini_case(), tmp_path_factory.mktemp("mini") / "mini.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    return path


@pytest.fixture
def pulled(built: Path, tmp_path: Path) -> Pulled:
    """What a workbook gives in which some cells, named by key and header, were typed."""

    def pull(typed: Typing, case: Case | None = None) -> Pull:
        book = openpyxl.load_workbook(built)
        page = book["Inputs"]
        columns = {cell.value: cell.column for cell in page[HEADER] if cell.value}
        rows = {page.cell(r, 1).value: r for r in range(HEADER + 1, page.max_row + 1)}
        for (key, header), value in typed.items():
            page.cell(rows[key], columns[header]).value = value
        book.save(tmp_path / "typed.xlsx")
        return read_pull(tmp_path / "typed.xlsx", case or mini_case())

    return pull


def with_value(case: Case, key: str, members: tuple[str, ...], amount: float) -> Case:
    """The case with another value of the base case, as somebody else has left it."""
    given = case.inputs.values[key]
    values = {**case.inputs.values, key: replace(given, base={**given.base, members: Value(amount)})}
    return Case(case.folder, case.model, replace(case.inputs, values=values))


def taken(found: Pull) -> list[tuple[str, float | str | None, float | str]]:
    return [(edit.name, edit.old, edit.new) for edit in found.plan.edits]


def test_values_of_the_base_case_of_options_and_of_periods(pulled: Pulled) -> None:
    """Each with what stands in the case and what was typed."""
    found = pulled(
        {
            ("waits.opening", "Base"): 140,
            ("capacity.slots_each[southport,ct]", "Base"): 6.5,
            ("capacity.included[southport]", "preferred"): 0.5,
            ("capacity.growth", "2022-03"): 1.25,
        }
    )
    assert sorted(taken(found)) == [
        ("capacity.growth[2022-03]", 1.0, 1.25),
        ("capacity.slots_each[southport,ct]", 5.0, 6.5),
        ("preferred:capacity.included[southport]", 1.0, 0.5),
        ("waits.opening", 100.0, 140.0),
    ]
    assert not found.plan.untaken and not found.plan.clashes and not found.altered


def test_a_formula_is_worked_out_and_its_text_kept(pulled: Pulled) -> None:
    """1.2 x 600,000 is 720,000; what another cell holds is read from the workbook."""
    found = pulled(
        {
            ("waits.opening", "Base"): "=1.2*600000",
            ("waits.referrals", "Base"): "=2*D9+1",
            ("costs.price[ct]", "Base"): "=1/0",
        }
    )
    page = openpyxl.load_workbook(found.path)["Inputs"]
    assert (page["A9"].value, page["D9"].value) == ("capacity.slots_each[paddington,ct]", 20)
    by_name = {edit.name: edit for edit in found.plan.edits}
    assert by_name["waits.opening"].new == 720_000.0 and by_name["waits.opening"].note == "=1.2*600000"
    # Cells move from build to build: the note names what the formula reads by its key.
    assert by_name["waits.referrals"].new == 2 * 20 + 1
    assert by_name["waits.referrals"].note == "=2*capacity.slots_each[paddington,ct]+1"
    (wrong,) = found.plan.untaken
    assert "=1/0 comes to #DIV/0!: type the value" in wrong.what


def test_what_cannot_be_a_value_is_named_with_its_place(pulled: Pulled) -> None:
    """Emptied, a text, outside its bounds, typed where the values stand by period."""
    found = pulled(
        {
            ("waits.opening", "Base"): None,
            ("waits.referrals", "Base"): "plenty",
            ("costs.price[ct]", "Base"): -3,
            ("capacity.growth", "Base"): 2,
        }
    )
    assert not found.plan.edits
    said = {each.what for each in found.plan.untaken}
    assert all(each.place.startswith("Inputs!") for each in found.plan.untaken) and len(said) == 4
    for words in ("the cell was emptied", "'plenty' is not a number", "-3 is negative", "by period"):
        assert any(words in each for each in said), words


def test_typed_over_as_base_is_offered_as_the_options_own(pulled: Pulled) -> None:
    """One value for a single input, and one for every period of an input over time."""
    found = pulled({("waits.opening", "preferred"): 90, ("capacity.growth", "preferred"): 1.5})
    assert taken(found) == [
        ("preferred:capacity.growth[2022-02]", 1.0, 1.5),
        ("preferred:capacity.growth[2022-03]", 1.0, 1.5),
        ("preferred:capacity.growth[2022-04]", 1.1, 1.5),
        ("preferred:capacity.growth[2022-05]", 0.1, 1.5),
        ("preferred:waits.opening", 100.0, 90.0),
    ]
    assert found.plan.offered == {edit.name for edit in found.plan.edits}


def test_three_ways(pulled: Pulled) -> None:
    """In the file alone: taken; in the case alone: it stays; in both alike: so already; else a clash."""
    case = mini_case()
    for key, members, amount in (
        ("waits.referrals", (), 12.0),
        ("costs.price", ("ct",), 85.0),
        ("costs.price", ("mri",), 300_000.0),
    ):
        case = with_value(case, key, members, amount)
    found = pulled(
        {
            ("waits.opening", "Base"): 140,
            ("costs.price[ct]", "Base"): 85,
            ("costs.price[mri]", "Base"): 275_000,
        },
        case,
    )
    assert taken(found) == [("waits.opening", 100.0, 140.0)]
    assert found.plan.same == 1 and found.plan.since == 3
    (clash,) = found.plan.clashes
    assert (clash.edit.name, clash.edit.old, clash.edit.new, clash.now) == (
        "costs.price[mri]", 250_000.5, 275_000.0, 300_000.0
    )  # fmt: skip


def test_a_key_that_has_another_name_since(pulled: Pulled, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has the key of old, the case that of now: matched, and set three ways."""
    old = renamed.Renamed("waits.opening", ("waits.opening_list",), 2)
    monkeypatch.setattr(renamed, "table", lambda: {"waits.opening": old})
    case = mini_case()
    values = dict(case.inputs.values)
    given: InputValues = values.pop("waits.opening")
    declared = copy(given.input)
    declared.chapter, declared.name = "waits", "opening_list"
    values["waits.opening_list"] = replace(given, input=declared)
    now = Case(case.folder, case.model, replace(case.inputs, values=values))
    typed = {("waits.opening", "Base"): 140}
    assert taken(pulled(typed, now)) == [("waits.opening_list", 100.0, 140.0)]
    moved = with_value(now, "waits.opening_list", (), 120.0)
    (clash,) = pulled(typed, moved).plan.clashes
    assert (clash.edit.name, clash.now) == ("waits.opening_list", 120.0)


def test_what_the_case_has_no_more_is_said(pulled: Pulled) -> None:
    """An input that is gone, and members that are."""
    case = mini_case()
    values = dict(case.inputs.values)
    del values["waits.opening"]
    price = values["costs.price"]
    values["costs.price"] = replace(price, base={m: v for m, v in price.base.items() if m != ("ct",)})
    now = Case(case.folder, case.model, replace(case.inputs, values=values))
    found = pulled({("waits.opening", "Base"): 140, ("costs.price[ct]", "Base"): 85}, now)
    assert not found.plan.edits
    assert [each.what.partition(": ")[2] for each in found.plan.untaken] == [
        "the case has no input 'waits.opening'",
        "the case has no value of costs.price for ct any more",
    ]


def test_a_formula_that_rests_on_what_is_not_taken_is_not_taken(pulled: Pulled) -> None:
    """On a text, which the spreadsheet adds as nothing; on a cell refused; on such a formula in its turn."""
    found = pulled(
        {
            ("costs.price[ct]", "Base"): "1,000",
            ("waits.referrals", "Base"): "=SUM(D19:D20)",
            ("waits.opening", "Base"): "=D17+1",
        }
    )
    page = openpyxl.load_workbook(found.path)["Inputs"]
    assert [page[cell].value for cell in ("A17", "A19", "A20")] == [
        "waits.referrals", "costs.price[ct]", "costs.price[mri]"
    ]  # fmt: skip
    assert taken(found) == [("costs.price[ct]", 80.0, 1000.0)]
    assert {each.place: each.what for each in found.plan.untaken} == {
        "Inputs!D17": "waits.referrals: =SUM(D19:D20) rests on Inputs!D19, which is a text, which a "
        "spreadsheet reads as no number: type the value",
        "Inputs!D16": "waits.opening: =D17+1 rests on Inputs!D17, which is not taken: type the value",
    }


def test_as_base_typed_again_is_no_edit_and_an_own_value_is_given_up_by_hand(pulled: Pulled) -> None:
    """The words typed where they stood, in other capitals; an option's own cell emptied says what to do."""
    found = pulled(
        {("waits.opening", "preferred"): "As base", ("capacity.included[southport]", "preferred"): None}
    )
    assert not found.plan.edits
    (left,) = found.plan.untaken
    assert "delete capacity.included from options/preferred.yaml" in left.what


def test_a_header_of_values_that_was_changed_is_named_once(
    pulled: Pulled, built: Path, tmp_path: Path
) -> None:
    """Not every row below it."""
    book = openpyxl.load_workbook(built)
    page = book["Inputs"]
    page.cell(HEADER, 4).value = "Base case"
    book.save(tmp_path / "header.xlsx")
    found = read_pull(tmp_path / "header.xlsx", mini_case())
    (left,) = found.plan.untaken
    assert left.what.startswith("the column headed 'Base' is gone: put 'Base' back where the header now says")
    assert not found.plan.edits


def test_a_workbook_of_another_case_is_refused(pulled: Pulled) -> None:
    """Most of its values are others there; of a case that was only copied they are not."""
    case = mini_case()
    for key, given in case.inputs.values.items():
        for members, value in given.base.items():
            case = with_value(case, key, members, float(value.amount) + 1)
    other = Case(Path("cases/other"), case.model, case.inputs)
    with pytest.raises(CaseError, match="was written from the case mini, and is not of other"):
        pulled({}, other)
    copied = Case(Path("cases/other"), mini_case().model, mini_case().inputs)
    assert pulled({}, copied).plan.since == 0
