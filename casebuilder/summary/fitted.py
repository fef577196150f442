"""Tables on the terminal that fit its width: figures are never cut, texts give way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Column, Table
from rich.text import Text

# As narrow as a text becomes before columns move below, and before headings break at their spaces.
_LEAST, _READABLE = 8, 12


@dataclass(frozen=True)
class _Wide:
    """How wide a column must be and would be."""

    column: Column
    figures: bool
    whole: int  # as wide as its widest cell, and its heading unbroken
    broken: int  # the same with its heading broken at spaces

    def least(self, strict: int) -> int:
        """The least width: a figure's whole, a text's readable or what is asked, the harder the less."""
        if self.figures:
            return self.broken if strict else self.whole
        asked = self.column.min_width or 0
        return min(self.whole, max(asked, _READABLE) if strict < 2 else max(asked // 2, _LEAST))

    @property
    def most(self) -> int:
        """The width it would have."""
        return max(self.whole, self.column.min_width or 0)


class FittedTable(Table):
    """A table whose columns to the right hold figures, kept whole at any width.

    Texts wrap. Where figures leave no room for them the further columns follow in blocks below, each
    beside the first text again.
    """

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """The width of its widest block."""
        blocks = list(self._blocks(console, options))
        wide = max((sum(widths) + self._gap * (len(widths) - 1) for _, widths in blocks), default=0)
        return Measurement(wide, wide).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Its blocks, an empty line between them."""
        for number, (places, widths) in enumerate(self._blocks(console, options)):
            if number:
                yield Text("")
            yield self._block(places, widths)

    @property
    def _gap(self) -> int:
        return self.padding[1]

    def _blocks(self, console: Console, options: ConsoleOptions) -> Iterator[tuple[list[int], list[int]]]:
        """For every block the columns in it and their widths."""
        wides = [_wide(console, options, column) for column in self.columns]
        everything = list(range(len(wides)))
        for strict in range(3):
            widths = self._widths(wides, options.max_width, strict)
            if widths:
                yield everything, widths
                return
        texts = [place for place, wide in enumerate(wides) if not wide.figures]
        first = everything[: (texts[0] if texts else 0) + 1]
        places = list(first)
        for place in everything[len(first) :]:
            tried = [wides[each] for each in [*places, place]]
            if len(places) > len(first) and not self._widths(tried, options.max_width, 1):
                yield places, self._forced([wides[each] for each in places], options.max_width)
                places = list(first)
            places.append(place)
        yield places, self._forced([wides[each] for each in places], options.max_width)

    def _forced(self, wides: Sequence[_Wide], room: int) -> list[int]:
        """Widths however narrow the room."""
        found = (self._widths(wides, room, strict) for strict in (1, 2))
        return next((widths for widths in found if widths), [wide.least(2) for wide in wides])

    def _widths(self, wides: Sequence[_Wide], room: int, strict: int) -> list[int]:
        """Widths that fit, the widest texts giving way first; empty where the least does not fit."""
        widths = [wide.least(strict) for wide in wides]
        left = room - sum(widths) - self._gap * (len(wides) - 1)
        if left < 0:
            return []
        growing = [place for place, wide in enumerate(wides) if widths[place] < wide.most]
        while left and growing:
            narrowest = min(growing, key=widths.__getitem__)
            widths[narrowest] += 1
            left -= 1
            growing = [place for place in growing if widths[place] < wides[place].most]
        return widths

    def _block(self, places: Sequence[int], widths: Sequence[int]) -> Table:
        block = Table(
            box=None,
            padding=self.padding,
            pad_edge=False,
            header_style=self.header_style,
            show_edge=False,
            show_header=self.show_header,
        )
        for place, width in zip(places, widths, strict=True):
            own = self.columns[place]
            block.add_column(
                own.header,
                width=width,
                justify=own.justify,
                overflow="fold",
                vertical=own.vertical,
                style=own.style,
            )
        cells = [list(self.columns[place].cells) for place in places]
        for row in zip(*cells, strict=True):
            block.add_row(*row)
        return block


def _wide(console: Console, options: ConsoleOptions, column: Column) -> _Wide:
    figures = column.justify == "right" or column.width is not None
    unbounded = options.update(width=10_000)

    def measured(cell: RenderableType) -> Measurement:
        return Measurement.get(console, unbounded, cell)

    heading = measured(column.header)
    if column.width is not None:
        return _Wide(column, figures, column.width, column.width)
    own = max((measured(cell).maximum for cell in column.cells), default=0)
    return _Wide(column, figures, max(own, heading.maximum), max(own, heading.minimum))
