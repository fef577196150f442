"""A row of the change log: who changed which value, when and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Logged:
    """A row of a case's change log, `changes.csv`.

    Attributes
    ----------
    date
        The day, as 2026-04-01.
    who, why
        As they were given.
    input
        As `--set` takes it: `option:equipment.unit_price[ct]`.
    before, after
        What stood there, and what was put in its place; `before` is empty where nothing was known.
    source
        The id of its source; empty where it has none.
    brought_by
        The file that it was typed in, without its folder, or the command.
    """

    date: str
    who: str
    why: str
    input: str
    before: str
    after: str
    source: str = ""
    brought_by: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the columns."""
        return (
            self.date, self.who, self.why, self.input, self.before, self.after, self.source, self.brought_by
        )  # fmt: skip
