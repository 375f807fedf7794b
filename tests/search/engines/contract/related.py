"""Documents that cite one, and documents like one."""

import pytest

from search.engines.base import Engine, Visibility
from tests.search.engines.contract.engines import NewEngine, Shared
from tests.search.engines.contract.hostile import HOSTILE
from tests.search.engines.entries import EMBARGOED, NOW, ask, counts, entry, keys


class RelatedContract(Shared):
    """Documents that cite one, and documents like one."""

    @pytest.mark.parametrize("symbol", ["CTOC/COP/WG.4/2019/6", "ctoc cop wg4 2019 6", "СТОС/СОР/WG.4/2019/6"])
    def test_documents_that_cite_a_symbol(self, engine: Engine, symbol: str) -> None:
        results = engine.search(ask("", citing=(symbol,)))

        assert keys(results) == ["decision"]
        assert results.total == 1
        assert counts(results, "process") == {"mercury": 1}
        assert keys(engine.search(ask("secretariat", citing=(symbol,)))) == ["decision"]
        assert keys(engine.search(ask("migrants", citing=(symbol,)))) == []
        assert keys(engine.search(ask("", citing=(symbol,), filters={"process": ["crime"]}))) == []

    def test_what_nobody_cites_finds_nothing(self, engine: Engine) -> None:
        for symbol in ("A/1", "!!!", "\x00", "CTOC/COP", *HOSTILE[1:]):
            assert keys(engine.search(ask("", citing=(symbol,)))) == []

    def test_what_cites_any_of_several_symbols_is_found_once(self, engine: Engine) -> None:
        results = engine.search(ask("", citing=("!!!", "A/1", "CTOC/COP/WG.4/2019/6", "ctoc cop wg4 2019 6")))

        assert keys(results) == ["decision"]
        assert results.total == 1

    def test_a_version_cites_for_those_who_may_see_it(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("d", "en", "Report"),
                entry("d", "ru", "Доклад", cites=("A/79/5",), visible_from=EMBARGOED),
                entry("d", "fr", "Rapport", cites=("A/79/6",)),
            ]
        )
        after = Visibility(EMBARGOED)

        assert keys(empty_engine.search(ask("", citing=("A/79/6",)))) == ["d"]
        assert keys(empty_engine.search(ask("", citing=("A/79/5",)))) == []
        assert keys(empty_engine.search(ask("", citing=("A/79/5",), visibility=after))) == ["d"]

    @pytest.fixture(scope="class")
    @classmethod
    def alike(cls, new_engine: NewEngine) -> Engine:
        """An engine with documents on mines and on fish in three languages; those numbered 9 are not for everybody."""
        texts = {
            "en": (
                "Clearance of landmines in {}",
                "Deminers cleared landmines.",
                "Fisheries in {}",
                "Vessels catch tuna.",
            ),
            "ru": ("Разминирование в {}", "Саперы обезвредили мины.", "Рыболовство в {}", "Суда ловят тунца."),
            "ar": ("إزالة الألغام في {}", "أزال الخبراء الألغام.", "مصائد الأسماك في {}", "تصطاد السفن التونة."),
            "zh-hans": ("{}的扫雷行动", "扫雷人员清除了地雷。", "{}的渔业", "渔船捕捞金枪鱼。"),
        }
        engine = new_engine()
        entries = []
        for number, place in ((1, "Angola"), (2, "Bosnia"), (3, "Chad"), (9, "Denmark")):
            access = "staff" if number == 9 else "public"
            for language, (mines, cleared, fish, caught) in texts.items():
                entries += [
                    entry(f"mines{number}", language, mines.format(place), cleared, access=access, process="p"),
                    entry(f"fish{number}", language, fish.format(place), caught, access=access, process="p"),
                ]
        engine.rebuild(entries)
        return engine

    @pytest.mark.parametrize("language", ["en", "ru", "ar", "zh-hans", "es"])
    def test_documents_like_one(self, alike: Engine, language: str) -> None:
        for name in ("mines", "fish"):
            results = alike.search(ask("", language, similar_to=f"{name}1"))
            assert set(keys(results)) == {f"{name}2", f"{name}3"}
            assert results.total == 2
            assert counts(results, "process") == {"p": 2}

    def test_documents_like_one_are_narrowed_by_words_and_filters(self, alike: Engine) -> None:
        assert keys(alike.search(ask("Chad", similar_to="fish1"))) == ["fish3"]
        assert keys(alike.search(ask("-Chad", similar_to="fish1"))) == ["fish2"]
        assert keys(alike.search(ask("", similar_to="fish1", filters={"process": ["q"]}))) == []
        assert keys(alike.search(ask("", similar_to="fish1", page=2, page_size=1))) != keys(
            alike.search(ask("", similar_to="fish1", page_size=1))
        )

    @pytest.mark.parametrize("key", ["mines9", "nonesuch", "\x00", "\ud800", "*", " ", "x" * 200_000])
    def test_like_a_document_that_the_reader_may_not_see_is_nothing(self, alike: Engine, key: str) -> None:
        hidden, nothing = (alike.search(ask("", similar_to=one)) for one in (key, "another"))

        assert hidden == nothing
        assert hidden.total == 0
        assert all(not facet.values for facet in hidden.facets)

    def test_staff_see_what_is_like_a_document_of_theirs(self, alike: Engine) -> None:
        staff = Visibility(NOW, levels=frozenset({"public", "participants", "staff"}))

        assert set(keys(alike.search(ask("", visibility=staff, similar_to="mines9")))) == {"mines1", "mines2", "mines3"}
        assert "mines9" in keys(alike.search(ask("", visibility=staff, similar_to="mines1")))

    def test_only_versions_that_the_reader_may_see_say_what_a_document_is_like(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("d", "fr", "La pêche au thon", visible_from=EMBARGOED),
                entry("d", "en", "Clearance of landmines"),
                entry("mines", "en", "Clearance of landmines"),
                entry("tuna", "fr", "La pêche au thon"),
            ]
        )
        after = Visibility(EMBARGOED)

        assert keys(empty_engine.search(ask("", "fr", similar_to="d"))) == ["mines"]
        assert keys(empty_engine.search(ask("", "fr", similar_to="d", visibility=after))) == ["tuna"]

    def test_those_most_like_it_come_first(self, empty_engine: Engine) -> None:
        common = [entry(f"c{number}", "en", f"Report {number}", "The committee met in Geneva.") for number in range(8)]
        empty_engine.rebuild(
            [
                entry("d", "en", "Report on mercury", "The committee discussed cinnabar and amalgam in Geneva."),
                entry("near", "en", "Mercury", "Cinnabar and amalgam were discussed by the committee."),
                entry("far", "en", "Report of the committee", "Mercury was discussed in Geneva."),
                *common,
            ]
        )

        assert keys(empty_engine.search(ask("", similar_to="d")))[:2] == ["near", "far"]
