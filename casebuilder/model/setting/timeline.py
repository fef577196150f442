"""Timeline: periods, discount factors and price indices."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    MONTH_NUMBER,
    YEAR_NUMBER,
    above,
    at,
    choose,
    cumulative,
    largest,
    per_year,
    previous,
    quantity,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line

DIMENSIONS = (
    Dimension("price_year", "Price base", rank=440, years=True),
    # The editions of the Green Book that a case chooses among.
    Dimension("edition", "Edition of the Green Book", rank=450,
              needs=("gb2018", "gb2022", "gb2026", "review2026")),
    # Routes to equipment are compared at the rate of the first band.
    Dimension("band", "Discount-rate band", rank=470, needs=("b0_30",)),
)

# The calendar
days_in_month = Input(
    "Days in the month", "days / month", ("month",), "From the calendar of the case.", low=28, high=31
)
working_days = Input(
    "Working days in the month", "days / month", ("month",), "Weekdays less bank holidays.", low=15, high=23
)
bank_holidays = Input(
    "Bank holidays in the month", "days / month", ("month",), "Bank holidays of England.", high=6
)
base_year_number = Input(
    "Calendar year in which the base year begins", "number", (),
    "Of case.yaml: 2021 for 2021/22. What is dated (a law, an offer) is held against it.",
    low=1_900, high=2_200, whole=True,
)
month_number = Line(
    "Number of the month", "months", ("month",),
    MONTH_NUMBER * quantity(1, "month"),
    "Months counted from the first month of the case, which is 1.",
)
last_month = Line(
    "Last month", "flag / month", ("month",),
    (1 - above(largest(MONTH_NUMBER, over="month"), MONTH_NUMBER)) * quantity(1, "1 / month"),
    "1 in the last month.",
)
weeks_in_month = Line(
    "Weeks in the month", "weeks / month", ("month",),
    days_in_month / quantity(7, "days / week"),
    "Slots and waits are counted by week, so long months hold more of them.",
)
days_in_year = Line(
    "Days in the year that have a month", "days / year", ("year",),
    per_year(days_in_month),
    "0 in a year that the months do not reach.",
)
days_so_far = Line(
    "Days in the months so far", "days", ("year",),
    cumulative(days_in_year),
    "Tells years after the months from years before them.",
)
days_in_all = Line(
    "Days in all months", "days", (), total(days_in_year, over="year"), "The length of the monthly horizon."
)
after_horizon = Line(
    "Year after the months", "flag", ("year",),
    where(above(days_in_year, 0), 0, above(days_so_far, 0)),
    "1 in a year that comes after the last month: such years grow from the year before.",
)
last_monthly_year = Line(
    "Last year of the months", "flag", ("year",),
    where(above(days_in_year, 0), 1 - above(days_in_all, days_so_far), 0),
    "1 in the year in which the months end.",
)
years_from_base = Line(
    "Years from the base year", "number", ("year",),
    YEAR_NUMBER - 1,
    "The base year is year 0 and is not discounted.",
)

# Discounting: dated data, one column of rates a schedule
band_start = Input(
    "First year of the discount-rate band", "number", ("band",),
    "Years counted from the base year, which is 0.",
    whole=True,
)
band_end = Input(
    "Last year of the discount-rate band", "number", ("band",),
    "Years counted from the base year, which is 0.",
    whole=True,
)
edition = Input(
    "Edition of the Green Book", "choice", (),
    "Whose discount rates and value of a QALY are taken.",
    choices=("gb2018", "gb2022", "gb2026", "review2026"),
)
discount_rate_standard = Input(
    "Discount rate, standard", "factor", ("edition", "band"), "Social time preference, real.", high=0.2
)
discount_rate_standard_low = Input(
    "Discount rate, standard, lower schedule", "factor", ("edition", "band"),
    "Without pure time preference: shown beside the standard one for horizons over 50 years.",
    high=0.2,
)
discount_rate_health = Input(
    "Discount rate, health", "factor", ("edition", "band"), "For effects on health and life.", high=0.2
)
discount_rate_health_low = Input(
    "Discount rate, health, lower schedule", "factor", ("edition", "band"),
    "For effects on health and life, without pure time preference.",
    high=0.2,
)
rate_standard = Line(
    "Discount rate of the edition, standard", "factor", ("band",),
    choose(edition, {
        "gb2018": at(discount_rate_standard, edition="gb2018"),
        "gb2022": at(discount_rate_standard, edition="gb2022"),
        "gb2026": at(discount_rate_standard, edition="gb2026"),
        "review2026": at(discount_rate_standard, edition="review2026"),
    }),
    "Of the edition chosen.",
)
rate_standard_low = Line(
    "Discount rate of the edition, standard, lower schedule", "factor", ("band",),
    choose(edition, {
        "gb2018": at(discount_rate_standard_low, edition="gb2018"),
        "gb2022": at(discount_rate_standard_low, edition="gb2022"),
        "gb2026": at(discount_rate_standard_low, edition="gb2026"),
        "review2026": at(discount_rate_standard_low, edition="review2026"),
    }),
    "Of the edition chosen.",
)
rate_health = Line(
    "Discount rate of the edition, health", "factor", ("band",),
    choose(edition, {
        "gb2018": at(discount_rate_health, edition="gb2018"),
        "gb2022": at(discount_rate_health, edition="gb2022"),
        "gb2026": at(discount_rate_health, edition="gb2026"),
        "review2026": at(discount_rate_health, edition="review2026"),
    }),
    "Of the edition chosen.",
)
rate_health_low = Line(
    "Discount rate of the edition, health, lower schedule", "factor", ("band",),
    choose(edition, {
        "gb2018": at(discount_rate_health_low, edition="gb2018"),
        "gb2022": at(discount_rate_health_low, edition="gb2022"),
        "gb2026": at(discount_rate_health_low, edition="gb2026"),
        "review2026": at(discount_rate_health_low, edition="review2026"),
    }),
    "Of the edition chosen.",
)
in_band = Line(
    "Year lies in the band", "flag", ("band", "year"),
    above(years_from_base + 1, band_start) * above(band_end + 1, years_from_base),
    "Each year takes the rate of the band it lies in.",
)
discount_rate = Line(
    "Discount rate of the year, standard", "factor", ("year",),
    total(in_band * rate_standard, over="band"),
    "The band's rate holds only for the years inside the band.",
)
discount_factor = Line(
    "Discount factor, standard", "factor", ("year",),
    basis="Product of the yearly factors, 1 in the base year (Green Book).",
    opening=1,
)
discount_factor.define(where(above(years_from_base, 0), previous(discount_factor) / (1 + discount_rate), 1))
discount_rate_low = Line(
    "Discount rate of the year, standard, lower schedule", "factor", ("year",),
    total(in_band * rate_standard_low, over="band"),
    "The band's rate holds only for the years inside the band.",
)
discount_factor_low = Line(
    "Discount factor, standard, lower schedule", "factor", ("year",),
    basis="Green Book 2026 asks for it beside the standard one when the horizon is over 50 years.",
    opening=1,
)
discount_factor_low.define(
    where(above(years_from_base, 0), previous(discount_factor_low) / (1 + discount_rate_low), 1)
)
health_rate = Line(
    "Discount rate of the year, health", "factor", ("year",),
    total(in_band * rate_health, over="band"),
    "The band's rate holds only for the years inside the band.",
)
discount_factor_health = Line(
    "Discount factor, health", "factor", ("year",),
    basis="Health effects leave out the wealth effect of the standard rate.",
    opening=1,
)
discount_factor_health.define(
    where(above(years_from_base, 0), previous(discount_factor_health) / (1 + health_rate), 1)
)
health_rate_low = Line(
    "Discount rate of the year, health, lower schedule", "factor", ("year",),
    total(in_band * rate_health_low, over="band"),
    "The band's rate holds only for the years inside the band.",
)
discount_factor_health_low = Line(
    "Discount factor, health, lower schedule", "factor", ("year",),
    basis="Green Book 2026 asks for it beside the standard one when the horizon is over 50 years.",
    opening=1,
)
discount_factor_health_low.define(
    where(above(years_from_base, 0), previous(discount_factor_health_low) / (1 + health_rate_low), 1)
)

# Prices
gdp_deflator = Input(
    "GDP deflator", "index", ("price_year",), "Takes a price quoted in another year to the base year.", low=1
)
gdp_growth = Input("Growth of the GDP deflator", "factor", ("year",), "On the year before.", low=-0.5, high=1)
pay_growth = Input(
    "Growth of pay", "factor", ("year",), "On the year before; NHS pay awards.", low=-0.5, high=1
)
non_pay_growth = Input(
    "Growth of non-pay prices", "factor", ("year",), "On the year before.", low=-0.5, high=1
)
construction_growth = Input(
    "Growth of construction prices", "factor", ("year",),
    "On the year before; tender prices.",
    low=-0.5, high=1,
)
income_uplift = Input(
    "Cost uplift in NHS prices", "factor", ("year",),
    "The gross cost uplift factor of the NHS Payment Scheme.",
    low=-0.5, high=1,
)
income_efficiency = Input(
    "Efficiency taken off NHS prices", "share", ("year",), "The efficiency factor of the NHS Payment Scheme.",
    high_open=True,
)
gdp_index = Line(
    "GDP deflator, base year 1", "index", ("year",),
    basis="Removes general inflation: base-year pounds to cash and back.",
    opening=1,
)
gdp_index.define(where(above(years_from_base, 0), previous(gdp_index) * (1 + gdp_growth), 1))
pay_index = Line(
    "Pay index, base year 1", "index", ("year",), basis="Nominal: takes base-year pay to cash.", opening=1
)
pay_index.define(where(above(years_from_base, 0), previous(pay_index) * (1 + pay_growth), 1))
non_pay_index = Line(
    "Non-pay index, base year 1", "index", ("year",),
    basis="Nominal: takes base-year non-pay prices to cash.",
    opening=1,
)
non_pay_index.define(where(above(years_from_base, 0), previous(non_pay_index) * (1 + non_pay_growth), 1))
construction_index = Line(
    "Construction index, base year 1", "index", ("year",),
    basis="Nominal: takes base-year works to outturn.",
    opening=1,
)
construction_index.define(
    where(above(years_from_base, 0), previous(construction_index) * (1 + construction_growth), 1)
)
income_index = Line(
    "Income index, base year 1", "index", ("year",),
    basis="Cost uplift less efficiency: what NHS prices grow by.",
    opening=1,
)
income_index.define(
    where(
        above(years_from_base, 0), previous(income_index) * (1 + income_uplift) * (1 - income_efficiency), 1
    )
)
real_pay_index = Line(
    "Real pay index", "index", ("year",),
    pay_index / gdp_index,
    "Growth of pay above general inflation stays in the economic case.",
)
real_non_pay_index = Line(
    "Real non-pay index", "index", ("year",),
    non_pay_index / gdp_index,
    "Growth of non-pay prices above general inflation stays in the economic case.",
)
real_construction_index = Line(
    "Real construction index", "index", ("year",),
    construction_index / gdp_index,
    "Growth of works prices above general inflation stays in the economic case.",
)
