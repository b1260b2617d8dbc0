"""What may be done to the territory, as small sentences; who may is decided on the floor above."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area


class NotPossible(ValueError):
    """What was asked cannot be done to these areas; says why and what to do instead."""


def is_grid(area: Area) -> bool:
    return area.level == Level.GRID


def must_be_grids_in_force(grids: Sequence[Area], on: datetime.date) -> None:
    """Every one a grid that exists on the day and has no end set yet."""
    for grid in grids:
        if not is_grid(grid):
            raise NotPossible(_("%(name)s 不是网格，只有网格可以调整。") % {"name": grid.name})
        if grid.valid_to is not None or on < grid.valid_from:
            raise NotPossible(
                _("%(name)s（%(code)s）在 %(day)s 不是有效网格；请换一个生效日期或选择现行网格。")
                % {"name": grid.name, "code": grid.code, "day": on.isoformat()}
            )


def must_share_a_community(grids: Sequence[Area]) -> None:
    """Grids of one community and one kind."""
    if len({grid.parent_id for grid in grids}) > 1:
        raise NotPossible(_("这些网格不在同一个村（社区），不能一起调整。"))
    if len({grid.kind for grid in grids}) > 1:
        raise NotPossible(_("综合网格和专属网格不能合并。"))


def must_share_a_town(grids: Sequence[Area]) -> None:
    """Grids of one town and one kind."""
    if len({grid.code[:9] for grid in grids}) > 1:
        raise NotPossible(_("这些网格不在同一个镇街；跨镇街的边界要由上级改区划代码，不在这里调整。"))
    if len({grid.kind for grid in grids}) > 1:
        raise NotPossible(_("综合网格和专属网格之间不能移动边界。"))


def must_be_several(grids: Sequence[Area]) -> None:
    if len({grid.code for grid in grids}) < 2:
        raise NotPossible(_("请至少选择两个网格。"))
