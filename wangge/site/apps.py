from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "wangge.site"
    label = "site"
