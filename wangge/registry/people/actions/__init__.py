"""Writes on the register: one verb each, journalled, atomic, ``actor`` named."""

from .merge_persons import links, merge_persons, unmerge_persons
from .places import (
    find_or_register_estate,
    find_or_register_household,
    find_or_register_organisation,
    find_or_register_room,
)
from .redivision import assign_grid, follow_due_changes, follow_redivision
from .register_person import Registration, register_person
from .reseal import reindex_people, reseal_all, sealed_columns
from .ties import begin_tie, correct_tie, end_tie, move_person, record_death, record_leave
from .update_person import Outcome, settle_contradiction, update_person

__all__ = [
    "Outcome",
    "Registration",
    "assign_grid",
    "begin_tie",
    "correct_tie",
    "end_tie",
    "find_or_register_estate",
    "find_or_register_household",
    "find_or_register_organisation",
    "find_or_register_room",
    "follow_due_changes",
    "follow_redivision",
    "links",
    "merge_persons",
    "move_person",
    "record_death",
    "record_leave",
    "register_person",
    "reindex_people",
    "reseal_all",
    "sealed_columns",
    "settle_contradiction",
    "unmerge_persons",
    "update_person",
]
