"""The glossary of the demonstration: a table for each process, and one for the whole site."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command

from home.demo.reading import DATA

GENERAL = "general"


def glossary_tables() -> list[Path]:
    """The tables, each called by its process's code."""
    return sorted((DATA / "glossary").glob("*.csv"))


def load_glossary() -> Iterator[Path]:
    """Takes the terms in, table by table. What is there already stays as it is."""
    for path in glossary_tables():
        owner = [] if path.stem == GENERAL else ["--process", path.stem]
        # By its command: the translators' workplace stands beside this package, not below it.
        call_command("import_glossary", str(path), *owner, verbosity=0)
        yield path
