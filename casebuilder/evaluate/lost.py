"""What a case lost of the model, by its cause at the root, with the headlines that have no value for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from casebuilder.algebra.absence import Cause, Loss
from casebuilder.algebra.terms import Line
from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.shape.members_needed import HEADLINES, names_of

_SHOWN = 4


@dataclass(frozen=True)
class Lost:
    """Lines lost for one cause.

    Attributes
    ----------
    causes
        Why: what the case does not have. Lines lost for two causes at once stand by themselves.
    lines
        The keys of the lines, upstream first, headlines among them.
    headlines
        The headlines that have no value because of it, by their names in the summary.
    """

    causes: tuple[Cause, ...]
    lines: tuple[str, ...]
    headlines: tuple[str, ...]

    @property
    def cause(self) -> str:
        """The causes in words."""
        return " and ".join(map(str, self.causes))

    def __str__(self) -> str:
        """One line, as a pipe prints it."""
        count = f"{len(self.lines):,} line{'' if len(self.lines) == 1 else 's'}"
        heads = f"; headlines without a value: {listed(self.headlines, 40)}" if self.headlines else ""
        return f"{self.cause}, so that {count} are lost: {listed(self.lines, _SHOWN)}{heads}".replace(
            "1 line are", "1 line is"
        )


def unsaid(lost: Mapping[Line, Loss], left_out: Collection[str]) -> list[Loss]:
    """The losses that a case does not leave out on purpose.

    A line that only others take with them goes with those that are left out; a headline never does.
    """
    told = {line for line in lost if not set(left_out).isdisjoint(names_of(line))}
    silent = {
        line
        for line, loss in lost.items()
        if line not in told and not loss.rows_only and (loss.own or line.chapter == HEADLINES)
    }
    waiting = list(silent)
    readers: dict[Line, list[Line]] = {}
    for line, loss in lost.items():
        for upstream in loss.upstream:
            readers.setdefault(upstream, []).append(line)
    while waiting:
        for reader in readers.get(waiting.pop(), ()):
            if reader not in silent and reader not in told:
                silent.add(reader)
                waiting.append(reader)
    return [loss for line, loss in lost.items() if line in silent]


def grouped(losses: Iterable[Loss]) -> tuple[Lost, ...]:
    """Losses by their causes, the one that takes most headlines first."""
    groups: dict[tuple[Cause, ...], list[Line]] = {}
    for loss in losses:
        groups.setdefault(tuple(sorted(loss.roots)), []).append(loss.line)
    found = [
        Lost(
            causes,
            tuple(line.key for line in lines),
            tuple(line.name for line in lines if line.chapter == HEADLINES),
        )
        for causes, lines in groups.items()
    ]
    return tuple(sorted(found, key=lambda lost: (-len(lost.headlines), -len(lost.lines), lost.causes)))


def rows_only(lost: Mapping[Line, Loss], left_out: Collection[str]) -> tuple[Lost, ...]:
    """Lines without rows, since a dimension that they run over has no members; sums over it are nought."""
    losses = [
        loss for line, loss in lost.items() if loss.rows_only and set(left_out).isdisjoint(names_of(line))
    ]
    return grouped(losses)
