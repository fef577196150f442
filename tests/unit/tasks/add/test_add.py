"""`add` on copies of shipped cases: all that the new one has is the other's, and every other byte stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.case import Case, load_case
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.evaluate.notes import left_to_do
from casebuilder.inputs.edit.put import put_edits
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.values import InputValues, Members, Value
from casebuilder.resources import resource
from casebuilder.tasks import together
from casebuilder.tasks.add.blocks import DIVIDED, NONE_YET
from casebuilder.tasks.add.run import KINDS, Added, _faults, add
from casebuilder.tasks.whole_check import whole_check
from tests.edited import replace_once

NAME = "cmast_2025"
Folder = Callable[[str], Path]


@pytest.fixture
def copy(tmp_path: Path) -> Folder:
    """A copy of a shipped case."""

    def make(name: str = NAME) -> Path:
        shutil.copytree(resource(f"assumptions/cases/{name}"), tmp_path / name)
        return tmp_path / name

    return make


def files(folder: Path) -> dict[str, str]:
    """The text of every file, line ends as they are."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in found}


def put(
    folder: Path, kind: str, name: str, other: str, label: str = "", *, whole: bool = False
) -> tuple[Case, Added]:
    """The case as it was, and what was added; each file but those named is byte for byte as it was.

    Of a file that is named the old text stands within the new one: nothing is taken away. What is added is
    read; the whole check is left to where it is asked for.
    """
    before, case = files(folder), load_case(str(folder))
    added = add(kind, name, other, case, label, faults_of=_faults if whole else lambda *_: ())
    after = files(folder)
    assert {file for file in after if after[file] != before.get(file)} == {each.file for each in added.files}
    if kind != "trust":  # of which shares are divided
        for file, text in before.items():
            assert within(text, after[file]), file
    assert not list(folder.rglob(".*"))
    return case, added


def within(old: str, new: str) -> bool:
    """Whether a text is another with something put in between."""
    rest = iter(new)
    return all(letter in rest for letter in old)


def rows(given: InputValues, at: int, member: str, option: str | None) -> dict[Members, Value]:
    """The values of a member, by the other members."""
    values = given.base if option is None else given.options.get(option, {})
    return {(*m[:at], *m[at + 1 :]): value for m, value in values.items() if m[at] == member}


def unlike(case: Case, dimension: str, name: str, other: str) -> set[str]:
    """The inputs of which two members differ in value or range, in the base case or in some option."""
    found = set()
    for key, given in case.inputs.values.items():
        if dimension in given.input.over:
            at = given.input.over.index(dimension)
            for option in (None, *case.inputs.frame.option_ids):
                mine, its = (rows(given, at, member, option) for member in (name, other))
                if mine != its:
                    found.add(key)
    return found


def as_before(case: Case, now: Case, dimension: str, name: str) -> bool:
    """Whether every value of the case is what it was, but for those of a new member."""
    return as_before_but(case, now, dimension, name, set())


def as_before_but(case: Case, now: Case, dimension: str, name: str, divided: set[str]) -> bool:
    """The same, some inputs left out."""
    for key, given in case.inputs.values.items():
        if key in divided:
            continue
        other = now.inputs.values[key]
        at = given.input.over.index(dimension) if dimension in given.input.over else None
        for option in (None, *case.inputs.frame.option_ids):
            old = given.base if option is None else given.options.get(option, {})
            new = other.base if option is None else other.options.get(option, {})
            if dict(old) != {m: value for m, value in new.items() if at is None or m[at] != name}:
                return False
    return True


@pytest.mark.parametrize(
    ("case", "name", "other"),
    [
        (NAME, "leeds_east", "clatterbridge"),
        ("norfolk_waveney", "cromer", "norwich"),
        ("lancashire_south_cumbria", "lytham", "fleetwood"),
    ],
)
def test_a_site_has_all_that_the_other_has(copy: Folder, case: str, name: str, other: str) -> None:
    """Every value, range, option and pair; nothing else moves; each copy says so."""
    folder = copy(case)
    was, added = put(folder, "site", name, other, "Leeds, east")
    now = load_case(str(folder))
    assert now.inputs.frame.label("site", name) == "Leeds, east"
    assert unlike(now, "site", name, other) == set()
    assert as_before(was, now, "site", name)
    left = [each for each in left_to_do(now.problem) if each.what == f"copied from {other}"]
    assert len(left) == added.to_do[0] == added.to_do[1] > 8
    assert {each.members for each in left} == {(name,)}


