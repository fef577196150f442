"""Pay: scales by band, the bands of each role, and what a post costs with insurance, pension and levy.

A role is a mix of bands, each at a place between the lowest and the highest point of its scale.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import maximum, total
from casebuilder.algebra.terms import Input, Line

DIMENSIONS = (
    Dimension("staff", "Staff role", rank=60),
    Dimension("pay_band", "Pay band", rank=70),
)

scale_lowest = Input(
    "Lowest point of the scale", "GBP_real / wte / year", ("pay_band",),
    "Basic pay on entry to the band.",
)
scale_highest = Input(
    "Highest point of the scale", "GBP_real / wte / year", ("pay_band",),
    "Basic pay at the top of the band.",
)
place_on_scale = Input(
    "Place on the scale", "share", ("staff",),
    "0 for the lowest point, 1 for the highest; a half is the middle.",
)
band_mix = Input(
    "Posts of the role by band", "share", ("staff", "pay_band"),
    "Share of the role's posts in each band; sums to one.",
)
unsocial_hours = Input(
    "Unsocial-hours enhancement", "share", ("staff",),
    "Average enhancement on basic pay for the roster of a centre.",
)
national_insurance_rate = Input(
    "Employer National Insurance rate", "share", (),
    "On pay above the threshold.",
)
national_insurance_threshold = Input(
    "Employer National Insurance threshold", "GBP_real / wte / year", (),
    "Pay on which the employer pays nothing.",
)
pension_financial = Input(
    "Employer pension, paid by the trust", "share", (),
    "Share of pay; the rest of the full rate is paid centrally.",
)
pension_economic = Input(
    "Employer pension, full rate", "share", (),
    "Share of pay; what the post costs the public purse.",
)
levy_rate = Input("Apprenticeship levy", "share", (), "Share of pay.")
agency_premium = Input(
    "Agency premium", "share", ("staff",),
    "Cost of an agency hour above the full cost of an own hour.",
    high=2,
)

scale_length = Line(
    "Length of the scale", "GBP_real / wte / year", ("pay_band",),
    scale_highest - scale_lowest,
    "From the lowest to the highest point.",
)
scale_middle = Line(
    "Middle of the scale", "GBP_real / wte / year", ("pay_band",),
    scale_lowest + scale_length / 2,
    "Half-way between the lowest and the highest point.",
)
bands_of_role = Line(
    "Posts of the role, all bands", "share", ("staff",),
    total(band_mix, over="pay_band"),
    "One.",
)
basic_pay = Line(
    "Basic pay", "GBP_real / wte / year", ("staff",),
    total(band_mix * scale_lowest, over="pay_band")
    + total(band_mix * scale_length, over="pay_band") * place_on_scale,
    "The scale of each band of the role, at the role's place on it, without enhancements.",
)
gross_pay = Line(
    "Pay with enhancements", "GBP_real / wte / year", ("staff",),
    basic_pay * (1 + unsocial_hours),
    "Basic pay and the average unsocial-hours enhancement.",
)
enhancements = Line(
    "Enhancements a post", "GBP_real / wte / year", ("staff",),
    basic_pay * unsocial_hours,
    "For evenings and weekends.",
)
national_insurance = Line(
    "Employer National Insurance", "GBP_real / wte / year", ("staff",),
    national_insurance_rate * maximum(gross_pay - national_insurance_threshold, 0),
    "On pay above the threshold.",
)
apprenticeship_levy = Line(
    "Apprenticeship levy a post", "GBP_real / wte / year", ("staff",),
    gross_pay * levy_rate,
    "Share of pay.",
)
pension_paid = Line(
    "Employer pension that the trust pays", "GBP_real / wte / year", ("staff",),
    gross_pay * pension_financial,
    "Share of pay.",
)
pension_central = Line(
    "Employer pension that is paid centrally", "GBP_real / wte / year", ("staff",),
    gross_pay * (pension_economic - pension_financial),
    "The rest of the full rate: a cost to the public purse, not to the trust.",
)
employer_cost_financial = Line(
    "Cost of a post to the trust", "GBP_real / wte / year", ("staff",),
    gross_pay * (1 + pension_financial) + national_insurance + apprenticeship_levy,
    "With the pension contribution that the trust pays itself.",
)
employer_cost_economic = Line(
    "Full cost of a post", "GBP_real / wte / year", ("staff",),
    gross_pay * (1 + pension_economic) + national_insurance + apprenticeship_levy,
    "With the full employer pension contribution, of which a part is paid centrally.",
)
pension_less_levy = Line(
    "Pension paid centrally less levy, a post", "GBP_real / wte / year", ("staff",),
    employer_cost_economic - employer_cost_financial - apprenticeship_levy,
    "What the full cost of a post adds to, and the levy takes from, the trust's cost.",
)
# What a post costs the public purse: full pension, without the levy, which is a transfer.
cost_less_levy = employer_cost_financial + pension_less_levy
agency_cost = Line(
    "Cost of an agency post", "GBP_real / wte / year", ("staff",),
    employer_cost_financial * (1 + agency_premium),
    "The cost of an own post with the premium.",
)
