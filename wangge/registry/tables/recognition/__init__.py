"""Where the table of a blank sheet is, and what each of its columns means. Pure: no database."""

from .columns import Answer, recognise, tallies
from .finding import Found, find

__all__ = ["Answer", "Found", "find", "recognise", "tallies"]
