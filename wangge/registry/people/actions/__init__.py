"""Writes on the register: one verb each, journalled, atomic, ``actor`` named."""

from ..rules import Declined
from .checking import check_touched
from .discrepancies import (
    check_area,
    check_people,
    dismiss_discrepancy,
    reopen_discrepancy,
    repair_discrepancy,
)
from .estates import (
    add_buildings,
    close_estate,
    register_estate,
    remove_buildings,
    reopen_estate,
    update_estate,
)
from .footprint import NOBODY, picture_of, step_between, take_back, unregister
from .forget_facts import forget_facts
from .housing import update_building, update_room
from .links import links
from .merge_persons import merge_persons, unmerge_persons
from .organisations import (
    close_organisation,
    move_organisation,
    register_organisation,
    reopen_organisation,
    update_organisation,
)
from .places import (
    find_or_register_estate,
    find_or_register_household,
    find_or_register_organisation,
    find_or_register_room,
)
from .redivision import assign_grid, follow_due_changes, follow_redivision
from .register_person import Registration, register_person
from .reseal import reindex_people, reseal_all, sealed_as, sealed_columns, sealed_files
from .ties import begin_tie, correct_tie, end_tie, move_person, record_death, record_leave, record_return
from .told import settle_wrong_address, tell_wrong_address
from .update_person import Outcome, settle_contradiction, update_person

__all__ = [
    "NOBODY",
    "Declined",
    "Outcome",
    "Registration",
    "add_buildings",
    "assign_grid",
    "begin_tie",
    "check_area",
    "check_people",
    "check_touched",
    "close_estate",
    "close_organisation",
    "correct_tie",
    "dismiss_discrepancy",
    "end_tie",
    "find_or_register_estate",
    "find_or_register_household",
    "find_or_register_organisation",
    "find_or_register_room",
    "follow_due_changes",
    "follow_redivision",
    "forget_facts",
    "links",
    "merge_persons",
    "move_organisation",
    "move_person",
    "picture_of",
    "record_death",
    "record_leave",
    "record_return",
    "register_estate",
    "register_organisation",
    "register_person",
    "reindex_people",
    "remove_buildings",
    "reopen_discrepancy",
    "reopen_estate",
    "reopen_organisation",
    "repair_discrepancy",
    "reseal_all",
    "sealed_as",
    "sealed_columns",
    "sealed_files",
    "settle_contradiction",
    "settle_wrong_address",
    "step_between",
    "take_back",
    "tell_wrong_address",
    "unmerge_persons",
    "unregister",
    "update_building",
    "update_estate",
    "update_organisation",
    "update_person",
    "update_room",
]
