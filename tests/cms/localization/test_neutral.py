"""Codes named by kind: the same text is the same wherever it stands, and its translation's codes find their places."""

from cms.localization.memory.neutral import kinds, neutral, neutral_pair, shown
from cms.localization.texts import inline

NOTE_7 = {"a1": {"linktype": "footnote", "id": "fn7"}}
NOTE_12 = {"a1": {"linktype": "footnote", "id": "fn12"}}


def coded(data: str, attrs: dict[str, dict[str, str]] | None = None) -> inline.Coded:
    return inline.encode(data, attrs)


def test_a_footnote_is_the_same_whatever_its_number() -> None:
    here = coded('<i>Noted</i><a id="a1">7</a> the report', NOTE_7)
    there = coded('<i>Noted</i><a id="a1">12</a> the report', NOTE_12)
    assert neutral(here) == neutral(there) == "⟦i1⟧Noted⟦/i1⟧⟦footnote1⟧ the report"
    assert kinds(neutral(here)) == {"i": 1, "footnote": 1}


def test_links_keep_their_targets_in_another_order_of_words() -> None:
    first, second = {"linktype": "symbol", "symbol": "A/1"}, {"linktype": "symbol", "symbol": "A/2"}
    attrs, others = {"a1": first, "a2": second}, {"a1": second, "a2": first}
    source = coded('See <a id="a1">A/1</a> and <a id="a2">A/2</a>.', attrs)
    target = coded('Voir <a id="a1">A/2</a> après <a id="a2">A/1</a>.', others)
    text, translated = neutral_pair(source, attrs, target, others)
    assert text == "See ⟦symbol1⟧A/1⟦/symbol1⟧ and ⟦symbol2⟧A/2⟦/symbol2⟧."
    assert translated == "Voir ⟦symbol2⟧A/2⟦/symbol2⟧ après ⟦symbol1⟧A/1⟦/symbol1⟧."
    assert shown(translated, source) == "Voir ②A/2❷ après ①A/1❶."


def test_a_code_without_counterpart_is_left_out() -> None:
    source, target = coded("<i>Recalling</i> it"), coded("<i>Rappelant</i> <b>cela</b>")
    assert neutral_pair(source, {}, target, {})[1] == "⟦i1⟧Rappelant⟦/i1⟧ cela"
    assert shown("⟦i1⟧Rappelant⟦/i1⟧ cela", coded("Recalling it")) == "Rappelant cela"


def test_codes_come_in_the_form_of_the_text_that_they_are_inserted_into() -> None:
    here = coded('<b>5</b> <i>Noted</i><a id="a1">7</a>', NOTE_7)
    assert shown("⟦i1⟧Pris note⟦/i1⟧⟦footnote1⟧", here) == "②Pris note❷③"
    assert shown("⟦i1⟧x⟦/i1⟧", here, rtl=True) == "\u200f②\u200fx\u200f❷\u200f"


def test_circled_digits_that_are_part_of_a_text_stay() -> None:
    assert neutral(coded("Step ① and ②")) == "Step ① and ②"
    assert neutral(coded("Step ① of <i>two</i>")) == "Step ① of ⟦i1⟧two⟦/i1⟧"
