"""A small neighbourhood health centre: a shipped case with one of its sites as a proposal of a pipeline.

Whitegate Drive in Blackpool stands second of three; two buildings can go once it is open. What is put in
stands in tests/cases/neighbourhood: places, scores and sums are made up.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from casebuilder.resources import resource
from tests.edited import replace_once

_CASE = "lancashire_south_cumbria"
_ADDED = Path(__file__).parent / "cases" / "neighbourhood"
_MEMBERS = """members:
  proposal:
    first: First in the queue
    ours: Whitegate Drive
    last: Last in the queue
  allocation:
    public_capital: Public capital
    partnership: Public private partnership
  estate_option:
    refurbish: Refurbishment
    rebuild: New building
    partner: New building by a partner
  constraint:
    planning: Planning permission
    flood: Flood risk
  criterion:
    need: Population need
    deliverability: Deliverability
  disposal:
    clinic: Old clinic
    surgery: Leased surgery
"""
_PAIR = """pairs:
  - over: [site, estate_option]
    members: {whitegate_drive: [refurbish, rebuild, partner]}
    without:
      westmorland: &none [refurbish, rebuild, partner]
      rossendale: *none
      preston: *none
      fleetwood: *none
      barrow: *none
      burnley: *none
"""
_BENEFITS = """  benefit:
    estate_capital: Receipts and backlog of buildings let go
    estate_running: Running cost of buildings let go
"""
_RAMP = """  values:
    estate_capital: {2020/21: 1}
    estate_running: {2020/21: 1}
"""
_FUND = "    trust_cash: Trusts' own cash\n"


def neighbourhood_case(folder: Path) -> Path:
    """Write the case into a folder that is not there yet: the baseline, and the option with its centres."""
    shutil.copytree(resource(f"assumptions/cases/{_CASE}"), folder)
    case = folder / "case.yaml"
    for old, new in (
        ("members:\n  provider:", f"{_MEMBERS}  provider:"),
        ("pairs:\n", _PAIR),
        ("  benefit:\n", _BENEFITS),
        (_FUND, f"{_FUND}    receipts: Receipts of buildings let go\n"),
        ("options: [bau, pooling, hours, mobile, centres]", "options: [bau, centres]"),
    ):
        replace_once(case, old, new)
    for option in ("pooling", "hours", "mobile"):
        (folder / "options" / f"{option}.yaml").unlink()
    replace_once(folder / "funding.yaml", "trust_cash: 0}", "trust_cash: 0, receipts: 0}")
    replace_once(folder / "benefits.yaml", "  values:\n", _RAMP)
    for file in _ADDED.glob("*.yaml"):
        shutil.copy(file, folder / file.name)
    return folder
