"""Procurement of the shipped cases: routes, the pool as a game, the cheapest mix, and the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from casebuilder.analysis.routes.case import Terms, route_problem
from casebuilder.analysis.routes.cost import cost_of_choice
from casebuilder.analysis.routes.mix import cheapest_mix
from casebuilder.analysis.sharing.break_even import break_even
from casebuilder.analysis.sharing.core import core_test
from casebuilder.analysis.sharing.pool_shares import LINES, PoolShares, pool_shares, pooling_option
from casebuilder.analysis.sharing.pooled_purchase import pooled_purchase
from casebuilder.analysis.sharing.rules import RULES
from casebuilder.case import Case, load_case
from casebuilder.cli.app import app
from casebuilder.errors import CaseError

CASES = ("norfolk_waveney", "cmast")


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return load_case(request.param)


@pytest.fixture(scope="module")
def shares(case: Case) -> PoolShares:
    found = pool_shares(case.results)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def norfolk() -> Case:
    return load_case("norfolk_waveney")


def test_the_pool_is_that_of_the_option_that_pools(case: Case, shares: PoolShares) -> None:
    assert pooling_option(case.results) == shares.option == "preferred"
    expected = {"cmast": 13, "norfolk_waveney": 3}[case.name]
    assert len(shares.members) == expected


def test_a_group_costs_what_set_gives(norfolk: Case) -> None:
    """The cost of every group on draws is the line with `--set procurement.joins` for that group."""
    purchase = pooled_purchase(norfolk.results, "preferred")
    assert purchase is not None
    for joined in product((0, 1), repeat=3):
        sets = [f"procurement.joins[{m}]={j}" for m, j in zip(purchase.members, joined, strict=True)]
        again = load_case("norfolk_waveney", sets)
        expected = again.results.value("pool.together", "preferred")
        found = purchase.cost_of(np.array([joined], dtype=float))[0]
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-6)


def test_lines_of_the_sheet_are_the_rules_on_the_game(case: Case, shares: PoolShares) -> None:
    """The five rules live in the workbook give what they give on the cost of every group."""
    rules = {rule.key: rule for rule in RULES}
    assert shares.game is not None
    assert shares.game.grand == pytest.approx(shares.purchase.together, rel=1e-12)
    for key in LINES:
        assert shares.by_rule[key] == pytest.approx(rules[key].shares(shares.game), rel=1e-9), key


def test_every_rule_shares_out_the_whole_cost(shares: PoolShares) -> None:
    for rule, paid in shares.by_rule.items():
        assert paid.sum() == pytest.approx(shares.purchase.together, rel=1e-9), rule


def test_the_nucleolus_keeps_everyone(shares: PoolShares) -> None:
    """The core is not empty in either case, and then the nucleolus lies in it."""
    assert shares.core_is_empty is False
    assert shares.game is not None
    assert core_test(shares.game, shares.by_rule["nucleolus"]).in_core
    assert not shares.leavers("nucleolus")


def test_cmast_small_trusts_would_leave_an_even_split() -> None:
    """What docs/procurement.md says: at one price nobody pays more than alone, by ECA four do."""
    shares = pool_shares(load_case("cmast").results)
    assert shares is not None
    assert shares.leavers("volume") == ()
    assert shares.leavers("equal_saving") == ()
    assert "rbq" in shares.leavers("eca")


@pytest.mark.parametrize("route", ["alone", "lead", "pool", "framework", "aggregation", "managed", "lease"])
def test_one_route_for_all_costs_what_the_line_says(case: Case, route: str) -> None:
    """What the solver reckons for every trust on one route is the whole-life cost of that route."""
    purchase = pooled_purchase(case.results, "preferred")
    assert purchase is not None
    problem = route_problem(purchase)
    place = problem.routes.index(route)
    found = cost_of_choice(problem, np.where(problem.class_units > 0, place, -1))
    for number, equipment in enumerate(problem.classes):
        expected = case.results.value("whole_life.whole_life", "preferred", (route, equipment))
        assert found.costs[:, number].sum() == pytest.approx(expected, rel=1e-12, abs=1e-6)
    for number, tranche in enumerate(problem.orders):
        expected = case.results.value("route_years.capital_tranche", "preferred", (route, tranche))
        assert found.capital[number] == pytest.approx(expected, rel=1e-12)


def test_the_cheapest_mix_is_no_dearer_than_the_cheapest_routes(case: Case) -> None:
    """Mixing by trust costs at most one route a class, which is the line of the cheapest."""
    purchase = pooled_purchase(case.results, "preferred")
    assert purchase is not None
    mixed, one = (cheapest_mix(route_problem(purchase, Terms(mixing=m))) for m in (True, False))
    cheapest = sum(
        case.results.value("whole_life.cheapest", "preferred", (equipment,)) or 0.0
        for equipment in case.problem.frame.ids("equipment")
    )
    assert mixed.total <= one.total * (1 + 1e-12)
    assert one.total == pytest.approx(cheapest, rel=1e-9)
    bought_up = cheapest_mix(route_problem(purchase, Terms(buy_up=True)))
    assert bought_up.total <= mixed.total * (1 + 1e-12)


def test_break_even_of_volume_and_members(case: Case, shares: PoolShares) -> None:
    even = break_even(shares.purchase)
    assert even.at_volume[1.0] == pytest.approx(shares.saving, rel=1e-9)
    assert even.saving_by_size[-1] == pytest.approx(shares.saving, rel=1e-9)
    assert even.largest_first is not None and even.volume is not None
    assert even.saving_by_size[even.largest_first - 1] > 0.01
    assert (even.saving_by_size[: even.largest_first - 1] <= 0.01).all()
    below = shares.purchase.saving_at(np.array([max(even.volume - 0.01, 0.05), even.volume]))
    assert below[1] > 0.01
    assert even.volume == pytest.approx(0.05) or below[0] <= 0.01


def test_one_procurement_saves_against_three() -> None:
    """Norfolk and Waveney: one procurement costs less than three, by price, process and standard kit."""
    value = load_case("norfolk_waveney").results.value
    assert value("taken.saving", "preferred") > 0 == value("taken.saving", "separate")
    assert value("pool.saving", "preferred") > 0
    assert value("procurement.price_paid", "preferred", ("mri",)) < value(
        "procurement.price_paid", "separate", ("mri",)
    )
    assert value("revenue.maintenance_full", "preferred", ("norwich",)) < value(
        "revenue.maintenance_full", "separate", ("norwich",)
    )


@pytest.mark.parametrize(
    ("name", "first", "shared"),
    [
        ("cmast", 2025, 2.50),
        ("cmast", 2012, 0.83),
        ("norfolk_waveney", 2025, 0.71),
        ("norfolk_waveney", 2012, 0.05),
        ("cmast_2025", 2025, 0.00),
        ("cmast_2025", 2030, 0.04),
    ],
)
def test_national_aggregation_takes_of_the_saving(name: str, first: int, shared: float) -> None:
    """What docs/procurement.md says: members share less where each might aggregate nationally alone."""
    results = load_case(name, [f"commitments.first_offered[aggregation]={first}"]).results
    assert results.value("pool.saving", "preferred") == pytest.approx(shared * 1e6, abs=5_000)


@pytest.mark.parametrize(
    ("name", "tranche", "spare", "lapses"),
    [
        ("cmast", "first", -6.5, [5.1, 5.2, 5.2, 5.2]),
        ("cmast", "second", 1.5, [0.0, 0.0, 2.8, 6.9]),
        ("norfolk_waveney", "first", 4.5, [0.0, 0.0, 0.0, 5.6]),
    ],
)
def test_the_timetable_is_what_the_page_says(
    name: str, tranche: str, spare: float, lapses: list[float]
) -> None:
    """What docs/procurement.md says of months to spare in the pool, and of capital that lapses by slip."""
    value = load_case(name).results.value
    assert value("timetable.to_spare", "preferred", ("pool", tranche)) == pytest.approx(spare, abs=0.05)
    found = [value("timetable.lapses", "preferred", (tranche, s)) for s in ("none", "one", "three", "six")]
    assert found == pytest.approx([amount * 1e6 for amount in lapses], abs=6e4)


@pytest.mark.parametrize(
    ("name", "sizes"), [("cmast", [0.4, 6.1, 9.3, 1.5]), ("norfolk_waveney", [0.3, 5.1, 8.8, 1.4])]
)
def test_risks_are_what_the_page_says(name: str, sizes: list[float]) -> None:
    results = load_case(name).results
    risks = results.problem.frame.ids("pool_risk")
    found = [results.value("pool_risks.size", "preferred", (risk,)) for risk in risks]
    assert found == pytest.approx([amount * 1e6 for amount in sizes], abs=6e4)


def test_without_a_pool_nobody_is_worse_off_for_another_route(case: Case) -> None:
    """A route that is open to a trust alone can only lower what it would pay by itself."""
    again = load_case(case.name, ["commitments.first_offered[aggregation]=2012"]).results
    for trust in case.problem.frame.ids("provider"):
        alone = again.value("pool.alone", "preferred", (trust,))
        assert alone is not None
        assert alone <= (case.results.value("pool.alone", "preferred", (trust,)) or 0.0) + 1e-6


# The command

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(app, ["procure", "norfolk_waveney", *words])


def test_json_has_the_contract_keys(run: Run) -> None:
    """`procure --json` holds the keys of the contract, and they tie to one another."""
    result = run("--json")
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert {"routes", "saving", "shares", "core"} <= set(data)
    assert {"equipment", "route", "whole_life_cost", "admissible"} <= set(data["routes"][0])
    assert {"empty", "leavers"} <= set(data["core"])
    assert set(data["shares"]["shapley"]) == {"rm1", "rgp", "rcx"}
    for paid in data["shares"].values():
        assert sum(data["alone"].values()) - sum(paid.values()) == pytest.approx(data["saving"], rel=1e-9)
    assert sum(data["saving_parts"].values()) == pytest.approx(data["saving"], rel=1e-9)


@pytest.mark.parametrize("width", ["80", "140"])
def test_the_table_fits_the_terminal(run: Run, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is longer than the terminal, and no figure is cut."""
    monkeypatch.setenv("COLUMNS", width)
    result = run()
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= int(width)
    assert "…" not in result.stdout
    for word in (
        "Collaborative pool",
        "Shapley",
        "6 more rules: --all-rules",
        "If one trust leaves",
        "last safe month",
        "Missed tier",
    ):
        assert word in result.stdout


