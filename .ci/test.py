"""``make test``: the whole suite on one database, saying by name what is left out."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = "postgres://postgres@127.0.0.1:5432/wangge"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def answers(address: str) -> bool:
    """Whether a server listens where the database address points."""
    place = urlsplit(address)
    try:
        socket.create_connection((place.hostname or "127.0.0.1", place.port or 5432), timeout=3).close()
    except OSError:
        return False
    return True


def create_database(address: str) -> None:
    """Create the named database when it is missing (the suite makes its own test_ one beside it)."""
    import psycopg
    from psycopg import sql

    name = urlsplit(address).path.strip("/")
    with psycopg.connect(urlsplit(address)._replace(path="/postgres").geturl(), autocommit=True) as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("rest", nargs="*")
    args = parser.parse_args()
    environment = {**os.environ, "WANGGE_TEST": "1"}
    environment.pop("WANGGE_DATABASE_URL", None)
    if args.db == "postgres":
        address = os.environ.get("WANGGE_DATABASE_URL", POSTGRES)
        if not answers(address):
            print(f"PostgreSQL leg skipped: no server answers at {urlsplit(address).hostname}.")
            return 0
        create_database(address)
        environment["WANGGE_DATABASE_URL"] = address
    if not any(shutil.which(name) for name in BROWSERS):
        print("Browser tests skipped: no Chromium on this machine (apt-get install chromium).")
    home = Path(os.environ.get("WANGGE_HOME") or ROOT / "var") / f"test-{args.db}"
    home.mkdir(parents=True, exist_ok=True)
    environment["WANGGE_HOME"] = str(home)
    print(f"Tests on {args.db}", flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        str(min(4, os.cpu_count() or 1)),
        "--dist",
        "loadgroup",
        "--no-loadscope-reorder",  # what commits for good stays last (tests/conftest.py)
        *args.rest,
    ]
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
