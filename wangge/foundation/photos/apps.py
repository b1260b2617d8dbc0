from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "wangge.foundation.photos"
    label = "photos"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.foundation.photos.events import KINDS

        name_kinds(KINDS)
