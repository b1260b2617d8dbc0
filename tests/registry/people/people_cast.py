"""Who and where these tests play; all invented (prefix 999703, phones beginning 100)."""

from datetime import date

from wangge.lib.identifiers import make_demo_id

COMMUNITY = "440703002001"
GRID = COMMUNITY + "001"
PHONE = "10000000001"


def demo_id(serial: int = 1, birth: date = date(1980, 5, 6)) -> str:
    """A number that no real person can hold."""
    return make_demo_id("999703", birth, serial)
