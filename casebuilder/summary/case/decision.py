"""The decision on the terminal: what is put forward, its rank, need and award, criteria, and reasons."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.evaluate.decision.grounds import Ground, Grounds
from casebuilder.evaluate.problem import Problem
from casebuilder.summary.data import plain
from casebuilder.summary.figures import NONE, figure
from casebuilder.summary.sections import INDENT, plain_table, say


def decision_data(of: Grounds) -> dict[str, Any]:
    """The option put forward, its rank, what it needs and is awarded, its criteria and its reasons.

    `shown` tells whether the line is better in the option put forward than in the one that ranks first; null
    where that is not known, and for what ranks first itself.
    """
    decision = of.decision
    return {
        "put_forward": of.option,
        "by": decision.by or None,
        "source": decision.source or None,
        "state": decision.state or None,
        "note": decision.note or None,
        "rank": of.rank,
        "ranks_first": of.first or None,
        "need": plain(of.need),
        "award": plain(of.award),
        "need_less_award": plain(_gap(of)),
        "criteria": [
            {
                "name": ground.shown.text,
                "weight": ground.shown.weight,
                "scale": None if ground.shown.scale is None else list(ground.shown.scale),
                **_ground_data(ground),
                "points": {option: plain(point) for option, point in ground.points().items()},
            }
            for ground in of.criteria
        ],
        "score": {option: plain(score) for option, score in of.scores.items()},
        "first_by_score": of.first_by_points or None,
        "reasons_required": of.rank is not None and not of.ranks_first,
        "reasons": [
            {
                "text": ground.shown.text,
                **_ground_data(ground),
                "draft": ground.shown.draft,
                "shown": None if of.ranks_first or not of.first else ground.better(of.option, of.first),
            }
            for ground in of.reasons
        ],
    }


def _ground_data(ground: Ground) -> dict[str, Any]:
    return {
        "line": ground.shown.line,
        "at": dict(ground.shown.at),
        "better": "more" if ground.shown.more else "less",
        "values": {option: plain(value) for option, value in ground.values.items()},
    }


def _gap(of: Grounds) -> float | None:
    return None if of.need is None or of.award is None else of.need - of.award


def print_decision(console: Console, problem: Problem, of: Grounds) -> None:
    """Print the decision.

    Parameters
    ----------
    console
        Where to print.
    problem
        The case.
    of
        How the option put forward stands.
    """
    if of.rank is None:
        return
    console.print(Text(f"Decision: {of.option} is put forward", style="bold"))
    decision = of.decision
    by = f"By {decision.by} ({decision.source}; {decision.state}). " if decision.by else ""
    options = len(problem.frame.options)
    place = "first" if of.ranks_first else f"{of.rank} of {options}, behind {of.first}"
    say(console, f"{by}By net present social value it ranks {place}.")
    say(console, _asked(of))
    _print_criteria(console, problem, of)
    _print_reasons(console, of)
    if decision.note:
        say(console, decision.note, quiet=True)
    console.print()


def _asked(of: Grounds) -> str:
    """What is needed, what is awarded, and the difference."""
    if of.need is None:
        return "What it needs is not worked out in this case."
    need = figure(of.need, "GBP_nominal")
    if not of.award:
        return f"Needed: {need} of capital, built up with VAT; no fund awards any."
    award, gap = figure(of.award, "GBP_nominal"), _gap(of) or 0.0
    apart = figure(abs(gap), "GBP_nominal")
    more = f"{apart} more than awarded" if gap > 0 else f"{apart} of the award is not explained by it"
    return f"Needed: {need} of capital, built up with VAT; awarded by all funds: {award}; {more}."


def _print_criteria(console: Console, problem: Problem, of: Grounds) -> None:
    if not of.criteria:
        return
    options = [option for option in dict.fromkeys((of.option, of.first)) if option]
    scores = of.scores
    table = plain_table()
    table.add_column("Criterion", overflow="fold", vertical="bottom")
    table.add_column("Weight", justify="right", no_wrap=True, vertical="bottom")
    for option in options:
        table.add_column(option, justify="right", no_wrap=True, vertical="bottom")
    for ground in of.criteria:
        cells = [_value(ground, option) for option in options]
        table.add_row(ground.shown.text, f"{ground.shown.weight:.0%}", *cells)
    shown = [NONE if (score := scores[option]) is None else f"{score:.2f}" for option in options]
    table.add_row(Text("Weighted points, of 1", style="bold"), "", *shown)
    console.print(Padding(table, INDENT, expand=False))
    known = sorted(
        (option for option in scores if scores[option] is not None), key=lambda o: -(scores[o] or 0)
    )
    order = ", ".join(f"{option} {scores[option]:.2f}" for option in known)
    say(console, f"Points run {_runs(of)}: {order}.", quiet=True)
    if better := of.first_by_points:
        place = known.index(of.option) + 1
        said = f"By its own criteria {of.option} comes {place} of {len(known)}, behind {better}."
        console.print(Padding(Text(said, style="bold yellow"), INDENT))


def _runs(of: Grounds) -> str:
    """Between what the points of the criteria run."""
    worst = "from the worst option to the best in each criterion"
    own = "; ".join(
        f"of {ground.shown.text}, {_scale_of(ground)}" for ground in of.criteria if ground.shown.scale
    )
    return f"{worst}, but {own}" if own else worst


def _scale_of(ground: Ground) -> str:
    """The scale of a criterion that has its own, from the worse end to the better."""
    assert ground.shown.scale is not None
    unit = "" if ground.line is None else ground.line.unit
    ends = [figure(end, unit) for end in ground.shown.scale]
    worse, better = ends if ground.shown.more else ends[::-1]
    return f"from {worse} to {better}"


def _value(ground: Ground, option: str) -> str:
    return NONE if ground.line is None else figure(ground.values[option], ground.line.unit)


def _print_reasons(console: Console, of: Grounds) -> None:
    if of.ranks_first:
        return
    if not of.reasons:
        said = "No reasons are given though another option ranks first: decision.yaml must give them."
        console.print(Padding(Text(said, style="bold red"), INDENT))
        return
    console.print(Padding(Text(f"Why {of.option} though {of.first} ranks first", style="bold cyan"), INDENT))
    table = plain_table()
    table.add_column("Reason", overflow="fold", vertical="bottom")
    for option in (of.option, of.first):
        table.add_column(option, justify="right", no_wrap=True, vertical="bottom")
    table.add_column("Shown", no_wrap=True, vertical="bottom")
    for ground in of.reasons:
        text = Text(ground.shown.text)
        text.append(f" ({ground.shown.key})", style="dim")
        better = ground.better(of.option, of.first)
        said = "?" if better is None else "no" if not better else "draft" if ground.shown.draft else "yes"
        word = Text(said, style="" if said == "yes" else "bold yellow")
        table.add_row(text, _value(ground, of.option), _value(ground, of.first), word)
    console.print(Padding(table, INDENT, expand=False))
