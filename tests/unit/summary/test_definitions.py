"""Every headline says what is in it, what is out, its price base, of what year, and against what."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from casebuilder.algebra.terms import Line
from casebuilder.case import Case, load_case
from casebuilder.cli.app import app
from casebuilder.errors import ModelError
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, definition, definitions, headline_line
from casebuilder.summary.data import summary_data

NAME = "digital_diagnostics"
PARTS = ("In: ", " Out: ", " Prices: ", " Of: ", " Against: ")


@pytest.fixture(scope="module")
def case() -> Case:
    """A small case."""
    return load_case(NAME)


def test_every_figure_is_defined_in_all_its_parts(case: Case) -> None:
    """None is without a part, none repeats another's words, and the price base is that of the unit."""
    found, every = definitions(case.problem), (*HEADLINES, *FURTHER)
    assert set(found) == {h for h in every if headline_line(case.problem, h) is not None}
    for key, text in found.items():
        places = [text.index(part) for part in PARTS]
        assert places == sorted(places), key
        unit = headline_line(case.problem, key).unit
        assert ("nominal" in text) == ("GBP_nominal" in unit), key
        real = "GBP_real" in unit or key in ("bcr", "payback_years")
        assert ("real: prices of 2021/22" in text) == real, key
    assert len(set(found.values())) == len(found)


def test_what_is_a_difference_says_against_what(case: Case) -> None:
    """A figure against the baseline says so; capital, which is not, says that it is the option's own."""
    found = definitions(case.problem)
    for key in ("npsv", "bcr", "surplus_steady_state", "surplus_worst_year", "tests_additional"):
        assert found[key].endswith("Against: The baseline option.")
    assert found["capital_outturn"].endswith("Against: nothing; the option itself.")


def test_cost_a_test_is_stated_both_ways() -> None:
    """£67.06 leaves out blood tests and capital charges and says so; the same with them stands beside it."""
    case = load_case("cmast")
    one = case.headlines["preferred"]
    cost, charges = one.headlines["revenue_cost_steady_state"], one.headlines["capital_charges_steady_state"]
    tests = one.headlines["tests_steady_state"]
    assert one.further["revenue_cost_per_test_all"] == pytest.approx(cost / tests)
    rent = case.results.array(case.problem.by_key["finance.rent"])[0, -1]
    steady = case.results.array(case.problem.by_key["programme.steady_state"])[0, -1]
    full = cost + charges - float((rent * steady).sum())
    assert one.further["full_cost_per_test"] == pytest.approx(full / tests)
    additional = one.headlines["tests_additional"]
    assert one.headlines["cost_per_additional_test"] == pytest.approx(full / additional)
    told = definitions(case.problem)
    assert "blood tests" in told["cost_per_test"] and "all capital charges" in told["cost_per_test"]


def test_json_holds_definitions_beside_the_contract(case: Case) -> None:
    """`definitions` by key; the headlines stay those of the contract, what stands beside them is apart."""
    data = summary_data(case.results, case.headlines, case.checks, "0", case.problem.frame.option_ids)
    assert data["definitions"] == definitions(case.problem)
    for key, option in data["options"].items():
        assert tuple(option["headlines"]) == HEADLINES
        assert tuple(data["further"][key]) == FURTHER


def test_explain_tells_the_definition() -> None:
    """On the terminal and as JSON, for a headline and for a figure beside them."""
    shown = CliRunner().invoke(app, ["explain", NAME, "capital_pdc"], env={"COLUMNS": "400"})
    assert "In: The national award in full" in shown.output
    data = json.loads(CliRunner().invoke(app, ["explain", NAME, "award_lapsed", "--json"]).stdout)
    assert json.dumps(data).count("Award of every fund that is unspent at 31 March") == 1


def test_a_definition_in_part_is_refused() -> None:
    """What is in without what is out is no definition."""
    with pytest.raises(ModelError, match="says in part"):
        Line("Cost", "GBP_real", (), 1.0, includes="All.")
    assert definition(Line("Cost", "GBP_real", (), 1.0), "2021/22") == ""
