"""Sessions, what was given out at them, and the materials."""

from .material import Material
from .session import Given, Session

__all__ = ["Given", "Material", "Session"]
