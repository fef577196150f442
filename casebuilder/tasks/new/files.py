"""The files of a new case as text: every chapter of it, from the bid and the model's own sums."""

from __future__ import annotations

from typing import Any

from casebuilder.inputs.files.emit import yaml_text
from casebuilder.inputs.start.shipped import cut_to, shipped
from casebuilder.tasks.new.bid import Bid, Worked
from casebuilder.tasks.new.blocks import ANSWERED, LISTS, Block
from casebuilder.tasks.new.chapters import frame, money, patients, premises

_HEADINGS = {
    "access": "Access: places, the sites, and the fit of road minutes.",
    "benefits": "Benefits: when they come.",
    "bias": "What is known of the rooms.",
    "capacity": "Capacity of hospitals: its growth, and what is open already.",
    "capital": "Capital: location, and spending by year.",
    "checks": "What the option put forward is compared with.",
    "demand": "Demand: the twelve months of data, and what is carried forward.",
    "economics": "Economics: space at its best other use.",
    "estate": "Estate: rooms and hours.",
    "funding": "Funding: what is awarded.",
    "hosting": "Who hosts, employs and owns.",
    "income": "Income: what commissioners and the nation pay.",
    "leases": "Leases.",
    "lists": "Lists: whose patients a site sees.",
    "performance": "Where the sites lie.",
    "procurement": "Who buys together.",
    "programme": "Programme: the steps to opening.",
    "relief": "Relief: the lists that hospitals are used to.",
    "risks": "The risk register.",
    "waits": "Waits: what England has above its calm years.",
    "workforce": "Posts of the sites themselves.",
    "works": "Works: the kind of building.",
}


def case_files(bid: Bid, worked: Worked) -> dict[str, str]:
    """Every file of the case but the answers and the list of what was filled, by its path in the folder."""
    found = {"case.yaml": yaml_text(frame.case_file(bid), "A bid made by casebuilder new. Every file here may be edited.")}
    for chapter, blocks in sorted(_chapters(bid, worked).items()):
        found[f"{chapter}.yaml"] = yaml_text(blocks, _HEADINGS[chapter])
    for option, content in money.options(bid, worked).items():
        found[f"options/{option}.yaml"] = yaml_text(content, content["label"])
    found["decision.yaml"] = yaml_text(money.decision(bid, worked), "The decision: nobody has made it yet.")
    found["sources.yaml"] = yaml_text(_sources(bid), "Sources of this case. Ids are never renumbered.")
    return {**found, **patients.tables(bid)}


def _chapters(bid: Bid, worked: Worked) -> dict[str, dict[str, Block]]:
    """The blocks of every chapter: those that ship, cut to the case, and those that follow from the bid."""
    made: dict[str, dict[str, Block]] = {
        "access": patients.access(bid),
        "benefits": money.benefits(bid),
        "capital": premises.phasing(bid, worked),
        "demand": patients.demand(bid),
        "estate": premises.estate(bid),
        "funding": money.funding(bid, worked),
        "hosting": premises.hosting(bid),
        "leases": premises.leases(bid),
        "lists": patients.lists(bid),
        "performance": premises.performance(bid),
        "procurement": premises.procurement(bid),
        "programme": premises.programme(bid, worked),
        "risks": money.risks(bid, worked),
        "workforce": premises.workforce(bid),
        "works": premises.works(bid),
        **patients.relief_and_waits(bid),
    }
    for chapter, blocks in shipped("blocks.yaml").items():
        cut = {key: cut_to(each, bid.members) for key, each in blocks.items()}
        made[chapter] = {**cut, **made.get(chapter, {})}
    return made


def _sources(bid: Bid) -> dict[str, Any]:
    about = {"about": bid.system} if bid.system else {}
    codes = ", ".join(trust.code for trust in bid.trusts)
    return {
        ANSWERED: {
            "title": "Answers of this bid's author (answers.yaml), and choices that follow from them",
            "address": "answers.yaml",
            "date": "",
            "licence": "",
            **about,
        },
        LISTS: {
            "title": f"DM01 of {codes}, twelve months to {bid.last_month}",
            "address": "https://www.england.nhs.uk/statistics/statistical-work-areas/diagnostics-waiting-times-and-activity/",
            "date": bid.last_month,
            "licence": "OGL v3.0",
            **about,
        },
    }
