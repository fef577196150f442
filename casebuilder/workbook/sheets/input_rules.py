"""What Excel itself asks of an input cell as it is typed: the rule, and the bounds and unit in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casebuilder.inputs.assumed.amounts import LARGEST
from casebuilder.inputs.files.scalars import shown
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.inputs import AS_BASE
from casebuilder.workbook.sheets.input_faults import FLAG_KIND, SHARE, WHOLE, WORD, Bounds
from casebuilder.workbook.writing.sheet import FormulaSheet

# Excel's limits in characters.
_TITLE, _MESSAGE, _LIST = 32, 255, 255
# Cells that a rule names at once; more go into another rule of the same words.
_MOST_RANGES = 400
# What an amount written as text ends with: a digit, %, k, m or bn.
_ENDS = "0123456789%kmn"
_WHAT = {WHOLE: "A whole number", SHARE: "A share", FLAG_KIND: "Yes or no", WORD: "A word"}

ANY = Bounds(None, None)
Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Rule:
    """What may be typed in a cell; `kind` is empty where only the words that stand for Base may.

    With `as_text` a number may also be written as people write money: 1.2m, £600k.
    """

    kind: str
    bounds: Bounds = ANY
    unit: str = ""
    choices: tuple[str, ...] = ()
    as_text: bool = False

    @property
    def title(self) -> str:
        """The head of the message."""
        return _WHAT.get(self.kind, "A number" if self.kind else AS_BASE)

    @property
    def message(self) -> str:
        """The bounds and the unit in words."""
        if not self.kind:
            return (
                "This option reads Base. To give it a value of its own, open the input for it: --set "
                "OPTION:KEY=VALUE, or `opens:` in its file, and build again."
            )
        if self.kind == WORD:
            return _cut(f"One of: {', '.join(self.choices)}.")
        if self.kind == FLAG_KIND:
            return "1 for yes, 0 for no."
        per_cent = " 0.85 stands for 85 %." if self.kind == SHARE else ""
        unit = f" Unit: {self.unit}." if self.unit and self.kind != SHARE else ""
        written = " £600k and 1.2m are read too." if self.as_text else ""
        return _cut(f"{self.title}{self._between()}.{unit}{per_cent}{written}")

    def _between(self) -> str:
        bounds = self.bounds
        least, most = bounds.least, bounds.most
        parts = []
        if least is not None and least == most:
            return f": {shown(least)}, nothing else"
        if least is not None:
            parts.append(f"more than {shown(least)}" if bounds.above_least else f"{shown(least)} or more")
        if most is not None:
            parts.append(f"less than {shown(most)}" if bounds.below_most else f"{shown(most)} at most")
        return f", {' and '.join(parts)}" if parts else ", of any size"

    def excel(self, at: Range, words: str) -> tuple[dict[str, Any], bool]:
        """The rule as Excel takes it, and whether it is the same wherever it stands."""
        rule, anywhere = self._criteria(at, words)
        rule |= {
            "ignore_blank": False,
            "input_title": self.title[:_TITLE],
            "input_message": self.message,
            "error_title": "This cannot be used"[:_TITLE],
            "error_message": self.message,
        }
        return rule, anywhere

    def _criteria(self, at: Range, words: str) -> tuple[dict[str, Any], bool]:
        if not self.kind:
            return {"validate": "list", "source": [AS_BASE]}, True
        if self.kind == FLAG_KIND:
            return {"validate": "list", "source": ["0", "1"]}, True
        if self.kind == WORD:
            if len(",".join(self.choices)) <= _LIST:
                return {"validate": "list", "source": list(self.choices)}, True
            cell = _cell(at)
            return {"validate": "custom", "value": f'=ISNUMBER(FIND(","&{cell}&",",","&{words}&","))'}, False
        bounds, number = self.bounds, "integer" if self.kind == WHOLE else "decimal"
        least, most = bounds.least, bounds.most
        if self.as_text:
            cell = _cell(at)
            tests = [f"{cell}{'>' if bounds.above_least else '>='}{least:.15g}"] if least is not None else []
            tests += [f"{cell}{'<' if bounds.below_most else '<='}{most:.15g}"] if most is not None else []
            inside = f"AND({','.join(tests)})" if tests else "TRUE"
            text = f'ISNUMBER(FIND(LOWER(RIGHT(TRIM({cell}),1)),"{_ENDS}"))'
            return {"validate": "custom", "value": f"=IF(ISNUMBER({cell}),{inside},{text})"}, False
        if least is not None and most is not None and (bounds.above_least or bounds.below_most):
            cell = _cell(at)
            signs = (">" if bounds.above_least else ">="), ("<" if bounds.below_most else "<=")
            whole = f",{cell}=INT({cell})" if self.kind == WHOLE else ""
            test = f"{cell}{signs[0]}{least:.15g},{cell}{signs[1]}{most:.15g}{whole}"
            return {"validate": "custom", "value": f"=IF(ISNUMBER({cell}),AND({test}),FALSE)"}, False
        if least is not None and most is not None:
            return {"validate": number, "criteria": "between", "minimum": least, "maximum": most}, True
        if least is not None:
            return {"validate": number, "criteria": ">" if bounds.above_least else ">=", "value": least}, True
        if most is not None:
            return {"validate": number, "criteria": "<" if bounds.below_most else "<=", "value": most}, True
        return {"validate": number, "criteria": ">=", "value": -LARGEST}, True


class Rules:
    """The rules of one sheet, gathered by what they say, so that the file names each once."""

    def __init__(self) -> None:
        """Start with none."""
        self._cells: dict[Rule, list[Range]] = {}

    def add(self, rule: Rule, row: int, first: int, last: int) -> None:
        """Lay a rule on cells side by side; columns and row from 1."""
        found = self._cells.setdefault(rule, [])
        if found:
            top, left, bottom, right = found[-1]
            if (left, right) == (first, last) and bottom == row - 1:
                found[-1] = (top, left, row, right)
                return
        found.append((row, first, row, last))

    def write(self, sheet: FormulaSheet, words_column: int) -> None:
        """Write them."""
        for rule, ranges in self._cells.items():
            merged = _merged(ranges)
            excel, anywhere = rule.excel(merged[0], f"${letter(words_column)}{merged[0][0]}")
            if not anywhere:  # what the formula names moves with the cell: a rule for each range
                for at in merged:
                    own, _ = rule.excel(at, f"${letter(words_column)}{at[0]}")
                    sheet.data_validation(*_from_nought(at), own)
                continue
            for start in range(0, len(merged), _MOST_RANGES):
                part = [list(_from_nought(at)) for at in merged[start : start + _MOST_RANGES]]
                sheet.data_validation(*part[0], {**excel, "other_cells": part[1:]})


def _merged(ranges: Sequence[Range]) -> list[Range]:
    """Ranges of the same columns one below the other as one."""
    found: list[Range] = []
    for at in sorted(ranges, key=lambda r: (r[1], r[3], r[0])):
        if found and (found[-1][1], found[-1][3]) == (at[1], at[3]) and found[-1][2] == at[0] - 1:
            found[-1] = (found[-1][0], at[1], at[2], at[3])
        else:
            found.append(at)
    return found


def _from_nought(at: Range) -> tuple[int, int, int, int]:
    top, left, bottom, right = at
    return top - 1, left - 1, bottom - 1, right - 1


def _cell(at: Range) -> str:
    return f"{letter(at[1])}{at[0]}"


def _cut(text: str) -> str:
    return text if len(text) <= _MESSAGE else f"{text[: _MESSAGE - 1]}…"
