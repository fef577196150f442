"""Files that include others."""

from __future__ import annotations

from pathlib import Path

from casebuilder.inputs.files.includes import Files


def write(folder: Path, **files: str) -> Files:
    """A folder with some YAML files."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Files(folder)


def test_what_is_included_lies_under_the_file(tmp_path: Path) -> None:
    """The file's own keys hold; places are those of the file that gives the key."""
    files = write(tmp_path, a="include: [b.yaml, c.yaml]\nx: 1\n", b="x: 2\ny: 2\n", c="y: 3\n")
    node = files.load(tmp_path / "a.yaml")
    assert node is not None and node.plain() == {"x": "1", "y": "3"}
    assert node.key_place("y").file.endswith("c.yaml")
    assert files.included == {(tmp_path / "b.yaml").resolve(), (tmp_path / "c.yaml").resolve()}


def test_sections_are_merged_where_asked(tmp_path: Path) -> None:
    """With depth 2 the keys within a section are merged, as in option files."""
    files = write(tmp_path, a="include: [b.yaml]\ns: {x: 1}\n", b="s: {x: 2, y: 2}\n")
    node = files.load(tmp_path / "a.yaml", depth=2)
    assert node is not None and node.plain() == {"s": {"x": "1", "y": "2"}}


def test_a_loop_is_found_once(tmp_path: Path) -> None:
    """A loop is one fault, whichever of its files is read first."""
    files = write(tmp_path, a="include: [b.yaml]\n", b="include: [a.yaml]\n")
    files.load(tmp_path / "a.yaml")
    files.load(tmp_path / "b.yaml")
    assert [fault.message for fault in files.faults] == ["include loop: a.yaml -> b.yaml -> a.yaml"]


def test_bad_includes_are_faults(tmp_path: Path) -> None:
    """A missing file, one outside and a list that is none are shown at their place."""
    (tmp_path / "in").mkdir()
    files = write(tmp_path / "in", a="include: [no.yaml, ../b.yaml]\n", c="include: a.yaml\n")
    files.load(tmp_path / "in" / "a.yaml")
    files.load(tmp_path / "in" / "c.yaml")
    assert [(fault.line, fault.column) for fault in files.faults] == [(1, 11), (1, 20), (1, 10)]
    assert files.failed


def test_names_are_short_in_results(tmp_path: Path) -> None:
    """A file is named within the case, or as reference/... ."""
    files = Files(tmp_path / "case", tmp_path / "shared")
    assert files.short(str(tmp_path / "case" / "options" / "a.yaml")) == "options/a.yaml"
    assert files.short(str(tmp_path / "shared" / "a.yaml")) == "reference/a.yaml"
