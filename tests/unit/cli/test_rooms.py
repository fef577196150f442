"""`compare --rooms` on the command line: what a reader sees at two widths, JSON, usage and exit codes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from casebuilder.case import load_case
from casebuilder.cli.app import app

CASE = "cmast_2025"


def shown(monkeypatch: pytest.MonkeyPatch, width: int, *words: str) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    result = CliRunner().invoke(app, ["compare", CASE, "--rooms", *words])
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("width", [80, 140])
def test_every_room_is_shown_and_no_figure_is_cut(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Both tables have a row for each test at each site; nothing is wider than the terminal."""
    text = shown(monkeypatch, width)
    assert all(len(line.rstrip()) <= width for line in text.splitlines())
    assert "…" not in text
    assert text.count("MRI, Clatterbridge") == 2 and text.count("CT, St Helens") == 2
    assert ("Surplus" in text) == (width == 140)
    said = " ".join(text.split())
    assert "Evaluated as a whole: value" in said and "Its single changes added up would have been" in said
    assert "no limit of capital" in said
    assert "the best found, not proved the best" in said and "0.1% of the list" in said
    assert "as the case has it 56,391 and 5,653" in said and " pp" not in said


def test_a_limit_is_named_with_whose_word_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "capital £8.0m at most (--capital)" in " ".join(shown(monkeypatch, 80, "--capital", "8m").split())


def test_a_limit_too_low_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    said = " ".join(shown(monkeypatch, 80, "--capital", "10k").split())
    assert "None keeps to it: one room less of every test at every site still costs £" in said


def test_json_says_the_same() -> None:
    """Each change has its `--set`, and differences of headlines under their names."""
    result = CliRunner().invoke(app, ["compare", CASE, "--rooms", "--json", "--capital", "9m"])
    data = json.loads(result.stdout)
    assert result.exit_code == 0 and data["case"] == CASE and data["option"] == "preferred"
    assert data["limit"] == {"amount": 9e6, "of": "--capital"}
    headlines = load_case(CASE).headlines["preferred"].headlines
    assert data["as_it_is"]["npsv"] == pytest.approx(headlines["npsv"], abs=0.005)
    first = data["rooms"][0]
    option, _, rest = first["set"].partition(":")
    assert option == "preferred" and rest == (
        f"estate.rooms[{first['site']},{first['test']}]={first['rooms'] + first['change']}"
    )
    assert set(first["changes"]) == set(data["as_it_is"])
    best = data["suggested"]
    assert len(best["sets"]) == len(best["rooms"]) and best["settled"]
    assert data["as_it_is"]["capital_outturn"] + best["changes"]["capital_outturn"] <= 9e6


def test_option_and_capital_go_with_rooms(run) -> None:
    for words in (("--capital", "3m"), ("--option", "preferred")):
        result = run("compare", CASE, *words)
        said = " ".join(result.stderr.split())
        assert result.exit_code == 2 and "--capital goes with --rooms alone" in said


def test_no_such_option_and_no_amount_are_told(run) -> None:
    result = run("compare", CASE, "--rooms", "--option", "prefered")
    assert result.exit_code == 1 and "did you mean 'preferred'" in result.stderr
    assert run("compare", CASE, "--rooms", "--capital", "lots").exit_code == 2


def test_an_option_without_sites_ends_with_1(run) -> None:
    result = run("compare", CASE, "--rooms", "--option", "bau")
    assert result.exit_code == 1 and "takes no site in" in result.stderr
