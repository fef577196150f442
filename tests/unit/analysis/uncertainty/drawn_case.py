"""Small models with ranges, whose headline is reckoned by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from casebuilder.algebra.chapters import checked, name_chapter
from casebuilder.algebra.terms import Check, Input, Line, Named
from casebuilder.evaluate.problem import Problem, bind
from casebuilder.inputs.values import CaseInfo, CaseInputs, InputValues, Origin, Uncertainty, Value
from tests.declared import DECLARED
from tests.workbook.mini import BASE_YEAR, frame

ORIGIN = Origin("drawn.yaml", 1, 1, "L1", "unverified")


def ranged(low: float, amount: float, high: float, shape: str = "pert", **more: Any) -> Value:
    """A value with its range."""
    return Value(amount, low, high, shape=shape, **more)


class Drawn:
    """Inputs with ranges, and lines: `npsv` is drawn, others are what it needs."""

    def __init__(self, members: Mapping[str, Sequence[str]] | None = None, statements: int = 3) -> None:
        self.frame = frame(members, statements=statements)
        self.named: dict[str, Named] = {}
        self.values: dict[str, InputValues] = {}

    def input(
        self, name: str, value: Value | Mapping[Any, Value], over: tuple[str, ...] = (), **more: Any
    ) -> Input:
        """Declare an input with the values of the base case, and of options under `options`."""
        options, origin = more.pop("options", {}), replace(ORIGIN, state=more.pop("state", ORIGIN.state))
        item = Input(
            f"The {name}", more.pop("unit", "number"), over, "For the test.", **{"low": None, **more}
        )
        self.named[name] = item
        base = {(): value} if isinstance(value, Value) else {_key(k): v for k, v in value.items()}
        own = {o: {_key(k): v for k, v in of.items()} for o, of in options.items()}
        self.values[name] = InputValues(item, base, origin, own, dict.fromkeys(own, origin))
        return item

    def line(self, name: str, formula: Any, unit: str = "number", over: tuple[str, ...] = ()) -> Line:
        """Declare a line."""
        line = Line(f"The {name}", unit, over, formula, "For the test.")
        self.named[name] = line
        return line

    def check(self, name: str, formula: Any, over: tuple[str, ...] = ()) -> Check:
        """Declare a check that fails a case."""
        check = Check(f"The {name}", formula, over, "For the test.")
        self.named[name] = check
        return check

    def problem(self, uncertainty: Uncertainty | None = None) -> Problem:
        """The model, bound; its chapter is that of the headlines."""
        model = checked([name_chapter("headlines", "Headlines", {**self.named, "DIMENSIONS": DECLARED})])
        values = {self.named[name].key: of for name, of in self.values.items()}
        info = CaseInfo("drawn", "Drawn", "host", BASE_YEAR, "2021-04", "", Path())
        inputs = CaseInputs(info, self.frame, values, {}, uncertainty=uncertainty or Uncertainty())
        return bind(model, inputs)


def linear(
    weights: Mapping[str, float], values: Mapping[str, Value], uncertainty: Uncertainty | None = None
) -> Problem:
    """A model whose value is a weighted sum of inputs."""
    case = Drawn()
    terms = [case.input(name, value) * weights[name] for name, value in values.items()]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    case.line("npsv", total)
    return case.problem(uncertainty)


def without(problem: Problem, key: str) -> Problem:
    """The same case with the ranges of one input taken away."""
    given = problem.inputs.values[key]
    bare = {members: replace(value, low=None, high=None) for members, value in given.base.items()}
    values = {**problem.inputs.values, key: replace(given, base=bare)}
    inputs = replace(problem.inputs, values=values)
    return replace(problem, inputs=inputs, values={item: values[item.key] for item in problem.values})


def _key(key: Any) -> tuple[str, ...]:
    return key if isinstance(key, tuple) else (key,)
