"""What a command has done to a case's tables: rows and sums before and after, and all that must be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changed:
    """One table before and after.

    Attributes
    ----------
    file
        Its name within the case.
    before, after
        How many rows; None before where there was no table.
    sums
        By column the sum of its numbers before (None where there was none) and after.
    """

    file: str
    before: int | None
    after: int
    sums: Mapping[str, tuple[float | None, float]]


@dataclass(frozen=True)
class Outcome:
    """All that is told after a command.

    Attributes
    ----------
    kind, case
        `dm01`, `did` or `ncc`, and the case's name.
    periods
        The first and last period that the tables are of.
    changed
        The tables written.
    taken
        What was taken from where, and which file held.
    unusual
        Figures far from those around them.
    to_change
        What the case says elsewhere that no longer follows, and what to write there.
    left_out
        What was left out, and why.
    """

    kind: str
    case: str
    periods: tuple[str, str]
    changed: tuple[Changed, ...]
    taken: tuple[str, ...] = ()
    unusual: tuple[str, ...] = ()
    to_change: tuple[str, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    @property
    def data(self) -> dict[str, object]:
        """The same for `--json`."""
        return {
            "kind": self.kind,
            "case": self.case,
            "first": self.periods[0],
            "last": self.periods[1],
            "files": [
                {
                    "file": each.file,
                    "rows": {"before": each.before, "after": each.after},
                    "sums": {name: {"before": old, "after": new} for name, (old, new) in each.sums.items()},
                }
                for each in self.changed
            ],
            "taken": list(self.taken),
            "unusual": list(self.unusual),
            "to_change": list(self.to_change),
            "left_out": list(self.left_out),
        }
