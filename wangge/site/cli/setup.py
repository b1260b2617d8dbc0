"""``wangge setup [--demo]``: keys, tables, static files, the district, and the demo people."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
from pathlib import Path

from wangge.site.cli import DONE, ROOT, Refused, everywhere, start_django
from wangge.site.cli.progress import doing, say

LOGINS = "logins.json"  # of the demo, shown by `wangge serve`
DEMO_CODE = "demo-code"  # the number of a report code of the demo, shown there too


def add(subparsers: argparse._SubParsersAction) -> None:
    parser = subparsers.add_parser("setup", help="准备数据库、密钥、静态文件和区县数据")
    parser.add_argument("--demo", action="store_true", help="装入演示区县和编造的人")
    parser.add_argument("--scale", choices=["sample", "full"], default="sample", help="演示规模：1:20 或全量")
    parser.set_defaults(run=setup)


def setup(args: argparse.Namespace) -> int:
    """Idempotent: what is there stays; a second run takes about a second."""
    home = Path(os.environ["WANGGE_HOME"])
    write_keys(home, demo=args.demo)
    compile_translations()
    start_django()
    make_tables()
    publish_static(home)
    with everywhere():
        load_district(demo=args.demo)
        if args.demo:
            load_demo(args.scale, home)
    if not args.demo:
        say("准备好了。先建账号：wangge user create 用户名 --name 姓名 --role security_admin")
        say("再运行：wangge serve")
    return DONE


def compile_translations() -> None:
    """The English interface; where the product's folder may not be written, it stays as it came."""
    from wangge.site.catalogues import compile_catalogues

    try:
        compile_catalogues()
    except PermissionError:
        say("译文没有重新编译：程序文件夹不能写入。")


def write_keys(home: Path, *, demo: bool) -> None:
    """Generate ``wangge.env`` once. An environment that brings its own keys gets no file."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "wangge.env"
    if path.exists():
        held_demo = "WANGGE_DEMO=1" in path.read_text(encoding="utf-8")
        if held_demo != demo:
            kind, other = ("演示", "正式") if held_demo else ("正式", "演示")
            raise Refused(f"{home} 里是{kind}数据，不能再装{other}数据。用 WANGGE_HOME 另指一个文件夹。")
        return
    if {"WANGGE_SECRET_KEY", "WANGGE_FIELD_KEYS"} <= os.environ.keys() and not demo:
        return
    lines = [
        "# 密钥：丢失后已加密的证件号和电话无法恢复，请妥善备份。Keys: back them up, keep them secret.",
        f"WANGGE_SECRET_KEY={secrets.token_urlsafe(50)}",
        f"WANGGE_FIELD_KEYS=1:{secrets.token_hex(32)}",
        f"WANGGE_TOKEN_KEYS=1:{secrets.token_hex(32)}",
        *(["WANGGE_DEMO=1"] if demo else []),
    ]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def make_tables() -> None:
    """Create the PostgreSQL database if it is missing and bring the tables up to date."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    create_database()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with doing("建立数据表"):
            call_command("migrate", interactive=False, verbosity=0)


def create_database() -> None:
    """PostgreSQL only: create the named database through the maintenance one."""
    from django.db import OperationalError, connection

    if connection.vendor != "postgresql":
        return
    try:
        connection.ensure_connection()
    except OperationalError as error:
        if "does not exist" not in str(error):
            raise Refused(f"连不上 PostgreSQL：{error}".strip()) from error
        import psycopg
        from psycopg import sql

        held = connection.settings_dict
        with psycopg.connect(
            host=held["HOST"], port=held["PORT"] or 5432, user=held["USER"], password=held["PASSWORD"],
            dbname="postgres", autocommit=True,
        ) as server:  # fmt: skip
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(held["NAME"])))


def publish_static(home: Path) -> None:
    """Collect and compress the static files when the built front end changed."""
    from django import get_version
    from django.core.management import call_command

    stamp, built = home / "static" / ".stamp", ROOT / "front" / "dist" / ".stamp"
    wanted = (built.read_text(encoding="utf-8") if built.exists() else "") + get_version()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    with doing("收集静态文件"):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    manifest = ROOT / "front" / "dist" / ".vite" / "manifest.json"  # collectstatic leaves dot folders out
    if manifest.exists():
        shutil.copyfile(manifest, home / "static" / "manifest.json")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")


def load_district(*, demo: bool) -> None:
    """The district package named by WANGGE_DISTRICT, unless its areas are in already."""
    from django.conf import settings

    from wangge.foundation.territory import actions
    from wangge.foundation.territory.models import Area

    if Area.objects.filter(code__startswith=settings.DISTRICT).exists():
        return
    with doing("装入区县：镇街、村居、网格"):
        actions.load_package(settings.DISTRICT, actor="setup", demo=demo)


def load_demo(scale: str, home: Path) -> None:
    """The demo people and logins, when nobody is registered yet."""
    from wangge.registry.people.models import Person
    from wangge.site.cli import main
    from wangge.site.demo.report_codes import first_number
    from wangge.site.demo.users import logins

    held = home / "demo-scale"
    if Person.objects.exists():
        if held.exists() and held.read_text(encoding="utf-8") != scale:
            say(f"演示数据早已按另一规模装入。要换成 {scale}：wangge demo load --reset --scale {scale}")
    elif main(["demo", "load", "--scale", scale]) != DONE:
        raise Refused("演示数据没有装完，原因见上。再运行一次会接着做。")
    else:
        held.write_text(scale, encoding="utf-8")
    (home / LOGINS).write_text(json.dumps(logins(), ensure_ascii=False), encoding="utf-8")
    (home / DEMO_CODE).write_text(first_number(), encoding="utf-8")
