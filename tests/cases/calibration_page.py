"""Tables and chart of docs/calibration.md; `python -m tests.cases.calibration_page` writes them anew."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.calibrate.replay import OPENING, england, replay
from casebuilder.calibrate.share_error import KNOWN_TO, bias, errors, tell
from casebuilder.calibrate.share_months import PANDEMIC, read_england, read_providers, share_of
from casebuilder.calibrate.share_rule import ShareRule, calm_values, excess, fit_all, pairs
from casebuilder.resources import resource
from tests.cases.hindcast_page import line, text

DATA = resource("assumptions/reference/data")
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, CHART = DOCS / "calibration.md", DOCS / "calibration.svg"
LABELS = {"mri": "MRI", "ct": "CT", "dexa": "DEXA"}
FIVE = {
    "mri": "#005eb8",
    "ct": "#8a1538",
    "ultrasound": "#00703c",
    "dexa": "#b25400",
    "echocardiography": "#5b3a8c",
}
SYSTEMS = {
    "C&M": "Cheshire and Merseyside",
    "L&SC": "Lancashire and South Cumbria",
    "N&W": "Norfolk and Waveney",
}
ALL_MONTHS = ("last", "exponential", "fifo", "constant", "one_slope", "no_fade", "rule")
EARLIER = ("exponential", "fifo", "constant", "rule", "with_excess")
MEAN = "mean of 13"


@cache
def observed() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The months of providers and of England."""
    return read_providers(DATA), read_england(DATA)


@cache
def told() -> tuple[pd.DataFrame, pd.DataFrame]:
    """2024/25 and 2016 to 2020, by providers held out."""
    return tell(*observed())


@cache
def fitted() -> tuple[dict[str, ShareRule], dict[str, ShareRule]]:
    """The rules on all months, and on those to March 2024."""
    months, of_england = observed()
    found, calm = pairs(months), calm_values(of_england)
    return fit_all(found, calm), fit_all(found[found.period <= KNOWN_TO], calm)


@cache
def off() -> pd.DataFrame:
    """Errors of 2024/25."""
    return errors(told()[0])


@cache
def off_earlier() -> pd.DataFrame:
    """Errors of 2016 to 2020, and the bias of calm months and of those from March 2020."""
    told_earlier = told()[1]
    found = errors(told_earlier)
    began = told_earlier.period >= PANDEMIC[0]
    for test in found.index:
        of = told_earlier.test == test
        found.loc[test, "bias_calm"] = bias(told_earlier[of & ~began])
        found.loc[test, "bias_pandemic"] = bias(told_earlier[of & began])
        found.loc[test, "bias_with_excess"] = bias(told_earlier[of & began], "with_excess")
    return found


def points(x: float) -> str:
    return f"{x * 100:.1f}"


def signed(x: float) -> str:
    shown = f"{x * 100:+.1f}".replace("-", "−")
    return "0.0" if float(f"{x * 100:.1f}") == 0 else shown


def label(test: str) -> str:
    return LABELS.get(test, test.replace("_", " "))


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(of)} |" for of in (head, ["---"] * len(head), *rows)]


def by_test(
    of: pd.DataFrame, count: str, errors_of: list[str], biases: tuple[str, ...] = ()
) -> list[list[str]]:
    """A row a test and one of their means."""
    rows = [
        [
            label(str(test)),
            f"{int(row[count]):,}",
            *(points(row[n]) for n in errors_of),
            *(signed(row[n]) for n in biases),
        ]
        for test, row in of.iterrows()
    ]
    mean = of.mean()
    return [*rows, [MEAN, "", *(points(mean[n]) for n in errors_of), *(signed(mean[n]) for n in biases)]]


