"""The files of a new case as text: every chapter of it, from the bid and the model's own sums."""

from __future__ import annotations

from typing import Any

from casebuilder.inputs.start.emit import yaml_text
from casebuilder.tasks.new.bid import Bid, Worked
from casebuilder.tasks.new.blocks import chapters
from casebuilder.tasks.new.chapters.choice import decision, options
from casebuilder.tasks.new.chapters.frame import case_file
from casebuilder.tasks.new.chapters.money import money
from casebuilder.tasks.new.chapters.neighbourhood import neighbourhood, own_blocks
from casebuilder.tasks.new.chapters.patients import patients, tables
from casebuilder.tasks.new.chapters.premises import premises
from casebuilder.tasks.new.chapters.system import system, system_blocks

# Ids of the case's own sources: its author's answers, and DM01 as it was when the case was made.
ANSWERED, LISTS = "L1", "L2"
_DM01 = "https://www.england.nhs.uk/statistics/statistical-work-areas/diagnostics-waiting-times-and-activity/"
_HEADINGS = {
    "assets": "Assets that are given.",
    "access": "Access: places, the sites, and the fit of road minutes.",
    "benefits": "Benefits: when they come.",
    "bias": "What is known of the rooms.",
    "capacity": "Capacity of hospitals: its growth, and what is open already.",
    "capital": "Capital: location, and spending by year.",
    "checks": "What the option put forward is compared with.",
    "criteria": "Criteria of the pipeline, and scores.",
    "demand": "Demand: the twelve months of data, and what is carried forward.",
    "disposals": "Buildings that the bid lets go.",
    "economics": "Economics: space at its best other use.",
    "estate": "Estate: rooms and hours.",
    "estate_options": "Estate options side by side.",
    "funding": "Funding: what is awarded.",
    "funds": "Funds: their conditions.",
    "hosting": "Who hosts, employs and owns.",
    "income": "Income: what commissioners and the nation pay.",
    "leases": "Leases.",
    "lists": "Lists: whose patients a site sees.",
    "performance": "Where the sites lie.",
    "pipeline": "Place in the system's pipeline.",
    "procurement": "Who buys together.",
    "programme": "Programme: the steps to opening.",
    "relief": "Relief: the lists that hospitals are used to.",
    "risks": "The risk register.",
    "served": "Which site a proposal is.",
    "throughput": "Hours of the rooms of each test.",
    "waits": "Waits: what England has above its calm years.",
    "workforce": "Posts of the sites themselves.",
    "works": "Works: the kind of building.",
}


def case_files(bid: Bid, worked: Worked) -> dict[str, str]:
    """Every file of the case but the answers and the list of what was filled, by its path in the folder."""
    given = {**patients(bid), **premises(bid, worked), **money(bid, worked), **neighbourhood(bid)}
    given |= system(bid)
    found = {"case.yaml": yaml_text(case_file(bid), "Made by casebuilder. Every file here may be edited.")}
    for chapter, blocks in chapters(bid, given, {**own_blocks(bid), **system_blocks(bid)}).items():
        found[f"{chapter}.yaml"] = yaml_text(blocks, _HEADINGS[chapter])
    for option, content in options(bid, worked).items():
        found[f"options/{option}.yaml"] = yaml_text(content, content["label"])
    found["decision.yaml"] = yaml_text(decision(bid, worked), "The decision: nobody has made it yet.")
    found["sources.yaml"] = yaml_text(_sources(bid), "Sources of this case. Ids are never renumbered.")
    return {**found, **tables(bid)}


def _sources(bid: Bid) -> dict[str, Any]:
    about = {"about": bid.system} if bid.system else {}
    codes = ", ".join(trust.code for trust in bid.trusts)
    return {
        ANSWERED: {
            "title": bid.answered,
            "address": "answers.yaml" if not bid.lists_from else "",
            "date": "",
            "licence": "",
            **about,
        },
        LISTS: {
            "title": bid.lists_from or f"DM01 of {codes}, twelve months to {bid.last_month}",
            "address": _DM01,
            "date": bid.last_month,
            "licence": "OGL v3.0",
            **about,
        },
    }
