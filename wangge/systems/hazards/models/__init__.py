"""Hazards and what belongs to them; a hazard itself is a case (``engines.cases``)."""

from .drive import Drive, DriveTarget
from .firm import Link, Pledge
from .inspection import Inspection, Result
from .notice import Notice
from .profile import FireProfile

__all__ = ["Drive", "DriveTarget", "FireProfile", "Inspection", "Link", "Notice", "Pledge", "Result"]
