"""What may be meant: synonyms, corrections and suggestions."""

import datetime

import pytest

from search.engines.base import Engine, Visibility
from tests.search.engines.contract.engines import Shared
from tests.search.engines.contract.hostile import HOSTILE
from tests.search.engines.entries import EMBARGOED, NOW, PUBLIC, ask, complete, entry, keys, marked


class MeaningContract(Shared):
    """What may be meant: synonyms, corrections and suggestions."""

    # Synonyms

    @pytest.mark.parametrize(
        ("language", "group", "words", "expected"),
        [
            ("en", ("States", "countries"), "country", "States"),
            ("en", ("WKG", "working group"), "WKG", "Working Group"),
            ("en", ("working party", "Working Group"), "the working party", "Working Group"),
            ("en", ("MWG", "Meeting of the Working Group"), "mwg", "meeting of the Working Group"),
            ("en", ("IWG", "Meeting of the Working Group"), "smuggling iwg", "meeting of the Working Group"),
            ("en", ("A/RES/1", "working group"), "a/res/1", "Working Group"),
            ("fr", ("GDT", "groupe de travail"), "GDT", "Groupe de travail"),
            ("ru", ("РБГ", "рабочая группа"), "рбг", "Рабочей группы"),
            ("ar", ("مجموعة العمل", "الفريق العامل"), "ومجموعة العمل", "الفريق العامل"),
            ("es", ("convenciones", "convenios"), "convención", "convenios"),
            ("zh-hans", ("DFD", "缔约方大会"), "dfd", "缔约方大会"),
            ("zh-hans", ("办公室", "秘书处"), "办公室", "秘书处"),
            ("zh-hans", ("办公室合作", "秘书处"), "办公室合作", "秘书处"),
        ],
    )
    def test_a_synonym_finds_what_the_word_finds_and_is_marked(
        self, engine: Engine, language: str, group: tuple[str, ...], words: str, expected: str
    ) -> None:
        assert complete(engine.search(ask(words, language))) == []

        results = engine.search(ask(words, language, synonyms={language: (("other", "group"), group)}))
        assert results.complete == 1
        hit = results.hits[0]
        assert hit.matched.language == language
        assert expected in marked([*hit.title, *(piece for part in hit.snippets for piece in part.pieces)])

    def test_a_synonym_counts_for_a_little_less_than_the_word_itself(self, empty_engine: Engine) -> None:
        empty_engine.rebuild([entry("ship", "en", "A ship sank"), entry("vessel", "en", "A vessel sank")])
        synonyms = {"en": (("vessel", "ship"),)}

        assert keys(empty_engine.search(ask("ships", synonyms=synonyms))) == ["ship", "vessel"]
        assert keys(empty_engine.search(ask("vessels", synonyms=synonyms))) == ["vessel", "ship"]

    def test_synonyms_lose_nothing_that_the_words_find(self, engine: Engine) -> None:
        words = "speakers described the agenda of the working group"
        group = ("working group", "committee")

        assert keys(engine.search(ask(words))) == ["report"]
        assert keys(engine.search(ask(words, synonyms={"en": (group,)}))) == ["report"]

    def test_quoted_words_and_exclusions_have_no_synonyms(self, engine: Engine) -> None:
        synonyms = {"en": (("country", "states"), ("working party", "working group"), ("home", "building"))}

        assert keys(engine.search(ask('"country"', synonyms=synonyms))) == []
        assert keys(engine.search(ask('"working party"', synonyms=synonyms))) == []
        assert set(keys(engine.search(ask("secretariat -home", synonyms=synonyms)))) == {"decision", "news"}

    def test_synonyms_are_looked_for_in_the_title_where_the_word_is(self, engine: Engine) -> None:
        synonyms = {"en": (("smuggle", "trade"), ("country", "states"))}

        assert keys(engine.search(ask("title:trade", synonyms=synonyms))) == ["report"]
        assert keys(engine.search(ask("title:country", synonyms=synonyms))) == []

    def test_synonyms_hold_in_their_own_language(self, engine: Engine) -> None:
        assert keys(engine.search(ask("country", synonyms={"fr": (("country", "States"),)}))) == []

    def test_a_word_of_several_groups_has_all_their_synonyms(self, engine: Engine) -> None:
        synonyms = {"en": (("party", "country"), ("country", "states"))}

        assert set(keys(engine.search(ask("country", synonyms=synonyms)))) == {"decision", "report"}

    def test_synonyms_open_nothing(self, engine: Engine) -> None:
        results = engine.search(ask("horse", synonyms={"en": (("horse", "zebra"),)}))

        assert results.total == 0
        assert "zebra" not in repr(results)

    @pytest.mark.parametrize(
        "group", [("", " "), ("country",), ("country", "COUNTRY"), tuple(HOSTILE), ("country", *HOSTILE), ()]
    )
    def test_whatever_editors_type_as_synonyms_does_no_harm(self, engine: Engine, group: tuple[str, ...]) -> None:
        synonyms = {"en": (group,) * 3, "xx": (group,)}

        assert complete(engine.search(ask("secretariat boxes", synonyms=synonyms))) == ["news"]
        assert not set(keys(engine.search(ask("country of the report", synonyms=synonyms)))) & {"letter", "minutes"}

    # Did you mean

    @pytest.mark.parametrize(
        ("language", "words", "expected"),
        [
            ("en", "migrnats", "Migrants"),
            ("en", "delgations", "delegations"),
            ("en", "delegattions", "delegations"),
            ("en", "delefations", "delegations"),
            ("en", "agneda", "agenda"),
            ("en", "secretraiat moevs", "secretariat moves"),
            ("en", "COOPRATION", "cooperation"),
            ("en", "the coopration of the secretariat", "the cooperation of the secretariat"),
            ("en", "smugling", "Smuggling"),
            ("fr", "negociatoins", "négociations"),
            ("fr", "orateus", "orateurs"),
            ("fr", "l'oratuers", "l'orateurs"),
            ("fr", "groupe-travial", "groupe-travail"),
            ("es", "cooperasion", "Cooperación"),
            ("ru", "мигарнтов", "мигрантов"),
            ("ru", "отчоты", "отчёты"),
            ("ru", "сщвещания", "совещания"),
            ("ar", "الاتفافيات", "الاتفاقيات"),
            ("ar", "المهاجرسن", "المهاجرين"),
            ("ar", "الدوال", "الدُّوَل"),
            ("en", "отчоты", "отчёты"),
            ("ru", "migrnats", "Migrants"),
            ("zh-hans", "secretraiat", "secretariat"),
        ],
    )
    def test_an_unknown_word_is_corrected_to_the_nearest_one_as_it_is_written(
        self, engine: Engine, language: str, words: str, expected: str
    ) -> None:
        assert engine.corrected(ask(words, language)) == expected
        assert engine.search(ask(expected.replace("l'", ""), language)).total > 0

    @pytest.mark.parametrize(
        "words",
        [
            "migrants",
            "policy",
            "xylophonist",
            "zebr",
            "confidentail",
            "zerba",
            '"migrnats"',
            "report -migrnats",
            "title:migrnats",
            "CTOCC/COPP/2019",
            "migrnats2",
            "mig",
            "网络空问",
            "20199",
            "",
        ],
    )
    def test_what_is_known_or_no_word_or_like_nothing_visible_is_not_corrected(
        self, engine: Engine, words: str
    ) -> None:
        assert engine.corrected(ask(words)) == ""

    def test_what_stands_around_a_corrected_word_stays_as_typed(self, engine: Engine) -> None:
        words = '"working gruop" (Migrnats) -zebar  symbol:CTOC/COP title:reprot CTOC/COPP/1'

        assert engine.corrected(ask(words)) == words.replace("Migrnats", "Migrants")

    def test_words_of_closed_documents_are_offered_to_their_readers_alone(self, engine: Engine) -> None:
        staff = Visibility(NOW, frozenset({"participants", "staff"}))

        assert engine.corrected(ask("zerba confidentail", visibility=staff)) == "zebra Confidential"
        assert engine.corrected(ask("zerba confidentail")) == ""
        assert engine.corrected(ask("jirafas jriafa", "es")) == ""
        assert engine.corrected(ask("jriafa", "es", Visibility(EMBARGOED))) == "jirafa"

    def test_closed_documents_do_not_hide_that_a_word_is_unknown(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("open", "en", "Mercury"),
                *(entry(f"closed{number}", "en", "Mercuri mercurry", access="staff") for number in range(30)),
            ]
        )

        assert empty_engine.corrected(ask("mercurry")) == "Mercury"
        assert empty_engine.corrected(ask("merkuri")) == "Mercury"

    def test_the_nearest_word_is_offered_then_the_readers_language_then_the_commonest(
        self, empty_engine: Engine
    ) -> None:
        empty_engine.rebuild(
            [
                entry("one", "en", "A resolution", "resolution"),
                entry("two", "en", "A revolution"),
                entry("three", "en", "A revolution"),
                entry("four", "fr", "La résolution"),
            ]
        )

        assert empty_engine.corrected(ask("reslution")) == "resolution"
        assert empty_engine.corrected(ask("reolution")) == "revolution"
        assert empty_engine.corrected(ask("resoluton", "fr")) == "résolution"
        assert empty_engine.corrected(ask("resoluton", "en")) == "resolution"

    def test_a_rare_word_is_found_among_many_that_are_alike(self, empty_engine: Engine) -> None:
        newer = datetime.date(2025, 1, 1)
        empty_engine.rebuild(
            [
                entry("old", "en", "The landmine"),
                *(entry(f"d{number}", "en", "The landline", date=newer) for number in range(40)),
            ]
        )

        assert empty_engine.corrected(ask("landmie")) == "landmine"
        assert empty_engine.corrected(ask("landmibe")) == "landmine"

    def test_a_synonym_of_a_known_word_is_known(self, engine: Engine) -> None:
        assert engine.corrected(ask("migrunts", synonyms={"en": (("migrunt", "speaker"),)})) == ""

    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_no_correction_fails_or_opens_anything(self, engine: Engine, words: str) -> None:
        assert "zebra" not in engine.corrected(ask(f"{words} zerba"))
        engine.corrected(ask(words))

    # Suggestions

    @pytest.mark.parametrize(
        ("language", "typed", "expected"),
        [
            ("en", "migr", ["Report on the meeting of the Working Group on the Smuggling of Migrants"]),
            ("en", "MEETINGS of wor", ["Report on the meeting of the Working Group on the Smuggling of Migrants"]),
            ("en", "the secretariat mo", ["The secretariat moves to a new building"]),
            ("en", "co", ["Cooperation with other conventions"]),
            ("fr", "reu", ["Rapport sur la réunion du Groupe de travail sur le trafic illicite de migrants"]),
            (
                "fr",
                "LE TRÀF",
                ["Rapport sur la réunion du Groupe de travail sur le trafic illicite de migrants"],
            ),
            ("es", "otros conve", ["Cooperación con otros convenios"]),
            ("ru", "доклады о рабо", ["Доклад о работе совещания Рабочей группы по незаконному ввозу мигрантов"]),
            ("en", "незак", ["Доклад о работе совещания Рабочей группы по незаконному ввозу мигрантов"]),
            ("ar", "الفريق العا", ["تقرير عن اجتماع الفريق العامل المعني بتهريب المهاجرين"]),
            ("ar", "مهاجر", ["تقرير عن اجتماع الفريق العامل المعني بتهريب المهاجرين"]),
            ("zh-hans", "公约的合", ["与其他公约的合作"]),
            ("zh-hans", "合", ["与其他公约的合作"]),
            ("en", "migrants agenda", []),
            ("en", "igrants", []),
            ("en", "m", []),
            ("en", "-migr", []),
            ("en", "title:migr", []),
            ("en", "", []),
        ],
    )
    def test_titles_are_suggested_by_whole_words_and_the_beginning_of_one(
        self, engine: Engine, language: str, typed: str, expected: list[str]
    ) -> None:
        suggestions = engine.suggest(typed, language, PUBLIC, 5)

        assert [suggestion.version.title for suggestion in suggestions] == expected

    @pytest.mark.parametrize(
        "typed",
        ["CTOC/COP/WG.4/2019/6", "ctoc/co", "ctoc cop wg4", "ctoccop", "СТОС/СОР/WG.4", "CTOC-COP-WG.4-2019", "cto"],
    )
    def test_symbols_are_suggested_in_any_disguise(self, engine: Engine, typed: str) -> None:
        (suggestion,) = engine.suggest(typed, "fr", PUBLIC, 5)

        assert (suggestion.kind, suggestion.symbol) == ("symbol", "CTOC/COP/WG.4/2019/6")
        assert suggestion.version.url == "/fr/report/"

    def test_symbols_are_suggested_in_their_order_and_not_too_many(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [entry(f"d{number}", "en", "Report", symbols=(f"A/79/{number}",)) for number in range(1, 31)]
        )

        symbols = [suggestion.symbol for suggestion in empty_engine.suggest("a/79/1", "en", PUBLIC, 4)]
        assert symbols == ["A/79/1", "A/79/10", "A/79/11", "A/79/12"]
        assert len(empty_engine.suggest("report", "en", PUBLIC, 10**9)) == 20
        assert len(empty_engine.suggest("report", "en", PUBLIC, -1)) == 1

    def test_the_readers_language_then_pages_then_the_newest_come_first(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("old", "en", "Mercury report", date=datetime.date(2019, 1, 1)),
                entry("new", "en", "Mercury note", date=datetime.date(2024, 1, 1)),
                entry("long", "en", "Bodies of the mercury process", kind="page"),
                entry("short", "en", "Mercury", kind="page"),
                entry("short", "fr", "Mercure", kind="page"),
                entry("french", "fr", "Mercure et santé"),
            ]
        )

        assert [suggestion.version.entry_id for suggestion in empty_engine.suggest("mercu", "en", PUBLIC, 9)] == [
            "short-en",
            "long-en",
            "new-en",
            "old-en",
            "french-fr",
        ]
        assert empty_engine.suggest("mercu", "fr", PUBLIC, 1)[0].version.entry_id == "short-fr"

    def test_nothing_closed_is_suggested_but_to_its_readers(self, engine: Engine) -> None:
        staff = Visibility(NOW, frozenset({"participants", "staff"}))

        for typed in ("zebr", "UNEP/MC/COP.6/RES", "unepmccop6restricted1"):
            assert engine.suggest(typed, "en", PUBLIC, 9) == ()
            assert engine.suggest(typed, "en", staff, 9)[0].version.entry_id in {"letter-en", "minutes-en"}
        assert engine.suggest("informe", "es", PUBLIC, 9) == ()
        assert engine.suggest("informe", "es", Visibility(EMBARGOED), 9)[0].version.entry_id == "report-es"
        report = engine.suggest("ctoc/cop", "es", PUBLIC, 9)[0]
        assert report.version.language != "es"

    @pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
    def test_no_suggestion_fails_or_opens_anything(self, engine: Engine, typed: str) -> None:
        for words in (typed, f"{typed} zebr", f"zebr {typed}"):
            suggested = {item.version.entry_id for item in engine.suggest(words, "en", PUBLIC, 9)}
            assert not suggested & {"letter-en", "minutes-en"}
