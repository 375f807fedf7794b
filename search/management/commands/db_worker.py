"""The task worker, which sees to search when it starts: the one before may have been killed or of another version."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from search.tasks import catch_up


class Command(db_worker.Command):
    """`manage.py db_worker`: asks for what search needs done, then works."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Works until told to end."""
        catch_up()
        super().handle(*args, **options)
