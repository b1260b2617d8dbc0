"""Tours, their stops, and what was raised there."""

from .problem import Problem
from .tour import Stop, Tour

__all__ = ["Problem", "Stop", "Tour"]
