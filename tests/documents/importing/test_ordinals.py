"""Ordinal numbers in words and figures, in six languages."""

import pytest

from documents.importing.ordinals import parse_ordinal


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("First", 1),
        ("Twenty-sixth", 26),
        ("ninetieth", 90),
        ("One hundred and fifth", 105),
        ("67th", 67),
        ("Première", 1),
        ("Trente et unième", 31),
        ("Quatre-vingt-sixième", 86),
        ("quatre-vingt-dix-septième", 97),
        ("soixante-dixième", 70),
        ("QUARANTE-HUITIEME", 48),
        ("54e", 54),
        ("Primera", 1),
        ("Undécimo", 11),
        ("Decimoséptima", 17),
        ("Trigésimo cuarto", 34),
        ("21º", 21),
        ("Первое", 1),
        ("Десятая", 10),
        ("сорок восьмой", 48),
        ("Сто пятая", 105),
        ("72-я", 72),
        ("الأولى", 1),
        ("الحادية عشرة", 11),
        ("الرابعة والثلاثون", 34),
        ("السابعة والثمانين", 87),
        ("الثالثة بعد المائة", 103),
        ("第十", 10),
        ("第三十四", 34),
        ("第一百零五", 105),
        ("第73", 73),
        ("Conference", None),
        ("twenty", None),
        ("trente", None),
        ("сорок", None),
        ("2025", None),
        ("", None),
    ],
)
def test_parse_ordinal(text: str, number: int | None) -> None:
    assert parse_ordinal(text) == number
