"""Reads of cases."""

from .procedures import NoSuchProcedure, procedure_now, procedure_of
from .similar import Likeness, similar
from .timeline import step_name, steps_of
from .units import load_of, on_duty, suggested, units_at, units_for, units_of

__all__ = [
    "Likeness",
    "NoSuchProcedure",
    "load_of",
    "on_duty",
    "procedure_now",
    "procedure_of",
    "similar",
    "step_name",
    "steps_of",
    "suggested",
    "units_at",
    "units_for",
    "units_of",
]
