"""What speaks for and against two records being one person, and how much: one definition for every engine.

Each kind of evidence is a list of levels; the first that holds counts. ``m`` is the share of pairs of one
person that show it, ``u`` that of pairs of two people; its weight is log2(m / u) (Fellegi and Sunter 1969).
What families share is not counted twice: within one home (same phone or same door) an equal name, birth or
surname says less, so those levels are split by ``SAME_HOME``. The shares are notions of the field's habits,
set once and not fitted to any file; chance agreement of phones, doors, heads and employers is measured.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .tokens import Rates

SAME_PHONE = "(phone_l = phone_r OR phone_l = phone2_r OR phone2_l = phone_r)"
SHARED_WORDS = (
    "SHARED(words_l, words_r)"  # how many words of two addresses agree; each engine has its own function
)
SAME_DOOR = (
    "((room_l = room_r OR door_l = door_r) AND COALESCE(unit_l = unit_r, TRUE)"
    f" OR COALESCE({SHARED_WORDS} >= 4, FALSE))"
)
SAME_HOME = f"COALESCE({SAME_PHONE} OR {SAME_DOOR}, FALSE)"
BOTH_DIFFER = "phone_l <> phone_r AND (room_l <> room_r OR door_l <> door_r)"
TWO_NUMBERS = "id_ok_l AND id_ok_r AND id_l <> id_r"


SHARED = {
    "duckdb": "len(list_intersect(words_l, words_r))",
    "spark": "size(array_intersect(words_l, words_r))",
}
GENERATION = 12  # years apart, and no slip of one digit: father and son, grandfather and grandson


def spoken(condition: str, engine: str) -> str:
    """A condition in the words of one engine."""
    return condition.replace(SHARED_WORDS, SHARED[engine])


@dataclass(frozen=True)
class Level:
    """code: stable name of the finding; when: SQL over two records; None is whatever is left."""

    code: str
    when: str | None
    m: float
    u: float

    @property
    def weight(self) -> float:
        """Evidence in bits: over 0 for, under 0 against."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True)
class Kind:
    """One kind of evidence. unknown: when it says nothing, because a side does not tell."""

    code: str
    unknown: str
    levels: tuple[Level, ...]


def kinds(rates: Rates) -> tuple[Kind, ...]:
    """Every kind of evidence for records that agree by chance at ``rates``."""
    if rates.latin > 0.5:
        from .western import western_kinds  # it builds upon the words above

        return western_kinds(rates)
    return (_number(), _name(), _birth(), _sex(), _home(rates), _head(rates), _employer(rates))


def prior(rates: Rates) -> float:
    """The probability that two records at random are one person: a tenth of the records stand twice."""
    return min(0.2 / max(rates.records, 20), 0.01)


def _number() -> Kind:
    part = "(id_part_l = 1 OR id_part_r = 1) AND id_head_l = id_head_r"
    masked = "(id_part_l = 2 OR id_part_r = 2) AND id_ends_l = id_ends_r"
    near = (  # one digit wrong, whatever the check digit was made of; or one missing or too many
        "NOT (id_ok_l AND id_ok_r) AND (levenshtein(substr(id_l, 1, 17), substr(id_r, 1, 17)) <= 1"
        " OR length(id_l) <> length(id_r) AND length(id_l) >= 15 AND levenshtein(id_l, id_r) <= 1)"
    )
    turned = "NOT (id_ok_l AND id_ok_r) AND id_mix_l = id_mix_r AND levenshtein(id_l, id_r) <= 2"
    return Kind(
        "number",
        "id_l IS NULL OR id_r IS NULL",
        (
            Level("number_same", "id_l = id_r AND id_ok_l", 0.80, 2e-7),
            Level("number_same_odd", "id_l = id_r AND id_part_l = 0", 0.05, 1e-6),
            Level("number_two", TWO_NUMBERS, 1e-5, 1.0),
            Level("number_near", near, 0.06, 5e-4),
            Level("number_turned", turned, 0.03, 1e-4),
            Level("number_masked", masked, 0.03, 2e-4),
            Level("number_part", part, 0.04, 0.006),
            Level("number_other", None, 0.05, 0.98),
        ),
    )


