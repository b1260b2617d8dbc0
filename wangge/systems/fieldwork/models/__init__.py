"""What is to be done where, what was done, and who looks after whom."""

from .campaign import Campaign, CampaignTarget
from .care import CareContact, CarePerson, CareService
from .draw import Draw, DrawnRoom
from .duty import Duty, Finding, GeneratedDay, ItemResult
from .neighbours import Captain, CaptainCare, Commuter
from .scene import Scene, SceneItem, VisitRule
from .visit import CallBack, Visit

__all__ = [
    "CallBack",
    "Campaign",
    "CampaignTarget",
    "Captain",
    "CaptainCare",
    "CareContact",
    "CarePerson",
    "CareService",
    "Commuter",
    "Draw",
    "DrawnRoom",
    "Duty",
    "Finding",
    "GeneratedDay",
    "ItemResult",
    "Scene",
    "SceneItem",
    "Visit",
    "VisitRule",
]
