"""`python -m tests.cases.hindcast_page` works out docs/hindcast.md again and draws its chart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd

from casebuilder.analysis.hindcast.errors import error, inside
from casebuilder.analysis.hindcast.outcome import MODEL, NO_CHANGE
from casebuilder.analysis.hindcast.series import ALL, MEASURES, together
from casebuilder.calibrate.share_rule import kept_a_year
from casebuilder.inputs.dm01.fitted import FADE
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.dm01.starting import read_starting
from casebuilder.resources import resource
from casebuilder.tasks.dm01.observed import Observed
from casebuilder.tasks.dm01.read import SYSTEM
from casebuilder.tasks.hindcast import FIVE, Compared, compare, observe

DATA = resource("assumptions/reference/data")
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, CHART = DOCS / "hindcast.md", DOCS / "hindcast.svg"
RUNS = (
    ("2024-03", "2025-03"),
    ("2023-10", "2024-10"),
    ("2023-11", "2024-11"),
    ("2023-12", "2024-12"),
    ("2024-01", "2025-01"),
    ("2024-02", "2025-02"),
    ("2023-04", "2025-03"),
)
DRAWN = ("2023-04", "2023-10", "2024-03")
LATER = "2023-04, the fade learned later"
SINCE = ("2023-04", "2025-03")


@dataclass(frozen=True)
class Row:
    """One run of the table: errors of the model and of no change, bias, and real values within the band."""

    start: str
    end: str
    share: float
    share_no_change: float
    share_bias: float
    list: float
    list_no_change: float
    list_bias: float
    share_held: float
    list_held: float

    def cells(self) -> tuple[str, ...]:
        """As the page shows them."""
        held = [f"{x:.0%}".replace("%", " %") for x in (self.share_held, self.list_held)]
        share = [f"{self.share:.1f}", f"{self.share_no_change:.1f}", signed(self.share_bias)]
        size = [f"{self.list:.1f}", f"{self.list_no_change:.1f}", signed(self.list_bias)]
        return (self.start, self.end, *share, *size, *held)


def signed(x: float) -> str:
    return f"{'+' if x >= 0 else '−'}{abs(x):.1f}"


@cache
def observed() -> Observed:
    """England's systems by month, read once."""
    return observe(SYSTEM, DATA, read_names(DATA))[0]


@cache
def found(start: str, end: str) -> Compared:
    """The hindcast of England's systems."""
    whole = observed()
    return compare(whole, whole.places, FIVE, start, end)


@cache
def learned_later() -> float:
    """What is left of England's excess a year, of the tests of the page over all months since 2023-04."""
    excess = pd.read_csv(DATA / "share_excess.csv").pivot(index="month", columns="test", values="excess")
    return kept_a_year(excess[list(FIVE)], SINCE)


@cache
def with_fade(start: str, end: str) -> Compared:
    """The same with the fade of the excess that was only learned later."""
    whole = observed()
    how = read_starting(DATA, start)
    fades = {**how.rule.values[FADE], **dict.fromkeys(FIVE, learned_later())}
    rule = replace(how.rule, values={**how.rule.values, FADE: fades})
    return compare(whole, whole.places, FIVE, start, end, replace(how, rule=rule))


def row(start: str, end: str, of: Compared) -> Row:
    model, same = (error(of.forecasts[name], of.real, -1) for name in (MODEL, NO_CHANGE))
    held = inside(of.low, of.high, of.real, slice(None))
    return Row(
        start,
        end,
        model.absolute["share"],
        same.absolute["share"],
        model.bias["share"],
        model.absolute["list"],
        same.absolute["list"],
        model.bias["list"],
        *(held[measure][0] / held[measure][1] for measure in MEASURES),
    )


@cache
def rows() -> tuple[Row, ...]:
    every = [row(start, end, found(start, end)) for start, end in RUNS]
    return (*every, row(LATER, "2025-03", with_fade("2023-04", "2025-03")))


def by_test() -> dict[str, tuple[str, ...]]:
    """March 2024 to March 2025 by test: errors and bias of the model beside no change."""
    of, labels = found("2024-03", "2025-03"), read_names(DATA).labels
    shown: dict[str, tuple[str, ...]] = {}
    for i, test in enumerate(FIVE):
        model, same = (error(of.forecasts[name], of.real, -1, i) for name in (MODEL, NO_CHANGE))
        shown[labels[test]] = tuple(
            cell
            for m in MEASURES
            for cell in (f"{model.absolute[m]:.1f}", f"{same.absolute[m]:.1f}", signed(model.bias[m]))
        )
    return shown


