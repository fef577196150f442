"""Income: dated national revenue, payment by test up to a cap, and income lost elsewhere.

Income between NHS bodies is left out of the economic case and of the system's revenue ask.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    choose,
    inflate,
    maximum,
    minimum,
    quantity,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import activity
from casebuilder.model.running import revenue
from casebuilder.model.setting import programme, timeline

DIMENSIONS = (
    Dimension("currency", "Currency (HRG)", rank=420),
)

unit_price = Input(
    "Price a test", "GBP_real / test", ("test",),
    "At the national cost of a directly accessed test; what a commissioner pays is a share of it.",
)
price_basis = Input(
    "Where the price a test comes from", "choice", (),
    "test: the price a test itself. currency: a price list by currency (HRG), by the mix of each test.",
    choices=("test", "currency"),
)
currency_price = Input(
    "Price of a currency", "GBP_real / test", ("currency",),
    "From a price list that the user gives; the national cost stands in until then.",
)
currency_tests = Input(
    "Tests by currency", "tests / year", ("test", "currency"),
    "Weights of the mix: which currencies a test is counted in, and how often.",
)
market_forces_factor = Input(
    "Market forces factor", "factor", (),
    "Multiplies the price at the providers of the system.",
    low=0.9, high=1.3,
)
national_allocation = Input(
    "National revenue for centres", "GBP_nominal / year", ("year",),
    "The most that the national programme pays in a year; it ends with time-limited funding.",
)
commissioner_cap = Input(
    "Cap of payment by test", "GBP_nominal / year", ("year",),
    "The most that commissioners pay by test in a year.",
)
fixed_payment = Input(
    "Fixed payment", "GBP_nominal / year", ("year",),
    "Block payment of commissioners for the centres, whatever they do; beside payment by test.",
)
allocation_minimum = Input(
    "Minimum activity of the national allocation", "tests / year", ("year",),
    "Centre tests that the allocation is given for; 0 for none.",
)
allocation_clawback = Input(
    "Clawback of the national allocation", "share", (),
    "Share of a missed part of the minimum that is taken back; 1 takes back all of it.",
)
lost_share = Input(
    "Income lost on displaced tests", "share", (),
    "Share of the price that a hospital loses when a test moves; the rest is block income.",
)

funded_nationally = Line(
    "Time-limited funding runs", "flag", ("year",),
    1 - above(YEAR_NUMBER, programme.time_limited_funding_end_year),
    "1 until the last year of national revenue.",
)
price_by_currency = Line(
    "Price a test by its currencies", "GBP_real / test", ("test",),
    where(
        above(total(currency_tests, over="currency"), 0),
        total(currency_tests * currency_price, over="currency")
        / maximum(total(currency_tests, over="currency"), quantity(1, "tests / year")),
        quantity(0, "GBP_real / test"),
    ),
    "The mean price of the list, weighted by the mix; nothing where a test has no currency.",
)
price = Line(
    "Price a test that is used", "GBP_real / test", ("test",),
    choose(price_basis, {"test": unit_price, "currency": price_by_currency}),
    "Given by test, or from the price list.",
)
payment = Line(
    "Payment for a test", "GBP_real / test", ("test",),
    price * revenue.price_to_cost * market_forces_factor,
    "National cost × price as a share of it × market forces factor.",
)
centre_value_real = Line(
    "Centre tests at the price a test", "GBP_real / year", ("year",),
    total((revenue.option_tests - activity.extended_hours_tests_year) * payment, over="test"),
    "Tests at centres, own or bought.",
)
hospital_value_real = Line(
    "Extended-hours tests at the price a test", "GBP_real / year", ("year",),
    total(activity.extended_hours_tests_year * payment, over="test"),
    "Tests on hospital kit.",
)
displaced_value_real = Line(
    "Displaced tests at the price a test", "GBP_real / year", ("year",),
    total(activity.displaced_tests_year * payment, over="test"),
    "Tests the option does that hospitals would have done.",
)
centre_value = Line(
    "Value of centre tests", "GBP_nominal / year", ("year",),
    inflate(centre_value_real, timeline.income_index),
    "In cash, by cost uplift less efficiency.",
)
national_gross = Line(
    "National revenue before clawback", "GBP_nominal / year", ("year",),
    funded_nationally * minimum(centre_value, national_allocation),
    "By centre test up to the allocation, until it ends.",
)
centre_tests = Line(
    "Tests at centres, own or bought", "tests / year", ("year",),
    total(revenue.option_tests - activity.extended_hours_tests_year, over="test"),
    "What the allocation's minimum is held against.",
)
allocation_missed = Line(
    "Minimum of the allocation missed", "share", ("year",),
    where(
        above(allocation_minimum, 0),
        maximum(1 - centre_tests / maximum(allocation_minimum, quantity(1, "tests / year")), 0),
        0 * centre_tests / quantity(1, "tests / year"),
    ),
    "Share of the minimum activity that is not done.",
)
clawback = Line(
    "Clawback of national revenue", "GBP_nominal / year", ("year",),
    national_gross * allocation_missed * allocation_clawback,
    "In proportion to the activity missed.",
)
national_income = Line(
    "National revenue", "GBP_nominal / year", ("year",),
    national_gross - clawback,
    "After clawback.",
)
paid_by_test = Line(
    "Payment by test", "GBP_nominal / year", ("year",),
    minimum(
        centre_value + inflate(hospital_value_real, timeline.income_index) - national_gross,
        commissioner_cap,
    ),
    "Price × market forces factor of the tests that national revenue does not pay for, up to the cap.",
)
commissioner_income = Line(
    "Payment by commissioners", "GBP_nominal / year", ("year",),
    paid_by_test + fixed_payment * above(centre_tests, 0),
    "By test, and the fixed payment once centres work.",
)
income_lost = Line(
    "Income lost on displaced tests", "GBP_nominal / year", ("year",),
    inflate(displaced_value_real, timeline.income_index) * lost_share,
    "A displaced test loses the income it earned before.",
)
income = Line(
    "Income", "GBP_nominal / year", ("year",),
    national_income + commissioner_income - income_lost,
    "Of all members together.",
)
