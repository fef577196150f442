"""`procure --offers` and `--offer`: a line a member, and the page that one of them signs."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.analysis.sharing.offered import Offered
from casebuilder.analysis.sharing.offers import Kit, Offer
from casebuilder.analysis.sharing.rules import Rule
from casebuilder.summary.data import plain
from casebuilder.summary.figures import MINUS, figure
from casebuilder.summary.option_figures import OptionFigures
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_PENNY = 0.01
_APART = "Apart: each trust buys the class itself, which is cheaper."


def print_offers(console: Console, figures: OptionFigures, found: Offered) -> None:
    """Print the offers, a line each, and what they rest on; £ thousand."""
    first = found.offers[0]
    heading(console, f"Offers, £ thousand, whole life: {found.rule.name.lower()}")
    say(
        console,
        f"{found.rule.sentence} Each signs by the end of {first.expires}. The side payment takes what a "
        "trust pays for its own kit, with what goes back to the funder, to its charge; in red it is paid. "
        "Leaving before the order costs what the others lose; after it, also what a supplier asks.",
        quiet=True,
    )
    shown = plain_table()
    shown.add_column("Trust", vertical="bottom", overflow="fold")
    for name in ("Alone", "Charge", "Saves", "To\nfunder", "Side\npaid", "Leaves\nbefore", "Leaves\nafter"):
        shown.add_column(name, justify="right", vertical="bottom", no_wrap=True)
    for offer in found.offers:
        shown.add_row(
            f"{offer.name} ({offer.member.upper()})",
            _thousands(offer.alone),
            _thousands(offer.charge),
            _thousands(offer.saves),
            _thousands(offer.to_funder),
            _thousands(offer.side_payment),
            _thousands(offer.leaving_before),
            _thousands(offer.leaving_after),
        )
    together = [sum(getattr(o, name) for o in found.offers) for name in _SUMMED]
    shown.add_row(Text("All", style="bold"), *(_thousands(value) for value in together))
    console.print(Padding(shown, INDENT))
    print_rule_verdicts(console, found, found.rules())
    for sentence in (*found.decisions, *found.least):
        say(console, sentence)
    _print_tiers(console, figures, found)


_SUMMED = ("alone", "charge", "saves", "to_funder", "side_payment")


def print_rule_verdicts(console: Console, found: Offered, rules: tuple[Rule, ...]) -> None:
    """Print under each rule who would leave, in a sentence, by name."""
    notes = Table.grid(padding=(0, 2, 0, 0))
    notes.add_column(overflow="fold", max_width=26)
    notes.add_column(overflow="fold")
    for rule in rules:
        notes.add_row(rule.name, found.would_leave(rule))
    console.print(Padding(notes, (1, 0, 1, 2)))


def _print_tiers(console: Console, figures: OptionFigures, found: Offered) -> None:
    if not found.participation.tiers:
        return
    heading(console, "What each price rests on")
    shown = plain_table()
    for name in ("Class", "Order"):
        shown.add_column(name, vertical="bottom", overflow="fold")
    for name in ("Units", "Thresh-\nold", "Fewest\nmembers"):
        shown.add_column(name, justify="right", vertical="bottom", no_wrap=True)
    shown.add_column("Lost without", vertical="bottom", overflow="fold")
    for need in found.participation.tiers:
        shown.add_row(
            figures.frame.label("equipment", need.equipment),
            figures.frame.label("tranche", need.tranche),
            figure(need.units, "items"),
            figure(need.threshold, "items"),
            str(len(need.fewest)),
            ", ".join(m.upper() for m in need.lost_without) or "nobody alone",
        )
    console.print(Padding(shown, INDENT))


def print_offer(console: Console, figures: OptionFigures, found: Offered, offer: Offer) -> None:
    """Print the page of one member, headed by what a finance director asks in a minute."""
    heading(console, f"The offer to {offer.name} ({offer.member.upper()})")
    say(
        console,
        "Over the life of the first units, present value at base-year prices, without VAT: kit, maintenance, "
        "my part of the competition and my staff's time. Cash and capital below are in the money of each "
        "year, with VAT.",
        quiet=True,
    )
    given_up = f"; and I give up my saving of {_pounds(offer.saves)}" if offer.saves > 0 else ""
    ordered = sum(sum(kit.order.values()) for kit in offer.kit)
    supplier = offer.leaving_after - offer.leaving_before
    part = f", {supplier / ordered:.0%} of my order," if ordered else ""
    _facts(
        console,
        (
            ("What do I pay?", _pounds(offer.charge)),
            ("What would I pay by myself?", _pounds(offer.alone)),
            ("What do I save?", _pounds(offer.saves)),
            (
                "By when do I sign?",
                f"the end of {offer.expires}; I owe nobody anything until then, nor where a condition below "
                "is not met",
            ),
            (
                "If I sign and leave before the order",
                f"I pay the others {_pounds(offer.leaving_before)}, which is what they lose{given_up}",
            ),
            (
                "If I leave after the order",
                f"I pay {_pounds(offer.leaving_after)}: to the others {_pounds(offer.leaving_before)} that "
                f"they lose, and to the supplier {_pounds(supplier)}{part} to let my units go{given_up}",
            ),
            ("By which rule?", f"{offer.rule.name}. {offer.rule.sentence}"),
        ),
    )
    heading(console, "What the charge is made of")
    side = "Paid by me to the other members" if offer.side_payment >= 0 else "Paid to me by the other members"
    _facts(
        console,
        (
            ("My own purchase", _pounds(offer.own_purchase)),
            ("Back to the funder, of what my award saves", _pounds(offer.to_funder)),
            (side, _pounds(abs(offer.side_payment))),
            ("My staff's time, in the purchase, no cash", _pounds(offer.staff_time)),
            ("Maintenance in a full year, with VAT, base-year prices", _pounds(offer.recurrent)),
        ),
    )
    _print_kit(console, figures, offer)
    _print_years(console, figures, offer)
    heading(console, "What I sign: to buy what is ordered above with the others, once each of these is met")
    for condition in offer.conditions:
        say(console, f"· {condition}")
    _print_others(console, figures, found, offer)


def _facts(console: Console, facts: tuple[tuple[str, str], ...]) -> None:
    shown = Table.grid(padding=(0, 2, 0, 0))
    shown.add_column(no_wrap=True)
    shown.add_column(overflow="fold")
    for name, value in facts:
        shown.add_row(name, value)
    console.print(Padding(shown, INDENT))


def _print_kit(console: Console, figures: OptionFigures, offer: Offer) -> None:
    heading(console, "My units, £ thousand")
    shown = plain_table()
    shown.add_column("Class", vertical="bottom", overflow="fold")
    for name in ("Units", "Alone", "In the\npool", "Ordered", "Pool's units\nto spare"):
        shown.add_column(name, justify="right", vertical="bottom", no_wrap=True)
    for kit in offer.kit:
        make = ", own make" if kit.own_make else ""
        shown.add_row(
            figures.frame.label("equipment", kit.equipment) + make,
            figure(kit.units, "items"),
            _thousands(kit.alone),
            _thousands(kit.in_pool),
            _thousands(sum(kit.order.values())) if kit.pooled else Text("apart", style="dim"),
            _to_spare(kit),
        )
    console.print(Padding(shown, INDENT))
    say(
        console,
        "Alone and in the pool: over the life, with maintenance. Ordered: the price of my order, before VAT, "
        "at base-year prices. To spare: how many units all members together can lose"
        f"{_from_orders(offer)} before the pool falls to a lower tier and all pay more; a dash where no tier "
        "is at stake." + ("" if all(kit.pooled for kit in offer.kit) else f" {_APART}"),
        quiet=True,
    )


def _from_orders(offer: Offer) -> str:
    """Which figure is of which order, where there are several."""
    orders = max((len(kit.threshold) for kit in offer.kit), default=1)
    return "" if orders == 1 else " from the first order / the next"


def _to_spare(kit: Kit) -> str:
    """By order, units above the threshold; a dash where there is none to lose."""
    return " / ".join(
        figure(kit.to_spare[tranche], "items") if kit.pooled and start > 1 else "–"
        for tranche, start in kit.threshold.items()
    )


def _print_years(console: Console, figures: OptionFigures, offer: Offer) -> None:
    heading(console, "Cash by year and capital (CDEL) with VAT, £ thousand, of classes bought together")
    shown = plain_table()
    shown.add_column("Year")
    shown.add_column("Cash", justify="right")
    shown.add_column("Capital", justify="right")
    for year, cash in offer.cash.items():
        capital = sum(offer.capital[t] for t, delivered in offer.delivered.items() if delivered == year)
        shown.add_row(year, _thousands(cash), _thousands(capital) if capital else "")
    console.print(Padding(shown, INDENT))
    say(
        console,
        "To the last year of the accounts. Cash of a year of delivery is mostly capital, of the years after "
        "it revenue. The first year holds my part of the competition, the year of the last delivery what I "
        "settle with the other members and the funder; maintenance starts the year after delivery; a rebate "
        "lowers cash, not capital. Classes bought apart, and what replaces a unit when its life ends, are in "
        "my own plan.",
        quiet=True,
    )


def _print_others(console: Console, figures: OptionFigures, found: Offered, offer: Offer) -> None:
    losses = found.if_others_leave(offer.member)
    if losses:
        heading(console, "If another leaves and the rest share on by the same rule")
        names = {each.member: each.name for each in found.offers}
        worst = sorted(losses.items(), key=lambda of: -of[1])
        told = ((names[m], loss) for m, loss in worst if abs(loss) >= 0.5)
        said = (f"{name}: {_pounds(abs(loss))} {'more' if loss > 0 else 'less'}" for name, loss in told)
        say(console, f"I pay, before what it pays for leaving: {'; '.join(said)}.")
        say(
            console,
            "Where I pay more, what it pays for leaving is there to make this good. Who is not named changes "
            "nothing for me.",
            quiet=True,
        )
    own = [each for each in found.own_make(offer.member) if each.matters]
    if own:
        heading(console, "If I compete with the others and keep my own make, class by class")
        for each in own:
            label = figures.frame.label("equipment", each.equipment)
            say(
                console,
                f"· {label}{' (kept)' if each.refused else ''}: I pay {_more(each.to_itself)}, the others "
                f"together {_more(each.to_others)}",
            )
        say(console, "Each bears its own part, under the rule put forward.", quiet=True)
    for sentence in found.decisions:
        if offer.name in sentence:
            say(console, sentence)


def offers_data(found: Offered) -> dict[str, Any]:
    """The offers as JSON, GBP; sums of money as the lines of the chapter `offers` have them."""
    part = found.participation
    return {
        "rule": found.rule.key,
        "expires": found.offers[0].expires,
        "conditions": list(found.offers[0].conditions),
        "members": {offer.member: _offer_data(found, offer) for offer in found.offers},
        "decisions": list(found.decisions),
        "least_participation": {
            "in_words": list(found.least),
            "volume": part.volume,
            "first_to_lose": list(part.first_to_lose),
            "fewest_members": list(part.fewest),
            "fewest_save": plain(part.saves_least),
            "nothing_without": list(part.nothing_without),
            "tiers": [
                {
                    "equipment": need.equipment,
                    "tranche": need.tranche,
                    "units": plain(need.units),
                    "threshold": plain(need.threshold),
                    "fewest_members": list(need.fewest),
                    "lost_without": list(need.lost_without),
                }
                for need in part.tiers
            ],
        },
        "would_leave": {rule.key: found.would_leave(rule) for rule in found.rules(every=True)},
    }


def _offer_data(found: Offered, offer: Offer) -> dict[str, Any]:
    return {
        "name": offer.name,
        "alone": plain(offer.alone),
        "charge": plain(offer.charge),
        "saves": plain(offer.saves),
        "own_purchase": plain(offer.own_purchase),
        "to_funder": plain(offer.to_funder),
        "side_payment": plain(offer.side_payment),
        "cash": {year: plain(value) for year, value in offer.cash.items()},
        "capital": {tranche: plain(value) for tranche, value in offer.capital.items()},
        "delivered": dict(offer.delivered),
        "recurrent": plain(offer.recurrent),
        "competition": plain(offer.competition),
        "staff_time": plain(offer.staff_time),
        "lost_by_leaving": plain(offer.lost_by_leaving),
        "leaving_before": plain(offer.leaving_before),
        "leaving_after": plain(offer.leaving_after),
        "kit": {
            kit.equipment: {
                "units": plain(kit.units),
                "pooled": kit.pooled,
                "own_make": kit.own_make,
                "alone": plain(kit.alone),
                "in_pool": plain(kit.in_pool),
                "order": {tranche: plain(value) for tranche, value in kit.order.items()},
                "threshold": {tranche: plain(value) for tranche, value in kit.threshold.items()},
                "to_spare": {tranche: plain(value) for tranche, value in kit.to_spare.items()},
            }
            for kit in offer.kit
        },
        "if_others_leave": {
            member: plain(loss) for member, loss in found.if_others_leave(offer.member).items()
        },
        "own_make_costs": {
            each.equipment: {
                "refused": each.refused,
                "to_itself": plain(each.to_itself),
                "to_others": plain(each.to_others),
            }
            for each in found.own_make(offer.member)
        },
    }


def _more(value: float) -> str:
    """How much more or less is paid."""
    if abs(value) < 0.5:
        return "the same"
    return f"{_pounds(abs(value))} {'more' if value > 0 else 'less'}"


def _pounds(value: float) -> str:
    text = f"£{abs(value):,.0f}"
    return f"{MINUS}{text}" if value < 0 and text != "£0" else text


def _thousands(value: float) -> Text:
    thousands = value / 1000
    text = f"{abs(thousands):,.0f}" if abs(thousands) >= 99.5 else f"{abs(thousands):,.1f}"
    if value < -_PENNY:
        return Text(f"{MINUS}{text}", style="red")
    return Text(text)
