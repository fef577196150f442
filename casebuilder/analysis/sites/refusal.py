"""Why no plan of sites keeps to rules and limits, and which limits no site keeps to: by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.sites.programme import OUT, Limit, Plan, least_capital, within
from casebuilder.analysis.sites.search import SiteSearch
from casebuilder.errors import CaseError

_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


def asked(count: int, place: str) -> str:
    """A minimum in words: `one centre in Sefton`, `two centres`."""
    where = f" in {place}" if place else ""
    return f"{_WORDS.get(count, str(count))} centre{'' if count == 1 else 's'}{where}"


def refusal(search: SiteSearch, labels: Mapping[str, str]) -> CaseError:
    """The first rule or limit that cannot be met.

    Parameters
    ----------
    search
        A search that found nothing.
    labels
        The names of districts.
    """
    rules = search.rules
    wanted = [
        asked(each.count, labels.get(district, ""))
        for each, district in zip(rules.minima, rules.wanted, strict=True)
    ]
    instance = search.estimate(search.none, {}).instance
    for name, limit in search.limits.items():
        cheapest = least_capital(instance, limit)
        if cheapest is None:
            what = " and ".join(wanted)
            return CaseError(f"no set of sites has {what}: what sites need or exclude forbids it")
        if not within([limit], search.values.worth(cheapest.plan).by_year):
            return CaseError(_short(search, name, limit, cheapest.plan, " and ".join(wanted)))
    names = " and ".join(search.limits)
    return CaseError(f"no plan keeps to the limits of {names} at once, though each by itself can be kept to")


@dataclass(frozen=True)
class BelowAnySite:
    """A limit of capital below what any site by itself spends in its years.

    Attributes
    ----------
    name, limit
        Of the limit, in pounds.
    site, least
        The site that spends least, and what, in pounds.
    """

    name: str
    limit: float
    site: str
    least: float


def limits_below_any_site(search: SiteSearch) -> list[BelowAnySite]:
    """The limits of a search that no site by itself keeps to, at whichever start."""
    before = search.values.worth(search.none).by_year
    spent = {
        site: [
            search.values.worth(search.alone(site, start)).by_year - before for start in range(search.starts)
        ]
        for site in search.sites
    }
    found = []
    for name, limit in search.limits.items():
        years = list(limit.years)
        least = {site: min(float(each[years].sum()) for each in of) for site, of in spent.items()}
        cheapest = min(least, key=lambda site: least[site], default=None)
        if cheapest is not None and limit.amount < least[cheapest]:
            label = search.candidates[cheapest].label
            found.append(BelowAnySite(name, limit.amount, label, least[cheapest]))
    return found


def _short(search: SiteSearch, name: str, limit: Limit, plan: Plan, wanted: str) -> str:
    """What a limit does not pay for."""
    least = float(search.values.worth(plan).by_year[list(limit.years)].sum())
    when = "" if len(limit.years) > 1 else f" in {name}"
    built = [
        each.label
        for each, start in zip(search.candidates, plan, strict=True)
        if start != OUT and each.parent is None
    ]
    if not built:
        return f"{_money(limit.amount)}{when} does not pay for what is spent beside sites: {_money(least)}"
    return (
        f"{_money(limit.amount)}{when} does not pay for the least that is asked for: {wanted} "
        f"({', '.join(built)}) {'costs' if len(built) == 1 else 'cost'} {_money(least)}"
    )


def _money(amount: float) -> str:
    """Pounds to as many digits as it takes to tell a limit from what is over it."""
    return f"£{amount / 1e6:,.3f}".rstrip("0").rstrip(".") + "m"
