"""Random money: what must hold of the accounts whatever is paid, owed, owned, awarded and charged.

Every property is worked out here from the lines it is about, and not taken from a check of the model; a
fault planted in one of those lines breaks it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from casebuilder.algebra.operators import maximum, stated, total
from casebuilder.algebra.terms import Input, Term
from casebuilder.model.accounts import accounts, assets, finance, position
from casebuilder.model.assurance import money_checks
from casebuilder.model.capital import capital, funding, leases, renewal
from casebuilder.model.reports import reconcile
from casebuilder.model.running import revenue
from casebuilder.model.setting import hosting
from casebuilder.model.value import economics
from tests.planted import misread, planted
from tests.unit.model.random_money import (
    CHAPTERS,
    Array,
    Drawn,
    Solved,
    close,
    draws,
    everything,
    money,
    pounds,
    solve,
)

NAME = "norfolk_waveney"  # the smallest case with every chapter of money: three hosts, a charity, an award
QUICK, FULL = 15, 300
Holds = Callable[[Solved], None]


def balance_sheet_balances(found: Solved) -> None:
    """What each host owns, less what it owes, is what the taxpayer put in and what it earned."""
    flows = (
        "accounts.additions",
        "position.right_of_use_begun",
        "accounts.depreciation",
        "accounts.impairment",
        "position.provisions_made",
    )
    bought, leased, depreciation, impairment, provided = (found(key).cumsum(axis=-1) for key in flows)
    book_value = bought + leased - depreciation - impairment
    owned = book_value + found("position.receivables") + found("position.cash")
    owed = found("position.payables") + found("position.lease_liability") + provided
    equity = (found("position.capital_drawn") + found("position.surplus")).cumsum(axis=-1)
    assert bought.max() > 0
    assert close(owned - owed, equity, bought, depreciation, owned, owed)


def working_capital_taken(found: Solved) -> np.ndarray[Any, Any]:
    """What receivables less payables took of the year's cash."""
    tied = found("position.receivables") - found("position.payables")
    return np.diff(tied, axis=-1, prepend=0)


def sources_are_uses(found: Solved) -> None:
    """Every year of a host: what came in is what went out, and what is left is the change in cash."""
    received = sum(
        found(key)
        for key in (
            "accounts.national_income",
            "accounts.commissioner_income",
            "accounts.cash_released",
            "accounts.staff_recharge",
            "accounts.capital_recharge",
            "accounts.donated_income",
            "position.capital_drawn",
        )
    )
    paid = sum(
        found(key)
        for key in (
            "accounts.pay",
            "accounts.non_pay",
            "accounts.network_cost",
            "accounts.income_lost",
            "position.rent_paid",
            "accounts.additions",
            "position.dividend",
        )
    )
    change = np.diff(found("position.cash"), axis=-1, prepend=0)
    assert close(received, paid + working_capital_taken(found) + change, change)


def cash_ties_to_the_surplus(found: Solved) -> None:
    """The cash flow from the surplus: charges that are no cash put back, capital and rent taken out."""
    no_cash = found("accounts.depreciation") + found("accounts.impairment") + found("accounts.interest")
    no_cash = no_cash - found("accounts.peppercorn_income")
    capital_flow = found("position.capital_drawn") - found("accounts.additions") - found("position.rent_paid")
    flow = found("position.surplus") + no_cash + capital_flow - working_capital_taken(found)
    assert close(flow.cumsum(axis=-1), found("position.cash"), no_cash.cumsum(axis=-1))
    assert close(flow, found("position.cash_flow"), no_cash)


def leases_are_charged_what_is_paid(found: Solved) -> None:
    """Liability rolls forward with interest and rent, and no site owes more than it has still to pay."""
    begun, interest = found("leases.addition") + found("leases.remeasured"), found("leases.interest")
    owed = np.cumsum(begun + interest - found("leases.payment"), axis=-1)
    assert close(owed, found("leases.liability"), begun.cumsum(axis=-1))
    begun, interest = found("equipment_leases.addition"), found("equipment_leases.interest")
    owed = np.cumsum(begun + interest - found("equipment_leases.rental"), axis=-1)
    assert close(owed, found("equipment_leases.liability"), begun.cumsum(axis=-1))
    assert interest.min() >= -1e-6 and found("equipment_leases.depreciation").min() >= 0


