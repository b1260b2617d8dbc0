from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "wangge.systems.groups"
    label = "groups"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.registry.rights import sections
        from wangge.systems.groups.events import KINDS
        from wangge.systems.groups.own_data import own_memberships

        name_kinds(KINDS)
        sections.register("groups", own_memberships)
        self._tell_orders()

    def _tell_orders(self) -> None:
        """Demands live and die with an order."""
        from django.utils.translation import gettext_lazy as _

        from wangge.foundation.orders.erasers import register_rows
        from wangge.systems.groups.actions import count_demands, erase_demands

        register_rows(
            "group_rules", count_demands, erase_demands, label=_("团体要求"), tables=("groups_grouprule",)
        )
