"""The command that makes a case: from a file of answers, flags, or an interview on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casebuilder.cli.errors import tell_warnings
from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import Json, refuse_twice
from casebuilder.cli.priorities import pounds
from casebuilder.cli.progress import progress
from casebuilder.errors import Fault, InputError

if TYPE_CHECKING:
    from casebuilder.tasks.new.made import Made

_SITE = "NAME; place=TOWN or DISTRICT or LAT, LONG; build=retail; opens=2027-04; rooms=mri:1,ct:1"
# What faults call answers that stand in no file.
_TYPED = Path("what was typed, as answers")
_TEXTS = ("place", "build", "tenure", "opens", "host")
_NUMBERS = ("gross_area", "hours", "days", "planned_tests")
# By answer, the flag that says it.
_FLAG_OF = {
    "title": "--title", "system": "--system", "base_year": "--base-year", "kind": "--from",
    "trusts": "--trust", "sites": "--site", "capital": "--capital",
}  # fmt: skip
_FLAGS = {
    **dict.fromkeys(("yes", "y", "true", "1"), True),
    **dict.fromkeys(("no", "n", "false", "0"), False),
}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(new)


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the case; it must not exist yet.")
    ],
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="A file of answers; it is kept in the case."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="KIND",
            help="What a site has where nothing is said: "
            "starter, standard, large, hub_and_spoke, neighbourhood or digital.",
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option("--like", metavar="CASE", help="Copy another case, to be changed into this one."),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What the bid is called.")
    ] = None,
    system: Annotated[
        str, typer.Option("--system", metavar="TEXT", help="The system or collaborative.")
    ] = "",
    base_year: Annotated[str | None, typer.Option("--base-year", metavar="YEAR", help="As 2026/27.")] = None,
    trust: Annotated[
        list[str], typer.Option("--trust", metavar="CODE", help="A trust's code or name. Repeatable.")
    ] = [],  # noqa: B006 - typer copies it
    site: Annotated[list[str], typer.Option("--site", metavar="SITE", help=f"{_SITE}. Repeatable.")] = [],  # noqa: B006
    capital: Annotated[
        list[str],
        typer.Option("--capital", metavar="FUND=N", help="An award, as national_pdc=12m. Repeatable."),
    ] = [],  # noqa: B006
    json: Json = False,
) -> None:
    """Make a case. Say what you know, by flags, a file or an interview; the rest is filled in and named."""
    from casebuilder.inputs.start.answers import answers_text
    from casebuilder.tasks.new.made import make_from_answers, make_like, refuse_full

    flags = any((title, system, base_year, trust, site, capital))
    refuse_full(folder)
    if like is not None:
        if answers is not None or kind or trust or site or capital or base_year:
            raise typer.BadParameter("--like copies a case whole: it goes with --title and --system alone")
        with progress() as tell:
            made = make_like(like, folder, title, system, tell)
    elif answers is not None:
        if flags:
            raise typer.BadParameter("give --answers or the answers as flags, not both")
        with progress() as tell:
            made = make_from_answers(answers, None, folder, kind, tell)
    else:
        if flags:
            given = _from_flags(title, system, base_year, kind, trust, site, capital)
        elif sys.stdin.isatty():
            from casebuilder.cli.making.interview import interview

            given = interview(console(), kind)
        else:
            raise typer.BadParameter(
                "say what the bid is: --answers FILE, or --title, --trust and --site; on a terminal new asks"
            )
        text = answers_text(given)
        try:
            with progress() as tell:
                made = make_from_answers(_TYPED, text, folder, None, tell)
        except InputError as error:
            raise InputError([_by_flag(text, given, fault) for fault in error.faults]) from None
        made = replace(made, warnings=tuple(_by_flag(text, given, fault) for fault in made.warnings))
    _tell(made, json)


def _by_flag(text: str, given: Mapping[str, Any], fault: Fault) -> Fault:
    """What is wrong with an answer that stands in no file, under the flag that says it."""
    from casebuilder.inputs.start.answers import answer_at

    if fault.file != str(_TYPED):
        return fault
    key, number = answer_at(text, fault)
    if key not in _FLAG_OF:
        return fault
    whose = given[key]
    if key == "sites":
        named = f" {whose[number]['name']}"
    elif key == "capital":
        named = f" {list(whose)[number]}"
    else:
        named = f" {whose[number]}" if key == "trusts" else ""
    return Fault(f"{_FLAG_OF[key]}{named}", number + 1, 1, fault.message)


def _from_flags(
    title: str | None, system: str, base_year: str | None, kind: str | None,
    trusts: list[str], sites: list[str], capital: list[str],
) -> dict[str, Any]:  # fmt: skip
    """Flags as the mapping that a file of answers holds."""
    if not title or not trusts or not sites:
        lacking = [
            flag for flag, given in (("--title", title), ("--trust", trusts), ("--site", sites)) if not given
        ]
        raise typer.BadParameter(f"{' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing")
    given: dict[str, Any] = {"title": title}
    given |= {
        key: value for key, value in (("system", system), ("base_year", base_year), ("kind", kind)) if value
    }
    given["trusts"] = list(trusts)
    given["sites"] = [_site(text) for text in sites]
    if capital:
        given["capital"] = {}
        for text in capital:
            fund, equals, amount = text.partition("=")
            if not equals:
                raise typer.BadParameter(f"'{text}': write FUND=N, as national_pdc=12m")
            refuse_twice(fund.strip(), given["capital"], "--capital")
            given["capital"][fund.strip()] = pounds(amount)
    return given


def _site(text: str) -> dict[str, Any]:
    """One site of the command line."""
    name, *rest = (part.strip() for part in text.split(";"))
    found: dict[str, Any] = {"name": name}
    for part in rest:
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            raise typer.BadParameter(f"'{part}' of the site {name}: write {_SITE}")
        refuse_twice(key, found, f"the site {name}")
        if key in _TEXTS:
            found[key] = value
        elif key in _NUMBERS:
            found[key] = _number(value, key, name)
        elif key == "beside_hospital":
            if value.lower() not in _FLAGS:
                raise typer.BadParameter(f"'{value}' of the site {name}: beside_hospital is yes or no")
            found[key] = _FLAGS[value.lower()]
        elif key == "rooms":
            found[key] = value if value == "suggest" else rooms_typed(value, name)
        else:
            known = ", ".join((*_TEXTS, *_NUMBERS, "beside_hospital", "rooms"))
            raise typer.BadParameter(f"'{key}' of the site {name} is unknown: a site has {known}")
    return found


def _number(value: str, key: str, name: str) -> float:
    try:
        return float(value.replace("_", "").replace(",", ""))
    except ValueError:
        raise typer.BadParameter(f"'{value}' is no number: {key} of the site {name}") from None


def rooms_typed(value: str, name: str) -> dict[str, float]:
    """Rooms by test, as `mri:1,ct:1` is typed."""
    found: dict[str, float] = {}
    for part in value.split(","):
        test, colon, count = (piece.strip() for piece in part.partition(":"))
        if not colon:
            raise typer.BadParameter(f"'{part}' of the site {name}: write rooms=mri:1,ct:1, or rooms=suggest")
        refuse_twice(test, found, f"the rooms of the site {name}")
        found[test] = _number(count, f"rooms of {test}", name)
    return found


def _tell(made: Made, as_json: bool) -> None:
    """What was made, and what was filled in from where."""
    tell_warnings(made.warnings)
    if as_json:
        print_json(made.data)
        return
    from casebuilder.summary.sections import heading, plain_table, say

    page = console()
    page.print(f"{made.title}: the case stands in {made.folder}")
    heading(page, "Filled in, since nobody said")
    table = plain_table()
    table.add_column("What")
    table.add_column("From where", overflow="fold")
    for each in made.filled:
        table.add_row(each.what, each.where)
    page.print(table)
    say(page, f"The same stands in {made.folder / 'filled.md'}.", quiet=True)
    heading(page, "Next")
    say(
        page, f"casebuilder check {made.folder}    what is still to do, in the order of what it does to value"
    )
    say(page, f"casebuilder build {made.folder}    the workbook")
