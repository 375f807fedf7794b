"""Comparing texts word by word, and the words by which similar ones are found."""

from hypothesis import given
from hypothesis import strategies as st

from cms.localization.texts.comparing import Comparison, text_key, tokens, word_diff


def test_the_words_that_changed_are_marked() -> None:
    assert word_diff("The group met in 2019.", "The group met twice in 2020.") == [
        ("=", "The group met "),
        ("+", "twice "),
        ("=", "in "),
        ("-", "2019"),
        ("+", "2020"),
        ("=", "."),
    ]


def test_a_chinese_character_and_a_code_are_words_of_their_own() -> None:
    assert word_diff("工作组会议", "工作组报告") == [("=", "工作组"), ("-", "会议"), ("+", "报告")]
    assert word_diff("noted①", "noted②") == [("=", "noted"), ("-", "①"), ("+", "②")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert "".join(text for operation, text in parts if operation != "+") == old
    assert "".join(text for operation, text in parts if operation != "-") == new


def test_texts_are_the_more_alike_the_fewer_words_differ() -> None:
    compared = Comparison("The secretariat shall submit a report to the Conference")
    assert compared.percentage("The secretariat shall submit a report to the Conference") == 100
    assert compared.percentage("The secretariat shall submit two reports to the Conference") == 77
    assert compared.percentage("Nothing of that") == 0
    assert Comparison("各工作组向缔约方会议转交报告").percentage("各工作组向缔约方会议提交报告") == 92


def test_spaces_make_no_other_text_but_the_language_does() -> None:
    assert text_key("To meet\u00a0 again", "en") == text_key(" To meet again ", "en")
    assert text_key("Conclusions", "en") != text_key("Conclusions", "fr")


def test_a_text_is_found_by_its_longest_words_whatever_its_codes_and_case() -> None:
    long = "The ⟦i1⟧Secretariat⟦/i1⟧ transmitted the questionnaire to participating jurisdictions in due course today"
    assert len(tokens(long, "en")) == 8
    assert set(tokens("QUESTIONNAIRE⟦footnote1⟧", "en")) < set(tokens(long, "en"))
    assert tokens("questionnaire", "fr") != tokens("questionnaire", "en")
    assert all(-(2**31) <= token < 2**31 for token in tokens(long, "en"))


def test_arabic_and_chinese_texts_share_words_with_those_that_are_like_them() -> None:
    assert set(tokens("والأطراف", "ar")) == set(tokens("الأطراف", "ar"))
    assert len(set(tokens("工作组会议", "zh-hans")) & set(tokens("工作组报告", "zh-hans"))) == 2
    assert tokens("12 34", "en") == tokens("34 12", "en")
    assert tokens("", "en") == []
