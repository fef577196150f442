"""The format of a case, and keys that had another name: told with what to write, wherever they are named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from casebuilder.algebra.chapters import Model
from casebuilder.analysis.explain.ask import find_figure
from casebuilder.case import Case, load_case
from casebuilder.errors import CaseError, InputError, ModelError
from casebuilder.inputs.shape.renamed import FORMAT, read_table, renamed, table

CASES = Path(__file__).parents[3] / "assumptions" / "cases"
OLD = "'slip.carried_forward' is now 'funding.carried_forward' (since format 2)"
BLOCK = "carried_forward:\n  unit: share\n  over: [fund]\n  values: {national_pdc: 1}\n  source: L1\n"


@pytest.fixture
def digital(tmp_path: Path) -> Path:
    """A copy of the digital case that may be spoiled."""
    shutil.copytree(CASES / "digital_diagnostics", tmp_path / "digital")
    return tmp_path / "digital"


@pytest.fixture(scope="module")
def whole() -> Case:
    """The digital case as it ships."""
    return load_case("digital_diagnostics")


def edit(path: Path, before: str, after: str) -> None:
    """Put a text in place of another that is there."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def refused(folder: Path, *sets: str) -> InputError:
    """What is said of a case that cannot be read."""
    with pytest.raises(InputError) as caught:
        load_case(str(folder), sets)
    return caught.value


def faults(folder: Path, *sets: str) -> list[str]:
    """The faults, without the path of the folder."""
    return [str(fault).replace(f"{folder}/", "") for fault in refused(folder, *sets).faults]


def test_no_key_of_the_table_is_in_the_model_and_each_replacement_is(model: Model) -> None:
    known = {named.key for named in (*model.inputs, *model.lines)}
    assert len(table()) > 90
    assert sorted(key for key in table() if key in known) == []
    assert sorted({new for row in table().values() for new in row.now} - known) == []
    assert all(row.note for row in table().values() if not row.now)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in CASES.glob("*/case.yaml")))
def test_every_shipped_case_says_its_format(name: str) -> None:
    assert f"format: {FORMAT}\n" in (CASES / name / "case.yaml").read_text(encoding="utf-8")


def test_an_old_key_in_a_file_is_told_with_its_place(digital: Path) -> None:
    (digital / "slip.yaml").write_text(f"# Of old\n{BLOCK}", encoding="utf-8")
    assert faults(digital) == [f"slip.yaml:2:1: {OLD}"]


def test_a_file_of_old_keys_is_not_taken_for_a_strange_one(digital: Path) -> None:
    """Each of its keys is told, though no chapter of the name is left among the inputs."""
    text = "building_life: {unit: years, values: 40, source: L1}\n"
    text += "statement_years: {unit: number, values: 10, source: L1}\n"
    (digital / "finance.yaml").write_text(text, encoding="utf-8")
    told = faults(digital)
    assert any(line.startswith("finance.yaml:1:1: 'finance.building_life' is now") for line in told)
    gone = "'finance.statement_years' is gone since format 2: write statement_years in case.yaml"
    assert f"finance.yaml:2:1: {gone}" in told and not any("no chapter is called" in line for line in told)


def test_an_old_key_in_an_option_is_told(digital: Path) -> None:
    """Among its values, and among the inputs that it opens."""
    path = digital / "options" / "programme.yaml"
    edit(path, "inputs:\n", "opens: [revenue.rent_rate]\ninputs:\n  slip.carried_forward: {values: 1}\n")
    told = faults(digital)
    assert (
        "options/programme.yaml:3:9: 'revenue.rent_rate' is now 'leases.rent_rate' (since format 2)" in told
    )
    assert f"options/programme.yaml:5:3: {OLD}" in told


def test_an_old_key_that_a_case_leaves_out_is_told(digital: Path) -> None:
    edit(digital / "case.yaml", "leaves_out:\n", "leaves_out:\n  waits.waiting_list: Not held.\n")
    (told,) = faults(digital)
    assert re.fullmatch(r"case\.yaml:\d+:3: 'waits\.waiting_list' is now 'lists\.waiting_list' .*", told)


