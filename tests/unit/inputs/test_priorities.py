"""The block `priorities` of case.yaml: what it gives, and each fault at its line and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.dimensions import Frame, Member
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.yaml import parse_yaml
from casebuilder.inputs.shape.priorities import closure, read_priorities
from casebuilder.inputs.values import CaseInputs, Priorities
from tests.declared import DIMENSIONS

SITES = ("hub", "coast", "hill", "town", "northwich")


def read_block(text: str) -> tuple[Priorities, list[Fault]]:
    """A block read against five sites and two districts."""
    faults: list[Fault] = []
    members = {
        "site": tuple(Member(site, site.title()) for site in SITES),
        "district": (Member("sefton", "Sefton"), Member("wirral", "Wirral")),
    }
    node = parse_yaml(f"priorities:\n{text}", "case.yaml", faults)
    assert node is not None
    frame = Frame(members, (Member("bau", "BAU"),), "bau", dimensions=DIMENSIONS)
    return read_priorities(node.get("priorities"), frame, faults), faults


def test_needs_exclusions_and_minima_are_read() -> None:
    found, faults = read_block(
        "  needs: {coast: [hub], hill: [hub, town]}\n"
        "  excludes: [[hill, northwich], [town, coast, northwich]]\n"
        "  at_least: {sefton: 2}\n"
    )
    assert not faults
    assert found.needs == {"coast": ("hub",), "hill": ("hub", "town")}
    assert set(found.excludes) == {
        ("hill", "northwich"),
        ("coast", "town"),
        ("northwich", "town"),
        ("coast", "northwich"),
    }
    assert found.at_least == {"sefton": 2}
    assert found.places["sefton"] == ("case.yaml", 4, 14)


def test_no_block_binds_nothing() -> None:
    faults: list[Fault] = []
    assert (
        read_priorities(None, Frame({}, (Member("bau", ""),), "bau", dimensions=DIMENSIONS), faults)
        == Priorities()
    )
    assert not faults


def test_what_is_needed_is_needed_all_the_way() -> None:
    every = closure({"coast": ["hill"], "hill": ["hub", "town"], "town": ["hub"]})
    assert every == {"coast": {"hill", "hub", "town"}, "hill": {"hub", "town"}, "town": {"hub"}}


@pytest.mark.parametrize(
    ("block", "line", "column", "said"),
    [
        ("  needs: {coats: [hub]}\n", 2, 11, "'coats' is no site of this case; did you mean 'coast'?"),
        ("  needs: {coast: [hubb]}\n", 2, 19, "did you mean 'hub'?"),
        ("  needs: {coast: [hub, hub]}\n", 2, 24, "'hub' is listed twice for coast"),
        ("  needs: {coast: [coast]}\n", 2, 19, "coast needs itself: coast needs coast"),
        (
            "  needs: {coast: [hill], hill: [hub], hub: [coast]}\n",
            2,
            19,
            "coast needs itself: coast needs hill needs hub needs coast",
        ),
        (
            "  needs: {coast: [hill], hill: [hub]}\n  excludes:\n    - [coast, hub]\n",
            4,
            15,
            "coast needs hub, so that they cannot exclude each other",
        ),
        (
            "  needs: {coast: [hill, hub]}\n  excludes:\n    - [hill, hub]\n",
            4,
            5,
            "coast can never be built: it needs hill and hub, which exclude each other",
        ),
        ("  excludes: [[hub, hub]]\n", 2, 20, "'hub' is listed twice: a site does not exclude itself"),
        ("  excludes: [[hub]]\n", 2, 14, "name two at least"),
        ("  excludes: [[hub, nortwich]]\n", 2, 20, "did you mean 'northwich'?"),
        ("  at_least: {seften: 1}\n", 2, 14, "'seften' is no district of this case; did you mean 'sefton'?"),
    ],
)
def test_a_fault_is_shown_once_where_it_is(block: str, line: int, column: int, said: str) -> None:
    _, faults = read_block(block)
    assert [(fault.line, fault.column) for fault in faults] == [(line, column)], faults
    assert said in faults[0].message


def test_the_block_is_part_of_a_case_and_moves_no_hash(folder: Path, read: Callable[..., CaseInputs]) -> None:
    before = read()
    path = folder / "case.yaml"
    path.write_text(path.read_text() + "priorities:\n  needs: {south: [north]}\n", encoding="utf-8")
    after = read()
    assert before.priorities == Priorities() and after.priorities.needs == {"south": ("north",)}
    assert before.sha256 == after.sha256, "it binds no figure"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("priorities:\n  need: {south: [north]}\n", "unknown key 'need'; did you mean 'needs'?"),
        ("priorities:\n  needs: [south]\n", "'needs' must be a mapping"),
        ("priorities:\n  excludes: [south]\n", "'excludes' must be a list"),
        ("priorities:\n  at_least: {south: none}\n", "must be a whole number"),
        ("priorities:\n  at_least: {south: 0}\n", "must be 1 at least"),
        ("priorities:\n  needs: {south: [west]}\n", "'west' is no site of this case"),
    ],
)
def test_a_block_of_another_shape_is_a_fault_of_the_case(
    folder: Path, read: Callable[..., CaseInputs], block: str, said: str
) -> None:
    path = folder / "case.yaml"
    path.write_text(path.read_text() + block, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read()
    assert any(said in fault.message for fault in caught.value.faults), caught.value.faults
    assert {fault.line for fault in caught.value.faults} == {len(path.read_text().splitlines())}
