"""Which values matter: inputs by what their range does, and the order in which to replace unverified ones."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.analysis.uncertainty.ranking import MARGIN, VALUE, End, Ranked, Ranking
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import UNVERIFIED
from casebuilder.summary.case.title import print_title
from casebuilder.summary.data import plain
from casebuilder.summary.figures import NONE, figure, in_millions
from casebuilder.summary.sections import INDENT, heading, plain_table, say

FIRST = 10
# The widest difference that a range makes to each.
_AFFORDABLE = {
    "system_revenue_ask_steady_state": "Ask a\nyear £m",
    "capital_outturn": "Capital\n£m",
    "surplus_worst_year": "Worst\nyear £m",
}
# So many inputs are named that move the value one way at both ends.
_NAMED = 6
_MILLION = 1e6
_LABEL, _FIRST_LABEL, _KEY = 26, 18, 24


def values_data(ranking: Ranking | None) -> dict[str, Any] | None:
    """The ranking as JSON: the option put forward as the case has it, and every input with both its ends.

    `effects` are the widest differences between the case and the ends that could be; `replace` is an
    unverified input's place in the order of replacing; `either_way` tells where the value is lower, or
    higher, than the case's at both ends. None where the case has no ranking.
    """
    if ranking is None:
        return None
    order = ranking.places
    return {
        "option": ranking.option,
        "share_unverified": plain(ranking.share_unverified),
        "base": _end_data(ranking.base),
        "inputs": [_ranked_data(each, order.get(each.key), ranking.base) for each in ranking.inputs],
        "without_range": dict(ranking.without_range),
    }


def ranking_alone_data(problem: Problem, ranking: Ranking | None, version: str) -> dict[str, Any]:
    """The ranking with what it is of."""
    inputs = problem.inputs
    head = {"case": inputs.info.name, "version": version, "inputs_sha256": inputs.sha256}
    return {**head, "values": values_data(ranking)}


def print_ranking_alone(console: Console, problem: Problem, ranking: Ranking | None) -> None:
    """Print every input with an effect, under the title of the case; why there is none where that is so."""
    print_title(console, problem)
    if ranking is None:
        say(console, "No ranking: the case has no net present social value; casebuilder check says why.")
    print_values(console, ranking, None)


def _ranked_data(each: Ranked, place: int | None, base: End) -> dict[str, Any]:
    return {
        "key": each.key,
        "label": each.label,
        "unit": each.unit,
        "state": each.state,
        "decision": each.decided,
        "replace": place,
        "values": each.values,
        "values_unverified": each.unverified,
        "amounts": list(each.amounts),
        "effects": {name: plain(value) for name, value in each.effects.items()},
        "changes_first": each.changes_first,
        "either_way": {-1: "lower", 0: None, 1: "higher"}[each.either_way(base)],
        "low": _end_data(each.low),
        "high": _end_data(each.high),
    }


def _end_data(end: End) -> dict[str, Any]:
    figures = {name: plain(value) for name, value in end.figures.items()}
    return {**figures, "first": end.first or None, "breaks": list(end.breaks)}


def print_values(console: Console, ranking: Ranking | None, most: int | None = FIRST) -> None:
    """Print the inputs with the largest effect, and the unverified ones in the order to replace them.

    Parameters
    ----------
    console
        Where to print.
    ranking
        What was found; nothing is printed where there is none.
    most
        How many inputs; None for all with an effect.
    """
    if ranking is None:
        return
    inputs = ranking.with_effect
    option = ranking.option
    heading(console, f"Which values matter: what the range of each does to {option}")
    value = figure(ranking.base.figures[VALUE], "GBP_real")
    said = f"Net present social value {value}, {_standing(ranking)}."
    if ranking.share_unverified is not None:
        said += f" {ranking.share_unverified:.0%} of what ranges do to it is done by unverified inputs."
    say(console, said)
    uncertain = ranking.uncertain[:most]
    _print_table(console, ranking, uncertain)
    _print_either_way(console, ranking, uncertain)
    say(console, _how(ranking, inputs, most), quiet=True)
    replace = ranking.to_replace[:most]
    if replace:
        keys = ", ".join(f"{place}\N{NO-BREAK SPACE}{each.key}" for place, each in enumerate(replace, 1))
        say(console, f"Unverified, in the order to replace them: {keys}.")
    if ranking.decisions and most is None:
        heading(console, "Decisions: what may be tried, and not what may come")
        _print_table(console, ranking, ranking.decisions)


def _standing(ranking: Ranking) -> str:
    """How far the option put forward is ahead of the best of the others, or behind it."""
    margin = ranking.base.figures[MARGIN]
    if margin is None:
        return "the only option"
    apart = figure(abs(margin), "GBP_real")
    return f"{apart} ahead of the next" if margin > 0 else f"{apart} behind {ranking.base.first}"


def _print_table(console: Console, ranking: Ranking, inputs: list[Ranked]) -> None:
    table = plain_table()
    table.add_column("", justify="right", no_wrap=True, vertical="bottom")
    table.add_column("Input", overflow="fold", vertical="bottom", min_width=_LABEL)
    table.add_column("State", no_wrap=True, vertical="bottom")
    for name in ("Value at\nlow £m", "Value at\nhigh £m"):
        table.add_column(name, justify="right", no_wrap=True, vertical="bottom")
    for name in _AFFORDABLE.values():
        table.add_column(name, justify="right", no_wrap=True, vertical="bottom")
    table.add_column("Ranks first", overflow="fold", vertical="bottom", min_width=_FIRST_LABEL)
    table.add_column("Key, range", overflow="fold", vertical="bottom", min_width=_KEY)
    for place, each in enumerate(inputs, 1):
        cells = [_moved(end, ranking.base) for end in each.ends]
        affordable = [f"{each.effects.get(name, 0.0) / _MILLION:,.2f}" for name in _AFFORDABLE]
        state = Text(each.state, style="yellow" if each.state == UNVERIFIED else "")
        first = each.first_elsewhere(ranking.base)
        table.add_row(str(place), each.label, state, *cells, *affordable, first, f"{each.key}\n{each.range}")
    console.print(Padding(table, INDENT, expand=False))


def _print_either_way(console: Console, ranking: Ranking, inputs: list[Ranked]) -> None:
    """Inputs at both ends of whose range the value lies on the same side of the case's."""
    for word, sign in (("Worse", -1), ("Better", 1)):
        names = [each.label.lower() for each in inputs if each.either_way(ranking.base) == sign]
        if names:
            more = f"; and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            said = f"{word} either way, at the low end of the range and at the high: "
            say(console, f"{said}{'; '.join(names[:_NAMED])}{more}.")


def _moved(end: End, base: End) -> str:
    """What an end changes of the value, in millions."""
    value, before = end.figures[VALUE], base.figures[VALUE]
    if not end.stands:
        return "no case"
    if value is None or before is None:
        return NONE
    return in_millions(value - before, 1)


def _how(ranking: Ranking, inputs: list[Ranked], most: int | None) -> str:
    broken = sum(1 for each in ranking.inputs if not all(end.stands for end in each.ends))
    said = (
        "One input at a time, all its values together (an option's own with it), at the low and the high "
        "end of its range; every option evaluated."
    )
    if broken:
        said += (
            f" Of {broken} inputs an end is no case that could be, since a check fails there that holds now "
            "(shares that no longer add up, say): it counts for nothing."
        )
    if ranking.decisions:
        said += " Decisions (chosen, and never drawn) stand apart."
    if ranking.without_range:
        said += f" {len(ranking.without_range)} unverified inputs without a range are not among them."
    if most is not None and len(inputs) > most:
        said += f" compare --values shows all {len(inputs)}."
    return said