def recharges_cancel(found: Solved) -> None:
    """What one trust receives for staff and assets another pays, and hosts add up to the network."""
    for key in ("accounts.staff_recharge", "accounts.capital_recharge"):
        each = found(key)
        assert close(found.sum(key, "provider"), np.zeros(each.shape[::2]), each), key
    hosts = found.sum("position.adjusted_performance", "provider")
    years = hosts.shape[-1]
    assert close(hosts, found("finance.surplus")[:, :years], found.sum("accounts.pay", "provider"))


def capital_has_a_source(found: Solved) -> None:
    """Award drawn and calls on envelopes are the capital of the year, and what a site lacks its spend."""
    spent = found("capital.outturn_year") + found("renewal.replacement_outturn")
    used = found("funding.award_used")
    assert close(used + found("funding.envelope_call"), spent, found("funding.award_year"))
    site = found("capital.outturn_site")
    assert close(found("funding.drawn_site") + found("funding.unfunded_site"), site)
    assert close(found.sum("capital.outturn", "year"), site)


BRIDGE = (
    "residual_out",
    "risks_out",
    "contingency_in",
    "bias_out",
    "space_out",
    "treatment_out",
    "lost_tests_out",
    "relief_out",
    "pension_out",
    "rates_in",
    "vat_capital_in",
    "vat_running_in",
)


def two_cases_reconcile(found: Solved) -> None:
    """Economic cost, put into the prices of each year, and every named difference are the cash paid."""
    index = found("timeline.gdp_index")
    economic = found("economics.cost") * index
    named = [found(f"reconcile.{name}") for name in BRIDGE]
    cash = found("revenue.revenue_cost_total") + found("finance.additions")
    assert close(economic + sum(named), cash, *named)
    assert close(economic, found("economics.cost") + found("reconcile.general_inflation"))
    charges = found("finance.capital_charges")
    expenditure = cash - found("finance.additions") - found("finance.rent") + charges
    income = found("income.income") + found("benefits.cash_releasing")
    assert close(expenditure, income - found("finance.surplus"), cash)
    # Parts of a million that cancel to nothing leave the last bits of a sum, which no `difference` of the
    # two sums can tell from a gap: so measured against the parts, not against what is left of them.
    for gap in ("reconcile.cash_gap", "reconcile.expenditure_gap"):
        assert close(found(gap), 0 * cash, cash, economic, *named), gap


def relief_is_bought_in_every_option_and_paid_as_a_change(found: Solved) -> None:
    """All of it in the economic case, outside the bias; in the financial case the change on the baseline."""
    bought = found("revenue.relief_real")
    frame = found.results.problem.frame
    at_baseline = bought[[frame.option_ids.index(frame.baseline)]]
    assert bought.max() > 0 and (bought >= 0).all()
    change = bought - at_baseline
    change[np.abs(change) <= 1e-6 * at_baseline] = 0  # a millionth of it is none
    assert close(found("revenue.relief_change_real"), change, bought)
    all_of_it = bought * found("timeline.real_non_pay_index")
    parts = ("pay", "non_pay", "rent", "extended_hours", "owned_space")
    beside = sum(found(f"economics.{part}") for part in parts) + found("benefits.treatment")
    beside += found("economics.lost_tests") + found("equipment_leases.charges_real")
    beside += found("private_finance.charges_real")
    bias = -found("reconcile.bias_out") / found("timeline.gdp_index")
    assert close(found("economics.running_cost"), beside + bias + all_of_it, bias)
    paid = found("economics.non_pay") / found("timeline.real_non_pay_index") + change
    of_sites = found.sum("revenue.non_pay_real", "site") - found.sum("revenue.rates", "site")
    of_sites = of_sites - found("revenue.overheads_on_rates")  # which leave with the rates
    assert close(paid, of_sites + found("revenue.network_real"), bought)


# Award carried forward by a share, year after year: a series that comes down to nothing by halves.
CARRIED = ("slip.unspent_slipped", "slip.unspent_month_more")
# What is drawn of such an award, by host, and what it donates.
DRAWN = (
    "accounts.award",
    "accounts.donated_income",
    "accounts.donated_depreciation",
    "accounts.donated_charges",
    "assets.hospital_donated_depreciation",
    "finance.donated_depreciation",
    "finance.donated_change",
    "position.capital_drawn",
    "position.donated_assets",
)


