from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "wangge.site"
    label = "site"

    def ready(self) -> None:
        from wangge.site.gaps import register_gaps

        register_gaps()