def test_all_rules_are_shown_on_request(run: Run) -> None:
    result = run("--all-rules")
    assert result.exit_code == 0
    assert "more rules" not in result.stdout
    assert all(word in result.stdout for word in ("Equal charge", "Equal saving", "(ECA)", "nucleolus"))


def test_one_member_leaving_shows_every_other(run: Run) -> None:
    result = run("--without", "rgp", "--rule", "shapley")
    assert result.exit_code == 0
    assert "If James Paget" in result.stdout
    assert "RM1" in result.stdout and "RCX" in result.stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--rule", "fairness"), 2, "'fairness' is no rule"),
        (("--without", "rxx"), 2, "'rxx' is no member"),
        (("--without", "rgp,rcx", "--without", "rm1"), 2, "nobody would be left"),
        (("--offer", "rxx"), 2, "'rxx' is no member"),
        (("--option", "nothing"), 1, "'nothing' is no option"),
        (
            ("--set", "procurement.tier_start[pool,ct,t2]=1"),
            1,
            "procurement.tier_start[pool,ct]: the tier that starts at 1 overlaps the one before it",
        ),
        (("--set", "procurement.tier_start[pool,ct,t1]=2"), 1, "the first tier starts at 2, not at 1"),
        (
            ("--set", "routes.serves[lease]=0"),
            1,
            "routes.serves[lease]: 0 for every equipment class, so that it serves nothing",
        ),
        (("--set", "routes.capital_limit=100000"), 1, "no mix of routes keeps capital of 2024/25"),
        (("--set", "routes.months_allowed[mri]=5"), 1, "mri"),
        (("--set", "routes.supplier_limit=0.2"), 1, "supplier"),
    ],
)
def test_what_is_wrong_is_named(run: Run, words: tuple[str, ...], code: int, message: str) -> None:
    """Wrong usage ends with 2, a case at fault with 1, and the message says what would be right."""
    result = run(*words)
    assert result.exit_code == code, result.stdout + result.stderr
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_a_member_without_volume_is_named() -> None:
    """A trust that joins with nothing to buy is named, with what to do."""
    sets = ["hosting.owns[rgp,james_paget]=0", "hosting.owns[rcx,james_paget]=1"]
    again = load_case("norfolk_waveney", sets)
    with pytest.raises(CaseError, match=r"a member of the pool has no volume: James Paget.*\(rgp\)"):
        pooled_purchase(again.results, "preferred")
    assert "procurement_checks.idle_member" in [check.key for check in again.checks.failed]
