"""Which layer holds, and what is remembered of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.overlay import Overlay, within
from casebuilder.inputs.values import Origin, Override, Value

REFERENCE = Origin("reference/a.yaml", 1, 1, "S1", "published")
CASE = Origin("a.yaml", 2, 1, "L1", "local")
OPTION = Origin("options/o.yaml", 3, 3, "L1", "chosen")


def test_later_layers_hold_and_are_remembered(declare: Callable[..., Input]) -> None:
    """Reference, case, --set, option, --set for the option, each over the one before."""
    overlay = Overlay(declare("a.b", "1", ("site",)))
    x, y = ("x",), ("y",)
    overlay.lay({x: Value(1.0), y: Value(1.0)}, REFERENCE, "")
    overlay.lay({x: Value(2.0)}, CASE, "")
    overlay.set(None, {x: 3.0})
    overlay.lay_option("o", {x: Value(4.0)}, OPTION)
    overlay.set("o", {x: 5.0})
    result = overlay.result()
    assert [result.amount(o, x) for o in ("bau", "o")] == [3.0, 5.0]
    assert overlay.log == [
        Override("a.b", x, None, 1.0, 2.0, "a.yaml"),
        Override("a.b", x, None, 2.0, 3.0, "--set"),
        Override("a.b", x, "o", 3.0, 4.0, "options/o.yaml"),
        Override("a.b", x, "o", 4.0, 5.0, "--set"),
    ]
    assert result.origin(None, y) == REFERENCE
    for option in (None, "o"):  # nothing vouches for what is typed
        typed = result.origin(option, x)
        assert (typed.file, typed.source, typed.state) == ("--set", "", "unverified")


def test_a_value_without_a_source_of_its_own_keeps_nobody_elses(declare: Callable[..., Input]) -> None:
    """What changes is unverified; what is only repeated keeps what vouches for it."""
    bare = replace(CASE, source="", state="unverified")
    overlay = Overlay(declare("a.b", "1", ("site",)))
    x, y = ("x",), ("y",)
    overlay.lay({x: Value(1.0), y: Value(1.0)}, REFERENCE, "")
    overlay.lay({x: Value(2.0), y: Value(1.0)}, bare, "")
    overlay.lay_option("o", {x: Value(2.0), y: Value(5.0)}, replace(OPTION, source="", state="unverified"))
    result = overlay.result()
    assert result.origin(None, x) == bare and result.origin(None, y) == REFERENCE
    assert result.origin("o", x) == bare
    assert (result.origin("o", y).source, result.origin("o", y).state) == ("", "unverified")


def test_a_value_set_to_what_it_is_keeps_its_source(declare: Callable[..., Input]) -> None:
    """Only a change loses the evidence, and only of the members changed."""
    overlay = Overlay(declare("a.b", "1", ("site",)))
    overlay.lay({("x",): Value(1.0), ("y",): Value(1.0)}, REFERENCE, "")
    overlay.set(None, {("x",): 1.0, ("y",): 2.0})
    assert overlay.result().origin(None, ("x",)) == REFERENCE
    assert overlay.result().origin(None, ("y",)).state == "unverified"


def test_an_option_keeps_a_value_that_it_repeats(declare: Callable[..., Input]) -> None:
    """An option that says what the base says is no change, and stays when the base changes."""
    overlay = Overlay(declare("a.b", "1"))
    overlay.lay({(): Value(1.0)}, CASE, "")
    overlay.lay_option("o", {(): Value(1.0)}, OPTION)
    assert overlay.log == []
    assert overlay.result().options == {"o": {(): Value(1.0)}}


def test_a_range_stays_while_it_holds_the_value() -> None:
    """A value set outside its range is taken as certain."""
    assert within(Value(2.0, 1.0, 3.0), 2.5) == Value(2.5, 1.0, 3.0)
    assert within(Value(2.0, 1.0, 3.0), 9.0) == Value(9.0)
    assert within(Value("ct"), "mri") == Value("mri")


def test_defaults_are_marked(declare: Callable[..., Input]) -> None:
    """What an optional input leaves out has its default, and says so."""
    overlay = Overlay(declare("a.b", "1", ("site",)))
    overlay.lay({("x",): Value(1.0)}, CASE, "")
    overlay.fill([("x",), ("y",)], 0.0)
    result = overlay.result()
    assert result.base == {("x",): Value(1.0), ("y",): Value(0.0)}
    assert (result.origin(None, ("x",)).file, result.origin(None, ("y",)).file) == ("a.yaml", "(default)")
