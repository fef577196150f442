"""Letters of commitment: figures are those of the lines, all or none is written, nothing changed is lost."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from casebuilder.analysis.sharing.offered import offered
from casebuilder.analysis.sharing.offers import Offer, offers
from casebuilder.analysis.sharing.pool_shares import PoolShares, pool_shares
from casebuilder.document.letter import month_in_words, pounds
from casebuilder.errors import CaseError
from casebuilder.evaluate.option_values import OptionValues
from casebuilder.tasks.letters import Letters, write_letters
from tests.shipped import ShippedCases

CASE = "norfolk_waveney"


@pytest.fixture(scope="module")
def shares(shipped_cases: ShippedCases) -> PoolShares:
    found = pool_shares(shipped_cases.case(CASE).results)
    assert found is not None
    return found


def write(shares: PoolShares, folder: Path) -> Letters:
    return write_letters(shares.purchase, offers(shares), folder, "test")


def texts(data: bytes) -> list[str]:
    """Every text of a letter, cells of tables and paragraphs."""
    found = docx.Document(BytesIO(data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return [*cells, *(paragraph.text for paragraph in found.paragraphs)]


def test_figures_are_those_that_export_gives(shares: PoolShares, tmp_path: Path) -> None:
    """Charge, saving, cash by year and the charges for leaving, to the pound, by the lines of the case."""
    written = write(shares, tmp_path / "letters")
    assert sorted(path.name for path in written.files.values()) == [
        "letter_rcx.docx",
        "letter_rgp.docx",
        "letter_rm1.docx",
    ]
    values: OptionValues = shares.purchase.values
    frame = shares.purchase.problem.frame
    for member, path in written.files.items():
        said, place = texts(path.read_bytes()), frame.positions["provider"][member]
        for key in ("charge", "saves", "own_purchase", "recurrent", "leaving_before", "leaving_after"):
            assert pounds(float(values(f"offers.{key}")[place])) in said, (member, key)
        cash = values("offers.cash_year")[place]
        for amount in cash:
            assert not amount or pounds(float(amount)) in said
        for number, each in enumerate(frame.ids("equipment")):
            if (
                values("procurement.joins")[place, number]
                and values("procurement.trust_units")[place, number]
            ):
                assert frame.label("equipment", each) in said
                assert pounds(float(values("apart.cost")[place, number])) in said
        whole = " ".join(said)
        assert shares.purchase.problem.inputs.sha256 in whole
        assert "Nobody has signed for the trust." in said
        assert "{" not in whole


def test_a_letter_that_nobody_changed_is_written_anew(shares: PoolShares, tmp_path: Path) -> None:
    """The same figures give the same bytes, and the second time says what it replaced."""
    first = write(shares, tmp_path)
    before = {member: path.read_bytes() for member, path in first.files.items()}
    again = write(shares, tmp_path)
    assert set(again.replaced) == set(first.files.values()) and first.replaced == ()
    assert {member: path.read_bytes() for member, path in again.files.items()} == before


def test_a_letter_that_somebody_changed_stays_and_none_is_written(shares: PoolShares, tmp_path: Path) -> None:
    """One letter is edited in Word and another is gone: the one is named, the other does not come back."""
    files = write(shares, tmp_path).files
    edited = docx.Document(str(files["rm1"]))
    edited.add_paragraph("Agreed by the board.")
    edited.save(str(files["rm1"]))
    kept = files["rm1"].read_bytes()
    files["rcx"].unlink()
    with pytest.raises(CaseError, match=r"letter_rm1\.docx was changed"):
        write(shares, tmp_path)
    assert files["rm1"].read_bytes() == kept and not files["rcx"].exists()


def apart(offer: Offer) -> Offer:
    """The offer of a member that buys every class by itself."""
    return replace(offer, kit=tuple(replace(kit, pooled=False) for kit in offer.kit), saves=0.0)


def test_no_letter_where_nothing_is_bought_together(shares: PoolShares, tmp_path: Path) -> None:
    """A letter would commit to a joint purchase that there is not: it says why, and makes no folder."""
    every = tuple(apart(offer) for offer in offers(shares))
    with pytest.raises(CaseError, match=r"nothing is bought together.*nobody saves.*no letter"):
        write_letters(shares.purchase, every, tmp_path / "letters", "test")
    assert not (tmp_path / "letters").exists()


def test_a_member_that_buys_nothing_with_the_others_has_no_letter(shares: PoolShares, tmp_path: Path) -> None:
    """The others' are written, and it is named."""
    first, *rest = offers(shares)
    written = write_letters(shares.purchase, (apart(first), *rest), tmp_path / "letters", "test")
    assert set(written.files) == {offer.member for offer in rest}
    assert written.without == (first.name,)


def test_where_nobody_saves_the_sentences_say_so(shares: PoolShares) -> None:
    """Neither that every member saves from some volume on, nor that without one the others save nothing."""
    found = offered(shares)
    assert found is not None and "on every member saves" in found.least[0]
    nothing = replace(found, offers=tuple(apart(offer) for offer in found.offers))
    assert len(nothing.least) == 1
    assert nothing.least[0].startswith("Nothing is bought together") and "nobody saves" in nothing.least[0]
    even = replace(found, offers=tuple(replace(offer, saves=0.0) for offer in found.offers))
    assert even.least[0] == "Nobody saves, even in full; nobody pays more than alone."


def test_a_file_in_place_of_the_folder_is_told(shares: PoolShares, tmp_path: Path) -> None:
    """Letters go into a folder."""
    (tmp_path / "letters").write_text("", encoding="utf-8")
    with pytest.raises(CaseError, match="into a folder"):
        write(shares, tmp_path / "letters")


def test_sums_and_months_as_people_read_them() -> None:
    """Pounds with a minus below nothing; a month off the axis as it is."""
    assert [pounds(amount) for amount in (1234.5, -3, -0.2)] == ["£1,234", "−£3", "£0"]
    assert month_in_words("2021-09") == "September 2021"
    assert month_in_words("month 70") == "month 70"
