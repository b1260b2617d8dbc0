"""django-import-export as a project would use it: one plain model, one resource, no checks, no sealing."""
