"""The doors of declarations in the API: what is asked, taking one, reading the newest."""

from . import asking, reading, taking
from .router import router

__all__ = ["asking", "reading", "router", "taking"]
