"""Scenarios between what is typed and what is read: which values they touch, and where these stand.

Only values that some scenario touches have a row. It links to the cell that is typed, holds what each
scenario puts there, and gives what is in force; the cell in use reads that, so that all other cells in use
stay plain links.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casebuilder.algebra.dimensions import time_of
from casebuilder.algebra.terms import Input
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.edits import Amount, Edit, Scenario, name_of
from casebuilder.inputs.values import InputValues, Members
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.inputs import CHANGED_ROWS, INPUTS, InputLayout

SCENARIOS = "Scenarios"
# Where a scenario is chosen, and the words beside it.
CHOSEN_ROW = 6
CHOSEN, SAID = f"{INPUTS}!$B${CHOSEN_ROW}", f"{INPUTS}!$C${CHOSEN_ROW}"
# On the sheet of scenarios: the number of the one chosen, 0 as stated, and what the status says of it.
NUMBER_ROW, STATUS_WORDS_ROW, LABEL_ROW, HEADER_ROW, FIRST_ROW = 4, 5, 7, 8, 9
NUMBER, STATUS_WORDS = f"{SCENARIOS}!$B${NUMBER_ROW}", f"{SCENARIOS}!$B${STATUS_WORDS_ROW}"
IN_FORCE, STATED, FIRST_SCENARIO = 4, 5, 6

Cell = tuple[str, str | None, Members]


@dataclass(frozen=True)
class ScenarioRow:
    """A value that some scenario touches.

    Attributes
    ----------
    item, option, members
        The value: of the base case, or of an option.
    amount
        As it is stated.
    given
        By the place of a scenario, what it puts there.
    follows
        Of an option's cell that links to Base, the row of the value of the base case; else None.
    """

    item: Input
    option: str | None
    members: Members
    amount: Amount
    given: Mapping[int, Amount]
    follows: int | None = None

    @property
    def key(self) -> str:
        """As `--set` takes it."""
        return name_of(self.option, self.item.key, self.members)


@dataclass(frozen=True)
class ScenarioLayout:
    """The rows of the sheet of scenarios.

    Attributes
    ----------
    scenarios
        Those that can be chosen, in their order.
    rows
        By its row, each value that one of them touches.
    """

    scenarios: tuple[Scenario, ...] = ()
    rows: Mapping[int, ScenarioRow] = field(default_factory=dict)
    _at: Mapping[Cell, int] = field(default_factory=dict)

    def row_of(self, item: Input, option: str | None, members: Members) -> int | None:
        """The row of a value; None where no scenario touches it."""
        return self._at.get((item.key, option, members))

    def in_force(self, item: Input, option: str | None, members: Members, typed: str) -> str:
        """What the cell in use of a value reads: the cell that is typed, or what is in force here."""
        row = self.row_of(item, option, members)
        return typed if row is None else f"{SCENARIOS}!${letter(IN_FORCE)}{row}"

    @property
    def changed(self) -> str:
        """A formula that is 0 where the workbook reads what it was built with, and a number elsewhere."""
        return f"{CHANGED_ROWS}+{NUMBER}" if self.scenarios else CHANGED_ROWS

    @property
    def choices(self) -> str:
        """Where the names that can be chosen stand side by side."""
        return self._across(HEADER_ROW)

    @property
    def labels(self) -> str:
        """Where their labels stand."""
        return self._across(LABEL_ROW)

    @property
    def last_column(self) -> int:
        """The column of the last scenario."""
        return FIRST_SCENARIO + len(self.scenarios) - 1

    @property
    def last_row(self) -> int:
        """The last row with a value."""
        return max(self.rows, default=HEADER_ROW)

    def _across(self, row: int) -> str:
        return f"{SCENARIOS}!${letter(STATED)}${row}:${letter(self.last_column)}${row}"


NONE = ScenarioLayout()


def selectable(problem: Problem, scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios that a workbook can follow: those that change no value which settles rows and sheets."""
    return tuple(each for each in scenarios if not settles(problem, each))


def settles(problem: Problem, scenario: Scenario) -> tuple[str, ...]:
    """The keys among a scenario's edits that settle which rows there are, so that no sheet can follow."""
    used = problem.inputs_by_key
    return tuple(dict.fromkeys(e.key for e in scenario.edits if e.key in used and used[e.key].fixed))


def opened_for(problem: Problem, scenarios: Sequence[Scenario]) -> Problem:
    """The case with every input opened for the options whose own values some scenario gives.

    An option that touches an input has cells of its own for it, so that there is something to choose in.
    """
    wanted: dict[str, set[str]] = {}
    for edit in _edits(problem, scenarios):
        if edit.option is not None and not problem.inputs.values[edit.key].touched_by(edit.option):
            wanted.setdefault(edit.key, set()).add(edit.option)
    if not wanted:
        return problem

    def opened(given: InputValues) -> InputValues:
        return replace(given, opened=given.opened | wanted.get(given.input.key, set()))

    inputs = replace(
        problem.inputs, values={key: opened(given) for key, given in problem.inputs.values.items()}
    )
    return replace(
        problem, inputs=inputs, values={item: opened(given) for item, given in problem.values.items()}
    )


def lay_out_scenarios(problem: Problem, inputs: InputLayout, scenarios: Sequence[Scenario]) -> ScenarioLayout:
    """Give every value that a scenario touches its row, in the order of the inputs."""
    given: dict[Cell, dict[int, Amount]] = {}
    for place, scenario in enumerate(scenarios):
        for edit in _edits(problem, [scenario]):
            given.setdefault((edit.key, edit.option, edit.members), {})[place] = edit.new
    touched = {key for key, _, _ in given}
    rows: dict[int, ScenarioRow] = {}
    at: dict[Cell, int] = {}
    for key in inputs.rows:
        if key not in touched:
            continue
        values = inputs.values[key]
        for option in (None, *inputs.touching(values.input)):
            own = {} if option is None else values.options.get(option, {})
            for members, base in values.base.items():
                edits = given.get((key, option, members), {})
                links = option is not None and members not in own
                follows = at.get((key, None, members)) if links else None
                if not edits and follows is None:
                    continue
                row = FIRST_ROW + len(rows)
                amount = own[members].amount if members in own else base.amount
                rows[row] = ScenarioRow(values.input, option, members, amount, edits, follows)
                at[key, option, members] = row
    return ScenarioLayout(tuple(scenarios), rows, at)


def typed_cell(inputs: InputLayout, row: ScenarioRow) -> str:
    """The cell in which the value of a row is typed."""
    item, option = row.item, row.option
    axis = time_of(item.over)
    if axis is None:
        column, block = inputs.typed_column(option), inputs.rows[item.key].base
        return f"{inputs.prefix(item)}${letter(column)}{block.rows[row.members]}"
    *members, period = row.members
    column = inputs.typed_period(axis, inputs.frame.ids(axis).index(period))
    return f"{inputs.prefix(item)}{letter(column)}${inputs.block(item, option).rows[tuple(members)]}"


def row_on_inputs(inputs: InputLayout, row: ScenarioRow) -> int:
    """The row of the sheet of inputs on which bounds and words of a value stand."""
    members = row.members[:-1] if time_of(row.item.over) else row.members
    return inputs.block(row.item, row.option).rows[members]


def _edits(problem: Problem, scenarios: Sequence[Scenario]) -> list[Edit]:
    """The edits of inputs that a line uses; others change nothing."""
    used = problem.inputs_by_key
    return [edit for scenario in scenarios for edit in scenario.edits if edit.key in used]
