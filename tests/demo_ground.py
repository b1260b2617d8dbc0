"""The day, the size and the two communities of the small demo district of the tests."""

from __future__ import annotations

from datetime import date

from wangge.site.demo.ground import Size

TODAY = date(2026, 11, 23)
SMALL = Size(buildings=240, rooms=720, people=1500, firms=40, self_employed=90)
VILLAGE, COMMUNITY = "440703101205", "440703006120"
