"""The shape of the shipped templates: which keys a page, a block, a column, a chart and a style may have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from casebuilder.inputs.shape.schema import Shape
from casebuilder.inputs.templates.stress_shapes import ChallengeFile, StressesFile

Name = Annotated[str, Field(min_length=1)]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]
Flag = Annotated[bool, Field(strict=True)]


class SummaryChart(Shape):
    """A chart of the Summary sheet, of one line by option."""

    title: Name
    line: Name
    axis: Name


class SiteChart(Shape):
    """The chart of the Summary sheet by site."""

    title: Name
    lines: list[Name] = Field(min_length=1)
    axis: Name


class SummarySheet(Shape):
    """What stands on the Summary sheet."""

    headlines: list[Name] = Field(min_length=1)
    charts: list[SummaryChart]
    site_chart: SiteChart


class LayoutFile(Shape):
    """workbook/layout.yaml."""

    summary: SummarySheet


class Series(Shape):
    """One group of points of a map."""

    sheet: Name
    table: Name
    x: Name
    y: Name
    name: Name
    colour: int
    size: int | None = None


class Chart(Shape):
    """A chart of a table, of a line by option, or a map."""

    type: Literal["bar", "bar_stacked", "column", "line", "map", "stacked", "waterfall"]
    title: Name
    axis: Name | None = None
    table: Name | None = None
    columns: list[Name] | None = None
    by: Literal["rows"] | None = None
    line: Name | None = None
    each: Name | None = None
    only: Name | None = None
    series: list[Series] | None = None
    most: float | None = None
    tall: Flag = False


class Column(Shape):
    """A column of a table, or a fact: what it reads and how it is shown."""

    line: Name
    heading: Name | None = None
    name: Name | None = None
    each: Name | None = None
    total: Name | None = None
    only: Name | None = None
    unless: Name | None = None
    given: Name | None = None
    as_: Literal["month", "year"] | None = Field(default=None, alias="as")
    month: Literal["last"] | None = None
    option: Literal["baseline"] | None = None
    unit: Name | None = None
    words: Flag = False
    signed: Flag = False
    none: Name | None = None
    above_one: Name | None = None
    warn_above: float | None = None


class RowLine(Shape):
    """A row that shows a line, one for each of some members, or a heading alone."""

    line: Name | None = None
    each: Name | None = None
    members: list[Name] | None = None
    but: list[Name] | None = None
    heading: Name | None = None
    minus: Flag = False
    total: Flag = False
    rate: Flag = False
    signed: Flag = False
    given: Name | None = None


class Measure(Shape):
    """What an option adds to the one before it, from start to end."""

    start: Name
    end: Name
    heading: Name


class Trial(Shape):
    """A table of cells for trying an input: its title, and what typing there does."""

    line: Name
    title: Name
    note: str


class Block(Shape):
    """A block of a page: a table, facts, lines, charts, steps, or what the engine worked out."""

    name: Name | None = None
    title: Name | None = None
    note: str = ""
    new_page: Flag = False
    repeat: Name | None = None
    rows: list[Name] | None = None
    columns: list[Column] | None = None
    only: Name | None = None
    charts: list[Chart] | None = None
    facts: list[Column] | None = None
    lines: list[RowLine] | None = None
    across: Name | None = None
    what: Name | None = None
    all: Name | None = None
    steps: list[Measure] | None = None
    pooling: Name | None = None
    sharing: Name | None = None
    offers: Name | None = None
    switching: Name | None = None
    trials: list[Trial] | None = None
    lives: Name | None = None


class PageGiven(Shape):
    """A file of workbook/pages: a sheet, or one for each member of a dimension."""

    sheet: Name
    title: Name
    about: Name
    over: Name | None = None
    only: Name | None = None
    paper: Literal["A4", "A3"] = "A3"
    upright: Flag = False
    long: Flag = False
    pages_wide: int = 1
    blocks: list[Block] = Field(min_length=1)


class SectionColumn(Shape):
    """A column of a section on the terminal."""

    line: Name
    heading: Name
    unless: Name | None = None
    given: Name | None = None
    each: Name | None = None
    as_: Literal["month", "year"] | None = Field(default=None, alias="as")
    words: Flag = False
    signed: Flag = False
    none: Name | None = None
    above_one: Name | None = None


class Section(Shape):
    """A table on the terminal."""

    title: Name
    rows: Name
    only: Name
    columns: list[SectionColumn] = Field(min_length=1)


class SectionsFile(Shape):
    """summary/operations.yaml and summary/affordability.yaml."""

    heading: Name
    sections: list[Section] = Field(min_length=1)


class Colours(Shape):
    """The colours, each by what it is for."""

    ink: Colour
    quiet: Colour
    band: Colour
    band_text: Colour
    section: Colour
    input: Colour
    input_text: Colour
    override: Colour
    link: Colour
    good: Colour
    bad: Colour
    warn: Colour
    rule: Colour


class Numbers(Shape):
    """The number formats, each by the unit it suits."""

    GBP: Name
    GBP_each: Name
    share: Name
    points: Name
    rate: Name
    factor: Name
    index: Name
    flag: Name
    wte: Name
    item: Name
    month: Name
    year: Name
    test: Name
    minute: Name
    week: Name
    hour: Name
    slot: Name
    patient: Name
    room: Name
    number: Name
    degrees: Name
    other: Name


class StylesFile(Shape):
    """workbook/styles.yaml."""

    font: Name
    size: int
    colours: Colours
    numbers: Numbers
    series: list[Colour] = Field(min_length=1)


class Register(Shape):
    """The inputs that an asset register answers."""

    given: Name
    due: Name
    beside: list[Name]


Aliases = Annotated[list[Name], Field(min_length=1)]


class ListColumns(Shape):
    """By column of a case's table of lists the input that it holds."""

    list: Name
    over_six_weeks: Name
    list_activity: Name
    planned: Name
    unscheduled: Name
    list_change: Name
    mean_list: Name
    young_band: Name


