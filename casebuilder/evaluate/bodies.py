"""Trusts and payers that another takes over while the case runs: dated data, told as notes."""

from __future__ import annotations

from datetime import date

from casebuilder.evaluate.notes import Note
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables
from casebuilder.resources import resource


def bodies_that_change(problem: Problem) -> list[Note]:
    """A note for the payer, and for each trust, that another takes over by the end of the case.

    Demand, plans and income of the case stay with the bodies that it names; who signs is another.
    """
    given = read_fitted_tables(resource("assumptions/reference/data"))
    last_year = problem.frame.ids("year")[-1]
    end = f"{int(last_year[:4]) + 1}-03"
    notes = []
    payer = given.payers.get(problem.inputs.info.system)
    if payer is not None and payer.first_month <= end:
        label = f"{problem.inputs.info.system} is part of {payer.into} from {_in_words(payer.first_month)}"
        notes.append(Note("notes.payer", f"The payer changes: {label}", f"As announced ({payer.source})"))
    for member in problem.frame.members["provider"]:
        joined = given.merged.get(member.id.upper())
        if joined is not None and joined.first_month <= end:
            label = f"{member.label} is part of {joined.into} from {_in_words(joined.first_month)}"
            notes.append(Note("notes.trust", f"A trust changes: {label}", joined.source))
    return notes


def _in_words(month: str) -> str:
    """July 2023."""
    return date.fromisoformat(f"{month}-01").strftime("%B %Y")
