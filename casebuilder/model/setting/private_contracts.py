"""Private contracts: buildings that a private partner finances, builds and keeps for a yearly charge."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import total
from casebuilder.algebra.terms import Input

DIMENSIONS = (
    Dimension("private_contract", "Private finance contract", rank=206, may_have_none=True),
)

builds = Input(
    "Contract builds the site", "flag", ("site", "private_contract"),
    "1 for the one site whose building the partner pays for; its works, fees, non-works, contingency and "
    "optimism bias are then no capital of the scheme. Equipment and the works that it needs stay.",
    high=1, whole=True,
)
term = Input(
    "Term of the contract", "years", ("private_contract",),
    "From the opening of the site; at its end the building is handed over.",
    low=5, high=60,
)
quoted_charge = Input(
    "Unitary charge that a partner quotes", "GBP_real / year", ("private_contract",),
    "For a whole year, without VAT; 0 where nobody has quoted, and the shadow tariff stands for it.",
)
service_rate = Input(
    "Services in the charge", "GBP_real / m2 / year", ("private_contract",),
    "What the partner does beside the building, its lifecycle replacement among it, which the scheme then "
    "does not pay during the term.",
    high=1_000,
)
indexed_share = Input(
    "Share of the charge for the building that rises with prices", "share", ("private_contract",),
    "By general prices each year; the rest is fixed in cash. Services rise in full.",
)
partner_rate = Input(
    "Partner's cost of capital", "share", ("private_contract",),
    "Of debt and equity together, in cash, before tax: what the shadow tariff repays the building at.",
    low=0.001, high=0.3,
)
expected_inflation = Input(
    "Inflation that the partner expects", "share", ("private_contract",),
    "Over the term: where the charge rises with prices it begins lower.",
    low=-0.02, high=0.2,
)
rolled_up = Input(
    "Finance cost until the opening, share of the building", "share", ("private_contract",),
    "Interest while it is built, arrangement fees and bid cost, which the partner adds to what it repays.",
    high=1,
)
asset_life = Input(
    "Life of the building for depreciation", "years", ("private_contract",),
    "From opening; the valuer decides. It may outlast the contract, for it is handed over.",
    low=10, high=100,
)
on_balance_sheet = Input(
    "On the trust's balance sheet", "flag", ("private_contract",),
    "1 where the trust controls the use of the building and what is left of it (IFRIC 12).",
    high=1, whole=True,
)
in_national_accounts = Input(
    "Public in the national accounts", "flag", ("private_contract",),
    "1 where the statisticians count it as public (ESA 2010): its value scores to CDEL in the first year. "
    "0: the whole charge is revenue and nothing is capital in budgets, whatever the trust's accounts say.",
    high=1, whole=True,
)
vat_recovered = Input(
    "VAT recovered on the unitary charge", "share", ("private_contract",),
    "Under the contracted-out services rules: 1 for a full operation of a health facility.",
)

# What stays of a site's building for public capital
public_part = 1 - total(builds, over="private_contract")
