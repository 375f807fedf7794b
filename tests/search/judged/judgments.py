"""The judged queries as they stand in the files of this folder."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
HIGHEST_GRADE = 3


@dataclass(frozen=True)
class Judged:
    """A query and what answers it.

    `language` is the reader's (Django's code), `tests` what the query tries out, `grades` the documents that answer it
    by name (see `topics.toml`), each 1 to 3; every other document answers nothing. `by_topic`: the grades are those of
    a topic, whatever language its documents are in.
    """

    words: str
    language: str
    tests: str
    grades: Mapping[str, int]
    by_topic: bool
    held_out: bool

    @property
    def label(self) -> str:
        """How a report names it."""
        return f"{self.language}: {self.words}"

    def graded(self, languages: Mapping[str, Collection[str]]) -> Mapping[str, int]:
        """What is expected of an archive that holds these documents, by name, in these languages.

        Of the documents of a topic those that the reader's language has: no word of it stands in the others.
        """
        return {
            name: grade
            for name, grade in self.grades.items()
            if name in languages and (not self.by_topic or self.language in languages[name])
        }


def judged_queries() -> list[Judged]:
    """Every judged query. Raises KeyError for a topic that is not there, ValueError for a grade that is none."""
    topics = tomllib.loads((HERE / "topics.toml").read_text(encoding="utf-8"))
    found = []
    for path in sorted((HERE / "queries").glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["queries"]:
            grades = topics[row["topic"]] if "topic" in row else row["grades"]
            if not all(grade in range(1, HIGHEST_GRADE + 1) for grade in grades.values()):
                raise ValueError(f"{row['words']}: grades go from 1 to {HIGHEST_GRADE}.")
            held_out = row.get("held_out", False)
            found.append(Judged(row["words"], path.stem, row["tests"], grades, "topic" in row, held_out))
    return found
