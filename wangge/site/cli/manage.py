"""``wangge manage …``: Django's own commands (migrate, shell, makemigrations, …)."""

import argparse

from wangge.site.cli import DONE, start_django


def add(subparsers: argparse._SubParsersAction) -> None:
    parser = subparsers.add_parser("manage", help="Django 的管理命令", add_help=False)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    parser.set_defaults(run=manage)


def manage(args: argparse.Namespace) -> int:
    """Hand everything after ``manage`` to Django."""
    from django.core.management import execute_from_command_line

    start_django()
    execute_from_command_line(["wangge manage", *args.arguments])
    return DONE
