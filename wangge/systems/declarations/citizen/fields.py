"""The fields of the form: what they are called, what is typed, which kinds ask them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.registry.people.enums import IdType

from ..enums import Kind, ReportedBy, Transport
from ..rules.asked import asks, needs

Text = str | Promise
Label = tuple[tuple[str, ...], Text]  # kinds it is said to (none: all), words
Choice = tuple[str, Text]
GONE = (Kind.LEAVING, Kind.FAMILY_OUT)
COMES = (Kind.COMING, Kind.RETURNING, Kind.VISITING, Kind.STAYING)
PAPERS = [one for one in IdType.choices if one[0] not in (IdType.TEMPORARY, IdType.HOUSEHOLD_REGISTER)]
CITIZENS = [
    one for one in ReportedBy.choices if one[0] != ReportedBy.WORKER
]  # workers have a door of their own


@dataclass(frozen=True)
class Field:
    """One field by its path in the payload; ``form`` is what the browser shows it as."""

    path: str
    labels: tuple[Label, ...]
    form: str = "text"
    hint: Text = ""
    choices: Sequence[Choice] = ()
    autocomplete: str = "off"
    inputmode: str = ""
    longest: int = 120
    later: bool = False  # folded away: most people need not fill it in

    def label_for(self, kind: str) -> str:
        """What it is called to who declares this kind."""
        return str(
            next((text for kinds, text in self.labels if not kinds or kind in kinds), self.labels[0][1])
        )


@dataclass(frozen=True)
class Shown:
    """A field with what was typed and what is wrong with it, as the template needs it."""

    field: Field
    name: str
    value: str
    error: str
    kinds: str
    optional: bool
    optional_for: str

    @property
    def id(self) -> str:
        return "f-" + self.name.replace(".", "-")

    @property
    def optional_for_others(self) -> bool:
        """Whoever has no phone, or whose number the declarant does not know, is declared without."""
        return self.name in ("people.0.phone", "people.0.id_no")

    @property
    def said_by(self) -> str:
        """The ids that describe the input: hint, then error."""
        ids = [f"{self.id}-hint"] if self.field.hint else []
        return " ".join([*ids, f"{self.id}-error"] if self.error else ids)


@dataclass(frozen=True)
class Block:
    """Fields of one card: those everybody fills in, and those folded away until wanted or wrong."""

    fields: list[Shown]

    @property
    def main(self) -> list[Shown]:
        return [each for each in self.fields if not each.field.later]

    @property
    def more(self) -> list[Shown]:
        return [each for each in self.fields if each.field.later]

    @property
    def more_kinds(self) -> str:
        """The kinds that find anything in the folded part; none said: all."""
        return " ".join(sorted({kind for each in self.more for kind in each.kinds.split()}))

    @property
    def unfolded(self) -> bool:
        return any(each.value or each.error for each in self.more)


def words(text: Text) -> tuple[Label, ...]:
    """One label for every kind."""
    return (((), text),)


PERSON = (
    Field("name", words(_("姓名")), autocomplete="name", longest=60),
    Field("id_type", words(_("证件类型")), "select", choices=PAPERS),
    Field("id_no", words(_("证件号码")), longest=40),
    Field("phone", words(_("手机号")), "tel", autocomplete="tel", inputmode="tel", longest=40),
    Field("birth", words(_("出生日期")), "date", hint=_("填了身份证号就不用填。"), later=True),
)
TRIP = (
    Field("trip.from_text", words(_("从哪里来")), hint=_("省和市，如：湖北省武汉市"), longest=120),
    Field("trip.arrive_at", words(_("到达时间")), "datetime-local"),
    Field("trip.depart_at", words(_("离开时间")), "datetime-local"),
    Field(
        "trip.transport",
        words(_("交通方式")),
        "select",
        choices=[("", _("请选择")), *Transport.choices],
        later=True,
    ),
    Field("trip.trip_no", words(_("车牌、车次或航班号")), longest=30, later=True),
    Field("trip.via", words(_("途经")), hint=_("几处用顿号隔开，如：长沙、韶关"), longest=200, later=True),
)
STAY = (
    Field("stay.address", (
        ((Kind.COMING, Kind.RETURNING, Kind.STAYING), _("在这里的住址")),
        (GONE, _("离开的住址")),
        ((Kind.VISITING,), _("到访的地方")),
    ), hint=_("写到门牌，如：某某路 12 号 3 栋 502 房"), autocomplete="street-address", longest=200),
    Field("stay.until", (
        ((Kind.COMING, Kind.VISITING, Kind.STAYING), _("住到哪天")), (GONE, _("预计哪天回来")),
    ), "date", later=True),
    Field("stay.host_name", words(_("接待人姓名")), longest=60, later=True),
    Field("stay.purpose", (
        ((Kind.COMING, Kind.VISITING), _("来做什么")), (GONE, _("去哪里、做什么")),
    ), longest=100, later=True),
)  # fmt: skip
REPORTER = (
    Field("reporter.name", words(_("您的姓名")), autocomplete="name", longest=60),
    Field("reporter.phone", words(_("您的手机号")), "tel", autocomplete="tel", inputmode="tel", longest=40),
)


def show(field: Field, value: str, errors: Mapping[str, str], path: str = "") -> Shown:
    """One field of trip, stay or reporter, or a person's (``path`` is then its full path)."""
    name = path or field.path
    kinds = asks(field.path)
    optional_for = [kind for kind in kinds if not needs(field.path, kind)]
    return Shown(
        field,
        name,
        value,
        errors.get(name, ""),
        " ".join(kinds),
        optional=bool(kinds) and len(optional_for) == len(kinds),
        optional_for=" ".join(optional_for),
    )


def show_person(number: int | str, values: Mapping[str, str], errors: Mapping[str, str]) -> list[Shown]:
    """A person's fields; only the first one must be reachable."""
    shown = []
    for field in PERSON:
        path = f"people.{number}.{field.path}"
        if number != 0:  # the phone's owner is the first person; the browser must not offer her again
            field = replace(field, autocomplete="off")
        optional = field.path == "birth" or (number != 0 and field.path not in ("name", "id_type"))
        error = errors.get(path, "")
        shown.append(Shown(field, path, values.get(path, ""), error, "", optional, ""))
    return shown


def as_field(asked: Any) -> Field:
    """A field an emergency order asks (``foundation.orders``), in the form's own terms."""
    listed: list[Choice] = [
        (one[0], one[1]) if isinstance(one, list | tuple) else (one, one) for one in asked.choices or ()
    ]
    if asked.kind == "yes_no" and not listed:
        listed = [("yes", _("是")), ("no", _("否"))]
    form = "select" if listed else {"date": "date", "number": "number"}.get(asked.kind, "text")
    hint, choices = getattr(asked, "note", ""), [("", _("请选择")), *listed]
    return Field(f"emergency.{asked.key}", words(asked.label), form, hint, choices)
