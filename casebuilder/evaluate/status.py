"""The status of a case: four counts, and the one home of the words and the colour they are told in.

The band on every sheet of the workbook (`workbook.sheets.status`), the terminal and JSON all say this.
"""

from __future__ import annotations

from dataclasses import dataclass

ALL_HOLD = "All checks hold"
SEPARATOR = " · "
# The counts in order: what is counted, its words for one and for several, and the colour it asks for.
RED, AMBER, GREEN = "red", "amber", "green"


@dataclass(frozen=True)
class Part:
    """One of the counts: what it counts, in full and as the band says it, and its colour."""

    name: str
    meaning: str
    one: str
    several: str
    colour: str

    def words(self, count: int) -> str:
        """The count with its words; nothing where it is nought."""
        if not count:
            return ""
        return f"{count} {self.one if count == 1 else self.several}"


PARTS = (
    Part("failed", "Checks that fail", "fails", "fail", RED),
    Part("warnings", "Checks that warn", "warning", "warnings", AMBER),
    Part("cannot", "Checks that cannot be worked out", "cannot be worked out", "cannot be worked out", RED),
    Part("inputs_outside", "Inputs that cannot be used", "input unusable", "inputs unusable", RED),
)


@dataclass(frozen=True)
class Status:
    """How a case stands.

    Attributes
    ----------
    failed, warnings, cannot
        How many checks fail, warn, and cannot be worked out.
    inputs_outside
        How many inputs are outside what is allowed, and so unusable.
    """

    failed: int = 0
    warnings: int = 0
    cannot: int = 0
    inputs_outside: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """The four counts in the order of the words."""
        return tuple(getattr(self, part.name) for part in PARTS)

    @property
    def text(self) -> str:
        """`2 fail · 23 warnings · 5 cannot be worked out · 3 inputs unusable`, what is nought left out."""
        words = [part.words(count) for part, count in zip(PARTS, self.counts, strict=True)]
        return SEPARATOR.join(word for word in words if word) or ALL_HOLD

    @property
    def colour(self) -> str:
        """Green only where all four are nought; amber where nothing worse than a warning is there."""
        shown = [part.colour for part, count in zip(PARTS, self.counts, strict=True) if count]
        return RED if RED in shown else AMBER if shown else GREEN

    @property
    def stops(self) -> bool:
        """Whether a command ends with exit code 1: a warning alone does not stop a case."""
        return self.colour == RED
