"""Sets the product up on a machine that has only Python, and starts what the Makefile asks for.

Standard library only. Every step leaves a stamp with a hash of its inputs, so a second start does
nothing twice. ``make help`` lists the calls.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys

from steps import BIN, HOME, ROOT, VENV, Step, Stop, digest, done_before, pip, run

from front import build_front

OLDEST_PYTHON = (3, 11)


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


def install(lock: str) -> bool:
    """Install one lock file into the venv; the first one also brings the project itself. False: was there."""
    path = ROOT / lock
    stamp = VENV / f".{lock}.stamp"
    wanted = digest([path, ROOT / "pyproject.toml"], str(ROOT))
    if done_before(stamp, wanted):
        return False
    pins = sum(1 for line in path.read_text(encoding="utf-8").splitlines() if "==" in line)
    with Step(f"安装 Python 依赖（{pins} 个，{lock}）") as step:
        pip("--no-deps", "--no-compile", "--prefer-binary", "-r", str(path), step=step, total=pins)
        step.share = 0.95
        if lock == "requirements.lock":
            pip("--no-deps", "--no-build-isolation", "--no-compile", "-e", str(ROOT))
    stamp.write_text(wanted, encoding="utf-8")
    return True


def compile_ahead() -> subprocess.Popen[bytes]:
    """Byte code while the front end builds; where Python may not write it, every start would pay anew."""
    command = [
        str(BIN / "python"),
        "-m",
        "compileall",
        "-qq",
        "-j",
        "2",
        str(VENV / "lib"),
        str(ROOT / "wangge"),
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def compile_translations() -> None:
    """The English interface, where its compiled form is missing or older (see wangge/site/catalogues.py)."""
    catalogues = sorted((ROOT / "wangge" / "locale").rglob("*.po"))
    built = [path.with_suffix(".mo") for path in catalogues]
    if all(
        mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime
        for po, mo in zip(catalogues, built, strict=True)
    ):
        return
    with Step("编译界面译文"):
        hint = "译文编译失败：wangge/locale 不能写入，或译文文件有误。"
        run([str(BIN / "python"), "-m", "wangge.site.catalogues"], hint=hint)


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
    changed = [install(lock) for lock in ["requirements.lock"] + ["requirements-dev.lock"] * dev]
    compiling = compile_ahead() if any(changed) else None
    build_front()
    compile_translations()
    if compiling:
        with Step("编译 Python 代码"):
            compiling.wait()


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
