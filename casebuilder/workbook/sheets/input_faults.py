"""The live tests of the rows of inputs: how many cells cannot be used, and whether any was changed.

A cell by itself is asked whether it is a number first; ranges are counted with COUNTIFS, which passes over
blanks, text and errors: a test is never an error itself. COUNTIF and COUNTIFS stand where nothing else does,
for IronCalc looks through the whole sheet for each. A link to a Base cell that cannot be used is not counted
again: the fault is Base's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.amounts import FLAG, LARGEST
from casebuilder.workbook.layout.columns import Members, letter
from casebuilder.workbook.layout.inputs import AS_BASE

NUMBER, WHOLE, SHARE, WORD, FLAG_KIND = "number", "whole", "share", "word", "flag"
CHANGED = "changed"
# The most that any number may be, either way.
_LARGEST = f"{LARGEST:.0E}"
_LONGEST = 900
# In a row of more cells than this each word is counted over all of them.
_FEW = 8


def kind_of(item: Input) -> str:
    """What is allowed in the cells of an input, in a word."""
    if item.choices:
        return WORD
    if item.unit == FLAG and not item.fixed:
        return FLAG_KIND
    if item.whole:
        return WHOLE
    return SHARE if item.unit == SHARE else NUMBER


@dataclass(frozen=True)
class Bounds:
    """The least and the most that one row of an input allows; None where there is none."""

    least: float | None
    most: float | None
    above_least: bool = False
    below_most: bool = False


def bounds_of(item: Input, members: Members, first: bool, amount: float | str = "") -> Bounds:
    """The bounds of a row.

    Parameters
    ----------
    item
        The input.
    members
        The members of the row.
    first
        Whether the row is the first along the last dimension, where an input's rise begins.
    amount
        The value that the workbook is built with, which an input that settles its rows keeps.
    """
    kind = kind_of(item)
    if item.fixed and not isinstance(amount, str):
        return Bounds(amount, amount)
    if kind == WORD:
        return Bounds(None, None)
    if kind == FLAG_KIND:
        return Bounds(0.0, 1.0)
    if item.rises_from is not None and members and first:
        return Bounds(item.rises_from, item.rises_from)
    return Bounds(item.low, item.high, item.low_open, item.high_open)


@dataclass(frozen=True)
class Test:
    """What is tested of the cells of one row, with the cells in which its bounds and words stand.

    Attributes
    ----------
    kind
        What is allowed.
    bounds
        Which bounds there are, and whether they are allowed themselves.
    least, most, words
        The addresses of the row's Least, Most and Words.
    choices
        The words.
    """

    kind: str
    bounds: Bounds
    least: str
    most: str
    words: str
    choices: tuple[str, ...] = ()

    def usable(self, span: Span) -> str:
        """How many cells of a range can be used, whatever stands in the others."""
        return "".join(f"{sign}{text}" for sign, text in self._terms(span)).removeprefix("+")

    def unusable(self, spans: Sequence[Span]) -> str:
        """How many cells of some ranges cannot be used."""
        turned = {"+": "-", "-": "+"}
        terms = "".join(f"{turned[sign]}{text}" for span in spans for sign, text in self._terms(span))
        return f"{sum(span.size for span in spans)}{terms}"

    def both(self, base: Span, link: Span) -> str:
        """Whether Base's cell and a link to it can both be used: 1 or 0."""
        cells = [span.text.partition(":")[0] for span in (base, link)]
        if self.kind == FLAG_KIND:
            tests = "*".join(f"(({cell}={self.least})+({cell}={self.most}))" for cell in cells)
        else:
            listed = ",".join(cells)
            tests = self._bounded(f"MIN({listed})", f"MAX({listed})", cells)
        return f"IF(COUNT({','.join(cells)})=2,{tests},0)"

    def within(self, span: Span) -> str:
        """The arguments with which COUNTIFS counts the cells within the bounds."""
        bounds, parts = self.bounds, []
        if bounds.least is not None:
            parts.append(f'{span.text},"{">" if bounds.above_least else ">="}"&{self.least}')
        else:
            parts.append(f'{span.text},">=-{_LARGEST}"')
        if bounds.most is not None:
            parts.append(f'{span.text},"{"<" if bounds.below_most else "<="}"&{self.most}')
        else:
            parts.append(f'{span.text},"<={_LARGEST}"')
        return ",".join(parts)

    def _terms(self, span: Span) -> list[tuple[str, str]]:
        """What adds up to the number of usable cells, each with its sign."""
        if self.kind == WORD:
            return [("+", text) for text in self._words(span)]
        if span.size == 1:
            return [("+", self._alone(span.text.partition(":")[0]))]
        if self.kind == FLAG_KIND:
            return [
                ("+", f'COUNTIFS({span.text},">="&{at},{span.text},"<="&{at})')
                for at in (self.least, self.most)
            ]
        count = f"COUNTIFS({self.within(span)})"
        if self.kind != WHOLE:
            return [("+", count)]
        cells = span.text
        least = f"*({cells}>={self.least})" if self.bounds.least is not None else ""
        most = self.most if self.bounds.most is not None else _LARGEST
        # A text or an error in the range leaves this out: the row is at fault by then.
        broken = f"IFERROR(SUMPRODUCT(({cells}<>INT({cells}*1)){least}*({cells}<={most})),0)"
        return [("+", count), ("-", broken)]

    def _alone(self, cell: str) -> str:
        """Whether one cell can be used: 1 or 0."""
        if self.kind == FLAG_KIND:
            return f"IF(ISNUMBER({cell}),({cell}={self.least})+({cell}={self.most}),0)"
        return f"IF(ISNUMBER({cell}),{self._bounded(cell, cell, [cell])},0)"

    def _bounded(self, low: str, high: str, cells: Sequence[str]) -> str:
        """Whether numbers, the least and the greatest of some cells, lie within the bounds."""
        bounds = self.bounds
        least = f"-{_LARGEST}" if bounds.least is None else self.least
        most = _LARGEST if bounds.most is None else self.most
        tests = [
            f"({low}{'>' if bounds.above_least else '>='}{least})",
            f"({high}{'<' if bounds.below_most else '<='}{most})",
            *(f"({cell}=INT({cell}))" for cell in cells if self.kind == WHOLE),
        ]
        return "*".join(tests)

    def _words(self, span: Span) -> list[str]:
        """A word letter by letter in a single cell; in a long row as COUNTIF takes it."""
        if span.size > _FEW:
            return [f'COUNTIF({span.text},"{word}")' for word in self.choices]
        cells = [one.text.partition(":")[0] for one in span.cells()]
        return [
            f'ISNUMBER(FIND(","&{cell}&",",","&{self.words}&","))*ISERROR(FIND(",",{cell}))' for cell in cells
        ]


