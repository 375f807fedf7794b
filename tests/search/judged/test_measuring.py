"""The harness measures what readers see."""

from search.engines.base import Visibility
from tests.search.engines.entries import NOW, entry
from tests.search.judged.archive import Archive
from tests.search.judged.engines import embedded_engine
from tests.search.judged.judgments import Judged
from tests.search.judged.measuring import ask_all
from tests.search.judged.report import table


def test_a_misspelling_is_worth_what_the_page_shows_for_it() -> None:
    entries = tuple(entry(f"d{number}", "en", f"Report on landmines {number}") for number in range(3))
    names = {one.document_key: f"A/{one.document_key}" for one in entries}
    grades = dict.fromkeys(names.values(), 3)
    asked = [
        Judged(words, "en", "spelling", grades, by_topic=False, held_out=True) for words in ("landmiens", "report")
    ]

    with embedded_engine() as engine:
        misspelt, right = ask_all(engine, Archive(entries, names, Visibility(NOW)), asked)

    assert sorted(misspelt.found) == sorted(grades)
    assert misspelt.score.ndcg == 1
    assert misspelt.uncorrected.ndcg == 0
    assert right.score == right.uncorrected
    assert list(table("embedded", [misspelt, right]))[-1].split()[2:6] == ["0.500", "0.500", "0.500", "without"]
