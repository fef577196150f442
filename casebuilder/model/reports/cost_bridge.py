"""Cost bridge: from the revenue cost a test of the headlines to the full cost a test of the benchmark."""

from __future__ import annotations

from casebuilder.algebra.operators import deflate, difference, inflate, maximum, quantity, ratio, total
from casebuilder.algebra.shapes import differ
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.accounts import assets, finance
from casebuilder.model.reports import benchmark
from casebuilder.model.results import checks, further, headlines
from casebuilder.model.running import revenue
from casebuilder.model.setting import programme, timeline

counted = Line(
    "Revenue cost without blood tests", "GBP_nominal", (),
    total(revenue.counted_cost * programme.steady_state, over="year"),
    "What the headline divides; cash of the steady-state year.",
)
hospital_savings = Line(
    "Relief not needed and pay of staff who left for centres", "GBP_nominal", (),
    total(
        (
            inflate(revenue.relief_change_real, timeline.non_pay_index)
            - inflate(revenue.released_pay_real, timeline.pay_index)
        )
        * programme.steady_state,
        over="year",
    ),
    "What hospitals no longer spend; the cost of the option is net of it, that of a test is not.",
)
blood_tests = Line(
    "Staff and consumables of blood tests", "GBP_nominal", (),
    difference(headlines.revenue_cost_steady_state - hospital_savings, counted),
    "Phlebotomy and walk-in bloods.",
)
charges_for_rent = Line(
    "Capital charges, less the rent they stand for", "GBP_nominal", (),
    further.full_cost_steady_state - headlines.revenue_cost_steady_state,
    "Depreciation, lease interest and dividend.",
)
network_out = Line(
    "Cost beside the centres, less what they save at hospitals, taken out", "GBP_nominal", (),
    -total((revenue.network_cost + assets.hospital_depreciation) * programme.steady_state, over="year"),
    "Bought tests, longer hours, digital systems, and depreciation at hospitals.",
)
donated_in = Line(
    "Depreciation of donated assets put back", "GBP_nominal", (),
    total(finance.donated_depreciation * programme.steady_state, over="year"),
    "Capital charges leave it out; a full cost does not.",
)
centres = Line(
    "Full cost of the centres, in cash", "GBP_nominal", (),
    counted + blood_tests + hospital_savings + charges_for_rent + network_out + donated_in,
    "All of the above.",
)
centres_year = Line(
    "Full cost of the centres by way of the headlines", "GBP_nominal / year", ("year",),
    revenue.revenue_cost_total - finance.rent + finance.capital_charges
    - revenue.network_cost - assets.hospital_depreciation + finance.donated_depreciation,
    "The same by year.",
)
centres_real = Line(
    "Full cost of the centres, at base-year prices", "GBP_real", (),
    total(deflate(centres_year, timeline.gdp_index) * programme.steady_state, over="year"),
    "General inflation taken out.",
)
full_cost_a_centre_test = Line(
    "Full cost a centre test, in cash", "GBP_nominal / test", (),
    ratio(centres, total(benchmark.centre_tests, over="test")),
    "Of tests at own centres.",
)
benchmark_a_test = Line(
    "Full cost a centre test, at base-year prices", "GBP_real / test", (),
    ratio(benchmark.parts, total(benchmark.centre_tests, over="test")),
    "The mean of the benchmark over all tests.",
)
bridge_ends_at_the_benchmark = Check(
    "Headlines and benchmark tell one cost",
    maximum(
        differ(centres_real, benchmark.whole, deflate(checks.money_tolerance, quantity(1, "index"))),
        differ(centres, total(centres_year * programme.steady_state, over="year"), checks.money_tolerance),
    ),
    (),
    "Revenue cost and charges of the headlines, less what is beside the centres, are the benchmark's sum.",
)
