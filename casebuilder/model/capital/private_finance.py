"""Private finance: what a partner's building costs by the year, and what accounts and budgets make of it.

The trust pays a unitary charge, for the building and for services. On its balance sheet the building stands
with what is owed for it; national accounts, and so budgets, may see it otherwise.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    deflate,
    difference,
    inflate,
    lagged,
    largest,
    lease_rate,
    maximum,
    power,
    previous,
    quantity,
    round_up,
    stated,
    total,
    where,
)
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.capital import capital, equipment, equipment_leases
from casebuilder.model.setting import estate, private_contracts, timeline

a_year = quantity(1, "year")
taken = private_contracts.builds * estate.included
# The lines of the cost form that are a building, with what is foreseen for it
building = (
    capital.sub_total + capital.fees + capital.non_works + capital.contingency + capital.optimism_bias
)

# What the partner builds, and when
years_of_term = Line(
    "Years of the contract", "number", ("private_contract",),
    round_up(private_contracts.term / a_year - 0.5),
    "The term to the nearest whole year.",
)
begins = Line(
    "Contract begins", "flag / year", ("private_contract", "year"),
    total(taken * equipment.opened, over="site"),
    "In the year in which its site opens.",
)
age = Line(
    "Year of the contract", "number", ("private_contract", "year"),
    basis="1 in the year it begins; 0 before.",
    opening=0,
)
age.define(where(above(begins * a_year, 0), 1, previous(age) + above(previous(age), 0)))
in_term = Line(
    "Contract runs", "flag", ("private_contract", "year"),
    above(age, 0) * above(years_of_term + 1, age),
    "A whole year from the year of opening, as for leases.",
)
start_index = Line(
    "Price index when it begins", "index", ("private_contract",),
    total(begins * timeline.gdp_index, over="year"),
    "General prices; 0 where the option does not take the site.",
)
building_real = Line(
    "Building that the partner pays for", "GBP_real", ("private_contract",),
    total(taken * building, over="site"),
    "By the cost form: works, fees, non-works, contingency and optimism bias, before VAT.",
)
fair_value = Line(
    "Fair value of the building", "GBP_nominal", ("private_contract",),
    total(taken * inflate(building, capital.works_price_ratio), over="site")
    * (1 + private_contracts.rolled_up),
    "At construction prices over the site's phasing, with the finance cost until it opens; the partner "
    "recovers the VAT on building.",
)

# The charge: what repays the building, paid at the start of each year of the term, and services
fixed_annuity = Line(
    "Present value of £1 a year, fixed in cash", "factor", ("private_contract",),
    (1 - power(1 + private_contracts.partner_rate, -years_of_term))
    / private_contracts.partner_rate
    * (1 + private_contracts.partner_rate),
    "At the start of each year of the term, at the partner's cost of capital.",
)
real_rate = Line(
    "Partner's cost of capital above the inflation it expects", "share", ("private_contract",),
    (1 + private_contracts.partner_rate) / (1 + private_contracts.expected_inflation) - 1,
    "At which a charge that rises with prices repays the building.",
)
is_real = above(real_rate, 0) + above(0, real_rate)
indexed_annuity = Line(
    "Present value of £1 a year that rises with prices", "factor", ("private_contract",),
    where(
        is_real,
        (1 - power(1 + real_rate, -years_of_term)) / real_rate * (1 + real_rate),
        years_of_term,
    ),
    "At the start of each year of the term, as the partner expects prices to rise.",
)
shadow_tariff = Line(
    "Shadow tariff for the building, first year", "GBP_nominal / year", ("private_contract",),
    fair_value
    / (
        (1 - private_contracts.indexed_share) * fixed_annuity
        + private_contracts.indexed_share * indexed_annuity
    )
    * quantity(1, "1 / year"),
    "What repays the fair value at the partner's cost of capital, the one part fixed, the other rising.",
)
services_full = Line(
    "Services of a whole year", "GBP_real / year", ("private_contract",),
    where(
        above(private_contracts.quoted_charge, 0) * above(start_index, 0),
        private_contracts.quoted_charge - deflate(shadow_tariff, start_index),
        total(taken * estate.gross_internal_area, over="site") * private_contracts.service_rate,
    ),
    "By floor area; of a charge that is quoted, all that does not repay the building. Base-year prices.",
)
prices_since = where(above(start_index, 0), timeline.gdp_index / start_index, 1)
payment = Line(
    "Charge for the building", "GBP_nominal / year", ("private_contract", "year"),
    in_term
    * shadow_tariff
    * (
        1 - private_contracts.indexed_share
        + private_contracts.indexed_share * prices_since
    ),
    "Fixed in cash but for the share that rises with prices; before VAT.",
)
services = Line(
    "Services in the unitary charge", "GBP_nominal / year", ("private_contract", "year"),
    inflate(in_term * services_full, timeline.gdp_index),
    "Rise with general prices; before VAT.",
)
unitary_charge = Line(
    "Unitary charge", "GBP_nominal / year", ("private_contract", "year"),
    payment + services,
    "What the partner is paid, before VAT.",
)
charges_real = Line(
    "Unitary charges at base-year prices", "GBP_real / year", ("year",),
    total(deflate(unitary_charge, timeline.gdp_index), over="private_contract"),
    "Before VAT: what the economic case counts in place of capital and lifecycle.",
)

# The trust's accounts
fixed_left = Line(
    "Annuity of the years left, fixed in cash", "factor", ("private_contract", "year"),
    in_term
    * (1 - power(1 + private_contracts.partner_rate, age - years_of_term))
    / private_contracts.partner_rate
    * (1 + private_contracts.partner_rate),
    "Present value at year end of £1 at the start of each year left.",
)
indexed_left = Line(
    "Annuity of the years left, rising with prices", "factor", ("private_contract", "year"),
    in_term
    * where(
        is_real,
        (1 - power(1 + real_rate, age - years_of_term)) / real_rate * (1 + real_rate),
        years_of_term - age,
    ),
    "The same at the rate above inflation, for charges at the prices of the year.",
)
liability = Line(
    "Owed under private finance", "GBP_nominal", ("private_contract", "year"),
    private_contracts.on_balance_sheet
    * shadow_tariff
    * a_year
    * (
        (1 - private_contracts.indexed_share) * fixed_left
        + private_contracts.indexed_share * prices_since * indexed_left
    ),
    "Charges for the building still to pay, at the prices of the year (measured as under IFRS 16): the fixed "
    "part at the partner's cost of capital, the part that rises with prices at its rate above inflation.",
)
implicit_rate = Line(
    "Rate implicit in the contract", "share", ("private_contract",),
    lease_rate(years_of_term, shadow_tariff * a_year, fair_value, 0 * fair_value, 1),
    "At which charges for the building, at the prices of the first year, are worth its fair value; reported.",
)
addition = Line(
    "Building recognised under private finance", "GBP_nominal / year", ("private_contract", "year"),
    private_contracts.on_balance_sheet * fair_value * begins,
    "Its fair value, in the year the contract begins.",
)
remeasured = Line(
    "Owed more for the rise of prices", "GBP_nominal / year", ("private_contract", "year"),
    private_contracts.on_balance_sheet
    * (payment - lagged(payment, 1))
    * lagged(in_term, 1)
    * lagged(indexed_left, 1)
    * in_term,
    "What the year's prices add to charges still to pay; a finance cost, since the building is not a right "
    "of use.",
)
on_sheet_payment = Line(
    "Charges for buildings on the balance sheet", "GBP_nominal / year", ("private_contract", "year"),
    private_contracts.on_balance_sheet * payment,
    "Interest and repayment.",
)
interest = Line(
    "Finance cost of private finance", "GBP_nominal / year", ("private_contract", "year"),
    difference(
        liability * quantity(1, "1 / year") + on_sheet_payment,
        lagged(liability, 1) * quantity(1, "1 / year") + addition,
    ),
    "What is owed rises by it, beside contracts begun and charges paid: interest, and what rises of prices "
    "add.",
)
years_of_life = round_up(private_contracts.asset_life / a_year - 0.5)
depreciation = Line(
    "Depreciation of buildings under private finance", "GBP_nominal / year", ("private_contract", "year"),
    private_contracts.on_balance_sheet
    * above(age, 0)
    * above(years_of_life + 1, age)
    * fair_value
    / (years_of_life * a_year),
    "Straight line over its life, from the year of opening.",
)
vat = Line(
    "VAT on unitary charges", "GBP_nominal / year", ("private_contract", "year"),
    unitary_charge * capital.vat_rate * (1 - private_contracts.vat_recovered),
    "What is not recovered; expensed.",
)
expensed = Line(
    "Unitary charges that are expensed", "GBP_nominal / year", ("private_contract", "year"),
    services + vat + difference(payment, on_sheet_payment),
    "Services and the VAT that stays; off the balance sheet the charge for the building too.",
)
# Of a site; read within lines elsewhere. The first with the charges of financed equipment.
charges_of_site = (
    equipment_leases.rental
    + equipment_leases.expensed
    + total(private_contracts.builds * (on_sheet_payment + expensed), over="private_contract")
)
fair_value_of_site = total(private_contracts.builds * fair_value, over="private_contract")
expensed_of_site = total(private_contracts.builds * expensed, over="private_contract")
in_term_of_site = total(private_contracts.builds * in_term, over="private_contract")
never_handed_over = total(
    private_contracts.builds * above(years_of_term + 1, largest(age, over="year")), over="private_contract"
)
# The same by year of the statements
paid_stated = total(private_contracts.builds * stated(on_sheet_payment), over="private_contract")
expensed_stated = total(private_contracts.builds * stated(expensed), over="private_contract")
addition_stated = total(private_contracts.builds * stated(addition), over="private_contract")
liability_stated = total(private_contracts.builds * stated(liability), over="private_contract")
interest_stated = total(private_contracts.builds * stated(interest), over="private_contract")
depreciation_stated = total(private_contracts.builds * stated(depreciation), over="private_contract")

# Budgets
in_limit = Line(
    "Private finance that scores to CDEL", "GBP_nominal / year", ("private_contract", "year"),
    private_contracts.in_national_accounts * fair_value * begins,
    "The fair value in the first year, where the national accounts count the building as public.",
)
more_in_revenue = Line(
    "Charges that score to RDEL beyond the accounts", "GBP_nominal / year", ("private_contract", "year"),
    (1 - private_contracts.in_national_accounts) * difference(on_sheet_payment, interest),
    "Where the national accounts do not count the building as public, the whole charge is revenue in "
    "budgets, and not the finance cost alone.",
)
depreciation_off_budgets = total(
    (1 - private_contracts.in_national_accounts) * depreciation, over="private_contract"
)

# Against public capital
charges_present = Line(
    "Unitary charges, present value", "GBP_real", ("private_contract",),
    total(deflate(unitary_charge, timeline.gdp_index) * timeline.discount_factor, over="year"),
    "At HM Treasury's rate, before VAT.",
)
public_present = Line(
    "The same with public capital, present value", "GBP_real", ("private_contract",),
    total(
        taken
        * capital.phasing
        * building
        * timeline.real_construction_index
        * timeline.discount_factor,
        over=("site", "year"),
    )
    + total(taken * estate.gross_internal_area, over="site")
    * capital.building_lifecycle_rate
    * a_year
    * total(
        (in_term * quantity(1, "1 / year") - begins)
        * timeline.real_construction_index
        * timeline.discount_factor,
        over="year",
    ),
    "The building as it would be paid for, and its lifecycle from the second year of the term; before VAT.",
)
dearer = Line(
    "Private finance costs more than public capital", "GBP_real", ("private_contract",),
    difference(charges_present, public_present),
    "Present value; before what the partner bears of risk, and before what is owed beyond the appraisal.",
)

not_repaid = Line(
    "What quoted charges leave unpaid of buildings", "GBP_real", (),
    total(maximum(-services_full * years_of_term * a_year, 0), over="private_contract"),
    "Over the term, at the partner's cost of capital.",
)

one_site = Check(
    "A private finance contract builds one site",
    not_one(total(private_contracts.builds, over="site")),
    ("private_contract",),
    "The charge begins when its site opens.",
)
one_contract = Check(
    "A site is built under one contract at most",
    above(total(private_contracts.builds, over="private_contract"), 1),
    ("site",),
    "Else its building would be taken out of capital twice.",
)
repays = Check(
    "A quoted unitary charge repays the building",
    above(0, services_full),
    ("private_contract",),
    "At the partner's cost of capital, with something left for services.",
    level="warn",
)
