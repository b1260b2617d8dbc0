"""The doors of the field app."""

from tests.walls.row import Row

FIELD = [Row("field_qr", "duty.do", None, "POST", form="link=/c/")]
# The worker and the manifest are files of the build; who is not signed in hears just that from field_me
# (tests/site/field/test_shell.py).
OPEN_FIELD = {"service_worker", "field_manifest", "field_me"}
