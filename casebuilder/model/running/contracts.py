"""Bought tests: what the contract has one pay for, and what it costs to buy anew and to leave."""

from __future__ import annotations

from casebuilder.algebra.operators import above, maximum, quantity, total
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.patients import activity
from casebuilder.model.service import capacity
from casebuilder.model.setting import bought_contract

paid_tests = Line(
    "Bought tests paid for", "tests / year", ("test", "year"),
    maximum(
        activity.bought_tests_year, capacity.bought_capacity_year * bought_contract.volume_guarantee
    ),
    "Those done, or the guaranteed share of the volume contracted where fewer are.",
)
ended_months = Line(
    "Months of full volume paid for on leaving early", "months / year", ("year",),
    bought_contract.months_left
    * bought_contract.volume_guarantee
    * bought_contract.termination_share
    * bought_contract.ends,
    "Share of the guaranteed volume that the contract still had to run.",
)
buys = Line(
    "The option buys tests", "flag", (),
    above(total(capacity.bought_tests, over="test"), quantity(0, "tests / month")),
    "1 where a contract is let.",
)
contracted_all = Line(
    "Tests contracted, all tests", "tests / year", ("year",),
    total(capacity.bought_capacity_year, over="test"),
    "While a contract is in force.",
)
done_all = Line(
    "Bought tests done, all tests", "tests / year", ("year",),
    total(activity.bought_tests_year, over="test"),
    "Of those contracted.",
)
paid_all = Line(
    "Bought tests paid for, all tests", "tests / year", ("year",),
    total(paid_tests, over="test") + total(capacity.bought_tests, over="test") * ended_months,
    "Done or guaranteed, and what is paid on leaving early.",
)
terms_real = Line(
    "Tenders and exit, base-year prices", "GBP_real / year", ("year",),
    (bought_contract.begins / quantity(1, "number") * bought_contract.tender_cost
     + bought_contract.ends * bought_contract.exit_cost)
    * buys,
    "A tender for each contract, and exit when bought tests end.",
)
no_test_without_contract = Check(
    "No test is bought beyond the contract",
    above(
        total(maximum(activity.bought_tests_year - capacity.bought_capacity_year, 0), over="test"),
        quantity(0.001, "tests / year"),
    ),
    ("year",),
    "Volume contracted is what can be bought, while a contract is in force.",
)
