"""Where and when: the calendar, the sites and their rooms, hosts, steps to opening, pay scales and risks."""

from casebuilder.model.setting import (
    bias,
    bought_contract,
    cost_lines,
    digital,
    estate,
    hosting,
    longlist,
    pay,
    private_contracts,
    programme,
    risks,
    throughput,
    timeline,
    works,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    timeline, pay, cost_lines, longlist, estate, hosting, throughput, programme, bought_contract, digital,
    risks, works, bias, private_contracts,
)
