"""Evidence in files whose names are written in Latin letters: words and slips of the keyboard.

Such a file is another office's, or a public test set; what families here share is not assumed of it.
"""

from __future__ import annotations

from .evidence import SAME_DOOR, SHARED_WORDS, Kind, Level
from .tokens import Rates

ONE_SLIP = "levenshtein({0}_l, {0}_r) <= 1"


def western_kinds(rates: Rates) -> tuple[Kind, ...]:
    """The kinds of evidence for a file in Latin letters."""
    return (_number(), _name(), _birth(), _home(), _phone(rates))


def _number() -> Kind:
    near = "levenshtein(id_l, id_r) <= 1 OR (id_mix_l = id_mix_r AND levenshtein(id_l, id_r) <= 2)"
    levels = (
        Level("number_same", "id_l = id_r", 0.70, 1e-6),
        Level("number_near", near, 0.20, 3e-5),
        Level("number_other", None, 0.10, 0.98),
    )
    return Kind("number", "id_l IS NULL OR id_r IS NULL", levels)


def _name() -> Kind:
    one = "surname_l = surname_r OR given_l = given_r OR surname_l = given_r OR given_l = surname_r"
    near = "levenshtein(name_l, name_r) <= 2 AND length(name_l) >= 8"
    levels = (
        Level("name_word", "name_l = name_r AND surname_l = given_l", 0.10, 0.002),  # a given name alone
        Level("name_usual", "name_l = name_r AND common_l >= 2", 0.50, 1e-4),
        Level("name_rare", "name_l = name_r", 0.50, 1e-5),
        Level("name_near", f"{near} OR heard_l = heard_r OR bag_l = bag_r", 0.25, 1e-4),
        Level("name_part", one, 0.20, 0.015),
        Level("name_other", None, 0.06, 0.98),
    )
    return Kind("name", "name_l IS NULL OR name_r IS NULL", levels)


def _birth() -> Kind:
    slip = f"{ONE_SLIP.format('birth')} OR (year_l = year_r AND month_day_l = day_month_r)"
    levels = (
        Level("birth_same", "birth_l = birth_r", 0.80, 5e-5),
        Level("birth_near", slip, 0.08, 0.002),
        Level("birth_year", "year_l = year_r", 0.03, 0.015),
        Level("birth_other", None, 0.10, 0.98),
    )
    return Kind("birth", "birth_l IS NULL OR birth_r IS NULL", levels)


def _home() -> Kind:
    levels = (
        Level("home_both", f"(room_l = room_r OR door_l = door_r) AND {SHARED_WORDS} >= 3", 0.45, 4e-6),
        Level("home_door", SAME_DOOR, 0.20, 2e-5),
        Level("home_words", f"{SHARED_WORDS} = 3", 0.15, 2e-4),
        Level("home_building", f"{SHARED_WORDS} = 2 OR building_l = building_r", 0.10, 4e-3),
        Level("home_other", None, 0.10, 0.98),
    )
    return Kind("home", "words_l IS NULL OR words_r IS NULL", levels)


def _phone(rates: Rates) -> Kind:
    levels = (
        Level("home_phone", "phone_l = phone_r", 0.80, max(rates.phone, 1e-5)),
        Level("home_moved", None, 0.20, 0.98),
    )
    return Kind("phone", "phone_l IS NULL OR phone_r IS NULL", levels)