class MonthHeadings(Shape):
    """How people head the columns of pasted months."""

    provider: Aliases
    provider_name: Aliases
    commissioner: Aliases
    test: Aliases
    month: Aliases
    measure: Aliases


class Measures(Shape):
    """What people call what DM01 counts."""

    waiting_list: Aliases
    over_6_weeks: Aliases
    over_6_share: Aliases
    weeks_00: Aliases
    waiting_list_activity: Aliases
    planned: Aliases
    unscheduled: Aliases
    total_activity: Aliases


class AssetHeadings(Shape):
    """How people head the columns of an asset register."""

    provider: Aliases
    equipment: Aliases
    units: Aliases
    due: Aliases
    installed: Aliases
    life: Aliases


class IntakeFile(Shape):
    """workbook/intake.yaml."""

    owner: Name
    hosted: Name
    hosts: Name
    bid: list[Name] = Field(min_length=1)
    rows: int = Field(ge=1)
    least_by_rank: int = Field(ge=0)
    dm01: ListColumns
    demand: list[Name]
    register_: Register = Field(alias="register")
    pool: list[Name]
    paste_columns: int = Field(ge=1)


class PastedFile(Shape):
    """workbook/pasted.yaml."""

    headings: MonthHeadings
    measures: Measures
    assets: AssetHeadings


class PortfolioColumn(Shape):
    """A headline of a portfolio: whether it adds up over cases, and whether its range is shown."""

    headline: Name
    heading: Name
    adds: Flag = False
    range_: Flag = Field(default=False, alias="range")


class PortfolioFile(Shape):
    """workbook/portfolio.yaml."""

    columns: list[PortfolioColumn] = Field(min_length=1)


class LetterFile(Shape):
    """document/letter.yaml."""

    title: Name
    purpose: Name
    standing: Name
    equipment: Name
    price_holds: Name
    pays: Name
    cash: Name
    capital: Name
    leaving: Name
    conditions: Name
    no_conditions: Name
    status: Name
    expires: Name
    no_expiry: Name
    basis: Name
    fields: list[Name] = Field(min_length=1)


SHAPES: dict[str, type[Shape]] = {
    "challenge.yaml": ChallengeFile,
    "document/letter.yaml": LetterFile,
    "stresses.yaml": StressesFile,
    "workbook/intake.yaml": IntakeFile,
    "workbook/layout.yaml": LayoutFile,
    "workbook/pasted.yaml": PastedFile,
    "workbook/portfolio.yaml": PortfolioFile,
    "workbook/styles.yaml": StylesFile,
    "summary/operations.yaml": SectionsFile,
    "summary/affordability.yaml": SectionsFile,
}
