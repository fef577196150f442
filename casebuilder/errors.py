"""Faults a user can cause, each with the place it was found and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong, where it is, and what would be right."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """The form a pipe prints: `path:line:column: message`."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class CaseError(Exception):
    """The case, a workbook or a check is at fault; exit code 1.

    Parameters
    ----------
    faults
        All that was found, shown together. A plain message becomes one fault without a place.
    warnings
        What was noticed beside, which may explain the faults.
    """

    def __init__(self, faults: Iterable[Fault] | str, warnings: Iterable[Fault] = ()) -> None:
        """Keep the faults in the order of file and line."""
        self.warnings: tuple[Fault, ...] = tuple(sorted(set(warnings)))
        if isinstance(faults, str):
            self.faults: tuple[Fault, ...] = ()
            super().__init__(faults)
        else:
            self.faults = tuple(sorted(set(faults)))
            super().__init__("\n".join(str(fault) for fault in self.faults))


class InputError(CaseError):
    """A file of assumptions is at fault."""


class ModelError(CaseError):
    """A line is written wrongly: the model, not the case, is at fault."""


class UnitError(ModelError):
    """A unit that no rule gives, or that differs from the one declared."""


class LoopError(ModelError):
    """Lines that need each other in the same period."""


class LayoutError(ModelError):
    """A line that the workbook has no formula for."""