def test_a_block_shared_by_alias_is_changed_once(copy: Folder) -> None:
    """Hosting of three inputs is one block."""
    folder = copy(NAME)
    put(folder, "site", "leeds_east", "st_helens")
    text = (folder / "hosting.yaml").read_text(encoding="utf-8")
    assert "rbn: {st_helens: 1, leeds_east: 1, others: 0}" in text
    assert text.count("leeds_east") == 2  # the value, and what is to be done


def test_what_vouches_for_the_other_apart_vouches_for_the_copy(copy: Folder) -> None:
    """By member alone and with another."""
    folder = copy(NAME)
    edits = [
        Edit("access.site_latitude", ("st_helens",), 53.4, source="S1", state="local"),
        Edit("programme.duration", ("st_helens", "build"), 9.0, note="by the board"),
    ]
    made = put_edits(folder, load_case(str(folder)).inputs, edits)
    assert not made.refused
    for path, data in made.files.items():
        path.write_bytes(data)
    put(folder, "site", "leeds_east", "st_helens")
    found = load_case(str(folder)).inputs.values
    for edit in edits:
        given, mine = found[edit.key], ("leeds_east", *edit.members[1:])
        assert given.base[mine].amount == edit.new
        assert given.origin(None, mine) == given.origin(None, edit.members)
        assert given.origin(None, mine).source == edit.source


def test_a_test_that_the_reference_set_knows_takes_its_values(copy: Folder) -> None:
    """What the case itself says of DEXA is copied; the rest is the reference set's own of X-ray."""
    folder = copy(NAME)
    was, added = put(folder, "test", "xray", "dexa", "X-ray")
    now = load_case(str(folder))
    assert added.label == now.inputs.frame.label("test", "xray") == "X-ray"
    assert as_before(was, now, "test", "xray")
    reference = was.inputs.values["revenue.consumables_price"].base_origin.file
    given = now.inputs.values["revenue.consumables_price"]
    assert given.origin(None, ("xray",)).file == reference
    assert {each.file for each in added.files} == {
        "capacity.yaml",
        "case.yaml",
        "data/lists.csv",
        "demand.yaml",
        "options/buy_tests.yaml",
        "options/do_minimum.yaml",
        "relief.yaml",
        "throughput.yaml",
        "waits.yaml",
    }


def test_a_test_of_one_s_own_has_all_that_the_other_has(copy: Folder) -> None:
    """What the reference set gives for the other is written into the case, with its range and source."""
    folder = copy(NAME)
    was, _ = put(folder, "test", "bone_scan", "dexa")
    now = load_case(str(folder))
    assert unlike(now, "test", "bone_scan", "dexa") == set()
    assert as_before(was, now, "test", "bone_scan")
    price = now.inputs.values["revenue.consumables_price"]
    mine, its = (price.origin(None, (test,)) for test in ("bone_scan", "dexa"))
    assert (mine.file, mine.source, mine.state) == ("revenue.yaml", its.source, its.state)
    assert price.prices_of == was.inputs.values["revenue.consumables_price"].prices_of
    unmarked = [
        key
        for key, given in now.inputs.values.items()
        for members, value in given.base.items()
        if "bone_scan" in members and not value.to_do and _own(value, folder) and not _for_all(given, members)
    ]
    assert unmarked == []


def _own(value: Value, folder: Path) -> bool:
    """Whether a value stands in the case's own files."""
    return value.place is not None and value.place.file.startswith(str(folder))


def _for_all(given: InputValues, members: Members) -> bool:
    """Whether a value is not of one test: it stands where that of some other test stands."""
    at = given.input.over.index("test")
    places = [value.place for m, value in given.base.items() if m[at] != members[at] and value.place]
    return given.base[members].place is None or given.base[members].place in places


def test_a_trust_has_its_own_lists_and_no_centre(copy: Folder) -> None:
    """Manchester's of 2024/25, by the shipped rows; half of Mid Cheshire's share of the network."""
    folder = copy(NAME)
    was, added = put(folder, "trust", "r0a", "rbt")
    now = load_case(str(folder))
    assert added.label == "Manchester University NHS Foundation Trust"
    assert added.notes[0] == "tests and lists of R0A from DM01, 2024-04 to 2025-03"
    values = now.inputs.values
    # The census of MRI at the end of March 2025: 6,795 waited, 1,364 of them over six weeks.
    assert values["demand.baseline_list"].base["r0a", "mri"].amount == 6795
    assert values["demand.baseline_over_six_weeks"].base["r0a", "mri"].amount == 1364
    share = values["hosting.network_share"].base
    assert share["rbt",].amount == share["r0a",].amount == 0.04
    assert (share["rbt",].to_do, share["r0a",].to_do) == ("share divided with r0a", "copied from rbt")
    for key in NONE_YET.keys() & values.keys():
        assert {v.amount for m, v in values[key].base.items() if "r0a" in m} <= {NONE_YET[key]}, key
    left = {each.name for each in left_to_do(now.problem)}
    assert left == {"hosting.network_share[rbt]", "hosting.network_share[r0a]"}
    differs = unlike(now, "provider", "r0a", "rbt")
    assert "demand.baseline_list_activity" in differs
    assert {key for key in differs if not key.startswith("demand.baseline")} == set()
    assert as_before_but(was, now, "provider", "r0a", {"hosting.network_share"})


