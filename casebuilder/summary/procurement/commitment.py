"""`procure`: firm volume beside hoped, the tiers and prices they reach, and what rests on no signature."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding

from casebuilder.analysis.sharing.commitments import FirmSaving
from casebuilder.summary.data import plain
from casebuilder.summary.figures import figure
from casebuilder.summary.option_figures import OptionFigures
from casebuilder.summary.sections import INDENT, heading, plain_table, say


def commitment_data(figures: OptionFigures, firm: FirmSaving, members: tuple[str, ...]) -> dict[str, Any]:
    """Firm against hoped, by class and tranche, and the stage of each member.

    Parameters
    ----------
    figures
        The lines of the option.
    firm
        What firm members save by themselves.
    members
        The trusts that join.
    """
    frame = figures.frame
    stages = figures.results.problem.inputs.values["commitment.stage"]
    return {
        "firm_members": list(firm.members),
        "saving_hoped": plain(figures("pool.saving")),
        "saving_firm": plain(firm.saving),
        "rests_on_unsigned": plain(firm.rests_on_unsigned),
        "saved_if_only_firm_buy": {member: plain(saved) for member, saved in firm.saved.items()},
        "units_firm": plain(figures("commitment.firm_units_all")),
        "units_hoped": plain(figures("commitment.hoped_units_all")),
        "classes": [
            {
                "equipment": equipment,
                "price_firm": plain(figures("commitment.price_at_firm", equipment)),
                "price_hoped": plain(figures("commitment.price_at_hoped", equipment)),
                "tranches": {
                    tranche: {
                        "units_firm": plain(figures("commitment.firm_units", equipment, tranche)),
                        "units_hoped": plain(figures("procurement.joined_units", equipment, tranche)),
                        "tier_firm": plain(figures("commitment.firm_tier", equipment, tranche)),
                        "tier_hoped": plain(figures("commitment.hoped_tier", equipment, tranche)),
                    }
                    for tranche in frame.ids("tranche")
                },
            }
            for equipment in frame.ids("equipment")
        ],
        "stages": {
            member: {
                equipment: stages.amount(figures.option, (member, equipment))
                for equipment in frame.ids("equipment")
                if figures("procurement.trust_units", member, equipment) > 0
            }
            for member in members
        },
    }


def print_commitment(console: Console, figures: OptionFigures, firm: FirmSaving) -> None:
    """Print what is firm beside what is hoped, and what the saving rests on."""
    heading(console, "Firm and hoped volume")
    units, hoped = figures("commitment.firm_units_all"), figures("commitment.hoped_units_all")
    say(
        console,
        "Firm is what a member has signed for. The tiers above are those of hoped volume, all trusts that "
        f"join. Firm: {figure(units, 'items')} of {figure(hoped, 'items')} units.",
        quiet=True,
    )
    frame = figures.frame
    shown = plain_table()
    shown.add_column("Class", overflow="fold", vertical="bottom")
    for name in ("Units\nfirm", "Units\nhoped", "Tier\nfirm", "Tier\nhoped", "Price\nfirm", "Price\nhoped"):
        shown.add_column(name, justify="right", vertical="bottom", no_wrap=True)
    orders = frame.ids("tranche")
    for equipment, label in figures.labels("equipment").items():
        if not figures("procurement.joined_units_all", equipment):
            continue
        by_order = [
            [figures(key, equipment, order) for order in orders]
            for key in (
                "commitment.firm_units",
                "procurement.joined_units",
                "commitment.firm_tier",
                "commitment.hoped_tier",
            )
        ]
        shown.add_row(
            label,
            *(" + ".join(f"{value:.12g}" for value in values) for values in by_order),
            figure(figures("commitment.price_at_firm", equipment), "GBP_real"),
            figure(figures("commitment.price_at_hoped", equipment), "GBP_real"),
        )
    console.print(Padding(shown, INDENT))
    if len(orders) > 1:
        say(console, "Units and tiers by order, the first first.", quiet=True)
    saving = figure(figures("pool.saving"), "GBP_real")
    if firm.rests_on_unsigned <= 1:
        if figures("pool.saving") > 1:
            say(console, f"The saving of {saving} rests on signed letters alone.")
        return
    said = f"{figure(firm.rests_on_unsigned, 'GBP_real')} of the saving of {saving} rests on unsigned volume"
    if not firm.members:
        say(console, f"{said}: nobody has signed.")
        return
    names = ", ".join(member.upper() for member in firm.members)
    say(
        console,
        f"{said}. If only those who have signed buy ({names}), they save {figure(firm.saving, 'GBP_real')}.",
    )