def _name() -> Kind:
    longer = "(length(name_l) >= 3 OR length(name_r) >= 3)"
    near = (
        f"levenshtein(name_l, name_r) <= 1 AND {longer}"
        " OR levenshtein(name_l, name_r) <= 2 AND length(name_l) >= 8"
    )
    shorter = "length(name_l) <> length(name_r) AND NOT (latin_l OR latin_r)"
    alike = "(heard_l = heard_r OR seen_l = seen_r OR bag_l = bag_r)"
    nick = "(nick_l OR nick_r) AND given_l = given_r"
    return Kind(
        "name",
        "name_l IS NULL OR name_r IS NULL",
        (
            Level("name_same_home", f"name_l = name_r AND {SAME_HOME}", 0.88, 0.001),
            Level("name_common", "name_l = name_r AND common_l >= 4", 0.88, 1e-3),
            Level("name_usual", "name_l = name_r AND common_l = 3", 0.88, 2e-4),
            Level("name_seldom", "name_l = name_r AND common_l = 2", 0.88, 5e-5),
            Level("name_rare", "name_l = name_r AND common_l = 1", 0.88, 1e-5),
            Level("name_unique", "name_l = name_r", 0.88, 4e-6),
            Level("name_alike_home", f"{alike} AND {SAME_HOME}", 0.05, 0.001),
            Level("name_alike", alike, 0.05, 2e-4),
            # 黄德 for 黄俊德: brothers share a character, but one seldom has the other's name less one.
            Level("name_short_home", f"({near}) AND {shorter} AND {SAME_HOME}", 0.01, 0.004),
            Level("name_near_home", f"({near}) AND {SAME_HOME}", 0.03, 0.10),
            Level("name_near", near, 0.03, 0.004),
            Level("name_nick", nick, 0.01, 5e-4),  # one in twenty of those at hand ends in the same character
            Level("surname_home", f"surname_l = surname_r AND {SAME_HOME}", 0.01, 0.60),
            Level("surname", "surname_l = surname_r", 0.01, 0.05),
            Level("name_other", None, 0.005, 0.95),
        ),
    )


def _birth() -> Kind:
    full = "month_day_l % 100 > 0 AND month_day_l <> 101"
    slip = "year_l = year_r AND month_day_l = day_month_r OR levenshtein(birth_l, birth_r) <= 1"
    # 1958年3月 beside 1958-03-12: one in 700 people was born in the month. 1958, or the first of January that
    # stands where nothing else was known, says the year only.
    month = (
        "year_l = year_r AND month_day_l >= 100"
        " AND month_day_l - month_day_l % 100 = month_day_r - month_day_r % 100"
        " AND (month_day_l % 100 = 0 OR month_day_r % 100 = 0)"
    )
    vague = "year_l = year_r AND (month_day_l IN (0, 101) OR month_day_r IN (0, 101))"
    slip = f"({slip}) AND month_day_l % 100 > 0 AND month_day_r % 100 > 0"
    return Kind(
        "birth",
        "birth_l IS NULL OR birth_r IS NULL",
        (
            Level("birth_same_home", f"birth_l = birth_r AND {full} AND {SAME_HOME}", 0.90, 0.006),
            Level("birth_same", f"birth_l = birth_r AND {full}", 0.90, 4e-5),
            Level("birth_month_home", f"{month} AND {SAME_HOME}", 0.02, 2e-4),
            Level("birth_month", month, 0.02, 4e-5),
            Level("birth_near", slip, 0.05, 0.003),
            Level("birth_vague", vague, 0.02, 0.004),
            Level("birth_year", "year_l = year_r", 0.02, 0.02),
            Level("birth_generation", f"ABS(year_l - year_r) >= {GENERATION}", 5e-4, 0.6),
            Level("birth_other", None, 0.008, 0.37),
        ),
    )


def _sex() -> Kind:
    levels = (Level("sex_same", "sex_l = sex_r", 0.99, 0.5), Level("sex_other", None, 0.01, 0.5))
    return Kind("sex", "sex_l IS NULL OR sex_r IS NULL", levels)


def _home(rates: Rates) -> Kind:
    near = "length(phone_l) = 11 AND levenshtein(phone_l, phone_r) <= 1"
    one = max(rates.phone, rates.home)
    return Kind(
        "home",
        "(phone_l IS NULL OR phone_r IS NULL)"
        " AND (COALESCE(room_l, door_l) IS NULL OR COALESCE(room_r, door_r) IS NULL)",
        (
            Level("home_both", f"{SAME_PHONE} AND {SAME_DOOR}", 0.40, one / 3),
            Level("home_phone", SAME_PHONE, 0.20, max(rates.phone / 2, one / 5)),
            Level("home_door", SAME_DOOR, 0.25, one),
            Level("phone_near", near, 0.02, rates.near_phone),
            Level("home_words", f"{SHARED_WORDS} >= 2", 0.05, 5e-4),
            Level("home_building", "building_l = building_r", 0.03, max(2e-4, 5 * one)),
            Level("home_moved", f"{BOTH_DIFFER}", 0.05, 0.95),
            Level("home_other", None, 0.25, 0.95),
        ),
    )


def _head(rates: Rates) -> Kind:
    away = max(rates.head, 5e-4)
    return Kind(
        "head",
        "head_l IS NULL OR head_r IS NULL",
        (
            Level("head_same_home", f"head_l = head_r AND {SAME_HOME}", 0.80, 0.70),
            Level("head_same", "head_l = head_r", 0.70, away),
            Level("head_other", None, 0.30, 0.90),
        ),
    )


def _employer(rates: Rates) -> Kind:
    levels = (
        Level("employer_same", "employer_l = employer_r", 0.60, max(rates.employer, 0.01)),
        Level("employer_other", None, 0.40, 0.95),
    )
    return Kind("employer", "employer_l IS NULL OR employer_r IS NULL", levels)