def test_a_trust_that_dm01_has_not_has_copies_and_divides_what_sums_to_one(copy: Folder) -> None:
    """Wirral hosts a centre and has shares of two catchments: half of each goes, and no centre."""
    folder = copy(NAME)
    was, added = put(folder, "trust", "new_one", "rbl")
    assert "'new one' is no provider of DM01" in added.notes[0]
    assert added.notes[0].endswith("tests and lists are copied from rbl")
    now = load_case(str(folder))
    for key in DIVIDED & now.inputs.values.keys():
        for members, value in now.inputs.values[key].base.items():
            old = was.inputs.values[key].base.get(members)
            if old is not None:
                half = 0.5 if "rbl" in members else 1.0
                assert value.amount == pytest.approx(float(old.amount) * half), (key, members)
    assert unlike(now, "provider", "new_one", "rbl") == {
        "hosting.hosts",
        "hosting.employs",
        "hosting.owns",
        "procurement.joins",
    }
    assert {v.amount for m, v in now.inputs.values["hosting.hosts"].base.items() if m[0] == "new_one"} == {0}
    assert "rbl: {clatterbridge: 1, others: 0}" in (folder / "hosting.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("case", "other"), [("norfolk_waveney", "rm1"), ("lancashire_south_cumbria", "rxl")])
def test_a_trust_joins_the_other_cases_too(copy: Folder, case: str, other: str) -> None:
    """Where losses are shared, and where no `others` stand."""
    put(copy(case), "trust", "one", other)


@pytest.mark.parametrize(
    ("case", "other", "listed"),
    [
        (NAME, "preferred", "[bau, do_minimum, buy_tests, later, preferred]"),
        (NAME, "bau", "[bau, later, do_minimum, buy_tests, preferred]"),
        ("norfolk_waveney", "separate", "separate, later"),
        ("lancashire_south_cumbria", "centres", "later, centres]"),
    ],
)
def test_an_option_is_the_other_s_and_not_put_forward(
    copy: Folder, case: str, other: str, listed: str
) -> None:
    folder = copy(case)
    was, _ = put(folder, "option", "later", other, "Later: if £ allow")
    now = load_case(str(folder))
    assert listed in (folder / "case.yaml").read_text(encoding="utf-8")
    assert now.inputs.frame.option_ids[-1] == was.inputs.frame.option_ids[-1]
    assert now.inputs.frame.label_of_option("later") == "Later: if £ allow"
    for given in now.inputs.values.values():
        assert given.options.get("later") == given.options.get(other)
        assert all(value.to_do == f"copied from {other}" for value in given.options.get("later", {}).values())
    if case == NAME and other == "preferred":
        mine, its = (now.headlines[option].headlines for option in ("later", other))
        assert mine == its


NO_ID = "is no id: lower case letters, digits and _, a letter first"


@pytest.mark.parametrize(
    ("kind", "name", "other", "said"),
    [
        (
            "site",
            "leeds",
            "clattering",
            "--like clattering: the case has no such site; did you mean",
        ),
        (
            "site",
            "leeds",
            "qqq",
            "--like qqq: the case has no such site; there are clatterbridge, st_h",
        ),
        ("site", "st_helens", "paddington", "the case has a site 'st_helens' already"),
        ("site", "Leeds East", "paddington", f"'Leeds East' {NO_ID}; write leeds_east"),
        ("site", "St-Helens", "paddington", f"'St-Helens' {NO_ID}"),
        ("trust", "others", "rbl", "'others' is a word of the format"),
        ("option", "true", "bau", "'true' is a word of the format"),
        ("test", "3d", "ct", f"'3d' {NO_ID}"),
    ],
)
def test_a_name_that_will_not_do_is_refused(
    copy: Folder, kind: str, name: str, other: str, said: str
) -> None:
    """With what would be right; nothing is written."""
    folder = copy(NAME)
    before, case = files(folder), load_case(str(folder))
    with pytest.raises(CaseError) as caught:
        add(kind, name, other, case)
    assert str(caught.value).startswith(said)
    assert files(folder) == before


def test_a_file_that_is_no_option_of_the_case_is_not_written_over(copy: Folder) -> None:
    folder = copy(NAME)
    case = load_case(str(folder))
    (folder / "options" / "later.yaml").write_text("label: x\n", encoding="utf-8")
    before = files(folder)
    with pytest.raises(CaseError, match=r"options/later\.yaml is there already"):
        add("option", "later", "bau", case)
    assert files(folder) == before


def test_a_share_given_by_an_alias_is_not_divided(copy: Folder) -> None:
    """It is another's as well: the user is asked to write it out."""
    folder = copy(NAME)
    replace_once(folder / "lists.yaml", "{rbl: 0.85, rjr", "{rbl: &most 0.85, rjr")
    replace_once(folder / "lists.yaml", "{rjr: 0.75, rbl: 0.25", "{rjr: 0.15, rbl: *most")
    before, case = files(folder), load_case(str(folder))
    with pytest.raises(CaseError, match="rbl has its shares by an alias: write them out"):
        add("trust", "one", "rbl", case)
    assert files(folder) == before


def test_a_fault_of_the_copy_is_told_where_it_would_be(copy: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the case's own file, and nothing is written."""
    folder = copy(NAME)
    before, case = files(folder), load_case(str(folder))
    # As if what the reference set has not were not written.
    monkeypatch.setattr("casebuilder.tasks.add.run.give_lacking", lambda *_, **__: None)
    with pytest.raises(InputError) as caught:
        add("test", "bone_scan", "dexa", case)
    told = {str(fault) for fault in caught.value.faults}
    said = "income.yaml:1:1: nothing is written: with it income.unit_price is missing for bone_scan"
    assert any(each.startswith(f"{folder}/{said}") for each in told)
    assert all(fault.file.startswith((str(folder), "/")) for fault in caught.value.faults)
    assert not [each for each in told if "casebuilder-" in each]
    assert files(folder) == before


def test_where_one_file_cannot_be_renamed_none_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, new = (tmp_path / name for name in ("a.yaml", "b.yaml", "new.yaml"))
    first.write_text("old a")
    second.write_text("old b")
    replace, renamed = together.os.replace, []

    def fail_at_third(source: Path, target: Path) -> None:
        renamed.append(target)
        if len(renamed) == 3:
            raise OSError("the disk is full")
        replace(source, target)

    monkeypatch.setattr(together.os, "replace", fail_at_third)
    with pytest.raises(OSError, match="the disk is full"):
        together.write_together({first: b"a", new: b"n", second: b"b"})
    assert (first.read_text(), second.read_text()) == ("old a", "old b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]


@pytest.mark.full
@pytest.mark.parametrize(
    ("case", "kind", "name", "other"),
    [
        (NAME, "site", "leeds_east", "clatterbridge"),
        ("norfolk_waveney", "site", "cromer", "norwich"),
        ("lancashire_south_cumbria", "site", "lytham", "fleetwood"),
        ("cmast", "site", "leeds_east", "paddington"),
        (NAME, "test", "xray", "dexa"),
        (NAME, "test", "bone_scan", "dexa"),
        (NAME, "trust", "r0a", "rbt"),
        (NAME, "trust", "one", "rbl"),
        ("norfolk_waveney", "trust", "one", "rm1"),
        ("lancashire_south_cumbria", "trust", "one", "rxl"),
        (NAME, "option", "later", "preferred"),
        ("norfolk_waveney", "option", "later", "separate"),
        ("lancashire_south_cumbria", "option", "later", "centres"),
    ],
)
def test_what_is_added_passes_the_whole_check(
    copy: Folder, case: str, kind: str, name: str, other: str
) -> None:
    """Files, checks, and what `build` would refuse."""
    folder = copy(case)
    put(folder, kind, name, other, whole=True)
    assert whole_check(load_case(str(folder))).faults == ()


def test_a_check_that_would_fail_is_told_and_nothing_written(
    copy: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if shares were copied and not divided: those of the network come to more than one."""
    folder = copy(NAME)
    before, case = files(folder), load_case(str(folder))
    monkeypatch.setattr("casebuilder.tasks.add.blocks.DIVIDED", frozenset())

    def failing(one: Case, _: object) -> list[Fault]:
        return [Fault("hosting.yaml", 1, 1, check.label) for check in one.checks.failed]

    with pytest.raises(InputError) as caught:
        add("trust", "one", "rbt", case, faults_of=failing)
    told = {fault.message for fault in caught.value.faults}
    assert "nothing is written: with it Network cost is shared in full" in told
    assert files(folder) == before


def test_kinds_are_dimensions_of_the_model() -> None:
    case = load_case(NAME)
    assert all(kind == "option" or case.inputs.frame.ids(KINDS[kind]) for kind in KINDS)
