"""What YAML's parser could not read, told in plain words with what to write instead."""

from __future__ import annotations

import re

import yaml

from casebuilder.errors import Fault
from casebuilder.inputs.files.places import Place

_BACKSLASH = "a backslash in double quotes starts a code: write two for one, or use single quotes"
_PLAINER = {
    "mapping values are not allowed": (
        "a colon where no key can stand: put text that holds a colon in quotes, or mend the indent"
    ),
    "did not find expected key": "the indent fits no line above",
    "did not find expected '-' indicator": "the indent fits no list item above",
    "could not find expected ':'": "a key without a colon",
    "did not find expected ',' or": "a bracket that is not closed, or a comma that is missing",
    "found unexpected end of stream": "a quote that is not closed",
    "did not find expected <document start>": "text that belongs to no key",
    "did not find expected node content": (
        "a value is missing, or it starts with a mark that YAML keeps for itself"
    ),
    "found unknown escape character": _BACKSLASH,
    "did not find expected hexdecimal number": _BACKSLASH,
    "found invalid Unicode character escape code": _BACKSLASH,
}
# The marks that no text may start with, and what the parser stops at then.
_STARTS = ("@", "`", "%", ">", "|", "*", "&", "!", "?", "-", ",", "[", "{", "]", "}")
_VALUE = re.compile(r"(?:^|[:,\[{-])\s+$|[\[{]$")
_NO_BLANK = re.compile(r"^(?P<indent>\s*(?:- )?)(?P<key>[A-Za-z][\w.]*):(?P<value>\S.*)$")
_EQUALS = re.compile(r"^\s*(?P<key>[A-Za-z][\w.]*)\s*=\s*(?P<value>.*)$")
_COMMENT = re.compile(r"\s#")
_RUN_ON = re.compile(r"(?:: |\[|, )(?P<value>[-£\d._]+)\s*(?P<mark>;?)\s+(?P<key>[A-Za-z]\w*)$")
_LONGEST = 60


def syntax_fault(error: yaml.YAMLError, text: str, shown: str) -> Fault:
    """What the parser could not read, where it stood.

    Parameters
    ----------
    error
        What the parser says.
    text
        The whole file.
    shown
        Its name as faults show it.
    """
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Place(shown).fault(f"not YAML: {problem}")
    lines = text.splitlines()
    place = Place(shown, mark.line + 1, mark.column + 1)
    line = lines[mark.line] if mark.line < len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[mark.column : mark.column + 1] == "\t":
        at = indent.index("\t") if "\t" in indent else mark.column
        return place.at(place.line, at + 1).fault("a tab: YAML is indented with spaces")
    context = getattr(error, "context_mark", None)
    told = _cure(problem, lines, mark, context, str(getattr(error, "context", "") or ""))
    if told:
        (row, column), message = told
        return place.at(row + 1, column + 1).fault(f"not YAML: {message}")
    for start, plainer in _PLAINER.items():
        if problem.startswith(start):
            return place.fault(f"not YAML: {plainer}")
    # The parser's own words help nobody who has not read its manual.
    seen = _cut(line.strip()) or "this line"
    return place.fault(
        f"not YAML: '{seen}' cannot be read: write KEY: VALUE, and put text with marks in quotes"
    )


