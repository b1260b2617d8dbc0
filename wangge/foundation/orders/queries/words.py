"""What a closing proved and what it could not, in words: for the certificate, the pages, the command line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.territory import queries as territory

from ..models import Certificate, Closing

BACKUP_DAYS = "orders.backup_days"

LIMITS = {
    "wal": gettext_lazy(
        "PostgreSQL 的预写日志（WAL）及其归档：已写入的日志段在循环覆盖或归档到期之前仍含旧数据。"
    ),
    "statistics_kept": gettext_lazy(
        "数据库账号无权清理统计信息，其中可能留有常见取值，下次 ANALYZE 后更新。"
    ),
    "no_checkpoint": gettext_lazy(
        "数据库账号无权执行 CHECKPOINT，旧数据块在下一次自动检查点之前可能仍在磁盘上。"
    ),
    "storage_unreadable": gettext_lazy(
        "数据库账号无权读取存储文件，只查了每一张表的每一格，没有逐字节查存储。"
    ),
    "file_unreadable": gettext_lazy("有文件读不了，没有查。"),
    "packed_unreadable": gettext_lazy("有压缩文件打不开，没有查里面。"),
}


def searched_in_words(closing: Closing) -> list[str]:
    """What was looked through and what came of it, a sentence each."""
    told = [_("没有任何一行再属于这个指令；数据密钥已销毁。"), _looked_through(closing.searched)]
    if closing.found:
        places = "、".join(place for place, _times in closing.found)
        why = {"places": places, "who": closing.accepted_by, "why": closing.accepted_why}
        told.append(_("同样的文字另有来源：%(places)s。%(who)s 确认：%(why)s") % why)
    elif closing.searched.get("tables"):
        told.append(_("没有找到。"))
    if looked := closing.searched.get("sealed_unopened"):
        told.append(_("另有 %(n)d 格用别的密钥加密，内容未查。") % {"n": looked})
    return told


def _looked_through(looked: dict[str, int]) -> str:
    if not looked.get("tables"):
        return _("没有登记过可以按文字查找的内容，核对了行、字段、文件和密钥。")
    said = _(
        "按加密钥的摘要查找已销毁的文字项：%(tables)d 张表 %(cells)d 格、加密格 %(opened)d 格解开后再查，"
        "存储 %(storage)d 字节，文件 %(files)d 个。"
    )
    names = {"tables": "tables", "cells": "cells", "opened": "sealed_opened", "storage": "storage_bytes"}
    return said % {name: looked.get(key, 0) for name, key in {**names, "files": "files"}.items()}


def limits_in_words(closing: Closing, certificate: Certificate) -> list[str]:
    """What is still held elsewhere and until when, a sentence each."""
    until = _("备份和磁盘快照：最迟 %(day)s 到期销毁（备份保留天数为区县参数 orders.backup_days）。") % {
        "day": certificate.backups_until.isoformat()
    }
    if territory.setting(BACKUP_DAYS) is None or territory.note_of(BACKUP_DAYS):
        until += _("这个天数是示例，区县还没有核定。")
    return [until, *(str(LIMITS.get(code, code)) for code in closing.limits)]


def place_in_words(name: str) -> str:
    """What ``rows_left`` calls by a code."""
    known = {
        "values": _("已登记的值"), "fields": _("字段定义"), "files": _("文件记录"), "folder": _("指令文件夹"),
        "key": _("数据密钥"),
    }  # fmt: skip
    return known.get(name, name.removeprefix("store:"))