def tables() -> list[list[str]]:
    """The tables of the page, in its order."""
    short = [
        "last share",
        "exponential",
        "first in, first out",
        "constant",
        "one slope",
        "rule, no fade",
        "rule",
    ]
    before = ["exponential", "first in, first out", "constant", "rule", "rule, England's excess known"]
    long, long_before = ([f"{name}_long" for name in names] for names in (ALL_MONTHS, EARLIER))
    now, then = off(), off_earlier()
    biases = ("bias_calm", "bias_pandemic", "bias_with_excess")
    of_bias = ["bias, calm", "bias, from March 2020", "the same, excess known"]
    return [
        parameters(),
        table(["test", "months", *short, "bias"], by_test(now, "months", list(ALL_MONTHS), ("bias",))),
        table(["test", "months over 10 %", *short], by_test(now, "months_long", long)),
        table(["test", "months", *before, *of_bias], by_test(then, "months", list(EARLIER), biases)),
        table(["test", "months over 10 %", *before], by_test(then, "months_long", long_before)),
        systems(),
        replayed(),
    ]


def parameters() -> list[str]:
    rules, known = fitted()
    above = excess(observed()[1], rules)
    rows = [
        [
            label(test),
            f"{share_of(np.array(rule.calm_log_odds)) * 100:.1f} %",
            f"{rule.calm_cover:.2f}",
            f"{rule.slope:.2f}",
            f"{known[test].slope:.2f}",
            f"{rule.kept:.3f}",
            f"{known[test].kept:.3f}",
            *(f"{above[test].loc[month]:.2f}" for month in ("2023-04", KNOWN_TO, "2025-03")),
        ]
        for test, rule in rules.items()
    ]
    head = ["test", "calm share", "calm cover, weeks", "slope", "slope, to March 2024", "kept a month"]
    return table([*head, "kept, to March 2024", "excess, April 2023", "March 2024", "March 2025"], rows)


def systems() -> list[str]:
    rows = []
    for system, name in SYSTEMS.items():
        of = told()[1][told()[1].system == system]
        began = of[of.period >= PANDEMIC[0]]
        error = (of.rule - of.share).abs().mean()
        shown = (bias(of), bias(began), bias(began, "with_excess"))
        rows.append([name, points(error), *(signed(each) for each in shown)])
    return table(["system", "error", "bias", "bias, March and April 2020", "the same, excess known"], rows)


@cache
def of_2020() -> pd.DataFrame:
    """England's replay, by month."""
    rules = fitted()[0]
    found = replay(england(DATA), rules, excess(observed()[1], rules).loc[OPENING])
    return found.groupby("period")[["list", "over", "list_replayed", "over_replayed"]].sum()


def replayed() -> list[str]:
    rows = [
        [
            str(month),
            f"{of['list']:,.0f}",
            f"{of.list_replayed:,.0f}",
            f"{signed(of.list_replayed / of['list'] - 1)} %",
            points(of.over / of["list"]),
            points(of.over_replayed / of.list_replayed),
        ]
        for month, of in of_2020().iterrows()
    ]
    return table(
        ["month", "list, DM01", "list, replayed", "error", "% over six weeks, DM01", "replayed"], rows
    )


# The chart
WIDE, HIGH, LEFT, TOP, GAP = 400, 240, 48, 34, 70
MOST_COVER = 10.0
SPAN, SECOND = 60, 55  # months across the right panel, and where 2024/25 begins
KEYS = (0, 68, 120, 225, 300)  # where the names of the five tests stand


def chart() -> str:
    """Share against cover for five tests in calm years and in March 2025; providers together by month."""
    parts = [*curves(), *by_month()]
    width, height = LEFT + 2 * WIDE + GAP + 20, TOP + HIGH + 72
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">'
    what = "<title>The rule of five tests, and providers together by month</title>"
    return "\n".join(
        [head, what, f'<rect width="{width}" height="{height}" fill="white"/>', *parts, "</svg>", ""]
    )


def grid(x0: float, most: float, title: str) -> list[str]:
    parts = [text(x0, TOP - 14, title, weight="bold")]
    for step in range(5):
        at = TOP + HIGH * (1 - step / 4)
        parts.append(line([(x0, at), (x0 + WIDE, at)], "#dddddd", 1))
        parts.append(text(x0 - 6, at + 4, f"{most * step / 4:.0%}", anchor="end"))
    return parts


