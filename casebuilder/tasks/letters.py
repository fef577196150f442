"""Letters of commitment, one a member, into a folder: all or none, and none over what somebody changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebuilder.analysis.sharing.commitments import commitments
from casebuilder.analysis.sharing.offered import NOTHING_TOGETHER
from casebuilder.analysis.sharing.offers import Offer
from casebuilder.analysis.sharing.pooled_purchase import PooledPurchase
from casebuilder.document.letter import About, letter
from casebuilder.document.marks import is_as_written, marked
from casebuilder.errors import CaseError
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.templates.read import template
from casebuilder.tasks.together import write_together


@dataclass(frozen=True)
class Letters:
    """What was written.

    Attributes
    ----------
    files
        By member its file.
    replaced
        Those that took the place of an earlier letter nobody had changed.
    without
        The names of members that buy nothing with the others: nothing is theirs to sign.
    """

    files: Mapping[str, Path]
    replaced: tuple[Path, ...]
    without: tuple[str, ...] = ()


def write_letters(purchase: PooledPurchase, offers: tuple[Offer, ...], folder: Path, version: str) -> Letters:
    """Write the letter of every member that buys something with the others.

    Parameters
    ----------
    purchase
        The pool.
    offers
        One a member.
    folder
        Where the letters go; made if it is not there.
    version
        The version of casebuilder.

    Raises
    ------
    CaseError
        Nothing is bought together; a letter there was changed since it was written, or is another file; or
        the folder cannot be written. Nothing is written then.
    """
    signing = [offer for offer in offers if offer.buys_together]
    if not signing:
        raise CaseError(f"{NOTHING_TOGETHER}; there is nothing to sign, and no letter is written")
    if folder.exists() and not folder.is_dir():
        raise CaseError(f"{folder}: letters go into a folder, and this is a file")
    files = {offer.member: folder / f"letter_{offer.member}.docx" for offer in signing}
    there = [path for path in files.values() if path.exists()]
    if changed := [path for path in there if not is_as_written(path)]:
        named = ", ".join(path.name for path in changed)
        verb = "was" if len(changed) == 1 else "were"
        raise CaseError(
            f"{folder}: {named} {verb} changed after casebuilder wrote it, or written by others: nothing "
            "is written. Move what is to be kept, or name another folder"
        )
    about, held = about_letters(purchase.problem, purchase.option, version), commitments(purchase)
    data = {files[offer.member]: marked(letter(offer, held[offer.member], about)) for offer in signing}
    try:
        write_together(data)
    except OSError as fault:
        what = os.strerror(fault.errno) if fault.errno else fault
        raise CaseError(f"cannot write into {folder}: {what}; no letter was written") from fault
    without = tuple(offer.name for offer in offers if not offer.buys_together)
    return Letters(files, tuple(there), without)


def about_letters(problem: Problem, option: str, version: str) -> About:
    """What every letter of a case says."""
    info, frame = problem.inputs.info, problem.frame
    return About(
        case=info.title,
        option=frame.label_of_option(option),
        host=info.host or info.title,
        base_year=info.base_year,
        version=version,
        sha256=problem.inputs.sha256,
        classes={each: frame.label("equipment", each) for each in frame.ids("equipment")},
        tranches={each: frame.label("tranche", each) for each in frame.ids("tranche")},
        words=template("document/letter.yaml"),
    )
