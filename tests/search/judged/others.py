"""Documents about other things, made from `others.toml`: among them the judged ones have to be found."""

import datetime
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from search.engines.base import Entry, Passage

RELEASED = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)


def other_entries() -> Iterator[Entry]:
    """Some 290 documents in six languages, always the same."""
    data = tomllib.loads(Path(__file__).with_name("others.toml").read_text(encoding="utf-8"))
    for subject, year, (kind, titles) in product(data["subjects"], data["years"], data["kinds"].items()):
        symbol = f"OTH/{subject['code']}/{year}/{1 if kind == 'agenda' else 2}"
        for language, title in titles.items():
            lines = data["texts"][language] if kind == "report" else data["texts"][language][1:2]
            passages = [
                Passage(str(number), str(number), line.format(year=year)) for number, line in enumerate(lines, start=1)
            ]
            yield Entry(
                id=f"{symbol}-{language}",
                document_key=symbol,
                language=language,
                title=title.format(subject=subject[language], year=year),
                url=f"/{language}/{symbol}/",
                visible_from=RELEASED,
                symbols=(symbol,),
                passages=tuple(passages),
                process="other",
                body=subject["code"],
                doc_kind=kind,
                date=datetime.date(year, 6, 30),
            )
