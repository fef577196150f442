"""Lines of the rates of return and of leases, over flows and leases of hard shapes."""

from __future__ import annotations

from casebuilder.algebra.operators import cumulative, internal_rate, lease_rate, stated
from tests.workbook.mini import Mini

# Four years each, as the frame of the operators has them.
FLOWS = {
    "plain": (-100.0, 40.0, 40.0, 40.0),
    "nothing": (0.0, 0.0, 0.0, 0.0),
    "all_cost": (-1.0, -1.0, -2.0, -1.0),
    "all_gain": (1.0, 1.0, 2.0, 1.0),
    "never_repaid": (-100.0, 30.0, 30.0, 30.0),
    "just_repaid": (-100.0, 30.0, 30.0, 40.0),
    "barely_repaid": (-100.0, 30.0, 30.0, 40.001),
    "late": (0.0, -100.0, 0.0, 150.0),
    "dips_after": (-100.0, 150.0, -20.0, 10.0),
    "turns_twice": (-100.0, 150.0, -60.0, 40.0),
    "gain_first": (50.0, -100.0, 40.0, 40.0),
    "large": (-52e6, 20e6, 30e6, 25e6),
    "almost_double": (-100.0, 198.0, 0.0, 0.0),
    "double": (-100.0, 200.0, 0.0, 0.0),
    "more": (-1.0, 500.0, 900.0, 10.0),
    "leaving_cost": (-10.0, 90.0, 0.0, -75.0),
}
# Payments, each, value, residual, in advance.
LEASES = {
    "arrears": (10.0, 100e3, 779_348.18, 0.0, 0.0),
    "advance": (10.0, 100e3, 816_834.83, 0.0, 1.0),
    "residual": (5.0, 100e3, 400e3, 200e3, 0.0),
    "residual_advance": (25.0, 100e3, 2.0e6, 800e3, 1.0),
    "long": (60.0, 100e3, 1.1e6, 0.0, 1.0),
    "long_dear": (60.0, 100e3, 700e3, 0.0, 0.0),
    "short": (1.0, 100.0, 50.0, 0.0, 0.0),
    "part_year": (6.4, 150e3, 873_964.22, 0.0, 0.0),
    "no_interest": (10.0, 100e3, 1e6, 0.0, 0.0),
    "almost_none": (10.0, 100e3, 999_000.0, 0.0, 0.0),
    "loss": (10.0, 100e3, 1.2e6, 0.0, 0.0),
    "too_dear": (10.0, 100e3, 120e3, 0.0, 0.0),
    "no_payment": (10.0, 0.0, 5.0, 0.0, 0.0),
    "no_value": (10.0, 100e3, 0.0, 0.0, 0.0),
    "no_term": (0.0, 100e3, 1e6, 0.0, 0.0),
    "paid_at_once": (1.0, 100.0, 100.0, 0.0, 1.0),
}


def rates(m: Mini) -> None:
    """Add the lines: a flow of each shape, one that options change, and leases by site."""
    for name, years in FLOWS.items():
        flow = m.input(f"flow_{name}", "GBP_real / year", ("year",), list(years))
        so_far = m.line(f"so_far_{name}", "GBP_real", ("year",), cumulative(flow))
        m.line(f"internal_rate_{name}", "share", (), internal_rate(so_far))
    by_site = m.line("by_site_so_far", "GBP_real", ("site", "year"), cumulative(m.named["money"]))
    m.line("internal_rate_by_site", "share", ("site",), internal_rate(by_site))
    saved = m.line(
        "saved", "GBP_real / year", ("site", "statement"), stated(m.named["money"]) - stated(m.named["yf"])
    )
    statement = m.line("saved_so_far", "GBP_real", ("site", "statement"), cumulative(saved))
    m.line("internal_rate_of_statements", "share", ("site",), internal_rate(statement))
    for name, terms in LEASES.items():
        units = ("number", "GBP_real", "GBP_real", "GBP_real", "flag")
        items = [
            m.input(f"{name}_{k}", unit, (), x) for k, (unit, x) in enumerate(zip(units, terms, strict=True))
        ]
        m.line(f"lease_rate_{name}", "share", (), lease_rate(*items))
    rent = m.named["p"] * m.named["p"]
    m.line("lease_rate_by_site", "share", ("site",), lease_rate(6, rent, rent * 5, rent + rent))
