"""Ranges: of the value of every option, of every headline of the one put forward, and its chances by year."""

from __future__ import annotations

from collections.abc import Mapping

from casebuilder.analysis.uncertainty.chance.figures import ASK, HEADROOM, SURPLUS, UNAGREED
from casebuilder.analysis.uncertainty.chance.odds import ALL
from casebuilder.analysis.uncertainty.chance.statistics import MOST_EMPTY, PERCENTILES, SETTLED
from casebuilder.analysis.uncertainty.chance.told import Told
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, RANKED_BY, OptionResult, headline_line
from casebuilder.workbook.sheets.options import cell_of
from casebuilder.workbook.sheets.sensitivity.block import Block

NOW = "Now, live"
DASH = "–"
TESTS = {
    SURPLUS: "The system loses nothing",
    UNAGREED: "What hosts lose is agreed",
    HEADROOM: "Capital within envelope or award",
    ALL: "All three",
    ASK: "Ask no more than the case's",
}
_SHOWN = (10, 50, 90)
_VALUE_OF_OPTIONS = "Net present social value of every option"


def drawn(told: Told) -> str:
    """How many draws a range is of, as every title says it."""
    draws = len(told.simulation.draws)
    return f"{draws:,} draws" + (
        ", too few for a share of them to be a chance" if not told.bears_shares else ""
    )


def write_options(block: Block, told: Told, found: Mapping[str, OptionResult]) -> None:
    """The value of each option with its range, how often it is the best, and how often it can be afforded."""
    problem = block.layout.problem
    line = headline_line(problem, RANKED_BY)
    if line is None or told.best is None:
        return
    tests = _tests(told)
    note = "Best: the share of draws in which the option has the highest value of all."
    if tests:
        note += (
            " Then how often it can be afforded in every year by three tests, and how often it asks no more."
        )
    block.title(f"{_VALUE_OF_OPTIONS}: {drawn(told)}", note)
    names = [f"P{number}" for number in _SHOWN]
    chances = [TESTS[what] for what in tests]
    unit = block.styles.in_words(line.unit, problem.inputs.info.base_year)
    block.header(["Option", "Unit", NOW, "Mean", *names, "Best of all", *chances], height=45)
    for option in problem.frame.option_ids:
        one, own = told.figures[option][RANKED_BY], told.affordable[option]
        block.text(1, block.layout.name_of(option))
        block.text(2, unit, "quiet")
        _now(block, 3, RANKED_BY, option, found[option].value(RANKED_BY), line.unit)
        block.number(4, one.mean, line.unit)
        for column, number in enumerate(_SHOWN, 5):
            block.number(column, one.percentiles[number], line.unit)
        column = 5 + len(_SHOWN)
        block.number(column, told.best.shares[option], "share")
        for at, what in enumerate(tests, column + 1):
            block.number(at, None if own is None else own.always[what], "share")
        block.row += 1
    block.row += 1


def write_headlines(block: Block, told: Told, option: str, found: OptionResult) -> None:
    """Every headline and further figure of the option put forward, with its percentiles."""
    problem = block.layout.problem
    note = (
        "P90: no higher than this in 90 of 100 draws. As stated or lower: the share of draws that come to no "
        "more than the case as it is; near 0 or 100 %, the case is no middle estimate. ±: standard error of "
        "P50. Empty: the share of draws without a value, which the percentiles leave out; above "
        f"{MOST_EMPTY:.0%} none is told."
    )
    block.title(f"Range of every headline, {block.layout.name_of(option)}: {drawn(told)}", note)
    names = [f"P{number}" for number in PERCENTILES]
    heads = ["Headline", "Unit", NOW, "As stated or lower", "Mean", *names, "± of P50", "Empty"]
    block.header(heads)
    figures = told.figures[option]
    for headline in (*HEADLINES, *FURTHER):
        line, one = headline_line(problem, headline), figures.get(headline)
        if line is None or one is None:
            continue
        block.text(1, line.label)
        block.text(2, block.styles.in_words(line.unit, problem.inputs.info.base_year), "quiet")
        _now(block, 3, headline, option, found.value(headline), line.unit)
        block.number(4, told.at_case[option][headline], "share")
        told_of = [one.mean, *(one.percentiles[number] for number in PERCENTILES), one.errors[50]]
        for column, value in enumerate(told_of, 5):
            if one.percentiles[50] is None:
                block.text(column, DASH, "engine_word")
            block.number(column, value, line.unit)
        column = 6 + len(PERCENTILES)
        if one.empty > 0:
            block.number(column + 1, one.empty, "share")
        block.row += 1
    block.row += 1


def write_years(block: Block, told: Told, option: str) -> None:
    """How often the option put forward can be afforded, year by year."""
    own = told.affordable[option]
    if own is None:
        return
    note = "Share of draws in which the test holds, against the baseline; a pound or more counts."
    name = block.layout.name_of(option)
    block.title(f"Chance that it can be afforded, {name}: {drawn(told)}", note)
    years = list(own.in_each)
    block.header(["Test", "Every year", *years], texts=1, height=18)
    rows = {**own.years, ALL: own.in_each}
    for what in (each for each in TESTS if each in rows):
        by_year = rows[what]
        block.text(1, TESTS[what])
        block.number(2, own.always[what], "share")
        for column, year in enumerate(years, 3):
            block.number(column, by_year[year], "share")
        block.row += 1
    block.row += 1


def settled(told: Told, option: str) -> str:
    """Whether there are draws enough, in words."""
    known = {name: one.settled for name, one in told.figures[option].items() if one.settled is not None}
    moving = sum(not each for each in known.values())
    within = f"within {SETTLED:.0%} of what lies between P10 and P90"
    if not moving:
        return f"Yes: P50 and P80 of every headline are known to {within}"
    more = told.advised
    return f"P50 or P80 of {moving} of {len(known)} headlines is not known to {within}: try --draws {more}"


def _now(block: Block, column: int, headline: str, option: str, value: float | None, unit: str) -> None:
    """The live figure; a copy of the engine's where the option is not laid out."""
    cell = cell_of(block.layout, headline, option)
    text = cell if option in block.layout.options else f'IF({cell}="","",{cell})'
    block.live(column, text, value, unit)


def _tests(told: Told) -> list[str]:
    """The tests of whether an option can be afforded that the case has anything for."""
    every = [own.always for own in told.affordable.values() if own is not None]
    return [what for what in TESTS if every and what in every[0]]
