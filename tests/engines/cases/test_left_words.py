"""How long is left, as people say it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wangge.engines.cases.words import left

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "words", "tone"),
    [
        (1, "还剩 1 分钟", "soon"),
        (59, "还剩 59 分钟", "soon"),
        (60, "还剩 1 小时", "soon"),
        (4 * 60, "还剩 4 小时", "soon"),
        (4 * 60 + 1, "还剩 4 小时", "day"),
        (47 * 60 + 59, "还剩 47 小时", "calm"),
        (48 * 60, "还剩 2 天", "calm"),
        (0, "超时 1 分钟", "late"),
        (-179, "超时 2 小时", "late"),
        (-2 * 24 * 60, "超时 2 天", "late"),
    ],
)
def test_minutes_hours_and_days_each_in_their_place(minutes, words, tone):
    said = left(NOW + timedelta(minutes=minutes), NOW)
    assert (said.words, said.tone) == (words, tone)


def test_a_case_that_stands_still_is_told_from_one_without_a_limit():
    assert left(None, NOW, paused=True).words == "停表"
    assert left(None, NOW).words == "不限时"