def rounding_leaves_nothing(found: Solved) -> None:
    """What should be nothing is nothing: no sum of pounds is the last bits of larger ones that cancel.

    Such a rest differs in every engine, and would be taken for a fault of the workbook.
    """
    # An award of which a small part is carried forward, year after year, comes down to pence and less: what
    # is worked out from it, such as a host's part, may be a thousandth of the least that was left; a part of
    # what is donated, a host's and a year's of its life, far less.
    left = np.concatenate([found(f"funding.{key}").ravel() for key in ("left", "network_left")])
    smallest = left[left > 0].min(initial=1.0)
    for line in found.results.problem.lines:
        if line.chapter in CHAPTERS and line.key not in CARRIED and pounds(line.unit):
            x = np.abs(np.nan_to_num(found(line.key)))
            least = min(1e-6, (1e-7 if line.key in DRAWN else 1e-3) * smallest)
            assert not ((x > 0) & (x < least)).any(), line.key


HOSTS_ADD_UP = {
    "position.capital_drawn": "funding.national_drawn",
    "accounts.award": "funding.award_used",
    "accounts.envelope_call": "funding.envelope_call",
    "accounts.additions": "finance.additions",
    "position.dividend": "finance.dividend",
    "position.cash": "finance.cash",
    "accounts.donated_income": "finance.donated_income",
}


def hosts_are_the_programme(found: Solved) -> None:
    """Capital drawn, donated and called on envelopes, additions, dividend and cash: hosts add up to it."""
    for of_hosts, of_all in HOSTS_ADD_UP.items():
        hosts = found.sum(of_hosts, "provider")
        programme = found(of_all)[:, : hosts.shape[-1]]
        assert close(hosts, programme, found.sum("accounts.pay", "provider")), of_hosts


def each_fund_is_used_once(found: Solved) -> None:
    """What a fund gives is drawn, lapses or waits at the end."""
    left, lapsed = found("funding.left_by_fund"), found("funding.lapsed")
    gone = (found("funding.drawn_by_fund") + lapsed).sum(axis=-1) + (left - lapsed)[..., -1]
    assert close(gone, found.sum("funding.award_by_fund", "year"))
    assert (found("funding.drawn") >= 0).all()


PROPERTIES: list[Holds] = [
    balance_sheet_balances,
    sources_are_uses,
    cash_ties_to_the_surplus,
    leases_are_charged_what_is_paid,
    recharges_cancel,
    capital_has_a_source,
    hosts_are_the_programme,
    each_fund_is_used_once,
    two_cases_reconcile,
    relief_is_bought_in_every_option_and_paid_as_a_change,
    rounding_leaves_nothing,
]


def all_hold(found: Solved) -> None:
    """Every property, of one random case."""
    for holds in PROPERTIES:
        holds(found)


def try_some(
    count: int, name: str = NAME, *, derandomize: bool = False, more: Holds = lambda found: None
) -> None:
    """Hold some random cases to every property, and to one more."""

    @settings(max_examples=count, deadline=None, derandomize=derandomize)
    @given(draws(name))
    def run(drawn: Drawn) -> None:
        found = solve(money(name), drawn.values())
        all_hold(found)
        more(found)

    run()


def test_accounts_tie_in_random_cases() -> None:
    """Some random cases; `test_accounts_tie_in_300_random_cases` tries three hundred."""
    try_some(QUICK, derandomize=True)


@pytest.mark.full
@pytest.mark.parametrize("name", [NAME, "cmast"])
def test_accounts_tie_in_300_random_cases(name: str) -> None:
    """Three hundred random cases of three hosts, and of thirteen with leases and ten sites."""
    try_some(FULL, name)


