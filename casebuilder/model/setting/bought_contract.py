"""Contracts for bought tests: when each begins and ends, and what buying anew does to the price."""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    maximum,
    minimum,
    per_year,
    power,
    previous,
    quantity,
    round_up,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import programme, timeline

contract_years = Input(
    "Length of a contract", "years", (),
    "From the month in which bought tests start.",
    low=1, high=250,
)
bought_again = Input(
    "Tests are bought again when the contract ends", "flag", (),
    "1 where another contract follows, of the same length; 0 where bought tests end with the first.",
    high=1, whole=True,
)
left_after = Input(
    "Left early after", "years", (),
    "Years from the start after which bought tests are given up; 0 where they are not.",
    high=250,
)
price_change = Input(
    "Change of the price when tests are bought again", "factor", (),
    "Each contract against the one before it, beyond the index.",
    low=-0.5, high=1,
)
volume_guarantee = Input(
    "Volume guaranteed", "share", (),
    "Of the volume contracted, what is paid for whether tests are done or not.",
)
termination_share = Input(
    "Paid on leaving early", "share", (),
    "Of the guaranteed volume that the contract still had to run.",
)
tender_cost = Input(
    "Cost of a tender for tests", "GBP_real", (),
    "Staff, advisers and the joining of systems, for every contract, in the year in which it begins.",
)
exit_cost = Input(
    "Cost of exit", "GBP_real", (),
    "Handing patients, images and staff back, in the year in which bought tests end.",
)

MONTHS_A_YEAR = quantity(12, "months / year")
# Past every month that a case can have.
NO_END = quantity(100_000, "months")

before_start = Line(
    "Months before bought tests start", "months", (),
    programme.relief_start_month - quantity(1, "month"),
    "Counted from the first month.",
)
contract_months = Line(
    "Length of a contract in months", "months", (),
    round_up(contract_years * MONTHS_A_YEAR),
    "Twelve a year, in whole months.",
)
left_months = Line(
    "Left early after, in months", "months", (),
    round_up(left_after * MONTHS_A_YEAR),
    "Whole months; 0 where bought tests are not left.",
)
end_month = Line(
    "Last month of bought tests", "months", (),
    before_start
    + minimum(
        where(above(bought_again, 0), NO_END, contract_months),
        where(above(left_months, quantity(0, "months")), left_months, NO_END),
    ),
    "With the first contract, or when it is left; far off where tests are bought again.",
)
in_force = Line(
    "A contract is in force", "flag", ("month",),
    above(end_month + quantity(1, "month"), timeline.month_number),
    "1 to the last month of bought tests; what is bought before the start is nothing.",
)
month_at_end = Line(
    "Number of the last month of the year", "months", ("year",),
    basis="After the months twelve more each year.",
    opening=0,
)
month_at_end.define(
    where(
        above(timeline.after_horizon, 0),
        previous(month_at_end) + MONTHS_A_YEAR * quantity(1, "year"),
        per_year(timeline.month_number, "last"),
    )
)
run = Line(
    "Months of bought tests so far", "months", ("year",),
    maximum(minimum(month_at_end, end_month) - before_start, 0),
    "At the end of the year, from their start to their end.",
    opening=0,
)
in_force_year = Line(
    "Share of the year that a contract is in force", "share", ("year",),
    (run - previous(run)) / (MONTHS_A_YEAR * quantity(1, "year")),
    "Of twelve months.",
)
begun = Line(
    "Contracts begun so far", "number", ("year",),
    where(
        above(run, quantity(0, "months")),
        where(above(bought_again, 0), round_up(run / contract_months), 1),
        0,
    ),
    "One, and another each time that one has run its length.",
    opening=0,
)
number_at_start = Line(
    "Number of the contract at the start of the year", "number", ("year",),
    maximum(previous(begun), 1),
    "The first in the year in which it begins.",
)
old_share = Line(
    "Share of the year's bought months under that contract", "share", ("year",),
    where(
        above(run, previous(run)),
        minimum(
            (number_at_start * contract_months - previous(run))
            / maximum(run - previous(run), quantity(0.000001, "months")),
            1,
        ),
        1,
    ),
    "The rest falls under the contract that follows it.",
)
price_factor = Line(
    "Price of bought tests against the first contract", "factor", ("year",),
    power(1 + price_change, number_at_start - 1) * (1 + price_change * (1 - old_share)),
    "Changed once by each contract that follows another.",
)
ended = Line(
    "Bought tests have ended", "flag", ("year",),
    above(month_at_end + quantity(1, "month"), end_month),
    "1 from the year of their last month.",
    opening=0,
)
ends = Line(
    "Bought tests end in the year", "flag / year", ("year",),
    (ended - previous(ended)) * quantity(1, "1 / year"),
    "1 in the year of their last month.",
)
begins = Line(
    "Contracts that begin in the year", "number / year", ("year",),
    (begun - previous(begun)) * quantity(1, "1 / year"),
    "One at most.",
)
months_left = Line(
    "Months that the contract left early had to run", "months", (),
    where(
        above(left_months, quantity(0, "months")),
        maximum(
            where(above(bought_again, 0), round_up(left_months / contract_months), 1) * contract_months
            - left_months,
            0,
        ),
        0,
    ),
    "Nothing where none is left early.",
)
