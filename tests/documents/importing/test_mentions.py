"""Where a text names other documents."""

import pytest

from documents.importing.mentions import MOST_SENTENCE, Passage, find_mentions, sentence_around

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "printed", "sentence"),
    [
        (
            "The Conference met. It took note of CTOC/COP/2020/3, para. 5, and of No. 7. It then closed.",
            "CTOC/COP/2020/3",
            "It took note of CTOC/COP/2020/3, para. 5, and of No. 7.",
        ),
        ("Конференция собралась. Она приняла МК-3/11. Затем всё.", "МК-3/11", "Она приняла МК-3/11."),
        (
            "انعقد المؤتمر. أخذ علماً بالوثيقة CTOC/COP/2020/3. ثم اختتم.",
            "CTOC/COP/2020/3",
            "أخذ علماً بالوثيقة CTOC/COP/2020/3.",
        ),
        ("会议召开了。会议注意到CTOC/COP/2020/3。会议结束。", "CTOC/COP/2020/3", "会议注意到CTOC/COP/2020/3。"),
        ("See CTOC/COP/2020/3", "CTOC/COP/2020/3", "See CTOC/COP/2020/3"),
        ("Nothing here.", "CTOC/COP/2020/3", ""),
    ],
    ids=["english", "russian", "arabic", "chinese", "whole", "absent"],
)
def test_the_sentence_around_a_symbol(text: str, printed: str, sentence: str) -> None:
    assert sentence_around(text, printed) == sentence


def test_a_sentence_without_end_is_cut_at_words() -> None:
    text = f"{'word ' * 400}CTOC/COP/2020/3{' word' * 400}"
    sentence = sentence_around(text, "CTOC/COP/2020/3")
    assert len(sentence) <= MOST_SENTENCE
    assert sentence.startswith("…word ")
    assert sentence.endswith(" word…")
    assert "CTOC/COP/2020/3" in sentence


def test_each_document_is_named_once_where_it_is_named_first() -> None:
    passages = [
        Passage("1", "1", "The note CTOC/COP/2020/3 is before us."),
        Passage("2-a", "2 (a)", "As CTOC/COP/2020/3 says, and CTOC/COP/2020/4 too."),
    ]
    found = find_mentions(passages, NONE, "en")
    assert [(mention.symbol, mention.label) for mention in found] == [
        ("CTOC/COP/2020/3", "1"),
        ("CTOC/COP/2020/4", "2 (a)"),
    ]


def test_a_document_does_not_cite_itself_and_what_an_editor_linked_counts() -> None:
    passages = [Passage("1", "1", "CTOC/COP/2020/3 recalls the Convention.", (("A/RES/55/25", "the Convention"),))]
    (mention,) = find_mentions(passages, frozenset({"CTOC/COP/2020/3"}), "en")
    assert (mention.key, mention.printed, mention.sentence) == (
        "A/RES/55/25",
        "the Convention",
        "CTOC/COP/2020/3 recalls the Convention.",
    )
