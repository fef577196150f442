"""The packages and who reads whom, drawn from the code: `python -m tests.architecture.picture`.

It writes `docs/architecture.svg`. Layers stand as the import contracts of `pyproject.toml` have them, what a
box is about is the first line of its code, arrows are its imports. An arrow that follows from others is not
drawn; the box names it in words.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = "docs/architecture.svg"
Pairs = frozenset[tuple[str, str]]
# Lengths in pixels: of the picture, of what stands around a box, of a line of words, of a letter on average.
WIDTH, SIDE, GAP, INNER_GAP, EDGE, LANE = 1000.0, 80.0, 20.0, 14.0, 10.0, 12.0
LINE, SMALL_LINE, LETTER, SMALL_LETTER, BOLD_LETTER = 16.0, 14.0, 6.4, 6.0, 9.2
WIDER = {"model": 2.2}  # than what stands in the same layer
OPEN = ("model", "inputs")  # drawn with what is in them
STYLE = """text{font-family:Arial,Helvetica,sans-serif;fill:#1B2733}
.name{font-weight:bold;font-size:14px}.text{font-size:12px}.also{font-size:11px;fill:#5B6B7B}
.box{fill:#F4F6F7;stroke:#8496A5}.open{fill:#E3ECF4;stroke:#005EB8}.part{fill:#FFFFFF;stroke:#8496A5}
.arrow{fill:none;stroke:#005EB8;stroke-width:1.5}.inner{stroke:#5B6B7B}"""


@dataclass(eq=False)
class Box:
    """A package or module: what it says of itself, what it reads beside its arrows, and where it stands."""

    name: str
    lines: list[str]
    also: list[str]
    width: float
    height: float = 0.0
    x: float = 0.0
    y: float = 0.0
    inside: list[Box] = field(default_factory=list)
    arrows: Pairs = frozenset()

    @property
    def words(self) -> float:
        """The height that its words take, with the room around them."""
        return len(self.lines) * LINE + len(self.also) * SMALL_LINE + EDGE * 1.4

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


Arrow = tuple[Box, Box]  # from who reads to what is read


def layers(package: str, root: Path = ROOT) -> list[list[str]]:
    """What a contract says of a package, from the top: the names that stand in each layer."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (found,) = (one for one in contracts["contracts"] if one.get("containers") == [package])
    return [[name.strip() for name in layer.split("|")] for layer in found["layers"]]


def imports(package: str, root: Path = ROOT) -> Pairs:
    """Who reads whom among what stands in the layers of a package: (reader, read)."""
    depth = package.count(".") + 1
    names = {name for layer in layers(package, root) for name in layer}
    found = set()
    for path in (root / package.replace(".", "/")).rglob("*.py"):
        own = path.relative_to(root).with_suffix("").parts[depth]
        for module in _read_by(path.read_text(encoding="utf-8")):
            parts = module.split(".")
            if own in names and module.startswith(f"{package}.") and parts[depth] in names - {own}:
                found.add((own, parts[depth]))
    return frozenset(found)


@cache
def _read_by(code: str) -> tuple[str, ...]:
    """Every module or name that a file imports, in full."""
    found: list[str] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level or not node.module:
                raise ValueError(f"line {node.lineno}: an import that does not say where from: {code[:80]!r}")
            found += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(found)


def reached(pairs: Iterable[tuple[str, str]], start: str) -> set[str]:
    """All that a name reads, directly or through others."""
    reads: dict[str, set[str]] = {}
    for reader, read in pairs:
        reads.setdefault(reader, set()).add(read)
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = reads.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def needed(pairs: Pairs) -> Pairs:
    """The arrows that do not follow from others."""
    return frozenset(pair for pair in pairs if pair[1] not in reached(pairs - {pair}, pair[0]))


def about(package: str, name: str, root: Path = ROOT) -> str:
    """The first line of a package or module."""
    path = root / package.replace(".", "/") / name
    code = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = ast.get_docstring(ast.parse(code.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0].replace("`", "")


def _name_width(name: str) -> float:
    return len(name) * BOLD_LETTER + EDGE


def _wrapped(text: str, width: float, letter: float, before: float = 0.0) -> list[str]:
    """A text in lines as wide as a box, the first one after what stands `before` it."""
    indent = " " * round(before / letter)
    lines = textwrap.wrap(text, int((width - 2 * EDGE) / letter), initial_indent=indent)
    return [line.strip() for line in lines]


def box(package: str, name: str, width: float, pairs: Pairs, root: Path) -> Box:
    """A box of a width, as high as its words and what is in it."""
    order = [one for layer in layers(package, root) for one in layer]
    drawn = {read for reader, read in needed(pairs) if reader == name}
    other = sorted({read for reader, read in pairs if reader == name} - drawn, key=order.index)
    also = _wrapped(f"also reads {', '.join(other)}", width, SMALL_LETTER) if other else []
    new = Box(name, _wrapped(about(package, name, root), width, LETTER, _name_width(name)), also, width)
    new.height = new.words
    if package == "casebuilder" and name in OPEN:
        _fill(new, f"{package}.{name}", root)
    return new


def _fill(outer: Box, package: str, root: Path) -> None:
    """Put what is in a package into its box, one below the other, with room for lanes at the left."""
    pairs = imports(package, root)
    outer.arrows = needed(pairs)
    for name in (one for layer in layers(package, root) for one in layer):
        outer.inside.append(box(package, name, outer.width - 5.5 * EDGE, pairs, root))
    outer.height += sum(one.height + INNER_GAP for one in outer.inside)


def placed(root: Path = ROOT) -> tuple[list[list[Box]], Pairs, float]:
    """The layers with their boxes where they stand, the arrows between them, and the height of it all."""
    pairs = imports("casebuilder", root)
    rows, y = [], EDGE
    for names in layers("casebuilder", root):
        whole = WIDTH - 2 * SIDE - GAP * (len(names) - 1)
        parts = [WIDER.get(name, 1.0) for name in names]
        widths = [whole * part / sum(parts) for part in parts]
        boxes = zip(names, widths, strict=True)
        row = [box("casebuilder", name, width, pairs, root) for name, width in boxes]
        x, height = SIDE, max(one.height for one in row)
        for one in row:
            one.x, one.y, one.height = x, y, height
            x = one.right + GAP
            inner = y + one.words
            for part in one.inside:
                part.x, part.y = one.x + 4.5 * EDGE, inner
                inner = part.bottom + INNER_GAP
        row[-1].width = WIDTH - SIDE - row[-1].x
        rows.append(row)
        y += height + GAP
    return rows, needed(pairs), y - GAP + EDGE


def routes(rows: Sequence[Sequence[Box]], arrows: Pairs, left: float, right: float) -> Iterator[str]:
    """The paths of arrows: straight down to the next layer, or along a lane at the side of what lies between.

    `left` and `right` are the edges of the boxes; lanes lie outside them, a shorter one nearer.
    """
    at = {one.name: (place, one) for place, row in enumerate(rows) for one in row}
    around: dict[int, list[Arrow]] = {-1: [], 1: []}
    for reader, read in sorted(arrows, key=lambda pair: (at[pair[0]][0], at[pair[1]][0], pair)):
        (start, above), (end, below) = at[reader], at[read]
        x = (max(above.x, below.x) + min(above.right, below.right)) / 2
        if end == start + 1 and above.x < x < above.right:
            yield f"M{x:.1f} {above.bottom:.1f}V{below.y:.1f}"
            continue
        only_right = below.right == right and below.x != left
        at_right = above.right == right and (only_right or above.x != left)
        around[1 if at_right else -1].append((above, below))
    for away, pairs in around.items():
        yield from _around(pairs, right if away > 0 else left, away)


def _lanes(pairs: Sequence[Arrow]) -> dict[Arrow, int]:
    """A lane for each arrow, so that no two run on top of each other; the shortest are nearest."""
    lanes: dict[Arrow, int] = {}
    for above, below in sorted(pairs, key=lambda pair: (pair[1].y - pair[0].y, pair[0].y)):
        taken = {lanes[pair] for pair in lanes if below.bottom > pair[0].y and above.y < pair[1].bottom}
        lanes[above, below] = next(lane for lane in count() if lane not in taken)
    return lanes


def _around(pairs: Sequence[Arrow], edge: float, away: int) -> Iterator[str]:
    """Paths along lanes beyond an edge, `away` to the left (-1) or right (1).

    A box that does not stand at the edge is left through the gap below it and entered through the gap above.
    """
    lanes = _lanes(pairs)
    for arrow, lane in lanes.items():
        above, below = arrow
        x = edge + away * LANE * (lane + 1)
        y0, y1 = _port(above, arrow, lanes), _port(below, arrow, lanes)
        begin, end = f"M{edge:.1f} {y0:.1f}", f"H{edge:.1f}"
        if edge not in (above.x, above.right):
            y0 = above.bottom + GAP / 2
            begin = f"M{above.x + above.width / 2:.1f} {above.bottom:.1f}V{y0:.1f}"
        if edge not in (below.x, below.right):
            y1 = below.y - GAP / 2
            end = f"H{below.x + below.width / 2:.1f}V{below.y:.1f}"
        bend = 5 * away
        down = f"Q{x:.1f} {y0:.1f} {x:.1f} {y0 + 5:.1f}V{y1 - 5:.1f}Q{x:.1f} {y1:.1f} {x - bend:.1f} {y1:.1f}"
        yield f"{begin}H{x - bend:.1f}{down}{end}"


def _port(one: Box, arrow: Arrow, lanes: Mapping[Arrow, int]) -> float:
    """The height at which an arrow meets a box: those that come in stand above those that go out."""
    into = sorted((pair for pair in lanes if pair[1] is one), key=lambda pair: lanes[pair])
    out = sorted((pair for pair in lanes if pair[0] is one), key=lambda pair: -lanes[pair])
    place = [*into, *out].index(arrow) + 1
    return one.y + min(one.height, one.words) * place / (len(into) + len(out) + 1)


def _drawn(one: Box, kind: str) -> Iterator[str]:
    """A box, its words and what is in it."""
    at = f'x="{one.x:.1f}" y="{one.y:.1f}" width="{one.width:.1f}" height="{one.height:.1f}"'
    yield f'<rect class="{kind}" {at} rx="5"/>'
    x, y = one.x + EDGE, one.y + EDGE * 0.6
    name = f'<tspan class="name">{escape(one.name)}</tspan>&#160;&#160; '
    for place, line in enumerate(one.lines):
        y += LINE
        before = name if place == 0 else ""
        yield f'<text class="text" x="{x:.1f}" y="{y - 3:.1f}">{before}{escape(line)}</text>'
    for line in one.also:
        y += SMALL_LINE
        yield f'<text class="also" x="{x:.1f}" y="{y - 1:.1f}">{escape(line)}</text>'
    for part in one.inside:
        yield from _drawn(part, "part")
    if one.inside:
        stack = [[part] for part in one.inside]
        for path in routes(stack, one.arrows, one.inside[0].x, one.inside[0].right):
            yield f'<path class="arrow inner" d="{path}" marker-end="url(#inner)"/>'


def picture(root: Path = ROOT) -> str:
    """The picture, as SVG: plain text, the same for the same code."""
    rows, arrows, height = placed(root)
    size = 'viewBox="0 0 8 8" refX="8" refY="4" markerWidth="6" markerHeight="6" orient="auto"'
    heads = "".join(
        f'<marker id="{name}" {size}><path d="M0 0L8 4L0 8Z" fill="{colour}"/></marker>'
        for name, colour in (("head", "#005EB8"), ("inner", "#5B6B7B"))
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img">',
        "<title>The packages of casebuilder; an arrow goes from who reads to what is read</title>",
        f"<style>{STYLE}</style><defs>{heads}</defs>",
        f'<rect width="{WIDTH:.0f}" height="{height:.0f}" fill="#FFFFFF"/>',
    ]
    for one in (one for row in rows for one in row):
        parts += _drawn(one, "open" if one.inside else "box")
    for path in routes(rows, arrows, SIDE, WIDTH - SIDE):
        parts.append(f'<path class="arrow" d="{path}" marker-end="url(#head)"/>')
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    (ROOT / FILE).write_text(picture(), encoding="utf-8")
