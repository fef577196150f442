"""A plan: what some results need of a case, compiled once for draws and run chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from casebuilder.algebra.order import Step
from casebuilder.algebra.terms import Input, Line, Named
from casebuilder.evaluate.axes import DRAW, OPTION_AXIS, Array
from casebuilder.evaluate.compiled.along import NotCompiledError
from casebuilder.evaluate.compiled.calls import PIECE, Calls, Entry
from casebuilder.evaluate.compiled.formulas import Formulas
from casebuilder.evaluate.compiled.kernels import Kernels
from casebuilder.evaluate.compiled.memory import Memory
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.missing import Missing
from casebuilder.evaluate.numbers import Reading
from casebuilder.evaluate.problem import Problem
from casebuilder.evaluate.stepping import take_step

# Draws at a time. It is the same for every run, so that a draw has the same bits whatever stands beside it.
WIDTH = 64
# Where a step taken again agrees so far, what the calls gave is kept.
_CLOSE = 1e-9


@dataclass
class Compiled:
    """A step that a draw changes.

    Attributes
    ----------
    step
        Its lines.
    sources
        The lines and inputs that it reads.
    entries
        Its calls; None where it is taken by its formulas each time.
    sound
        Whether no value can be missing unless one that it reads is, or something overflowed.
    """

    step: Step
    sources: frozenset[Named]
    entries: list[Entry] | None = None
    sound: bool = True
    outs: dict[Line, Array] = field(default_factory=dict)
    opened: dict[Line, Array] = field(default_factory=dict)


class Plan:
    """The lines that some results need, compiled for draws of some inputs.

    Parameters
    ----------
    problem
        The case.
    wanted
        The lines whose values are kept.
    drawn
        The inputs that draws change; with samples of them, an axis of options that only these have is kept.
    width
        How many draws are taken at a time.
    piece
        The most numbers that a call goes over.
    keep
        Whether every line keeps its array, for `change`.
    kernels
        The functions that are called; by default those there are.

    Attributes
    ----------
    steps
        What is run for each chunk, upstream first.
    calls
        How many calls that takes.
    """

    def __init__(
        self,
        problem: Problem,
        wanted: Iterable[Line],
        drawn: Iterable[Input] | Mapping[Input, Array],
        width: int = WIDTH,
        piece: int = PIECE,
        keep: bool = False,
        kernels: Kernels | None = None,
    ) -> None:
        """Compile; nothing is drawn yet."""
        self.problem, self.wanted, self.width = problem, tuple(dict.fromkeys(wanted)), width
        self.axes = problem.axes
        self.memory, self.keep = Memory(self.axes, width), keep
        samples = drawn if isinstance(drawn, Mapping) else {}
        self._by_option = {item.key for item, x in samples.items() if x.shape[OPTION_AXIS] > 1}
        keys = {item.key for item in drawn}
        self.drawn = tuple(item for item in problem.input_arrays if item.key in keys)
        self.by_key: dict[str, list[Input]] = {}
        for item in self.drawn:
            self.by_key.setdefault(item.key, []).append(item)
        steps = problem.steps_for(self.wanted)
        moving: set[Named] = set(self.drawn)
        moved: list[tuple[Step, frozenset[Named]]] = []
        still = set(self.wanted)
        for step in steps:
            sources = {named for line in step.lines for named in problem.sources_of(line)}
            if sources & moving:
                moving.update(step.lines)
                moved.append((step, frozenset(sources)))
                still |= {each for each in sources if isinstance(each, Line)}
        still -= moving
        self.moving = moving
        self.fixed = evaluate(problem, still, partial=True)
        self.buffers: dict[Input, Array] = {}
        self.arrays: dict[Named, Array] = dict(problem.input_arrays.items())
        for line, x in self.fixed.arrays.items():
            self.arrays[line] = self._tidy(x, line.over)
        for item in self.drawn:
            shape = list(problem.input_arrays[item].shape)
            shape[DRAW] = width
            shape[OPTION_AXIS] = self._options(item)
            self.buffers[item] = self.arrays[item] = self.memory.take(shape)
        self.openings: dict[Line, Array] = {
            line: self._tidy(x, line.over[:-1]) for line, x in self.fixed.openings.items()
        }
        self.reading = Reading(self.axes, self.arrays, self.openings, problem.resolve)
        self.steps = [Compiled(step, sources) for step, sources in moved]
        self.kernels = kernels or Kernels()
        self._compile(piece)
        self.calls = sum(len(each.entries or ()) for each in self.steps)
        self._bad = {line for line, x in self.fixed.arrays.items() if not np.isfinite(x).all()}

    def _options(self, item: Input) -> int:
        if item.key in self._by_option:
            return self.axes.options
        return int(self.problem.input_arrays[item].shape[OPTION_AXIS])

    def _compile(self, piece: int) -> None:
        last: dict[Line, int] = {}
        for number, each in enumerate(self.steps):
            read = (named for named in each.sources if isinstance(named, Line))
            last.update(dict.fromkeys((*each.step.lines, *read), number))
        freed: dict[int, list[Line]] = {}
        for line, number in last.items():
            if line in self.moving and line not in self.wanted:
                freed.setdefault(number, []).append(line)
        # What is kept must not share memory with what stands between in a step that is run again alone.
        between = Memory(self.axes, self.width) if self.keep else self.memory
        calls = Calls(between, piece)
        formulas = Formulas(calls, self.kernels, self.reading, self.openings, self.moving, self.memory)
        with np.errstate(all="ignore"):
            for number, each in enumerate(self.steps):
                calls.entries = []
                try:
                    self._step(each, calls, formulas)
                    each.entries = calls.entries
                except NotCompiledError:
                    each.entries = None
                    self._by_formulas(each)
                calls.done()
                each.sound = formulas.sound and each.entries is not None
                for line in () if self.keep else freed.get(number, ()):
                    self.memory.give(self.arrays[line])
                    if line in self.openings:
                        self.memory.give(self.openings[line])

    def _step(self, each: Compiled, calls: Calls, formulas: Formulas) -> None:
        lines = each.step.lines
        formulas.start(set(), -1)
        for line in lines:
            if line.opening is not None:
                tree = formulas.tree(line.opening)
                each.opened[line] = self.openings[line] = self.memory.take(tree.shape)
                calls.put(formulas.tidy(tree, self.openings[line], line.over[:-1]))
        if not each.step.together:
            (line,) = lines
            array, stores = formulas.stores(line, None)
            self.arrays[line] = each.outs[line] = array
            for store in stores:
                calls.put(store)
            return
        axis = self.axes.time(lines[0].over)
        for line in lines:
            shape = self.axes.shape(line.over)
            shape[DRAW], shape[OPTION_AXIS] = self.width, self.axes.options
            self.arrays[line] = each.outs[line] = self.memory.take(shape)
        formulas.start(set(lines), axis)
        stores = [store for line in lines for store in formulas.stores(line, self.arrays[line])[1]]
        calls.loop(axis, stores)

    def _by_formulas(self, each: Compiled) -> None:
        """Make the arrays of a step that has no calls: their shapes are what its formulas give now."""
        lines = each.step.lines
        take_step(self.problem, each.step, self.reading, self.arrays, self.openings)
        for line in lines:
            if line not in each.outs:
                each.outs[line] = self.memory.take(self.arrays[line].shape)
            self.arrays[line] = each.outs[line]
            if line.opening is not None:
                if line not in each.opened:
                    each.opened[line] = self.memory.take(self.openings[line].shape)
                self.openings[line] = each.opened[line]

    def run(self, samples: Mapping[Input, Array]) -> Results:
        """The wanted lines for draws of the inputs that the plan was made for.

        Parameters
        ----------
        samples
            For each of these inputs its values, in the axes of `evaluate.axes` with one for the draw.

        Returns
        -------
        Results
            Lines without a value hold NaN, and are named.
        """
        draws = max((x.shape[DRAW] for x in samples.values()), default=1)
        kept = {line: self._room(line, draws) for line in self.wanted}
        opened = {
            line: self._room(line, draws, self.openings) for line in self.wanted if line in self.openings
        }
        first: dict[str, Any] = {}
        without: set[str] = set()
        for start in range(0, draws, self.width):
            count = min(self.width, draws - start)
            missing = self._chunk({item: _some(x, start, self.width) for item, x in samples.items()})
            for each in missing.found:
                first.setdefault(each.key, each)
            without |= missing.options
            for room, arrays in ((kept, self.arrays), (opened, self.openings)):
                for line, x in room.items():
                    if line in self.moving:
                        x[start : start + count] = arrays[line][:count]
        return Results(self.problem, kept, opened, tuple(first.values()), frozenset(without))

    def _room(self, line: Line, draws: int, arrays: Mapping[Any, Array] | None = None) -> Array:
        x = (arrays or self.arrays)[line]
        return np.empty((draws, *x.shape[1:])) if line in self.moving else x

    def _chunk(self, samples: Mapping[Input, Array]) -> Missing:
        """Run every step for as many draws as the plan is wide."""
        for item, x in samples.items():
            for same in self.by_key[item.key]:
                np.copyto(self.buffers[same], self._tidy(x, same.over))
        missing = Missing(self.problem, self.axes)
        missing.lines.update(self._bad)
        bad: set[Named] = set(self._bad)
        bad.update(item for item, x in self.buffers.items() if not np.isfinite(x).all())
        self._take(self.steps, bad, missing)
        return missing

    def _take(self, steps: Sequence[Compiled], bad: set[Named], missing: Missing) -> None:
        """Run some steps; what has no value joins `bad`, and is told where that begins."""
        kernels = self.kernels
        with np.errstate(under="ignore", over="call", divide="call", invalid="call", call=kernels.notice):
            for each in steps:
                kernels.start(missing=not bad.isdisjoint(each.sources))
                again = each.entries is None
                for function, arguments, out in each.entries or ():
                    function(*arguments, out=out)
                again = again or kernels.noticed or kernels.again
                infinite = self._again(each) if again else kernels.infinite
                if again or kernels.missing or not each.sound:
                    bad.update(line for line in each.step.lines if not np.isfinite(self.arrays[line]).all())
                    missing.look(each.step, self.arrays, self.openings, infinite=infinite)

    def _again(self, each: Compiled) -> bool:
        """Take a step by its formulas; True where one divided by 0 or overflowed on its way.

        Values that are as the calls have them stay so, to the last bit.
        """
        with np.errstate(all="ignore", over="call", divide="call", call=self.reading.notice):
            take_step(self.problem, each.step, self.reading, self.arrays, self.openings)
        for line in each.step.lines:
            pairs = [(self.arrays, each.outs[line], line.over)]
            if line in each.opened:
                pairs.append((self.openings, each.opened[line], line.over[:-1]))  # type: ignore[arg-type]
            for arrays, out, over in pairs:
                found = arrays[line]
                close = np.abs(found - out) <= _CLOSE * np.abs(found)
                np.copyto(out, found, where=~close)
                np.copyto(out, self._tidy(out, over))
                arrays[line] = out
        return self.reading.infinite

    def _tidy(self, x: Array, over: tuple[str, ...]) -> Array:
        """0 where a combination does not exist, of pairs of dimensions that an array has at full size."""
        full = [each for each in over if x.shape[self.axes.place[each]] == self.axes.size(each)]
        return self.axes.existing(x, full)


def _some(x: Array, start: int, width: int) -> Array:
    """Some draws, as many as a chunk has: at the end the last of them stands for those that are none."""
    if x.shape[DRAW] == 1:
        return x
    part = x[start : start + width]
    short = width - part.shape[DRAW]
    if short:
        part = np.concatenate([part, np.repeat(part[-1:], short, axis=DRAW)])
    return part
