"""Splicing into YAML and CSV: what is put in is read as meant, and every other byte stays."""

from __future__ import annotations

import string
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.inputs.edit.table import TableEdit, half
from casebuilder.inputs.edit.text import Part, YamlEdit, quoted

BLOCK = """\
# Rates.
price:  # of a test
  over: [site, test]
  values: &shared
    north: {ct: 1, mri: 2}  # as agreed

    # South is later.
    south:
      ct: 3
      mri: 4
  note: >-
    Two lines,
    and no more.

again: {values: *shared, unit: "1"}
alias: *shared
"""


def at(edit: YamlEdit, *path: str) -> Part:
    part = edit.root
    for key in path:
        part = part.mapping[key]
    return part


def test_an_entry_by_indent_is_copied_with_all_below_it() -> None:
    edit = YamlEdit(BLOCK)
    edit.copy_entry(at(edit, "price", "values"), "south", "west")
    added = "    west:\n      ct: 3\n      mri: 4\n"
    assert edit.result == BLOCK.replace("      mri: 4\n", f"      mri: 4\n{added}")


def test_a_comment_at_the_end_of_the_line_stays_with_its_entry() -> None:
    edit = YamlEdit(BLOCK)
    edit.copy_entry(at(edit, "price", "values"), "north", "west")
    assert "  # as agreed\n    west: {ct: 1, mri: 2}\n\n    # South" in edit.result


def test_an_entry_in_brackets_is_copied_within_them() -> None:
    edit = YamlEdit(BLOCK)
    edit.copy_entry(at(edit, "price", "values", "north"), "ct", "xray")
    assert edit.result == BLOCK.replace("{ct: 1, mri: 2}", "{ct: 1, xray: 1, mri: 2}")


def test_an_entry_may_have_a_value_of_its_own() -> None:
    edit = YamlEdit(BLOCK)
    edit.copy_entry(at(edit, "price", "values", "south"), "ct", "xray", "9")
    edit.add_entry(at(edit, "price"), "to_do", "later")
    edit.add_entry(at(edit, "again"), "to_do", "later")
    found = yaml.safe_load(edit.result)
    assert found["price"]["values"]["south"] == {"ct": 3, "xray": 9, "mri": 4}
    assert found["price"]["to_do"] == found["again"]["to_do"] == "later"
    assert "    and no more.\n  to_do: later\n\nagain" in edit.result


def test_an_alias_is_the_node_of_its_anchor() -> None:
    """One change serves all who share it; a copy of the entry takes the alias, not the anchor."""
    edit = YamlEdit(BLOCK)
    assert at(edit, "price", "values") is at(edit, "again", "values") is at(edit, "alias")
    edit.copy_entry(edit.root, "price", "more")
    edit.copy_entry(edit.root, "alias", "same")
    found = yaml.safe_load(edit.result)
    assert found["more"] == found["price"] and found["same"] == found["alias"]
    assert edit.result.count("&shared") == 1


def test_items_join_lists_of_either_kind() -> None:
    text = "a: [x, y]\nb:\n  - x # one\n  - y\nc: []\n"
    edit = YamlEdit(text)
    for key in ("a", "b"):
        edit.add_item(at(edit, key), at(edit, key).items[0], "z")
    edit.add_item(at(edit, "c"), None, "z")
    assert edit.result == "a: [x, z, y]\nb:\n  - x # one\n  - z\n  - y\nc: [z]\n"
    first = YamlEdit(text)
    for key in ("a", "b"):
        first.add_item(at(first, key), None, "z")
    assert first.result == "a: [z, x, y]\nb:\n  - z\n  - x # one\n  - y\nc: []\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_file_keeps_its_line_ends_and_need_not_end_in_one(end: str) -> None:
    text = f"a:{end}  x: 1{end}  y: 2"
    edit = YamlEdit(text)
    edit.copy_entry(at(edit, "a"), "y", "z")
    assert edit.result == f"{text}{end}  z: 2"
    whole = YamlEdit(f"{text}{end}")
    whole.append(["b: 3"])
    assert whole.result == f"{text}{end}b: 3{end}"


