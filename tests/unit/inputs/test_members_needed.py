"""The members that the chapters need, and what a case says it leaves out on purpose."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebuilder.algebra.chapters import Model
from casebuilder.case import load_case, load_model
from casebuilder.cli.app import app
from casebuilder.errors import InputError

CASES = Path(__file__).parents[3] / "assumptions" / "cases"


@pytest.fixture
def digital(tmp_path: Path) -> Path:
    """A copy of the digital case that may be spoiled."""
    shutil.copytree(CASES / "digital_diagnostics", tmp_path / "digital")
    return tmp_path / "digital"


@pytest.fixture(scope="module")
def model() -> Model:
    """The shipped chapters."""
    return load_model()


def edit(folder: Path, *changes: tuple[str, str]) -> None:
    """Put texts of case.yaml in place of others; each must be there."""
    path = folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """What is said of a case, each with line and column, without the path."""
    with pytest.raises(InputError) as caught:
        load_case(str(folder))
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def members_without(model: Model, dimension: str, gone: str) -> tuple[str, str]:
    """An edit that gives a dimension all members that the chapters need but one."""
    listed = ", ".join(member for member in model.dimensions[dimension].needs if member != gone)
    return "members:\n", f"members:\n  {dimension}: [{listed}]\n"


@pytest.mark.parametrize(
    ("dimension", "member", "headline"),
    [
        ("cost_line", "energy", "npsv"),
        ("milestone", "power", "list_end"),
        ("edition", "gb2026", "bcr"),
        ("standard", "full", "months_to_standard"),
        ("vat_line", "fees", "capital_outturn"),
    ],
)
def test_a_member_that_the_lines_pick_is_a_fault_at_the_members(
    digital: Path, model: Model, dimension: str, member: str, headline: str
) -> None:
    """At the dimension's own line, with the headlines that would have no value."""
    edit(digital, members_without(model, dimension, member))
    lines = (digital / "case.yaml").read_text(encoding="utf-8").splitlines()
    place = lines.index(next(line for line in lines if line.startswith(f"  {dimension}:"))) + 1
    (said,) = [fault for fault in faults(digital) if f"'{member}' is missing" in fault]
    assert said.startswith(f"case.yaml:{place}:3: {dimension} (")
    assert re.search(rf"no value: .*\b{headline}\b", said)


def test_the_nearest_name_is_told(digital: Path, model: Model) -> None:
    """A slip in one letter."""
    before, after = members_without(model, "cost_line", "energy")
    edit(digital, (before, after.replace("]", ", enrgy]")))
    (said,) = [fault for fault in faults(digital) if "'energy' is missing" in fault]
    assert said.endswith("did you mean 'enrgy'?")


def test_a_case_without_any_test_is_at_fault(digital: Path) -> None:
    """Any test will do, but there must be one."""
    text = (digital / "case.yaml").read_text(encoding="utf-8")
    edit(digital, (text[text.index("  test:\n") : text.index("\npairs:")], ""))
    assert any("there are no members" in fault and "test (test)" in fault for fault in faults(digital))


def test_values_of_a_site_in_a_case_without_sites_are_faults(digital: Path) -> None:
    """A case may have no site, but then it gives none of them a host."""
    (line,) = [x for x in (digital / "case.yaml").read_text(encoding="utf-8").splitlines() if "  site:" in x]
    name = line.partition("{")[2].partition(":")[0]
    edit(digital, (f"{line}\n", ""))
    said = faults(digital)
    assert len(said) >= 4 and all(fault.endswith(f"'{name}' is no site of this case") for fault in said)


def test_fewer_members_than_the_reference_set_has_are_a_warning(digital: Path) -> None:
    """A fee that nobody picks by name would leave the cost without a word."""
    edit(digital, ("members:\n", "members:\n  fee: {architect: Architect, other: Other}\n"))
    (said,) = [str(w) for w in load_case(str(digital)).inputs.warnings if "fee" in w.message]
    assert "engineers, cost_adviser, project_manager, statutory of the reference set are left out" in said


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("longlit: Not drawn up.", "'longlit' is no line, chapter or headline; did you mean 'longlist'?"),
        ("npsv: Not of interest.", "npsv is not lost: the case has what it needs"),
        ("demand.referrals: Not of interest.", "demand.referrals is not lost"),
        ("governance: Nothing is shared.", "governance is lost in part only"),
        ("longlist.*: No long list.", "'longlist.*' is no line, chapter or headline"),
    ],
)
def test_an_entry_that_is_not_lost_is_a_fault(digital: Path, entry: str, said: str) -> None:
    """Keys without a line, lines that are there, chapters lost in part, and patterns."""
    edit(digital, ("leaves_out:\n", f"leaves_out:\n  {entry}\n"))
    if entry.startswith("longlist.*"):
        edit(digital, ("  longlist: ", "  # "))
    line = (digital / "case.yaml").read_text(encoding="utf-8").splitlines().index(f"  {entry}") + 1
    assert any(fault.startswith(f"case.yaml:{line}:3: ") and said in fault for fault in faults(digital))


@pytest.mark.parametrize("reason", ["", '""', "3", "[none]"])
def test_a_reason_is_needed(digital: Path, reason: str) -> None:
    """A key alone does not say why."""
    path = digital / "case.yaml"
    text = re.sub(r"  unmonetised: .*", f"  unmonetised: {reason}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    assert any("unmonetised" in fault for fault in faults(digital))


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_nothing_of_the_shipped_cases_is_lost_unsaid(name: str) -> None:
    """Silence means that nothing was lost."""
    assert load_case(name).problem.lost == ()


def test_what_is_not_left_out_is_told_by_its_cause(digital: Path) -> None:
    """`check`, `summary` and JSON say it: the cause, how many lines, and which."""
    path = digital / "case.yaml"
    path.write_text(re.sub(r"  longlist: .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    cause = "the case has no choice of the long list (long_option), so that 11 lines are lost: longlist."
    for words in (["check"], ["summary"], ["summary", "--json"]):
        result = CliRunner().invoke(app, [words[0], str(digital), *words[1:]])
        assert result.exit_code == 0 and cause in result.stderr, words
    assert '"lost.long_option"' in result.stdout


def test_a_headline_without_a_value_says_why(digital: Path) -> None:
    """A headline that goes is named with its cause, never as 'not in this version'."""
    from casebuilder.evaluate.headlines import absent_headline

    edit(digital, ("leaves_out:", "leaves_out:\n  # no headline is left out"))
    problem = load_case(str(digital)).problem
    assert absent_headline(problem, "npsv") == "Npsv (not in this version)"  # the line is there
    assert problem.why_absent("longlist.score").startswith("A national programme was decided on")
