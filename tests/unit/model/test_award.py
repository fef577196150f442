"""The award, drawn once: by hand for one site and two, and against a reckoning fund by fund for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest

from casebuilder.algebra.operators import maximum, quantity, stated, total
from casebuilder.algebra.terms import Line, Term
from casebuilder.case import Case, load_case
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import bind
from casebuilder.model.accounts import accounts, finance, position
from casebuilder.model.capital import capital, funding
from casebuilder.model.setting import estate, hosting
from tests.planted import misread, planted
from tests.published.support import Answer, work_out

FUNDS = ("national", "system", "charity")
SITES = ("north", "south", "west")
CASES = ("cmast", "cmast_2025", "norfolk_waveney", "digital_diagnostics", "lancashire_south_cumbria")


def drawdown(
    spend: Any,
    award: Any,
    *,
    beside: Any = 0.0,
    to_none: Any = 0.0,
    carried: Any = 0.0,
    movable: Any = 0.0,
    funds: Sequence[str] = FUNDS[:1],
    sites: Sequence[str] = SITES[:1],
    years: int = 3,
) -> Answer:
    """Awards by fund, site and year drawn against spend; the first fund is national, the others are not."""
    wanted = [
        "drawn",
        "network_drawn",
        "drawn_by_fund",
        "award_used",
        "national_drawn",
        "unfunded",
        "unfunded_site",
        "capital_unfunded",
        "network_unfunded",
        "lapsed",
        "award_at_risk",
        "scheme_envelope_call",
    ]
    flat = [np.asarray(x, dtype=float).ravel().tolist() for x in (spend, award)]
    return work_out(
        [f"funding.{name}" for name in wanted],
        {
            "capital.outturn": flat[0],
            "funding.award": flat[1],
            "estate.included": 1.0,
            "capital.hospital_outturn": beside,
            "funding.network_award": to_none,
            "funding.is_pdc": [1.0, 0.0, 0.0][: len(funds)],
            "funding.carried_forward": carried,
            "funding.movable": movable,
            "funding.crumb": 0.001,
        },
        members={"fund": funds, "site": sites},
        years=years,
    )


def test_a_year_pays_for_no_other() -> None:
    """£100 a year awarded, 150, 60 and 40 spent: 100, 60 and 40 drawn, 50 unfunded, 100 lapse.

    Netted over the years 300 would have paid for all 250.
    """
    found = drawdown([150, 60, 40], [100, 100, 100])
    assert found("funding.award_used") == [100, 60, 40]
    assert found("funding.unfunded") == [50, 0, 0]
    assert found("funding.capital_unfunded") == 50
    assert found("funding.lapsed") == [0, 40, 60]


def test_a_site_pays_for_no_other() -> None:
    """North leaves 40 of 100, south lacks 30: south's 30 are unfunded, though 200 cover all 190."""
    found = drawdown([[60], [130]], [[100], [100]], sites=SITES[:2], years=1)
    assert found("funding.drawn") == [60, 100]
    assert found("funding.unfunded_site") == [0, 30]
    assert found("funding.lapsed") == 40


def test_a_movable_fund_pays_for_another_site_in_the_same_year() -> None:
    """North's 40 pay for south's 30, and 10 lapse; next year there is nothing to move."""
    found = drawdown([[60, 0], [130, 20]], [[100, 0], [100, 0]], sites=SITES[:2], years=2, movable=1.0)
    assert found("funding.drawn") == [[60, 0], [130, 0]]
    assert found("funding.unfunded_site") == [0, 20]
    assert found("funding.lapsed") == [10, 0]


def test_moved_money_falls_on_sites_by_what_they_lack() -> None:
    """North leaves 30; south lacks 40 and west 20: they get 20 and 10."""
    found = drawdown([[70], [140], [120]], [[100], [100], [100]], sites=SITES, years=1, movable=1.0)
    assert found("funding.drawn") == pytest.approx([70, 120, 110])
    assert found("funding.unfunded_site") == pytest.approx([0, 20, 10])


def test_what_is_carried_forward_is_drawn_a_year_later() -> None:
    """40 of 100 are left; half is carried, 20 lapse. Next year 120 are there for 110; 10 left, 5 carried."""
    found = drawdown([60, 110, 5], [100, 100, 0], carried=0.5)
    assert found("funding.award_used") == pytest.approx([60, 110, 5])
    assert found("funding.lapsed") == pytest.approx([20, 5, 0])
    assert found("funding.capital_unfunded") == 0


def test_national_capital_is_drawn_first_and_the_others_in_proportion() -> None:
    """Of 130 the national fund pays its 100; the system's 60 and the charity's 30 share the other 30."""
    found = drawdown([130], [[[100]], [[60]], [[30]]], funds=FUNDS, years=1)
    assert found("funding.drawn_by_fund") == pytest.approx([100, 20, 10])
    assert found("funding.national_drawn") == 100
    assert found("funding.lapsed") == pytest.approx([0, 40, 20])


