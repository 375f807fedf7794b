"""How an index is changed, rebuilt and looked through."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.engines.base import Engine, EngineUnavailableError, Entry
from search.engines.grouping import entry_fingerprint
from tests.search.engines.contract.engines import NewEngine, Shared, fingerprints
from tests.search.engines.entries import EMBARGOED, archive, ask, embargoed, entry, keys


class WritingContract(Shared):
    """How an index is changed, rebuilt and looked through."""

    # Changes

    def test_an_entry_is_replaced_by_its_id(self, own_engine: Engine) -> None:
        own_engine.index([entry("news", "en", "The secretariat stays", kind="page")])

        assert keys(own_engine.search(ask("building"))) == []
        assert keys(own_engine.search(ask("stays"))) == ["news"]
        assert own_engine.health().documents == 5

    def test_a_new_version_joins_its_document(self, own_engine: Engine) -> None:
        own_engine.index([entry("news", "fr", "Le secrétariat déménage", kind="page")])

        (hit,) = own_engine.search(ask("déménager", "fr")).hits
        assert [version.language for version in hit.versions] == ["fr", "en"]
        assert own_engine.health().documents == 5

    def test_deleting_a_version_leaves_the_others(self, own_engine: Engine) -> None:
        report = own_engine.index([], replacing=["report-en", "report-fr", "nonesuch"])

        assert report.removed == ("nonesuch", "report-en", "report-fr")
        assert keys(own_engine.search(ask("policies"))) == []
        (hit,) = own_engine.search(ask("отчет", "en")).hits
        assert [version.language for version in hit.versions] == ["ru", "ar"]

    def test_deleting_the_last_version_takes_the_document_away(self, own_engine: Engine) -> None:
        own_engine.index([], replacing=["news-en"])

        assert own_engine.search(ask("")).total == 2

    def test_a_batch_replaces_what_it_names_by_what_it_holds(self, own_engine: Engine) -> None:
        report = own_engine.index(
            [entry("news", "en", "Still here", kind="page")], replacing=["news-en", "decision-en", "decision-es"]
        )

        assert (report.indexed, report.removed) == (1, ("decision-en", "decision-es"))
        assert keys(own_engine.search(ask("still here"))) == ["news"]
        assert [version.language for version in own_engine.search(ask("合作")).hits[0].versions] == ["zh-hans"]

    def test_an_entry_that_moves_to_another_document_leaves_the_first(self, own_engine: Engine) -> None:
        own_engine.index([entry("elsewhere", "en", "Boxes moved", id="news-en", kind="page")])

        assert keys(own_engine.search(ask("boxes"))) == ["elsewhere"]

    def test_a_restriction_takes_effect_when_indexed(self, own_engine: Engine) -> None:
        own_engine.index([entry("news", "en", "The secretariat moves", kind="page", access="staff")])

        assert keys(own_engine.search(ask("moves"))) == []

    def test_an_unknown_language_is_refused_and_the_others_go_in(self, own_engine: Engine) -> None:
        report = own_engine.index([entry("x", "tlh", "Qapla"), entry("y", "en", "Success")])

        assert report.indexed == 1
        assert report.refused == (("x-tlh", "The search index has no language 'tlh'."),)
        assert keys(own_engine.search(ask("success"))) == ["y"]

    # Rebuilding and health

    def test_health_counts_documents_and_entries(self, engine: Engine) -> None:
        health = engine.health()

        assert health.state == "ready"
        assert not health.needs_rebuild
        assert health.documents == 5
        assert health.entries == {"en": 5, "fr": 1, "es": 2, "ru": 1, "ar": 1, "zh-hans": 1}
        assert health.built_at is not None

    def test_an_index_that_was_never_built_says_so(self, empty_engine: Engine) -> None:
        assert empty_engine.health().state == "missing"
        assert empty_engine.health().needs_rebuild
        for call in (
            lambda: empty_engine.search(ask("report")),
            lambda: empty_engine.index([entry("a", "en", "A")]),
            lambda: empty_engine.index([], replacing=["a"]),
        ):
            with pytest.raises(EngineUnavailableError) as raised:
                call()
            assert raised.value.state == "missing"

    def test_a_rebuild_replaces_everything_and_tells_its_progress(self, own_engine: Engine) -> None:
        told: list[int] = []
        entries = [entry(f"d{number}", "en", f"Fresh report {number}") for number in range(1_200)]

        assert own_engine.rebuild(entries, progress=told.append).indexed == 1_200
        assert told[-1] == 1_200
        assert told == sorted(told)
        assert len(told) > 1
        assert own_engine.search(ask("fresh")).total == 1_200
        assert own_engine.search(ask("migrants")).total == 0

    def test_versions_far_apart_in_a_rebuild_are_one_document(self, empty_engine: Engine) -> None:
        filler = [entry(f"f{number}", "en", "Filler") for number in range(1_100)]
        first, second = entry("d", "en", "Marmot report"), entry("d", "fr", "Rapport sur la marmotte")

        empty_engine.rebuild([first, *filler, second])

        (hit,) = empty_engine.search(ask("marmot")).hits
        assert [version.language for version in hit.versions] == ["en", "fr"]

    def test_readers_go_on_during_a_rebuild(self, own_engine: Engine) -> None:
        found: list[int] = []

        def entries() -> Iterator[Entry]:
            for number in range(1_100):
                if number % 400 == 0:
                    found.append(own_engine.search(ask("migrants")).total)
                yield entry(f"d{number}", "en", "Fresh")

        own_engine.rebuild(entries())

        assert found == [1, 1, 1]
        assert own_engine.search(ask("migrants")).total == 0

    def test_a_rebuild_that_fails_leaves_the_old_index(self, own_engine: Engine) -> None:
        def entries() -> Iterator[Entry]:
            yield entry("d", "en", "Fresh")
            raise ConnectionError("the database went away")

        with pytest.raises(ConnectionError):
            own_engine.rebuild(entries())

        assert keys(own_engine.search(ask("migrants"))) == ["report"]
        assert own_engine.index([entry("y", "en", "Success")]).indexed == 1

    def test_an_empty_rebuild_is_an_empty_index(self, own_engine: Engine) -> None:
        own_engine.rebuild([])

        assert own_engine.health().state == "ready"
        assert own_engine.search(ask("")).total == 0

    # A rebuild that goes on where it stopped

    def test_an_unfinished_index_is_not_asked_and_goes_on(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        engine.rebuild([entry("old", "en", "Migrants")])
        with engine.building() as new:
            name = new.start()
            new.add([entry("first", "en", "Migrants"), entry("page", "en", "Migrants")])
        assert keys(engine.search(ask("migrants"))) == ["old"]
        assert engine.index([entry("later", "en", "Migrants")]).indexed == 1

        with engine.building() as new:
            assert new.resume(name)
            new.add([entry("page", "fr", "Réfugiés"), entry("second", "en", "Migrants")])
            new.finish()
        assert sorted(keys(engine.search(ask("migrants")))) == ["first", "page", "second"]
        [page] = engine.search(ask("réfugiés", "fr")).hits
        assert {version.language for version in page.versions} == {"en", "fr"}
        assert engine.health().built_at is not None

    def test_a_rebuild_goes_on_without_an_index_in_use(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        with engine.building() as new:
            name = new.start()
            new.add([entry("first", "en", "Migrants")])
        assert engine.health().state == "missing"

        with engine.building() as new:
            assert new.resume(name)
            new.finish()
        assert keys(engine.search(ask("migrants"))) == ["first"]

    @pytest.mark.parametrize("name", ["", "gone", "generation-gone", "../elsewhere", "_all", "*"])
    def test_what_is_no_unfinished_index_is_not_taken_up(self, new_engine: NewEngine, name: str) -> None:
        engine = new_engine()
        engine.rebuild(archive())
        with engine.building() as new:
            assert not new.resume(name)
        assert engine.search(ask("migrants")).total == 1

    def test_a_finished_index_and_one_thrown_away_are_not_taken_up(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        with engine.building() as new:
            thrown_away = new.start()
        with engine.building() as new:
            finished = new.start()
            new.finish()
        with engine.building() as new:
            assert not new.resume(thrown_away)
            assert not new.resume(finished)

    # What is in

    def test_what_is_held_has_the_fingerprint_of_each_entry(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        engine.rebuild(archive())
        assert dict(engine.held()) == fingerprints(*archive())

        news = replace(archive()[7], text="Boxes\x00 in some\u00adwhere.", date=datetime.date(2026, 1, 1))
        engine.index([news, embargoed()], replacing=["letter-en", "report-ru"])
        now = [entry for entry in archive() if entry.id not in {"letter-en", "report-ru", "news-en"}]
        assert dict(engine.held()) == fingerprints(*now, news, embargoed())
        assert dict(engine.held(["report-es", "report-ru", "report-en"])) == fingerprints(archive()[0], embargoed())
        assert dict(engine.held([])) == {}

    def test_more_is_held_than_is_listed_at_once(self, new_engine: NewEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.engines.embedded.engine._HELD_AT_ONCE", 3)
        monkeypatch.setattr("search.engines.elasticsearch.listing._AT_ONCE", 3)
        engine = new_engine()
        engine.rebuild([])
        assert list(engine.held()) == []
        for number in range(4):
            engine.index([entry(f"d{number}-{part}", "en", "Zebra") for part in range(4)])
        engine.index([], replacing=["d2-1-en"])
        held = [one for one, _fingerprint in engine.held()]
        assert sorted(held) == sorted(
            f"d{number}-{part}-en" for number in range(4) for part in range(4) if (number, part) != (2, 1)
        )

    def test_a_fingerprint_tells_entries_apart_by_everything_in_them(self) -> None:
        whole = entry("d", "en", "Title", "Paragraph")
        others = {
            "title": "Titles",
            "url": "/en/",
            "visible_until": EMBARGOED,
            "access": "staff",
            "symbols": ("A/1",),
            "text": "Text",
            "passages": (),
            "date": datetime.date(2026, 1, 1),
        }
        prints = {entry_fingerprint(whole), *(entry_fingerprint(replace(whole, **{k: v})) for k, v in others.items())}
        assert len(prints) == len(others) + 1
        assert entry_fingerprint(entry("d", "en", "Title", "Paragraph")) == entry_fingerprint(whole)
