"""`prioritise` on the command line: amounts, usage, JSON, exit codes, and what a reader sees."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner, Result

from casebuilder.case import load_case
from casebuilder.cli.app import app
from casebuilder.cli.priorities import pounds
from casebuilder.summary.priorities.words import millions

CASE = "lancashire_south_cumbria"
ASKED = ["option", "aims", "near", "near_minutes", "deprivation", "limits", "delay_years"]
FOUND = ["plans", "best", "none", "all", "chosen", "left_out", "added_up", "runners_up", "more_capital"]
KEYS = ["case", "version", "inputs_sha256", *ASKED, *FOUND, "pareto"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("20m", 2e7),
        ("£1.5bn", 1.5e9),
        ("750k", 7.5e5),
        ("20_000_000", 2e7),
        ("20,000,000", 2e7),
        ("0", 0.0),
        ("2.5M", 2.5e6),
        (".5m", 5e5),
        ("£3 m", 3e6),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: float) -> None:
    assert pounds(text) == amount


@pytest.mark.parametrize("text", ["", "m", "20 million", "-5m", "1e6", "£", "20mm", "nan"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="no amount of money"):
        pounds(text)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--capital", "lots"),
        ("--capital-year", "2021/22"),
        ("--capital", "2m", "--value", "beauty"),
        ("--capital", "2m", "--value", "npsv", "--weights", "npsv=1"),
        ("--capital", "2m", "--weights", "npsv=-1"),
        ("--capital", "2m", "--weights", "npsv=0"),
        ("--capital", "2m", "--near", "home"),
        ("--capital", "2m", "--delay", "-1"),
        ("--capital", "2m", "--deprivation", "q1"),
    ],
)
def test_wrong_usage_ends_with_2(run, words):
    result = run("prioritise", CASE, *words)
    assert result.exit_code == 2 and result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("prioritise", CASE, "--capital", "2m", "--weights", "npsv=1,npsv=3"),
        ("prioritise", CASE, "--capital", "2m", "--deprivation", "q1=1,q1=2"),
        ("prioritise", CASE, "--capital-year", "2021/22=2m", "--capital-year", "2021/22=3m"),
        ("challenge", CASE, "--limit", "npsv=2m", "--limit", "npsv=3m"),
        ("compare", CASE, "--two-way", "demand.local_growth=0,1", "--two-way", "demand.local_growth=0,2"),
    ],
)
def test_a_key_given_twice_is_refused(run, words):
    """One of its two values would be lost."""
    result = run(*words)
    assert result.exit_code == 2 and "is given twice" in told(result.stderr)


@pytest.mark.parametrize(
    ("amount", "shown"), [(10, "£10"), (999.4, "£999"), (-80, "−£80"), (0, "£0.00m"), (-3e6, "−£3.00m")]
)
def test_small_amounts_are_shown_in_pounds(amount: float, shown: str) -> None:
    assert millions(amount) == shown


def test_a_limit_that_no_site_keeps_to_is_warned_of(run) -> None:
    """Ten pounds for ten million: the limit as it was read, and the least that a site takes."""
    result = run("prioritise", CASE, "--capital", "10")
    assert "£10 in all years" in told(result.stdout)
    assert "the limit of £10 in all years is below the capital of any site: the least is" in result.stderr


def told(shown: str) -> str:
    """What is shown, without the ends of lines."""
    return " ".join(shown.split())


@pytest.fixture(scope="module")
def result() -> Result:
    words = ("prioritise", CASE, "--capital", "4m", "--value", "tests", "--pareto")
    return CliRunner().invoke(app, [*words, "--json"])


@pytest.fixture(scope="module")
def data(result: Result) -> dict:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_json_has_every_key(data):
    assert list(data) == KEYS
    assert data["option"] == "centres" and data["limits"] == {"all years": 4e6}
    plans = data["plans"]
    assert plans["possible"] == 3**3 * 2 and plans["proved"], "three pairs of hub and spoke, and one hub"
    assert plans["possible"] <= plans["worked_out"] <= 2**7
    for part in ("best", "none", "all"):
        assert {"sites", "score", "npsv", "tests", "additional", "people", "capital"} <= set(data[part])
    assert data["best"]["capital"] <= 4e6 and data["pareto"]
    assert {each["id"] for each in data["chosen"]} == set(data["best"]["sites"])
    assert sum(each["capital"] for each in data["chosen"]) == pytest.approx(data["best"]["capital"])


def test_the_sets_of_the_best_plan_give_its_value(data):
    """What the JSON tells the user to type is the plan: its value by `summary`."""
    found = load_case(CASE, data["best"]["sets"]).headlines["centres"].headlines
    assert found["npsv"] == data["best"]["npsv"]
    assert found["capital_outturn"] == pytest.approx(data["best"]["capital"])


def test_a_limit_that_does_not_pay_ends_with_1(run):
    result = run("prioritise", CASE, "--capital", "100k", "--at-least", "1")
    assert result.exit_code == 1 and result.stdout == ""
    assert "£0.1m does not pay for the least that is asked for: one centre (" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_set_changes_what_is_chosen_from(run):
    """A site that `--set` leaves out is no candidate."""
    out = [f"--set=centres:estate.included[{site}]=0" for site in ("preston", "barrow")]
    result = run("prioritise", CASE, "--capital", "9m", "--value", "tests", "--json", *out)
    data = json.loads(result.stdout)
    assert len(data["best"]["sites"]) == 5 and "preston" not in data["best"]["sites"]


@pytest.mark.parametrize("width", [80, 140])
def test_tables_fit_the_terminal(run, monkeypatch, width):
    """Nothing is wider than the terminal, and no figure is cut."""
    monkeypatch.setenv("COLUMNS", str(width))
    words = ["--capital=4m", "--capital-year=2021/22=3m", "--value=tests", "--pareto", "--delay=0"]
    shown = run("prioritise", CASE, *words).stdout
    assert max(map(len, shown.splitlines())) <= width and "…" not in shown
    for heading in ("Chosen", "Capital by year", "Value", "Left out", "Other plans", "Plans that none"):
        assert f"\n{heading}" in shown
    assert "the best is proved" in told(shown) and "over the limit of" in told(shown)


def test_no_site_is_said_plainly(run):
    """Where every site costs more than it brings, the answer is none, and what to ask instead."""
    shown = told(run("prioritise", CASE, "--capital", "4m").stdout)
    assert "The best is to build none of the sites." in shown and "--at-least 1" in shown
    assert "lowers the value" in shown
    least = told(run("prioritise", CASE, "--capital", "4m", "--at-least", "1").stdout)
    assert "less than no site: of all that keep to the rules, these lose least." in least
    assert "stays: one centre must be built." in least


def test_a_case_whose_checks_fail_ends_with_1(run) -> None:
    """Plans built on what fails are shown, with the checks that fail, and the exit code is 1."""
    result = run("prioritise", CASE, "--capital", "20m", "--plans", "4", "--set", "demand.season=2")
    assert result.exit_code == 1 and result.stdout
    assert "check failed: share_checks.season_is_even" in result.stderr
