"""What a step needs before it is taken, said in words where it is missing."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.access.rules import Unacceptable

from ..models import Case
from ..queries.places import standing
from ..queries.units import takes
from ..reading.procedure import Procedure
from ..reading.procedure import Step as Rule
from .chain import Wish

Has = Callable[[Wish], bool]
NEEDS: dict[str, tuple[Has, object]] = {
    "words": (lambda wish: bool(wish.words.strip()), gettext_lazy("请写几句话说明。")),
    "reason": (lambda wish: bool(wish.words.strip()), gettext_lazy("请写明原因。")),
    "photo": (lambda wish: bool(wish.photos), gettext_lazy("请拍一张照片。")),
    "photo_after": (
        lambda wish: any(when == "after" for _digest, when in wish.photos),
        gettext_lazy("请拍一张处置后的照片。"),
    ),
    "unit": (lambda wish: wish.unit is not None, gettext_lazy("请选处置单位。")),
    "units": (lambda wish: bool(wish.helpers), gettext_lazy("请选协办单位。")),
    "level": (lambda wish: bool(wish.level), gettext_lazy("请选等级。")),
    "area": (lambda wish: bool(wish.area), gettext_lazy("请选区域。")),
    "place": (lambda wish: wish.place is not None, gettext_lazy("请打开定位，在现场办理。")),
    "until": (lambda wish: wish.until is not None, gettext_lazy("请选延到哪一天。")),
    "case": (lambda wish: wish.other is not None, gettext_lazy("请选并入哪一件事项。")),
    "rating": (lambda wish: wish.rating in (1, 2, 3), gettext_lazy("请选满意、基本满意或不满意。")),
}


def look_at(case: Case, procedure: Procedure, rule: Rule, wish: Wish) -> None:
    """Raises Unacceptable with everything that is missing at once."""
    missing = [str(words) for need in rule.needs for has, words in [NEEDS[need]] if not has(wish)]
    if missing:
        raise Unacceptable("".join(missing))
    if wish.area and not standing(wish.area):
        raise Unacceptable(_("没有这个区域，或它已经不用了；请重新选。"))
    if wish.level and wish.level not in {level.key for level in procedure.levels}:
        raise Unacceptable(_("没有这个等级；请从列表里选。"))
    if wish.until is not None and wish.until <= timezone.now():
        raise Unacceptable(_("延到的日子要在今天以后。"))
    if wish.unit is not None and not wish.unit.active:
        raise Unacceptable(_("“%(unit)s”已停用，请选别的单位。") % {"unit": wish.unit.name})
    if wish.unit is not None and not takes(wish.unit, case):
        raise Unacceptable(_("“%(unit)s”不办这类事项，请选别的单位。") % {"unit": wish.unit.name})
