"""A small neighbourhood health centre: a shipped case with one of its sites as a proposal of a pipeline.

Whitegate Drive in Blackpool stands second of three; two buildings can go once it is open. Places, scores and sums
are made up for the tests.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from casebuilder.resources import resource
from tests.edited import replace_once

_CASE = "lancashire_south_cumbria"
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
      {westmorland: &none [refurbish, rebuild, partner], rossendale: *none, preston: *none, fleetwood: *none, barrow: *none, burnley: *none}
"""
_BENEFITS = """  benefit:
    estate_capital: Receipts and backlog of buildings let go
    estate_running: Running cost of buildings let go
"""
_FUND = "    trust_cash: Trusts' own cash\n"
_FILES = {
    "served.yaml": """
site_of: {unit: flag, over: [proposal, site], values: {ours: {whitegate_drive: 1, others: 0}, others: 0}, source: L11, state: chosen}
""",
    "estate_options.yaml": """
chosen: {unit: flag, over: [site, estate_option], values: {whitegate_drive: {refurbish: 1, rebuild: 0, partner: 0}}, source: L11, state: chosen}
kind:
  unit: share
  over: [site, estate_option, building_kind]
  values:
    whitegate_drive:
      refurbish: {refurbishment: 1, others: 0}
      rebuild: {new_build: 1, others: 0}
      partner: {new_build: 1, others: 0}
  source: L11
  state: chosen
nhs_share: {unit: share, over: [site, estate_option], values: {whitegate_drive: {refurbish: 1, rebuild: 1, partner: 0}}, source: L11, state: chosen}
charge: {unit: GBP_real / year, over: [site, estate_option], values: {whitegate_drive: {refurbish: 0, rebuild: 0, partner: 400_000}}, source: L11, state: chosen}
years_until_open: {unit: number, over: [site, estate_option], values: {whitegate_drive: {refurbish: 1, rebuild: 3, partner: 2}}, source: L11, state: chosen}
meets:
  unit: flag
  over: [site, estate_option, constraint]
  values: {whitegate_drive: {refurbish: {planning: 1, flood: 0}, rebuild: {planning: 0, flood: 0}, partner: {planning: 1, flood: 1}}}
  source: L11
  state: chosen
""",
    "criteria.yaml": """
weight: {unit: share, over: [criterion], values: {need: 0.6, deliverability: 0.4}, source: L11, state: chosen}
minimum: {unit: number, over: [criterion], values: {need: 2, deliverability: 2}, source: L11, state: chosen}
score:
  unit: number
  over: [proposal, criterion]
  values: {first: {need: 4, deliverability: 1}, ours: {need: 3, deliverability: 1}, last: {need: 2, deliverability: 2}}
  source: L11
  state: chosen
evidence:
  unit: number
  over: [proposal, criterion]
  values: {first: {need: 1, deliverability: 1}, ours: {need: 4, deliverability: 1}, last: {need: 1, deliverability: 1}}
  source: L11
  state: chosen
""",
    "pipeline.yaml": """
place: {unit: number, over: [proposal], values: {first: 1, ours: 2, last: 3}, source: L11, state: chosen}
stated_capital:
  unit: GBP_nominal / year
  over: [proposal, year]
  values: {first: {2020/21: 0, 2021/22: 6_000_000, 2022/23: 0}, ours: {2020/21: 0}, last: {2020/21: 0, 2021/22: 5_000_000, 2022/23: 0}}
  hold: true
  source: L11
  state: chosen
draws:
  unit: share
  over: [proposal, allocation]
  values: {first: {public_capital: 0.5, partnership: 0.5}, ours: {public_capital: 1, partnership: 0}, last: {public_capital: 1, partnership: 0}}
  source: L11
  state: chosen
allocated:
  unit: GBP_nominal / year
  over: [allocation, year]
  values: {public_capital: {2020/21: 0, 2021/22: 2_000_000, 2022/23: 0}, partnership: {2020/21: 0, 2021/22: 4_000_000, 2022/23: 0}}
  hold: true
  source: L11
  state: chosen
""",
    "disposals.yaml": """
freed_by: {unit: flag, over: [disposal, site], values: {clinic: &site {whitegate_drive: 1, others: 0}, surgery: *site}, source: L11, state: chosen}
vacated: {unit: number, over: [disposal], values: {clinic: 4, surgery: 0}, source: L11, state: chosen}
sold: {unit: number, over: [disposal], values: {clinic: 5, surgery: 0}, source: L11, state: chosen}
receipt: {unit: GBP_real, over: [disposal], values: {clinic: 1_000_000, surgery: 0}, source: L11, state: chosen}
sale_cost: {unit: share, over: [disposal], value: 0.04, source: L11, state: chosen}
kept: {unit: share, over: [disposal], value: 0.5, source: L11, state: chosen}
paid_into: {unit: flag, over: [disposal, fund], values: {clinic: {receipts: 1, others: 0}, others: 0}, source: L11, state: chosen}
running_cost: {unit: GBP_real / year, over: [disposal], values: {clinic: 80_000, surgery: 50_000}, source: L11, state: chosen}
backlog: {unit: GBP_real, over: [disposal], values: {clinic: 300_000, surgery: 0}, source: L11, state: chosen}
backlog_planned: {unit: share, over: [disposal], values: {clinic: 0.5, surgery: 0}, source: L11, state: chosen}
owner: {unit: flag, over: [disposal, body], values: {clinic: {committee: 1, others: 0}, others: 0}, source: L11, state: chosen}
running_benefit: {unit: flag, over: [disposal, benefit], values: {clinic: &running {estate_running: 1, others: 0}, surgery: *running}, source: L11, state: chosen}
capital_benefit: {unit: flag, over: [disposal, benefit], values: {clinic: {estate_capital: 1, others: 0}, others: 0}, source: L11, state: chosen}
""",
}


def neighbourhood_case(folder: Path) -> Path:
    """Write the case into a folder that is not there yet."""
    shutil.copytree(resource(f"assumptions/cases/{_CASE}"), folder)
    case = folder / "case.yaml"
    replace_once(case, "members:\n  provider:", f"{_MEMBERS}  provider:")
    replace_once(case, "pairs:\n", _PAIR)
    replace_once(case, "  benefit:\n", _BENEFITS)
    replace_once(case, _FUND, f"{_FUND}    receipts: Receipts of buildings let go\n")
    replace_once(folder / "funding.yaml", "trust_cash: 0}", "trust_cash: 0, receipts: 0}")
    ramp = folder / "benefits.yaml"
    replace_once(ramp, "  values:\n", "  values:\n    estate_capital: {2020/21: 1}\n    estate_running: {2020/21: 1}\n")
    for name, text in _FILES.items():
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    return folder
