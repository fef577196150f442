"""The format of a case, and the keys that had another name in an older one: what to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

import yaml
from pydantic import Field, RootModel, ValidationError

from casebuilder.errors import Fault, InputError, ModelError
from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.schema import Shape
from casebuilder.inputs.wording import meaning
from casebuilder.resources import resource

# The format of case.yaml that this program reads. It rises where a key is renamed or removed.
FORMAT = 2
TABLE = "assumptions/renamed.yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]


class RenamedGiven(Shape):
    """A row of the table."""

    now: list[Key]
    since: int = Field(ge=2, le=FORMAT)
    note: str = ""


class TableGiven(RootModel[dict[Key, RenamedGiven]]):
    """The table: each old key with what became of it."""


@dataclass(frozen=True)
class Renamed:
    """What became of a key.

    Attributes
    ----------
    key
        As it was.
    now
        What to write instead; none where nothing takes its place.
    since
        The format from which on it is so.
    note
        What to mind, in words; may be empty.
    """

    key: str
    now: tuple[str, ...]
    since: int
    note: str = ""

    def __str__(self) -> str:
        """What is said of it, without a full stop."""
        end = f": {self.note}" if self.note else ""
        if not self.now:
            return f"'{self.key}' is gone since format {self.since}{end}"
        names = listed((f"'{key}'" for key in self.now), len(self.now))
        return f"'{self.key}' is now {names} (since format {self.since}){end}"


def read_table(content: Any) -> dict[str, Renamed]:
    """The table, checked.

    Raises
    ------
    ModelError
        A row is written wrongly, or what stands in the place of a key is itself one that has gone.
    """
    try:
        given = TableGiven.model_validate(content).root
    except ValidationError as error:
        raise ModelError(
            "\n".join(f"{TABLE}: {'.'.join(map(str, d['loc']))}: {meaning(d)}" for d in error.errors())
        ) from error
    for key, row in given.items():
        for other in row.now:
            if other in given:
                raise ModelError(f"{TABLE}: {key}: {other} is gone too: write what took its place")
    return {key: Renamed(key, tuple(row.now), row.since, row.note) for key, row in given.items()}


@cache
def table() -> dict[str, Renamed]:
    """The keys that had another name or are gone, as they ship."""
    with resource(TABLE).open(encoding="utf-8") as stream:
        return read_table(yaml.load(stream, Loader=_LOADER))


def renamed(key: str) -> Renamed | None:
    """What became of a key, with or without an option before it and members behind; None of any other."""
    return table().get(re.sub(r"\[.*", "", key.rpartition(":")[2]).strip())


def check_format(node: Node) -> None:
    """Refuse a case of a format that is newer than this program, or that is none.

    Raises
    ------
    InputError
        Nothing else is said of such a case: what it means is not known.
    """
    given = node.get("format")
    if given is None:
        return
    found = given.scalar
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        message = f"format: is the number of the format of a case: write {FORMAT}"
        raise InputError([given.place.fault(message)])
    if found > FORMAT:
        message = (
            f"the case is of format {found}, and this program reads formats up to {FORMAT}: "
            "take a newer casebuilder, or the case as it was before"
        )
        raise InputError([given.place.fault(message)])


def unsaid_format(node: Node) -> Fault:
    """What is said once of a case without a format in which a key is named that has gone."""
    return node.place.fault(
        f"the case says no format:, so it is read as one of format {FORMAT - 1}; write format: {FORMAT} "
        "when its keys are those of now"
    )
