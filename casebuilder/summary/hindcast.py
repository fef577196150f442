"""What `hindcast` shows: errors against no change and trend, what lies in the band, who is furthest off."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from rich.console import Console
from rich.text import Text

from casebuilder.analysis.hindcast.errors import Error
from casebuilder.analysis.hindcast.outcome import MODEL, NO_CHANGE, REAL, TREND, Hindcast
from casebuilder.analysis.hindcast.series import ALL, LIST, MEASURES, SHARE, Series
from casebuilder.summary.figures import NONE, difference, figure
from casebuilder.summary.sections import heading, plain_table, say

_NAMES = {REAL: "what came", MODEL: "the model", NO_CHANGE: "no change", TREND: "trend"}
_FURTHEST = 5
# Columns that a row's label and a month take, and the fewest months shown.
_LABEL, _MONTH, _FEWEST = 26, 12, 4


def hindcast_data(found: Hindcast) -> dict[str, Any]:
    """The JSON: shares as fractions, errors in points and per cent; None where there are no data."""
    errors = found.errors
    main = _errors(errors[MODEL])
    main[NO_CHANGE] = _errors(errors[NO_CHANGE])
    main[TREND] = _errors(errors[TREND])
    main["inside"] = {m: _part(found.inside()[m]) for m in MEASURES}
    data: dict[str, Any] = {
        "tests": list(found.tests),
        "systems": {
            code: {"months": {month: _cell(found, i, k) for k, month in enumerate(found.months)}}
            for i, code in enumerate(found.places)
        },
        "error": main,
    }
    if found.case is not None:
        data["case"] = {
            "name": found.case.name,
            "options": {
                option: {month: _own(series, list(found.tests), k) for k, month in enumerate(found.months)}
                for option, series in found.case.options.items()
            },
            "real": {
                month: _own(found.network[REAL], list(found.tests), k) for k, month in enumerate(found.months)
            },
        }
    return data


def _cell(found: Hindcast, place: int, month: int) -> dict[str, Any]:
    """One place and month: all tests together, and each."""
    tests = {test: _both(found, place, i, month) for i, test in enumerate(found.tests)}
    return {**_both(found, place, ALL, month), "tests": tests}


def _both(found: Hindcast, place: int, test: int, month: int) -> dict[str, dict[str, float | None]]:
    shown = {
        "real": found.real,
        "model": found.forecasts[MODEL],
        "p10": found.low,
        "p90": found.high,
        "no_change": found.forecasts[NO_CHANGE],
    }
    return {m: {name: _plain(x.of(m)[place, test, month]) for name, x in shown.items()} for m in MEASURES}


def _own(series: Series, tests: list[str], month: int) -> dict[str, Any]:
    """A network and month, without a band."""
    each = {test: {m: _plain(series.of(m)[0, i, month]) for m in MEASURES} for i, test in enumerate(tests)}
    return {**{m: _plain(series.of(m)[0, ALL, month]) for m in MEASURES}, "tests": each}


def _errors(by_test: Mapping[str, Error]) -> dict[str, Any]:
    def of(error: Error) -> dict[str, Any]:
        found: dict[str, Any] = {m: _plain(error.absolute[m]) for m in MEASURES}
        return found | {"bias": {m: _plain(error.bias[m]) for m in MEASURES}, "places": dict(error.places)}

    return {**of(by_test[""]), "tests": {test: of(error) for test, error in by_test.items() if test}}


def _plain(x: float) -> float | None:
    return None if isnan(x) else float(x)


def _part(counts: tuple[int, int]) -> float | None:
    return counts[0] / counts[1] if counts[1] else None


def print_hindcast(console: Console, found: Hindcast) -> None:
    """Print a hindcast; what does not fit the width is left to --json, figures are never cut."""
    _Printer(console, found).print()


class _Printer:
    """The sections, in order."""

    def __init__(self, console: Console, found: Hindcast) -> None:
        self.console, self.found = console, found

    def print(self) -> None:
        """Print every section."""
        found = self.found
        names = ", ".join(found.tests.values())
        title = f"Hindcast from {found.start} to {found.months[-1]}, {len(found.places)} {found.what}"
        self.console.print(Text(title, style="bold"))
        say(self.console, f"Tests: {names}. The model knows nothing after {found.start}.", quiet=True)
        self._network()
        self._errors()
        self._band()
        self._furthest()
        self._case()

    def _network(self) -> None:
        what = "All systems together" if self.found.what == "systems" else "All trusts together"
        heading(self.console, what)
        table = plain_table()
        table.add_column("")
        months = self._months()
        for month in months:
            table.add_column(self.found.months[month], justify="right")
        for measure, unit in ((SHARE, "share"), (LIST, "tests")):
            for name, series in self.found.network.items():
                if not series.has(measure):
                    continue
                label = f"{'Over six weeks' if measure == SHARE else 'List'}, {_NAMES[name]}"
                cells = [_shown(series.of(measure)[0, ALL, month], unit) for month in months]
                table.add_row(label, *cells)
        self.console.print(table)

    def _months(self) -> list[int]:
        """The months that fit, the last among them."""
        most = min(max((self.console.width - _LABEL) // _MONTH, _FEWEST), 12)
        count = len(self.found.months)
        if count <= most:
            return list(range(count))
        return sorted({count - 1 - round(step * (count - 1) / (most - 1)) for step in range(most)})

    def _errors(self) -> None:
        errors, end = self.found.errors, self.found.months[-1]
        for measure, head in ((SHARE, "points of share over six weeks"), (LIST, "% of the list that came")):
            shown = [name for name in errors if not isnan(errors[name][""].absolute[measure])]
            if not shown:
                heading(self.console, f"How far off in {end}, {head}")
                say(self.console, "No error: nothing came to set it against.")
                continue
            heading(self.console, f"How far off in {end}, {head}, mean of {self._of(measure)}")
            table = plain_table()
            table.add_column("", no_wrap=True)
            for name in shown:
                table.add_column(_NAMES[name], justify="right")
            table.add_column("bias of the model", justify="right")
            for test, label in {"": "all together", **self.found.tests}.items():
                cells = [_off(errors[name][test].absolute[measure]) for name in shown]
                bias = _off(errors[MODEL][test].bias[measure], signed=True)
                table.add_row(label[:1].upper() + label[1:], *cells, bias)
            self.console.print(table)
        if not self.found.forecasts[TREND].has(LIST):
            why = "the year before the start has no data"
            say(self.console, f"Not worked out: the trend, since {why}.", quiet=True)

    def _of(self, measure: str) -> str:
        """Of how many places an error is the mean, where not of all."""
        some, every = self.found.errors[MODEL][""].places[measure], len(self.found.places)
        return self.found.what if some == every else f"{some} of {every} {self.found.what}"

    def _band(self) -> None:
        heading(self.console, "Real values inside P10 to P90")
        for measure, head in ((SHARE, "Share over six weeks"), (LIST, "List")):
            every, end = self.found.inside()[measure], self.found.inside(at_end=True)[measure]
            if not every[1]:
                say(self.console, f"{head}: no band, or nothing came.")
                continue
            month = self.found.months[-1]
            last = f"in {month} {end[0]} of {end[1]}" if end[1] else f"nothing came in {month}"
            say(self.console, f"{head}: {every[0]} of {every[1]} months ({every[0] / every[1]:.0%}); {last}.")

    def _furthest(self) -> None:
        worst = self.found.furthest(SHARE, _FURTHEST)
        if not worst:
            return
        heading(self.console, f"Furthest off in {self.found.months[-1]}, share over six weeks")
        table = plain_table()
        for name in ("", "real", "model", "P10 to P90", "off"):
            table.add_column(name, justify="left" if not name else "right", overflow="fold")
        codes = list(self.found.places)
        for code, off in worst:
            i = codes.index(code)
            cells = [
                _shown(x.share[i, ALL, -1], "share") for x in (self.found.real, self.found.forecasts[MODEL])
            ]
            low, high = (x.share[i, ALL, -1] for x in (self.found.low, self.found.high))
            band = NONE if isnan(low) else f"{low:.1%} to {high:.1%}"
            table.add_row(_title(code, self.found.places[code]), *cells, band, difference(off / 100, "share"))
        self.console.print(table)

    def _case(self) -> None:
        own = self.found.case
        if self.found.what == "systems":
            return
        if own is None:
            heading(self.console, "What the case itself says")
            say(self.console, "Nothing: none of these months and tests are in it.")
            return
        heading(self.console, f"What the case {own.name} itself says of its network")
        table = plain_table()
        table.add_column("")
        there = [k for k in self._months() if any(not isnan(x.list[0, ALL, k]) for x in own.options.values())]
        for k in there:
            table.add_column(self.found.months[k], justify="right")
        rows = {"what came": self.found.network[REAL]} | {own.labels[o]: x for o, x in own.options.items()}
        for measure, unit in ((SHARE, "share"), (LIST, "tests")):
            for label, series in rows.items():
                head = "Over six weeks" if measure == SHARE else "List"
                table.add_row(
                    f"{head}, {label}", *(_shown(series.of(measure)[0, ALL, k], unit) for k in there)
                )
        self.console.print(table)


def _title(code: str, name: str) -> str:
    return f"{code} {name}" if name != code else code


def _shown(x: float, unit: str) -> str:
    return figure(None if isnan(x) else float(x), unit)


def _off(x: float, *, signed: bool = False) -> str:
    if isnan(x):
        return NONE
    text = f"{abs(x):.1f}"
    return text if not signed or text == "0.0" else f"{'+' if x > 0 else '−'}{text}"