@pytest.mark.parametrize(
    "text",
    ["slip.carried_forward=0.5", "slip.carried_forward[national_pdc]=0.5", "bau:slip.carried_forward=0.5"],
)
def test_an_old_key_in_a_set_is_told(text: str) -> None:
    (told,) = refused(CASES / "digital_diagnostics", text).faults
    assert told.file == "--set" and told.message == OLD


def test_what_took_the_place_of_a_key_is_not_missing_as_well(digital: Path) -> None:
    """A case made before lacks the new key because it has the old one."""
    own = (digital / "lists.yaml").read_text(encoding="utf-8")
    assert own.startswith("catchment:")
    (digital / "lists.yaml").unlink()
    (digital / "waits.yaml").write_text(own, encoding="utf-8")
    (told,) = faults(digital)
    assert told.endswith("'waits.catchment' is now 'lists.catchment' (since format 2)")


def test_explain_tells_of_an_old_key(whole: Case) -> None:
    for key in ("waits.waiting_list", "waits.waiting_list[england,ct]"):
        with pytest.raises(CaseError, match=r"^'waits\.waiting_list' is now 'lists\.waiting_list' \(since"):
            find_figure(whole.problem, key, None, None)
    with pytest.raises(CaseError, match=r"'risks\.worst' is gone since format 2: nothing showed it"):
        find_figure(whole.problem, "risks.worst", None, None)


def test_a_case_without_a_format_is_told_so_once_and_only_where_a_key_has_gone(digital: Path) -> None:
    edit(digital / "case.yaml", f"format: {FORMAT}\n", "")
    assert not [w for w in load_case(str(digital)).inputs.warnings if "format" in w.message]
    (digital / "slip.yaml").write_text(BLOCK, encoding="utf-8")
    edit(digital / "options" / "programme.yaml", "inputs:\n", "inputs:\n  revenue.rent_rate: {values: 1}\n")
    told = [w for w in refused(digital).warnings if "format:" in w.message]
    assert (
        len(told) == 1 and told[0].file.endswith("case.yaml") and "read as one of format 1" in told[0].message
    )
    edit(digital / "case.yaml", "title:", f"format: {FORMAT}\ntitle:")
    assert not [w for w in refused(digital).warnings if "format:" in w.message]


def test_a_newer_format_is_refused_alone_with_what_to_do(digital: Path) -> None:
    """Whatever else the file holds, since what that means is not known."""
    edit(digital / "case.yaml", f"format: {FORMAT}\n", f"format: {FORMAT + 1}\nwards: [a]\n")
    assert faults(digital) == [
        f"case.yaml:1:9: the case is of format {FORMAT + 1}, and this program reads formats up to {FORMAT}: "
        "take a newer casebuilder, or the case as it was before"
    ]


@pytest.mark.parametrize("given", ["two", "0", "-1", "1.5", "[2]", "true"])
def test_a_format_is_a_whole_number(digital: Path, given: str) -> None:
    edit(digital / "case.yaml", f"format: {FORMAT}\n", f"format: {given}\n")
    told = faults(digital)
    assert told == [f"case.yaml:1:9: format: is the number of the format of a case: write {FORMAT}"]


def test_the_key_of_a_row_of_a_workbook_is_told_too() -> None:
    """As Inputs and the calculation sheets write it: an option before it, members behind."""
    for key in ("slip.carried_forward", "bau:slip.carried_forward", "bau:slip.carried_forward[national_pdc]"):
        assert str(renamed(key)) == OLD
    assert renamed("funding.carried_forward") is None and renamed("") is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"a.b": {"now": ["c.d"], "since": 1}}, "a.b.since"),
        ({"a.b": {"now": ["c.d"], "since": FORMAT + 1}}, "a.b.since"),
        ({"a.b": {"now": "c.d", "since": 2}}, "a.b.now"),
        ({"a.b": {"since": 2}}, "a.b.now"),
        ({"a.b": {"now": ["c.d"], "since": 2, "why": "x"}}, "a.b.why"),
        ({"ab": {"now": ["c.d"], "since": 2}}, "ab"),
        ({"a.b": {"now": ["c.d"], "since": 2}, "c.d": {"now": [], "since": 2}}, "c.d is gone too"),
        (None, "renamed.yaml"),
    ],
)
def test_a_row_that_is_written_wrongly_is_refused(content: Any, told: str) -> None:
    with pytest.raises(ModelError, match=re.escape(told)):
        read_table(content)
