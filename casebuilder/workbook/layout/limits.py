"""What Excel refuses: formulas, texts, rows and rules beyond its limits, each told with its cell.

XlsxWriter cuts a long text or drops a cell outside the sheet and says so by a return code or a warning.
Here nothing is cut: a sheet keeps what it was asked for and Excel would refuse, and no workbook with
such a cell is written. The limits are those of "Excel specifications and limits" (Microsoft Support) and
of ISO/IEC 29500-1 for the validation messages.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from casebuilder.errors import LayoutError

LONGEST_FORMULA = 8_192  # characters, the equals sign among them
DEEPEST = 64  # functions within functions
LONGEST_LITERAL = 255  # characters of a text within a formula
LONGEST_TEXT = 32_767  # characters in a cell
LONGEST_NAME = 31  # characters of a sheet's name
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_LIST = 255  # characters of the words of a validation
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # characters of what a validation says
HIGHEST_ROW = 409.5  # points
_SHOWN = 10
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')


def fitted_name(name: str) -> str:
    """A sheet's name as Excel takes it: one over 31 characters is cut, and told apart by its checksum."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 5]}~{zlib.crc32(name.encode()) % 65536:04x}"


@dataclass(frozen=True)
class Refused:
    """One thing that Excel refuses: where it would stand, what it is for, and what is too much."""

    sheet: str
    cell: str
    subject: str
    what: str

    def __str__(self) -> str:
        """One line."""
        about = f"{self.subject}: " if self.subject else ""
        return f"{about}{self.what} (sheet '{self.sheet}', cell {self.cell})"


@dataclass
class Limits:
    """Takes what the sheets of one workbook were asked to hold and Excel would refuse."""

    refused: list[Refused] = field(default_factory=list)

    def raise_any(self) -> None:
        """Refuse the workbook where anything in it would be refused.

        Raises
        ------
        LayoutError
            Names what is refused, the first ten one by one; nothing was cut.
        """
        if not self.refused:
            return
        lines = [str(each) for each in self.refused[:_SHOWN]]
        more = len(self.refused) - len(lines)
        told = "; ".join([*lines, *([f"and {more:,} more"] if more else [])])
        raise LayoutError(f"Excel would not take this workbook: {told}")


def over_formula(text: str) -> str:
    """What Excel refuses of a formula without its equals sign; nothing where it takes it."""
    if len(text) + 1 > LONGEST_FORMULA:
        return (
            f"a formula of {len(text) + 1:,} characters, {LONGEST_FORMULA:,} at most: "
            "fewer members, or a part of it as a line of its own"
        )
    if text.count("(") <= DEEPEST and '"' not in text:
        return ""
    for literal in _LITERAL.findall(text):
        if len(literal.replace('""', '"')) > LONGEST_LITERAL:
            return f"a text of {len(literal):,} characters within a formula, {LONGEST_LITERAL} at most"
    if text.count("(") > DEEPEST and (deep := nesting(text)) > DEEPEST:
        return f"{deep} functions within one another, {DEEPEST} at most: a part of it as a line of its own"
    return ""


def nesting(text: str) -> int:
    """The most brackets that stand inside one another; those in words do not count."""
    deepest = depth = 0
    for number, part in enumerate(text.split('"')):
        if number % 2 == 0 and "(" in part:
            for character in part:
                if character == "(":
                    depth += 1
                    deepest = max(deepest, depth)
                elif character == ")":
                    depth -= 1
    return deepest


def over_text(text: str) -> str:
    """What Excel refuses of a text in a cell; nothing where it takes it."""
    units = len(text.encode("utf-16-le")) // 2 if len(text) > LONGEST_TEXT // 2 else 0
    if units <= LONGEST_TEXT:
        return ""
    return f"a text of {units:,} characters, {LONGEST_TEXT:,} at most in a cell"


def over_validation(rule: dict[str, object]) -> str:
    """What Excel refuses of a validation, as XlsxWriter takes it; nothing where it takes it."""
    for name, most in {
        "input_title": LONGEST_TITLE,
        "error_title": LONGEST_TITLE,
        "input_message": LONGEST_MESSAGE,
        "error_message": LONGEST_MESSAGE,
    }.items():
        text = str(rule.get(name) or "")
        if len(text) > most:
            return f"{name.replace('_', ' ')} of {len(text)} characters in a validation, {most} at most"
    words = rule.get("source")
    if isinstance(words, list) and len(listed := ",".join(map(str, words))) > LONGEST_LIST:
        return f"a list of {len(listed)} characters in a validation, {LONGEST_LIST} at most"
    return ""


def over_names(names: Iterable[str]) -> list[tuple[str, str]]:
    """The names of sheets that Excel refuses, and why: too long, a character, or alike but for capitals."""
    found, seen = [], dict[str, str]()
    for name in names:
        if not 0 < len(name) <= LONGEST_NAME:
            found.append((name, f"a name of {len(name)} characters, {LONGEST_NAME} at most"))
        if re.search(r"[\[\]:*?/\\]|^'|'$", name):
            found.append((name, "a name with one of [ ] : * ? / \\ in it, or a quote at its end"))
        if name.lower() in seen:
            found.append((name, f"a name like that of '{seen[name.lower()]}' but for capitals"))
        seen.setdefault(name.lower(), name)
    return found
