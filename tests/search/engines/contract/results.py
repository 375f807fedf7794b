"""What an answer holds: documents with their versions, snippets, facets, order and pages."""

import datetime
import time

import pytest

from search.engines.base import Engine, Passage
from tests.search.engines.contract.engines import NewEngine, Shared
from tests.search.engines.entries import ask, counts, entry, keys, marked, shown


class ResultsContract(Shared):
    """What an answer holds: documents with their versions, snippets, facets, order and pages."""

    # Documents and their versions

    def test_versions_of_one_document_are_one_hit_in_the_readers_language(self, engine: Engine) -> None:
        results = engine.search(ask("migrants", "fr"))

        assert results.total == 1
        (hit,) = results.hits
        assert hit.shown.language == "fr"
        assert hit.shown.url == "/fr/report/"
        assert [version.language for version in hit.versions] == ["fr", "en", "ru", "ar"]

    def test_a_query_in_one_language_finds_the_document_of_another(self, engine: Engine) -> None:
        (hit,) = engine.search(ask("повестка дня", "en")).hits

        assert hit.shown.language == "en"
        assert hit.matched.language == "ru"
        assert hit.matched.url == "/ru/report/"
        assert marked(hit.title) == []
        assert marked(hit.snippets[0].pieces) == ["повестку", "дня"]

    def test_without_the_readers_language_the_version_that_matched_is_shown(self, engine: Engine) -> None:
        (hit,) = engine.search(ask("cooperación", "ar")).hits

        assert hit.shown.language == "es"

    def test_a_language_filter_keeps_documents_available_in_it_and_shows_that_version(self, engine: Engine) -> None:
        results = engine.search(ask("working group", "en", filters={"language": ["ar"]}))

        assert keys(results) == ["report"]
        assert results.hits[0].shown.language == "ar"
        assert keys(engine.search(ask("working group", "en", filters={"language": ["zh-hans"]}))) == []

    # Snippets

    def test_snippets_are_the_best_paragraphs_with_their_anchors(self, engine: Engine) -> None:
        (hit,) = engine.search(ask("chair proposals", passages=1)).hits

        (snippet,) = hit.snippets
        assert (snippet.anchor, snippet.label) == ("3", "3")
        assert marked(snippet.pieces) == ["Chair", "proposals"]

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_without_passages_the_same_documents_are_found_and_shown(self, engine: Engine, language: str) -> None:
        for words in ("migrants", "мигрантов", "cooperación", "CTOC/COP/WG.4/2019/6", ""):
            quoted, bare = (engine.search(ask(words, language, passages=count)) for count in (2, 0))
            assert [hit.shown for hit in bare.hits] == [hit.shown for hit in quoted.hits]
            assert bare.facets == quoted.facets
            assert all(hit.snippets == () for hit in bare.hits)

    def test_text_without_paragraphs_gives_snippets_without_anchors(self, engine: Engine) -> None:
        (hit,) = engine.search(ask("boxes")).hits

        assert hit.kind == "page"
        assert hit.snippets[0].anchor == ""
        assert marked(hit.snippets[0].pieces) == ["Boxes"]

    def test_a_huge_text_is_found_to_its_end_and_answers_in_time(self, empty_engine: Engine) -> None:
        text = "\n\n".join(["An ordinary paragraph about reports."] * 40_000) + "\n\nwalrus"
        empty_engine.rebuild([entry("d", "en", "Huge", text=text)])

        started = time.monotonic()
        assert keys(empty_engine.search(ask("walrus"))) == ["d"]
        assert marked(empty_engine.search(ask("report", passages=1)).hits[0].snippets[0].pieces) == ["reports"]
        assert time.monotonic() - started < 15

    def test_markup_in_a_text_stays_text(self, empty_engine: Engine) -> None:
        empty_engine.rebuild([entry("d", "en", "<b>Bold</b> report", "<script>alert(1)</script> & the report")])

        (hit,) = empty_engine.search(ask("report script")).hits
        assert shown(hit.title) == "<b>Bold</b> report"
        assert shown(hit.snippets[0].pieces) == "<script>alert(1)</script> & the report"
        assert marked(hit.snippets[0].pieces) == ["script", "script", "report"]

    # Files

    def test_a_long_file_is_quoted_from_its_last_page_too(self, empty_engine: Engine) -> None:
        filler = "The committee took note of the report of its chair. " * 60
        pages = [Passage(f"page={number}", str(number), filler, "/f.pdf") for number in range(1, 300)]
        long = entry("long", "en", "Report", passages=(*pages, Passage("page=300", "300", "A zebra.", "/f.pdf")))
        empty_engine.rebuild([long, entry("long", "fr", "Rapport", "Un zèbre.")])
        before = dict(empty_engine.held())

        (hit,) = empty_engine.search(ask("zebras")).hits
        assert [snippet.anchor for snippet in hit.snippets] == ["page=300"]
        (hit,) = empty_engine.search(ask("zèbres", "en")).hits
        assert (hit.shown.language, hit.matched.language, shown(hit.snippets[0].pieces)) == ("en", "fr", "Un zèbre.")

        empty_engine.index([entry("long", "ru", "Доклад")])
        assert {**before, **dict(empty_engine.held())} != before
        assert {name: dict(empty_engine.held())[name] for name in before} == before
        (hit,) = empty_engine.search(ask("zebras")).hits
        assert [snippet.anchor for snippet in hit.snippets] == ["page=300"]

    def test_a_page_of_a_file_leads_into_the_file(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        pages = (Passage("page=1", "1", "Nothing.", "/files/f.pdf"), Passage("page=2", "2", "A zebra.", "/files/f.pdf"))
        filed = entry("filed", "en", "Report", passages=pages)
        engine.rebuild([filed])
        engine.index([entry("filed", "ru", "Доклад")])

        (hit,) = engine.search(ask("zebra")).hits

        (snippet,) = hit.snippets
        assert (snippet.anchor, snippet.label, shown(snippet.pieces)) == ("page=2", "2", "A zebra.")
        assert hit.address_of(snippet) == "/files/f.pdf#page=2"

    # Facets and filters

    def test_facets_count_documents_and_not_versions(self, engine: Engine) -> None:
        results = engine.search(ask(""))

        assert results.total == 3
        assert counts(results, "process") == {"crime": 1, "mercury": 1}
        assert counts(results, "kind") == {"report": 1, "decision": 1, "news": 1}
        assert counts(results, "year") == {"2025": 1, "2019": 1}
        assert list(counts(results, "year")) == ["2025", "2019"]
        assert counts(results, "language") == {"en": 3, "fr": 1, "es": 1, "ru": 1, "ar": 1, "zh-hans": 1}

    def test_a_facets_counts_ignore_its_own_choice_only(self, engine: Engine) -> None:
        results = engine.search(ask("", filters={"process": ["crime"]}))

        assert keys(results) == ["report"]
        assert counts(results, "process") == {"crime": 1, "mercury": 1}
        assert counts(results, "kind") == {"report": 1}
        assert [value.value for value in results.facet("process").values if value.is_chosen] == ["crime"]

    def test_values_of_a_facet_widen_and_facets_narrow(self, engine: Engine) -> None:
        both = engine.search(ask("", filters={"process": ["crime", "mercury"]}))
        none = engine.search(ask("", filters={"process": ["crime"], "year": ["2025"]}))

        assert set(keys(both)) == {"report", "decision"}
        assert keys(none) == []
        assert counts(none, "year") == {"2019": 1, "2025": 0}

    def test_a_document_counts_for_each_of_its_agenda_items_and_parties(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("a", "en", "Walrus report", agenda_items=("4", "5"), parties=("kz", "fr")),
                entry("a", "fr", "Rapport sur le morse", agenda_items=("4", "5"), parties=("kz", "ru")),
                entry("b", "en", "Walrus note", agenda_items=("5",), parties=("kz",)),
                entry("c", "en", "Walrus letter", parties=("us",), access="staff"),
            ]
        )

        results = empty_engine.search(ask("walrus"))
        assert counts(results, "agenda_item") == {"5": 2, "4": 1}
        assert counts(results, "party") == {"kz": 2, "fr": 1, "ru": 1}

        chosen = empty_engine.search(ask("walrus", filters={"party": ["ru"]}))
        assert keys(chosen) == ["a"]
        assert counts(chosen, "party") == {"kz": 2, "fr": 1, "ru": 1}
        assert counts(chosen, "agenda_item") == {"4": 1, "5": 1}
        both = empty_engine.search(ask("", filters={"agenda_item": ["4", "5"], "party": ["kz", "us"]}))
        assert set(keys(both)) == {"a", "b"}

    def test_a_version_that_goes_takes_the_parties_of_its_text_along(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [entry("a", "en", "Report", parties=("kz",)), entry("a", "fr", "Rapport", parties=("fr",))]
        )

        empty_engine.index([], replacing=["a-fr"])
        assert counts(empty_engine.search(ask("")), "party") == {"kz": 1}

    def test_unknown_facets_and_values_do_no_harm(self, engine: Engine) -> None:
        assert engine.search(ask("", filters={"gate_en": ["staff"], "process": [""]})).total == 3
        assert engine.search(ask("", filters={"process": ["nonesuch\x00"], "language": ["xx"]})).total == 0

    def test_only_documents_or_only_pages(self, engine: Engine) -> None:
        assert set(keys(engine.search(ask("secretariat", only="document")))) == {"decision"}
        assert set(keys(engine.search(ask("secretariat", only="page")))) == {"news"}

    # Order and pages

    def test_sorting(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("b", "en", "Report", symbols=("A/79/10",), date=datetime.date(2021, 5, 1)),
                entry("a", "en", "Report", symbols=("A/79/9",), date=datetime.date(2023, 5, 1)),
                entry("c", "en", "Report", symbols=("A/8/1",), date=datetime.date(2022, 5, 1)),
            ]
        )

        assert keys(empty_engine.search(ask("report", sort="newest"))) == ["a", "c", "b"]
        assert keys(empty_engine.search(ask("report", sort="oldest"))) == ["b", "c", "a"]
        assert keys(empty_engine.search(ask("report", sort="symbol"))) == ["c", "a", "b"]
        assert len(keys(empty_engine.search(ask("report", sort="nonesuch")))) == 3

    def test_without_words_the_newest_come_first_and_the_undated_last(self, engine: Engine) -> None:
        assert keys(engine.search(ask(""))) == ["decision", "report", "news"]

    def test_pages_are_bounded(self, empty_engine: Engine) -> None:
        empty_engine.rebuild([entry(f"d{number:02}", "en", "Report", symbols=(f"R/{number}",)) for number in range(25)])

        third = empty_engine.search(ask("report", page=3, page_size=10, sort="symbol"))
        assert (third.total, third.page, third.pages) == (25, 3, 3)
        assert keys(third) == ["d20", "d21", "d22", "d23", "d24"]
        assert empty_engine.search(ask("report", page=99, page_size=10)).page == 3
        assert empty_engine.search(ask("report", page=10**30, page_size=10**30)).total == 25
        assert empty_engine.search(ask("report", page=-5, page_size=-5)).page == 1
        nothing = empty_engine.search(ask("nothing", page=7))
        assert (nothing.page, nothing.pages) == (1, 1)
