"""What waits for whom, on the home page; and the words of the field."""

from .glossary import glossary
from .home import AreaLine, Counted, area_overview, recent_imports, register_is_empty, tiles_for
from .tiles import TILES, Tile

__all__ = [
    "TILES", "AreaLine", "Counted", "Tile", "area_overview", "glossary", "recent_imports",
    "register_is_empty", "tiles_for",
]  # fmt: skip
