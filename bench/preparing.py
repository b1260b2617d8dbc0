"""Child process: the tables and areas of an empty district (``python -m bench.preparing``)."""

import django


def main() -> None:
    django.setup()
    from django.db import connection, connections

    from wangge.site.cli import everywhere
    from wangge.site.cli.setup import load_district, make_tables

    make_tables()
    with everywhere():
        load_district(demo=True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()


if __name__ == "__main__":
    main()
