"""The decision: reasons are required where another option ranks first, and faults in the file are told."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebuilder.case import load_case
from casebuilder.cli.app import app
from casebuilder.errors import InputError
from casebuilder.evaluate.checks import FAIL, REASONS_GIVEN, REASONS_HOLD
from casebuilder.evaluate.decision.grounds import Ground, Grounds, grounds
from casebuilder.inputs.values import Decision, Shown
from casebuilder.resources import resource
from tests.shipped import ShippedCases

CASES = ("cmast", "cmast_2025", "norfolk_waveney", "lancashire_south_cumbria", "digital_diagnostics")
CASE = "cmast_2025"
NPSV = "line: headlines.npsv, better: more"
Edit = Callable[[str, str], Path]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """A copy of a case whose decision.yaml has a text replaced; the whole of it where none is named."""

    def edited(old: str, new: str) -> Path:
        folder = tmp_path / CASE
        shutil.copytree(resource(f"assumptions/cases/{CASE}"), folder)
        file = folder / "decision.yaml"
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1 if old else True
        file.write_text(text.replace(old, new) if old else new, encoding="utf-8")
        return folder

    return edited


def faults(folder: Path) -> list[str]:
    """What is wrong with a case, each with the line it stands on."""
    with pytest.raises(InputError) as found:
        load_case(str(folder))
    return [f"{Path(each.file).name}:{each.line}: {each.message}" for each in found.value.faults]


def whole() -> str:
    """The decision of the case as shipped."""
    return (resource(f"assumptions/cases/{CASE}") / "decision.yaml").read_text(encoding="utf-8")


def line_of(folder: Path, text: str) -> int:
    lines = (folder / "decision.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize("name", CASES)
def test_shipped_cases_give_reasons_that_their_lines_show(name: str, shipped_cases: ShippedCases) -> None:
    """None of the five puts the option forward that ranks first; each says why, and each line shows it."""
    case = shipped_cases.case(name)
    of = grounds(case.results, case.headlines)
    assert of.reasons and not of.wanting
    assert of.ranks_first == (name == "digital_diagnostics")  # what ranks first needs no reason
    assert of.ranks_first or {
        ground.shown.text: ground.better(of.option, of.first) for ground in of.reasons
    } == {ground.shown.text: True for ground in of.reasons}
    states = {check.key: check.state for check in case.checks.results}
    assert (states[REASONS_GIVEN], states[REASONS_HOLD]) == ("holds", "holds")


def test_without_reasons_the_check_fails(edit: Edit) -> None:
    """The file without its reasons, and no file at all: exit code 1, and the check is named."""
    folder = edit("", "")
    (folder / "decision.yaml").unlink()
    checks = load_case(str(folder)).checks
    assert [check.key for check in checks.failed] == [REASONS_GIVEN]
    result = CliRunner().invoke(app, ["summary", str(folder)])
    assert result.exit_code == 1 and REASONS_GIVEN in result.stderr
    assert "No reasons are given though another option ranks first" in " ".join(result.stdout.split())


def test_reasons_taken_out_of_the_file_fail_as_well(edit: Edit) -> None:
    folder = edit("", "")
    text = whole()
    (folder / "decision.yaml").write_text(text[: text.index("reasons:")], encoding="utf-8")
    checks = {check.key: check for check in load_case(str(folder)).checks.results}
    assert checks[REASONS_GIVEN].state == FAIL and checks[REASONS_GIVEN].breaches == {"preferred": 1}
    assert checks[REASONS_HOLD].state == "holds"


def test_reasons_that_their_lines_all_contradict_are_none(edit: Edit) -> None:
    """Each reason turned round: given, but the check fails as if none were, and both are named."""
    folder = edit("", "")
    path = folder / "decision.yaml"
    before, after = whole().split("reasons:")
    path.write_text(before + "reasons:" + after.replace("better: more", "better: less"), encoding="utf-8")
    checks = {check.key: check for check in load_case(str(folder)).checks.results}
    assert checks[REASONS_GIVEN].state == FAIL and checks[REASONS_GIVEN].breaches == {"preferred": 1}
    assert checks[REASONS_HOLD].breaches == {"preferred": 1}


def test_where_the_option_put_forward_ranks_first_none_are_required(edit: Edit) -> None:
    """With longer hours listed last the best option is put forward: no file, and nothing fails."""
    folder = edit("", "")
    case_file = folder / "case.yaml"
    text = case_file.read_text(encoding="utf-8")
    case_file.write_text(
        text.replace(
            "options: [bau, do_minimum, buy_tests, preferred]",
            "options: [bau, buy_tests, preferred, do_minimum]",
        ),
        encoding="utf-8",
    )
    (folder / "decision.yaml").unlink()
    case = load_case(str(folder))
    of = grounds(case.results, case.headlines)
    assert (of.option, of.rank, of.wanting) == ("do_minimum", 1, False)
    assert not case.checks.failed


def test_a_reason_that_its_line_does_not_show_warns(edit: Edit) -> None:
    """Longer hours ask less of the system, so that what is asked is no reason for rooms."""
    folder = edit(
        "    line: headlines.tests_steady_state\n    better: more",
        "    line: headlines.tests_steady_state\n    better: more\n  - text: The system is asked for less.\n"
        "    line: headlines.system_revenue_ask_steady_state\n    better: less",
    )
    case = load_case(str(folder))
    (check,) = [check for check in case.checks.warnings if check.key == REASONS_HOLD]
    assert check.breaches == {"preferred": 1}
    result = CliRunner().invoke(app, ["summary", str(folder), "--json"])
    shown = [reason["shown"] for reason in json.loads(result.stdout)["decision"]["reasons"]]
    assert shown == [True, False]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("line: headlines.tests_steady_state", "line: headlines.tests_steady", "is no line; did you mean"),
        (
            "line: headlines.tests_steady_state",
            "line: tests_steady_state",
            "write headlines.tests_steady_state",
        ),
        ("line: headlines.tests_steady_state", "line: estate.rooms", "it is an input, which shows nothing"),
        ("line: headlines.tests_steady_state", "line: lists.waiting_list", "varies by provider, test, month"),
        ("    line: headlines.tests_steady_state\n", "", "'line' is missing"),
        ("put_forward: preferred", "put_forward: prefered", "is no option; did you mean 'preferred'?"),
        ("put_forward: preferred", "put_forward: buy_tests", "the last option of case.yaml is put forward"),
        ("source: L11", "source: L99", "L99"),
        ("by: nobody yet", "bye: nobody yet", "did you mean 'by'?"),
        ('"Value for money: net present social value", weight: 0.2', '"Value", weight: 0.3', "add up to 1.1"),
        ("state: chosen", "state: chose", "did you mean 'chosen'?"),
        (
            NPSV,
            f"{NPSV}, scale: [1, 0]",
            "from the lesser value to the greater, whichever is better: not 1 to 0",
        ),
        (NPSV, f"{NPSV}, scale: [1]", "'scale' must have 2 items at least"),
        (NPSV, f"{NPSV}, scale: [0, much]", "'scale' must be a number, not 'much'"),
    ],
)
def test_faults_are_told_with_their_line_and_what_is_right(edit: Edit, old: str, new: str, said: str) -> None:
    folder = edit(old, new)
    told = faults(folder)
    assert any(said in fault for fault in told), told
    assert all(fault.startswith("decision.yaml:") for fault in told), told
    # A criterion that is at fault is not missed from the weights as well.
    assert sum("add up to" in fault for fault in told) == ("add up to" in said), told
    name = new.split(":")[0].strip()
    if name in ("line", "put_forward", "source", "state"):
        assert any(fault.startswith(f"decision.yaml:{line_of(folder, new)}:") for fault in told), told


@pytest.mark.parametrize("missing", ["text: More tests", "better: more"])
def test_a_reason_without_its_text_or_its_way_is_a_fault(edit: Edit, missing: str) -> None:
    text = (resource(f"assumptions/cases/{CASE}") / "decision.yaml").read_text(encoding="utf-8")
    head, tail = text[: text.index("reasons:")], text[text.index("reasons:") :]
    second = tail[tail.rindex("  - text") :]
    key = missing.partition(":")[0]
    kept = "".join(
        line for line in second.splitlines(keepends=True) if not line.strip(" -").startswith(f"{key}:")
    )
    if key == "text":
        kept = re.sub(r"^    line", "  - line", kept)
    told = faults(edit("", head + tail.replace(second, kept)))
    assert any(f"'{key}' is missing" in fault for fault in told), told


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("[rbl, mri]", "varies by month"),
        ("[rbl, mri, 2027-13]", "'2027-13' is no member of lists.waiting_list"),
        ("[rbl, mry, 2027-03]", "did you mean 'mri'?"),
    ],
)
def test_a_line_over_members_says_which_are_meant(edit: Edit, at: str, said: str) -> None:
    new = f"line: lists.waiting_list\n    at: {at}"
    told = faults(edit("line: headlines.tests_steady_state", new))
    assert any(said in fault for fault in told), told


def test_a_reason_may_be_of_one_trust_test_and_month(edit: Edit) -> None:
    """Members come in any order that is theirs; the value is that of the line there."""
    new = "line: lists.waiting_list\n    at: [mri, rbl, 2027-03]"
    case = load_case(str(edit("line: headlines.tests_steady_state", new)))
    ground = grounds(case.results, case.headlines).reasons[-1]
    assert ground.values["preferred"] == case.results.value(
        "lists.waiting_list", "preferred", ("rbl", "mri", "2027-03")
    )


def test_points_run_from_the_worst_to_the_best() -> None:
    """By hand: 10, 20 and 40 have 0, a third and 1 where more is better; the other way where less is."""
    values = {"a": 10.0, "b": 20.0, "c": 40.0}
    more = Ground(Shown("x", "y.z", {}, more=True), None, values)
    less = Ground(Shown("x", "y.z", {}, more=False), None, values)
    assert more.points() == pytest.approx({"a": 0, "b": 1 / 3, "c": 1})
    assert less.points() == pytest.approx({"a": 1, "b": 2 / 3, "c": 0})
    assert more.better("c", "a") and less.better("a", "c") and not more.better("a", "a")
    alike = Ground(Shown("x", "y.z", {}, more=True), None, {"a": 1.0, "b": 1.0, "c": None})
    assert alike.points() == {"a": 0, "b": 0, "c": None} and alike.better("c", "a") is None


def test_points_run_along_a_scale_where_there_is_one() -> None:
    """By hand: on a scale of 0 to 50 values of 10, 20 and 60 have a fifth, two fifths and no more than 1."""
    values = {"a": 10.0, "b": 20.0, "c": 60.0, "d": -5.0, "e": None}
    more = Ground(Shown("x", "y.z", {}, more=True, scale=(0.0, 50.0)), None, values)
    less = Ground(Shown("x", "y.z", {}, more=False, scale=(0.0, 50.0)), None, values)
    assert more.points() == pytest.approx({"a": 0.2, "b": 0.4, "c": 1, "d": 0, "e": None})
    assert less.points() == pytest.approx({"a": 0.8, "b": 0.6, "c": 0, "d": 1, "e": None})


def test_a_criterion_in_which_options_hardly_differ_decides_nothing(shipped_cases: ShippedCases) -> None:
    """99.4 and 99.7 % of people near a centre or hospital are a three hundredth of the points apart."""
    of = grounds(*((case := shipped_cases.case("cmast")).results, case.headlines))
    (access,) = [ground for ground in of.criteria if ground.shown.line == "access.share_near"]
    points = access.points()
    assert points == access.values
    assert {round(point, 3) for point in points.values() if point is not None} == {0.994, 0.997}


def _grounds_of(option: str, criteria: tuple[Ground, ...]) -> Grounds:
    """What the decision rests on, with criteria alone."""
    return Grounds(option, "", None, Decision(), criteria, (), None, None)


def test_the_option_of_most_points_is_named_where_it_is_another() -> None:
    """b has 0.25 + 0.5 of a point, a 0.5 and c 0.5: put forward, a comes behind b, and b behind none."""
    of = (
        Ground(Shown("x", "y.z", {}, more=True, weight=0.5), None, {"a": 0.0, "b": 10.0, "c": 20.0}),
        Ground(Shown("x", "y.z", {}, more=True, weight=0.5), None, {"a": 20.0, "b": 20.0, "c": 0.0}),
    )
    put = {option: _grounds_of(option, of) for option in "abc"}
    assert put["a"].scores == pytest.approx({"a": 0.5, "b": 0.75, "c": 0.5})
    assert [put[option].first_by_points for option in "abc"] == ["b", "", "b"]


def test_need_is_built_up_and_the_award_stands_beside_it(shipped_cases: ShippedCases) -> None:
    """CMAST: £52m awarded; what is needed is the outturn of the option put forward."""
    case = shipped_cases.case("cmast")
    of = grounds(case.results, case.headlines)
    assert of.award == pytest.approx(52e6)
    assert of.need == case.headlines["preferred"].headlines["capital_outturn"]


@pytest.mark.parametrize("width", [80, 140])
def test_the_terminal_shows_each_reason_with_both_values(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = CliRunner().invoke(app, ["summary", CASE]).stdout
    assert all(len(line.rstrip()) <= width for line in text.splitlines())
    said = " ".join(text.split())
    for part in (
        "Decision: preferred is put forward",
        "By net present social value it ranks 4 of 4, behind do_minimum.",
        "built up with VAT; no fund awards any",
        "Why preferred though do_minimum ranks first",
        "(headlines.tests_steady_state)",
        "By its own criteria preferred comes 4 of 4, behind buy_tests.",
    ):
        assert part in said, part


def test_json_holds_the_decision(shipped_cases: ShippedCases) -> None:
    """The same figures, and what is needed less what is awarded."""
    data = json.loads(CliRunner().invoke(app, ["summary", "norfolk_waveney", "--json"]).stdout)["decision"]
    assert data["put_forward"] == "preferred" and data["reasons_required"]
    assert data["need_less_award"] == pytest.approx(data["need"] - data["award"])
    assert sum(each["weight"] for each in data["criteria"]) == pytest.approx(1)
    for option, score in data["score"].items():
        points = [each["weight"] * each["points"][option] for each in data["criteria"]]
        assert score == pytest.approx(sum(points))
