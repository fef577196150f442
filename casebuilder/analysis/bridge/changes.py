"""The values that two cases give for the same input, option and members, and that are not the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casebuilder.algebra.terms import Input
from casebuilder.inputs.edit.change_log import Logged
from casebuilder.inputs.edits import name_of
from casebuilder.inputs.values import CaseInputs, InputValues, Members, Origin, Value

FROM, TO = "from", "to"


@dataclass(frozen=True)
class Given:
    """What one side gives.

    Attributes
    ----------
    value
        The value that holds, with its range.
    origin
        Where it was given and what vouches for it.
    own
        Whether it is the option's own; a value of the base case always is.
    """

    value: Value
    origin: Origin
    own: bool = True


@dataclass(frozen=True)
class Change:
    """One value that differs.

    Attributes
    ----------
    item
        The input.
    option
        The option whose own value it is on one side at least; None for the base case.
    members
        In the order of the input's dimensions.
    before, after
        What each side gives.
    settable
        Whether it can be set on the first side by itself; what cannot belongs to the structure.
    prices_of
        Where the input's prices are of another year on the second side, that year: its changes go together.
        None where they are of the same.
    logged
        The row of a change log that brought it; None where no log tells.
    logged_by
        The side whose log that is.
    """

    item: Input
    option: str | None
    members: Members
    before: Given
    after: Given
    settable: bool = True
    prices_of: str | None = None
    logged: Logged | None = None
    logged_by: str = ""

    @property
    def key(self) -> str:
        """The input's key."""
        return self.item.key

    @property
    def name(self) -> str:
        """As `--set` takes it."""
        return name_of(self.option, self.item.key, self.members)


def changes(first: CaseInputs, second: CaseInputs, keys: Iterable[Input]) -> list[Change]:
    """Every value that both cases give and that differs, in the order of the inputs, base before options.

    An option that has a value of its own on one side and reads the base case on the other differs there,
    be the amount the same or not.

    Parameters
    ----------
    first, second
        The two cases, of one model.
    keys
        The inputs of the model, in its order.
    """
    both = [option for option in first.frame.option_ids if option in second.frame.option_ids]
    same_frame = same_shape(first, second)
    found: list[Change] = []
    for one, other in in_both(first, second, keys):
        apart = prices(first, one) != prices(second, other)
        own = [
            replace(each, prices_of=other.prices_of if apart else None, settable=same_frame or not apart)
            for each in _of_input(one, other, both, with_all=apart)
        ]
        found += own
    return found


def in_both(
    first: CaseInputs, second: CaseInputs, keys: Iterable[Input]
) -> Iterator[tuple[InputValues, InputValues]]:
    """The values of each input that both cases have, in the order of the inputs."""
    for item in keys:
        if item.key in first.values and item.key in second.values:
            yield first.values[item.key], second.values[item.key]


def prices(case: CaseInputs, given: InputValues) -> str:
    """The year whose prices an amount is in; empty for what has no prices, and for cash of its year."""
    return given.prices_of or (case.info.base_year if "GBP_real" in given.input.unit else "")


def same_shape(first: CaseInputs, second: CaseInputs) -> bool:
    """Whether two cases have the same members, pairs, options, periods and base year."""
    one, other = first.frame, second.frame
    names = {*one.members, *other.members}
    return (
        first.info.base_year == second.info.base_year
        and all(one.ids(name) == other.ids(name) for name in names)
        and one.option_ids == other.option_ids
        and one.baseline == other.baseline
        and dict(one.pairs) == dict(other.pairs)
        and one.year_of_month == other.year_of_month
    )


def _of_input(
    one: InputValues, other: InputValues, options: Sequence[str], *, with_all: bool
) -> Iterator[Change]:
    """The changes of one input; `with_all` those of the same amount too, since their prices differ."""
    for members, value in one.base.items():
        against = other.base.get(members)
        if against is not None and (with_all or against.amount != value.amount):
            given = (_given(one, None, members), _given(other, None, members))
            yield Change(one.input, None, members, *given)
    for option in options:
        mine, theirs = one.options.get(option, {}), other.options.get(option, {})
        for members in dict.fromkeys((*mine, *theirs)):
            if members not in one.base or members not in other.base:
                continue
            given = (_given(one, option, members), _given(other, option, members))
            before, after = given
            if with_all or before.own != after.own or before.value.amount != after.value.amount:
                yield Change(one.input, option, members, *given)


def _given(values: InputValues, option: str | None, members: Members) -> Given:
    own = option is None or members in values.options.get(option, {})
    value = values.options[option][members] if option is not None and own else values.base[members]
    return Given(value, values.origin(option if own else None, members), own)


def with_changes(given: InputValues, made: Iterable[Change]) -> InputValues:
    """An input's values of the first side with some of the second in their place.

    Parameters
    ----------
    given
        The values of the first side.
    made
        Changes of this input.
    """
    prices_of = given.prices_of
    base = dict(given.base)
    options = {option: dict(own) for option, own in given.options.items()}
    for change in made:
        if change.option is None:
            base[change.members] = change.after.value
        elif change.after.own:
            options.setdefault(change.option, {})[change.members] = change.after.value
        else:
            options.get(change.option, {}).pop(change.members, None)
        prices_of = prices_of if change.prices_of is None else change.prices_of
    kept = {option: own for option, own in options.items() if own}
    return replace(given, base=base, options=kept, prices_of=prices_of)
