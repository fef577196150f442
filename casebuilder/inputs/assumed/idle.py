"""Members that do nothing: no value of any option gives them a part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from casebuilder.algebra.dimensions import Frame
from casebuilder.errors import Fault
from casebuilder.inputs.values import InputValues


def idle_members(given: Iterable[InputValues], frame: Frame, changed: Collection[str] = ()) -> list[Fault]:
    """A fault for each member that has nothing but 0 in every input that would put it to use.

    Parameters
    ----------
    given
        The values of all inputs; those that say which dimension they put to use (`Input.uses`) are read. A
        member that is taken into no option (`Input.takes_in`) is said to do nothing.
    frame
        The members of the case.
    changed
        The keys that `--set` changes. Where one of them puts to use or takes in, the files are not at fault:
        a live check says the same of the change as of one typed into the workbook.
    """
    by_dimension: dict[str, list[InputValues]] = {}
    taken: dict[str, set[str]] = {}
    passed: set[str] = set()
    for values in given:
        if values.input.key in changed:
            passed |= {values.input.uses, values.input.takes_in}
        if values.input.takes_in:
            taken[values.input.takes_in] = set(_used(values, values.input.takes_in))
        if values.input.uses and values.base:
            by_dimension.setdefault(values.input.uses, []).append(values)
    found = []
    for dimension, inputs in by_dimension.items():
        if dimension in passed:
            continue
        used = {member for values in inputs for member in _used(values, dimension)}
        for member in frame.ids(dimension):
            if member in used or member not in taken.get(dimension, {member}):
                continue
            kind = frame.title(dimension).lower()
            who = f"{kind} '{member}'" if kind == dimension else f"{kind} ({dimension}) '{member}'"
            labels = " and no ".join(values.input.label.lower() for values in inputs)
            origin = inputs[0].base_origin
            what = f"the {who} does nothing: no {labels} in any option"
            what += "; give it its part, or take it out of members"
            found.append(Fault(origin.file, origin.line, origin.column, what))
    return found


def _used(values: InputValues, dimension: str) -> Iterable[str]:
    """The members that have something in the base or in an option."""
    place = values.input.over.index(dimension)
    layers: list[Mapping[tuple[str, ...], object]] = [values.base, *values.options.values()]
    for layer in layers:
        for members, value in layer.items():
            if getattr(value, "amount", 0):
                yield members[place]
