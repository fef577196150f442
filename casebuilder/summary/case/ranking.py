"""The options in order of rank, and in plain words what would have to change to change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.analysis.options.switching import PARTS, Standing
from casebuilder.summary.data import plain
from casebuilder.summary.figures import MINUS, figure
from casebuilder.summary.sections import heading, plain_table

_WORDS = {part.name: part.label[0].lower() + part.label[1:] for part in PARTS}
_MOST = 10.0  # times: what would take more changes nothing that a reader would act on
_NONE = "no one part, even tenfold"


def ranking_data(standing: Standing) -> dict[str, Any]:
    """An option's places and its switching values, as shares; null where no change of the part does it."""
    return {
        "net_present_social_value": standing.rank,
        "equivalent_annual_value": standing.annual_rank,
        "equivalent_annual_cost": standing.cost_rank,
        "behind_best": plain(standing.behind),
        "to_equal_best": {name: plain(share) for name, share in standing.to_best.items()},
        "to_be_worth_nothing": {name: plain(share) for name, share in standing.to_nothing.items()},
    }


def changed(share: float) -> str:
    """A change as people say it: −40%, +12%, and from twice on ×2.3."""
    if share >= 1:
        return f"×{1 + share:.1f}"
    digits = 0 if abs(share) >= 0.0995 else 1
    text = f"{abs(share):.{digits}%}"
    return text if not share else f"{MINUS if share < 0 else '+'}{text}"


def in_words(shares: Mapping[str, float | None]) -> str:
    """Parts that would switch an option by no more than tenfold, the least change first."""
    able = sorted((abs(s), name, s) for name, s in shares.items() if s is not None and s + 1 <= _MOST)
    if not able:
        return _NONE
    words = [f"{_WORDS[name]} {changed(share)}" for _, name, share in able]
    return ", or ".join(words) if len(words) < 3 else ", ".join(words[:-1]) + f", or {words[-1]}"


def print_ranking(console: Console, found: Mapping[str, Standing], baseline: str) -> None:
    """Print the options from best to worst, each with what would make it equal to the best."""
    if not found:
        return
    in_order = sorted(found, key=lambda option: found[option].rank)
    best = in_order[0]
    heading(console, "Ranking, and what would change it")
    table = plain_table()
    table.add_column("Rank by", no_wrap=True, vertical="bottom")
    for name in ("Value", "Value\na year", "Cost\na year"):
        table.add_column(name, justify="right", vertical="bottom")
    table.add_column("Present\nsocial value", justify="right")
    table.add_column("Behind\nthe best", justify="right")
    for option in in_order:
        own = found[option]
        behind = "best" if option == best else figure(own.behind, "GBP_real")
        places = [str(place) for place in (own.rank, own.annual_rank, own.cost_rank)]
        table.add_row(option, *places, figure(own.value, "GBP_real"), behind)
    console.print(Padding(table, (0, 0, 0, 2)))
    notes = Table.grid(padding=(0, 2, 0, 0))
    notes.add_column(no_wrap=True)
    notes.add_column(overflow="fold")
    for option in in_order:
        if option != best:
            notes.add_row(f"{option} equals {best}", in_words(found[option].to_best))
        if best != baseline and option != baseline:
            notes.add_row(f"{option} is worth nothing", in_words(found[option].to_nothing))
    if notes.row_count:
        said = (
            "A year: a level sum over each option's own life. Below, one part changes by the same share in "
            "all options and the others stay; the least change first, none beyond tenfold."
        )
        console.print(Padding(Text(said, style="dim"), (1, 0, 0, 2)))
        console.print(Padding(notes, (0, 0, 0, 2)))
