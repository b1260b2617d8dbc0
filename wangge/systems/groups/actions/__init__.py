"""Writes on groups: one verb each, journalled, atomic, ``actor`` named.

The actor is a user of the console, or, for people without an account, ``hand(member)``: a word that names the
membership and no person.
"""

from .create import Founder, activate, create_group, link_organisation
from .demands import count_demands, erase_demands, remove_rule, set_rule
from .dissolve import carry_out_due, erase_due, request_dissolution, withdraw_dissolution
from .export import export_roster
from .invite import issue_invitation
from .join import Newcomer, join
from .leave import apply_to_leave, decide_leave, leave_alone
from .locking import hand
from .match import match_group, match_member, settle_member
from .messages import remind, send_decision, send_dissolution, send_farewell, send_reminder
from .order_values import keep_values
from .reconcile import compare_list
from .reindex import reindex_members
from .roles import appoint_creator, hand_over, make_admin, remove_admin, remove_member

__all__ = [
    "Founder",
    "Newcomer",
    "activate",
    "apply_to_leave",
    "appoint_creator",
    "carry_out_due",
    "compare_list",
    "count_demands",
    "create_group",
    "decide_leave",
    "erase_demands",
    "erase_due",
    "export_roster",
    "hand",
    "hand_over",
    "issue_invitation",
    "join",
    "keep_values",
    "leave_alone",
    "link_organisation",
    "make_admin",
    "match_group",
    "match_member",
    "reindex_members",
    "remind",
    "remove_admin",
    "remove_member",
    "remove_rule",
    "request_dissolution",
    "send_decision",
    "send_dissolution",
    "send_farewell",
    "send_reminder",
    "set_rule",
    "settle_member",
    "withdraw_dissolution",
]
