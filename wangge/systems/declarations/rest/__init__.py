"""The doors of declarations in the API: taking one, reading the newest."""

from . import reading, taking
from .router import router

__all__ = ["reading", "router", "taking"]
