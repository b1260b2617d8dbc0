"""A department's workbook, edited as it stands: only the parts that change are written anew. No database.

openpyxl would lose images, charts, parts of macros and what newer Excel wrote; so the XML of the sheet itself
is edited and every other part of the zip stays as it is, byte for byte.
"""

from .book import Book
from .cells import Cell, letters, number_of, place
from .growth import Growth
from .page import Page

__all__ = ["Book", "Cell", "Growth", "Page", "letters", "number_of", "place"]
