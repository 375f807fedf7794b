"""Words, symbols and fields: what is found by what was typed."""

import datetime

import pytest

from search.engines.base import Engine
from tests.search.engines.contract.engines import Shared
from tests.search.engines.contract.hostile import HOSTILE
from tests.search.engines.entries import ask, complete, entry, keys, marked


class WordsContract(Shared):
    """Words, symbols and fields: what is found by what was typed."""

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
