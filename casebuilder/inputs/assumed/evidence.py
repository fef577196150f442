"""Evidence of another place: values and sources that are of one place and stand in a case of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from casebuilder.errors import Fault
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.values import InputValues, Members, Origin, Source

EVERYWHERE = ("", "England")


class Evidence:
    """What vouches for the values of a case, by the place it is evidence of.

    Parameters
    ----------
    values
        The values of every input.
    sources
        The registers.
    places
        The region and the system of the case, as case.yaml says them.
    """

    def __init__(
        self, values: Mapping[str, InputValues], sources: Mapping[str, Source], places: tuple[str, ...]
    ) -> None:
        """Keep what is looked at."""
        self._values, self._sources = values, sources
        self._own = tuple(filter(None, places))

    def warnings(self, case: Place, whole: Callable[[Fault], Fault]) -> Iterator[Fault]:
        """A warning for each input, and for each source, that is of another place.

        Parameters
        ----------
        case
            Where case.yaml says, or should say, its region and system.
        whole
            Gives a fault of a value its file in full.
        """
        here = " and ".join(self._own) or "this case, whose region and system case.yaml does not say"
        cited: dict[str, dict[str, int]] = {}
        for key, given in self._values.items():
            foreign: dict[Origin, int] = {}
            for origin in _origins(given):
                if self._elsewhere(origin.of):
                    foreign[origin] = foreign.get(origin, 0) + 1
                source = self._sources.get(origin.source)
                if source is not None and self._elsewhere(source.about):
                    counts = cited.setdefault(source.id, {})
                    counts[key] = counts.get(key, 0) + 1
            for origin in foreign:
                what = f"{key}: a value of {origin.of} stands in for {here}: give the case its own"
                yield whole(Fault(origin.file, origin.line, origin.column, what))
        for id, counts in cited.items():
            many = f"{sum(counts.values()):,} value{'s' * (sum(counts.values()) != 1)} of {listed(counts, 3)}"
            about = f"source {id} is about {self._sources[id].about}, not {here}"
            yield case.fault(f"{about}: it vouches for {many}")

    def _elsewhere(self, place: str) -> bool:
        return place not in EVERYWHERE and place not in self._own


def _origins(given: InputValues) -> Iterator[Origin]:
    """The origin of every value, of the base and of each option."""
    layers: list[tuple[str | None, Mapping[Members, object]]] = [(None, given.base), *given.options.items()]
    for option, values in layers:
        for members in values:
            yield given.origin(option, members)
