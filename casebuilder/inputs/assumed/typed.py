"""A value as people type it in a form or a table, read for the input that it is for."""

from __future__ import annotations

from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.amounts import FLAG, amount_of, clash_of, flag_of, wrong_with
from casebuilder.inputs.files.scalars import Scalar, Word, bare, resolve
from casebuilder.inputs.files.typed import read_typed
from casebuilder.units import CHOICE


class TypedError(ValueError):
    """A text that is no value of an input; the message says why, and what to type instead."""


def typed_amount(text: str, declared: Input, usual: float | str | None = None) -> float | str:
    """The value that was typed: a number in the unit of the input, or one of its words.

    `£1.2m`, `600k`, `1.5bn`, `35%` (a share of 0.35), `1,200,000`, `£ 600 000` and `(1,200)` for minus are
    read, and `yes` and `no` for a flag; a word in any capitals. The unit decides: a per cent is of a share or
    a factor, pounds are of money.

    Parameters
    ----------
    text
        As typed.
    declared
        The input.
    usual
        What holds so far: it tells a share in per cent from one that is too large.

    Raises
    ------
    TypedError
        It is no value, may be meant in two ways, or lies beyond the bounds.
    """
    if not text.strip():
        raise TypedError("nothing is typed: type the value")
    meant = meant_by(text, declared)
    wrong = wrong_with(declared, text.strip() if meant is None else meant, usual)
    if wrong:
        raise TypedError(wrong)
    return amount_of(declared, text.strip() if meant is None else meant)


def meant_by(text: str, declared: Input) -> Scalar:
    """What a text means for an input, whatever its bounds; None where that is not beyond doubt.

    Parameters
    ----------
    text, declared
        As typed, and the input.
    """
    if declared.choices:
        return next((word for word in declared.choices if bare(word) == bare(text)), None)
    plain = resolve(text.strip())
    if declared.unit in (FLAG, CHOICE):
        return flag_of(text) if not isinstance(plain, int | float) else plain
    if isinstance(plain, int | float) and not isinstance(plain, bool):
        return plain
    typed = read_typed(text)
    return typed.number if typed is not None and not clash_of(declared, typed) else None


def as_word(cell: Word, declared: Input) -> Word:
    """A cell of a table as a plain number or word, where it means one; else as it was typed."""
    meant = meant_by(str(cell), declared)
    if meant is None or isinstance(resolve(str(cell)), int | float):
        return cell
    return Word(f"{meant!r}" if isinstance(meant, float) else str(meant), quoted=isinstance(meant, str))
