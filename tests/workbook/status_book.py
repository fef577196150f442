"""A small case whose checks depend on inputs: each can be made to hold, fail, warn or have no value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from casebuilder.algebra.chapters import checked, name_chapter
from casebuilder.algebra.operators import above, quantity
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.case import Case
from casebuilder.inputs.values import Claim
from casebuilder.workbook.build import build
from tests.unit.mini import mini_case

GOOD = {"needed": 1.0, "have": 2.0, "debt": 0.0, "divisor": 1.0}


def status_case(
    claims: tuple[Claim, ...] = (), options: Mapping[str, Mapping[str, float]] | None = None, **values: float
) -> Case:
    """The mini case with a chapter of checks in place of its own.

    `fails` fails where more is needed than there is, `warns_little` and `warns_much` warn of a debt, `notes`
    notes it, and `divides` has no value where the divisor is 0.

    Parameters
    ----------
    claims
        Claims it is held to.
    options
        For an option, the values in which it differs.
    values
        The values of the four inputs.
    """
    base = mini_case()
    origin = base.inputs.values["waits.referrals"].base_origin
    items = {
        "needed": Input("Needed", "number", (), "For the test."),
        "have": Input("There", "number", (), "For the test."),
        "debt": Input("Debt", "GBP_nominal", (), "For the test.", low=None),
        "divisor": Input("Divisor", "number", (), "For the test.", low=None),
    }
    pounds = quantity(1, "GBP_nominal")
    twice = Line("Twice the debt", "GBP_nominal", (), items["debt"] * 2, "For the test.")
    owed = Line("The debt", "GBP_nominal", (), items["debt"] * 1, "For the test.")
    part = Line("A part", "number", (), items["needed"] / items["divisor"], "For the test.")
    found = {
        "fails": Check("Enough is there", above(items["needed"], items["have"]), (), "Arithmetic."),
        "warns_little": Check("No debt", above(owed, pounds), (), "A judgement.", level="warn"),
        "warns_much": Check("No debt, twice over", above(twice, pounds), (), "A judgement.", level="warn"),
        "notes": Check("Nobody owes", above(owed, pounds), (), "Worth knowing.", level="note"),
        "divides": Check("A part is small", above(part, 1000), (), "A judgement.", level="warn"),
    }
    found["fails"].answered_by("Modeller")
    found["warns_little"].answered_by("Finance lead", owed)
    found["warns_much"].answered_by("Each host's director of finance", twice)
    found["notes"].answered_by("Finance lead")
    found["divides"].answered_by("Programme lead")
    kept = [chapter for chapter in base.model.chapters if chapter.name != "checks"]
    own = name_chapter("checks", "Checks", {**items, "twice": twice, "owed": owed, "part": part, **found})
    model = checked([*kept, own])
    amounts = GOOD | values
    template = base.inputs.values["waits.referrals"]
    given = {
        f"checks.{name}": replace(
            template,
            input=item,
            base={(): replace(template.base[()], amount=amounts[name])},
            options={
                o: {(): replace(template.base[()], amount=of[name])}
                for o, of in (options or {}).items()
                if name in of
            },
            option_origins={o: origin for o, of in (options or {}).items() if name in of},
        )
        for name, item in items.items()
    }
    inputs = replace(base.inputs, values={**base.inputs.values, **given}, claims=claims)
    return Case(base.folder, model, inputs)


def written(case: Case, path: Path) -> Path:
    """The workbook of a case."""
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    return path
