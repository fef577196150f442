"""Owners: who must act on each check where it is breached, and which stake goes with it."""

from __future__ import annotations

from casebuilder.model.accounts import governance, plans
from casebuilder.model.assurance import (
    award_checks,
    award_stakes,
    commitment_checks,
    delivery_checks,
    money_checks,
    offer_checks,
    operating_checks,
    procurement_checks,
    share_checks,
    stakes,
)
from casebuilder.model.capital import capital, cost_form, funding, funds, private_finance, replacements
from casebuilder.model.neighbourhood import criteria, estate_options, pipeline, served
from casebuilder.model.patients import freed
from casebuilder.model.pooling import commitment, pool_risks
from casebuilder.model.reports import (
    benchmark,
    cost_bridge,
    cost_by_line,
    cost_by_use,
    host_costs,
    reconcile,
    reference_class,
    spend,
    staff_cost,
)
from casebuilder.model.results import approval, checks
from casebuilder.model.running import contracts
from casebuilder.model.setting import bias, longlist, risks, works
from casebuilder.model.value import appraisal, benefits, disposal_checks, unmonetised, value

FINANCE = "Finance lead"
HOSTS = "Each host's director of finance"
PROGRAMME = "Programme lead"
ESTATES = "Estates lead"
WORKFORCE = "Workforce lead"
OPERATIONS = "Operations lead"
PROCUREMENT = "Procurement lead"
BENEFITS = "Benefits lead"
MODELLER = "Modeller"

