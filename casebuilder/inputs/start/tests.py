"""The catalogue of reference tests: what a centre may offer, with the kit, staff and room that each takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.scalars import MEMBER_ID, listed, nearest
from casebuilder.inputs.files.yaml import read_yaml
from casebuilder.inputs.shape.schema import Flag, Shape, Text, check
from casebuilder.resources import resource

CATALOGUE = "templates/cases/tests.yaml"
Offer = Literal["must", "large", "may"]
Id = Annotated[str, Field(pattern=rf"^{MEMBER_ID}$")]
Named = Annotated[Text, Field(min_length=1)]
Ids = Annotated[tuple[Id, ...], Field(min_length=1)]


@dataclass(frozen=True)
class ReferenceTest:
    """A test that the reference set has values for.

    Attributes
    ----------
    id
        What it is called in a case.
    label, short
        How people read it, in full and on tabs and legends.
    offer
        `must`: the least that any centre does; `large`: what a large centre does beside; `may`: the rest.
    dm01
        Its name in the files of that return (`data/dm01_tests.csv`); empty where DM01 has no list of it.
    did
        Its name in the files of the imaging dataset; empty where that has none.
    suite
        Tests of one suite can share a room.
    equipment, staff
        The classes of equipment and the roles that it is paired with: label by id.
    walk_in
        Patients come without an appointment; such a test shares no room.
    own_hours
        It keeps hours of its own, not the site's.
    """

    id: str
    label: str
    short: str
    offer: Offer
    dm01: str
    did: str
    suite: str
    equipment: Mapping[str, str]
    staff: Mapping[str, str]
    walk_in: bool
    own_hours: bool


class _Given(Shape):
    """A test as the file has it: classes and roles by id."""

    label: Named
    short: Named
    offer: Offer
    dm01: Text = ""
    did: Text = ""
    suite: Id
    equipment: Ids
    staff: Ids
    walk_in: Flag = False
    own_hours: Flag = False


class _Catalogue(Shape):
    """The whole file: tests, and the labels of classes of equipment and of roles, by id."""

    tests: dict[Id, _Given]
    equipment: dict[Id, Named]
    staff: dict[Id, Named]


@cache
def read_tests() -> Mapping[str, ReferenceTest]:
    """Every reference test by its id, in the order in which people list them.

    Raises
    ------
    InputError
        The file is missing or at fault: where, and what would be right.
    """
    given = _read()
    return {
        name: ReferenceTest(
            id=name,
            label=test.label,
            short=test.short,
            offer=test.offer,
            dm01=test.dm01,
            did=test.did,
            suite=test.suite,
            equipment={kit: given.equipment[kit] for kit in test.equipment},
            staff={role: given.staff[role] for role in test.staff},
            walk_in=test.walk_in,
            own_hours=test.own_hours,
        )
        for name, test in given.tests.items()
    }


def equipment_of(tests: Iterable[str]) -> dict[str, str]:
    """The classes of equipment that tests need, label by id, in the catalogue's order.

    Raises
    ------
    InputError
        A test that is none of the catalogue's, or the file is at fault.
    """
    needed = {kit for test in _of(tests) for kit in test.equipment}
    return {kit: label for kit, label in _read().equipment.items() if kit in needed}


def staff_of(tests: Iterable[str]) -> dict[str, str]:
    """The roles that tests need, label by id, in the catalogue's order.

    Raises
    ------
    InputError
        As `equipment_of` does.
    """
    needed = {role for test in _of(tests) for role in test.staff}
    return {role: label for role, label in _read().staff.items() if role in needed}


def equipment_pairs(tests: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The tests, of those asked for, that each class of equipment serves: pairs of a case.yaml.

    Raises
    ------
    InputError
        As `equipment_of` does.
    """
    of = _of(tests)
    kits = equipment_of(test.id for test in of)
    return {kit: tuple(test.id for test in of if kit in test.equipment) for kit in kits}


def staff_pairs(tests: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The tests, of those asked for, that each role works at: pairs of a case.yaml.

    Raises
    ------
    InputError
        As `equipment_of` does.
    """
    of = _of(tests)
    return {
        role: tuple(test.id for test in of if role in test.staff) for role in staff_of(test.id for test in of)
    }


@cache
def _read() -> _Catalogue:
    path = resource(CATALOGUE)
    faults: list[Fault] = []
    node = read_yaml(path, str(path), faults)
    given = check(_Catalogue, node, node.place, faults) if node is not None else None
    if given is None or node is None or faults:
        raise InputError(faults)
    tests = node.get("tests") or node
    for name, test in given.tests.items():
        for kind, labels in (("equipment", given.equipment), ("staff", given.staff)):
            for strange in [each for each in getattr(test, kind) if each not in labels]:
                what = f"{name}: '{strange}' has no label under {kind}{nearest(strange, labels)}"
                faults.append(tests.key_place(name).fault(what))
    if faults:
        raise InputError(faults)
    return given


def _of(tests: Iterable[str]) -> list[ReferenceTest]:
    """Tests in the catalogue's order.

    Raises
    ------
    InputError
        One of them is none of the catalogue's.
    """
    asked, known = list(tests), read_tests()
    strange = [test for test in dict.fromkeys(asked) if test not in known]
    if strange:
        path, all_of_them = str(resource(CATALOGUE)), listed(known, len(known))
        raise InputError(
            Fault(path, 1, 1, f"'{test}' is no reference test{nearest(test, known)}: {all_of_them}")
            for test in strange
        )
    return [test for name, test in known.items() if name in asked]
