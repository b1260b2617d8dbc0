"""Cells that leave the house: nothing in them may run as a formula in somebody's spreadsheet."""

_DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")


def neutral(value: object) -> object:
    """Return `value` so that no spreadsheet takes it for a formula.

    Text beginning with = + - @, tab or line break (full-width forms too) gets a leading apostrophe;
    everything that is not text comes back unchanged. Source: OWASP "CSV injection".
    """
    if isinstance(value, str) and value and value[0] in _DANGEROUS:
        return "'" + value
    return value
