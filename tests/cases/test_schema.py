"""JSON Schemas for editors: what ships is accepted and planted faults are refused, as by ourselves.

The validator, jsonschema's, shares no code with us; it is handed the files as an editor's reader of YAML 1.2
has them (tests/editor.py).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from casebuilder.algebra.chapters import Model
from casebuilder.case import load_case
from casebuilder.errors import InputError
from casebuilder.inputs.assumed import apart
from casebuilder.inputs.schema.entries import ENTRIES
from casebuilder.inputs.schema.files import schema_for
from casebuilder.inputs.shape import schema as shapes
from casebuilder.inputs.start import answers
from casebuilder.resources import resource
from casebuilder.tasks.schema import FOLDER, renew, schema_files
from tests.cases.starter import starter
from tests.edited import replace_once
from tests.editor import faults, files_of

CASES = resource("assumptions/cases")
SHIPPED = sorted(path.name for path in CASES.iterdir() if (path / "case.yaml").is_file())
PLANTED = yaml.safe_load((Path(__file__).parent / "schema_faults.yaml").read_text(encoding="utf-8"))
_LINE = "# yaml-language-server: $schema="


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_file_is_accepted(name: str) -> None:
    """By the schemas of the case itself, with its members, options and sources, and by those of any case."""
    files = files_of(CASES / name)
    assert {"case.yaml", "sources.yaml"} <= set(files)
    for own in (CASES / name, None):
        assert {path: found for path in files if (found := faults(CASES / name, path, own))} == {}


def test_the_answers_that_ship_are_accepted() -> None:
    shipped = resource("templates/cases/example_answers.yaml")
    bids = sorted((Path(__file__).parent / "bids").glob("*.yaml"))
    for path in (shipped, *bids):
        assert faults(path.parent, path.name, None, "answers.yaml") == []


def test_a_new_case_is_accepted_and_names_its_schemas() -> None:
    """Every file but the answers begins with the line, whose path leads to the schema in the case."""
    files = files_of(starter())
    assert "options/preferred.yaml" in files
    for path in files:
        assert faults(starter(), path, starter()) == [], path
        if path == "answers.yaml":
            continue
        first = (starter() / path).read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(_LINE)
        target = (starter() / path).parent / first.removeprefix(_LINE)
        assert target.resolve() == (starter() / FOLDER / schema_for(path)).resolve() and target.is_file()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the starter case that each test breaks and mends."""
    folder = tmp_path_factory.mktemp("schema") / "case"
    shutil.copytree(starter(), folder)
    return folder


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_refused_here_and_there(broken: Path, what: str) -> None:
    """The editor's validator marks the entry, and we name the same file and a line of the same block."""
    planted = PLANTED[what]
    path = broken / planted["file"]
    before = path.read_text(encoding="utf-8")
    try:
        replace_once(path, planted["old"], planted["new"])
        marked = [found.partition(": ")[0] for found in faults(broken, planted["file"], starter())]
        assert set(marked) == {planted["marked"]}
        with pytest.raises(InputError) as caught:
            load_case(str(broken))
        own = [fault for fault in caught.value.faults if planted["says"] in fault.message]
        assert own, [str(fault) for fault in caught.value.faults]
        assert Path(own[0].file) == path
        first, last = lines_of(path, planted["marked"])
        assert first <= own[0].line <= last
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "text", "marked"),
    [
        ("uncertainty.yaml", "drivers: {prices: {inputs: [-demand.national_growth], source: L1}}\n", None),
        ("uncertainty.yaml", "drivers: {Prices: {source: L1}}\n", "drivers"),
        (
            "uncertainty.yaml",
            "correlations: [{between: [a.b, c.d], rank: 2, source: L1}]\n",
            "correlations/0/rank",
        ),
        (
            "uncertainty.yaml",
            "correlations: [{between: [a.b], rank: 1, source: L1}]\n",
            "correlations/0/between",
        ),
        ("demand.yaml", "range: {values: [0.9, 1.1], chances: [0.5, 0.5]}\n  draw: each", None),
        ("demand.yaml", "range: {file: data/x.csv, column: x}\n  driver: prices", None),
        ("demand.yaml", "range: {factor: {file: data/x.csv, column: x}}\n  shape: empirical", None),
        ("demand.yaml", "range: {values: [0.9, 1.1]}", "estimators_apart/range"),
        ("demand.yaml", "range: [0.9, 1.1]\n  draw: twice", "estimators_apart/draw"),
        ("demand.yaml", "range: [0.9, 1.1]\n  shape: beta", "estimators_apart/shape"),
    ],
)
def test_ranges_and_what_goes_together_are_known_to_editors(
    tmp_path: Path, file: str, text: str, marked: str | None
) -> None:
    """Every form of a range, and uncertainty.yaml; what is wrong is marked at its entry."""
    block = f"estimators_apart:\n  value: 1\n  source: S1\n  state: local\n  {text}\n"
    given = text if file == "uncertainty.yaml" else block
    (tmp_path / file).write_text(given, encoding="utf-8")
    found = {each.partition(": ")[0] for each in faults(tmp_path, file, None)}
    assert (found == set()) if marked is None else any(each.startswith(marked) for each in found), found


