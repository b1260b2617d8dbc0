"""Groups, who is in them, how one gets in, and what was found when a list was compared."""

from .group import Group, Invitation
from .member import Member
from .record import GroupRule, Reconciliation

__all__ = ["Group", "GroupRule", "Invitation", "Member", "Reconciliation"]
