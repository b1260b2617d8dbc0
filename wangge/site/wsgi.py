"""The door that the server knocks at: ``granian --interface wsgi wangge.site.wsgi:application``."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.site.settings")
application = get_wsgi_application()


def _leave_what_stays() -> None:
    """What is loaded once stays for good; looking through all of it again, in the middle of somebody's page,
    was most of the slowest requests' time."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - loads the pages
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


_leave_what_stays()
