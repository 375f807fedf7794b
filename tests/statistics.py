"""What PostgreSQL's planner knows of tables that a test has just filled."""

from django.db import connection


def take_statistics() -> None:
    """Let the planner count the rows that are there now; nothing on SQLite.

    A server does so by itself after a while. Tests that fill many tables ask at once: what it counted last may be the
    tables as an earlier test left them, empty, and it plans for that.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