@dataclass(frozen=True)
class Span:
    """Some cells side by side in one row; columns and row from 1."""

    row: int
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many cells."""
        return self.last - self.first + 1

    @property
    def text(self) -> str:
        """The range, with a colon even for one cell: IronCalc counts in nothing else."""
        return f"{letter(self.first)}{self.row}:{letter(self.last)}{self.row}"

    def cells(self) -> list[Span]:
        """Each cell as a range of its own."""
        return [Span(self.row, column, column) for column in range(self.first, self.last + 1)]


def spans(row: int, columns: Iterable[int]) -> list[Span]:
    """Columns gathered into runs side by side."""
    found: list[Span] = []
    for column in sorted(columns):
        if found and column == found[-1].last + 1:
            found[-1] = Span(row, found[-1].first, column)
        else:
            found.append(Span(row, column, column))
    return found


def static_fault(
    test: Test,
    row: int,
    base: int,
    own: Sequence[int],
    links: Sequence[int],
    as_base: Sequence[int],
    rule: str = "",
) -> str:
    """The count for a row with its value in one column.

    Parameters
    ----------
    test
        What is tested.
    row, base
        The row, and the column of the base value.
    own, links, as_base
        The columns of options' own values, of links to Base, and of the words that stand for Base.
    rule
        A count of what is wrong with the row beside others, where Base itself can be used.
    """
    parts = []
    if len(links) == 1 and not rule and test.kind != WORD:
        parts.append(f"1-{test.both(*(Span(row, column, column) for column in (base, *links)))}")
        plain = list(own)
    elif links or rule:
        inner = [*([test.unusable(spans(row, links))] if links else []), *([rule] if rule else [])]
        parts.append(f"IF({test.usable(Span(row, base, base))},{'+'.join(inner)},1)")
        plain = list(own)
    else:
        plain = [base, *own]
    if plain:
        parts.append(test.unusable(spans(row, plain)))
    return "+".join([*parts, *_words_kept(row, as_base)])


def period_fault(test: Test, span: Span, as_base: Sequence[int]) -> str:
    """The count for a row of the base case over time."""
    return "+".join([test.unusable([span]), *_words_kept(span.row, as_base)])


def option_period_fault(test: Test, row: int, base_row: int, own: Sequence[int], links: Sequence[int]) -> str:
    """The count for an option's row over time: its own values, and links whose Base can be used."""
    parts = [test.unusable(spans(row, own))] if own else []
    parts += [_bad_links(test, span, base_row) for span in spans(row, links)]
    text = "+".join(parts)
    if len(text) <= _LONGEST:
        return text
    # Too many runs to write: own values count as links do, once for the period.
    return _bad_links(test, Span(row, min(*own, *links), max(*own, *links)), base_row)


