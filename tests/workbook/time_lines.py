"""Lines that use the operators of time in several ways: sums, one period to the next, months and years."""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    MONTH_NUMBER,
    YEAR_NUMBER,
    YEAR_OF_MONTH,
    above,
    absolute,
    at,
    cumulative,
    first_period,
    lagged,
    largest,
    maximum,
    minimum,
    per_year,
    previous,
    quantity,
    recurring,
    share_of,
    smallest,
    spread,
    stated,
    step,
    total,
    where,
    window_total,
)
from tests.workbook.mini import Mini


def over_time(m: Mini) -> None:
    p, w = m.named["p"], m.named["w"]
    months, years = m.shape.ids("month"), m.shape.ids("year")
    mf = m.input("mf", "tests / month", ("month",), [3.0 + (i * 7) % 5 for i in range(len(months))],
                 {"more": {months[0]: 9.0, months[-1]: 11.0}})  # fmt: skip
    smf = m.input("smf", "tests / month", ("site", "month"),
                  {(s, t): (i + 1) * 1.5 + (j * 3) % 4 for i, s in enumerate(m.shape.ids("site"))
                   for j, t in enumerate(months)}, {"less": {("b", months[3]): 40.0}})  # fmt: skip
    yf = m.input("yf", "GBP_real / year", ("year",), [100.0, 0.0, 250.0, -30.0], {"more": {years[1]: 60.0}})
    syf = m.input("syf", "GBP_real / year", ("site", "year"),
                  {(s, t): 10.0 * (i + 1) + j for i, s in enumerate(m.shape.ids("site"))
                   for j, t in enumerate(years)})  # fmt: skip
    flow = m.line("flow", "tests / month", ("site", "month"), smf * 2)
    sparse = m.line("sparse", "tests / month", ("site", "test", "month"), smf * w)
    stock = m.line("stock", "tests", ("site", "month"), step(smf))
    money = m.line("money", "GBP_real / year", ("site", "year"), syf * p)
    m.line("add_periods", "number", ("month",), MONTH_NUMBER + YEAR_OF_MONTH * 100)
    m.line("add_year_numbers", "number", ("year",), YEAR_NUMBER + 10)
    # Sums over time
    m.line("total_time", "tests", ("site",), total(flow, over="month"))
    m.line("total_time_input", "tests", (), total(mf, over="month"))
    m.line("total_time_and_rows", "tests", (), total(flow, over=("site", "month")))
    m.line("total_time_and_rows_input", "tests", (), total(smf, over=("site", "month")))
    m.line("total_time_sparse", "tests", ("test",), total(sparse, over=("site", "month")))
    m.line("total_time_all", "tests", (), total(sparse, over=("site", "test", "month")))
    m.line("total_time_product", "tests", ("site",), total(flow * MONTH_NUMBER, over="month"))
    m.line("total_time_column_times_matrix", "tests", (), total(p * flow, over=("site", "month")))
    m.line(
        "total_time_row_times_matrix",
        "tests",
        (),
        total(mf * flow * quantity(1, "month / test"), over=("site", "month")),
    )
    m.line("total_time_outer", "tests", (), total(p * mf, over=("site", "month")))
    m.line("total_year_numbers", "GBP_real", (), total(yf * YEAR_NUMBER, over="year"))
    m.line("total_year_of_month", "tests", (), total(mf * YEAR_OF_MONTH, over="month"))
    m.line("total_rows_of_month", "tests / month", ("month",), total(flow, over="site"))
    m.line("total_sparse_of_month", "tests / month", ("test", "month"), total(sparse, over="site"))
    m.line("total_year_for_months", "GBP_real", (), total(yf * YEAR_NUMBER, over="year"))
    m.line(
        "total_read_by_months",
        "GBP_real",
        ("month",),
        m.named["total_year_for_months"] + MONTH_NUMBER * quantity(1, "GBP_real"),
    )
    m.line("largest_time", "tests", ("site",), largest(stock, over="month"))
    m.line("largest_year_number", "number", (), largest(YEAR_NUMBER, over="year"))
    m.line("smallest_month_number", "number", (), smallest(MONTH_NUMBER, over="month"))
    m.line("smallest_time", "tests", ("site",), smallest(stock, over="month"))
    m.line("largest_time_whichever_way", "tests", ("site",), largest(absolute(stock), over="month"))
    m.line("share_of_time", "share", ("site", "year"), share_of(money, over="year"))
    # From period to period
    balance = m.line("previous_balance", "tests", ("site", "month"), opening=p * quantity(2, "test"))
    balance.define(previous(balance) * 0.9 + step(flow))
    m.line("previous_outside", "tests", ("site", "month"), previous(stock) + stock)
    m.input("capacity", "tests / month", (), 6.0, {"more": 8.5})
    waiting = m.line("previous_list", "tests", ("site", "month"), opening=quantity(50, "test"))
    done = m.line(
        "previous_done",
        "tests / month",
        ("site", "month"),
        minimum(previous(waiting) / quantity(1, "month") + smf, m.named["capacity"]),
    )
    waiting.define(previous(waiting) + step(smf) - step(done))
    all_waiting = m.line("all_waiting", "tests", ("month",), total(waiting, over="site"))
    m.line("previous_total", "tests", ("month",), previous(all_waiting) * 0.5)
    compound = m.line("previous_index", "index", ("year",), opening=1)
    compound.define(where(above(YEAR_NUMBER, 1), previous(compound) * 1.02, 1))
    m.line("step_of_flow", "tests", ("site", "month"), step(flow) + step(smf))
    m.line("lagged_line", "tests / month", ("site", "month"), lagged(flow, 3))
    m.line(
        "lagged_by_input",
        "tests / month",
        ("month",),
        lagged(mf, m.input("lag", "number", (), 0.0, {"more": 21.0, "less": 40.0})),
    )
    m.line(
        "lagged_by_member",
        "tests / month",
        ("site", "month"),
        lagged(flow, m.input("lags", "number", ("site",), {"a": 0.0, "b": 1.0, "c": 5.0})),
    )
    m.line("cumulative_line", "tests", ("site", "month"), cumulative(flow))
    m.line("cumulative_input", "GBP_real", ("year",), cumulative(yf))
    m.line("window_total_line", "tests", ("site", "month"), window_total(flow, 3))
    m.line(
        "window_total_input",
        "GBP_real",
        ("year",),
        window_total(yf, m.input("window", "number", (), 1.0, {"more": 2.0, "less": 9.0})),
    )
    m.line(
        "recurring_by_member",
        "GBP_real / year",
        ("site", "year"),
        recurring(money, m.input("gaps", "number", ("site",), {"a": 1.0, "b": 2.0, "c": 9.0})),
    )
    of_the_statements = m.line("stated_line", "GBP_real / year", ("site", "statement"), stated(money))
    m.line("stated_input", "GBP_real / year", ("statement",), stated(yf) + total(stated(money), over="site"))
    m.line("stated_stock", "GBP_real", ("site", "statement"), cumulative(of_the_statements))
    m.line("stated_total", "GBP_real", ("site",), total(of_the_statements, over="statement"))
    m.line("recurring_line", "tests / month", ("site", "month"), recurring(flow, 5))
    m.line(
        "window_total_by_member",
        "GBP_real",
        ("site", "year"),
        window_total(money, m.input("windows", "number", ("site",), {"a": 1.0, "b": 3.0, "c": 4.0})),
    )
    # The same number of periods twice: an error in it shows without a guard, or only with one
    life = m.input("life", "number", ("site",), {"a": 1.0, "b": 3.0, "c": 4.0})
    m.line("window_total_shared", "GBP_real", ("site", "year"), window_total(money, life) / life)
    m.line(
        "window_total_of_part",
        "GBP_real",
        ("site", "year"),
        maximum(window_total(money, life + 1) * m.line("of_life", "number", ("site",), 1 - life / 9), 0),
    )
    m.line(
        "window_total_where_long",
        "GBP_real",
        ("site", "year"),
        where(above(p, 1), window_total(money, life), window_total(money, life + 1) / life),
    )
    reached = m.line("reached", "flag", ("site", "month"), above(MONTH_NUMBER, p * 4))
    never = m.line("never", "flag", ("month",), above(0, MONTH_NUMBER))
    m.line("first_period_line", "months", ("site",), first_period(reached))
    m.line("first_period_after", "months", ("site",), first_period(reached, p))
    m.line("first_period_never", "months", (), first_period(never))
    # Between months and years
    m.line("per_year_sum", "tests / year", ("site", "year"), per_year(flow))
    m.line("per_year_sum_input", "tests / year", ("year",), per_year(mf))
    m.line("per_year_mean", "tests", ("site", "year"), per_year(stock, "mean"))
    m.line("per_year_last", "tests", ("site", "year"), per_year(stock, "last"))
    rate = m.input("rate", "share", ("site", "month"),
                   {(s, t): 0.1 * i + 0.01 * j for i, s in enumerate(m.shape.ids("site"))
                    for j, t in enumerate(months)})  # fmt: skip
    m.line("per_year_of_a_term", "tests / year", ("site", "year"), per_year(-flow * (1 - rate) + flow / 3))
    m.line("per_year_last_input", "share", ("site", "year"), per_year(rate, "last"))
    m.line("per_year_mean_input", "share", ("site", "year"), per_year(rate, "mean") * 2)
    m.line("per_year_sparse", "tests / year", ("site", "test", "year"), per_year(sparse))
    m.line(
        "spread_hold",
        "index",
        ("month",),
        spread(m.input("level", "index", ("year",), [1.0, 1.1, 1.3, 1.2], {"more": {years[1]: 2.0}})),
    )
    m.line("spread_evenly", "GBP_real / month", ("month",), spread(yf, "evenly") * 2)
    m.line("spread_by_site", "GBP_real / month", ("site", "month"), spread(syf, "evenly"))
    m.line("at_baseline_of_month", "tests / month", ("month",), mf - at(mf, option=BASELINE))
    m.line("at_site_of_month", "tests / month", ("month",), at(flow, site="b") / mf * at(mf, option="more"))
    m.line("at_baseline_time", "tests", (), at(total(flow, over=("site", "month")), option=BASELINE))
