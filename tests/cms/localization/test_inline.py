"""Codes: what a translator sees instead of markup, and what comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.localization.texts import inline

ATTRS = {"a1": {"linktype": "footnote", "id": "fn1"}, "a2": {"linktype": "symbol", "symbol": "CTOC/COP/6"}}
DATA = (
    'The <i>Group</i> noted<a id="a1">3</a> the <b><a id="a2">CTOC/COP/6</a></b> &amp; went on.<br/>So <i>it</i> did.'
)


def test_a_translator_sees_digits_and_not_tags() -> None:
    coded = inline.encode(DATA, ATTRS)
    assert coded.text == "The ①Group❶ noted② the ③④CTOC/COP/6❹❸ & went on.\nSo ⑤it❺ did."
    assert [(sign.opening, sign.closing, sign.kind, sign.detail, sign.needed) for sign in coded.signs()] == [
        ("①", "❶", "italic", "", False),
        ("②", "", "footnote mark", "3", True),
        ("③", "❸", "bold", "", False),
        ("④", "❹", "document link", "CTOC/COP/6", True),
        ("⑤", "❺", "italic", "", False),
    ]


def test_it_comes_back_as_it_was() -> None:
    coded = inline.encode(DATA, ATTRS)
    assert inline.decode(coded.text, coded) == DATA
    assert inline.show(DATA, coded, ATTRS) == coded.text


def test_a_translation_may_put_the_codes_in_another_order() -> None:
    coded = inline.encode('<i>Recalling</i> the <a id="a1">report</a>', {"a1": {"href": "https://example.org"}})
    data = inline.decode("②Доклад❷ ①напоминая❶", coded)
    assert data == '<a id="a1">Доклад</a> <i>напоминая</i>'
    assert inline.show(data, coded, {"a1": {"href": "https://example.org"}}) == "②Доклад❷ ①напоминая❶"


def test_codes_are_wrapped_for_right_to_left_text_and_come_back() -> None:
    coded = inline.encode(DATA, ATTRS)
    shown = inline.show(DATA, coded, ATTRS, rtl=True)
    assert f"{inline.RLM}①{inline.RLM}" in shown
    assert inline.decode(shown, coded) == DATA


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The Group❶ noted②", "❶ closes nothing here."),
        ("The ①Group noted②", "① is not closed."),
        ("The ③①Group❸❶", "❸ closes nothing here."),
        ("noted② again②", "② stands here twice."),
        ("noted⑨", "⑨ is not in the source."),
        ("noted②❷", "❷ is not in the source."),
    ],
)
def test_broken_codes_are_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(inline.CodeError, match=sentence.replace(".", r"\.")):
        inline.decode(text, inline.encode(DATA, ATTRS))


def test_what_is_typed_as_markup_is_text() -> None:
    coded = inline.encode("A title")
    assert inline.decode("<script>alert(1)</script> & \x00more", coded) == (
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"
    )


def test_lost_marks_and_links_are_named_and_lost_italics_are_not() -> None:
    assert inline.lost("The Group noted the ④CTOC/COP/6❹", inline.encode(DATA, ATTRS)) == ["②"]


def test_many_codes_and_texts_with_circled_digits_get_brackets() -> None:
    many = "".join(f"<i>{n}</i> " for n in range(25)).strip()
    circled = inline.encode("Step ① is <b>open</b> ⟦sic")
    assert inline.encode(many).text.startswith("⟦1⟧0⟦/1⟧ ⟦2⟧")
    assert inline.decode(inline.encode(many).text, inline.encode(many)) == many
    assert circled.text == "Step ① is ⟪1⟫open⟪/1⟫ ⟦sic"
    with pytest.raises(inline.CodeError, match="damaged"):
        inline.decode("Step ① is ⟪1⟫open⟪/1⟫ ⟪2", circled)


TEXT = st.text(alphabet=st.sampled_from("abж ي中&<>\"'①❶⟦⟧1/ \n"), max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["", "i", "b", "fn", "a"]), TEXT), max_size=24))
def test_any_segment_survives(parts: list[tuple[str, str]]) -> None:
    attrs: dict[str, dict[str, str]] = {}
    data = ""
    for kind, text in parts:
        # As wagtail-localize writes it: escaped, normalised, line breaks as <br/>.
        written = inline.decode(text, inline.encode("")) or "x"
        if kind in {"i", "b"}:
            data += f"<{kind}>{written}</{kind}>"
        elif kind:
            key = f"a{len(attrs) + 1}"
            attrs[key] = {"linktype": "footnote"} if kind == "fn" else {"href": "/"}
            data += f'<a id="{key}">{"1" if kind == "fn" else written}</a>'
        else:
            data += written
    coded = inline.encode(data, attrs)
    assert inline.decode(coded.text, coded) == data
    assert inline.decode(inline.show(data, coded, attrs, rtl=True), coded) == data
