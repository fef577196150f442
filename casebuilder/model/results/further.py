"""Further figures: what stands beside a headline so that it is read rightly.

The terminal, Summary and Options show them below the headlines; `summary --json` keeps them apart
under `further`.
"""

from __future__ import annotations

from casebuilder.algebra.operators import largest, quantity, ratio, total
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import funding
from casebuilder.model.patients import activity, bands, waits
from casebuilder.model.results import headlines
from casebuilder.model.running import longer_hours, revenue
from casebuilder.model.service import capacity, waterfall
from casebuilder.model.setting import programme, timeline
from casebuilder.model.value import economics, published_health, value

national_capital_drawn = Line(
    "National capital drawn, all years", "GBP_nominal", (),
    total(funding.national_drawn, over="year"),
    "What hosts receive as public dividend capital.",
    includes="National capital drawn against spend, at the sites and beside them.",
    excludes="Award that lapses or is carried past the end, and other funds.",
    period=headlines.all_years,
)
award_lapsed = Line(
    "Award that lapses, all years", "GBP_nominal", (),
    total(funding.lapsed_year, over="year"),
    "Awarded and not spent in its year.",
    includes="Award of every fund that is unspent at 31 March and not carried forward.",
    excludes="What is carried past the last year.",
    period=headlines.all_years,
)
full_cost_steady_state = Line(
    "Full cost at steady state", "GBP_nominal", (),
    headlines.revenue_cost_steady_state + headlines.capital_charges_steady_state
    - headlines.rent_at_steady_state,
    "Running cost without rent, which depreciation and interest of leases stand for, and capital charges.",
    includes="Revenue cost without rent, depreciation, lease interest and PDC dividend.",
    excludes="Depreciation of donated assets, and impairment.",
    period=headlines.steady_year,
)
revenue_cost_per_test_all = Line(
    "Revenue cost a test, blood tests too, less relief saved", "GBP_nominal / test", (),
    ratio(headlines.revenue_cost_steady_state, headlines.tests_steady_state),
    "The same cost and tests as the headlines of revenue cost and tests.",
    includes=(
        "Revenue cost, rent with it and less what hospitals save, over every test the option delivers, blood "
        "tests too."
    ),
    excludes="Depreciation, lease interest and dividend.",
    period=headlines.steady_year,
)
full_cost_per_test = Line(
    "Full cost a test, blood tests too, less relief saved", "GBP_nominal / test", (),
    ratio(full_cost_steady_state, headlines.tests_steady_state),
    "What the page of the benchmark starts from.",
    includes="Revenue cost without rent, and capital charges, over every test the option delivers.",
    excludes="Depreciation of donated assets, and impairment.",
    period=headlines.steady_year,
)
list_end_low = Line(
    "Waiting list at the end, P10 by hindcast", "tests", (),
    total(bands.list_total_low * timeline.last_month, over="month"),
    "In the last month, at the tenth percentile.",
    includes="As the list at the end, at the tenth percentile of a hindcast as many months ahead.",
    excludes="What inputs that turn out otherwise would change beyond a hindcast's errors.",
    period="End of the last month of the case.",
)
list_end_high = Line(
    "Waiting list at the end, P90 by hindcast", "tests", (),
    total(bands.list_total_high * timeline.last_month, over="month"),
    "In the last month, at the ninetieth percentile.",
    includes="As the list at the end, at the ninetieth percentile of a hindcast as many months ahead.",
    excludes="What inputs that turn out otherwise would change beyond a hindcast's errors.",
    period="End of the last month of the case.",
)
over_six_weeks_end_low = Line(
    "Share over six weeks at the end, P10 by hindcast", "share", (),
    total(bands.share_all_low * timeline.last_month, over="month"),
    "In the last month, at the tenth percentile.",
    includes="As the share at the end, at the tenth percentile of a hindcast as many months ahead.",
    excludes="What inputs that turn out otherwise would change beyond a hindcast's errors.",
    period="End of the last month of the case.",
)
over_six_weeks_end_high = Line(
    "Share over six weeks at the end, P90 by hindcast", "share", (),
    total(bands.share_all_high * timeline.last_month, over="month"),
    "In the last month, at the ninetieth percentile.",
    includes="As the share at the end, at the ninetieth percentile of a hindcast as many months ahead.",
    excludes="What inputs that turn out otherwise would change beyond a hindcast's errors.",
    period="End of the last month of the case.",
)
list_peak = Line(
    "Most people waiting in any month", "tests", (),
    largest(waits.list_total, over="month"),
    "Lists may grow until centres open, whatever they do afterwards.",
    includes="All trusts and tests with a list, at the end of a month.",
    excludes="Planned tests and those without a list.",
    period="The month in which most wait.",
)
over_six_weeks_peak = Line(
    "Highest share over six weeks in any month", "share", (),
    largest(waits.over_six_weeks_share, over="month"),
    "Waits may grow until centres open, whatever they do afterwards.",
    includes="All trusts and tests with a list, weighted by list, by the fitted rule.",
    excludes="Planned tests and those without a list; the start, which is observed.",
    period="The month in which it is highest.",
)
list_last_year = Line(
    "Waiting list at the end of the appraisal", "tests", (),
    total(activity.list_all_year_end * economics.is_last_year * quantity(1, "1 / year"), over="year"),
    "Lists run on by year after the months, on the growth that the case assumes.",
    includes="All trusts and tests with a list.",
    excludes="Rooms or staff that nobody has planned.",
    period="The last year of the appraisal.",
)
tests_induced = Line(
    "Requests that come because access is easier", "tests", (),
    total(waterfall.induced * timeline.last_monthly_year, over=("test", "year")),
    "Additional tests hold them as far as they are done.",
    includes="Extra requests of every kind of test while centres are open, whichever tests they offer.",
    excludes="Growth, and requests that shorter waits bring.",
    period="The last full year of the months.",
)
wte_longer_hours = Line(
    "WTE in longer hours at steady state", "wte", (),
    total(longer_hours.wte * programme.steady_state * quantity(1, "1 / year"), over=("staff", "year")),
    "Overtime, bank and insourced staff; paid within the price of such a test.",
    includes="Staff of hospitals in longer hours on their kit, all roles.",
    excludes="Centres' establishment, which stands in WTE required, and sellers' staff.",
    period=headlines.steady_year,
)
staff_not_found = Line(
    "Staff not found, at opening and for longer hours", "wte", (),
    headlines.wte_unfilled_at_opening
    + total(
        capacity.longer_hours_wte
        * (1 - capacity.longer_hours_staffed)
        * timeline.last_month,
        over=("staff", "month"),
    ),
    "Posts that nobody fills when the last centre opens, and longer hours that nobody can be had for.",
    includes="Posts neither filled nor covered by agency staff; in the last month, longer hours not run.",
    excludes="Hospital posts that are empty because staff moved, and sellers' staff.",
    period="The month of the last opening; of longer hours the last month.",
)
surplus_without_relief = Line(
    "Surplus at steady state, were no relief saved", "GBP_nominal", (),
    headlines.surplus_steady_state
    + total(revenue.relief_change * programme.steady_state, over="year"),
    "What hospitals no longer buy for their lists lowers revenue cost, against a baseline that buys it; "
    "nobody has agreed to give it up.",
    includes="As the surplus, with relief bought as in the baseline.",
    excludes="As the surplus.",
    period=headlines.steady_year, against=headlines.baseline,
)
rent_steady_state = Line(
    "Rent that both hold, counted once in surplus", "GBP_nominal", (),
    headlines.rent_at_steady_state,
    "Surplus is income less revenue cost and capital charges, and this back: leases are charged once.",
    includes="Rent of leases that are on the balance sheet.",
    excludes="Rent that is not, which stays in revenue cost alone.",
    period=headlines.steady_year,
)
relief_bought_steady_state = Line(
    "Relief bought at steady state", "tests", (),
    total(activity.relief_bought_all_year * programme.steady_state, over="year"),
    "Tests that hospitals buy for their lists in the first full year.",
    includes="Outsourced and insourced tests and evening lists of hospitals whose lists are above usual.",
    excludes="Tests that the option itself buys, and longer hours that it plans.",
    period=headlines.steady_year,
)
npsv_without_health = Line(
    "Net present social value without health", "GBP_real", (),
    value.npsv_without_health,
    "Health at nothing; the treatment it costs stays in.",
    includes="As the net present social value, with QALYs at nothing.",
    excludes="QALYs; their treatment is counted still.",
    period=headlines.all_years,
)
npsv_full_attribution = Line(
    "Net present social value, all health attributed", "GBP_real", (),
    published_health.npsv_full_attribution,
    "Were the test the delay that binds for every patient.",
    includes="As the net present social value, with health and its treatment at an attribution of one.",
    excludes="Nothing that the net present social value has.",
    period=headlines.all_years,
)
attribution_at_nought = Line(
    "Attribution of health at which it is worth nothing", "factor", (),
    published_health.attribution_at_nought,
    "Beside the attribution taken; outside 0 to 1 no attribution does it.",
    includes="Health of the chain and its treatment, which rise and fall with attribution.",
    excludes="Benefits that count QALYs of their own.",
    period=headlines.all_years,
)
