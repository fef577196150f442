"""What reading a case gives: its frame, and each input's values with where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.digest import Digest
from casebuilder.inputs.edits import Members as Members
from casebuilder.inputs.edits import Scenario
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.logged import Logged

UNVERIFIED, CHOSEN = "unverified", "chosen"
STATES = ("published", "local", CHOSEN, UNVERIFIED)
# What lies between the ends of a range.
PERT, TRIANGULAR, UNIFORM = "pert", "triangular", "uniform"
NORMAL, LOGNORMAL = "normal", "lognormal"
DISCRETE, EMPIRICAL = "discrete", "empirical"


@dataclass(frozen=True)
class Source:
    """An entry of a source register; ids are never renumbered.

    `about` is the place that it is evidence of, where it is not of England or of everywhere.
    """

    id: str
    title: str
    address: str = ""
    date: str = ""
    licence: str = ""
    note: str = ""
    about: str = ""


@dataclass(frozen=True)
class Value:
    """One value of one input, as given: a number, or a word for an input with choices.

    `members` are in the order of the input's dimensions; the last is a period label
    (`2026/27`, `2026-04`) where the input varies over time. `place` is where it was typed; None where
    the calendar or the input's default gives it. `to_do` says what is still to be done about it, where it
    is a placeholder or copied. `shape` is that of the range from `low` to `high`; `outcomes` are the values
    of a discrete or empirical one, each with its chance.
    """

    amount: float | str
    low: float | None = None
    high: float | None = None
    place: Place | None = field(default=None, compare=False)
    to_do: str = field(default="", compare=False)
    shape: str = PERT
    outcomes: tuple[tuple[float, float], ...] = ()

    @property
    def spread(self) -> str:
        """The shape of the range in words, with the values of one that lists them."""
        if not self.outcomes:
            return self.shape
        values = ", ".join(f"{value:.15g} × {chance:.15g}" for value, chance in self.outcomes)
        return f"{self.shape}: {values}"


@dataclass(frozen=True)
class ToDo:
    """What of a case is a placeholder or copied, so that something is still to be done about it.

    Attributes
    ----------
    key
        The input's key; `case`, `decision` or `sources.L1` for what is no value.
    what
        What is to be done, in words.
    place
        Where it stands: the file's short name and the line.
    source
        What vouches for the values so far; empty where nothing does.
    option
        The option whose own values these are; None for the base case.
    members
        The members, or the combinations joined by commas, that it is about; empty for all there are.
    values
        The combinations, in the order of the input's dimensions; none for what is no value.
    """

    key: str
    what: str
    place: Place
    source: str = ""
    option: str | None = None
    members: tuple[str, ...] = ()
    values: tuple[Members, ...] = ()

    @property
    def name(self) -> str:
        """The key with its option and members, nearly as `--set` takes it."""
        members = f"[{'; '.join(self.members)}]" if self.members else ""
        return f"{f'{self.option}:' if self.option else ''}{self.key}{members}"


@dataclass(frozen=True)
class Origin:
    """Where a set of values was given and what vouches for it.

    A value that replaced another and brought no source has an empty one, and is unverified. `of` is the
    place whose own value it is, where it is one of a place.
    """

    file: str
    line: int
    column: int
    source: str
    state: str
    note: str = ""
    shape: str = PERT
    of: str = ""

    def vouched(self, sources: Mapping[str, Source]) -> str:
        """The source with its title; where there is none, in words that there is none."""
        if self.source:
            title = sources[self.source].title if self.source in sources else ""
            return f"{self.source}: {title}" if title else self.source
        return "" if self.state != UNVERIFIED else "value of the case, no source given"


# Of a value that nobody gives, where its input has a default.
DEFAULT = Origin("(default)", 1, 1, "", "chosen")


@dataclass(frozen=True)
class Override:
    """One value that replaced another: what, for which option, from, to, and by what."""

    key: str
    members: Members
    option: str | None
    before: float | str
    after: float | str
    by: str


@dataclass(frozen=True)
class InputValues:
    """All values of one input.

    Attributes
    ----------
    input
        The declaration these values are for.
    base
        A value for every combination of members (and period) that exists.
    base_origin
        The file that the base values came from; the last one where several did.
    options
        For an option, only the values that differ, with their origin.
    prices_of
        The financial year of the prices quoted, where it is not the base year; else empty.
    other_origins
        The origin of base values that are not from the last file: those a case leaves to the
        reference set, and those left to their default.
    option_others
        For an option the origin of values that are not from its file, or that repeat the base.
    opened
        The options that open the input: their cells in the workbook can be typed in, though they
        give no value of their own.
    """

    input: Input
    base: Mapping[Members, Value]
    base_origin: Origin
    options: Mapping[str, Mapping[Members, Value]] = field(default_factory=dict)
    option_origins: Mapping[str, Origin] = field(default_factory=dict)
    prices_of: str = ""
    other_origins: Mapping[Members, Origin] = field(default_factory=dict)
    option_others: Mapping[str, Mapping[Members, Origin]] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()

    def touched_by(self, option: str) -> bool:
        """Whether an option overrides a value or opens the input, and so has cells for all of it."""
        return option in self.opened or bool(self.options.get(option))

    def origin(self, option: str | None, members: Members) -> Origin:
        """Where the value that holds for an option, or for the base case, was given."""
        if option is not None and members in self.options.get(option, {}):
            return self.option_others.get(option, {}).get(members, self.option_origins[option])
        return self.other_origins.get(members, self.base_origin)

    def amount(self, option: str, members: Members) -> float | str:
        """The value that holds for an option."""
        return self.options.get(option, {}).get(members, self.base[members]).amount


@dataclass(frozen=True)
class CaseInfo:
    """What case.yaml says of the case itself."""

    name: str
    title: str
    host: str
    base_year: str
    first_month: str
    reference: str
    folder: Path
    description: str = ""
    system: str = ""


@dataclass(frozen=True)
class Claim:
    """A headline figure that the bid states or that was published: the model is held to it."""

    headline: str
    option: str
    value: float
    tolerance: float
    source: str
    note: str = ""


@dataclass(frozen=True)
class Priorities:
    """What binds the choice of sites, whatever the money.

    Attributes
    ----------
    needs
        For a site, those without which it is not built: a spoke needs its hub.
    excludes
        Pairs of sites of which one at most is built.
    at_least
        For a district, how many centres must stand in it.
    places
        For a district, where case.yaml asks for them.
    """

    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excludes: tuple[tuple[str, str], ...] = ()
    at_least: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


# How a reason begins that `new` wrote: whoever makes it theirs takes these words out.
DRAFT = "Draft, nobody's yet: "


@dataclass(frozen=True)
class Shown:
    """A line that shows something: which way is better, and where it is looked at.

    Attributes
    ----------
    text
        What it is said to show; the name of a criterion.
    line
        The line's key.
    at
        A member of each of its dimensions, the period among them.
    more
        Whether more of it is better.
    weight
        Of a criterion; 0 for a reason.
    scale
        Of a criterion: the values between which points run, the lesser first; None where they run from the
        worst option to the best.
    """

    text: str
    line: str
    at: Mapping[str, str]
    more: bool
    weight: float = 0.0
    scale: tuple[float, float] | None = None

    @property
    def draft(self) -> bool:
        """Whether `new` wrote it and nobody has made it theirs."""
        return self.text.startswith(DRAFT)

    @property
    def key(self) -> str:
        """The line with its members, as `explain` takes it."""
        members = ",".join(self.at.values())
        return f"{self.line}[{members}]" if members else self.line


@dataclass(frozen=True)
class Decision:
    """Which option is put forward, by whom, by what it is judged, and why though another ranks first.

    `place` is where decision.yaml begins; None where the case has none.
    """

    by: str = ""
    source: str = ""
    state: str = ""
    note: str = ""
    criteria: tuple[Shown, ...] = ()
    reasons: tuple[Shown, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class Correlation:
    """Two inputs or drivers that go together: the rank correlation of their draws, and its source."""

    a: str
    b: str
    rank: float
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Uncertainty:
    """How what is uncertain goes together.

    Attributes
    ----------
    drivers
        For an input that follows a driver, the driver, and 1 where it runs with it, −1 where against it.
    each
        The inputs whose members are drawn each for itself.
    whole
        The inputs of which it is said that they are drawn as a whole, decisions too.
    correlations
        What else goes together.
    """

    drivers: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    each: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    correlations: tuple[Correlation, ...] = ()

    def draws(self, key: str, state: str) -> bool:
        """Whether a value of an input is one of chance: a decision is none, unless the case says so."""
        return state != CHOSEN or key in self.whole or key in self.each or key in self.drivers


@dataclass(frozen=True)
class CaseInputs:
    """A case read, checked and bound to the inputs that the lines declare.

    `left_out` holds the lines, chapters and headlines that the case leaves out on purpose, with the reason;
    `notes` what is worth saying of each `--set`; `gaps` are the warnings of pairs that are missing;
    `in_workbook` the options to lay out beside the baseline and the one put forward; `decision` why it is;
    `to_do` what is still to be done about texts of the case; what is to be done about a value stands with it;
    `log` who changed which value and why, the oldest first; `scenarios` the named scenarios of the case, and
    `scenario` the one that is laid on these values; empty where none is; `uncertainty` how draws go together.
    """

    info: CaseInfo
    frame: Frame
    values: Mapping[str, InputValues]
    sources: Mapping[str, Source]
    overrides: tuple[Override, ...] = ()
    claims: tuple[Claim, ...] = ()
    warnings: tuple[Fault, ...] = ()
    digest: Digest = field(default_factory=lambda: Digest({}), compare=False)
    texts: Mapping[str, str] = field(default_factory=dict)
    priorities: Priorities = field(default_factory=Priorities)
    left_out: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    gaps: tuple[Fault, ...] = ()
    in_workbook: tuple[str, ...] = ()
    decision: Decision = field(default_factory=Decision)
    to_do: tuple[ToDo, ...] = ()
    log: tuple[Logged, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    scenario: str = ""
    uncertainty: Uncertainty = field(default_factory=Uncertainty)

    @property
    def sha256(self) -> str:
        """The hash of the values as they were read, or edited since."""
        return self.digest.text
