"""A tree of figures as people read it on a terminal, and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from casebuilder.algebra.dimensions import TIME
from casebuilder.analysis.explain.trace import DEEPER, LIKE_ABOVE, Given, Node
from casebuilder.inputs.values import Override
from casebuilder.summary.data import plain
from casebuilder.summary.figures import figure, with_unit

_STATE_STYLES = {"published": "green", "local": "green", "chosen": "cyan", "unverified": "yellow"}


def print_tree(console: Console, node: Node) -> None:
    """Print a tree; the figure asked for is its root."""
    console.print(_Painter(node.option).branch(node))


class _Painter:
    """Paints a tree; a formula, and what vouches for an input, are told where they first stand."""

    def __init__(self, option: str) -> None:
        self.option = option
        self.told: set[object] = set()

    def branch(self, node: Node, tree: Tree | None = None, after: Node | None = None) -> Tree:
        """Add a node, and all below it, to a tree; `after` is the node before it at its level."""
        alike = after is not None and (node.key, node.option) == (after.key, after.option)
        again = alike and node.key and node.note in (LIKE_ABOVE, DEEPER)
        text = _again(node) if again else self._text(node, root=tree is None)
        branch = Tree(text, guide_style="dim") if tree is None else tree.add(text)
        before = None
        for child in node.children:
            self.branch(child, branch, before)
            before = child
        return branch

    def _text(self, node: Node, *, root: bool) -> Text:
        name = f"{node.label}, {node.where}" if node.where else node.label
        text = Text(name, style="bold" if node.key else "")
        if node.kind != "more" or node.value is not None:
            text.append(": ")
            text.append(with_unit(node.value, node.unit), style="bold cyan" if node.key else "cyan")
        if node.key:
            text.append(f" · {address(node)}", style="not bold dim")
        if root or node.option != self.option:
            text.append(f" · option {node.option}", style="not bold magenta")
        if node.note:
            text.append(f" {node.note}", style="not bold dim")
        if node.words and self._first(node.key or node.label):
            text.append(f"\n= {node.words}", style="not bold italic")
        if root and node.basis:
            text.append(f"\n{node.basis}", style="not bold dim")
        if root and node.definition:
            text.append(f"\n{node.definition}", style="not bold")
        if node.given is not None:
            self._append_given(text, node, node.given)
        return text

    def _first(self, what: object) -> bool:
        """Whether something is told for the first time."""
        first = what not in self.told
        self.told.add(what)
        return first

    def _append_given(self, text: Text, node: Node, given: Given) -> None:
        """Add the state, range, source, place and note of an input, and what it replaced."""
        origin = given.origin
        text.append("\n")
        style = _STATE_STYLES.get(origin.state, "default")
        text.append(origin.state or "no state", style=f"not bold {style}")
        if given.low is not None and given.high is not None:
            span = f" · range {figure(given.low, node.unit)} to {figure(given.high, node.unit)}"
            text.append(span, style="not bold")
        source = f"{origin.source}: {given.title}" if given.title else origin.vouched({})
        if self._first((node.key, origin.file, origin.line)):
            text.append(f" · {source or 'no source'} · {place_of(given)}", style="not bold dim")
            if origin.note:
                text.append(f"\n{origin.note}", style="not bold dim italic")
        else:
            text.append(" · source as above", style="not bold dim")
        if given.to_do:
            text.append(f"\nTo do: {given.to_do}", style="not bold yellow")
        for override in given.overrides:
            text.append(f"\n{changed(override, node.unit)}", style="not bold yellow")


def _again(node: Node) -> Text:
    """The same line for another member or period: only that, and the value."""
    text = Text(f"{node.where}: ", style="bold")
    text.append(with_unit(node.value, node.unit), style="not bold cyan")
    return text.append(f" {DEEPER}", style="not bold dim") if node.note == DEEPER else text


def address(node: Node) -> str:
    """The key with its members, as `explain` takes it."""
    return f"{node.key}[{','.join(node.members.values())}]" if node.members else node.key


def changed(override: Override, unit: str) -> str:
    """An override in words: what was put in place of what, by which file."""
    before, after = (
        value if isinstance(value, str) else figure(value, unit)
        for value in (override.before, override.after)
    )
    where = f" for option {override.option}" if override.option else ""
    return f"changed from {before} to {after}{where} by {_near(override.by)}"


def place_of(given: Given) -> str:
    """The file and line of an input's value."""
    return f"{_near(given.origin.file)}:{given.origin.line}"


def _near(file: str) -> str:
    """A file named from the working folder, if it lies there."""
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except ValueError:
        return file


def tree_data(node: Node) -> dict[str, Any]:
    """A tree as nested objects."""
    data: dict[str, Any] = {
        "kind": node.kind,
        "key": address(node) if node.key else None,
        "label": node.label,
        "unit": node.unit,
        "option": node.option,
        "members": {name: member for name, member in node.members.items() if name not in TIME},
        "period": next((member for name, member in node.members.items() if name in TIME), None),
        "value": node.value if isinstance(node.value, str) else plain(node.value),
    }
    if node.words:
        data["formula"] = node.words
    if node.basis:
        data["basis"] = node.basis
    if node.definition:
        data["definition"] = node.definition
    if node.given is not None:
        data |= _given_data(node.given)
    if node.note:
        data["note"] = node.note
    data["children"] = [tree_data(child) for child in node.children]
    return data


def _given_data(given: Given) -> dict[str, Any]:
    origin = given.origin
    return {
        "state": origin.state,
        "low": plain(given.low),
        "high": plain(given.high),
        "source": origin.source,
        "source_title": given.title,
        "file": _near(origin.file),
        "line": origin.line,
        "remark": origin.note,
        "to_do": given.to_do,
        "overrides": [
            {"option": each.option, "from": each.before, "to": each.after, "by": _near(each.by)}
            for each in given.overrides
        ],
    }
