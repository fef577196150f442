"""A member's letter of commitment in Word: what it is asked to sign, with its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebuilder.analysis.sharing.commitments import Commitment
from casebuilder.analysis.sharing.offers import Kit, Offer
from casebuilder.document.word import WordDocument

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class About:
    """What every letter of a pool says.

    Attributes
    ----------
    case, option, host
        The title of the case, the option whose kit is bought, and who leads.
    base_year, version, sha256
        The year of prices, the version of casebuilder, and the hash of the inputs.
    classes, tranches
        What each class and tranche is called.
    words
        The content of `document/letter.yaml`.
    """

    case: str
    option: str
    host: str
    base_year: str
    version: str
    sha256: str
    classes: Mapping[str, str]
    tranches: Mapping[str, str]
    words: Mapping[str, Any]


def letter(offer: Offer, commitment: Commitment, about: About) -> bytes:
    """The letter of one member, as a Word file.

    Parameters
    ----------
    offer
        Its figures: GBP real at present value, cash and capital GBP nominal.
    commitment
        How far it has got.
    about
        What every letter says.
    """
    return _Letter(offer, commitment, about).data()


class _Letter:
    """Writes one letter."""

    def __init__(self, offer: Offer, commitment: Commitment, about: About) -> None:
        self.offer, self.commitment, self.about = offer, commitment, about
        self.filled = {
            "trust": offer.name,
            "case": about.case,
            "option": about.option,
            "host": about.host,
            "rule": offer.rule.name,
            "sentence": offer.rule.sentence,
            "expires": month_in_words(offer.expires),
            "base_year": about.base_year,
            "hash": about.sha256,
            "version": about.version,
        }
        footer = f"{offer.name} · inputs {about.sha256[:12]}"
        self.word = WordDocument(self.say("title"), f"{offer.name}: {about.case}", footer)

    def say(self, key: str) -> str:
        """A text of the template, filled in."""
        return str(self.about.words[key]).strip().format(**self.filled)

    def data(self) -> bytes:
        """The file."""
        offer, word = self.offer, self.word
        word.title(self.say("title"))
        rows = [("From", offer.name), ("To", f"{self.about.host}, for the members of the pool"), ("Date", "")]
        word.table(("", ""), rows, (2, 15), left=(0, 1))
        word.paragraph(self.say("purpose"))
        word.paragraph(self.say("standing"))
        self._equipment()
        self._holds()
        self._pays()
        self._cash()
        self._leaving()
        word.heading("Conditions before the order")
        if offer.conditions:
            word.paragraph(self.say("conditions"), keep=True)
            word.bullets(offer.conditions)
        else:
            word.paragraph(self.say("no_conditions"))
        self._status()
        word.heading("Until when")
        word.paragraph(self.say("expires" if offer.expires != "later" else "no_expiry"))
        word.heading("Signed")
        fields = [str(field) for field in self.about.words["fields"]]
        word.signatures(
            [(f"For {offer.name}", fields), (f"For {self.about.host}, leading the purchase", fields)]
        )
        word.paragraph("")
        word.paragraph(self.say("basis"), quiet=True)
        return word.data()

    def _equipment(self) -> None:
        word, offer = self.word, self.offer
        word.heading("Equipment")
        word.paragraph(self.say("equipment"), quiet=True, keep=True)
        rows = [
            (
                self.about.classes[kit.equipment],
                units(kit.units),
                _how(kit),
                pounds(kit.alone),
                pounds(kit.in_pool),
            )
            for kit in offer.kit
        ]
        rows.append(
            (
                "All classes",
                units(offer.units),
                "",
                pounds(sum(kit.alone for kit in offer.kit)),
                pounds(sum(kit.in_pool for kit in offer.kit)),
            )
        )
        headers = ("Class", "Units", "Bought", "By itself, whole life", "As offered, whole life")
        word.table(headers, rows, (4.4, 1.4, 4.2, 3.2, 3.2), left=(0, 2), bold=(len(rows) - 1,))

    def _holds(self) -> None:
        """From how many units of all members the price holds, by class and order."""
        rows = [
            (
                self.about.classes[kit.equipment],
                self.about.tranches[tranche],
                units(kit.threshold[tranche]),
                units(kit.to_spare[tranche]),
                pounds(value),
            )
            for kit in self.offer.kit
            if kit.pooled and not kit.own_make
            for tranche, value in kit.order.items()
            if value
        ]
        if rows:
            self.word.heading("What the price rests on")
            self.word.paragraph(self.say("price_holds"), quiet=True, keep=True)
            headers = (
                "Class",
                "Order",
                "Holds from, units of all members",
                "To spare now",
                "This trust's order",
            )
            self.word.table(headers, rows, (4.2, 3.4, 3.6, 2.2, 3.2), left=(0, 1))

    def _pays(self) -> None:
        offer, word = self.offer, self.word
        word.heading("What the trust pays")
        word.paragraph(self.say("pays"), keep=True)
        side = "Paid to other members" if offer.side_payment >= 0 else "Paid by other members"
        rows = [
            ("Its own purchase in the pool", pounds(offer.own_purchase)),
            ("What goes back to the funder of its centres' equipment", pounds(offer.to_funder)),
            (
                side,
                pounds(abs(offer.side_payment)) if offer.side_payment >= 0 else pounds(offer.side_payment),
            ),
            ("Charge under the rule", pounds(offer.charge)),
            ("What it would pay by itself", pounds(offer.alone)),
            ("Saving", pounds(offer.saves)),
        ]
        word.table(("Over the life of the equipment", "Present value"), rows, (12, 4), bold=(3, 5))

    def _cash(self) -> None:
        offer, word = self.offer, self.word
        word.heading("Cash and capital by year")
        word.paragraph(self.say("cash"), quiet=True, keep=True)
        rows = [(year, pounds(amount)) for year, amount in offer.cash.items() if amount]
        rows.append(("All years of the statements", pounds(sum(offer.cash.values()))))
        word.table(("Year", "Cash"), rows, (12, 4), bold=(len(rows) - 1,))
        word.paragraph(self.say("capital"), quiet=True, keep=True)
        capital = [
            (self.about.tranches[tranche], offer.delivered[tranche], pounds(amount))
            for tranche, amount in offer.capital.items()
        ]
        word.table(("Order", "Delivered in", "Capital"), capital, (8, 4, 4), left=(0, 1))
        more = (
            (
                "Maintenance and charges in a full year, base-year prices with VAT not recovered",
                pounds(offer.recurrent),
            ),
            ("Its part of the competition, within the cash above", pounds(offer.competition)),
            ("Time of its own staff, not within the cash above", pounds(offer.staff_time)),
        )
        word.table(("Besides", "Sum"), more, (12, 4))

    def _leaving(self) -> None:
        offer = self.offer
        self.word.heading("If the trust leaves")
        self.word.paragraph(self.say("leaving"), keep=True)
        rows = (
            ("Charge for leaving before the order", pounds(offer.leaving_before)),
            ("Charge for leaving after the order", pounds(offer.leaving_after)),
        )
        self.word.table(("When", "Base-year prices"), rows, (12, 4))

    def _status(self) -> None:
        found, word = self.commitment, self.word
        word.heading("How far the trust has got")
        word.paragraph(self.say("status"), quiet=True, keep=True)
        rows = [
            (self.about.classes[each], stage.replace("_", " "), "firm" if each in found.firm else "hoped")
            for each, stage in found.stages.items()
        ]
        word.table(("Class", "Stage", "Volume"), rows, (7, 6, 3), left=(0, 1, 2))
        if found.signed_by:
            said = f"Signed by the {found.signed_by.replace('_', ' ')} in {month_in_words(found.signed)}"
            if found.until:
                said += f"; it stands to the end of {month_in_words(found.until)}"
            word.paragraph(said + (", and has lapsed." if found.lapsed else "."))
        else:
            word.paragraph("Nobody has signed for the trust.")


def pounds(amount: float) -> str:
    """A sum to the pound; a minus below nothing."""
    whole = round(amount)
    return f"{'−' if whole < 0 else ''}£{abs(whole):,}"


def units(number: float) -> str:
    """A number of units, whole where it is."""
    return f"{number:,.1f}".removesuffix(".0")


def month_in_words(month: str) -> str:
    """September 2021, of "2021-09"; other texts as they are."""
    year, dash, number = month.partition("-")
    if dash and number.isdigit() and year.isdigit():
        return f"{_MONTHS[int(number) - 1]} {year}"
    return month or "no month named"


def _how(kit: Kit) -> str:
    if not kit.pooled:
        return "by itself"
    return "together, its own make" if kit.own_make else "together"