def curves() -> list[str]:
    rules = fitted()[0]
    now = excess(observed()[1], rules).loc["2025-03"]
    march = observed()[1].query("period == '2025-03'").set_index("test")
    most = 0.6
    parts = grid(LEFT, most, "Over six weeks by cover: dashed calm, solid March 2025")
    cover = np.linspace(0.5, MOST_COVER, 60)
    for weeks in range(0, 11, 2):
        parts.append(text(LEFT + weeks * WIDE / MOST_COVER, TOP + HIGH + 16, f"{weeks}", anchor="middle"))
    parts.append(
        text(LEFT + WIDE / 2, TOP + HIGH + 32, "weeks of cover; dots: England, March 2025", anchor="middle")
    )
    for k, (test, colour) in enumerate(FIVE.items()):
        for above, dash in ((0.0, ' stroke-dasharray="4 3"'), (float(now[test]), "")):
            share = rules[test].share(np.log(cover), above, 0.0)
            inside = share <= most
            at = [
                (LEFT + c * WIDE / MOST_COVER, TOP + HIGH * (1 - s / most))
                for c, s in zip(cover[inside], share[inside], strict=True)
            ]
            parts.append(line(at, colour, 1.6).replace("/>", f"{dash}/>"))
        x = LEFT + np.exp(march.log_cover[test]) * WIDE / MOST_COVER
        y = TOP + HIGH * (1 - march.share[test] / most)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
        parts.append(
            line([(LEFT + KEYS[k], TOP + HIGH + 50), (LEFT + KEYS[k] + 16, TOP + HIGH + 50)], colour, 2.5)
        )
        parts.append(
            text(LEFT + KEYS[k] + 20, TOP + HIGH + 54, "echo" if test == "echocardiography" else label(test))
        )
    return parts


def by_month() -> list[str]:
    x0, most = LEFT + WIDE + GAP, 0.6
    parts = grid(x0, most, "All providers together, held out")
    later, earlier = told()
    begun = {"2017-04": 0, "2019-04": 24, "2020-09": 41, "2025-03": SPAN}
    for month, at in begun.items():
        anchor = "end" if month == "2025-03" else "middle"
        parts.append(text(x0 + at * WIDE / SPAN, TOP + HIGH + 16, month, anchor=anchor))
    drawn = {
        "what came": ("share", "#1d1d1b"),
        "the rule": ("rule", "#005eb8"),
        "excess known": ("with_excess", "#00703c"),
    }
    for k, (name, (column, colour)) in enumerate(drawn.items()):
        for of, first, start in ((earlier, 2017 * 12 + 3, 0), (later, 2024 * 12 + 9, SECOND)):
            if column not in of:
                continue
            of = of[of.number >= first]
            sums = (of[column] * of["list"]).groupby(of.number).sum() / of["list"].groupby(of.number).sum()
            at = [
                (x0 + (n - first + start) * WIDE / SPAN, TOP + HIGH * (1 - s / most)) for n, s in sums.items()
            ]
            parts.append(line(at, colour, 2.5 if column == "share" else 1.6))
        parts.append(
            line([(x0 + 120 * k, TOP + HIGH + 50), (x0 + 120 * k + 20, TOP + HIGH + 50)], colour, 2.5)
        )
        parts.append(text(x0 + 120 * k + 26, TOP + HIGH + 54, name))
    return parts


def written() -> list[list[str]]:
    """The tables that the page holds, in its order."""
    found: list[list[str]] = []
    inside = False
    for each in PAGE.read_text(encoding="utf-8").splitlines():
        if each.startswith("|"):
            if not inside:
                found.append([])
            found[-1].append(each)
        inside = each.startswith("|")
    return found


def page() -> None:
    """Write the tables and the chart."""
    kept, new, number, inside = [], tables(), -1, False
    for each in PAGE.read_text(encoding="utf-8").splitlines():
        starts = each.startswith("|") and not inside
        inside = each.startswith("|")
        if starts:
            number += 1
            kept.extend(new[number])
        if not inside:
            kept.append(each)
    PAGE.write_text("\n".join(kept) + "\n", encoding="utf-8")
    CHART.write_text(chart(), encoding="utf-8")


if __name__ == "__main__":
    page()
