"""Write a case: draft it, let the model work out what the next draft needs, put it in its place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from casebuilder.errors import CaseError, Fault
from casebuilder.inputs.in_memory import months_ahead
from casebuilder.inputs.values import DEFAULT
from casebuilder.tasks.new.beyond import beyond_the_gap
from casebuilder.tasks.new.bid import Bid, Filled, Worked
from casebuilder.tasks.new.chapters.premises import approval_month
from casebuilder.tasks.new.chapters.system import reasons_file
from casebuilder.tasks.new.draft import opening_lags, sums
from casebuilder.tasks.new.files import case_files
from casebuilder.tasks.new.planned import told_beside_plans
from casebuilder.tasks.new.suggest import with_rooms
from casebuilder.tasks.schema import guide_editors

Tell = Callable[[str], None]


def make_case(bid: Bid, kept: Callable[[Bid], Mapping[str, str]], folder: Path, tell: Tell) -> Bid:
    """Write the case of a bid into a folder that does not exist yet, or nothing at all.

    Parameters
    ----------
    bid
        What it is written from.
    kept
        Further files by name, of the bid as it is in the end: the answers, and the list of what was filled.
    folder
        Where it is to stand.
    tell
        Is told what is being done.

    Returns
    -------
    Bid
        With the rooms that were suggested, and what those that follow from a plan of tests do.

    Raises
    ------
    CaseError
        The folder is there already and is not empty.
    InputError
        The answers make no case: the faults of its files.
    """
    with placed(folder) as draft:
        tell("Counting back from the openings")
        _write(draft, case_files(bid, Worked()))
        if any(site.suggested for site in bid.sites):
            bid = with_rooms(draft, bid)
            _write(draft, case_files(bid, Worked()))
        worked = opening_lags(draft, bid)
        bid = with_approvals(bid, worked)
        tell("Working out what the bid costs and does")
        reasons = tuple(reasons_file(bid)["reasons"])
        _write(draft, case_files(bid, replace(worked, reasons=reasons)))
        worked = sums(draft, bid, worked)
        # Reasons are held against bought tests as many as the sites do, which only now are known.
        _write(draft, case_files(bid, replace(worked, reasons=reasons)))
        last = sums(draft, bid, worked)
        worked = replace(worked, reasons=last.reasons, ahead=last.ahead)
        bid = replace(
            bid,
            filled=(*bid.filled, *told_beside_plans(bid, last)),
            beyond=beyond_the_gap(bid, last),
        )
        tell("Writing the case")
        _write(draft, {**case_files(bid, worked), **kept(bid)})
        guide_editors(draft)
    return bid


@contextmanager
def placed(folder: Path) -> Iterator[Path]:
    """A folder to write a case in, which takes its place once all is right; where it is not, nothing stays.

    Raises
    ------
    CaseError
        The place is taken, cannot be written to, or the draft is at fault: its files are then gone, so that
        faults name them as those of the case and never by their path.
    """
    refuse_full(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            draft = Path(beside) / folder.name
            try:
                yield draft
            except CaseError as error:
                raise _without_path(error, draft) from None
            refuse_full(folder)
            if folder.is_dir():
                folder.rmdir()
            draft.rename(folder)
    except OSError as error:
        raise CaseError(f"{folder} cannot be written: {error.strerror or type(error).__name__}") from None


def _without_path(error: CaseError, draft: Path) -> CaseError:
    """The same of files that nobody can open: by their names in the case."""

    def named(text: str) -> str:
        return text.replace(f"{draft}/", "").replace(str(draft), "the case")

    def of(fault: Fault) -> Fault:
        file = fault.file
        inside = Path(file).is_relative_to(draft)
        shown = f"{Path(file).relative_to(draft).as_posix()} of the case" if inside else file
        shown = "the case" if file == DEFAULT.file else shown
        return replace(fault, file=shown, message=named(fault.message))

    if not error.faults:
        return type(error)(named(str(error)))
    return type(error)(map(of, error.faults), map(of, error.warnings))


def with_approvals(bid: Bid, worked: Worked) -> Bid:
    """The bid, with the months from which approval counts among what was filled in."""
    told: list[Filled] = []
    for site in bid.sites:
        month = months_ahead(bid.first_month, approval_month(bid, site, worked) - 1)
        late = (
            ""
            if month > bid.last_month
            else ", which is past: give a later opening unless it was approved then"
        )
        told.append(
            Filled(f"{site.name}, approval", f"{month}, counted back from the opening in {site.opens}{late}")
        )
    return replace(bid, filled=(*bid.filled, *told))


def refuse_full(folder: Path) -> None:
    """Nothing is written over.

    Raises
    ------
    CaseError
        The folder holds something, or a file has its name.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        what = "is a file" if folder.is_file() else "is not empty"
        raise CaseError(f"{folder} {what}: give a folder that does not exist yet; nothing is written over")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """All files of a draft, in place of those of the one before."""
    shutil.rmtree(folder, ignore_errors=True)
    put_files(folder, {name: text.encode() for name, text in files.items()})


def put_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Files by their path in a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
