"""Who may see what."""

import datetime
from collections import Counter
from typing import Any

import pytest

from search.engines.base import Engine, Visibility
from tests.search.engines.contract.engines import Shared
from tests.search.engines.entries import EMBARGOED, NOW, ask, counts, entry, keys


class VisibilityContract(Shared):
    """Who may see what."""

    def test_restricted_documents_touch_nothing_that_the_public_sees(self, engine: Engine) -> None:
        for words in ("zebra", "confidential", "UNEP/MC/COP.6/RESTRICTED/1", "unep mc cop6 restricted 1"):
            results = engine.search(ask(words))
            assert (results.total, results.hits) == (0, ())
            assert all(not facet.values for facet in results.facets)
        everything = engine.search(ask(""))
        assert "bureau" not in counts(everything, "body")
        assert "letter" not in counts(everything, "kind")
        assert "2023" not in counts(everything, "year")
        assert "zebra" not in repr(everything).lower()

    def test_a_filter_does_not_open_what_is_restricted(self, engine: Engine) -> None:
        results = engine.search(ask("", filters={"body": ["bureau"]}))

        assert results.total == 0
        assert counts(results, "body") == {"smuggling": 1, "cop": 1, "bureau": 0}

    def test_excluding_a_word_does_not_give_restricted_text_away(self, empty_engine: Engine) -> None:
        empty_engine.rebuild([entry("d", "en", "Report"), entry("d", "fr", "Rapport zèbre", access="staff")])

        assert keys(empty_engine.search(ask("report -zebre"))) == ["d"]

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"levels": frozenset({"public", "participants", "staff"})},
            {"now": NOW - datetime.timedelta(days=36_500)},
            {"words": "migrants"},
            {"words": "-migrants"},
            {"only": "page"},
            {"filters": {"body": ["smuggling", "bureau"]}},
            {"citing": ("CTOC/COP/WG.4/2019/6",)},
            {"similar_to": "report"},
        ],
        ids=["all", "staff", "long-ago", "word", "without-word", "pages", "filtered", "citing", "similar"],
    )
    def test_languages_are_counted_by_the_versions_that_the_reader_may_see(
        self, engine: Engine, asked: dict[str, Any]
    ) -> None:
        asked = {"words": "", "now": NOW, "levels": frozenset({"public"}), "page_size": 100} | asked
        visibility = Visibility(asked.pop("now"), asked.pop("levels"))
        results = engine.search(ask(visibility=visibility, **asked))

        assert len(results.hits) == results.total
        seen = Counter(version.language for hit in results.hits for version in hit.versions)
        assert counts(results, "language") == seen

    @pytest.mark.parametrize(
        ("levels", "granted", "expected"),
        [
            ((), (), set()),
            (("participants",), (), {"letter"}),
            (("participants", "staff"), (), {"letter", "minutes"}),
            ((), (("participants", "mercury"),), {"letter"}),
            ((), (("participants", "mercury"), ("staff", "mercury")), {"letter", "minutes"}),
            ((), (("participants", "crime"), ("staff", "crime")), set()),
        ],
    )
    def test_readers_see_what_they_are_admitted_to(
        self,
        engine: Engine,
        levels: tuple[str, ...],
        granted: tuple[tuple[str, str], ...],
        expected: set[str],
    ) -> None:
        reader = Visibility(NOW, frozenset(levels), frozenset(granted))

        results = engine.search(ask("zebra", visibility=reader))
        assert set(keys(results)) == expected
        assert sum(counts(results, "body").values()) == len(expected)

    def test_a_version_under_embargo_appears_by_itself_and_not_before(self, engine: Engine) -> None:
        before = engine.search(ask("jirafa", "es"))
        assert before.total == 0
        assert "es" not in [version.language for version in engine.search(ask("migrants")).hits[0].versions]
        assert counts(engine.search(ask("migrants")), "language") == {"en": 1, "fr": 1, "ru": 1, "ar": 1}
        assert engine.search(ask("migrants", filters={"language": ["es"]})).total == 0

        after = engine.search(ask("jirafa", "es", Visibility(EMBARGOED)))
        assert keys(after) == ["report"]
        assert after.hits[0].shown.language == "es"

    def test_an_embargo_ends_at_its_moment(self, engine: Engine) -> None:
        almost = Visibility(EMBARGOED - datetime.timedelta(seconds=1))

        assert engine.search(ask("jirafa", "es", almost)).total == 0

    def test_an_expired_page_is_gone(self, empty_engine: Engine) -> None:
        empty_engine.rebuild([entry("p", "en", "Old notice", kind="page", visible_until=NOW)])

        assert empty_engine.search(ask("notice")).total == 0
        earlier = Visibility(NOW - datetime.timedelta(seconds=1))
        assert empty_engine.search(ask("notice", visibility=earlier)).total == 1
