"""An interview on a terminal: what a bid's author knows, question by question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.prompt import Confirm, Prompt

from casebuilder.errors import CaseError
from casebuilder.inputs.start.answers import SUGGEST, usual_tenure
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.england.places import locate
from casebuilder.tasks.england.trusts import find_trust
from casebuilder.tasks.new.fill import KINDS

if TYPE_CHECKING:
    from rich.console import Console

_BUILDS = ["new", "modular", "refurbishment", "retail"]


def interview(console: Console, kind: str | None) -> dict[str, Any]:
    """The answers, as the mapping that a file of them holds.

    Every trust and place is looked up as it is typed, so that what is wrong with one is said at once.
    """
    console.print(
        "A new bid. Press Enter for what stands in brackets; Ctrl-C leaves, and nothing is written.\n"
    )
    found: dict[str, Any] = {"title": _asked(console, "What is the bid called?", _something)}
    system = Prompt.ask("The system or collaborative", console=console, default="")
    if system:
        found["system"] = system
    found["kind"] = kind or Prompt.ask(
        "What kind of centre", console=console, default="standard",
        choices=list(shipped(KINDS)),
    )  # fmt: skip
    found["trusts"] = _trusts(console)
    found["sites"] = _sites(console)
    award = Prompt.ask("National capital awarded, in pounds", console=console, default="none")
    if award.strip().lower() not in ("", "none", "0"):
        from casebuilder.cli.priorities import pounds

        found["capital"] = {"national_pdc": pounds(award)}
    return found


def _asked(console: Console, question: str, read: Callable[[str], str], default: str | None = None) -> str:
    """An answer that can be read; where it cannot, why, and the question again."""
    while True:
        typed = (
            Prompt.ask(question, console=console, default=default)
            if default
            else Prompt.ask(question, console=console)
        )
        try:
            return read(typed or "")
        except CaseError as error:
            console.print(f"  {error}")


def _something(text: str) -> str:
    if not text.strip():
        raise CaseError("something must stand here")
    return text.strip()


def _trusts(console: Console) -> list[Any]:
    """The trusts, until nothing is typed."""
    found: list[Any] = []
    while True:
        question = "A trust, by its name or code" if not found else "Another trust (Enter: no more)"
        typed = Prompt.ask(question, console=console, default="").strip()
        if not typed:
            if found:
                return found
            console.print("  A bid has at least one trust.")
            continue
        try:
            trust = find_trust(typed)
        except CaseError as error:
            console.print(f"  {error}")
            continue
        console.print(f"  {trust.name} ({trust.code})")
        if trust.hospitals:
            found.append(trust.code)
            continue
        console.print("  Its hospital has no place in the data.")
        place = Prompt.ask(
            "  Where is it (town, or latitude, longitude; Enter: not known)", console=console, default=""
        )
        found.append({"trust": trust.code, "place": place} if place else trust.code)


def _sites(console: Console) -> list[dict[str, Any]]:
    """The sites, until nothing is typed."""
    found: list[dict[str, Any]] = []
    while True:
        question = "A site, by its name" if not found else "Another site (Enter: no more)"
        name = Prompt.ask(question, console=console, default="").strip()
        if not name:
            if found:
                return found
            console.print("  A bid has at least one site.")
            continue
        site: dict[str, Any] = {"name": name}
        site["place"] = _asked(console, "  Where (district, town, or latitude, longitude)", _place, name)
        site["build"] = Prompt.ask("  Building", console=console, choices=_BUILDS, default="refurbishment")
        site["tenure"] = Prompt.ask(
            "  Owned or leased",
            console=console,
            choices=["own", "lease"],
            default=usual_tenure(site["build"]),
        )
        opens = Prompt.ask("  Opens (as 2027-04; Enter: in two years)", console=console, default="")
        if opens:
            site["opens"] = opens
        rooms = Prompt.ask(
            "  Rooms (mri:1,ct:1, suggest; Enter: as the kind has them)", console=console, default=""
        )
        if rooms:
            from casebuilder.cli.making.new import rooms_typed

            site["rooms"] = SUGGEST if rooms == SUGGEST else rooms_typed(rooms, name)
        if Confirm.ask("  Does it stand beside a hospital or health centre?", console=console, default=False):
            site["beside_hospital"] = True
        found.append(site)


def _place(text: str) -> str:
    locate(text)
    return text
