"""The figures a case is held to: claims in case.yaml, and published figures in expected.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casebuilder.errors import InputError
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import Scalar, listed, nearest
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.schema import ExpectedFile, check
from casebuilder.inputs.shape.sources import check_source, read_sources
from casebuilder.inputs.values import Claim, Source
from casebuilder.resources import resource

EXPECTED = "expected.yaml"


@dataclass(frozen=True)
class Known:
    """The names that a figure may use; where none are known, any will do."""

    options: Sequence[str] = ()
    headlines: Sequence[str] = ()


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
    # Where each figure stands, by its headline and option.
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)


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
    expected = load_expected(files, register, Known())
    if files.faults:
        raise InputError(files.faults)
    return expected


def load_expected(files: Files, register: dict[str, Source], known: Known) -> Expected:
    """The same with faults gathered in `files`, and names checked where they are known."""
    path = files.folder / EXPECTED
    node = files.load(path) if path.is_file() else None
    given = check(ExpectedFile, node, node.place, files.faults) if node else None
    if node is None or given is None:
        return Expected()
    return Expected(
        figures=read_claims(node.get("figures"), files, register, known),
        calibrated=read_claims(node.get("calibrated"), files, register, known),
        not_reproduced=_not_reproduced(node.get("not_reproduced"), files, register),
        places={
            (_text(item.get("headline")), _text(item.get("option"))): item.place
            for entry in (node.get("figures"), node.get("calibrated"))
            for item in (entry.items if entry else [])
        },
    )


def read_claims(
    entry: Node | None, files: Files, register: dict[str, Source], known: Known
) -> tuple[Claim, ...]:
    """The claims of a list; those without a headline, an option or a value are faults already noted."""
    claims: list[Claim] = []
    for item in entry.items if entry else []:
        if not {"headline", "option", "value", "source"} <= set(item.mapping):
            continue
        headline, option, source = (item.mapping[name] for name in ("headline", "option", "source"))
        sourced = check_source(_text(source), source.place, register, files.faults)
        named = _is_known(option, known.options, "option", files)
        named = _is_known(headline, known.headlines, "headline", files) and named
        value, tolerance = _number(item.get("value")), _number(item.get("tolerance"), 0.05)
        if named and sourced and value is not None and tolerance is not None:
            texts = _text(headline), _text(option)
            claims.append(Claim(*texts, value, tolerance, _text(source), _text(item.get("note"))))
    return tuple(claims)


def _text(node: Node | None) -> str:
    """A text as typed; empty where none is given."""
    return (node.text or "") if node else ""


def _number(node: Node | None, default: float | None = None) -> float | None:
    """A number; None where another thing stands there, which is a fault already noted."""
    if node is None:
        return default
    return float(node.scalar) if isinstance(node.scalar, int | float) else None


def _is_known(node: Node, names: Sequence[str], kind: str, files: Files) -> bool:
    """Whether a name is one of those known; a fault where it is not."""
    name = _text(node)
    if not names or name in names:
        return True
    hint = nearest(name, names) or f"; the {kind}s are {listed(names, 12)}"
    files.faults.append(node.place.fault(f"'{name}' is no {kind}{hint}"))
    return False


def _not_reproduced(
    entry: Node | None, files: Files, register: dict[str, Source]
) -> tuple[NotReproduced, ...]:
    """The figures that the model does not give."""
    found: list[NotReproduced] = []
    for item in entry.items if entry else []:
        source, value = item.get("source"), item.get("value")
        if source is None or not check_source(_text(source), source.place, register, files.faults):
            continue
        figure, why = _text(item.get("figure")), _text(item.get("why"))
        found.append(NotReproduced(figure, value.scalar if value else None, _text(source), why))
    return tuple(found)
