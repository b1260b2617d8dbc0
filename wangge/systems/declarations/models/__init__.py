"""Rows of reporting-in: codes, declarations, what was amended; what was decided; 粤居码 status."""

from .decision import Decision
from .declaration import KEPT, Amendment, Declaration, ReportCode
from .poster import PosterRun
from .residence import Exchange, ResidenceCode
from .tally import Tally

__all__ = [
    "KEPT",
    "Amendment",
    "Decision",
    "Declaration",
    "Exchange",
    "PosterRun",
    "ReportCode",
    "ResidenceCode",
    "Tally",
]
