"""Edits written into a case give what the same edits give as `--set`, and leave every other byte."""

from __future__ import annotations

from dataclasses import replace
from gzip import compress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.inputs.assumed.amounts import takes_range, wrong_with
from casebuilder.inputs.edits import Edit
from tests.unit.inputs.edit.layouts import INPUTS, MORE, amounts, lines_changed, make, put, read


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the case."""
    return make(tmp_path / "made")


def more(case: Path) -> str:
    return (case / "more.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("edit", "gone", "made"),
    [
        (
            Edit("more.single", (), 650_000.0, source="L1", state="unverified"),
            ["  value: 600_000  # as tendered\n"],
            ["  value: 650_000  # as tendered\n"],
        ),
        (
            Edit("more.spread", ("north", "ct"), 0.25, source="L1", state="local"),
            ["  value: 0.5\n"],
            ["  values: {others: 0.5, north: {others: 0.5, ct: 0.25}}\n"],
        ),
        (
            Edit("more.spread", (), 0.25, source="L1", state="local"),
            ["  value: 0.5\n"],
            ["  value: 0.25\n"],
        ),
        (
            Edit("more.higher", ("north", "mri"), 6.0, source="L1", state="local"),
            ["  values: {north: 5, others: {ct: 7}}\n"],
            ["  values: {north: {others: 5, mri: 6}, others: {ct: 7}}\n"],
        ),
        (
            Edit("more.higher", ("south", "ct"), 6.0, source="L1", state="local"),
            ["  values: {north: 5, others: {ct: 7}}\n"],
            ["  values: {north: 5, others: {ct: 6}}\n"],
        ),
        (
            Edit("more.held", ("2022/23",), 0.03, source="L1", state="unverified"),
            [],
            ["    2022/23: 0.03\n"],
        ),
        (
            Edit("more.held", ("2021/22",), 0.03, source="L1", state="unverified"),
            [],
            ["    2021/22: 0.03\n", "    2022/23: 0.01\n"],
        ),
        (
            Edit("more.held", ("2023/24",), 0.03, source="L1", state="unverified"),
            ["    2023/24: 0.02\n"],
            ["    2023/24: 0.03\n", "    2024/25: 0.02\n"],
        ),
        (
            Edit("more.joined", ("north", "2021/22"), 8.0, source="L1", state="local"),
            ["  values: {north: {others: 1, 2023/24: 2}, others: 3}\n"],
            ["  values: {north: {others: 1, 2021/22: 8, 2022/23: 1, 2023/24: 2}, others: 3}\n"],
        ),
        (
            Edit("more.joined", ("south", "2025/26"), 8.0, source="L1", state="local"),
            ["  values: {north: {others: 1, 2023/24: 2}, others: 3}\n"],
            ["  values: {north: {others: 1, 2023/24: 2}, others: {others: 3, 2025/26: 8}}\n"],
        ),
        (
            Edit("more.months", ("south", "2021-12"), 8.0, source="L1", state="local"),
            ["  values: {2021-04: {north: 1, south: 2}, 2022-01: 4}\n"],
            ["  values: {2021-04: {north: 1, south: 2}, 2021-12: {north: 1, south: 8}, 2022-01: 4}\n"],
        ),
        (
            Edit("more.unheld", ("2024/25",), 8.0, source="L1", state="local"),
            ["  values: {others: 1, 2022/23: 2}\n"],
            ["  values: {others: 1, 2022/23: 2, 2024/25: 8}\n"],
        ),
        (
            Edit("more.flag", ("north",), 0.0, source="L1", state="chosen"),
            [line for line in MORE.splitlines(True) if line.startswith("flag")],
            [
                line.replace("north: true", "north: false")
                for line in MORE.splitlines(True)
                if line.startswith("flag")
            ],
        ),
        (
            Edit("more.word", ("north",), "a: b, c", source="L1", state="chosen"),
            ['  values: {north: "alone", south: pool}\n'],
            ['  values: {north: "a: b, c", south: pool}\n'],
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Edit) else "",
)
def test_only_the_line_of_the_value_differs(case: Path, edit: Edit, gone: list[str], made: list[str]) -> None:
    """Comments, empty lines, underscores, quotes and order stay; what was held is restated."""
    want = amounts(read(case, [f"{edit.name}={edit.new}"]))
    result = put(case, edit)
    assert not result.refused
    assert list(result.files) == [case / "more.yaml"]
    assert lines_changed(MORE, more(case)) == (gone, made)
    assert amounts(read(case)) == want


def test_a_file_keeps_its_line_ends_and_its_mark(tmp_path: Path) -> None:
    """CR LF at every line, those added among them, and the mark of UTF-8 at the start."""
    case = make(tmp_path / "made", "\ufeff" + MORE.replace("\n", "\r\n"))
    put(
        case,
        Edit("more.held", ("2022/23",), 0.9, note="the board, 3 May"),
        Edit("more.whole", ("north",), 5.0),
        Edit("more.default", ("north",), 2.0),
    )
    data = (case / "more.yaml").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf#") and data.count(b"\xef\xbb\xbf") == 1
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    read(case)


def test_what_an_alias_stands_for_stays_as_it_was(case: Path) -> None:
    """The owner of an anchor changes: the alias takes the old values. The alias changes: it is a copy."""
    put(case, Edit("more.nested", ("north", "mri"), 9.0), Edit("more.copy", ("north",), 7.0))
    found = read(case)
    assert [v.amount for v in found.values["more.nested"].base.values()] == [1, 9, 2]
    assert [v.amount for v in found.values["more.again"].base.values()] == [1, 3, 2]
    assert [v.amount for v in found.values["more.whole"].base.values()] == [2, 2]
    assert [v.amount for v in found.values["more.copy"].base.values()] == [7, 2]
    assert "  values: &shared\n    ct: {north: 1, south: 2}\n    mri: {north: 3}\n" in more(case)
    assert "ct: {north: 1, south: 2}  # by hand\n\n    # MRI is later." in more(case)


def test_the_values_of_an_alias_become_a_copy(case: Path) -> None:
    """The anchor and its values stay."""
    put(case, Edit("more.again", ("south", "ct"), 9.0, source="L1", state="local"))
    assert lines_changed(MORE, more(case)) == (
        ["  values: *shared\n"],
        ["  values: {ct: {north: 1, south: 9}, mri: {north: 3}}\n"],
    )


def test_an_option_gets_its_own(case: Path) -> None:
    """A value in its block, a block of its own, and `inputs:` where it has none."""
    want = amounts(
        read(case, ["preferred:demand.rooms[north]=4", "preferred:more.single=1", "bau:more.held[2022/23]=0"])
    )
    put(
        case,
        Edit("demand.rooms", ("north",), 4.0, "preferred"),
        Edit("more.single", (), 1.0, "preferred"),
        Edit("more.held", ("2022/23",), 0.0, "bau"),
    )
    assert amounts(read(case)) == want
    text = (case / "options" / "preferred.yaml").read_text(encoding="utf-8")
    assert "    values: {north: 4, south: 2}\n" in text
    assert "  more.single:\n    value: 1\n    range: [1, 700000]\n" in text
    assert "inputs:\n  more.held:\n    values: {2022/23: 0}\n" in (case / "options" / "bau.yaml").read_text()


def test_an_option_that_holds_goes_on_with_the_base_as_edited(case: Path) -> None:
    """What its series is to leave alone is given again as the edits of the base have it."""
    sets = ["more.joined[north,2022/23]=7", "preferred:more.joined[north,2021/22]=8"]
    want = amounts(read(case, sets))
    base = Edit("more.joined", ("north", "2022/23"), 7.0, source="L1", state="chosen")
    put(case, Edit("more.joined", ("north", "2021/22"), 8.0, "preferred"), base)
    assert amounts(read(case)) == want
    origin = read(case).values["more.joined"].origin("preferred", base.members)
    assert (origin.source, origin.state) == ("L1", "chosen")


def test_a_value_of_the_reference_set_becomes_one_of_the_case(case: Path) -> None:
    """In the block that the case has already; the reference set stays as it is."""
    before = (case.parent / "reference" / "equipment.yaml").read_bytes()
    want = amounts(read(case, ["equipment.unit_price[mri]=800000"]))
    put(case, Edit("equipment.unit_price", ("mri",), 800_000.0))
    assert amounts(read(case)) == want
    assert "  values: {ct: 650_000, mri: 800_000}\n" in (case / "equipment.yaml").read_text()
    assert (case.parent / "reference" / "equipment.yaml").read_bytes() == before


def test_a_value_of_the_reference_set_that_is_confirmed_is_given_with_its_source(case: Path) -> None:
    """As it was: what vouches for it has to stand where the value does."""
    put(case, Edit("equipment.unit_price", ("mri",), 900_000.0, source="L1", state="published"))
    assert "  values: {ct: 650_000, mri: 900_000}\n" in (case / "equipment.yaml").read_text()
    found = read(case).values["equipment.unit_price"]
    assert found.base["mri",].amount == 900_000
    assert (found.origin(None, ("mri",)).source, found.origin(None, ("mri",)).state) == ("L1", "published")


def test_a_block_over_the_reference_set_says_nothing_but_the_value(case: Path) -> None:
    """At the end of the chapter's file, which is made where there is none."""
    text = (case / "equipment.yaml").read_text().partition("life:")
    (case / "equipment.yaml").write_text("life:" + text[2])
    made = put(case, Edit("equipment.unit_price", ("mri",), 2_000_000.0, note="quoted #2"))
    assert (
        (case / "equipment.yaml")
        .read_text()
        .endswith(
            "unit_price:\n"
            "  values: {mri: 2000000}\n"
            "  range: {mri: [720000, 2000000]}\n"
            "  apart:\n"
            '    mri: {state: unverified, note: "quoted #2"}\n'
        )
    )
    assert made.notes == [
        "equipment.unit_price[mri]: the range 720000 to 1080000 did not hold 2000000: widened to it",
        "equipment.unit_price: a new block of the case, over the reference set's",
    ]
    assert read(case).values["equipment.unit_price"].prices_of == "2025/26"