def _bad_links(test: Test, span: Span, base_row: int) -> str:
    """How many cells cannot be used above which Base can."""
    base = Span(base_row, span.first, span.last)
    alone = test.within(base)
    if test.kind in (WORD, FLAG_KIND, WHOLE):
        return f"MAX(0,{test.usable(base)}-({test.usable(span)}))"
    return f"COUNTIFS({alone})-COUNTIFS({alone},{test.within(span)})"


def rises(fault_before: str, cells: Sequence[tuple[str, str]], *, level: bool = False) -> str:
    """Counts the columns in which a number does not rise from the one in the row before.

    Parameters
    ----------
    fault_before
        The count of the row before: where that is at fault, it is counted there.
    cells
        Base's cell and the one before it, which are numbers by then, and those of options.
    level
        Whether it may be the same.
    """
    parts, not_above = [], "<" if level else "<="
    for place, (after, before) in enumerate(cells):
        text = f"--(ROUND({after}-{before},9){not_above}0)"
        parts.append(f"IF(ISNUMBER({after}-{before}),{text},0)" if place else text)
    return f"IF({fault_before}>0,0,{'+'.join(parts)})"


def holds_some(groups: Iterable[Sequence[str]]) -> str:
    """Counts the columns in which all values of a group are nothing."""
    texts = []
    for cells in groups:
        span = ",".join(cells)
        nothing = f"IF(MAX({span})=0,IF(MIN({span})=0,1,0),0)"
        texts.append(f"IF(COUNT({span})={len(cells)},{nothing},0)")
    return "+".join(texts)


def _words_kept(row: int, columns: Sequence[int]) -> Iterator[str]:
    """How many of the cells that stand for Base say anything else; of those of which one is an error, one."""
    if not columns:
        return
    found = spans(row, columns)
    if len({span.size for span in found}) > 1:  # ranges that are not alike cannot be added up
        yield "-".join([str(len(columns)), *(f'COUNTIF({span.text},"{AS_BASE}")' for span in found)])
        return
    alone = found[0].size == 1
    same = [f'({span.text.partition(":")[0] if alone else span.text}="{AS_BASE}")' for span in found]
    text = "+".join(same) if len(same) > 1 else f"--{same[0]}"
    counted = text if alone else f"SUMPRODUCT({text})"
    yield f"{len(columns)}-IFERROR({counted},{len(columns) - 1})"


def static_changed(
    fault: str, row: int, typed: Mapping[int, float | str], links: Sequence[int], base: int
) -> str:
    """Whether a row with its value in one column is other than it was built.

    A row at fault was changed: it was built with values that can be used.
    """
    same = [f"{letter(column)}{row}={_constant(amount)}" for column, amount in typed.items()]
    same += [f"{letter(column)}{row}={letter(base)}{row}" for column in links]
    condition = same[0] if len(same) == 1 else f"AND({','.join(same)})"
    return f'IF({fault}>0,"{CHANGED}",IF({condition},"","{CHANGED}"))'


def period_changed(fault: str, span: Span, amounts: Sequence[float | str]) -> str:
    """Whether a row over time is other than it was built.

    Numbers are added up, each times the root of its column's number, so that an exchange of two is seen,
    and the sum set against what it was. Words are compared one by one.
    """
    cells = span.text
    if any(isinstance(amount, str) for amount in amounts):
        listed = ",".join(_constant(amount) for amount in amounts)
        same = f"SUMPRODUCT(--({cells}={{{listed}}}))={span.size}"
    else:
        weighed = [float(a) * (span.first + n) ** 0.5 for n, a in enumerate(amounts)]
        sum_then, slack = fsum(weighed), 1e-12 * fsum(map(abs, weighed))
        sum_now = f"SUMPRODUCT({cells}*COLUMN({cells})^0.5)"
        same = f"ABS({sum_now}-{sum_then:.15g})<={slack:.1E}".replace("--", "+")
    return f'IFERROR(IF({fault}>0,"{CHANGED}",IF({same},"","{CHANGED}")),"{CHANGED}")'


def _constant(amount: float | str) -> str:
    return '"' + amount.replace('"', '""') + '"' if isinstance(amount, str) else f"{amount:.15g}"
