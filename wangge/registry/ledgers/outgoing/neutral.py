"""Cells that leave the house: nothing in them may run as a formula in somebody's spreadsheet."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: object) -> object:
    """Return `value` so that no spreadsheet takes it for a formula.

    Text beginning with = + - @, tab or carriage return (full-width forms too) gets a leading apostrophe;
    everything that is not text comes back unchanged. Source: OWASP "CSV injection".
    """
    if not isinstance(value, str) or not value:
        return value
    return "'" + value if value.startswith((*_DANGEROUS, "\n", "＝", "＋", "－", "＠")) else value