# The chart
WIDE, HIGH, LEFT, TOP, GAP = 430, 230, 48, 34, 60
COLOURS = {"real": "#1d1d1b", MODEL: "#005eb8", NO_CHANGE: "#8a8a8a"}


def chart() -> str:
    """England's share and list by month, and what was said from three starts."""
    first = 12 * int(DRAWN[0][:4]) + int(DRAWN[0][5:])
    parts: list[str] = []
    for panel, (measure, most, unit) in enumerate((("share", 0.30, "%"), ("list", 1_600_000, "m"))):
        x0, scale = LEFT + panel * (WIDE + GAP), HIGH / most

        def x(month: float, x0: int = x0) -> float:
            return x0 + month * WIDE / 23

        def y(value: float, scale: float = scale) -> float:
            return TOP + HIGH - value * scale

        title = "Over six weeks, England, five tests" if measure == "share" else "List, England, five tests"
        parts.append(text(x0, TOP - 14, title, weight="bold"))
        for step in range(4):
            value = most * step / 3 if measure == "share" else step * 500_000
            label = f"{value:.0%}" if unit == "%" else f"{value / 1e6:.1f}m"
            parts.append(line([(x0, y(value)), (x0 + WIDE, y(value))], "#dddddd", 1))
            parts.append(text(x0 - 6, y(value) + 4, label, anchor="end"))
        for month, label in ((0, "Apr 23"), (11, "Mar 24"), (23, "Mar 25")):
            parts.append(text(x(month), TOP + HIGH + 16, label, anchor="middle"))
        for start in reversed(DRAWN):
            of = found(start, "2025-03")
            at = 12 * int(start[:4]) + int(start[5:]) - first
            said = {
                name: together(each, of.start.known)
                for name, each in {"real": of.real, **of.forecasts}.items()
            }
            opening = float(said[NO_CHANGE].of(measure)[0, ALL, 0])
            for name in (NO_CHANGE, MODEL, "real"):
                if name == "real" and start != DRAWN[0]:
                    continue
                ys = [opening, *np.asarray(said[name].of(measure)[0, ALL]).tolist()]
                points = [(x(at + k), y(v)) for k, v in enumerate(ys)]
                parts.append(line(points, COLOURS[name], 2.5 if name == "real" else 1.6))
    for k, (name, label) in enumerate(
        (("real", "what came"), (MODEL, "the model"), (NO_CHANGE, "no change"))
    ):
        at = LEFT + 120 * k
        parts.append(line([(at, TOP + HIGH + 36), (at + 20, TOP + HIGH + 36)], COLOURS[name], 2.5))
        parts.append(text(at + 26, TOP + HIGH + 40, label))
    width, height = LEFT + 2 * WIDE + GAP + 20, TOP + HIGH + 56
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">'
    what = "<title>England's share over six weeks and list, and what was said from three starts</title>"
    back = f'<rect width="{width}" height="{height}" fill="white"/>'
    return "\n".join([head, what, back, *parts, "</svg>", ""])


def line(points: list[tuple[float, float]], colour: str, width: float) -> str:
    where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{where}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def text(x: float, y: float, words: str, *, anchor: str = "start", weight: str = "normal") -> str:
    style = f'font-size="12" text-anchor="{anchor}" font-weight="{weight}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


@cache
def told() -> list[str]:
    """The lines of both tables of the page."""
    lines = [f"| {' | '.join(each.cells())} |" for each in rows()]
    return lines + [f"| {name} | {' | '.join(of)} |" for name, of in by_test().items()]


def page() -> None:
    """Write the tables and the chart."""
    lines = told()
    kept = PAGE.read_text(encoding="utf-8").splitlines()
    for new in lines:
        key = new.split("|")[1:3] if new[2].isdigit() else new.split("|")[1:2]
        cells = [old.split("|")[1 : 1 + len(key)] if old.startswith("|") else [] for old in kept]
        kept[cells.index(key)] = new
    PAGE.write_text("\n".join(kept) + "\n", encoding="utf-8")
    CHART.write_text(chart(), encoding="utf-8")


if __name__ == "__main__":
    page()
