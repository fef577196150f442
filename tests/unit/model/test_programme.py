"""The programme: two critical paths worked by hand, ties, bias by step, and slip."""

from __future__ import annotations

import pytest

from tests.published.support import Answer, work_out

STEPS = (
    "approval",
    "planning",
    "power",
    "lease",
    "procurement",
    "build",
    "install",
    "acceptance",
    "registration",
    "recruitment",
    "opening",
)
# Months of each step, in the order of STEPS.
POWER_HOLDS = (2, 5, 9, 4, 7, 8, 1, 1, 3, 9, 0.5)
KIT_HOLDS = (0, 3, 3, 3, 14, 6, 2, 1, 2, 12, 1)
FLOATS = ("planning", "power", "lease", "procurement", "build", "acceptance", "registration", "recruitment")


def programme(
    durations: tuple[float, ...],
    *,
    approval: float = 1,
    slip: float = 0,
    late: float = 0,
    bias: dict[str, float] | None = None,
) -> Answer:
    """One site's programme."""
    wanted = ["build_start", "install_start", "opening_start", "opening_end", "planned_opening_month"]
    wanted += ["opening_month", "build_waits_for", "install_waits_for", "opening_waits_for", "critical_steps"]
    wanted += [f"{step}_float" for step in FLOATS]
    return work_out(
        [f"programme.{name}" for name in wanted],
        {
            "programme.approval_month": approval,
            "programme.slip_months": slip,
            "programme.late_kit": late,
            "programme.duration": list(map(float, durations)),
            "programme.duration_bias_upper": [(bias or {}).get(step, 0.0) for step in STEPS],
            "programme.duration_bias_mitigated": 0.5,
        },
        members={"milestone": STEPS},
    )


def floats(found: Answer) -> list[float]:
    return [found(f"programme.{step}_float") for step in FLOATS]


def test_a_power_supply_that_holds_everything_up() -> None:
    """Approved in month 1 + 2 = 3. Planning ends 8, power 12, lease 7; building 12 to 20, kit is there at 10.

    Installed at 21, accepted at 22; registration ends 20 + 3 = 23 and is last; recruitment ends at 12.
    Ready at 23, first patients at 23.5: month 24.
    """
    found = programme(POWER_HOLDS)
    assert found("programme.build_start") == 12
    assert found("programme.install_start") == 20
    assert found("programme.opening_start") == 23
    assert found("programme.opening_end") == 23.5
    assert found("programme.opening_month") == 24
    waits = [found(f"programme.{step}_waits_for") for step in ("build", "install", "opening")]
    assert waits == [2, 1, 2]  # power, building, registration
    # Planning 12 - 8, lease 12 - 7; kit 20 - 10 and the 1 that acceptance may give.
    assert floats(found) == [4, 0, 5, 11, 0, 1, 0, 11]
    assert found("programme.critical_steps") == 3


def test_kit_that_comes_late_and_three_equals() -> None:
    """Kit takes 14 months, to month 15; building 4 to 10. Installed 17, accepted 18, open at 19.

    Planning, power and lease end together: the first of equals is named, and all have the same float:
    building may end 5 later (15 - 10), so may they. Registration ends at 12, recruitment at 13.
    """
    found = programme(KIT_HOLDS)
    assert found("programme.opening_month") == 19
    waits = [found(f"programme.{step}_waits_for") for step in ("build", "install", "opening")]
    assert waits == [1, 2, 1]
    assert floats(found) == [5, 5, 5, 0, 5, 0, 6, 5]
    assert found("programme.critical_steps") == 2


@pytest.mark.parametrize(
    ("step", "months"), [("planning", 4), ("lease", 5), ("procurement", 11), ("acceptance", 1)]
)
def test_a_step_may_use_its_float_and_no_more(step: str, months: int) -> None:
    """Longer by its float a step moves nothing; by a month more it moves the opening by that month."""
    at = STEPS.index(step)
    for more, opening in ((months, 23.5), (months + 1, 24.5)):
        longer = tuple(value + more * (place == at) for place, value in enumerate(POWER_HOLDS))
        assert programme(longer)("programme.opening_end") == opening


def test_bias_counts_only_on_the_critical_path() -> None:
    """39 % on building, half mitigated: 8 x 0.195 = 1.56 months later. On recruitment: nothing."""
    assert programme(POWER_HOLDS, bias={"build": 0.39})("programme.opening_end") == pytest.approx(25.06)
    assert programme(POWER_HOLDS, bias={"recruitment": 0.39})("programme.opening_end") == 23.5


def test_slip_comes_after_the_programme() -> None:
    """Three months of slip move the opening from 24 to 27; the plan stays."""
    found = programme(POWER_HOLDS, slip=3)
    assert (found("programme.planned_opening_month"), found("programme.opening_month")) == (24, 27)


def test_late_kit_is_added_to_slip() -> None:
    """Ready at 23.5; 3 months of slip and 2.4 of late kit make 28.9: month 29. The plan stays."""
    found = programme(POWER_HOLDS, slip=3, late=2.4)
    assert (found("programme.planned_opening_month"), found("programme.opening_month")) == (24, 29)


def test_the_route_taken_moves_the_opening() -> None:
    """Alone takes 6 months to the order, the pool 9, a managed service 14; 2 months are float.

    Against alone the pool is 1 month late beyond the float, the managed service 6. North takes a managed
    service for some of its scanners; south has no scanner but ultrasound from the pool; east has chairs
    alone, which no test waits for; west is not in the option.
    """
    found = work_out(
        ["lateness.delay", "lateness.delay_taken", "programme.late_kit"],
        {
            "routes.route_months": [6.0, 9.0, 14.0],
            "routes.months_of_float": 2.0,
            "routes.waits_for_kit": [1.0, 0.5, 0.0],
            "procurement.route_taken": [0.75, 0.0, 0.0, 0.0, 1.0, 0.0, 0.25, 0.0, 1.0],
            "equipment.units_needed": [4.0, 1.0, 1.0, 0.0, 2.0, 1.0, 0.0, 0.0, 9.0, 1.0, 1.0, 1.0],
            "estate.included": [1, 1, 1, 0],
        },
        members={
            "site": ("north", "south", "east", "west"),
            "equipment": ("mri", "ultrasound", "chair"),
            "route": ("alone", "pool", "managed"),
        },
    )
    assert found("lateness.delay") == [0, 1, 6]
    assert found("lateness.delay_taken") == [6, 1, 0]
    assert found("programme.late_kit") == [6, 1, 0, 0]
