"""What stands beside values and what is no value, three ways: what one side changed must stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.algebra.terms import Input
from casebuilder.analysis.bridge.others import others
from casebuilder.inputs.values import CaseInputs
from casebuilder.tasks.merge.lines import A
from casebuilder.tasks.merge.slots import Clash, Slot, Table, slot_name

Evidence = tuple[str, ...]
_FIELDS = ("range", "shape", "source", "state", "note", "to do")


def evidence(inputs: CaseInputs, ids: Mapping[str, str]) -> dict[Slot, Evidence]:
    """What stands beside every value, by slot: range, shape, source, state, note and what is to do."""
    found: dict[Slot, Evidence] = {}
    for key, given in inputs.values.items():
        for option, values in ((None, given.base), *given.options.items()):
            for members, value in values.items():
                origin = given.origin(option, members)
                ends = f"{value.low:.15g} to {value.high:.15g}" if None not in (value.low, value.high) else ""
                found[option, key, members] = (
                    ends, value.spread, ids.get(origin.source, origin.source), origin.state, origin.note,
                    value.to_do,
                )  # fmt: skip
    return found


def evidence_clashes(
    start: tuple[Table, Mapping[Slot, Evidence]],
    mine: tuple[Table, Mapping[Slot, Evidence]],
    theirs: tuple[Table, Mapping[Slot, Evidence]],
    result: Mapping[Slot, Evidence],
) -> list[Clash]:
    """Where a value is the same on all sides, and what one of them put beside it is not in the result."""
    found: dict[tuple[str, str, str, str], list[Slot]] = {}
    for slot, was in start[1].items():
        amounts = {repr(side[0].get(slot)) for side in (start, mine, theirs)}
        one, other, now = mine[1].get(slot), theirs[1].get(slot), result.get(slot)
        if len(amounts) != 1 or one is None or other is None or now is None:
            continue
        for place, name in enumerate(_FIELDS):
            wanted = other[place] if one[place] == was[place] else one[place]
            both = one[place] != was[place] and other[place] not in (was[place], one[place])
            if both or now[place] != wanted:
                found.setdefault((name, slot[1], one[place], other[place]), []).append(slot)
    return [
        Clash(f"{name} of {slot_name(slots[0])}{f' and {len(slots) - 1} more' if slots[1:] else ''}", a, b)
        for (name, _, a, b), slots in found.items()
    ]


def other_clashes(
    sides: tuple[CaseInputs, CaseInputs, CaseInputs],
    result: CaseInputs,
    keys: Sequence[Input],
    ids: Mapping[str, str],
    prefer: str,
) -> tuple[list[Clash], list[Clash]]:
    """What is no value: where both changed it differently, and where the result has it otherwise.

    Parameters
    ----------
    sides
        The start, A and B.
    result
        The case as it would be written.
    keys
        The inputs of the model.
    ids
        B's sources that are called otherwise in the result.
    prefer
        Whose side stands where both changed something: `a` or `b`.
    """
    start, mine, theirs = sides
    of_a, of_b, of_result = (_changes(start, each, keys) for each in (mine, theirs, result))
    of_b = {
        (kind, ids.get(what, what) if kind == "source entry" else what): v for (kind, what), v in of_b.items()
    }
    clashes, lost = [], []
    for key in dict.fromkeys((*of_a, *of_b)):
        what = f"{key[0]}: {key[1]}"
        was = of_a[key][0] if key in of_a else of_b[key][0]
        one, other = (side[key][1] if key in side else was for side in (of_a, of_b))
        wanted = one if key in of_a else other
        if key in of_a and key in of_b and one != other:
            clashes.append(Clash(what, one, other))
            wanted = one if prefer == A else other
        now = of_result[key][1] if key in of_result else was
        if now != wanted:
            lost.append(Clash(what, one, other, note="the files cannot be joined there"))
    return clashes, lost


def _changes(
    start: CaseInputs, side: CaseInputs, keys: Sequence[Input]
) -> dict[tuple[str, str], tuple[str, str]]:
    """What a side has otherwise than the start, by kind and what it is."""
    return {
        (other.kind, other.what): (other.before, other.after)
        for other in others(start, side, keys, evidence=False)
    }
