"""What analyses find out about a case: worked out once, then handed to the workbook and the terminal alike.

A page never evaluates. It asks for a finding; what costs time is worked out when the first page shows it,
and kept for all that come after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from casebuilder.analysis.options.pooling import Pooling, pooling_effects
from casebuilder.analysis.options.switching import Standing, standings
from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.sharing.offered import Offered, offered
from casebuilder.analysis.sharing.pool_shares import PoolShares, pool_shares
from casebuilder.analysis.uncertainty.chance.scores import SOBOL
from casebuilder.analysis.uncertainty.kept import ranking_kept
from casebuilder.analysis.uncertainty.ranking import Ranking
from casebuilder.analysis.uncertainty.side_by_side import ByScenario, by_scenario
from casebuilder.analysis.uncertainty.switching_kept import switching_kept
from casebuilder.analysis.uncertainty.to_do import Moved, what_is_left
from casebuilder.analysis.uncertainty.why.stressed import Stressed, stressed
from casebuilder.analysis.uncertainty.why.stresses import stresses
from casebuilder.analysis.uncertainty.why.switching import Switch
from casebuilder.analysis.uncertainty.why.targets import Target, targets
from casebuilder.evaluate.engine import Results
from casebuilder.inputs.edits import Scenario
from casebuilder.inputs.shape.in_workbook import put_forward

if TYPE_CHECKING:  # what draws is fetched when something is drawn
    from casebuilder.analysis.uncertainty.chance.simulation import Simulation
    from casebuilder.analysis.uncertainty.chance.told import Told

# By what stresses and scenarios are judged in a workbook: value, affordability and the standard.
STRESSED_BY = (
    "npsv",
    "surplus_steady_state",
    "surplus_worst_year",
    "system_revenue_ask_steady_state",
    "capital_unfunded",
    "over_six_weeks_end",
)
# So many inputs have switching values in a workbook.
SWITCHED = 10
# What an option is held to beside its place among all, each with its limit: at least, or at most.
LIMITS = (("surplus_worst_year", 0.0, True), ("capital_unfunded", 0.0, False))


class Findings:
    """The findings on one case.

    Parameters
    ----------
    results
        The values of every line.
    """

    def __init__(self, results: Results) -> None:
        """Work out nothing yet."""
        self._results = results
        self._shared: dict[str | None, PoolShares | None] = {}
        self._offered: dict[str | None, Offered | None] = {}
        self._told: dict[tuple[int, int], Told | None] = {}
        self._simulated: dict[tuple[int, int, str], Simulation | None] = {}

    @cached_property
    def pooling(self) -> Mapping[str, Pooling]:
        """By option that pools lists, who waits longer for it.

        Empty where none does, and where lines of the case have no value, which its checks say.
        """
        return {} if self._results.no_values else pooling_effects(self._results.problem)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """By option, its places among all and what would change them; empty where that cannot be told."""
        return standings(self._results)

    @cached_property
    def ranking(self) -> Ranking | None:
        """The inputs by what their range does; None where the case has no value, or a line has none."""
        return ranking_kept(self._results)

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The named scenarios of the case, then its stresses, but for one that is named like one of these."""
        own = self._results.problem.inputs.scenarios
        if self._results.no_values:
            return own
        named = {each.name for each in own}
        found = (each for each in stresses(self._results) if each.edits and each.name not in named)
        return (*own, *(each.scenario for each in found))

    @cached_property
    def stressed(self) -> list[Stressed]:
        """What the stresses that every bid is put to do to the option put forward."""
        return stressed(self._results, put_forward(self._results.problem.frame), STRESSED_BY)

    @cached_property
    def by_scenario(self) -> ByScenario | None:
        """The option put forward in each named scenario of the case; None where there are none."""
        problem = self._results.problem
        return by_scenario(self._results, put_forward(problem.frame)) if problem.inputs.scenarios else None

    @cached_property
    def switching(self) -> Mapping[Target, Sequence[Switch]]:
        """Switching values of the inputs that move the value of the option put forward most.

        For the option to rank first, to lose nothing in its worst year, to leave no capital to be found, and
        for a ratio of one.
        """
        ranking = self.ranking
        if ranking is None:
            return {}
        keys = [each.key for each in ranking.leading(SWITCHED)]
        wanted = targets(self._results.problem, ranking.option, LIMITS)
        return switching_kept(self._results, wanted, keys) if keys else {}

    @cached_property
    def to_do(self) -> list[Moved]:
        """What is still a placeholder or copied, in the order of what it does."""
        return what_is_left(self._results)

    def simulation(
        self, draws: int, seed: int = 1, tell: Tell = silent, sampling: str = SOBOL
    ) -> Simulation | None:
        """Every headline in many cases that could be; None where no input has a range.

        Parameters
        ----------
        draws
            How many.
        seed
            The same seed gives the same draws.
        tell
            Told how many are worked out, of how many.
        sampling
            `sobol` or `latin`.
        """
        from casebuilder.analysis.uncertainty.chance.kept import simulation_kept

        asked = (draws, seed, sampling)
        if asked not in self._simulated:
            self._simulated[asked] = simulation_kept(self._results.problem, draws, seed, sampling, tell)
        return self._simulated[asked]

    def told(self, draws: int, seed: int = 1, tell: Tell = silent) -> Told | None:
        """What a simulation comes to, for every option; None where no input has a range or none is run.

        Parameters
        ----------
        draws, seed, tell
            As for `simulation`.
        """
        from casebuilder.analysis.uncertainty.chance.told import tell_of

        if (draws, seed) not in self._told:
            found = self.simulation(draws, seed, tell) if draws else None
            self._told[draws, seed] = None if found is None else tell_of(found)
        return self._told[draws, seed]

    def require_simulation(
        self, draws: int, seed: int = 1, tell: Tell = silent, sampling: str = SOBOL
    ) -> Simulation:
        """The same, of a case in which there is something to draw.

        Raises
        ------
        CaseError
            No input of the case has a range; the message says how to give one.
        """
        from casebuilder.analysis.uncertainty.chance.simulation import require_ranges

        require_ranges(self._results.problem)
        found = self.simulation(draws, seed, tell, sampling)
        assert found is not None
        return found

    def offered(self, option: str | None = None) -> Offered | None:
        """What each member of a pool is asked to sign; None where there is no pool.

        Parameters
        ----------
        option
            As of `sharing`.

        Raises
        ------
        CaseError
            A trust joins that has nothing to buy.
        """
        if option not in self._offered:
            shares = self.sharing(option)
            self._offered[option] = offered(shares) if shares is not None else None
        return self._offered[option]

    def sharing(self, option: str | None = None) -> PoolShares | None:
        """How the cost of a pool may be shared; None where there is none.

        Parameters
        ----------
        option
            The option whose pool it is; by default the last that takes a route that pools.

        Raises
        ------
        CaseError
            A trust joins that has nothing to buy.
        """
        if option not in self._shared:
            self._shared[option] = pool_shares(self._results, option)
        return self._shared[option]