def test_a_value_that_only_has_a_default_gets_a_block_that_stands_by_itself(case: Path) -> None:
    """With its unit and its dimensions; what vouches for each value is said apart."""
    put(case, Edit("more.default", ("south",), 2.5))
    assert more(case) == MORE + (
        'default:\n  unit: "1"\n  over: [site]\n  values: {south: 2.5}\n'
        "  apart:\n    south: {state: unverified}\n"
    )
    found = read(case).values["more.default"]
    assert [value.amount for value in found.base.values()] == [1, 2.5]
    assert found.origin(None, ("south",)).state == "unverified"


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (Edit("more.sinlge", (), 1.0), "there is no input 'more.sinlge'; did you mean 'more.single'?"),
        (Edit("more.single", (), 1.0, "later"), "'later' is no option"),
        (Edit("more.nested", ("south", "mri"), 1.0), "more.nested has no value for south, mri in this case"),
        (Edit("more.whole", ("north",), 1.5), "1.5 is not a whole number"),
        (Edit("more.word", ("north",), "together"), "'together' is not one of alone, pool, a: b, c"),
        (Edit("more.single", (), 1.0, source="a letter"), "source 'a letter' is in no register"),
        (Edit("more.single", (), 1.0, low=2.0, high=3.0), "the range 2 to 3 does not hold 1"),
        (Edit("more.flag", ("north",), 0.0, low=0.0), "more.flag takes no range"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_reason(case: Path, edit: Edit, why: str) -> None:
    """And the other edits are put in."""
    made = put(case, edit, Edit("more.unheld", ("2022/23",), 5.0))
    assert [one for one, _ in made.refused] == [edit]
    assert made.refused[0][1].startswith(why)
    assert read(case).values["more.unheld"].base["2022/23",].amount == 5.0


KEYS = [declared.key for declared in INPUTS if declared.key != "demand.referrals"]


@st.composite
def edits(draw: st.DrawFn) -> list[Edit]:
    """A few edits of any input, for the base and for options."""
    found = []
    for _ in range(draw(st.integers(1, 5))):
        declared = _GIVEN[draw(st.sampled_from(KEYS))]
        option = draw(st.sampled_from([None, None, "bau", "preferred"]))
        rows = list(declared.base)
        for members in draw(st.lists(st.sampled_from(rows), min_size=1, max_size=4, unique=True)):
            if declared.input.choices:
                new: float | str = draw(st.sampled_from(declared.input.choices))
            elif declared.input.unit == "flag":
                new = float(draw(st.integers(0, 1)))
            elif declared.input.whole:
                new = float(draw(st.integers(0, 4)))
            else:
                new = draw(st.sampled_from([0.01, 0.02, 1.0, 2.0, 3.0, 0.1234567890123]))
            if wrong_with(declared.input, new):
                continue
            source = draw(st.sampled_from(["", "L1"]))
            edit = Edit(declared.input.key, members, new, option, source=source, state="local")
            if takes_range(declared.input) and not isinstance(new, str) and draw(st.booleans()):
                high = new if wrong_with(declared.input, new + 1) else new + 1
                edit = replace(edit, low=new, high=high, note=draw(st.sampled_from(["", "a: #1, {b}"])))
            found.append(edit)
    return found


with TemporaryDirectory() as _folder:
    _GIVEN = read(make(Path(_folder) / "made")).values


# The same text with other line ends, with a mark before it, and without an end of its last line.
TEXTS = (MORE, MORE.replace("\n", "\r\n"), "\ufeff" + MORE, MORE.rstrip("\n"))


@settings(max_examples=40, deadline=None)
@given(edits(), st.sampled_from(TEXTS))
def test_any_edits_give_what_they_give_as_set(made: list[Edit], text: str) -> None:
    """For every value of the base and of each option; what vouches for a value is what the edit says."""
    with TemporaryDirectory() as folder:
        case = make(Path(folder) / "made", text)
        before = read(case)
        want = amounts(read(case, [f"{edit.name}={edit.new}" for edit in made]))
        assert not put(case, *made).refused
        found = read(case)
        assert amounts(found) == want
        data = (case / "more.yaml").read_bytes()
        assert (b"\r" not in data) if "\r" not in text else data.count(b"\n") == data.count(b"\r\n")
        for edit in {each.name: each for each in made}.values():
            given, was = found.values[edit.key], before.values[edit.key]
            own = was.base if edit.option is None else was.options.get(edit.option, {})
            # An option's value that only repeats the base's keeps what vouches for that.
            repeated = edit.option is not None and given.base[edit.members].amount == edit.new
            if not repeated and {**was.base, **own}[edit.members].amount != edit.new:
                origin = given.origin(edit.option, edit.members)
                assert (origin.source, origin.state) == (
                    edit.source,
                    edit.state if edit.source else "unverified",
                )


def test_an_included_file_of_the_case_is_changed_where_the_block_stands(case: Path) -> None:
    """The file that includes it stays as it is."""
    (case / "shared").mkdir()
    (case / "shared" / "more.yaml").write_text(MORE, encoding="utf-8")
    (case / "more.yaml").write_text("include: [shared/more.yaml]\n", encoding="utf-8")
    made = put(case, Edit("more.unheld", ("2022/23",), 5.0, source="L1", state="local"))
    assert [path.relative_to(case).as_posix() for path in made.files] == ["shared/more.yaml"]
    assert read(case).values["more.unheld"].base["2022/23",].amount == 5


def test_a_block_that_options_share_is_left(case: Path) -> None:
    """With what to do about it by hand."""
    text = "inputs:\n  more.spread: {value: 0.75, source: L1, state: local}\n"
    (case / "options" / "shared").mkdir()
    (case / "options" / "shared" / "both.yaml").write_text(text, encoding="utf-8")
    for option in ("bau", "preferred"):
        path = case / "options" / f"{option}.yaml"
        path.write_text(f"include: [shared/both.yaml]\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    edit = Edit("more.spread", ("north", "ct"), 0.25, "bau")
    made = put(case, edit)
    why = (
        "its block stands in options/shared/both.yaml, which other options include too: "
        "copy the block into options/bau.yaml, and change it there"
    )
    assert (made.files, made.refused) == ({}, [(edit, why)])


def test_a_packed_table_is_left(case: Path) -> None:
    """Nothing else of the case is written then."""
    path = case / "data" / "plain.csv"
    (case / "data" / "plain.csv.gz").write_bytes(compress(path.read_bytes()))
    path.unlink()
    chapter = case / "tables.yaml"
    chapter.write_text(chapter.read_text().replace("plain.csv", "plain.csv.gz"), encoding="utf-8")
    made = put(case, Edit("tables.plain", ("north", "ct"), 5.0))
    assert made.files == {}
    assert made.refused[0][1] == "data/plain.csv.gz is packed: unpack it, and name it without .gz"
