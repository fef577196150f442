"""Benefits: quantity, unit value, attribution and optimism, by benefit and year.

Cash-releasing, non-cash-releasing, societal and health benefits are kept apart. Cash is released
only from the year in which a resource is withdrawn or a contract ends.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    choose,
    inflate,
    maximum,
    quantity,
    total,
)
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.patients import access, activity, freed
from casebuilder.model.patients import health as health_chain
from casebuilder.model.running import revenue
from casebuilder.model.setting import digital, pay, timeline
from casebuilder.model.value import disposals, lump

per_option_test = Input(
    "Quantity for each test the option delivers", "number / test", ("benefit",),
    "Quantity of a benefit that comes with every test of the option.",
)
per_additional_test = Input(
    "Quantity for each additional test", "number / test", ("benefit",),
    "Quantity of a benefit that comes only with tests the network would not have done.",
)
per_displaced_test = Input(
    "Quantity for each displaced test", "number / test", ("benefit",),
    "Quantity of a benefit that comes with slots freed at hospitals.",
)
counts = Input(
    "Test brings the benefit", "flag", ("benefit", "test"),
    "1 where tests of this kind bring the benefit: a blood test avoids no scan.",
    high=1, whole=True,
)
unit_value = Input(
    "Value of one", "GBP_real", ("benefit",),
    "Pounds for one unit of the quantity; 0 for health, which is valued below.",
)
qaly_value = Input(
    "Value of a QALY", "GBP_real / qaly", ("edition",),
    "Society's willingness to pay, as each edition of the Green Book gives it.",
)
treatment_cost = Input(
    "Treatment for each QALY", "GBP_real", (),
    "What the NHS spends downstream to gain one QALY from an earlier finding.",
)
value_of_time = Input(
    "Value of an hour of a patient's own time", "GBP_real / hour", (),
    "Time that is not paid work.",
)
attribution = Input(
    "Attribution", "share", ("benefit",),
    "The share of the change that is due to this scheme and claimed nowhere else.",
)
optimism = Input(
    "Benefit optimism bias", "share", ("benefit",),
    "Taken off in the economic case.",
)
ramp = Input(
    "Realisation", "share", ("benefit", "year"),
    "How much of a benefit is realised in the year; tests have their own ramp-up.",
)
is_cash_releasing = Input(
    "Benefit is cash releasing", "flag", ("benefit",),
    "1 where a contract ends or a cost stops.",
    high=1, whole=True,
)
is_societal = Input(
    "Benefit is societal", "flag", ("benefit",),
    "1 where patients and the public gain, not the NHS budget.",
    high=1, whole=True,
)
is_health = Input(
    "Benefit is health", "flag", ("benefit",),
    "1 where the quantity counts QALYs, discounted at the health rate.",
    high=1, whole=True,
)
release_year = Input(
    "Year in which the resource goes", "number", ("benefit",),
    "Number of the financial year in which the contract ends or the resource is withdrawn, the base year "
    "being 1; 0 where none is, so that no cash is released.",
    high=100, whole=True,
)
owner = Input(
    "Answers for the benefit", "flag", ("benefit", "body"),
    "1 for the body that has agreed to realise it; one for each benefit.",
    high=1, whole=True,
)
evidence = Input(
    "Evidence: 1 judgement, 2 elsewhere, 3 such centres, 4 here", "number", ("benefit",),
    "Judgement; a figure from another setting; observed at centres of this kind; measured here.",
    low=1, high=4, whole=True,
)
withdrawal_owner = Input(
    "Answers for posts withdrawn", "flag", ("body",),
    "1 for the body that has agreed to give up hospital posts, as `freed.withdrawn_wte` says.",
    high=1, whole=True,
)
freed_time_optimism = Input(
    "Optimism bias on freed hospital time", "share", (),
    "Taken off the pay at which time is valued that is neither withdrawn nor put to other lists.",
)
claims_test = Input(
    "Benefit is a test that nobody else need pay for", "flag", ("benefit",),
    "1 where a unit is a test; a test can be avoided once, by one benefit.",
    high=1, whole=True,
)

tests_delivered = Line(
    "Tests delivered", "tests / year", ("year",),
    total(revenue.option_tests, over="test"),
    "At centres, bought, and in extended hours.",
)
value_of_a_qaly = Line(
    "Value of a QALY, of the edition", "GBP_real / qaly", (),
    choose(timeline.edition, {
        "gb2018": at(qaly_value, edition="gb2018"),
        "gb2022": at(qaly_value, edition="gb2022"),
        "gb2026": at(qaly_value, edition="gb2026"),
        "review2026": at(qaly_value, edition="review2026"),
    }),
    "Of the edition chosen.",
)
value_of_one = Line(
    "Value of one unit", "GBP_real", ("benefit",),
    unit_value + is_health * value_of_a_qaly * quantity(1, "qaly"),
    "The unit value, or the value of a QALY for health.",
)
replaced_tests_year = Line(
    "Hospital tests that the scheme replaces", "tests / year", ("test", "year"),
    maximum(activity.displaced_tests_year - freed.capacity_left_year, 0)
    * (
        1
        - activity.extended_hours_tests_year
        / maximum(activity.scheme_tests_year, quantity(0.000001, "tests / year"))
    ),
    "Displaced tests, without those that hospitals do not do because staff or rooms left them; of those away "
    "from hospital: longer hours are at the same hospitals.",
)
delivered_counted = Line(
    "Tests delivered that count", "tests / year", ("benefit", "year"),
    total(revenue.option_tests * counts, over="test"),
    "Tests of the option that bring the benefit.",
)
additional_counted = Line(
    "Additional tests that count", "tests / year", ("benefit", "year"),
    total(activity.additional_tests_year * counts, over="test"),
    "Additional tests that bring the benefit.",
)
displaced_counted = Line(
    "Displaced tests that count", "tests / year", ("benefit", "year"),
    total(replaced_tests_year * counts, over="test"),
    "Displaced tests that bring the benefit, without those lost with staff who left.",
)
quantity_year = Line(
    "Quantity", "number / year", ("benefit", "year"),
    (per_option_test * delivered_counted + per_additional_test * additional_counted
     + per_displaced_test * displaced_counted + lump.quantity)
    * ramp * attribution,
    "From the tests of the year that bring it, or stated for the year, as far as realised and attributed.",
)
value_before_bias = Line(
    "Benefit before optimism bias", "GBP_real / year", ("benefit", "year"),
    quantity_year * value_of_one + lump.pounds * ramp * attribution + disposals.by_benefit * attribution,
    "Quantity at its unit value, sums stated for the year, and what disposals save.",
)
value = Line(
    "Benefit", "GBP_real / year", ("benefit", "year"),
    value_before_bias * (1 - optimism),
    "Less optimism bias; this is what the economic case counts.",
)
releases = Line(
    "Benefit releases cash", "flag", ("benefit", "year"),
    is_cash_releasing * above(release_year, 0) * above(YEAR_NUMBER, release_year - 1),
    "From the year in which a contract ends or a resource goes; before, it frees what stays in use.",
)
withdrawn_pay = Line(
    "Pay of hospital posts withdrawn", "GBP_real / year", ("year",),
    total(freed.withdrawn * pay.cost_less_levy, over="staff")
    * timeline.real_pay_index,
    "At full cost without the levy, from the year in which the posts go.",
)
freed_time = Line(
    "Freed hospital time left, at pay", "GBP_real / year", ("year",),
    total(freed.left_wte * pay.cost_less_levy, over="staff")
    * timeline.real_pay_index * (1 - freed_time_optimism),
    "Staff stay and do other work; less optimism bias.",
)
cash_releasing_real = Line(
    "Cash-releasing benefits", "GBP_real / year", ("year",),
    total(value * releases, over="benefit") + withdrawn_pay,
    "Contracts ended, costs stopped and posts withdrawn.",
)
journeys = Line(
    "Journeys", "GBP_real / year", ("year",),
    (access.hours_saved * value_of_time + access.travel_cost_saved)
    * total(replaced_tests_year, over="test")
    / maximum(total(activity.scheme_tests_year, over="test"), quantity(0.000001, "tests / year")),
    "Hours on the road and the cost of driving, saved; below nothing where centres are farther. Of hospital "
    "tests that are replaced: others have no journey to a hospital to set theirs beside.",
)
societal = Line(
    "Societal benefits", "GBP_real / year", ("year",),
    total(value * is_societal * (1 - is_health), over="benefit") + journeys,
    "Patients' and carers' time on site, parking and journeys; of displaced tests.",
)
health = Line(
    "Health benefits", "GBP_real / year", ("year",),
    total(value * is_health, over="benefit") + health_chain.qalys * value_of_a_qaly,
    "QALYs from waiting less, and of benefits counted in QALYs.",
)
treatment = Line(
    "Treatment and follow-up downstream", "GBP_real / year", ("year",),
    health_chain.treatment
    + total(quantity_year * (1 - optimism) * is_health, over="benefit") * treatment_cost,
    "Findings bring health only where they are treated; the cost is counted with the benefit.",
)
network_tests = Line(
    "Tests of the network", "tests / year", ("year",),
    total(activity.network_tests_year, over="test"),
    "In hospital, at centres and bought.",
)
staff_time = Line(
    "Staff time that digital systems save", "GBP_real / year", ("year",),
    total(digital.reached_year * digital.minutes_saved, over="digital")
    * network_tests
    / quantity(60, "minutes / hour")
    * digital.value_of_staff_time,
    "Of every test of the network; staff stay and do other work.",
)
non_cash_releasing = Line(
    "Non-cash-releasing benefits", "GBP_real / year", ("year",),
    total(value * (1 - releases) * (1 - is_societal) * (1 - is_health), over="benefit")
    + staff_time + freed_time,
    "Resources freed within the NHS that stay in use.",
)
cash_releasing = Line(
    "Cash released", "GBP_nominal / year", ("year",),
    inflate(total(value_before_bias * releases, over="benefit"), timeline.non_pay_index)
    + inflate(total(freed.withdrawn * pay.employer_cost_financial, over="staff"), timeline.pay_index),
    "In cash, before optimism bias, which is a downside in the financial case.",
)
judged = Line(
    "Benefits that rest on judgement", "GBP_real / year", ("year",),
    total(value * above(2, evidence), over="benefit"),
    "Of the benefits in the log: no figure from anywhere stands behind them.",
)
owners = Line("Bodies that answer for the benefit", "number", ("benefit",), total(owner, over="body"), "One.")
claimed = Line(
    "Tests avoided elsewhere, a test", "number / test", ("test",),
    total(
        (per_option_test + per_additional_test + per_displaced_test) * counts * attribution * claims_test,
        over="benefit",
    ),
    "By all benefits together, at most: every test taken as delivered, additional and displaced at once.",
)
health_by_benefit = Line(
    "QALYs counted by benefits", "number / year", ("year",),
    total(quantity_year * is_health, over="benefit"),
    "Beside the chain from waits to health.",
)
claimed_of_freed = Line(
    "Benefits of displaced tests", "number / year", ("year",),
    total(per_displaced_test * displaced_counted * attribution * ramp * (1 - is_societal), over="benefit"),
    "Counted by the benefits log on top of freed time; what patients save is their own time.",
)
withdrawal_owners = Line(
    "Bodies that answer for posts withdrawn", "number", (), total(withdrawal_owner, over="body"),
    "One, where any is withdrawn.",
)
freed_time_is_used_once = Check(
    "Freed hospital time is used once",
    above(claimed_of_freed, 0) * above(freed.freed_all, 0),
    ("year",),
    "Freed time is withdrawn, takes over relief or is valued at pay: a benefit of displaced tests counts it "
    "again.",
)
every_withdrawal_has_an_owner = Check(
    "Posts withdrawn have one owner",
    above(total(freed.withdrawn_wte, over="staff"), 0) * not_one(withdrawal_owners),
    ("year",),
    "Cash is released only where somebody has agreed to give up the post.",
)
every_benefit_has_an_owner = Check(
    "Every benefit has one owner",
    not_one(owners),
    ("benefit",),
    "A benefit that nobody answers for is not realised.",
)
no_test_is_avoided_twice = Check(
    "No test is avoided twice",
    above(claimed, quantity(1, "number / test")),
    ("test",),
    "Outsourcing and waiting-list initiatives avoided cannot both be the same test.",
)
health_is_counted_once = Check(
    "Health is counted once",
    above(health_by_benefit, 0) * above(health_chain.qalys, quantity(0, "qaly / year")),
    ("year",),
    "QALYs come from the chain of waits or from a benefit, not from both.",
)
