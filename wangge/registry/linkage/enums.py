"""States of a run and of a pair."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """Where a run stands. Nothing of a run is in the register before ``done``."""

    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("正在比对")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    REFUSED = "refused", _("没有运行")


class Engine(models.TextChoices):
    """What scores the pairs; both give the same persons."""

    DUCKDB = "duckdb", _("本机（DuckDB）")
    SPARK = "spark", _("集群（Spark）")


class PairState(models.TextChoices):
    """Two registered persons who may be one. ``refused``: two valid numbers, never one person."""

    OPEN = "open", _("待核对")
    SAME = "same", _("同一人")
    DIFFERENT = "different", _("不是同一人")
    REFUSED = "refused", _("号码不同，不合并")


# Why a run did not come to its end; ``run.problem`` holds the code.
PROBLEMS = {
    "missing": _("没有装 Spark，登记册没有改动。请管理员安装，或改用本机运行。"),
    "java": _("Spark 需要 Java 17，登记册没有改动。请管理员安装，或改用本机运行。"),
    "unreachable": _("连不上 Spark，登记册没有改动。请管理员核对 WANGGE_SPARK_MASTER，或改用本机运行。"),
    "too_many": _(
        "要比的对数太多，没有比对，登记册没有改动。请看下表中超过上限的一条：多半有一列填了统一的值。"
    ),
    "stopped": _("运行中断（进程被停止），登记册没有改动。请再运行一次。"),
    "memory": _("内存不够，登记册没有改动。请关掉别的程序再运行，或改用 Spark。"),
    "broken": _("运行出错，登记册没有改动。请再运行一次；仍然出错时请把时间告诉系统管理员。"),
}
# The stages of a run beyond those of the matcher itself.
OWN_STAGES = {"reading": _("读登记册"), "applying": _("写入结果")}
MACHINE = "link"  # who decided, when no human did