appraisal.rows_add_up.answered_by(MODELLER, stakes.appraisal_gap)
cost_by_use.centres_can_break_even.answered_by(PROGRAMME)
contracts.no_test_without_contract.answered_by(OPERATIONS)
approval.programme_needs_more.answered_by(PROGRAMME)
benchmark.cost_is_plausible.answered_by(FINANCE, stakes.implausible_cost)
benchmark.tests_bear_the_whole.answered_by(MODELLER, stakes.unspread)
benefits.every_benefit_has_an_owner.answered_by(BENEFITS)
benefits.every_withdrawal_has_an_owner.answered_by(BENEFITS)
benefits.freed_time_is_used_once.answered_by(BENEFITS)
freed.no_more_is_withdrawn_than_freed.answered_by(BENEFITS)
benefits.health_is_counted_once.answered_by(BENEFITS)
benefits.no_test_is_avoided_twice.answered_by(BENEFITS)
bias.weights_sum.answered_by(ESTATES)
capital.mitigation_follows_what_is_known.answered_by(ESTATES)
checks.asset_balance.answered_by(MODELLER, stakes.negative_book)
checks.award_near_cost.answered_by(FINANCE, stakes.award_apart)
checks.award_spent_in_year.answered_by(FINANCE, stakes.award_lapsing)
checks.buying_compared.answered_by(PROGRAMME)
checks.capital_is_funded.answered_by(FINANCE, funding.capital_unfunded)
checks.capital_reconciles.answered_by(MODELLER, stakes.capital_gap)
checks.cash_is_released.answered_by(BENEFITS)
checks.catchment_sums_to_one.answered_by(MODELLER)
checks.centres_within_capacity.answered_by(MODELLER)
checks.done_within_capacity.answered_by(MODELLER)
checks.existing_kit_compared.answered_by(PROGRAMME)
checks.lists_conserve_patients.answered_by(MODELLER)
checks.national_revenue_ended.answered_by(FINANCE, checks.national_at_steady)
checks.options_share_baseline.answered_by(MODELLER, stakes.baseline_value)
checks.past_ramp_up.answered_by(MODELLER)
checks.phasing_keeps_cost.answered_by(MODELLER, stakes.outturn_gap)
checks.phasing_sums_to_one.answered_by(MODELLER)
checks.posts_filled_at_opening.answered_by(WORKFORCE)
checks.posts_not_overfilled.answered_by(MODELLER)
checks.sources_equal_uses.answered_by(MODELLER, stakes.site_sources_gap)
checks.steady_state_exists.answered_by(MODELLER)
checks.surplus_is_affordable.answered_by(FINANCE, stakes.worst_deficit)
checks.tests_reconcile.answered_by(MODELLER)
checks.yearly_sources_equal_uses.answered_by(MODELLER, stakes.sources_gap)
cost_by_line.lines_make_up_running_cost.answered_by(MODELLER, stakes.running_gap)
cost_form.areas_add_up.answered_by(ESTATES)
cost_form.items_add_up.answered_by(ESTATES, stakes.items_gap)
cost_form.one_basis.answered_by(FINANCE)
commitment_checks.letter_has_lapsed.answered_by(PROCUREMENT)
commitment_checks.ordered_before_signed.answered_by(PROCUREMENT)
commitment_checks.rests_on_unsigned.answered_by(PROCUREMENT, commitment.rests_on_unsigned)
commitment_checks.signed_by_nobody.answered_by(PROCUREMENT)
commitment_checks.stage_without_joining.answered_by(PROCUREMENT)
cost_form.recovery_has_a_heading.answered_by(FINANCE, cost_form.unadvised_total)
cost_form.recovery_is_advised.answered_by(FINANCE, cost_form.unadvised_total)
cost_form.vat_adds_up.answered_by(MODELLER, stakes.vat_gap)
criteria.minimum_met.answered_by(PROGRAMME)
criteria.score_within_marks.answered_by(PROGRAMME)
criteria.weights_sum.answered_by(PROGRAMME)
delivery_checks.slip_puts_no_money_at_risk.answered_by(PROGRAMME, stakes.lost_by_slip)
delivery_checks.standards_met_when_due.answered_by(OPERATIONS)
delivery_checks.walk_in_waits_are_short.answered_by(OPERATIONS)
disposal_checks.counted_once.answered_by(BENEFITS)
disposal_checks.dated_and_owned.answered_by(ESTATES)
disposal_checks.not_stated_twice.answered_by(BENEFITS)
disposal_checks.receipt_before_award.answered_by(FINANCE)
disposal_checks.receipt_is_capital.answered_by(FINANCE)
estate_options.chosen_is_what_is_built.answered_by(ESTATES)
estate_options.chosen_meets_constraints.answered_by(ESTATES)
estate_options.kinds_sum_to_one.answered_by(ESTATES)
estate_options.one_is_chosen.answered_by(ESTATES)
funds.conditions_are_met.answered_by(PROGRAMME, stakes.on_conditions)
funds.drawn_before_expiry.answered_by(FINANCE, stakes.past_expiry)
funds.funds_are_agreed.answered_by(FINANCE, stakes.not_agreed)
funds.limit_holds.answered_by(FINANCE, stakes.beyond_limit)
funds.nothing_reclaimed.answered_by(OPERATIONS, funds.clawback_total)
governance.nobody_gains_by_leaving.answered_by(PROGRAMME, stakes.gains_out)
governance.one_body_decides.answered_by(PROGRAMME)
governance.shares_sum.answered_by(PROGRAMME)
host_costs.lines_make_up_accounts.answered_by(MODELLER, stakes.hosts_lines_gap)
longlist.each_in_one_part.answered_by(PROGRAMME)
longlist.each_part_has_choices.answered_by(PROGRAMME)
longlist.failed_not_carried.answered_by(PROGRAMME)
longlist.weights_sum.answered_by(PROGRAMME)
money_checks.assets_have_owners.answered_by(MODELLER, stakes.books_gap)
money_checks.balance_sheet_balances.answered_by(MODELLER, stakes.balance_gap)
money_checks.every_site_has_a_host.answered_by(FINANCE)
money_checks.hosts_can_afford.answered_by(HOSTS, stakes.host_deficits)
money_checks.hosts_make_up_the_network.answered_by(MODELLER, stakes.hosts_gap)
money_checks.leases_roll_forward.answered_by(MODELLER, stakes.lease_gap)
money_checks.network_is_shared.answered_by(FINANCE)
money_checks.owners_envelope_named.answered_by(HOSTS, stakes.on_own_envelopes)
money_checks.recharges_cancel.answered_by(MODELLER, stakes.recharges_gap)
offer_checks.charges_add_up.answered_by(MODELLER, stakes.offers_gap)
offer_checks.ends_before_order.answered_by(PROCUREMENT)
offer_checks.parts_add_up.answered_by(MODELLER, stakes.side_payments_gap)
offer_checks.received_in_time.answered_by(PROCUREMENT, stakes.late_capital)
offer_checks.taken_costs_no_more.answered_by(PROCUREMENT, stakes.dearer_than_alone)
operating_checks.additional_is_plausible.answered_by(OPERATIONS)
operating_checks.capacity_meets_target.answered_by(OPERATIONS)
operating_checks.estimators_agree.answered_by(MODELLER)
operating_checks.minimum_is_reached.answered_by(OPERATIONS, funds.clawback_total)
operating_checks.nobody_waits_longer.answered_by(OPERATIONS)
operating_checks.reported_in_time.answered_by(OPERATIONS)
operating_checks.reports_are_conserved.answered_by(MODELLER)
operating_checks.rota_is_found.answered_by(MODELLER)
operating_checks.shared_rooms_are_whole.answered_by(ESTATES)
operating_checks.sites_have_a_part.answered_by(OPERATIONS)
operating_checks.staff_are_conserved.answered_by(MODELLER)
operating_checks.waterfall_adds_up.answered_by(MODELLER)
operating_checks.within_national_supply.answered_by(WORKFORCE)
pipeline.bid_fits.answered_by(FINANCE)
pipeline.drawn_once.answered_by(FINANCE)
pipeline.exceeded_before.answered_by(PROGRAMME)
plans.cash_holds.answered_by(HOSTS, stakes.all_cash_short)
plans.envelope_holds.answered_by(HOSTS, stakes.all_envelopes_short)
plans.plan_is_stated.answered_by(HOSTS)
plans.mitigation_is_agreed.answered_by(HOSTS, stakes.not_closed)
private_finance.one_contract.answered_by(ESTATES)
private_finance.one_site.answered_by(ESTATES)
private_finance.repays.answered_by(FINANCE, private_finance.not_repaid)
procurement_checks.delivered_within_appraisal.answered_by(PROCUREMENT)
procurement_checks.idle_member.answered_by(PROCUREMENT)
pool_risks.all_held.answered_by(PROCUREMENT)
procurement_checks.no_route_alone.answered_by(PROCUREMENT)
procurement_checks.one_supplier.answered_by(PROCUREMENT)
procurement_checks.own_tranches_add_up.answered_by(PROCUREMENT)
procurement_checks.parts_add_up.answered_by(MODELLER, stakes.parts_gap)
procurement_checks.refusal_is_explained.answered_by(PROCUREMENT)
procurement_checks.route_not_admissible.answered_by(PROCUREMENT)
procurement_checks.route_shares.answered_by(PROCUREMENT)
procurement_checks.tranches_add_up.answered_by(PROCUREMENT)
procurement_checks.trusts_add_up.answered_by(MODELLER, stakes.trusts_gap)
procurement_checks.years_add_up.answered_by(MODELLER, stakes.route_years_gap)
reconcile.cases_reconcile.answered_by(MODELLER, stakes.cash_gap)
reconcile.cash_and_expenditure_reconcile.answered_by(MODELLER, stakes.expenditure_gap)
reference_class.outside_class.answered_by(ESTATES)
replacements.estimate_is_spread.answered_by(MODELLER)
replacements.register_is_given.answered_by(HOSTS, replacements.cost_estimated)
risks.probabilities_sum.answered_by(PROGRAMME)
risks.profiles_sum.answered_by(PROGRAMME)
served.enough_are_served.answered_by(PROGRAMME)
share_checks.components_sum.answered_by(FINANCE)
share_checks.each_year_in_one_band.answered_by(FINANCE)
share_checks.lifecycle_sums.answered_by(FINANCE)
share_checks.long_waits_are_of_the_list.answered_by(OPERATIONS)
share_checks.reports_go_once.answered_by(OPERATIONS)
share_checks.season_is_even.answered_by(OPERATIONS)
share_checks.year_ends_paid.answered_by(FINANCE)
spend.months_add_up.answered_by(MODELLER, stakes.months_gap)
staff_cost.bands_sum_to_one.answered_by(WORKFORCE)
staff_cost.roles_make_up_pay.answered_by(MODELLER, stakes.pay_gap)
unmonetised.weights_sum.answered_by(BENEFITS)
value.contingency_counted_once.answered_by(FINANCE)
value.lower_rates_change_nothing.answered_by(FINANCE, stakes.turned_by_rates)
works.kinds_sum_to_one.answered_by(ESTATES)
award_checks.sources_by_site_and_year.answered_by(MODELLER, award_stakes.site_years)
award_checks.sources_beside_sites.answered_by(MODELLER, award_stakes.beside_sites)
award_checks.sources_equal_uses_in_all.answered_by(MODELLER, award_stakes.in_all)
award_checks.cost_form_is_the_programme.answered_by(MODELLER, award_stakes.programme)
award_checks.programme_is_added.answered_by(MODELLER, award_stakes.additions)
award_checks.funds_are_used_once.answered_by(MODELLER, award_stakes.funds_used)
award_checks.hosts_draw_the_national_capital.answered_by(MODELLER, award_stakes.national_drawn)
award_checks.hosts_draw_the_award.answered_by(MODELLER, award_stakes.award_drawn)
award_checks.hosts_bear_the_rest.answered_by(MODELLER, award_stakes.calls)
award_checks.owners_sources_equal_uses.answered_by(MODELLER, award_stakes.owners)
award_checks.hosts_hold_the_cash.answered_by(MODELLER, award_stakes.cash)
award_checks.hosts_pay_the_dividend.answered_by(MODELLER, award_stakes.dividend)
cost_bridge.bridge_ends_at_the_benchmark.answered_by(MODELLER, award_stakes.bridge)
