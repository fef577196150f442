"""Evidence belongs to the case that gives it: values and sources of another place are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebuilder.case import load_case

CASES = Path(__file__).parents[3] / "assumptions" / "cases"


@pytest.fixture
def norfolk(tmp_path: Path) -> Path:
    """A copy of the Norfolk case under another name."""
    return Path(shutil.copytree(CASES / "norfolk_waveney", tmp_path / "somerset"))


def edit(path: Path, before: str, after: str) -> None:
    """Put one text in place of another, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def warnings(name: str | Path, *sets: str) -> list[str]:
    """The warnings of a case."""
    return [str(warning) for warning in load_case(str(name), sets).inputs.warnings]


@pytest.mark.parametrize("key", ["capital.location_adjustment_share", "income.market_forces_factor"])
def test_a_value_of_another_place_is_named_where_it_stands_in(norfolk: Path, key: str) -> None:
    """A case of the South West that uses what is the North West's."""
    edit(
        norfolk / "case.yaml",
        "region: East of England\nsystem: Norfolk and Waveney\n",
        "region: South West\nsystem: Somerset\n",
    )
    chapter, _, name = key.partition(".")
    path = norfolk / f"{chapter}.yaml"
    text = path.read_text(encoding="utf-8")
    if f"\n{name}:" in text:  # the copied case gave its own; without it the reference set's holds
        start = text.index(f"\n{name}:")
        end = text.find("\n\n", start + 1)
        path.write_text(text[:start] + (text[end:] if end > 0 else ""), encoding="utf-8")
    (said,) = [line for line in warnings(norfolk) if f"{key}: " in line]
    assert "reference" in said and "stands in for South West and Somerset" in said


def test_a_value_of_ones_own_place_is_no_warning() -> None:
    """Cheshire and Merseyside uses its own."""
    assert not [line for line in warnings("cmast") if "stands in for" in line]


def test_a_copied_case_is_told_whose_evidence_it_cites(norfolk: Path) -> None:
    """Each source about Norfolk, with how many values rest on it, at the system of case.yaml."""
    assert not [line for line in warnings(norfolk) if "is about Norfolk" in line]
    edit(norfolk / "case.yaml", "system: Norfolk and Waveney\n", "system: Somerset\n")
    edit(norfolk / "case.yaml", "region: East of England\n", "region: South West\n")
    about = "is about Norfolk and Waveney, not South West and Somerset"
    said = [line for line in warnings(norfolk) if about in line]
    assert len(said) >= 8 and all("case.yaml:" in line and "it vouches for " in line for line in said)


def test_a_case_that_does_not_say_where_it_is_is_told_so(norfolk: Path) -> None:
    """Nothing is taken for granted of a case without a region."""
    edit(norfolk / "case.yaml", "region: East of England\nsystem: Norfolk and Waveney\n", "")
    assert any("whose region and system case.yaml does not say" in line for line in warnings(norfolk))


def test_a_value_typed_or_changed_without_a_source_is_unverified(norfolk: Path) -> None:
    """By `--set`, for the base and for an option; and in the case's own file, which is told."""
    sets = ["waits.share_allowed=0.034", "preferred:timeline.pay_growth=0.05"]
    given = load_case(str(norfolk), sets).inputs.values
    typed = given["waits.share_allowed"].origin(None, ("full",))
    assert (typed.file, typed.source, typed.state) == ("--set", "", "unverified")
    assert typed.vouched({}) == "value of the case, no source given"
    members = next(iter(given["timeline.pay_growth"].base))
    assert given["timeline.pay_growth"].origin("preferred", members).state == "unverified"
    assert given["timeline.pay_growth"].origin("bau", members).source
    (norfolk / "slip.yaml").write_text("staff_waiting: {value: 0.512}\n", encoding="utf-8")
    (said,) = [line for line in warnings(norfolk) if "slip.yaml" in line]
    assert "a value of the case without a source: it counts as unverified" in said


@pytest.mark.parametrize(
    ("says", "state", "words"),
    [
        ("source: S58", "unverified", "a source and no state: it counts as unverified"),
        ("source: S58, state: published", "published", ""),
        ("state: published", "unverified", "a value of the case without a source: it counts as unverified"),
        ("state: local", "unverified", "a value of the case without a source: it counts as unverified"),
        ("state: chosen", "chosen", ""),
    ],
)
@pytest.mark.parametrize("file", ["slip.yaml", "options/preferred.yaml"])
def test_a_value_has_no_state_but_its_own(
    norfolk: Path, file: str, says: str, state: str, words: str
) -> None:
    """That of the value it replaces is the other's; and nobody vouches for what has no source."""
    block = f"{{value: 0.512, {says}}}"
    path = norfolk / file
    if file == "slip.yaml":
        path.write_text(f"staff_waiting: {block}\n", encoding="utf-8")
    else:
        edit(path, "\ninputs:\n", f"\ninputs:\n  slip.staff_waiting: {block}\n")
    inputs = load_case(str(norfolk)).inputs
    option = None if file == "slip.yaml" else "preferred"
    assert inputs.values["slip.staff_waiting"].origin(option, ()).state == state
    said = [str(warning) for warning in inputs.warnings if "slip.staff_waiting" in str(warning)]
    assert [words in line for line in said] == ([True] if words else [])
