"""Who works in which grid on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Grant, User


@dataclass
class Workers:
    """The grants of grid workers, to ask for any grid and day without another query."""

    grants: dict[str, list[tuple[int, date, date | None]]]
    asked: dict[tuple[str, date], list[int]] = field(default_factory=dict)

    def of(self, area_code: str, day: date) -> list[int]:
        """The workers granted on the grid itself; where there is none, those of its community."""
        if (area_code, day) not in self.asked:
            self.asked[(area_code, day)] = self._found(area_code, day)
        return self.asked[(area_code, day)]

    def _found(self, area_code: str, day: date) -> list[int]:
        for code in (area_code, area_code[:12]):
            held = self.grants.get(code, ())
            found = {user for user, start, end in held if start <= day and (end is None or day < end)}
            if found:
                return sorted(found)
        return []


def all_workers() -> Workers:
    """Every grid worker with an account in use; whatever the reach."""
    rows = Grant.objects.filter(role=Role.GRID_WORKER, user__is_active=True)
    grants: dict[str, list[tuple[int, date, date | None]]] = defaultdict(list)
    for code, user, start, end in rows.values_list("area_code", "user_id", "valid_from", "valid_to"):
        grants[code].append((user, start, end))
    return Workers(grants)


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """Account name -> the name colleagues know."""
    found = User.objects.filter(username__in=set(usernames))
    return dict(found.values_list("username", "name"))
