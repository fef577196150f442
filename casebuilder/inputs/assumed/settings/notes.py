"""What is worth saying of a `--set`: who keeps a value of its own, and who has one from now on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebuilder.errors import Fault
from casebuilder.inputs.assumed.overlay import SET, Overlay
from casebuilder.inputs.assumed.settings.sets import Setting
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed, shown
from casebuilder.inputs.values import Members


def keeps_own(overlay: Overlay, setting: Setting, found: Sequence[Members]) -> str:
    """Which options a setting of the base case does not reach, and how to change theirs; one line.

    Parameters
    ----------
    overlay
        The input with all its layers.
    setting
        The setting of the base case.
    found
        What it names.
    """
    parts = list(_own(overlay, setting, found))
    return f"--set {_written(setting)}: {'; '.join(parts)}" if parts else ""


def _own(overlay: Overlay, setting: Setting, found: Sequence[Members]) -> Iterator[str]:
    for option, own in overlay.options.items():
        mine = [members for members in found if members in own]
        places = {members: own[members].place or _origin(overlay, option) for members in mine}
        if not mine or all(place.file == SET for place in places.values()):
            continue
        amounts = listed(dict.fromkeys(shown(own[members].amount) for members in mine), 3)
        part = "" if len(mine) == len(found) else f" for {listed((','.join(m) for m in mine), 4)}"
        first = min(place for place in places.values() if place.file != SET)
        where = f"{first.file}:{first.line}:{first.column}"
        change = f"--set {option}:{_written(setting)}"
        yield f"{option} keeps its own {amounts}{part} ({where}); to change it: {change}"


def _origin(overlay: Overlay, option: str) -> Place:
    origin = overlay.option_origins[option]
    return Place(origin.file, origin.line, origin.column)


def beyond_range(
    overlay: Overlay, setting: Setting, found: Sequence[Members], amount: float | str
) -> Fault | None:
    """That a setting lies beyond the range stated of what it sets; None where it lies within all of them.

    A range without width states none: it is of a thing that nobody proposes.
    """
    own = overlay.options.get(setting.option or "", {})
    passed: dict[tuple[float, float], None] = {}
    for members in found:
        stated = own.get(members, overlay.base[members])
        if stated.low is None or stated.high is None:
            stated = overlay.base[members]
        low, high = stated.low, stated.high
        if isinstance(amount, str) or low is None or high is None or low == high:
            continue
        if not low <= amount <= high:
            passed[low, high] = None
    if not passed:
        return None
    ranges = listed((f"{shown(low)} to {shown(high)}" for low, high in passed), 3)
    said = "the range stated is" if len(passed) == 1 else "the ranges stated are"
    return setting.value_place.fault(f"{_full(setting)} lies beyond what is stated: {said} {ranges}")


def overtaken(laid: Sequence[tuple[Setting, Sequence[Members]]]) -> Iterator[str]:
    """The settings of which nothing holds, since one after them sets all that they set.

    Parameters
    ----------
    laid
        The settings of one input and option in their order, each with what it names.
    """
    for place, (setting, found) in enumerate(laid):
        after = next(
            (later for later, every in laid[place + 1 :] if found and set(found) <= set(every)), None
        )
        if after is not None:
            first, last = (f"--set {_full(each)}" for each in (setting, after))
            same = "is given twice" if first == last else f"overtakes {first}, of which nothing holds"
            yield f"{last} {same}: of two the last one holds"


def _full(setting: Setting) -> str:
    return f"{setting.option}:{_written(setting)}" if setting.option else _written(setting)


def opened_by(overlay: Overlay, setting: Setting) -> str:
    """That an option which did not touch an input has values of its own by a setting."""
    if setting.option is None or overlay.options.get(setting.option) or setting.option in overlay.opened:
        return ""
    return (
        f"--set {setting.option}:{_written(setting)}: {setting.option} did not touch {setting.key}; it now "
        "has a value of its own, and cells for it in a workbook built with this"
    )


def _written(setting: Setting) -> str:
    """A setting without its option, as it was typed."""
    members = ",".join(member for member, _ in setting.members)
    return f"{setting.key}{f'[{members}]' if members else ''}={setting.value}"
