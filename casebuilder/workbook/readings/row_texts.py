"""The texts of a line's formulas, row by row; those of options that read the same are worked out once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from casebuilder.algebra.dimensions import OPTION
from casebuilder.algebra.terms import Call, Input, Line, walk
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.readings.formulas import formula
from casebuilder.workbook.readings.references import Place


class RowTexts(NamedTuple):
    """A row's formula and that of its opening, which is empty where there is none: with marks for columns."""

    formula: str
    opening: str


class LineTexts:
    """Gives the formulas of lines on the sheets of options.

    The formulas of two options differ in the names of their own sheets alone, where both hold the same of the
    lines that are read and override none of the inputs; a line that names an option itself is read for each.
    The option of the longest name is the model: which of two ways is written depends on how long each is.
    """

    def __init__(self, layout: Layout) -> None:
        """Know no text yet."""
        self.layout = layout
        self._models: dict[Line, Mapping[str, str]] = {}
        self._known: dict[tuple[Line, str], Sequence[RowTexts]] = {}

    def of(self, line: Line, option: str) -> Sequence[RowTexts]:
        """The texts of a line's rows, in order.

        Raises
        ------
        LayoutError
            No one formula says it.
        """
        if line not in self._models:
            self._models[line] = self._models_of(line)
        model = self._models[line][option]
        if (line, model) not in self._known:
            self._known[line, model] = self._made(line, model)
        texts = self._known[line, model]
        return texts if model == option else [self._renamed(each, model, option) for each in texts]

    def _models_of(self, line: Line) -> Mapping[str, str]:
        """For each option that holds a line the one whose formulas its own are, but for names."""
        layout = self.layout
        read = layout.problem.sources_of(line)
        touched = {
            option for each in read if isinstance(each, Input) for option in layout.inputs.touching(each)
        }
        named = _names_an_option(line)
        alike: dict[Hashable, list[str]] = {}
        for option, own in layout.own.items():
            if line in own:
                alone = named or option in touched
                held = frozenset(each for each in read if isinstance(each, Line) and each in own)
                alike.setdefault(option if alone else held, []).append(option)
        return {option: max(options, key=len) for options in alike.values() for option in options}

    def _made(self, line: Line, option: str) -> list[RowTexts]:
        rows = self.layout.sheets[self.layout.sheet_of[line]].blocks[line].rows
        made = []
        for members, row in rows.items():
            where = Place.of_row(self.layout, line, option, members, row)
            opening = "" if line.opening is None else formula(line.opening, where)
            made.append(RowTexts(formula(line.definition, where), opening))
        return made

    def _renamed(self, texts: RowTexts, other: str, option: str) -> RowTexts:
        for kind in self.layout.kinds:
            theirs, own = (f"'{self.layout.sheet_name(kind, each)}'!" for each in (other, option))
            texts = RowTexts(*(text.replace(theirs, own) for text in texts))
        return texts


def _names_an_option(line: Line) -> bool:
    """Whether a line reads an option that it names itself, as the gap to the baseline does."""
    terms = (line.definition, *(() if line.opening is None else (line.opening,)))
    return any(
        isinstance(part, Call) and part.operator == "at" and part.settings["dimension"] == OPTION
        for term in terms
        for part in walk(term)
    )
