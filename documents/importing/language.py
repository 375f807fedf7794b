"""Which of the six languages a text is in: by script first, by its small words for the three in Latin script."""

import re
from collections import Counter

_SMALL_WORDS = {
    "en": "the of and to in for on with that by is are be as this from an or was not which have has at shall its",
    "fr": "le la les des de du et en un une est pour dans que qui au aux par avec ce cette ces sont ne se être plus",
    "es": "el la los las de del y en un una es para que por con se al lo su sus como no más o este esta estos son ser",
}
_ENDINGS = {
    "en": ("ing", "tion", "ed", "ly"),
    "fr": ("ement", "ité", "eur", "eux", "és", "ées", "tion"),
    "es": ("ción", "dad", "mente", "ado", "ida", "os", "as"),
}
_LETTERS = {"en": "", "fr": "çœùêîôûàèëï", "es": "ñ¿¡"}
_CLAIMS: dict[str, list[str]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _CLAIMS.setdefault(_word, []).append(_language)

_SAMPLE = 30_000  # characters; the guess does not change with more
_SCRIPT_SHARE = 0.35  # of all letters: a masthead and citations in Latin script do not hide the text's own script


def guess_language(text: str) -> str:
    """The code of the likeliest language of a text: en, fr, es, ru, ar or zh. Text without letters counts as English.

    Languages with the same script are not told apart: Ukrainian gives "ru", Persian "ar".
    """
    text = text[:_SAMPLE]
    scripts = Counter(_script(character) for character in text if character.isalpha())
    scripts["zh"] = int(scripts["zh"] * 2.5)  # one Chinese character says what two or three letters say
    total = sum(scripts.values())
    for language in ("ar", "zh", "ru"):
        if total and scripts[language] >= _SCRIPT_SHARE * total:
            return language
    return _guess_latin(text.lower())


def _script(letter: str) -> str:
    if "\u0600" <= letter <= "\u06ff" or "\ufb50" <= letter <= "\ufeff":
        return "ar"
    if "\u3400" <= letter <= "\u9fff":
        return "zh"
    if "\u0400" <= letter <= "\u04ff":
        return "ru"
    return "latin"


def _guess_latin(text: str) -> str:
    scores = dict.fromkeys(_SMALL_WORDS, 0.0)
    for word, count in Counter(re.findall(r"[^\W\d_]+", text)).items():
        for language in _CLAIMS.get(word, ()):
            scores[language] += 2 * count / len(_CLAIMS[word])
        if len(word) > 5:
            for language, endings in _ENDINGS.items():
                scores[language] += 0.3 * count * word.endswith(endings)
    for language, letters in _LETTERS.items():
        scores[language] += 0.7 * sum(text.count(letter) for letter in letters)
    scores["fr"] += len(re.findall(r"\b[ldnsjcqu]+['’]", text))
    scores["es"] += 0.35 * sum(text.count(letter) for letter in "óíá")
    return max(scores, key=lambda language: scores[language])