def _cure(
    problem: str, lines: list[str], mark: yaml.Mark, context: yaml.Mark | None, said: str
) -> tuple[tuple[int, int], str] | None:
    """The place, from 0, and the words for a slip that is recognised."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    first = context.line if context is not None else mark.line
    if "scalar" in said or "alias" in said or "anchor" in said:
        row, column = (context or mark).line, (context or mark).column
        begun = lines[row] if row < len(lines) else ""
        if begun[column : column + 1] in _STARTS:
            return (row, column), _quote(begun, column)
    if line[mark.column : mark.column + 1] in _STARTS and _VALUE.search(line[: mark.column]):
        return (mark.line, mark.column), _quote(line, mark.column)
    if problem.startswith("found unexpected end of stream") and context is not None:
        return (mark.line, mark.column), f"a quote that is not closed: line {context.line + 1} opens it"
    if "flow" in said:
        return _in_brackets(lines, first, mark)
    if problem.startswith("could not find expected ':'"):
        return _no_colon(lines, first)
    if problem.startswith("mapping values are not allowed"):
        return _colon(lines, mark)
    if problem.startswith("did not find expected key"):
        return _after_end(line, mark) or _indent(lines, mark)
    return None


def _in_brackets(lines: list[str], first: int, mark: yaml.Mark) -> tuple[tuple[int, int], str] | None:
    """A slip inside { } or [ ]: a comment that hides the end, or a colon inside a value."""
    for row in range(first, min(mark.line + 1, len(lines))):
        line = lines[row]
        found = _COMMENT.search(line)
        hidden = line[found.start() :] if found else ""
        if found and re.search(r"[}\]]\s*$", hidden):
            message = (
                "a blank and # start a comment, which hides the closing bracket: "
                "put text that holds # in quotes"
            )
            if re.match(r"\s#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", hidden):
                message = f"{hidden.split()[0].rstrip('},]')} is an error of Excel: write the number"
            return (row, found.start() + 1), message
    line = lines[mark.line] if mark.line < len(lines) else ""
    opened = lines[first] if first < len(lines) else ""
    above = next((text.rstrip() for text in reversed(lines[first : mark.line]) if text.strip()), "")
    if mark.line > first and re.match(r"\s*(?:- )?[\w.]+:", line) and above[-1:] not in ",{[":
        at = max(opened.rfind("{"), opened.rfind("["))
        return (first, max(at, 0)), "a bracket is opened here that is not closed"
    if line[mark.column : mark.column + 1] in ("]", "}"):
        wrong = line[mark.column]
        right = "}" if wrong == "]" else "]"
        return (mark.line, mark.column), f"{wrong} closes what another bracket opened: write {right}"
    run = _RUN_ON.search(line[: mark.column])
    if line[mark.column : mark.column + 1] == ":" and run:
        said = "a semicolon where a comma is meant" if run["mark"] else "a comma is missing"
        return (mark.line, run.end("value")), f"{said}: write {run['value']}, {run['key']}: ..."
    if line[mark.column : mark.column + 1] == ":":
        start = max(line.rfind(sep, 0, mark.column) for sep in (": ", ", ", "{", "["))
        begin = start + (2 if line[start : start + 1] in ":," else 1)
        return (mark.line, mark.column), (
            f'a colon inside a value: put the text in quotes: "{_cut(line[begin:], brackets=True)}"'
        )
    return _after_end(line, mark)


def _no_colon(lines: list[str], row: int) -> tuple[tuple[int, int], str] | None:
    """A key whose colon has no blank after it, or that has another sign instead."""
    line = lines[row] if row < len(lines) else ""
    found = _NO_BLANK.match(line)
    if found:
        at = found.end("key")
        return (row, at), f"a colon needs a blank after it: write {found['key']}: {_cut(found['value'])}"
    equals = _EQUALS.match(line)
    if equals:
        at = line.index("=")
        return (row, at), f"a colon is meant: write {equals['key']}: {_cut(equals['value'])}"
    column = len(line) - len(line.lstrip())
    return (row, column), (
        f"'{_cut(line.strip())}' has no colon: write KEY: VALUE, or indent it if it goes on the text above"
    )


def _colon(lines: list[str], mark: yaml.Mark) -> tuple[tuple[int, int], str] | None:
    """A colon within text, or a line before whose colon has no blank after it."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    above = lines[mark.line - 1] if mark.line else ""
    if _NO_BLANK.match(above):
        return _no_colon(lines, mark.line - 1)
    key, colon, value = line.partition(": ")
    if colon and value.startswith("(") and ": " in value:
        return (mark.line, len(key) + 2), "a mapping stands in braces: write { } for ( )"
    if colon and len(key) + 1 < mark.column:
        words = f'put text that holds a colon in quotes: {key.strip()}: "{_cut(value)}"'
        return (mark.line, mark.column), f"a colon where no key can stand: {words}"
    return None


def _after_end(line: str, mark: yaml.Mark) -> tuple[tuple[int, int], str] | None:
    """Text after a value that quotes, a bracket or a star have ended."""
    before = line[: mark.column].rstrip()
    found = re.search(r"(?:^|[:,\[{-])\s*(?P<value>(?P<start>['\"*\[{]).*)$", before)
    start = before.find(": ") + 2 if ": " in before else -1
    value = before[start:].lstrip() if start > 0 else found["value"] if found else ""
    if not value or mark.column >= len(line):
        return None
    whole = _cut(line[line.index(value) :])
    at = (mark.line, mark.column)
    if value[0] == "'" and value.endswith("'"):
        return at, "an apostrophe inside single quotes ends the text: put the whole in double quotes"
    if value[0] == '"' and value.endswith('"'):
        return at, "text stands after the closing quote: put the whole in single quotes"
    if value[0] == "*":
        return at, f'text that starts with * goes in quotes: "{whole}"'
    if value[0] in "[{" and line[mark.column] in "]}":
        return at, "a closing bracket too many"
    if value[0] in "[{":
        return at, f'text that starts with a bracket goes in quotes: "{whole}"'
    return None


def _indent(lines: list[str], mark: yaml.Mark) -> tuple[tuple[int, int], str] | None:
    """A line that is indented otherwise than the one above it."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    above = next((text for text in reversed(lines[: mark.line]) if text.strip()), "")
    here, there = (len(text) - len(text.lstrip()) for text in (line, above))
    if mark.column != here or not above:
        return None
    return (mark.line, here), (
        f"the indent fits no line above: {here} blanks, where the line above has {there}; "
        "keys of one block start in one column"
    )


def _quote(line: str, column: int) -> str:
    """What is said of text that starts with a mark that YAML keeps for itself."""
    brackets = line[:column].count("{") + line[:column].count("[") > 0
    value = _cut(line[column:], brackets=brackets)
    bound = re.fullmatch(r">=?\s*(£?[\d.,]*\d%?)", value)
    if bound:
        return f"'{value}' is not one number: write it, as {bound[1]}, and how sure it is as its range"
    if value in ("-", ">", "|", "*", "?"):
        return f"'{value}' stands for a value: write the number or the text, 0 for none"
    if value[:1] in "]}":
        return f"'{value[0]}' where a value is expected"
    if value[:1] == "," and brackets:
        return "a comma where a value is expected"
    return f'text that starts with {value[:1]} goes in quotes: "{value}"'


def _cut(text: str, *, brackets: bool = False) -> str:
    """A value's text without a comment or what follows it in brackets, short enough to repeat."""
    text = re.split(r"\s#", text, maxsplit=1)[0].strip()
    if brackets:
        text = re.split(r"[,}\]]", text, maxsplit=1)[0].strip() or text[:1]
    text = text.strip("“”„").replace('"', "'")
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "..."
