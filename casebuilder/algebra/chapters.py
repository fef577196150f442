"""Gather the lines and inputs of a model's chapters, in the order they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import cast

from casebuilder.algebra.derive import check_lines
from casebuilder.algebra.dimensions import Dimension, in_order
from casebuilder.algebra.meeting import Meeting, meetings
from casebuilder.algebra.order import needed, references
from casebuilder.algebra.terms import Check, Input, Line, Named, walk
from casebuilder.errors import ModelError

# Where a chapter declares the dimensions that it is the first to use.
DIMENSIONS = "DIMENSIONS"


@dataclass(frozen=True)
class Chapter:
    """One chapter: its name, its title and what it declares, in order."""

    name: str
    title: str
    lines: tuple[Line, ...]
    inputs: tuple[Input, ...]
    dimensions: tuple[Dimension, ...] = ()


@dataclass(frozen=True)
class Model:
    """The chapters in the order of the argument."""

    chapters: tuple[Chapter, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, upstream first."""
        return tuple(line for chapter in self.chapters for line in chapter.lines)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """All inputs, upstream first."""
        return tuple(item for chapter in self.chapters for item in chapter.inputs)

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """The dimensions that the chapters declare and those of the language, in their order."""
        return in_order(each for chapter in self.chapters for each in chapter.dimensions)

    @cached_property
    def meetings(self) -> frozenset[Meeting]:
        """The sets of dimensions that stand in one line or input together."""
        return meetings((*self.inputs, *self.lines))

    @cached_property
    def may_have_none(self) -> frozenset[str]:
        """Dimensions that a case may have no members of."""
        return frozenset(each.name for each in self.dimensions.values() if each.may_have_none)

    @cached_property
    def by_key(self) -> dict[str, Line]:
        """Lines by key."""
        return {line.key: line for line in self.lines}

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The lines that count breaches."""
        return tuple(line for line in self.lines if isinstance(line, Check))

    def cut_to(self, keys: Iterable[str], without: Collection[str] = ()) -> Model:
        """The model with some lines and all that they need, from the outputs backwards; the rest is dropped.

        Parameters
        ----------
        keys
            The lines wanted.
        without
            Dimensions that may have no members here, though a case of its own must have some: a sum over
            one is nought.

        Raises
        ------
        KeyError
            The model has no line of this key.
        """
        kept = needed(self.by_key[key] for key in keys)
        read = {named for line in kept for named, _ in references(line)} | {line.held for line in kept}
        return Model(
            tuple(
                replace(
                    chapter,
                    lines=tuple(line for line in chapter.lines if line in kept),
                    inputs=tuple(item for item in chapter.inputs if item in read),
                    dimensions=tuple(
                        replace(each, may_have_none=each.may_have_none or each.name in without)
                        for each in chapter.dimensions
                    ),
                )
                for chapter in self.chapters
            )
        )


def name_chapter(name: str, title: str, members: Mapping[str, object]) -> Chapter:
    """Name the lines and inputs among some variables by chapter and variable.

    Raises
    ------
    ModelError
        A term that already has another name, so that it would stand under two keys.
    """
    named = [(key, value) for key, value in members.items() if isinstance(value, Named)]
    for key, value in named:
        if value.name and (value.chapter, value.name) != (name, key):
            raise ModelError(f"{value.key} stands in {name} too; import the chapter, not the name")
        value.chapter, value.name = name, key
    return Chapter(
        name,
        title,
        tuple(value for _, value in named if isinstance(value, Line)),
        tuple(value for _, value in named if isinstance(value, Input)),
        cast("tuple[Dimension, ...]", members.get(DIMENSIONS, ())),
    )


def gather(modules: Iterable[ModuleType]) -> Model:
    """Read chapters from modules; the first sentence of a module's docstring is its title.

    Nothing of what they hold is checked (`check_model`).
    """
    chapters = []
    for module in modules:
        title = (module.__doc__ or module.__name__).split(":")[0].strip()
        chapters.append(name_chapter(module.__name__.rpartition(".")[2], title, vars(module)))
    return Model(tuple(chapters))


def checked(chapters: Sequence[Chapter]) -> Model:
    """A model of some chapters, its lines checked as by `check_model`."""
    model = Model(tuple(chapters))
    check_model(model)
    return model


def check_model(model: Model) -> None:
    """Check what cannot change after it is written: units, dimensions, emptiness, references.

    Raises
    ------
    UnitError
        Any line is written wrongly; the message lists every fault.
    ModelError
        A line or an input runs over what no chapter declares, or a line uses what none declares.
    """
    for named in (*model.inputs, *model.lines):
        for dimension in named.over:
            if dimension not in model.dimensions:
                raise ModelError(
                    f"{named.key} runs over {dimension}, which no chapter declares as a dimension"
                )
    known = set(model.lines) | set(model.inputs)
    for line in model.lines:
        terms = [line.definition] + ([line.opening] if line.opening is not None else [])
        for part in (part for term in terms for part in walk(term)):
            if isinstance(part, Named) and part not in known:
                raise ModelError(f"{line.key} uses '{part.label}', which no chapter declares")
    check_lines(model.lines)
