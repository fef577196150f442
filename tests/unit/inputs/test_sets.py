"""What `--set` says, and for which members."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.assumed.settings.sets import read_sets
from casebuilder.inputs.values import CaseInputs


@pytest.mark.parametrize(
    ("text", "option", "members", "value"),
    [
        ("a.b=1_000", None, [], 1000),
        ("a.b[x, 2026/27]=1e3", None, ["x", "2026/27"], 1000.0),
        ("o:a.b=ct", "o", [], "ct"),
        (" o : a.b [x] = 12", "o", ["x"], 12),
        ("a.b='12'", None, [], "12"),
        ("a.b=NO", None, [], "NO"),
        ("a.b=x=y:z", None, [], "x=y:z"),
    ],
)
def test_a_setting_is_taken_apart(text: str, option: str | None, members: list[str], value: object) -> None:
    """Key, members and value, with values as YAML reads them."""
    faults: list[Fault] = []
    (setting,) = read_sets([text], ["o"], ["a.b"], faults)
    assert not faults
    assert (setting.option, setting.key, setting.value.scalar) == (option, "a.b", value)
    assert [member for member, _ in setting.members] == members


@pytest.mark.parametrize("text", ["", "=", "a.b", "=1", ":a.b=1", "a.b]=1", "a.b[x=1", "o:=1"])
def test_other_forms_are_faults(text: str) -> None:
    """What has not the form of a setting is a fault, never a traceback."""
    faults: list[Fault] = []
    assert read_sets([text], ["o"], ["a.b"], faults) == []
    assert faults[0].file == "--set"


def test_members_left_out_are_all(read: Callable[..., CaseInputs]) -> None:
    """No member sets every one, no period sets all periods; one cell is one cell."""
    key = "demand.referrals"
    base = read().values[key].base
    every = read(f"{key}=1").values[key].base
    assert set(every) == set(base) and all(value.amount == 1 for value in every.values())
    some = read(f"{key}[north,ct]=1").values[key].base
    assert {m[:2] for m, value in some.items() if value.amount == 1} == {("north", "ct")}
    one = read(f"{key}[north,ct,2021-05]=1").values[key].base
    assert [m for m, value in one.items() if value.amount == 1] == [("north", "ct", "2021-05")]
    month = read(f"{key}[2021-05]=1").values[key].base
    assert {m[2] for m, value in month.items() if value.amount == 1} == {"2021-05"}


def test_settings_come_in_their_order(read: Callable[..., CaseInputs]) -> None:
    """The later of two settings holds; an option keeps its own value until it is set itself."""
    rooms = read("demand.rooms=5", "demand.rooms[north]=6").values["demand.rooms"]
    assert [value.amount for value in rooms.base.values()] == [6.0, 5.0]
    assert rooms.amount("preferred", ("south",)) == 2.0
    rooms = read("preferred:demand.rooms[south]=7", "demand.rooms=5").values["demand.rooms"]
    assert rooms.amount("preferred", ("south",)) == 7.0
    assert rooms.amount("preferred", ("north",)) == 5.0


def test_a_setting_of_several_faults_shows_each(read: Callable[..., CaseInputs]) -> None:
    """Bad settings are gathered like faults of files."""
    with pytest.raises(InputError) as caught:
        read("demand.rooms[east]=1", "demand.rooms=many", "demand.roms=1")
    assert len(caught.value.faults) == 3


def test_an_input_of_one_value_has_no_members(
    declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """Members of a single value are a fault."""
    with pytest.raises(InputError, match="a single value"):
        read("equipment.route[ct]=lease")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("5m", 5e6), ("1.5M", 1.5e6), ("750k", 750e3), ("£2bn", 2e9), ("5_000", 5e3), ("5,000,000", 5e6)],
)
def test_money_may_be_typed_short(read: Callable[..., CaseInputs], typed: str, amount: float) -> None:
    """As `--capital` takes it, of an input in pounds, whatever it is by."""
    given = read(f"equipment.unit_price={typed}").values["equipment.unit_price"]
    assert {value.amount for value in given.base.values()} == {amount}


@pytest.mark.parametrize(
    "text",
    [
        "equipment.unit_price=5x",
        "equipment.unit_price=m",
        "equipment.unit_price=5mm",
        "equipment.unit_price=5 m a year",
        "equipment.unit_price='5m'",
        "demand.rooms=5k",
    ],
)
def test_what_is_no_money_or_for_no_money_is_refused(read: Callable[..., CaseInputs], text: str) -> None:
    """Other letters, quotes, and rooms, which are no pounds."""
    with pytest.raises(InputError, match="is not a number"):
        read(text)


def test_a_bare_name_finds_its_chapter(read: Callable[..., CaseInputs]) -> None:
    """`rooms` means `demand.rooms`; members in the wrong order are told the order."""
    with pytest.raises(InputError, match=r"did you mean 'demand\.rooms'"):
        read("rooms=2")
    with pytest.raises(InputError, match="site, equipment; write them in that order"):
        read("equipment.life[ct,south]=5")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a.b=1;c.d=2", "two changes in one: each has its own --set, as --set a.b=1 --set c.d=2"),
        ("a.b=1,c.d=2", "as --set a.b=1 --set c.d=2"),
        ("a.b[x]=1 c.d[y]=2", "as --set a.b[x]=1 --set c.d[y]=2"),
        ("a.b*=1.1", "'*=1.1' is not worked out here: write the new value itself, as a.b=VALUE"),
        ("a.b+=1", "'+=1' is not worked out"),
        ("a.b=+10%", "a change of +10% is not worked out here"),
        ("npsv=5", "'npsv' is a result, not an input: change an input that it rests on"),
        ("x.y=5", "'x.y' is a result, not an input"),
    ],
)
def test_what_set_does_not_do_is_said(text: str, words: str) -> None:
    """With what to write instead."""
    faults: list[Fault] = []
    assert read_sets([text], ["o"], ["a.b", "c.d"], faults, {"npsv", "x.y"}) == []
    (fault,) = faults
    assert words in fault.message


@pytest.mark.parametrize(
    ("members", "right"),
    [("", ""), ("all", ""), ("*", ""), ("north,*", "[north]"), ("north,all,2021-05", "[north,2021-05]")],
)
def test_all_is_what_is_left_out(read: Callable[..., CaseInputs], members: str, right: str) -> None:
    """Stars and the like are no members."""
    with pytest.raises(InputError) as caught:
        read(f"demand.referrals[{members}]=5")
    (fault,) = caught.value.faults
    assert fault.message == f"what is left out of [ ] takes all: write demand.referrals{right}=5"


@pytest.mark.parametrize(
    ("member", "hint"),
    [
        ("Apr-21", "; write 2021-04"),
        ("2021/22", "write 2021-04 for its first month"),
        ("2051-04", ": the months run from 2021-04 to 2023-03"),
        ("nroth", "did you mean 'north'?"),
    ],
)
def test_a_period_of_a_setting_has_a_cure(read: Callable[..., CaseInputs], member: str, hint: str) -> None:
    """As in a table."""
    with pytest.raises(InputError) as caught:
        read(f"demand.referrals[{member}]=5")
    (fault,) = caught.value.faults
    assert hint in fault.message


@pytest.mark.parametrize(
    ("sets", "note"),
    [
        (
            ["demand.rooms=5", "demand.rooms=6"],
            "--set demand.rooms=6 overtakes --set demand.rooms=5, of which nothing holds",
        ),
        (["demand.rooms[north]=5", "demand.rooms=6"], "overtakes --set demand.rooms[north]=5"),
        (
            ["preferred:demand.rooms=5", "preferred:demand.rooms=5"],
            "--set preferred:demand.rooms=5 is given twice",
        ),
        (["demand.rooms=5", "demand.rooms[north]=6"], ""),
        (["demand.rooms[south]=5", "demand.rooms[north]=6"], ""),
        (["demand.rooms=5", "preferred:demand.rooms=6"], ""),
    ],
)
def test_the_last_of_two_settings_is_named(
    read: Callable[..., CaseInputs], sets: list[str], note: str
) -> None:
    """With the one it overtakes; a part that still holds is no note."""
    told = [one for one in read(*sets).notes if "holds" in one and "keeps its own" not in one]
    assert [note in one for one in told] == ([True] if note else [])
