"""Headlines in columns, one an option, so that no figure is ever cut short."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.evaluate.headlines import FURTHER, HEADLINES, absent_headline, headline_line
from casebuilder.evaluate.problem import Problem
from casebuilder.summary.sections import plain_table

# Headlines by what they answer; each group ends where the next one begins.
GROUPS = {
    "Capital": "capital_outturn",
    "Value for money": "net_present_cost",
    "Income and expenditure": "income_steady_state",
    "Activity": "tests_steady_state",
    "Waits": "list_start",
    "Workforce": "wte_steady_state",
    "Access": "within_30_minutes",
}
BESIDE = "Beside the headlines"
_MOVED = {"cdc_share_ct": "Activity", "cdc_share_mri": "Activity"}
# Figures that stand with their headline: a list or a wait without its range is read as if it were known,
# one at the end alone as if it had been no worse before and would be no worse later, additional tests as if
# all had been asked for anyway, and surplus as if rent were charged twice and relief were cash.
WITH_HEADLINES = {
    "list_end": ("list_end_low", "list_end_high", "list_peak", "list_last_year"),
    "tests_additional": ("tests_induced",),
    "capital_charges_steady_state": ("rent_steady_state",),
    "surplus_steady_state": ("surplus_without_relief",),
    "wte_steady_state": ("wte_longer_hours",),
    "wte_unfilled_at_opening": ("staff_not_found",),
    "over_six_weeks_end": ("over_six_weeks_end_low", "over_six_weeks_end_high", "over_six_weeks_peak"),
}
_GAP, _INDENT = 2, 2
_LABEL_LEAST, _LABEL_MOST = 24, 56
_HEADER_MOST = 12


@dataclass(frozen=True)
class Row:
    """A label with a text for every option; a row without texts is a heading."""

    label: str
    cells: tuple[str, ...] = ()
    quiet: bool = False


def grouped() -> Iterator[tuple[str, list[str]]]:
    """The groups with their headlines, in the contract's order, and what stands beside them."""
    groups: dict[str, list[str]] = {title: [] for title in GROUPS}
    starts = {headline: title for title, headline in GROUPS.items()}
    title = ""
    for headline in HEADLINES:
        title = starts.get(headline, title)
        groups[_MOVED.get(headline, title)] += [headline, *WITH_HEADLINES.get(headline, ())]
    yield from groups.items()
    with_headlines = {figure for figures in WITH_HEADLINES.values() for figure in figures}
    yield BESIDE, [figure for figure in FURTHER if figure not in with_headlines]


def headline_rows(problem: Problem, cell: Callable[[str, str], Sequence[str]]) -> list[Row]:
    """A row for every headline under the heading of its group.

    Parameters
    ----------
    problem
        The case.
    cell
        Gives, for a headline and its unit, the texts of all options; not asked for headlines
        that are not in this version.
    """
    rows = []
    for title, headlines in grouped():
        rows.append(Row(title))
        for headline in headlines:
            line = headline_line(problem, headline)
            if line is None:
                rows.append(Row(absent_headline(problem, headline, " – {}"), quiet=True))
            else:
                rows.append(Row(line.label, tuple(cell(headline, line.unit))))
    return rows


def print_columns(console: Console, options: Sequence[str], rows: Sequence[Row]) -> None:
    """Print rows under the keys of the options: side by side, or where that is too wide in blocks."""
    widths = [_width(place, option, rows) for place, option in enumerate(options)]
    for start, stop in _blocks(widths, console.width):
        if start:
            console.print()
        _print_block(console, options[start:stop], widths[start:stop], rows, start)


def _width(place: int, option: str, rows: Sequence[Row]) -> int:
    texts = [part for row in rows if row.cells for part in row.cells[place].split("\n")]
    return max(len(part) for part in [*texts, *_header(option).split("\n")])


def _header(option: str) -> str:
    """An option's key, broken at its underscores where it is long."""
    lines = [""]
    for number, part in enumerate(option.split("_")):
        piece = part if number == 0 else f"_{part}"
        if lines[-1] and len(lines[-1]) + len(piece) > _HEADER_MOST:
            lines.append(piece)
        else:
            lines[-1] += piece
    return "\n".join(lines)


def _blocks(widths: Sequence[int], width: int) -> Iterator[tuple[int, int]]:
    """Runs of options that fit the width beside a readable label."""
    start, used = 0, 0
    for place, own in enumerate(widths):
        if place > start and used + own + _GAP + _LABEL_LEAST + _INDENT > width:
            yield start, place
            start, used = place, 0
        used += own + _GAP
    yield start, len(widths)


def _print_block(
    console: Console, options: Sequence[str], widths: Sequence[int], rows: Sequence[Row], start: int
) -> None:
    room = console.width - sum(widths) - _GAP * len(widths)
    longest = max(len(row.label) + _INDENT for row in rows)
    table = plain_table()
    table.add_column("", width=max(min(room, longest, _LABEL_MOST), 8), overflow="fold")
    for option, own in zip(options, widths, strict=True):
        table.add_column(_header(option), width=own, justify="right", no_wrap=True, vertical="top")
    for row in rows:
        if not row.cells and not row.quiet:
            table.add_row(Text(row.label, style="bold cyan"))
            continue
        cells = [_cell(text) for text in row.cells[start : start + len(options)]]
        label = Text(row.label, style="dim" if row.quiet else "")
        table.add_row(Padding(label, (0, 0, 0, _INDENT)), *cells)
    console.print(table)


def _cell(text: str) -> Text:
    first, _, rest = text.partition("\n")
    cell = Text(first, justify="right")
    if rest:
        cell.append(f"\n{rest}", style="dim")
    return cell