def lines_of(path: Path, marked: str) -> tuple[int, int]:
    """The first and last line of what stands under a path of keys, the last key's own line among them."""
    node = yaml.compose(path.read_text(encoding="utf-8"))
    assert node is not None
    first = node.start_mark.line + 1
    for step in [] if not marked else marked.split("/"):
        if isinstance(node, yaml.SequenceNode):
            node = node.value[int(step)]
            first = node.start_mark.line + 1
        else:
            key, node = next((key, value) for key, value in node.value if key.value == step)
            first = key.start_mark.line + 1
    return first, node.end_mark.line + 1


def test_every_entry_of_every_shape_is_described() -> None:
    """And nothing is described that no file has: the words follow the shapes."""
    known = {
        name: each
        for module in (shapes, answers, apart)
        for name, each in vars(module).items()
        if isinstance(each, type) and issubclass(each, shapes.Shape) and each is not shapes.Shape
    }
    same = {"FigureGiven", "ShownGiven"}  # a claim, and what a criterion and a reason share
    assert set(known) - same == set(ENTRIES)
    for name, said in ENTRIES.items():
        assert set(said) == set(known[name].model_fields), name


def test_every_input_says_its_unit_and_bounds(model: Model) -> None:
    """The description that an editor shows holds label, unit and dimensions, for all inputs of the model."""
    import json

    files = schema_files(None)
    for declared in model.inputs:
        block = json.loads(files[f"{declared.chapter}.json"])["definitions"][declared.name]
        assert block["title"] == declared.label
        assert f"unit: {declared.unit}." in block["description"]
        assert all(dimension in block["description"] for dimension in declared.over)
        if declared.low is not None and declared.unit not in ("flag", "choice"):
            assert f"{declared.low:g} at least" in block["description"] or "more than" in block["description"]


def test_no_chapter_has_the_name_of_another_schema(model: Model) -> None:
    """names.json and option.json stand beside those of the chapters."""
    assert not {chapter.name for chapter in model.chapters} & {
        "names",
        "option",
        "case",
        "sources",
        "decision",
    }


def test_new_members_are_known_once_the_schemas_are_written_again(tmp_path: Path) -> None:
    """A case keeps its own schemas; one that keeps none is left alone."""
    folder = tmp_path / "case"
    shutil.copytree(starter(), folder)
    replace_once(
        folder / "case.yaml", "site: {seacroft: Seacroft}", "site: {seacroft: Seacroft, otley: Otley}"
    )
    replace_once(folder / "estate.yaml", "values: {seacroft: 12}", "values: {seacroft: 12, otley: 12}")
    assert faults(folder, "estate.yaml", starter())
    old = (folder / FOLDER / "names.json").read_bytes()
    assert renew(folder) == []
    assert (folder / FOLDER / "names.json").read_bytes() != old
    assert not faults(folder, "estate.yaml", folder)
    shutil.rmtree(folder / FOLDER)
    assert renew(folder) == [] and not (folder / FOLDER).exists()
