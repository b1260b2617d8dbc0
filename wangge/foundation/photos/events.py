"""What this app's events are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "photo.completed": _("照片收齐"),
    "photo.refused": _("照片不能用"),
    "photos.forgotten": _("清理照片"),
}