def test_places_count_characters_and_not_bytes() -> None:
    text = 'a: {north: "£ – 1", south: 2}\n'
    edit = YamlEdit(text)
    edit.copy_entry(at(edit, "a"), "north", "west")
    assert edit.result == 'a: {north: "£ – 1", west: "£ – 1", south: 2}\n'


NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=4).map(lambda name: f"k{name}")
SCALARS = st.one_of(st.integers(-999, 999), st.text("ab c#:-'\"£\n", max_size=8))
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, TREES, min_size=1, max_size=4), st.booleans() | st.none(), st.data())
def test_what_is_spliced_in_is_all_that_changes(
    tree: dict[str, Any], flow: bool | None, data: st.DataObject
) -> None:
    """Of any file: read again it has the copy and nothing else is another; its old bytes stand in order."""
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True, width=40)
    edit = YamlEdit(text)
    mappings = [part for part in edit.root.walk() if part.mapping]
    mapping = data.draw(st.sampled_from(mappings))
    key = data.draw(st.sampled_from(sorted(mapping.mapping)))
    before = yaml.safe_load(text)
    edit.copy_entry(mapping, key, "the_new")
    edit.add_entry(edit.root, "to_do", quoted("copied: from # it"))
    after = yaml.safe_load(edit.result)
    assert after.pop("to_do") == "copied: from # it"
    assert _without(after) == before
    assert _count(after) == 1
    rest = iter(edit.result)
    assert all(letter in rest for letter in text)


def _without(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _without(value) for key, value in tree.items() if key != "the_new"}
    return [_without(item) for item in tree] if isinstance(tree, list) else tree


def _count(tree: Any) -> int:
    if isinstance(tree, dict):
        return sum(
            (key == "the_new") + (_count(value) if key != "the_new" else 0) for key, value in tree.items()
        )
    return sum(map(_count, tree)) if isinstance(tree, list) else 0


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "), max_size=30)
)
def test_a_text_in_quotes_is_read_as_it_was(text: str) -> None:
    if text.strip() == text and text:
        found = yaml.safe_load(f"a: {{b: {quoted(text)}, c: 1}}")
        assert str(found["a"]["b"]) == text and found["a"]["c"] == 1


ROWS = "provider,test,list\nrbl,mri,10\nrbl,ct,3\nrbt,mri,8\n"


def test_rows_are_copied_after_those_of_the_other() -> None:
    """The copies say so in a column that the other rows leave out."""
    table = TableEdit(ROWS)
    (run,) = table.runs("provider", "rbl")
    table.copy_rows(run, {"provider": "r0a"}, (), "copied from rbl", "")
    assert table.result.splitlines() == [
        "provider,test,list,to_do",
        "rbl,mri,10",
        "rbl,ct,3",
        "r0a,mri,10,copied from rbl",
        "r0a,ct,3,copied from rbl",
        "rbt,mri,8",
    ]


def test_a_number_that_is_divided_is_halved_in_both_rows() -> None:
    table = TableEdit(ROWS)
    (run,) = table.runs("provider", "rbt")
    table.copy_rows(run, {"provider": "r0a"}, ("list",), "copied", "divided, in two")
    assert table.result.splitlines()[3:] == ['rbt,mri,4,"divided, in two"', "r0a,mri,4,copied"]


def test_a_column_of_what_is_to_be_done_is_used_where_it_stands() -> None:
    text = 'provider,to_do,name\r\nrbl,,"a, b"\r\nrbt,ask,c\r\n'
    table = TableEdit(text)
    for name in ("rbl", "rbt"):
        (run,) = table.runs("provider", name)
        table.copy_rows(run, {"provider": f"{name}_2"}, (), "copied", "")
    assert table.result == (
        'provider,to_do,name\r\nrbl,,"a, b"\r\nrbl_2,copied,"a, b"\r\nrbt,ask,c\r\nrbt_2,copied,c\r\n'
    )


def test_half_of_what_is_no_number_or_nought_is_nothing() -> None:
    assert [half(text) for text in ("1", "0.25", "1_000", "0", "x", "")] == [
        "0.5",
        "0.125",
        "500",
        "",
        "",
        "",
    ]
