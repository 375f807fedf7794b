"""What every search engine must do. An engine's test module subclasses this and gives the fixture `new_engine`."""

import datetime
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from search.engines.base import Engine, EngineUnavailableError, Entry, Passage, Visibility
from search.engines.batches import sift
from search.engines.grouping import entry_fingerprint
from tests.search.engines.entries import (
    EMBARGOED,
    LANGUAGES,
    NOW,
    PUBLIC,
    archive,
    ask,
    complete,
    counts,
    embargoed,
    entry,
    keys,
    marked,
    shown,
)

HOSTILE = [
    "",
    " \t\n ",
    '"',
    '"unclosed',
    "(((",
    "a AND",
    "NOT",
    "-",
    "--",
    "-report",
    "+",
    "*",
    "?*?",
    "[a TO",
    "{!}",
    "nosuchfield:x",
    "title:",
    "gate_en:staff OR public",
    "key:letter",
    "C++",
    "l'état",
    "\\",
    "/.*/",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "%00",
    "\x00\x01\x1f report",
    "\ud800 report",
    "\u202e\u2066report",
    "😀",
    "ﷺ" * 50,
    "e\u0301" * 500,
    "word " * 5_000,
    "x" * 200_000,
    "会" * 5_000,
    "a/1 " * 200,
    "-a " * 200,
    '"a b" ' * 200,
]


NewEngine = Callable[[], Engine]


def filled(engine: Engine) -> Engine:
    """The engine with the small archive in it."""
    engine.rebuild([*archive(), embargoed()])
    return engine


def fingerprints(*entries: Entry) -> dict[str, str]:
    """What an engine holds of these entries."""
    return {entry.id: entry_fingerprint(entry) for entry in sift(entries, LANGUAGES)[0]}


