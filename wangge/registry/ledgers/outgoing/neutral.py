"""Cells that leave the house: nothing in them may run as a formula in somebody's spreadsheet."""

_BREAKS = "\t\r\n"
_BLANKS = _BREAKS + "\v\f \xa0\u3000\u200b\ufeff"  # some programs drop them before they look
_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_FIRST = frozenset(_BLANKS).union(_SIGNS)


def neutral(value: object) -> object:
    """Return `value` so that no spreadsheet takes it for a formula.

    Text beginning with = + - @ (full-width forms too, also behind blanks), a tab or a line break gets a
    leading apostrophe; everything that is not text comes back unchanged. Source: OWASP "CSV injection".
    """
    if isinstance(value, str) and value and value[0] in _FIRST:
        return "'" + value if value[0] in _BREAKS or value.lstrip(_BLANKS).startswith(_SIGNS) else value
    return value
