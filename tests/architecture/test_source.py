"""What must not drift in the source: sizes, names, and which library lives where."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from casebuilder.model import PARTS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "casebuilder"
SOURCES = sorted(PACKAGE.rglob("*.py"))
MODEL = sorted((PACKAGE / "model").glob("*/[a-z]*.py"))
MOST_LINES, MOST_FILES = 400, 16


def name(path: Path) -> str:
    """A file's path from the root, for messages and test ids."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def users_of(*libraries: str) -> set[str]:
    """The files that import some libraries."""
    return {
        name(path)
        for path in SOURCES
        if {module.partition(".")[0] for module in imports(path)} & set(libraries)
    }


def tracked() -> list[Path]:
    """The files of the project: those under version control, or those on disk without it."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        names = done.stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if ".git" not in path.parts]
    return [path for text in names if (path := ROOT / text).is_file()]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_source_file_stays_short(path: Path) -> None:
    """No source file grows beyond what a reader holds in mind."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_no_file_is_a_drawer_for_anything() -> None:
    """A file is named after what it is about."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [name(path) for path in [*SOURCES, *ROOT.glob("tests/**/*.py")] if path.stem in drawers] == []


def test_nothing_is_imported_unseen() -> None:
    """Every name says where it comes from: no `import *`."""
    starred = [
        name(path)
        for path in [*SOURCES, *ROOT.glob("tests/**/*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert starred == []


@pytest.mark.parametrize("path", MODEL, ids=name)
def test_a_chapter_holds_lines_and_nothing_else(path: Path) -> None:
    """A chapter declares inputs, lines and checks: no branch, no loop, no function, no class."""
    refused = (
        ast.If,
        ast.IfExp,
        ast.For,
        ast.While,
        ast.FunctionDef,
        ast.ClassDef,
        ast.Lambda,
        ast.Try,
        ast.With,
        ast.ListComp,
        ast.DictComp,
        ast.SetComp,
        ast.GeneratorExp,
        ast.Compare,
        ast.BoolOp,
        ast.Match,
    )
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, refused)]
    assert found == [], f"lines {found}"


@pytest.mark.parametrize("path", MODEL, ids=name)
def test_a_chapter_imports_only_the_language_and_chapters(path: Path) -> None:
    """No numpy, no Excel, no files: the import lines of a chapter are its data flow."""
    algebra = {f"casebuilder.algebra.{module}" for module in ("operators", "shapes", "terms", "dimensions")}
    parts = {f"casebuilder.model.{part.__name__.rpartition('.')[2]}" for part in PARTS}
    assert set(imports(path)) <= {"__future__", *parts, *algebra}
    terms = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "casebuilder.algebra.terms"
        for alias in node.names
    }
    assert terms <= {"Input", "Line", "Check"}


@pytest.mark.parametrize("path", MODEL, ids=name)
def test_a_chapter_says_what_it_reads(path: Path) -> None:
    """A chapter's docstring is its title and what it is about; what it reads are its imports."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring and docstring.endswith(".")
    assert ":" in docstring.splitlines()[0]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_a_chapter_reads_only_those_before_it_in_its_part(part: ModuleType) -> None:
    """The order of a part is written once, in its own list; the imports keep to it."""
    order = [chapter.__name__.rpartition(".")[2] for chapter in part.CHAPTERS]
    folder = Path(str(part.__file__)).parent
    assert sorted(order) == sorted(path.stem for path in folder.glob("[a-z]*.py"))
    for place, chapter in enumerate(order):
        tree = ast.parse((folder / f"{chapter}.py").read_text(encoding="utf-8"))
        read = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == part.__name__
            for alias in node.names
        }
        assert read <= set(order[:place]), (chapter, read - set(order[:place]))


def test_a_part_says_its_purpose_in_one_line() -> None:
    """So that the tree alone tells where a thing is."""
    for package in sorted(path for path in PACKAGE.rglob("__init__.py")):
        docstring = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
        assert docstring.endswith((".", "?")) and "\n" not in docstring, name(package)


def test_a_folder_holds_at_most_sixteen_files() -> None:
    """More is a list, not a tree."""
    count = Counter(name(path.parent) for path in SOURCES)
    assert [folder for folder, number in count.items() if number > MOST_FILES] == []


@pytest.mark.parametrize(
    ("libraries", "folders"),
    [
        (("yaml", "pydantic", "tomlkit"), ("inputs/",)),
        (("rich",), ("cli/", "summary/")),
        (("typer", "click"), ("cli/", "__main__")),
        (("xlsxwriter", "ironcalc", "openpyxl"), ("workbook/",)),
        (("python_calamine",), ("workbook/", "tasks/data/workbook.py")),
        (("numpy",), ("evaluate/", "analysis/", "calibrate/", "workbook/", "tasks/", "document/")),
        (("pandas", "pyarrow"), ("tasks/", "inputs/", "analysis/", "calibrate/")),
    ],
)
def test_a_library_lives_in_its_layer(libraries: tuple[str, ...], folders: tuple[str, ...]) -> None:
    """Only the layer that is about a library imports it."""
    outside = {
        path for path in users_of(*libraries) if not path.removeprefix("casebuilder/").startswith(folders)
    }
    assert outside == set()


def test_no_file_names_a_package_registry() -> None:
    """Set-up takes whatever index a machine is told to use: no host is written down."""
    hosts = re.compile(
        rb"pypi\."
        rb"org|pythonhosted\."
        rb"org|test\.py"
        rb"pi|registry\.npm"
        rb"js|conda\.ana"
        rb"conda"
        rb"|anaconda\."
        rb"org|crates\."
        rb"io"
    )
    named = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.stat().st_size < 5_000_000 and hosts.search(path.read_bytes())
    ]
    assert named == []


def test_the_version_is_written_once() -> None:
    """Only pyproject.toml holds the version; the package asks for it."""
    found = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert found
    repeated = [
        name(path)
        for path in SOURCES
        if re.search(rf"['\"]{re.escape(found[1])}['\"]", path.read_text("utf-8"))
    ]
    assert repeated == []


def test_every_module_function_and_class_is_explained() -> None:
    """Each public module, class and function of the package has a docstring."""
    bare = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree) and tree.body:
            bare.append(name(path))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):  # type: ignore[arg-type]
                bare.append(f"{name(path)}:{node.lineno}")
    assert bare == []


def test_every_operator_is_defined_once() -> None:
    """An operator has one function, and no formula is made of a bare call elsewhere in the model."""
    for path in MODEL:
        assert "Call(" not in path.read_text(encoding="utf-8"), name(path)


def test_every_test_says_its_promise() -> None:
    """Each test of the folders held here has a docstring of its own."""
    silent = []
    for folder in ("architecture", "published", "unit/algebra", "unit/evaluate", "workbook"):
        for path in (ROOT / "tests" / folder).glob("test_*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.FunctionDef)
                    and node.name.startswith("test_")
                    and not ast.get_docstring(node)
                ):
                    silent.append(f"{name(path)}:{node.lineno}")
    assert silent == []
