"""What every page's template knows: the name of the house, the menu, the user's roles."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from wangge.foundation.access import queries as access
from wangge.foundation.orders import queries as orders
from wangge.site import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor. The menu is built for signed-in users only."""
    english = (get_language() or "").startswith("en")  # a name is not translated, it is spelt
    basics = {
        "site_name": "Wangge" if english else "网格",
        "demo": settings.DEMO,
        "now": timezone.localtime(),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return basics
    return basics | {
        "menu": navigation.menu_for(request),
        "user_menu": navigation.user_menu_for(request),
        "roles": navigation.roles_of(user),
        "orders_in_force": orders.orders_over(access.reach_of(user)),
        "may_see_orders": access.may(user, "order.view"),
    }
