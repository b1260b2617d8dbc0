"""The district's terms for groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from wangge.foundation.territory.queries import setting


@dataclass(frozen=True)
class Terms:
    """Terms of the district; product defaults (示例) where it sets nothing. 24 hours are the spec's (2.1)."""

    invitation: timedelta
    answer: timedelta  # without one in this time a member may leave by herself
    dissolve: timedelta  # between the request and its carrying out
    draft: timedelta  # a draft nobody puts into use ends after this
    kept: timedelta  # rows of a dissolved group, or of a member who left
    covered: float  # share of the staff in the group from which an organisation counts as covered
    notice: str


def terms() -> Terms:
    """The terms in force today."""
    return Terms(
        invitation=timedelta(hours=int(setting("group.invitation_hours", 24))),
        answer=timedelta(days=int(setting("group.leave_days", 3))),
        dissolve=timedelta(hours=int(setting("group.dissolve_hours", 24))),
        draft=timedelta(days=int(setting("group.draft_days", 30))),
        kept=timedelta(days=int(setting("group.kept_days", 30))),
        covered=float(setting("group.covered_share", 0.8)),
        notice=str(setting("group.notice_version", "2026-11")),
    )