class EngineContract:
    """The shared tests."""

    @pytest.fixture(autouse=True)
    def _batches_that_a_test_can_fill(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rebuild of some hundred entries takes several batches."""
        monkeypatch.setattr("search.engines.batches.REBUILD_BATCH", 500)

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, new_engine: NewEngine) -> Engine:
        """An engine with the small archive in it, shared by the tests that only ask it."""
        return filled(new_engine())

    @pytest.fixture
    def own_engine(self, new_engine: NewEngine) -> Engine:
        """An engine with the small archive in it, for a test that writes to it."""
        return filled(new_engine())

    @pytest.fixture
    def empty_engine(self, new_engine: NewEngine) -> Engine:
        """An engine whose index was never built."""
        return new_engine()

    # Words in six languages

    @pytest.mark.parametrize(
        ("language", "words", "expected"),
        [
            ("en", "reporting policy", "policies"),
            ("en", "migrant", "Migrants"),
            ("fr", "négociation", "négociations"),
            ("fr", "negociation", "négociations"),
            ("fr", "l'état", "état"),
            ("ru", "государствами", "Государства"),
            ("ru", "отчет", "отчёты"),
            ("ru", "мера", "мерах"),
            ("ar", "الدولة", "الدُّوَل"),
            ("ar", "اتفاقية", "الاتفاقيات"),
            ("ar", "المفاوضة", "والمفاوضات"),
            ("ar", "طرف", "الأطراف"),
        ],
    )
    def test_inflected_forms_are_found_and_marked(
        self, engine: Engine, language: str, words: str, expected: str
    ) -> None:
        hit = engine.search(ask(words, language)).hits[0]

        assert hit.document_key == "report"
        assert hit.shown.language == hit.matched.language == language
        pieces = [*hit.title, *(piece for snippet in hit.snippets for piece in snippet.pieces)]
        assert expected in marked(pieces)

    @pytest.mark.parametrize("words", ["negociación", "negociacion", "NEGOCIACIONES", "año"])
    def test_spanish_is_found_with_and_without_accents(self, engine: Engine, words: str) -> None:
        assert keys(engine.search(ask(words, "es"))) == ["decision"]

    @pytest.mark.parametrize("words", ["网络空间", "合作", "缔约方大会", "会", "秘书处 合作", "网络空间领域开展合作"])
    def test_chinese_is_found_at_any_position_without_spaces(self, engine: Engine, words: str) -> None:
        hit = engine.search(ask(words, "zh-hans")).hits[0]

        assert hit.document_key == "decision"
        assert hit.shown.language == "zh-hans"

    def test_chinese_words_are_sequences_and_marked_whole(self, engine: Engine) -> None:
        assert keys(engine.search(ask("空网", "zh-hans"))) == []
        assert marked(engine.search(ask("网络空间", "zh-hans")).hits[0].snippets[0].pieces) == ["网络空间"]

    def test_quoted_words_must_follow_each_other(self, engine: Engine) -> None:
        assert keys(engine.search(ask('"working group"'))) == ["report"]
        assert keys(engine.search(ask('"group working"'))) == []

    def test_excluded_words_keep_documents_out(self, engine: Engine) -> None:
        assert set(keys(engine.search(ask("secretariat")))) == {"decision", "news"}
        assert keys(engine.search(ask("secretariat -building"))) == ["decision"]

    def test_stop_words_are_not_insisted_on(self, engine: Engine) -> None:
        assert keys(engine.search(ask("what is the smuggling of the migrants"))) == ["report"]
        assert "report" in keys(engine.search(ask("the")))

    def test_a_title_counts_for_more_than_a_paragraph(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("body", "en", "Some other matter", "A landmine was found."),
                entry("title", "en", "Landmine clearance", "Progress was made."),
            ]
        )

        assert keys(empty_engine.search(ask("landmine"))) == ["title", "body"]

    def test_the_year_narrows_like_a_word(self, engine: Engine) -> None:
        assert complete(engine.search(ask("доклад 2019", "ru"))) == ["report"]
        assert complete(engine.search(ask("доклад 2018", "ru"))) == []

    # Symbols

    @pytest.mark.parametrize(
        "words",
        [
            "CTOC/COP/WG.4/2019/6",
            "ctoc cop wg4 2019 6",
            "ctoccopwg420196",
            "СТОС/СОР/WG.4/2019/6",
            "CTOC / COP / WG.4 / 2019 / 6",
            "CTOC-COP-WG.4-2019-6",
            "ctoc/cop/wg.4/2019/crp.2",
        ],
    )
    def test_a_symbol_is_found_first_however_typed(self, engine: Engine, words: str) -> None:
        hit = engine.search(ask(words)).hits[0]

        assert hit.document_key == "report"
        assert hit.is_exact_symbol
        assert hit.symbol == "CTOC/COP/WG.4/2019/6"

    def test_a_symbol_finds_the_documents_that_cite_it_after_its_own(self, engine: Engine) -> None:
        results = engine.search(ask("CTOC/COP/WG.4/2019/6"))

        assert keys(results) == ["report", "decision"]
        assert [hit.is_exact_symbol for hit in results.hits] == [True, False]

    def test_a_symbol_printed_with_look_alike_letters_in_a_paragraph_is_found_and_marked(
        self, empty_engine: Engine
    ) -> None:
        empty_engine.rebuild([entry("d", "ru", "Доклады", "Доклад содержится в документе СТОС/СОР/WG.4/2019/6.")])

        (hit,) = empty_engine.search(ask("ctoc/cop/wg.4/2019/6", "ru")).hits
        assert marked(hit.snippets[0].pieces) == ["СТОС/СОР/WG.4/2019/6"]
        assert not hit.is_exact_symbol

    def test_the_beginning_of_a_symbol_finds_its_series(self, engine: Engine) -> None:
        assert keys(engine.search(ask("UNEP/MC/COP.6"))) == ["decision"]

    def test_an_exact_symbol_comes_before_longer_ones(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [entry(f"d{number}", "en", "Report", "A/79/1 " * 20, symbols=(f"A/79/{number}",)) for number in (1, 10, 11)]
        )

        assert keys(empty_engine.search(ask("a/79/1")))[0] == "d1"

    def test_a_field_narrows_to_symbols_that_begin_so(self, engine: Engine) -> None:
        assert keys(engine.search(ask("symbol:CTOC/COP"))) == ["report"]
        assert keys(engine.search(ask("symbol:ctoc-cop-wg.4 migrants"))) == ["report"]
        assert keys(engine.search(ask("symbol:CTOC/COP cooperation"))) == []
        assert keys(engine.search(ask("symbol:UNEP/MC/COP.6/RESTRICTED"))) == []

    def test_the_symbol_itself_comes_before_those_that_begin_so(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [entry(f"d{number}", "en", "Report", symbols=(f"A/79/{number}",)) for number in (10, 1, 11)]
        )

        assert keys(empty_engine.search(ask("symbol:A/79/1")))[0] == "d1"
        assert empty_engine.search(ask("symbol:A/79/1")).total == 3

    # Fields

    def test_a_field_asks_for_a_word_in_the_title(self, engine: Engine) -> None:
        assert set(keys(engine.search(ask("secretariat")))) == {"decision", "news"}
        assert keys(engine.search(ask("title:secretariat"))) == ["news"]
        assert keys(engine.search(ask('title:"working group"'))) == ["report"]
        assert keys(engine.search(ask("secretariat -title:secretariat"))) == ["decision"]
        assert keys(engine.search(ask("title:zebra"))) == []

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

    # Words that are neither title nor text

    @pytest.mark.parametrize("field", ["names", "agenda", "party_names"])
    def test_words_beside_the_text_find_the_document_in_their_language(self, empty_engine: Engine, field: str) -> None:
        empty_engine.rebuild(
            [
                entry("beside", "ru", "Доклад", "Совсем другое.", **{field: ("КС", "Рабочая группа по моржам")}),
                entry("title", "ru", "Рабочая группа по моржам"),
            ]
        )

        assert keys(empty_engine.search(ask("рабочую группу моржей", "ru"))) == ["title", "beside"]
        (hit,) = empty_engine.search(ask("КС", "en")).hits
        assert (hit.document_key, hit.matched.language) == ("beside", "ru")
        assert keys(empty_engine.search(ask("title:моржам", "ru"))) == ["title"]

    def test_a_field_asks_for_a_word_in_the_names_of_the_body(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("named", "ru", "Доклад", names=("Рабочая группа по моржам",)),
                entry("text", "ru", "Доклад", "О рабочей группе по моржам."),
            ]
        )

        assert keys(empty_engine.search(ask('орган:"рабочей группы" body:моржей', "ru"))) == ["named"]
        assert keys(empty_engine.search(ask("доклад -body:моржи", "ru"))) == ["text"]

    def test_excluding_a_word_does_not_exclude_a_body_that_is_called_so(self, empty_engine: Engine) -> None:
        empty_engine.rebuild([entry("d", "en", "Report", names=("Working Group on Firearms",))])

        assert keys(empty_engine.search(ask("report -firearms"))) == ["d"]

    def test_words_beside_the_text_of_a_version_that_is_not_open_find_nothing(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [entry("d", "en", "Report"), entry("d", "fr", "Rapport", access="staff", agenda=("Morses",))]
        )

        assert empty_engine.search(ask("morses", "fr")).total == 0

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

    # Who may see what

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

    # Input

    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_nothing_typed_fails_or_opens_anything(self, engine: Engine, words: str) -> None:
        results = engine.search(ask(words, filters={"process": [words]} if len(words) < 100 else {}))

        assert not set(keys(results)) & {"letter", "minutes"}
        assert not set(keys(engine.search(ask(words)))) & {"letter", "minutes"}
        assert not set(keys(engine.search(ask(f"symbol:{words}")))) & {"letter", "minutes"}

    def test_wrong_syntax_is_read_as_words(self, engine: Engine) -> None:
        for words in ('"migrants', "migrants (", "migrants -", "-- migrants", "\x00migrants\x1f", "migrants AND ("):
            assert "report" in keys(engine.search(ask(words))), words

    def test_strange_entries_are_taken_in(self, empty_engine: Engine) -> None:
        strange = [
            entry("empty", "en", ""),
            entry("control", "en", "Con\x00trol\ud800 report", "soft\xadhyphen \ufeff"),
            entry("long", "en", "report", "y" * 200_000, "z " * 200_000),
            entry("odd/key\x00'\"", "ar", "report 😀"),
            entry("ancient", "en", "report", date=datetime.date(1, 1, 1)),
            entry("future", "en", "report", date=datetime.date(9999, 12, 31)),
        ]

        assert empty_engine.rebuild(strange).indexed == 6
        assert empty_engine.search(ask("report")).total == 5
        assert empty_engine.search(ask("softhyphen control")).total == 1

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

    # Documents that cite one, and documents like one

    @pytest.mark.parametrize("symbol", ["CTOC/COP/WG.4/2019/6", "ctoc cop wg4 2019 6", "СТОС/СОР/WG.4/2019/6"])
    def test_documents_that_cite_a_symbol(self, engine: Engine, symbol: str) -> None:
        results = engine.search(ask("", citing=symbol))

        assert keys(results) == ["decision"]
        assert results.total == 1
        assert counts(results, "process") == {"mercury": 1}
        assert keys(engine.search(ask("secretariat", citing=symbol))) == ["decision"]
        assert keys(engine.search(ask("migrants", citing=symbol))) == []
        assert keys(engine.search(ask("", citing=symbol, filters={"process": ["crime"]}))) == []

    def test_what_nobody_cites_finds_nothing(self, engine: Engine) -> None:
        for symbol in ("A/1", "!!!", "\x00", "CTOC/COP", *HOSTILE[1:]):
            assert keys(engine.search(ask("", citing=symbol))) == []

    def test_a_version_cites_for_those_who_may_see_it(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(
            [
                entry("d", "en", "Report"),
                entry("d", "ru", "Доклад", cites=("A/79/5",), visible_from=EMBARGOED),
                entry("d", "fr", "Rapport", cites=("A/79/6",)),
            ]
        )
        after = Visibility(EMBARGOED)

        assert keys(empty_engine.search(ask("", citing="A/79/6"))) == ["d"]
        assert keys(empty_engine.search(ask("", citing="A/79/5"))) == []
        assert keys(empty_engine.search(ask("", citing="A/79/5", visibility=after))) == ["d"]

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
