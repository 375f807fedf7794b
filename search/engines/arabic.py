"""Arabic words without what is written onto them: conjunction, article, preposition, pronoun, ending.

Source: the light10 stemmer (Larkey, Ballesteros, Connell: Light Stemming for Arabic Information Retrieval, 2007), which
Lucene's Arabic analysis follows too. Measured beside Snowball's, which leaves "والدول" as it is and gives "اتفاقيات"
and "اتفاقية" different stems. Beyond it go what official documents are full of: one-letter prepositions ("بتهريب"),
pronouns after a feminine ending ("دورته"), broken plurals.
"""

from functools import cache

from search.engines.vocabulary import ARABIC_AL_ROOTS, ARABIC_PLURALS, ARABIC_PREPOSITION_ROOTS, ARABIC_WAW_ROOTS

_ARTICLES = ("ال", "بال", "كال", "فال", "لل")
_PREPOSITIONS = ("ب", "ل")
_SHORTEST_AFTER_PREPOSITION = 4
_PRONOUNS = {"ها": 2, "هم": 4, "ه": 2}  # with the letters that must stand before
_SUFFIXES = ("ان", "ات", "ون", "ين", "يه", "ه", "ي")


def arabic_stem(word: str, written: str) -> str:
    """The stem of a folded word; `written` is the word before its letter forms were folded."""
    found = _without_endings(arabic_bare(word, written), ends_in_ta=written.endswith("ة"))
    return _plurals().get(found, found)


def arabic_bare(word: str, written: str) -> str:
    """A folded word without conjunction, article and preposition."""
    if len(word) > 3 and word[0] == "و" and not word.startswith(ARABIC_WAW_ROOTS):
        word, written = word[1:], written[1:]
    if "آ" not in written[:2] and not word.startswith(ARABIC_AL_ROOTS):
        for article in _ARTICLES:
            if word.startswith(article) and len(word) >= len(article) + 2:
                rest = word[len(article) :]
                # The ل of "لجنة" is not written a third time: "للجنة".
                own = f"ل{rest}"
                return own if article == "لل" and own.startswith(ARABIC_PREPOSITION_ROOTS) else rest
    if word.startswith(_PREPOSITIONS) and not word.startswith(ARABIC_PREPOSITION_ROOTS):
        rest = word[1:]
        if len(rest) >= _SHORTEST_AFTER_PREPOSITION:
            return rest
    return word


def _without_endings(word: str, *, ends_in_ta: bool) -> str:
    for pronoun, least in _PRONOUNS.items():
        if word.endswith(pronoun) and len(word) >= len(pronoun) + least and not (ends_in_ta and pronoun == "ه"):
            word = word[: -len(pronoun)]
            # Before a pronoun the feminine ending is written as an open one; "وقت" has it of its own.
            if word.endswith("ت") and not word.endswith("ات") and len(word) >= 4:
                word = word[:-1]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word[: -len(suffix)]
    return word


@cache
def _plurals() -> dict[str, str]:
    """The stems of broken plurals, each with that of its singular."""
    return {_without_endings(plural, ends_in_ta=False): _singular(word) for plural, word in ARABIC_PLURALS.items()}


def _singular(word: str) -> str:
    return _without_endings(word, ends_in_ta=True)
