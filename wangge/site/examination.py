"""The checks behind ``wangge doctor``: each says what it found and, unless fine, what to do."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from glob import glob
from pathlib import Path

ENOUGH_DISK = 2 * 1024**3
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One line of the report; state is ok, warn or fail."""

    name: str
    state: str
    found: str
    advice: str = ""


def browser() -> str:
    """Path of a Chromium on this machine, "" when there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def examine() -> list[Finding]:
    """Every check, in the order in which trouble is mended. Later ones need settings that load."""
    findings = [python(), node(), disk()]
    loads = settings_load()
    findings.append(loads)
    if loads.state == "fail":
        return findings
    findings += [keys(), sealing(), messages(), database()]
    if findings[-1].state == "fail":
        return findings
    return [*findings, *_in_database(), static(), clock(), chromium(), fonts()]


def _in_database() -> Iterator[Finding]:
    applied = migrations()
    yield applied
    if applied.state == "ok":
        yield district()
        yield worker()
        yield heartbeat()


def _guard(name: str, check: Callable[[], Finding], advice: str) -> Finding:
    try:
        return check()
    except Exception as error:  # a doctor reports whatever goes wrong
        return Finding(name, "fail", f"{type(error).__name__}: {error}".splitlines()[0], advice)


def python() -> Finding:
    return Finding("Python", "ok", f"{platform.python_version()} ({sys.executable})")


def node() -> Finding:
    """Only needed to build the front end again."""
    found = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if not found:
        return Finding("Node", "warn", "没有", "只在重新构建前端时需要；make demo 会自动从 PyPI 安装。")
    version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout.strip()
    return Finding("Node", "ok", version)


def disk() -> Finding:
    home = Path(os.environ["WANGGE_HOME"])
    at = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(at).free
    state = "ok" if free > ENOUGH_DISK else "warn"
    return Finding(
        "磁盘",
        state,
        f"{home} 剩余 {free / 1024**3:.1f} GB",
        "" if state == "ok" else "少于 2 GB：清理或换盘。",
    )


def settings_load() -> Finding:
    def check() -> Finding:
        import django

        django.setup()
        from django.conf import settings

        mode = "演示" if settings.DEMO else "调试" if settings.DEBUG else "测试" if settings.TEST else "正式"
        return Finding("设置", "ok", f"{mode}模式，数据在 {settings.HOME}")

    advice = "运行 wangge setup（会生成密钥），或在环境变量里提供 WANGGE_SECRET_KEY 和 WANGGE_FIELD_KEYS。"
    return _guard("设置", check, advice)


def keys() -> Finding:
    from django.conf import settings

    if settings.SECRET_KEY == settings.DEFAULT_SECRET or "5a" * 32 in settings.FIELD_KEYS:
        state = "warn" if settings.TEST or settings.DEBUG else "fail"
        return Finding("密钥", state, "用的是默认密钥", "运行 wangge setup 生成，或改环境变量。")
    path = settings.HOME / "wangge.env"
    if path.exists() and path.stat().st_mode & 0o077:
        return Finding("密钥", "warn", f"{path} 别人也能读", f"chmod 600 {path}")
    return Finding("密钥", "ok", f"{len(settings.FIELD_KEYS.split(','))} 把字段密钥，{settings.FIELD_CIPHER}")


def messages() -> Finding:
    from django.conf import settings

    if settings.SMS_GATEWAY.endswith("Nobody"):
        advice = "设 WANGGE_SMS_GATEWAY 为短信通道的类；没有时验证码发不出去。"
        return Finding("短信", "warn", "没有通道", advice)
    return Finding("短信", "ok", settings.SMS_GATEWAY)


def sealing() -> Finding:
    def check() -> Finding:
        from wangge.lib.sealing import blind, seal, unseal

        probe = "wangge"
        same = unseal(seal(probe)) == probe and blind(probe) == blind(probe)
        return Finding("字段加密", "ok" if same else "fail", "能加密，能解密" if same else "解密结果不对")

    return _guard("字段加密", check, "检查 WANGGE_FIELD_KEYS：格式 1:<64 位十六进制>，多把用逗号隔开。")


def database() -> Finding:
    def check() -> Finding:
        from django.db import connection

        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
            )
            version = cursor.fetchone()[0]
        return Finding("数据库", "ok", f"{connection.vendor} {version}")

    return _guard("数据库", check, "检查 WANGGE_DATABASE_URL，数据库服务是否在运行。")


def migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Finding("数据表", "fail", f"有 {waiting} 步没有执行", "运行 wangge setup（演示加 --demo）。")
    return Finding("数据表", "ok", "已是最新")


def district() -> Finding:
    from django.conf import settings

    from wangge.foundation.territory.models import Area
    from wangge.lib.scoping import EVERYWHERE, within

    with within(EVERYWHERE):
        number = Area.objects.filter(code__startswith=settings.DISTRICT).count()
    if not number:
        return Finding("区县", "fail", f"{settings.DISTRICT} 还没有装入", "运行 wangge setup。")
    return Finding("区县", "ok", f"{settings.DISTRICT}，{number} 个区域")


def worker() -> Finding:
    """Judged by the queue: nothing may be due for longer than some minutes."""
    from django.utils import timezone

    from wangge.foundation.journal.models import Delivery

    now = timezone.now()
    oldest = Delivery.objects.filter(state="waiting", due_at__lt=now - LATE).order_by("due_at").first()
    failed = Delivery.objects.filter(state="failed").count()
    if oldest:
        minutes = int((now - oldest.due_at).total_seconds() // 60)
        return Finding(
            "后台任务",
            "fail",
            f"最早的一项已等了 {minutes} 分钟",
            "运行 wangge worker（wangge serve 会自带一个）。",
        )
    if failed:
        return Finding("后台任务", "warn", f"{failed} 项失败", "在“操作留痕 → 后续处理”里查看并重试。")
    return Finding("后台任务", "ok", "没有积压")


def heartbeat() -> Finding:
    """Whether a worker runs at all, here or on another machine with the same database."""
    from django.utils import timezone

    from wangge.flows.alive import SILENT, last_sign

    told = last_sign()
    advice = "运行 wangge worker（wangge serve 会自带一个）。"
    if told is None:
        return Finding("后台进程", "warn", "没有运行过", advice)
    seconds = int((timezone.now() - told).total_seconds())
    if seconds > SILENT.total_seconds():
        return Finding("后台进程", "warn", f"{timezone.localtime(told):%Y-%m-%d %H:%M} 以后没有动静", advice)
    return Finding("后台进程", "ok", f"在运行，{seconds} 秒前有动静")


def static() -> Finding:
    from django.conf import settings

    from wangge.site.templatetags.wangge import built_entry

    if not built_entry():
        return Finding("前端", "fail", "没有构建", "运行 make prepare。")
    if not (settings.STATIC_ROOT / "staticfiles.json").exists() and not settings.WHITENOISE_USE_FINDERS:
        return Finding("前端", "fail", "没有收集静态文件", "运行 wangge setup。")
    return Finding("前端", "ok", "已构建")


def clock() -> Finding:
    """A clock before the code's own date spoils deadlines and the trail."""
    from django.conf import settings

    made = Path(__file__).stat().st_mtime
    if time.time() < made - 86400:
        return Finding(
            "时钟", "fail", time.strftime("%Y-%m-%d %H:%M"), "系统时间比程序文件还早，请校时（NTP）。"
        )
    return Finding("时钟", "ok", f"{time.strftime('%Y-%m-%d %H:%M')}，业务时区 {settings.TIME_ZONE}")


def chromium() -> Finding:
    found = browser()
    advice = "" if found else "只有浏览器测试需要：apt-get install chromium。"
    return Finding("浏览器（测试用）", "ok" if found else "warn", found or "没有", advice)


def fonts() -> Finding:
    """Chinese fonts matter where pages or papers are set here: certificates as PDF, screenshots of tests."""
    places = [
        "/usr/share/fonts/**/*CJK*",
        "/usr/share/fonts/**/*wqy*",
        "/System/Library/Fonts/PingFang*",
        "C:/Windows/Fonts/msyh*",
    ]
    if any(glob(place, recursive=True) for place in places):
        return Finding("中文字体", "ok", "有")
    return Finding(
        "中文字体",
        "warn",
        "没有",
        "销毁证明的 PDF 排不出来，截图里会是方框：apt-get install fonts-noto-cjk。",
    )
