"""Tables of docs/reference_class.md; `python -m tests.published.built_centres_page` writes them anew."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from casebuilder.tasks.built_centres import Compared, compared, uplifts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference_class.md"
KINDS = {
    "new_build": "new building",
    "modular": "modular",
    "refurbishment": "refurbished",
    "retail": "retail or offices converted",
}
ROOMS_FROM = {
    "public": "numbers of rooms",
    "kinds": "kinds of room",
    "tests": "tests a year",
    "parts": "its three centres",
}
# What is asked: within 35 % of the published cost, none beyond a factor of two; area within a fifth.
NEAR, FACTOR, AREA_NEAR = 0.35, 2.0, 0.2


@cache
def schemes() -> tuple[Compared, ...]:
    """Every scheme beside its build-up."""
    return tuple(compared())


def in_class() -> list[Compared]:
    """Those whose cost has the scope of a centre."""
    return [each for each in schemes() if each.counts and each.ratio is not None]


def near(ratio: float | None, by: float = NEAR) -> bool:
    """Whether what is built up lies within a share of what is published."""
    return ratio is not None and abs(ratio - 1) <= by


def beyond(ratio: float | None) -> bool:
    """Whether it is out by more than a factor of two."""
    return ratio is not None and not 1 / FACTOR <= ratio <= FACTOR


def table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    """The lines of a table."""
    return [f"| {' | '.join(of)} |" for of in (head, ["---"] * len(head), *rows)]


def millions(pounds: float | None) -> str:
    """£m to one decimal; a dash where it is not public."""
    return "–" if pounds is None else f"{pounds / 1e6:.1f}"


def times(ratio: float | None) -> str:
    """A ratio to two decimals; a dash where there is none."""
    return "–" if ratio is None else f"{ratio:.2f}"


def cost_row(each: Compared) -> list[str]:
    """Published and built-up cost of a scheme."""
    row = each.scheme.row
    of = each.ratio_public
    verdict = "" if near(of) else "beyond a factor of two" if beyond(of) else "beyond 35 %"
    return [
        row["name"],
        KINDS[row["kind"]],
        row["year"],
        millions(each.scheme.number("cost")),
        millions(each.scheme.cost),
        ROOMS_FROM[row["rooms_from"]],
        millions(each.built.cost),
        times(each.ratio),
        times(each.ratio_measured),
        verdict,
        row["source"],
    ]


def costs() -> list[str]:
    """The class by kind of building, dearest first."""
    head = ["centre", "kind", "prices of", "published, £m", "at 2025/26, £m", "rooms from"]
    order = list(KINDS)
    rows = sorted(in_class(), key=lambda e: (order.index(e.scheme.row["kind"]), -(e.scheme.cost or 0)))
    head += ["built up by rooms, £m", "over published", "with its area", "", "source"]
    return table(head, (cost_row(each) for each in rows))


def area_row(each: Compared) -> list[str]:
    """Published area, and that by the schedule of a scheme's rooms."""
    row = each.scheme.row
    return [
        row["name"],
        f"{each.scheme.number('area'):,.0f}" + (", without plant" if each.scheme.plant_outside else ""),
        f"{each.built.area_without_plant if each.scheme.plant_outside else each.built.area:,.0f}",
        times(each.ratio_area),
        "" if near(each.ratio_area, AREA_NEAR) else "beyond a fifth",
        row["source"],
    ]


def with_area() -> list[Compared]:
    """Those whose gross area is public."""
    return [each for each in schemes() if each.ratio_area is not None]


def areas() -> list[str]:
    """Where a gross area is public."""
    head = ["centre", "published, m²", "by its rooms, m²", "over published", "", "source"]
    return table(head, map(area_row, with_area()))


def left_out() -> list[str]:
    """Schemes of the table that are not in the class."""
    rows = [
        [e.scheme.row["name"], millions(e.scheme.number("cost")), millions(e.built.cost),
         e.scheme.row["scope"], e.scheme.row["source"]]
        for e in schemes()
        if not e.counts
    ]  # fmt: skip
    return table(["scheme", "published, £m", "built up, £m", "what is known", "source"], rows)


def by_kind() -> list[str]:
    """How the build-up from all that is public lies to the class, by kind."""
    rows = []
    for kind, name in [*KINDS.items(), ("", "all")]:
        of = sorted(e.ratio_public or 0 for e in in_class() if kind in ("", e.scheme.row["kind"]))
        middle = (of[(len(of) - 1) // 2] + of[len(of) // 2]) / 2
        inside = sum(near(ratio) for ratio in of)
        rows.append([name, f"{len(of)}", f"{inside}", times(of[0]), times(middle), times(of[-1])])
    return table(["kind", "schemes", "within 35 %", "lowest ratio", "middle", "highest"], rows)


def uplift() -> list[str]:
    """What the class adds to a build-up without contingency and bias."""
    p50, p80 = uplifts()
    return table(
        ["exceeded by", "uplift"],
        [["half of the class (P50)", f"{p50:.1%}"], ["a fifth (P80)", f"{p80:.1%}"]],
    )


def tables() -> list[list[str]]:
    """The tables of the page that follow from the class, in its order."""
    return [by_kind(), costs(), areas(), uplift(), left_out()]


MARK = "<!-- worked out -->"


def written() -> list[list[str]]:
    """The tables that the page holds below a mark, in its order."""
    found: list[list[str]] = []
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for place, each in enumerate(lines):
        if each == MARK:
            after = lines[place + 1 :]
            end = next((k for k, one in enumerate(after) if not one.startswith("|")), len(after))
            found.append(after[:end])
    return found


def page() -> None:
    """Write the tables."""
    kept: list[str] = []
    new = iter(tables())
    inside = False
    for each in PAGE.read_text(encoding="utf-8").splitlines():
        inside = inside and each.startswith("|")
        if not inside:
            kept.append(each)
        if each == MARK:
            kept.extend(next(new))
            inside = True
    PAGE.write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    page()
