"""``wangge serve``: the web server and one worker, looked after until Ctrl-C."""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

from wangge.site.cli import DONE, Refused
from wangge.site.cli.progress import say
from wangge.site.cli.setup import DEMO_CODE, LOGINS

STEADY = 60.0  # a child that ran this long starts again at once
PATIENCE = 15.0  # seconds a child gets to finish after SIGTERM


def add(subparsers: argparse._SubParsersAction) -> None:
    parser = subparsers.add_parser("serve", help="运行网页服务和后台任务")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="网页进程数")
    parser.add_argument("--no-worker", action="store_true", help="不带后台任务")
    parser.set_defaults(run=serve)


@dataclass
class Child:
    """A process that is started again when it ends, after a pause that doubles."""

    name: str
    command: list[str]
    pause: float = 1.0
    not_before: float = 0.0
    begun: float = 0.0
    process: subprocess.Popen | None = field(default=None, repr=False)

    def start(self) -> None:
        self.begun = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_die_with_parent)

    def look(self) -> None:
        """Start the child again if it ended."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            self.pause = 1.0 if now - self.begun > STEADY else min(self.pause * 2, 30.0)
            say(f"{self.name} 停止了（{self.process.returncode}），{self.pause:.0f} 秒后重新启动。")
            self.process, self.not_before = None, now + self.pause
        if now >= self.not_before:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _die_with_parent() -> None:
    # Linux: even a supervisor killed with -9 takes its children along, so no port stays taken.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def children_for(args: argparse.Namespace) -> list[Child]:
    """The web server, and the worker unless it runs elsewhere."""
    web = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        args.host,
        "--port",
        str(args.port),
    ]
    # Threads wait for the disk most of their time, and who waits together is written together; granian's
    # warning that they are many on few cores would stand on every start.
    web += ["--workers", str(args.workers), "--blocking-threads", "16", "--respawn-failed-workers"]
    web += ["--workers-kill-timeout", "10", "--log-level", "error", "wangge.site.wsgi:application"]
    children = [Child("网页服务", web)]
    if not args.no_worker and find_spec("wangge.site.cli.worker"):
        program = (
            "import sys; from wangge.site.cli import main; sys.exit(main(['worker', '--failures-only']))"
        )
        children.append(Child("后台任务", [sys.executable, "-c", program]))
    return children


def serve(args: argparse.Namespace) -> int:
    """Run until SIGINT or SIGTERM; children end before this returns."""
    _refuse_bad_settings()
    _refuse_taken_port(args.host, args.port)
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    children = children_for(args)
    announced, grace = False, time.monotonic() + 10
    try:
        while not stopping:
            # The worker's first sweeps are heavy: people get their pages first.
            for child in children if announced or time.monotonic() > grace else children[:1]:
                child.look()
            announced = announced or _announce(args.host, args.port)
            time.sleep(0.2 if announced else 0.05)
    finally:
        say("正在停止……")
        _stop(children)
    return DONE


def _stop(children: list[Child]) -> None:
    until = time.monotonic() + PATIENCE
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait(until)


def _refuse_bad_settings() -> None:
    """Settings that do not load end here in words, not in children that die again and again."""
    from django.conf import settings

    str(settings.SECRET_KEY)  # reading one loads them all; raises ImproperlyConfigured


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"端口 {port} 不能用（{error.strerror}）。换一个：wangge serve --port {port + 1}"
            ) from error


def _announce(host: str, port: int) -> bool:
    address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"
    try:
        asking = HTTPConnection(host if host != "0.0.0.0" else "127.0.0.1", port, timeout=2)
        asking.request("GET", "/api/v1/health")
        asking.getresponse()  # any answer will do: in production it is a redirect to HTTPS
        asking.close()
    except OSError:
        return False
    say(f"\n[bold]网格已经运行：{address}/[/bold]    停止：Ctrl-C")
    _show_code(address, Path(os.environ["WANGGE_HOME"]) / DEMO_CODE)
    _show_logins(Path(os.environ["WANGGE_HOME"]) / LOGINS)
    return True


def _show_code(address: str, path: Path) -> None:
    """Where a resident of the demo would get to by scanning."""
    if path.exists() and (number := path.read_text(encoding="utf-8")):
        say(f"居民报备（不用登录，手机也可打开）：{address}/c/{number}")


def _show_logins(path: Path) -> None:
    if not path.exists():
        return
    from rich.table import Table

    from wangge.site.cli.progress import console

    table = Table("角色", "用户名", "密码", "区域", title="演示登录（每个角色一个）", title_justify="left")
    for login in json.loads(path.read_text(encoding="utf-8")):
        table.add_row(*(str(login.get(key, "")) for key in ("role", "username", "password", "area")))
    console.print(table)
