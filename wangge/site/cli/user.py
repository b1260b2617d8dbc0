"""``wangge user create``: the first accounts of an installation; later ones are made in the console."""

from __future__ import annotations

import argparse

from wangge.site.cli import DONE, Refused, everywhere, say_json, start_django


def add(subparsers: argparse._SubParsersAction) -> None:
    noun = subparsers.add_parser("user", help="账号")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    creating = verbs.add_parser("create", help="建一个账号并授一个角色；口令只显示一次，首次登录须改")
    creating.add_argument("username")
    creating.add_argument("--name", required=True, help="姓名")
    creating.add_argument("--role", required=True, help="角色代码，例如 security_admin、auditor")
    creating.add_argument("--area", help="辖区代码；默认整个区县")
    creating.add_argument("--json", action="store_true")
    creating.set_defaults(run=create)


def create(args: argparse.Namespace) -> int:
    """Open the account and give the role in one transaction."""
    start_django()
    from django.conf import settings
    from django.db import transaction

    from wangge.foundation.access import actions
    from wangge.foundation.access.enums import Role
    from wangge.foundation.access.models import User
    from wangge.foundation.access.rules import Refused as NotAllowed
    from wangge.foundation.access.rules import Unacceptable

    if args.role not in Role.values:
        raise Refused(f"没有角色 {args.role}。可选：{'、'.join(Role.values)}。")
    area = args.area or f"{settings.DISTRICT}000000"
    with everywhere(), transaction.atomic():
        if User.objects.filter(username=args.username).exists():
            raise Refused(f"已有用户 {args.username}。要改授权，请在“用户与授权”里做。")
        try:
            user, password = actions.create_user(
                actor="cli", username=args.username, name=args.name, area_code=area
            )
            actions.give_grant(actor="cli", user=user, role=args.role, area_code=area)
        except (NotAllowed, Unacceptable) as error:
            raise Refused(str(error)) from error
    if args.json:
        say_json({"username": user.username, "password": password, "role": args.role, "area": area})
    else:
        print(f"{user.username}  {password}")
    return DONE
