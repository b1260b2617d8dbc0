"""One cell of somebody's ledger, and whole columns of them, made canonical.

``clean_<kind>(value) -> Cell(value, error, warning)`` for one cell;
``clean_column(kind, values) -> (values, {row: Problem})`` for a million.
Nothing is guessed: what could mean two things is refused with a code, and ``message(code)``
says in plain words what to do next. Kinds follow the traps listed in spec chapter 5.4.
"""

from .columns import KINDS, clean_column, scalar_of
from .dates import clean_birth, clean_date
from .marks import clean_code, clean_integer, clean_sex, clean_yes_no, code_key, code_list
from .messages import MESSAGES, message
from .numbers import clean_id, clean_uscc
from .phones import clean_phone
from .results import Cell, Problem
from .text import clean_name, clean_text, plain
from .vectors import births_and_sexes

__all__ = [
    "KINDS",
    "MESSAGES",
    "Cell",
    "Problem",
    "births_and_sexes",
    "clean_birth",
    "clean_code",
    "clean_column",
    "clean_date",
    "clean_id",
    "clean_integer",
    "clean_name",
    "clean_phone",
    "clean_sex",
    "clean_text",
    "clean_uscc",
    "clean_yes_no",
    "code_key",
    "code_list",
    "message",
    "plain",
    "scalar_of",
]
