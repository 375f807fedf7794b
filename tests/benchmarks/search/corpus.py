"""An archive to search: any number of entries of about 3 kB, half of them Russian, and what readers ask of it.

Words are made of syllables and endings and drawn as in real texts, a few often and most of them rarely, so that what is
looked up has as many documents as in an archive of that size. Some words are planted at known frequencies.
"""

import datetime
import itertools
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from search.engines.base import Entry, Query, Visibility

BYTES = 3_000
PARAGRAPH = 400  # bytes, about
VOCABULARY = 30_000  # words of a language
RELEASED = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
NOW = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
KINDS = ("report", "decision", "resolution", "letter", "agenda")
HEAD = "SPEED"
FIRST_KEY = 1_000_000  # of versions; below are those of the site around them

# Every document has a Russian version and one in these, in turn.
OTHERS = ("en", "fr", "es", "en", "ar", "zh-hans", "en")
SYLLABLES = {
    "en": "con ver sta re mi tra pro po de li ga na par ti se cu or den mer act",
    "fr": "con ver sta ré mi tra pro po dé li ga na par ti se cu or den mer act",
    "es": "con ver sta re mi tra pro po de li ga na par ti se cu or den mer act",
    "ru": "гос дар во пре до ста ли на сто род ве ще раз ви ти по ло же му чи",
    "ar": "كت عل من حر سل دو قر جل تق نظ مج عم وف رس حك شر بن",
    "zh": "会 议 报 告 缔 约 方 秘 书 处 合 作 决 定 网 络 空 间 国 家 工 组 文 件 公 措 施 信 息 发 展",
}
ENDINGS = {
    "en": ("", "s", "ed", "ing", "ation", "ment"),
    "fr": ("", "s", "é", "ée", "ation", "ement"),
    "es": ("", "s", "o", "as", "ación", "mente"),
    "ru": ("", "а", "ами", "ов", "ение", "ости", "ный", "ного"),
    "ar": ("", "ات", "ين", "ها"),
    "zh": ("",),
}
# A word of each language in half of the documents, and one in two of a thousand.
COMMON = {"en": "committee", "fr": "comité", "es": "comité", "ru": "комитета", "ar": "اللجنة", "zh": "委员会"}
RARE = {"en": "zebra", "fr": "zèbre", "es": "cebra", "ru": "зебрами", "ar": "الحمار", "zh": "斑马"}
PHRASE = {"en": "code of conduct", "ru": "кодекса поведения"}


@dataclass(frozen=True)
class Facts:
    """What the entries belong to: primary keys of records that exist, as text."""

    process: str
    bodies: Sequence[str]
    sessions: Sequence[str]


def queries(visibility: Visibility | None = None) -> dict[str, Query]:
    """What readers ask, by what it is."""
    public = visibility or Visibility(NOW)
    asked = {
        "a rare word": Query("zebra", "en", public),
        "a common word": Query("committee", "en", public),
        "a common word, Russian": Query("комитет", "ru", public),
        "two words": Query("комитет поведение", "ru", public),
        "a phrase": Query('"code of conduct"', "en", public),
        "the beginning of a symbol": Query(f"{HEAD}/2019/5", "en", public),
        "filtered": Query("committee", "en", public, {"kind": ["report"], "year": ["2019"]}, sort="newest"),
        "everything": Query("", "en", public),
    }
    return {name: replace(query, page_size=20) for name, query in asked.items()}


def entries(count: int, facts: Facts) -> Iterator[Entry]:
    """So many entries, the two versions of a document after each other. The same ones each time."""
    chance = random.Random(5)
    for number in range(count // 2):
        for place, language in enumerate(("ru", OTHERS[number % len(OTHERS)])):
            yield _entry(number, FIRST_KEY + 2 * number + place, language, facts, chance)


def document_uid(number: int) -> uuid.UUID:
    """The uid of a document, by its number from 0."""
    return uuid.UUID(int=number + 1)


def symbol_of(number: int) -> str:
    """The symbol of a document, by its number from 0."""
    return f"{HEAD}/{1996 + number % 30}/{number}"


def _entry(number: int, pk: int, language: str, facts: Facts, chance: random.Random) -> Entry:
    year = 1996 + number % 30
    return Entry(
        id=f"version-{pk}",
        document_key=str(document_uid(number)),
        language=language,
        title=" ".join(_words(language, 8, chance)),
        url=f"/{language}/documents/{symbol_of(number)}",
        visible_from=RELEASED,
        symbols=(symbol_of(number),),
        text=_text(number, language, chance),
        process=facts.process,
        body=facts.bodies[number % len(facts.bodies)],
        session=facts.sessions[number % len(facts.sessions)],
        doc_kind=KINDS[number // 30 % len(KINDS)],
        date=datetime.date(year, 1 + number % 12, 1 + number % 28),
    )


def _text(number: int, language: str, chance: random.Random) -> str:
    """Paragraphs of about BYTES bytes in all; the planted words go into the first."""
    short = language.partition("-")[0]
    planted = []
    if number % 2 == 0 or number % 7 == 0:
        planted.append(COMMON[short])
    if number % 500 == 3:
        planted.append(RARE[short])
    if number % 20 == 0 and short in PHRASE:
        planted.append(PHRASE[short])
    paragraphs = []
    size = 0
    while size < BYTES:
        words = _words(language, 8, chance) + planted
        planted = []
        length = sum(len(word.encode()) + 1 for word in words)
        while length < PARAGRAPH:
            more = _words(language, 12, chance)
            words += more
            length += sum(len(word.encode()) + 1 for word in more)
        paragraphs.append(("" if short == "zh" else " ").join(words) + ".")
        size += length
    return "\n\n".join(paragraphs)


def _words(language: str, count: int, chance: random.Random) -> list[str]:
    words, weights = _vocabulary(language.partition("-")[0])
    return chance.choices(words, cum_weights=weights, k=count)


@cache
def _vocabulary(language: str) -> tuple[list[str], list[float]]:
    """The words of a language, and how often each is used: the second half as often as the first, and so on (Zipf)."""
    chance = random.Random(language)
    syllables, endings = SYLLABLES[language].split(), ENDINGS[language]
    longest = 2 if language == "zh" else 4
    words: dict[str, None] = {}
    for _try in range(VOCABULARY * 2):
        stem = "".join(chance.choices(syllables, k=chance.randint(1 if language == "zh" else 2, longest)))
        words[stem + chance.choice(endings)] = None
        if len(words) == VOCABULARY:
            break
    return list(words), list(itertools.accumulate(1 / (rank + 10) for rank in range(len(words))))
