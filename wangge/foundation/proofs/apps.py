from django.apps import AppConfig


class ProofsConfig(AppConfig):
    name = "wangge.foundation.proofs"
    label = "proofs"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.foundation.proofs.events import KINDS

        name_kinds(KINDS)
