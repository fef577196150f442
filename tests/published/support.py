"""Work out lines of the real model from the figures of a published example, and nothing else.

`work_out` takes the lines wanted, every line they need and every input those need; a value that
is missing, or given in vain, is an error. A line may be given like an input: then what lies
behind it is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from casebuilder.algebra.chapters import Chapter, Model
from casebuilder.algebra.order import references
from casebuilder.algebra.terms import Call, Input, Line, Term
from casebuilder.case import load_model
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.problem import bind
from casebuilder.inputs.values import CaseInfo, CaseInputs
from casebuilder.resources import resource
from tests.declared import DECLARED
from tests.workbook.mini import BASE_YEAR, frame, given

_HERE = Path(__file__).parent
ONE_OF_EACH = {"site": ("site",), "staff": ("radiographer",), "equipment": ("kit",), "test": ("ct",)}

model = cache(load_model)


@cache
def published(name: str) -> Any:
    """The figures of an example, from the YAML file beside the tests."""
    return yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def reference(chapter: str) -> Any:
    """The shared assumptions of a chapter, as shipped."""
    with resource(f"assumptions/reference/{chapter}.yaml").open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


def line(key: str) -> Line:
    """A line of the model."""
    return model().by_key[key]


class Answer:
    """The lines asked for, by key."""

    def __init__(self, results: Results) -> None:
        """Keep the results."""
        self.results = results

    def __call__(self, key: str, option: str = "bau") -> Any:
        """The values of a line for an option: a number, or a list along its dimensions."""
        frame = self.results.problem.frame
        found = self.results.array(self.results.problem.by_key[key])
        values = found[0, frame.option_ids.index(option)].squeeze()
        return values.tolist()


def work_out(
    wanted: Sequence[str | Line],
    values: Mapping[str, Any],
    *,
    members: Mapping[str, Sequence[str]] | None = None,
    years: int = 1,
    by_option: Mapping[str, Mapping[str, Any]] | None = None,
    unused_allowed: bool = False,
) -> Answer:
    """Evaluate lines of the real model, and lines written for the example.

    Parameters
    ----------
    wanted
        Keys of the model's lines, or lines of the test's own, named with a chapter of their own.
    values
        For each input, and each line taken as given, by key: a number for all members, a list
        in order, or a mapping from member(s).
    members
        The members of each dimension; by default one of each.
    years
        How many financial years the frame has.
    by_option
        For an option `preferred`, values that differ.
    unused_allowed
        Whether values may be given that the lines asked for do not need.
    """
    lines = [line(item) if isinstance(item, str) else item for item in wanted]
    taken = {key: model().by_key[key] for key in values if key in model().by_key}
    # What a case need not have, and the example does not name: sums over it are nought.
    nothing = {d.name for d in DECLARED if d.may_have_none} - {*ONE_OF_EACH, *(members or {})}
    swapped, found = _cut(lines, taken, nothing)
    inputs = {
        item.key: item
        for of in found
        for item, _ in references(of)
        if isinstance(item, Input) and not nothing & set(item.over)
    }
    missing, vain = sorted(set(inputs) - set(values)), sorted(set(values) - set(inputs))
    if missing or (vain and not unused_allowed):
        raise AssertionError(f"no value for {missing}; given in vain: {vain}")
    shape = frame({**ONE_OF_EACH, **(members or {})}, years=years, options=("bau", *(by_option or {})))
    overrides: dict[str, dict[str, Any]] = {}
    for option, of in (by_option or {}).items():
        for key, value in of.items():
            overrides.setdefault(key, {})[option] = value
    # Every option opens every input, so that its sheets hold every line.
    opened = frozenset(by_option or {})
    bound = {
        key: replace(given(item, shape, values[key], overrides.get(key)), opened=opened)
        for key, item in inputs.items()
    }
    chapter = Chapter("example", "Example", tuple(found), tuple(inputs.values()), DECLARED)
    info = CaseInfo("example", "Example", "", BASE_YEAR, "2021-04", "", Path())
    problem = bind(Model((chapter,)), CaseInputs(info, shape, bound, {}))
    absent = [of.key for of in found if of.key not in problem.by_key]
    assert not absent, f"no members for {absent}"
    # As the problem reads them: sums over what the example does not have are gone from a line's formula.
    return Answer(evaluate(problem, [problem.by_key[swapped[of].key] for of in lines]))


def _cut(
    lines: Sequence[Line], taken: Mapping[str, Line], nothing: set[str]
) -> tuple[dict[Line, Line], list[Line]]:
    """Copies of the lines needed, in which a line taken as given is an input instead.

    A line over members that the example does not have is named and leads no further.
    """
    inputs: dict[Line, Input] = {}
    for of in taken.values():
        item = Input(of.label, of.unit, of.over, of.basis, low=None)
        item.chapter, item.name = of.chapter, of.name
        inputs[of] = item
    copies: dict[Line, Line] = {}
    leaves: dict[Line, Line] = {}
    stack = list(lines)
    while stack:
        of = stack.pop()
        if of in copies or of in inputs or of in leaves:
            continue
        if nothing & set(of.over):
            leaves[of] = of
            continue
        copies[of] = Line(of.label, of.unit, of.over, None, of.basis)
        copies[of].chapter, copies[of].name = of.chapter, of.name
        stack += [named for named, _ in references(of) if isinstance(named, Line)]

    def swap(term: Term) -> Term:
        if isinstance(term, Line):
            return inputs[term] if term in inputs else leaves[term] if term in leaves else copies[term]
        if isinstance(term, Call):
            return Call(term.operator, *map(swap, term.arguments), **term.settings)
        return term

    for of, copy in copies.items():
        copy.define(swap(of.definition))
        copy.opening = None if of.opening is None else swap(of.opening)
    for copy in copies.values():
        read = {named for named, _ in references(copy) if isinstance(named, Line)}
        assert read <= {*copies.values(), *leaves}, copy.key
    order = {of: place for place, of in enumerate(model().lines)}
    in_order = sorted(copies, key=lambda of: order.get(of, len(order)))
    return {of: copies[of] for of in lines}, [copies[of] for of in in_order]


def example_line(name: str, unit: str, over: tuple[str, ...], formula: Term) -> Line:
    """A line written for an example where the model has none; its key is `example.<name>`."""
    made = Line(name.replace("_", " ").capitalize(), unit, over, formula, "From the example.")
    made.chapter, made.name = "example", name
    return made
