"""Figures of README and docs, held to the cases; `python -m tests.figures` prints stale ones and new values.

`docs/figures.yaml` quotes a piece of a document with its figures in brackets, and says for each what it is: a
value of a case, or arithmetic of some. What looks like a figure and is no result of a case stands there too,
with the reason. So prose stays prose, and a figure that no longer holds is found.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from casebuilder.case import Case, load_case

ROOT = Path(__file__).parent.parent
REGISTER = ROOT / "docs" / "figures.yaml"
DOCUMENTS = (
    "README.md",
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("docs/*.md")),
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("assumptions/cases/*/expected.yaml")),
)
_SIZES = {"bn": 1e9, "m": 1e6, "": 1.0}
MOST_ROUNDED = 0.05  # the most that the last digit of a rounded whole number is worth, of the number
NO_VALUE = ("none", "never", "–")
_CELL = re.compile(r"[+−-]?£?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|bn\b|m\b))?|none|never|–")
_NUMBER = r"[+−-]?£?\d[\d,]*(?:\.\d+)?"
_COUNTED = "points?|WTE|QALYs?|minutes|weeks|people|tests|patients|scans|hours"
_UNITS = rf"(?:\s?(?:%|bn\b|m\b)|(?=\s(?:{_COUNTED})\b))"
# What looks like a figure: money, a percentage, a number with thousands or decimals, or one with a unit.
LOOKS = re.compile(
    rf"(?<![\w./`=\[-])(?:{_NUMBER}{_UNITS}|[+−-]?£\d[\d,]*(?:\.\d+)?|[+−]?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
    r"|[+−]?\d+\.\d+)(?![\w/])"
)
_TERM = re.compile(r"(?:(?P<option>[a-z_0-9]+|\*):)?(?P<key>[a-z_]+\.[a-z_0-9]+)(?:\[(?P<members>[^\]]*)\])?")
_FUNCTIONS = {"sum": np.sum, "min": np.min, "max": np.max, "abs": abs, "above": lambda x, y: np.sum(x > y)}


@dataclass(frozen=True)
class Figure:
    """One figure of a document: how it is written, where, and what it is."""

    file: str
    written: str
    start: int
    case: str
    of: str
    option: str = ""
    sets: tuple[str, ...] = ()
    unit: str = ""
    less: tuple[str, ...] = ()

    @property
    def run(self) -> bool:
        """Whether it needs a run of its own."""
        return bool(self.sets or self.less)

    def value(self) -> float:
        """What the case gives; with `less`, by how much it is more than with those values set."""
        value = float(evaluated(self.of, solved(self.case, self.sets), self.option))
        if not self.less:
            return value
        return value - float(evaluated(self.of, solved(self.case, self.less), self.option))

    def holds(self, value: float) -> bool:
        """Whether what is written is the value, to the last digit written; a word stands for no value."""
        if self.written in NO_VALUE:
            return bool(np.isnan(value))
        written, step = read(self.written, self.unit)
        return abs(written - value) <= step / 2 * (1 + 1e-9)


@cache
def solved(name: str, sets: tuple[str, ...]) -> Case:
    """A case, with values set."""
    return load_case(name, sets)


def read(written: str, of_table: str = "") -> tuple[float, float]:
    """A figure as written, and the worth of its last digit; zeros that end a whole number are not digits.

    Where that would leave it too rough (10 days may be 14) they are: 500 holds to the ten, 40 to the one.
    `of_table` is the unit of a table whose cells do not repeat it.
    """
    match = re.fullmatch(r"([+−-]?)£?([\d,]+(?:\.(\d+))?)\s?(%|bn|m|)", written)
    if match is None:
        raise AssertionError(f"{written!r} is no figure")
    sign, digits, decimals, unit = match.groups()
    unit = unit or of_table
    size = 0.01 if unit == "%" else _SIZES[unit]
    plain = digits.replace(",", "")
    zeros = len(plain) - len(plain.rstrip("0")) if decimals is None and plain.strip("0") else 0
    while zeros and 10**zeros > MOST_ROUNDED * float(plain):
        zeros -= 1
    step = 10.0 ** (-len(decimals) if decimals is not None else zeros) * size
    return (-1 if sign in ("−", "-") else 1) * float(plain) * size, step


def written_like(value: float, example: str, of_table: str = "") -> str:
    """A value as the example is written."""
    if example in NO_VALUE:
        return f"{value:g}"
    if np.isnan(value):
        return NO_VALUE[0]
    _, step = read(example, of_table)
    match = re.fullmatch(r"([+−-]?)(£?)([\d,]+(?:\.(\d+))?)(\s?(?:%|bn|m|))", example)
    assert match is not None
    sign, pound, digits, decimals, unit = match.groups()
    unit_of = unit.strip() or of_table
    size = 0.01 if unit_of == "%" else _SIZES[unit_of]
    rounded = round(abs(value) / step) * step / size
    separator = "," if "," in digits or rounded >= 10_000 else ""
    text = f"{rounded:{separator}.{len(decimals or '')}f}"
    return ("−" if value < 0 else "+" if sign == "+" else "") + pound + text + unit


def evaluated(of: str, case: Case, default: str = "") -> Any:
    """The value of an expression: `option:chapter.line[member,period]`, `[*]` for all, and arithmetic."""
    last = default or case.problem.frame.option_ids[-1]
    names: dict[str, Any] = dict(_FUNCTIONS)

    def term(match: re.Match[str]) -> str:
        name = f"x{len(names)}"
        names[name] = looked_up(case, match["option"] or last, match["key"], match["members"])
        return name

    python = _TERM.sub(term, of)
    if not re.fullmatch(r"[\w\s+\-*/().,]*", python):
        raise AssertionError(f"{of!r} is no expression")
    return eval(python, {"__builtins__": {}}, names)


def looked_up(case: Case, option: str, key: str, members: str | None) -> Any:
    """A line's or an input's value for an option: one, or with `[*]` all; `*` are all options."""
    problem = case.problem
    if option == "*":
        return np.array([looked_up(case, one, key, members) for one in problem.frame.option_ids])
    line = problem.by_key[key]
    array = case.results.array(line)[0]
    values = array[min(problem.frame.option_ids.index(option), array.shape[0] - 1)]
    given = [m.strip() for m in (members or "").split(",") if m.strip()]
    if given == ["*"]:
        return values[~np.isnan(values)]
    index: list[Any] = []
    for dimension in line.over:
        places, member = problem.frame.positions[dimension], given.pop(0)
        first, _, last = member.partition("..")
        if member == "*":
            index.append(slice(None))
        elif last:
            index.append(slice(places[first], places[last] + 1))
        else:
            index.append(places[member])
    return values[tuple(index)]


@cache
def at_end(name: str, key: str, end: str) -> tuple[str, ...]:
    """What sets every member of an input, in all options, at the low or high of its range."""
    case = solved(name, ())
    given = case.problem.values[case.problem.inputs_by_key[key]]
    sets = []
    for prefix, cells in (("", given.base), *((f"{option}:", of) for option, of in given.options.items())):
        for members, value in cells.items():
            bound = getattr(value, end)
            if bound is not None:
                sets.append(f"{prefix}{key}{f'[{chr(44).join(members)}]' if members else ''}={bound}")
    return tuple(sets)


@cache
def as_in(name: str, option: str, other: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """What sets inputs of an option as another option has them."""
    problem = solved(name, ()).problem
    return tuple(
        f"{option}:{key}{f'[{chr(44).join(members)}]' if members else ''}={value.amount}"
        for key in keys
        for members, value in problem.values[problem.inputs_by_key[key]].options[other].items()
    )


@cache
def register() -> Mapping[str, Any]:
    """The register, by document."""
    with REGISTER.open(encoding="utf-8") as stream:
        found: dict[str, Any] = yaml.safe_load(stream)
    return found


@cache
def text_of(file: str) -> str:
    """A document."""
    return (ROOT / file).read_text(encoding="utf-8")


def pattern(quoted: str) -> re.Pattern[str]:
    """What finds a quotation, wherever the lines break."""
    return re.compile(r"\s+".join(re.escape(word) for word in quoted.split()))


def places(file: str, quoted: str) -> list[int]:
    """Where a quotation stands in a document."""
    return [match.start() for match in pattern(quoted).finditer(text_of(file))]


def figures(file: str) -> Iterator[Figure]:
    """The figures of a document that are held to a case."""
    of_file = register().get(file) or {}
    for entry in of_file.get("figures", ()):
        quoted = entry["text"]
        plain = re.sub(r"[\[\]]", "", quoted)
        starts = places(file, plain)
        if len(starts) != 1:
            raise AssertionError(f"{file}: {plain!r} stands there {len(starts)} times")
        written = re.findall(r"\[([^\]]+)\]", quoted)
        of = entry["of"] if isinstance(entry["of"], list) else [entry["of"]]
        if "options" in entry:
            of = [f"{option}:{one}" for one in of for option in entry["options"]]
        if len(of) != len(written):
            raise AssertionError(f"{file}: {quoted!r} holds {len(written)} figures and says {len(of)}")
        place = starts[0]
        for one, what in zip(written, of, strict=True):
            match = pattern(one).search(text_of(file), place)
            assert match is not None
            place = match.end()
            case = entry.get("case", of_file.get("case", ""))
            yield Figure(
                file,
                one,
                match.start(),
                case,
                str(what),
                entry.get("option", ""),
                tuple(entry.get("sets", ())),
                entry.get("unit", ""),
                tuple(entry.get("less", ())),
            )
    for table in of_file.get("tables", ()):
        yield from table_figures(file, table, table.get("case", of_file.get("case", "")))


def table_figures(file: str, table: Mapping[str, Any], case: str) -> Iterator[Figure]:
    """The figures of a table: a row says what it is of, a column its option, or the other way round.

    In a column's expression `{row}` is what the register says of the row. A row may have fewer columns held
    than the table: `-` stands for one that is not. `runs` in place of columns are the values set in each; a
    row that is a run of its own says what it sets, or which inputs it has `in` it `like` another option.
    """
    text = text_of(file)
    begin = text.index(table["after"])
    columns = table.get("columns") or table["runs"]
    for label, of in table["rows"].items():
        start = text.find(f"\n| {label} |", begin)
        if start < 0:
            raise AssertionError(f"{file}: no row {label!r} after {table['after']!r}")
        place, cells = start + len(f"\n| {label} "), []
        for cell in text[place : text.index("\n", place)].split("|")[1:-1]:
            place += 1
            cells.append((place, cell))
            place += len(cell)
        if len(cells) != len(columns):
            raise AssertionError(f"{file}: row {label!r} has {len(cells)} columns")
        for (at, cell), column in zip(cells, columns, strict=True):
            if column == "-" or of == "-":
                continue
            match = _CELL.search(cell)
            if match is None:
                raise AssertionError(f"{file}: row {label!r} holds no figure in {cell!r}")
            what, option, sets = cell_of(table, of, column, case)
            yield Figure(file, match[0], at + match.start(), case, what, option, sets, table.get("unit", ""))


def cell_of(table: Mapping[str, Any], row: Any, column: Any, case: str) -> tuple[str, str, tuple[str, ...]]:
    """What a cell of a table is of, of which option, with which values set."""
    option, sets = table.get("option", ""), tuple(table.get("sets", ()))
    if table.get("ends"):
        return table["of"], "", at_end(case, row, column)
    if isinstance(row, Mapping):
        alike = as_in(case, option, row["like"], tuple(row["in"])) if "like" in row else ()
        return column, row.get("option", option), (*sets, *alike, *row.get("sets", ()))
    if "runs" in table:
        return str(row), option, (*sets, *column)
    if "{row}" in column:
        return column.replace("{row}", str(row)), option, sets
    return str(row), column, sets


def excused(file: str) -> list[tuple[int, int]]:
    """The stretches of a document whose figures are no results, each for a reason."""
    text, found = text_of(file), []
    of_file = register().get(file) or {}
    for entry in (*of_file.get("not_results", ()), *of_file.get("not_held", ())):
        if not entry.get("why"):
            raise AssertionError(f"{file}: {entry} gives no reason")
        if "section" in entry:
            start = text.index(f"{entry['section']}\n")
            level = entry["section"].split()[0]
            after = re.compile(rf"^#{{1,{len(level)}}} ", re.M).search(text, start + len(entry["section"]))
            found.append((start, after.start() if after else len(text)))
        elif entry.get("file"):
            found.append((0, len(text)))
        else:
            starts = [(m.start(), m.end()) for m in pattern(entry["text"]).finditer(text)]
            if not starts:
                raise AssertionError(f"{file}: {entry['text']!r} is not there")
            found += starts
    return found


def unheld(file: str) -> list[str]:
    """What looks like a figure in a document and is neither held nor excused, with its line."""
    text = text_of(file)
    held = {figure.start for figure in figures(file)}
    code = re.finditer(r"```.*?```|`[^`\n]+`", text, re.S)
    stretches = excused(file) + [(match.start(), match.end()) for match in code]
    left = []
    for match in LOOKS.finditer(text):
        start = match.start()
        if any(start <= place < match.end() for place in held):
            continue
        if any(a <= start < b for a, b in stretches):
            continue
        left.append(f"{file}:{text.count(chr(10), 0, start) + 1}: {match[0]}")
    return left


def stale(chosen: Sequence[Figure]) -> list[str]:
    """Those that no longer hold, with what the case gives."""
    found = []
    for figure in chosen:
        value = figure.value()
        if not figure.holds(value):
            line = text_of(figure.file).count("\n", 0, figure.start) + 1
            now = written_like(value, figure.written, figure.unit)
            found.append(
                f"{figure.file}:{line}: {figure.written} is {now} ({figure.case} {figure.of} = {value:.6g})"
            )
    return found


def main() -> None:
    """Print what is stale and what nobody holds, of the documents named or all."""
    for file in sys.argv[1:] or DOCUMENTS:
        held = list(figures(file))
        for told in (*stale(held), *(f"{one}: not held" for one in unheld(file))):
            print(told)
        print(f"{file}: {len(held)} figures held")


if __name__ == "__main__":
    main()
