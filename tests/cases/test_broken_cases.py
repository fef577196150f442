"""Broken cases: each fault is shown at its file, line and column, with what would be right.

Every test takes the small good case of `broken/good`, breaks one thing and reads it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.read import read_case

GOOD = Path(__file__).parent / "broken" / "good"


def declare(key: str, unit: str, over: tuple[str, ...] = (), **more: object) -> Input:
    """An input with its key, as a chapter would give it."""
    declared = Input(f"The {key}", unit, over, **more)  # type: ignore[arg-type]
    declared.chapter, declared.name = key.split(".")
    return declared


INPUTS = (
    declare("equipment.unit_price", "GBP_real / item", ("equipment",)),
    declare("equipment.life", "years", ("site", "equipment")),
    declare("equipment.route", "choice", choices=("alone", "pool", "lease")),
    declare("demand.growth", "share", ("year",), low=None),
    declare("demand.referrals", "tests / month", ("site", "test", "month")),
    declare("demand.rooms", "rooms", ("site",), whole=True),
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the good case, free to be broken."""
    shutil.copytree(GOOD, tmp_path / "good")
    return tmp_path / "good" / "case"


@pytest.fixture
def faults_of(case: Path) -> Callable[..., list[Fault]]:
    """Reads the case and gives its faults, their files named from the case folder."""

    def read(*sets: str) -> list[Fault]:
        with pytest.raises(InputError) as caught:
            read_case(case, INPUTS, sets=sets, reference=case.parent / "reference")
        return [
            Fault(fault.file.removeprefix(f"{case}/"), fault.line, fault.column, fault.message)
            for fault in caught.value.faults
        ]

    return read