FAULTS: dict[str, tuple[Holds, Any, Callable[[Term], Term]]] = {
    "a gap taken by subtraction": (
        rounding_leaves_nothing,
        money_checks.surplus_gap,
        lambda right: total(position.adjusted_performance, over="provider") - stated(finance.surplus),
    ),
    "donated income left out of the surplus": (
        balance_sheet_balances,
        position.surplus,
        lambda right: misread(right, {accounts.donated_income: 0 * accounts.donated_income}),
    ),
    "capital drawn without being received": (
        balance_sheet_balances,
        position.capital_cash,
        lambda right: misread(right, {position.capital_drawn: 0 * position.capital_drawn}),
    ),
    "income lost counted as received": (
        sources_are_uses,
        position.operating,
        lambda right: misread(right, {accounts.income_lost: -accounts.income_lost}),
    ),
    "dividend not paid in cash": (
        cash_ties_to_the_surplus,
        position.cash_flow,
        lambda right: misread(right, {position.dividend: 0 * position.dividend}),
    ),
    "interest on what is left and not on what was owed": (
        leases_are_charged_what_is_paid,
        leases.interest,
        lambda right: misread(right, {leases.years_left: leases.years_left - 1}),
    ),
    "staff recharged by the owner": (
        recharges_cancel,
        accounts.staff_recharge,
        lambda right: misread(right, {hosting.employs: 0.5 * hosting.employs}),
    ),
    "replacement left off the envelope": (
        capital_has_a_source,
        funding.envelope_call,
        lambda right: misread(right, {renewal.replacement_outturn: 0 * renewal.replacement_outturn}),
    ),
    "every fund drawn as public dividend capital": (
        hosts_are_the_programme,
        position.national_capital,
        lambda right: total(funding.drawn, over="fund"),
    ),
    "what no award covers netted over the programme": (
        hosts_are_the_programme,
        funding.scheme_envelope_call,
        lambda right: maximum(capital.outturn_year - funding.award_year, 0),
    ),
    "a donation to no one site that nobody receives": (
        hosts_are_the_programme,
        accounts.donated_income,
        lambda right: total(stated(funding.drawn) * assets.is_donated * hosting.owns, over=("fund", "site")),
    ),
    "moved and kept": (
        each_fund_is_used_once,
        funding.left,
        lambda right: funding.due * (1 - funding.national_part),
    ),
    "rates left out of the bridge": (
        two_cases_reconcile,
        reconcile.rates_in,
        lambda right: misread(right, {revenue.rates: 0 * revenue.rates}),
    ),
    "relief of the baseline left in cash": (
        relief_is_bought_in_every_option_and_paid_as_a_change,
        revenue.relief_change_real,
        lambda right: revenue.relief_real * 1,
    ),
    "relief counted as a change in the economic case": (
        relief_is_bought_in_every_option_and_paid_as_a_change,
        economics.relief,
        lambda right: misread(right, {revenue.relief_real: revenue.relief_change_real}),
    ),
    "running-cost bias left in cash": (
        two_cases_reconcile,
        reconcile.bias_out,
        lambda right: misread(right, {economics.running_cost_bias: 0 * economics.running_cost_bias}),
    ),
}


@cache
def few() -> list[tuple[dict[Input, Array], Solved]]:
    """Four random cases and what the model makes of them, worked out once for all faults."""
    of = money(NAME)
    cases = [everything(NAME, seed).values() for seed in range(4)]
    return [(values, solve(of, values)) for values in cases]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    """Each property holds of some random cases, and not of all once a line of the accounts is wrong."""
    holds, line, wrong = FAULTS[fault]
    of, right = money(NAME), few()
    for _, one in right:
        holds(one)
    with planted(line, wrong(line.definition)):
        problem = of.again()
        found = [solve(of, values, problem) for values, _ in right]
        with pytest.raises(AssertionError):
            for one in found:
                holds(one)


@pytest.mark.full
def test_no_input_of_money_is_idle() -> None:
    """Each input drawn anew in one of some random cases, and nothing else, moves some line of money."""
    of, seeds = money(NAME), range(20)
    idle = set(of.drawn)
    lines = [line for line in of.lines() if line.chapter != "prices" and not line.name.endswith("_rebased")]
    for seed in seeds:
        values, chance = everything(NAME, seed).values(), np.random.default_rng([seed, 1])
        before = solve(of, values)
        for key in sorted(idle):
            after = solve(of, values | {of.items[key]: of.spans[key].draw(chance)})
            if any(not np.array_equal(after(x.key), before(x.key), equal_nan=True) for x in lines):
                idle.discard(key)
    assert len(of.drawn) > 180
    assert idle == set()
