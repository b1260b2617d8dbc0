"""The list of cases: what is asked for, its rows page by page, the counts on top."""

from .counts import COUNTED_TO, Tile, tiles
from .lines import Line, lines_of
from .pages import page_of
from .wanted import SHOWS, Wanted, open_rows, rows_of, shown
from .words import kinds_known, levels_known, states_known

__all__ = [
    "COUNTED_TO",
    "SHOWS",
    "Line",
    "Tile",
    "Wanted",
    "kinds_known",
    "levels_known",
    "lines_of",
    "open_rows",
    "page_of",
    "rows_of",
    "shown",
    "states_known",
    "tiles",
]
