"""What a report is about, by its words: a first guess that whoever files it may correct."""

from __future__ import annotations

# The first that fits; life first (S43: better once too often at the highest level than once too seldom).
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("casualty", ("伤亡", "受伤", "昏迷", "坠楼", "有人落水", "有人溺水", "晕倒")),
    ("fire", ("着火", "起火", "火情", "火灾", "失火", "冒烟")),
    ("safety_gas", ("燃气", "煤气", "气瓶", "液化气")),
    ("safety_water", ("溺水", "救生", "水塘", "下河游泳")),
    ("safety_fire", ("消防", "灭火", "疏散", "防火门", "飞线", "楼道堆", "充电")),
    ("safety_house", ("外墙", "脱落", "危房", "裂缝", "违建", "塌", "群租", "高空抛物")),
    ("safety_traffic", ("红绿灯", "交通", "车祸", "斑马线")),
    ("environment", ("污水", "扬尘", "噪声", "噪音", "臭", "焚烧", "油烟", "排污")),
    ("city", ("垃圾", "路灯", "井盖", "占道", "乱堆", "乱放", "广告", "路面", "积水", "绿化", "摊")),
    ("estate", ("物业", "电梯", "小区门禁", "业委会")),
    ("wages", ("欠薪", "工资", "劳资", "拖欠")),
    ("market", ("食品", "过期", "假货", "缺斤", "无证经营")),
    ("school", ("学校", "校园", "学生", "幼儿园")),
    ("health", ("传染", "防疫", "老鼠", "蚊", "蟑螂")),
    ("order", ("打架", "盗", "诈骗", "可疑", "聚众")),
    ("livelihood", ("社保", "医保", "停水", "停电", "低保", "就业", "入学", "求助")),
)
TITLE_MOST = 40
_ENDS = "。！？!?\n；;"


def kind_of(*texts: str) -> str:
    """The class whose words stand in one of the texts; "other" for none."""
    said = " ".join(texts)
    return next((kind for kind, words in WORDS if any(word in said for word in words)), "other")


def title_of(words: str) -> str:
    """The first sentence, forty letters at most."""
    text = words.strip()
    end = min((at for mark in _ENDS if (at := text.find(mark)) > 0), default=len(text))
    first = text[:end].strip()
    return first if len(first) <= TITLE_MOST else f"{first[: TITLE_MOST - 1]}…"
