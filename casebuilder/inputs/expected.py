"""The figures a case is held to: claims in case.yaml, and published figures in expected.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casebuilder.errors import InputError
from casebuilder.inputs.includes import Files
from casebuilder.inputs.scalars import Scalar, listed, nearest
from casebuilder.inputs.schema import ExpectedFile, check
from casebuilder.inputs.sources import check_source, read_sources
from casebuilder.inputs.values import Claim, Source
from casebuilder.inputs.yaml import Node
from casebuilder.resources import resource

EXPECTED = "expected.yaml"


@dataclass(frozen=True)
class NotReproduced:
    """A published figure that the model does not give, and why."""

    figure: str
    value: Scalar
    source: str
    why: str


@dataclass(frozen=True)
class Expected:
    """What expected.yaml says: figures to meet, figures calibrated to, and figures not met."""

    figures: tuple[Claim, ...] = ()
    calibrated: tuple[Claim, ...] = ()
    not_reproduced: tuple[NotReproduced, ...] = ()


def read_expected(folder: Path, *, reference: Path | None = None) -> Expected:
    """A case's expected.yaml; empty where it has none.

    Parameters
    ----------
    folder
        The case.
    reference
        The reference set; by default the shipped one.

    Raises
    ------
    InputError
        All that is wrong with the file.
    """
    files = Files(folder, reference or resource("assumptions/reference"))
    register = read_sources(files)
    expected = load_expected(files, register, None)
    if files.faults:
        raise InputError(files.faults)
    return expected


def load_expected(files: Files, register: dict[str, Source], options: Sequence[str] | None) -> Expected:
    """The same with faults gathered in `files`, and options checked where they are known."""
    path = files.folder / EXPECTED
    node = files.load(path) if path.is_file() else None
    given = check(ExpectedFile, node, node.place, files.faults) if node else None
    if node is None or given is None:
        return Expected()
    return Expected(
        figures=read_claims(node.get("figures"), files, register, options),
        calibrated=read_claims(node.get("calibrated"), files, register, options),
        not_reproduced=_not_reproduced(node.get("not_reproduced"), files, register),
    )


def read_claims(
    entry: Node | None, files: Files, register: dict[str, Source], options: Sequence[str] | None
) -> tuple[Claim, ...]:
    """The claims of a list; those without a headline, an option or a value are faults already noted."""
    claims: list[Claim] = []
    for item in entry.items if entry else []:
        given = item.plain()
        if not isinstance(given, dict) or not {"headline", "option", "value", "source"} <= set(given):
            continue
        option, source = item.mapping["option"], item.mapping["source"]
        known = check_source(str(source.scalar), source.place, register, files.faults)
        if options is not None and option.scalar not in options:
            hint = nearest(str(option.scalar), options) or f"; the options are {listed(options, 12)}"
            files.faults.append(option.place.fault(f"'{option.scalar}' is no option{hint}"))
        elif known and all(isinstance(given.get(name, 0.05), int | float) for name in ("value", "tolerance")):
            value, tolerance = float(given["value"]), float(given.get("tolerance", 0.05))
            note = str(given.get("note") or "")
            texts = str(given["headline"]), str(option.scalar)
            claims.append(Claim(*texts, value, tolerance, str(source.scalar), note))
    return tuple(claims)


def _not_reproduced(
    entry: Node | None, files: Files, register: dict[str, Source]
) -> tuple[NotReproduced, ...]:
    """The figures that the model does not give."""
    found: list[NotReproduced] = []
    for item in entry.items if entry else []:
        source, value = item.get("source"), item.get("value")
        if source is None or not check_source(str(source.scalar), source.place, register, files.faults):
            continue
        figure, why = (str(child.scalar) if (child := item.get(name)) else "" for name in ("figure", "why"))
        found.append(NotReproduced(figure, value.scalar if value else None, str(source.scalar), why))
    return tuple(found)
