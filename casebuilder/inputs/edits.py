"""An edit: one value of one input that somebody changed; and a scenario, edits that go together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casebuilder.inputs.files.scalars import shown

# What a case without any of its scenarios is called.
AS_STATED = "As stated"

Members = tuple[str, ...]

Amount = float | str


@dataclass(frozen=True)
class Edit:
    """One value that is to stand in a case.

    Attributes
    ----------
    key
        The input's key.
    members
        In the order of the input's dimensions, the period last where it runs over time.
    new
        The value, as the model takes it.
    option
        The option whose own value it is; None for the base case.
    old
        What stood there where the edit was begun; None where nobody knows.
    source, state
        An id of a register, and how it vouches for the value; both empty for one that nothing vouches for.
    note
        What is to be kept with it in words: why, or the formula that it was worked out from.
    low, high
        The range typed with it; None where the one that stands is kept as far as it holds the value.
    place
        Where it was typed, as `Inputs!D14`.
    """

    key: str
    members: Members
    new: Amount
    option: str | None = None
    old: Amount | None = None
    source: str = ""
    state: str = ""
    note: str = ""
    low: float | None = None
    high: float | None = None
    place: str = ""

    @property
    def name(self) -> str:
        """The input as `--set` takes it: `option:equipment.unit_price[ct]`."""
        return name_of(self.option, self.key, self.members)


def name_of(option: str | None, key: str, members: Members) -> str:
    """An input's value as `--set` takes it."""
    inside = f"[{','.join(members)}]" if members else ""
    return f"{f'{option}:' if option else ''}{key}{inside}"


@dataclass(frozen=True)
class Scenario:
    """A case that could be, told by what differs.

    Attributes
    ----------
    name
        The name of its file, and what `--scenario` takes.
    label, note
        What it is called, and what there is to say about it.
    edits
        One a value, in the order of the model: of the base case, then of options that have their own. An
        option that overrides an input keeps its own value unless the scenario gives that too.
    """

    name: str
    label: str
    note: str
    edits: tuple[Edit, ...] = ()

    @property
    def by_key(self) -> dict[str, tuple[Edit, ...]]:
        """The edits of each input, by its key."""
        found: dict[str, list[Edit]] = {}
        for edit in self.edits:
            found.setdefault(edit.key, []).append(edit)
        return {key: tuple(edits) for key, edits in found.items()}


def sets_of(edits: Iterable[Edit]) -> list[str]:
    """Edits as `--set` takes them, in their order."""
    return [f"{edit.name}={edit.new if isinstance(edit.new, str) else shown(edit.new)}" for edit in edits]
