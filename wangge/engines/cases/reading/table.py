"""One table of a TOML file, read by name: what has a wrong form is told, and read as not written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

MOST = {"states": 60, "steps": 200, "clocks": 12, "levels": 20, "ladder": 20}  # entries of one list


class Table:
    """A table and where it stands, in words ("步骤 file"). Faults go to a list that all tables share."""

    def __init__(self, told: Mapping[str, Any], where: str, faults: list[str]) -> None:
        self.told, self.where, self.faults = told, where, faults
        self.asked: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        """A text of one line."""
        value = self._value(name, default)
        return value.strip() if isinstance(value, str) else self._wrong(name, _("一段文字"), default)

    def flag(self, name: str) -> bool:
        """true or false; not written is false."""
        value = self._value(name, False)
        return value if isinstance(value, bool) else self._wrong(name, _("true 或 false"), False)

    def whole(self, name: str, default: int) -> int:
        """A whole number."""
        value = self._value(name, default)
        return value if type(value) is int else self._wrong(name, _("整数"), default)

    def warn(self, name: str) -> float | str:
        """A share or a limit; whether it is a sensible one is asked later."""
        value = self._value(name, 0.75)
        right = type(value) in (int, float, str)
        return value if right else self._wrong(name, _("比例或时限"), 0.75)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(name, [])
        right = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return tuple(value) if right else self._wrong(name, _('一列文字，例如 ["a", "b"]'), ())

    def words(self, name: str) -> dict[str, str]:
        """A table of texts."""
        value = self._value(name, {})
        right = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
        return dict(value) if right else self._wrong(name, _("一组“名称 = 文字”"), {})

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """A list of pairs of texts."""
        value = self._value(name, [])
        right = isinstance(value, list) and all(_is_pair(each) for each in value)
        return [(a, b) for a, b in value] if right else self._wrong(name, _("一列成对的文字"), [])

    def tables(self, name: str, called: str) -> list[Table]:
        """The tables of a list; ``called`` is what one of them is called in words."""
        value = self._value(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            return self._wrong(name, _("一列表格 [[%(name)s]]") % {"name": name}, [])
        if len(value) > MOST[name]:
            self.faults.append(
                _("%(where)s 的“%(name)s”有 %(many)d 项，最多 %(most)d 项；请拆成几个流程。")
                % {"where": self.where, "name": name, "many": len(value), "most": MOST[name]}
            )
        return [
            Table(each, f"{called} {_called(each, number)}", self.faults)
            for number, each in enumerate(value[: MOST[name]], 1)
        ]

    def table(self, name: str) -> Table:
        """A table inside; empty where it is not written."""
        value = self._value(name, {})
        told = (
            value
            if isinstance(value, dict)
            else self._wrong(name, _("一个表格 [%(name)s]") % {"name": name}, {})
        )
        return Table(told, f"[{name}]", self.faults)

    def done(self) -> None:
        """Tells what was written and never asked for: a slip of the pen must not change a meaning unseen."""
        for name in sorted(set(self.told) - self.asked):
            self.faults.append(
                _("%(where)s 写了“%(name)s”，没有这一项；可写：%(known)s。")
                % {"where": self.where, "name": name[:40], "known": "、".join(sorted(self.asked))}
            )

    def _value(self, name: str, default: Any) -> Any:
        self.asked.add(name)
        return self.told.get(name, default)

    def _wrong(self, name: str, wanted: str, default: Any) -> Any:
        self.faults.append(
            _("%(where)s 的“%(name)s”应写成%(wanted)s。")
            % {"where": self.where, "name": name, "wanted": wanted}
        )
        return default


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value)


def _called(told: Mapping[str, Any], number: int) -> str:
    key = told.get("key")
    return key if isinstance(key, str) and key.strip() else f"#{number}"
