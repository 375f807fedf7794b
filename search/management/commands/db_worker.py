"""The task worker, which sees to the search index when it starts: a new version of the program may need another one."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from search.tasks import ask_for_needed_rebuild


class Command(db_worker.Command):
    """`manage.py db_worker`: asks for a rebuild if one is needed, then works."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Works until told to end."""
        ask_for_needed_rebuild()
        super().handle(*args, **options)