def test_an_award_to_no_one_site_pays_beside_the_sites() -> None:
    """80 to none pay for 50 at hospitals; the site's 20 too much is unfunded unless the fund is movable."""
    fixed = drawdown([120], [100], beside=[50.0], to_none=[80.0], years=1)
    assert (fixed("funding.network_drawn"), fixed("funding.capital_unfunded")) == (50, 20)
    moved = drawdown([120], [100], beside=[50.0], to_none=[80.0], years=1, movable=1.0)
    assert (moved("funding.drawn"), moved("funding.capital_unfunded")) == (120, 0)
    assert moved("funding.lapsed") == pytest.approx(10)


def in_turn(given: Any, spend: float, first: Any) -> Any:
    """What each fund pays of one sum: those drawn first, then the others, in proportion."""
    paid = np.zeros_like(given)
    for rank in (first, ~first):
        there = (given * rank).sum()
        if there > 0:
            paid += given * rank * min(1.0, spend / there)
            spend = max(spend - there, 0.0)
    return paid


def by_hand(award: Any, spend: Any, carried: Any, movable: Any) -> tuple[Any, Any]:
    """Award drawn and lapsed by fund, place and year: one fund, place and year after another."""
    first = np.arange(len(award)) == 0
    drawn, lapsed, brought = np.zeros_like(award), np.zeros_like(award), np.zeros_like(award[..., 0])
    for year in range(award.shape[-1]):
        ready = award[..., year] + brought
        own = np.stack([in_turn(ready[:, s], spend[s, year], first) for s in range(len(spend))], axis=1)
        lacking = np.maximum(spend[:, year] - own.sum(axis=0), 0)
        spare = (ready - own).sum(axis=1) * movable
        moved = in_turn(spare, lacking.sum(), first)
        drawn[..., year] = own + (np.outer(moved, lacking / lacking.sum()) if lacking.sum() else 0)
        kept = 1 - np.divide(moved, spare, out=np.zeros_like(moved), where=spare > 0) * movable
        left = (ready - own) * kept[:, None]
        brought, lapsed[..., year] = left * carried[:, None], left * (1 - carried)[:, None]
    return drawn, lapsed


@pytest.mark.parametrize("seed", range(25))
def test_many_funds_sites_and_years(seed: int) -> None:
    """Random awards, some of nothing, three funds, three sites and none, five years, carried and moved."""
    chance = np.random.default_rng(seed)
    award = np.round(chance.uniform(0, 1e6, (3, 4, 5)), 2) * (chance.random((3, 4, 5)) < 0.7)
    spend = np.round(chance.uniform(0, 2e6, (4, 5)), 2) * (chance.random((4, 5)) < 0.8)
    carried, movable = chance.choice([0, 0, 1, 0.4], 3), chance.integers(0, 2, 3).astype(float)
    drawn, lapsed = by_hand(award, spend, carried, movable)
    found = drawdown(
        spend[:3],
        award[:, :3],
        beside=spend[3].tolist(),
        to_none=award[:, 3].ravel().tolist(),
        carried=carried.tolist(),
        movable=movable.tolist(),
        funds=FUNDS,
        sites=SITES,
        years=5,
    )
    assert np.allclose(found("funding.drawn"), drawn[:, :3], atol=1e-6)
    assert np.allclose(found("funding.network_drawn"), drawn[:, 3], atol=1e-6)
    assert np.allclose(found("funding.lapsed"), lapsed.sum(axis=1), atol=1e-6)
    unfunded = spend.sum() - drawn.sum()
    assert found("funding.capital_unfunded") == pytest.approx(unfunded, abs=1e-5)


