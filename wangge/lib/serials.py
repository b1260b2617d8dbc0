"""Numbers that people read out and type: random, so that none is guessed from another, with a check
character (Luhn), so that a slip of the finger is told from a number that does not exist.
"""

from __future__ import annotations

import secrets

from stdnum import luhn

DIGITS = "0123456789"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another: no I, L, O, U
CODE_LENGTH, RECEIPT_LENGTH = 10, 11
RECEIPT_BITS = 48
_SLIPS = str.maketrans("OIL", "011", " -_·\t\r\n")


def new_code_number() -> str:
    """Ten digits for a poster, the last one the check digit; it stands in no order."""
    body = str(100_000_000 + secrets.randbelow(900_000_000))
    return body + luhn.calc_check_digit(body)


def is_code_number(text: str) -> bool:
    """Whether ten typed digits can be the number of a poster."""
    return len(text) == CODE_LENGTH and text.isascii() and text.isdecimal() and luhn.is_valid(text)


def new_case_number(year: int) -> str:
    """Eleven digits for a matter: two of the year, eight in no order, the check digit."""
    body = f"{year % 100:02}{secrets.randbelow(100_000_000):08}"
    return body + luhn.calc_check_digit(body)


def is_case_number(text: str) -> bool:
    """Whether eleven typed digits can be the number of a matter."""
    return len(text) == 11 and text.isascii() and text.isdecimal() and luhn.is_valid(text)


def new_receipt_number() -> str:
    """Ten letters and digits of 48 random bits, and the check character."""
    return receipt_text(secrets.randbits(RECEIPT_BITS))


def receipt_text(number: int) -> str:
    """The receipt number that a signed receipt carries as ``number``."""
    body = "".join(LETTERS[number >> 5 * place & 31] for place in range(9, -1, -1))
    return body + luhn.calc_check_digit(body, LETTERS)


def receipt_value(text: str) -> int | None:
    """Back from ``receipt_text``, however it was typed; None when it cannot be a receipt number."""
    text = typed(text)
    if len(text) != RECEIPT_LENGTH or not set(text) <= set(LETTERS) or not luhn.is_valid(text, LETTERS):
        return None
    number = 0
    for letter in text[:-1]:
        number = number << 5 | LETTERS.index(letter)
    return number if number < 1 << RECEIPT_BITS else None


def typed(text: str) -> str:
    """Capital letters without blanks and dashes; O is 0, I and L are 1."""
    return text.strip().upper().translate(_SLIPS)