def edit(path: Path, old: str, new: str) -> None:
    """Replace some text that stands in a file once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_good_case_has_no_fault(case: Path) -> None:
    """The case that the others break is read without a fault."""
    read = read_case(case, INPUTS, reference=case.parent / "reference")
    assert set(read.values) == {declared.key for declared in INPUTS}


E, D, C, O = "equipment.yaml", "demand.yaml", "case.yaml", "options/preferred.yaml"
CSV = "data/referrals.csv"

# What is broken: file, old text, new text; then where the fault is shown, and words of its message.
BROKEN: dict[str, tuple[str, str, str, str, tuple[str, ...]]] = {
    "a duplicate key": (E, "  state: local\nlife:", "  state: local\n  state: chosen\nlife:", f"{E}:5:3", ("duplicate key 'state'", "line 4")),
    "an unknown key of a value": (E, "  value: pool", "  valeu: pool", f"{E}:15:3", ("unknown key 'valeu'", "did you mean 'value'?")),
    "an unknown input": (E, "life:", "lief:", f"{E}:5:1", ("unknown input 'equipment.lief'", "did you mean 'life'?")),
    "a wrong unit": (E, "unit: years", "unit: months", f"{E}:6:9", ("equipment.life is in years", "not in months")),
    "a word that is no unit": (D, "unit: share", "unit: shares", f"{D}:2:9", ("'shares'", "the input is in share")),
    "a wrong dimension": (E, "over: [site, equipment]", "over: [site, test]", f"{E}:7:9", ("runs over [site, equipment]",)),
    "a dimension that is none": (E, "over: [site, equipment]", "over: [site, equipmnt]", f"{E}:7:16", ("'equipmnt' is no dimension", "did you mean 'equipment'?")),
    "an unknown member": (E, "values: {ct: 650_000}", "values: {cct: 650_000}", f"{E}:2:12", ("'cct' is no equipment class", "did you mean 'ct'?")),
    "a missing member": (E, "north: {ct: 7, mri: 10}", "north: {ct: 7}", f"{E}:9:5", ("equipment.life: no value for north,mri",)),
    "a combination that does not exist": (E, "south: {ct: 8}", "south: {ct: 8, mri: 9}", f"{E}:10:20", ("south, mri does not exist",)),
    "a negative price": (E, "{ct: 650_000}", "{ct: -650_000}", f"{E}:2:16", ("equipment.unit_price[ct]", "-650000 is negative")),
    "a share in per cent": (D, "2023/24: 0.02", "2023/24: 2", f"{D}:4:36", ("above 1", "write 0.02")),
    "text for a number": (D, "{north: 2, others", "{north: two, others", f"{D}:19:19", ("'two' is not a number",)),
    "a number with commas": (E, "650_000", "'650,000'", f"{E}:2:16", ("not a number", "write 650000")),
    "a number that is none": (D, "{north: 2,", "{north: .nan,", f"{D}:19:19", ("not a finite number",)),
    "a part of a room": (D, "{north: 2,", "{north: 2.5,", f"{D}:19:19", ("2.5 is not a whole number",)),
    "a word that is no choice": (E, "value: pool", "value: pol", f"{E}:15:10", ("'pol' is not one of alone, pool, lease", "did you mean 'pool'?")),
    "a range beside its value": (D, "range: [0, 0.05]", "range: [0.03, 0.05]", f"{D}:6:10", ("0.03 to 0.05 does not hold the value 0.01",)),
    "an unverified value without a range": (D, "  range: [0, 0.05]\n", "", f"{D}:1:1", ("an unverified value needs a range",)),
    "an unknown source": (E, "values: {ct: 650_000}\n  source: L1", "values: {ct: 650_000}\n  source: L7", f"{E}:3:11", ("source 'L7' is in no register",)),
    "an unknown state": (D, "state: unverified", "state: verified", f"{D}:8:10", ("'verified'", "did you mean 'unverified'?")),
    "a value without a state": (E, "  source: L1\n  state: chosen\n", "  source: L1\n", f"{E}:13:1", ("'state' is missing",)),
    "two ways to give values": (E, "  value: pool", "  value: pool\n  values: {}", f"{E}:16:3", ("value and values are both given",)),
    "a broken indent": (E, "  over: [site, equipment]", " over: [site, equipment]", f"{E}:7:2", ("indent",)),
    "a tab": (E, "  over: [site, equipment]", "\tover: [site, equipment]", f"{E}:7:1", ("a tab",)),
    "a colon in bare text": (O, 'label: "Preferred: both centres"', "label: Preferred: both centres", f"{O}:1:17", ("colon", "quotes")),
    "an alias of nothing": (E, "value: pool", "value: *pool", f"{E}:15:10", ("*pool stands for nothing",)),
    "a missing CSV row": (CSV, "south,ct,2021-04,200,\n", "", f"{CSV}:1:1", ("no row for south,ct,2021-04", "2021-05")),
    "a duplicate CSV row": (CSV, "south,ct,2021-07", "south,ct,2021-04", f"{CSV}:5:1", ("a second row for south, ct, 2021-04", "line 4")),
    "an unknown member in a CSV row": (CSV, "south,ct,2021-07", "south,tc,2021-07", f"{CSV}:5:7", ("'tc' is no test", "did you mean 'ct'?")),
    "a CSV cell that is no number": (CSV, '"300"', '"n/a"', f"{CSV}:3:19", ("demand.referrals[north,mri,2021-04]", "not a number")),
    "a missing CSV column": (CSV, "month,referrals", "month,referals", f"{CSV}:1:1", ("no column 'referrals'", "did you mean 'referals'?")),
    "a table that is not there": (D, "data/referrals.csv", "data/referral.csv", f"{D}:12:10", ("there is no file data/referral.csv",)),
    "a table outside the case": (D, "data/referrals.csv", "../sources.yaml", f"{D}:12:10", ("outside",)),
    "a missing headline of case.yaml": (C, "host: The collaborative\n", "", f"{C}:1:1", ("'host' is missing",)),
    "an unknown key of case.yaml": (C, "horizon: 5", "horizont: 5", f"{C}:5:1", ("unknown key 'horizont'", "did you mean 'horizon'?")),
    "months that do not end in March": (C, "operating_months: 24", "operating_months: 20", f"{C}:4:19", ("must end in March", "12 or 24")),
    "a horizon beyond sixty years": (C, "horizon: 5", "horizon: 61", f"{C}:5:10", ("60 at most",)),
    "a base year that is none": (C, "2021/22", "2021/23", f"{C}:3:12", ("no financial year", "did you mean '2021/22'?")),
    "a baseline that is no option": (C, "baseline: bau", "baseline: bua", f"{C}:6:11", ("baseline 'bua'", "did you mean 'bau'?")),
    "a member id in capitals": (C, "south: South centre", "South: South centre", f"{C}:8:31", ("'South' is no member id",)),
    "a member called true": (C, "south: South centre", "true: South centre", f"{C}:8:31", ("'true' is no member id",)),
    "an unknown dimension of case.yaml": (C, "  site: {", "  sites: {", f"{C}:8:3", ("'sites' is no dimension", "did you mean 'site'?")),
    "an unknown member of a pair": (C, "mri: [north]", "mri: [nort]", f"{C}:13:41", ("'nort' is no site", "did you mean 'north'?")),
    "pairs through nothing": (C, "through: test", "through: staff", f"{C}:17:14", ("no pairs of equipment and staff",)),
    "a claim for an unknown option": (C, "option: preferred", "option: prefered", f"{C}:20:37", ("'prefered' is no option", "did you mean 'preferred'?")),
    "an option without a file": (C, "options: [bau, preferred]", "options: [bau, preferred, mobile]", f"{C}:18:27", ("options/mobile.yaml",)),
    "an option that overrides no input": (O, "demand.rooms", "demand.room", f"{O}:3:3", ("unknown input 'demand.room'", "did you mean 'rooms'?")),
    "an option that overrides no member": (O, "south: 2", "sout: 2", f"{O}:3:27", ("'sout' is no site", "did you mean 'south'?")),
    "prices of an unknown year": ("../reference/equipment.yaml", "2025/26", "2024/25", "../reference/equipment.yaml:8:3", ("prices_of 2024/25", "2021/22 to 2025/26")),
    "a tolerance above 5 per cent": ("expected.yaml", "tolerance: 0.01", "tolerance: 0.1", "expected.yaml:2:78", ("'tolerance' must be 0.05 at most",)),
    "a source id of the shipped register": ("sources.yaml", "L1:", "S1: {title: Mine}\nL1:", "sources.yaml:1:1", ("source 'S1' is already in",)),
    "a duplicate source": ("sources.yaml", "L1:", "L1: {title: Mine}\nL1:", "sources.yaml:2:1", ("duplicate key 'L1'",)),
}  # fmt: skip

# Where the rest of the case uses what is broken, other faults follow.
FOLLOWED = (
    "an unknown input", "an unknown key of case.yaml", "an unknown dimension of case.yaml", "a member id in capitals",
    "a member called true", "a duplicate CSV row", "an unknown member of a pair", "pairs through nothing",
)  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_fault_is_shown_where_it_is(
    case: Path, faults_of: Callable[..., list[Fault]], what: str
) -> None:
    """A broken case gives one fault, at its line and column, that says what would be right."""
    file, old, new, place, words = BROKEN[what]
    edit(case / file, old, new)
    faults = faults_of()
    shown = [str(fault).replace(f"{case.parent}/", "../") for fault in faults]
    matching = [text for text in shown if text.startswith(f"{place}: ")]
    assert matching, f"no fault at {place}: {shown}"
    assert all(word in matching[0] for word in words), matching[0]
    if what not in FOLLOWED:
        assert len(shown) == 1, f"faults that only follow from the first: {shown}"


def test_several_faults_are_shown_in_one_run(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """Faults of several files and layers come together, in the order of file and line."""
    edit(case / E, "value: pool", "value: pol")
    edit(case / E, "{ct: 650_000}", "{ct: -1}")
    edit(case / D, "unit: share", "unit: GBP_real")
    edit(case / C, "horizon: 5", "horizon: 5\ncolour: red")
    edit(case / CSV, "250", "many")
    places = [f"{fault.file}:{fault.line}:{fault.column}" for fault in faults_of("demand.rooms[north]=x")]
    assert places == ["--set:1:21", f"{C}:6:1", f"{CSV}:5:18", f"{D}:2:9", f"{E}:2:16", f"{E}:15:10"]


def test_a_file_that_is_not_utf8_is_a_fault(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """A byte of another encoding is shown where it stands."""
    data = (case / D).read_bytes().replace(b"unit: share", b"unit: caf\xe9")
    (case / D).write_bytes(data)
    (fault,) = faults_of()
    assert (fault.file, fault.line, fault.column) == (D, 2, 12)
    assert "UTF-8" in fault.message


def test_a_loop_of_includes_is_printed(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """Files that include each other are one fault, with the whole loop."""
    (case / "a.yaml").write_text("include: [b.yaml]\n", encoding="utf-8")
    (case / "b.yaml").write_text("include: [a.yaml]\n", encoding="utf-8")
    (fault,) = faults_of()
    assert (fault.file, fault.line, fault.column) == ("b.yaml", 1, 11)
    assert fault.message == "include loop: a.yaml -> b.yaml -> a.yaml"


def test_an_include_outside_the_case_is_refused(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """Nothing outside the case folder and the reference set is read."""
    edit(case / D, "growth:", "include: [../../../etc/passwd]\ngrowth:")
    (fault,) = faults_of()
    assert (fault.file, fault.line, fault.column) == (D, 1, 11)
    assert "outside" in fault.message


def test_an_alias_bomb_is_refused(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """Aliases of aliases that would fill the memory are counted and refused."""
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    (case / "bomb.yaml").write_text("\n".join(lines), encoding="utf-8")
    (fault,) = faults_of()
    assert (fault.file, fault.line) == ("bomb.yaml", 5)
    assert "aliases" in fault.message


def test_an_input_that_no_file_gives_points_at_its_chapter(
    case: Path, faults_of: Callable[..., list[Fault]]
) -> None:
    """What is missing altogether is shown at the start of the file it belongs in."""
    (case / D).write_text("", encoding="utf-8")
    faults = faults_of()
    assert {(fault.file, fault.line, fault.column) for fault in faults} == {(D, 1, 1)}
    assert "demand.growth is missing (The demand.growth: share, over [year])" in [f.message for f in faults]


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("demand.room=2", 1, "did you mean 'demand.rooms'?"),
        ("prefered:demand.rooms=2", 1, "did you mean 'preferred'?"),
        ("demand.rooms[sout]=2", 14, "did you mean 'south'?"),
        ("demand.rooms=-1", 14, "-1 is negative"),
        ("demand.rooms", 1, "is not KEY=VALUE"),
        ("equipment.life[south,mri]=5", 16, "does not exist"),
        ("preferred:equipment.route=pol", 27, "did you mean 'pool'?"),
    ],
)
def test_a_bad_set_is_a_fault(
    faults_of: Callable[..., list[Fault]], text: str, column: int, words: str
) -> None:
    """A --set that cannot be meant is shown at the column where it goes wrong."""
    (fault,) = faults_of(text)
    assert (fault.file, fault.line, fault.column) == ("--set", 1, column)
    assert words in fault.message


def test_a_folder_that_is_no_case_is_a_fault(tmp_path: Path) -> None:
    """A folder without case.yaml, or none at all, is said to be that."""
    for folder, words in ((tmp_path, "case.yaml"), (tmp_path / "none", "no such folder")):
        with pytest.raises(InputError, match=words):
            read_case(folder, INPUTS, reference=GOOD / "reference")