# For each check a line on one side of it only, in which a penny is lost, or a level is mistaken.
ONE_SIDE: dict[str, Line] = {
    "award_checks.sources_by_site_and_year": funding.unfunded,
    "award_checks.sources_beside_sites": funding.network_unfunded,
    "award_checks.sources_equal_uses_in_all": funding.capital_unfunded,
    "award_checks.cost_form_is_the_programme": capital.outturn_total,
    "award_checks.programme_is_added": accounts.additions,
    "award_checks.funds_are_used_once": funding.lapsed,
    "award_checks.hosts_draw_the_national_capital": position.capital_drawn,
    "award_checks.hosts_draw_the_award": accounts.award,
    "award_checks.hosts_bear_the_rest": funding.envelope_call,
    "award_checks.owners_sources_equal_uses": accounts.envelope_call,
    "award_checks.hosts_hold_the_cash": finance.cash,
    "award_checks.hosts_pay_the_dividend": finance.dividend,
    "checks.sources_equal_uses": funding.unfunded_site,
    "checks.yearly_sources_equal_uses": funding.envelope_call,
    "money_checks.hosts_make_up_the_network": finance.surplus,
    "money_checks.balance_sheet_balances": position.capital_received,
    "money_checks.assets_have_owners": finance.net_book_value,
}
WRONG_LEVEL: dict[str, tuple[Line, Callable[[Term], Term]]] = {
    "award_checks.sources_by_site_and_year": (
        funding.drawn,
        lambda right: funding.award * estate.included,  # drawn whether spent or not
    ),
    "award_checks.sources_equal_uses_in_all": (
        funding.capital_unfunded,
        lambda right: total(maximum(funding.built_up_less_award, 0), over="site"),
    ),
    "award_checks.funds_are_used_once": (funding.drawn, lambda right: funding.due),
    "award_checks.hosts_draw_the_national_capital": (
        position.national_capital,
        lambda right: total(funding.award * funding.is_pdc, over="fund"),
    ),
    "award_checks.hosts_draw_the_award": (
        accounts.award,
        lambda right: total(stated(funding.drawn) * hosting.owns, over=("fund", "site")),
    ),
    "award_checks.hosts_bear_the_rest": (
        funding.scheme_envelope_call,
        lambda right: maximum(capital.outturn_year - funding.award_year, 0),
    ),
    "award_checks.owners_sources_equal_uses": (
        accounts.award_beside,
        lambda right: misread(right, {funding.network_drawn: 0 * funding.network_drawn}),
    ),
    "award_checks.hosts_hold_the_cash": (
        finance.capital_cash,
        lambda right: misread(right, {funding.national_drawn: funding.award_used}),
    ),
    "award_checks.hosts_pay_the_dividend": (
        finance.donated_change,
        lambda right: misread(right, {finance.donated_income: 0 * finance.donated_income}),
    ),
    "award_checks.programme_is_added": (
        accounts.additions,
        lambda right: misread(right, {capital.hospital_outturn: 0 * capital.hospital_outturn}),
    ),
    "checks.yearly_sources_equal_uses": (
        funding.scheme_envelope_call,
        lambda right: maximum(capital.outturn_year - funding.award_year, 0),
    ),
}
# Norfolk and Waveney with capital and awards beside the sites, an owner's share, and money carried and moved.
SETS = (
    "capital.hospital_capital[2023/24]=3000000",
    "capital.hospital_capital[2024/25]=500000",
    "preferred:funding.network_award[national_pdc,2023/24]=1000000",
    "preferred:funding.network_award[charity,2023/24]=700000",
    "funding.carried_forward[system_cdel]=0.5",
    "funding.movable[charity]=1",
    "hosting.owns[rm1,norwich]=0.75",
    "hosting.owns[rgp,norwich]=0.25",
)


@cache
def case() -> Case:
    """The case in which faults are planted."""
    return load_case("norfolk_waveney", SETS)


def breaches(check: str) -> float:
    """How often a check is breached, the model read anew."""
    problem = bind(case().model, case().inputs)
    line = problem.by_key[check]
    return float(np.nansum(evaluate(problem, [line]).array(line)))


def test_sums_of_the_award_agree_to_the_penny() -> None:
    """Every check of the award holds in a case with everything in it, and is one that stops the bid."""
    checks = {line.key: line for line in case().problem.checks}
    assert {key for key in checks if key.startswith("award_checks.")} <= set(ONE_SIDE)
    for key in ONE_SIDE:
        assert checks[key].level == "fail"
        assert breaches(key) == 0, key


@pytest.mark.parametrize("check", ONE_SIDE)
def test_a_penny_is_seen(check: str) -> None:
    """A penny more on one side of a check, in sums of tens of millions, and it is breached."""
    line = ONE_SIDE[check]
    with planted(line, line.definition + quantity(0.01, line.unit)):
        assert breaches(check) > 0


@pytest.mark.parametrize("check", WRONG_LEVEL)
def test_a_figure_taken_at_another_level_is_seen(check: str) -> None:
    """The award read, or netted, at another level than it is drawn at."""
    line, wrong = WRONG_LEVEL[check]
    with planted(line, wrong(line.definition)):
        assert breaches(check) > 0


@pytest.mark.parametrize("name", CASES)
def test_hosts_and_programme_have_one_figure(name: str) -> None:
    """In every shipped case what hosts draw is the programme's, in every option and year."""
    shipped = load_case(name)
    wanted = {
        "position.capital_drawn": "funding.national_drawn",
        "accounts.award": "funding.award_used",
        "accounts.envelope_call": "funding.envelope_call",
    }
    keys = [*wanted, *wanted.values()]
    results = evaluate(shipped.problem, [shipped.problem.by_key[key] for key in keys])
    for of_hosts, of_all in wanted.items():
        hosts = results.array(shipped.problem.by_key[of_hosts])[0].sum(axis=1)
        programme = results.array(shipped.problem.by_key[of_all])[0][:, : hosts.shape[-1]]
        assert np.abs(hosts - programme).max() < 0.005
