"""The words of six languages, whatever form they are met in."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.engines.analysis import (
    MAX_WORD,
    beginnings,
    clean,
    fold,
    is_stop_word,
    spelled,
    stem,
    stemmed,
    stems_and_spellings,
    token_spans,
    tokens,
    unstemmed,
)
from search.engines.vocabulary import IRREGULAR, STOP_WORDS

FAMILIES = [
    ("en", "decision decisions"),
    ("en", "Party parties PARTIES"),
    ("en", "report reports reported reporting"),
    ("en", "criterion criteria"),
    ("en", "organization organisations"),
    ("en", "programme programs"),
    ("fr", "négocié négociée négociées négocier négociation NEGOCIATIONS negocie"),
    ("fr", "sécurité sécurités securite"),
    ("fr", "partie parties Parties"),
    ("fr", "général générale générales généraux"),
    ("es", "sesión sesiones sesion"),
    ("es", "comité comités COMITES"),
    ("es", "informe informes"),
    ("es", "año años Años"),
    ("es", "público públicas"),
    ("ru", "государство государства государств государствами"),
    ("ru", "отчёт отчет отчёты ОТЧЁТОВ"),
    ("ru", "конференция конференции конференций конференцию"),
    ("ru", "участник участники участницы"),
    ("ru", "человек люди людей"),
    ("ru", "сторон cторон стoрoны"),  # the second with a Latin c, the third with two Latin o
    ("ar", "دولة الدولة دول والدول للدول الدُّوَل"),
    ("ar", "اتفاقية اتفاقيات الاتفاقية والاتفاقيات"),
    ("ar", "طرف أطراف الأطراف"),
    ("ar", "تقرير تقارير التقارير"),
    ("ar", "لجنة لجان اللجان"),
    ("ar", "وثيقة وثائق الوثائق والوثيقة"),
    ("ar", "قرار قرارات القــرار"),
]

APART = [
    ("en", "state", "statute"),
    ("en", "organ", "organization"),
    ("fr", "parti", "partie"),
    ("es", "informe", "información"),
    ("ru", "мера", "мероприятие"),
    ("ar", "قرار", "تقرير"),
    ("ar", "وفد", "فود"),
]


@pytest.mark.parametrize(("language", "words"), FAMILIES)
def test_forms_of_a_word_share_a_stem(language: str, words: str) -> None:
    assert len({stem(word, language) for word in words.split()}) == 1


@pytest.mark.parametrize(("language", "one", "other"), APART)
def test_different_words_stay_apart(language: str, one: str, other: str) -> None:
    assert stem(one, language) != stem(other, language)


def test_a_django_code_and_a_short_code_mean_the_same_language() -> None:
    assert stem("ICT", "zh-hans") == stem("ICT", "zh") == "ict"
    assert is_stop_word("的", "zh-hans")


def test_a_language_without_a_stemmer_is_folded() -> None:
    assert stem("Köyçegiz", "tk") == "koycegiz"


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Ärger", "arger"),
        ("СТОРОНЫ", "стороны"),
        ("ё", "е"),
        ("٢٠١٩", "2019"),
        ("２０１９", "2019"),
        ("Straße", "strasse"),
    ],
)
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_words_are_split_where_readers_see_words() -> None:
    assert tokens("государства-участники, A/79/5; l’état") == ["государства", "участники", "A", "79", "5", "l", "état"]
    assert tokens("第十届ICT会议") == ["第", "十", "届", "ICT", "会", "议"]
    assert tokens("مُفَاوَضَات") == ["مُفَاوَضَات"]


def test_symbols_in_look_alike_letters_are_the_same_words() -> None:
    assert stemmed(tokens("см. СТОС/СОР/WG.4/2019/6."), "ru") == stemmed(tokens("см. CTOC/COP/WG.4/2019/6."), "ru")
    assert stemmed(tokens("статьи/2019, и/или СССР"), "ru").split() == ["стат", "2019", "и", "ил", "ссср"]


def test_stems_keep_the_order_of_words() -> None:
    assert stemmed(tokens("The Parties’ 联合国 reports"), "en") == "the parti 联 合 国 report"


def test_cleaning_takes_out_what_cannot_be_seen() -> None:
    assert clean("a\x00b\xadc\u200bd\ud800e\ufeff\n\te\u0301") == "abcde\n\té"


def test_cleaning_keeps_pages_and_lines_apart() -> None:
    assert clean("end\x0cstart\r\nnext\rlast") == "end\nstart\nnext\nlast"


def test_stop_words_are_written_as_they_are_compared() -> None:
    for words in STOP_WORDS.values():
        assert {fold(word) for word in words} == words


def test_irregular_forms_are_written_as_they_are_met() -> None:
    for language, forms in IRREGULAR.items():
        for form, base in forms.items():
            assert fold(form) == form
            assert stem(form, language) == stem(base, language), (form, base)


@given(st.text(), st.sampled_from(["en", "fr", "es", "ru", "ar", "zh-hans"]))
def test_any_text_gives_words_that_an_index_can_hold(text: str, language: str) -> None:
    spans = token_spans(clean(text))
    stems = [stem(token, language) for _start, _end, token in spans]

    assert all(found and not any(char.isspace() for char in found) for found in stems)
    assert all(len(found) <= MAX_WORD * 20 for found in stems)
    assert stemmed(tokens(clean(text)), language).split(" ") == (stems or [""])
    assert [token for _start, _end, token in spans] == tokens(clean(text))
    assert all(fold(clean(text)[start:end]) == fold(token) or "/" in text for start, end, token in spans)


MIXED = "см. (СТОС/СОР/WG.4/2019/6*), l’accord-cadre\u2028и/или «والدول» 联合国 Ёж\xa0the Parties’"


@pytest.mark.parametrize("language", ["en", "ru", "ar", "zh-hans"])
@given(text=st.text(st.sampled_from(MIXED) | st.characters(), max_size=60))
@example(text=MIXED)
def test_indexed_words_are_those_that_queries_and_marks_read(language: str, text: str) -> None:
    stems, spellings = stems_and_spellings(text, language)
    assert stems.split() == stemmed(tokens(text), language).split()
    assert set(" ".join(spellings).split()) == spelled(tokens(text))
    assert set(" ".join(beginnings(text, language)).split()) == unstemmed(tokens(text), language)


@pytest.mark.parametrize(
    "character", ["\x00", "\t", "\n", "\x0b", "\r", "\x85", "\xa0", "\xad", "\u200b", "\ufeff", "\ud800"]
)
def test_text_is_cleaned_the_same_whatever_stands_beside(character: str) -> None:
    beside = "\x01"  # goes
    assert clean(f"a{character}b") == clean(f"a{character}{beside}b")
