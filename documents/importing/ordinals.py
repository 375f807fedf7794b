"""Ordinal numbers in words, 1 to 199, in six languages: "Тридцать вторая", "quatre-vingt-sixième", 第三十四."""

import re
import unicodedata

# Ordinals of one word, and cardinals that stand before one ("thirty-fourth", "тридцать четвертая").
_EN_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FR_ORDINALS = """premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme
    douzieme treizieme quatorzieme quinzieme seizieme"""
_FR_TENS = "vingt trente quarante cinquante soixante"
_ES_ONES = "primer segund tercer cuart quint sext septim octav noven decim"
_ES_TENS = "vigesim trigesim cuadragesim quincuagesim sexagesim septuagesim octogesim nonagesim"
_RU_STEMS = """перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат
    пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат"""
_RU_TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
_RU_TEN_STEMS = "двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност"
_RU_ENDINGS = r"(?:ый|ой|ий|ая|ое|ые|ых|ого|ому|ым|ом|ую|ей|ья|ье|ьего|ьему|ьем|ьей|ью|ими|ыми)"
_AR_ONES = """اولي|ثانيه|ثالثه|رابعه|خامسه|سادسه|سابعه|ثامنه|تاسعه|عاشره"""
_AR_ONES_MASCULINE = """اول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر"""
_AR_TENS = "عشر|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع"
_ZH_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九", 1)}


def _table() -> dict[str, int]:
    """Every single word's value. Tens before an ordinal have their own value; words are folded as `_fold` does."""
    table: dict[str, int] = {"hundredth": 100, "hundred": 100, "centieme": 100, "cent": 100, "centesim": 100}
    for names, start, step in (
        (_EN_ORDINALS, 1, 1),
        (_EN_TENS, 20, 10),
        (_FR_ORDINALS, 1, 1),
        (_FR_TENS, 20, 10),
    ):
        table |= {name: start + step * place for place, name in enumerate(names.split())}
    table |= {name.removesuffix("y") + "ieth": 20 + 10 * place for place, name in enumerate(_EN_TENS.split())}
    table |= {name.removesuffix("e") + "ieme": 20 + 10 * place for place, name in enumerate(_FR_TENS.split())}
    table |= {"premiere": 1, "second": 2, "seconde": 2, "unieme": 1, "dix": 10, "quatre": 4, "vingts": 20}
    return table


_WORDS = _table()
_SPANISH = {
    **{stem: place for place, stem in enumerate(_ES_ONES.split(), 1)},
    **{stem: 20 + 10 * place for place, stem in enumerate(_ES_TENS.split())},
    "undecim": 11,
    "duodecim": 12,
    "centesim": 100,
    **{f"decimo{stem}": 10 + place for place, stem in enumerate(_ES_ONES.split()[:9], 1)},
    **{f"decima{stem}": 10 + place for place, stem in enumerate(_ES_ONES.split()[:9], 1)},
    **{f"vigesimo{stem}": 20 + place for place, stem in enumerate(_ES_ONES.split()[:9], 1)},
    **{f"vigesima{stem}": 20 + place for place, stem in enumerate(_ES_ONES.split()[:9], 1)},
}
_RUSSIAN_STEMS = {stem: place for place, stem in enumerate(_RU_STEMS.split(), 1)}
_RUSSIAN_STEMS |= {stem: 20 + 10 * place for place, stem in enumerate(_RU_TEN_STEMS.split())}
_RUSSIAN_STEMS |= {"сот": 100, "двухсот": 200}
_RUSSIAN_TENS = {name: 20 + 10 * place for place, name in enumerate(_RU_TENS.split())} | {"сто": 100}
_ARABIC_ONES = {
    **{name: place for place, name in enumerate(_AR_ONES.split("|"), 1)},
    **{name: place for place, name in enumerate(_AR_ONES_MASCULINE.split("|"), 1)},
    "حاديه": 1,
    "حادي": 1,
}
_ARABIC_TENS = {
    f"{stem}{ending}": 20 + 10 * place for place, stem in enumerate(_AR_TENS.split("|")) for ending in ("ون", "ين")
}

_DIGITS = re.compile(r"(?:no\.? ?)?(\d{1,3})(?:st|nd|rd|th|er|re|e|eme|ieme|o|a|-?[а-я]{1,3})?")
_CHINESE = re.compile(r"第?([一二三四五六七八九十百零〇]{1,8}|\d{1,3})")


def parse_ordinal(text: str) -> int | None:
    """The number that a whole text is as an ordinal, in any of the six languages, from 1 to 199; else None.

    Both genders and the grammatical cases count, and figures with an ending: "67th", "72-я", "54e", "第73".
    """
    folded = _fold(text)
    if digits := _DIGITS.fullmatch(folded):
        number: int | None = int(digits[1])
    elif chinese := _CHINESE.fullmatch(folded.replace(" ", "")):
        number = _chinese(chinese[1])
    else:
        words = re.split(r"[ \-]+", folded)
        number = _russian(words) or _spanish(words) or _english_or_french(words) or _arabic(words)
    return number if number and 1 <= number <= 199 else None


def _fold(text: str) -> str:
    """Lower case without accents; Arabic alef, ya and ta marbuta in one form each; ё stays е, й stays."""
    text = unicodedata.normalize("NFD", " ".join(text.replace("‑", "-").replace("º", "o").replace("ª", "a").split()))
    kept = [mark for mark in text.casefold() if unicodedata.category(mark) != "Mn" or mark == "\u0306"]
    text = unicodedata.normalize("NFC", "".join(kept))
    return text.translate(str.maketrans("أإآىةـ", "ااايه ")).strip()


def _english_or_french(words: list[str]) -> int | None:
    """Sums "one hundred and fifth", "quatre-vingt-dix-septième", "trente et unième"; only ordinals may end."""
    values = [_WORDS.get(word) for word in words if word not in {"and", "et", "one", "the", "la", "le"}]
    last = words[-1]
    if not values or not all(values) or not (last.endswith(("th", "ieme")) or last in _ENDS_PLAIN):
        return None
    total = sum(value for value in values if value)
    if words[:2] == ["quatre", "vingt"] or words[:2] == ["quatre", "vingts"]:
        total += 80 - 24
    elif words[:1] == ["quatre"] and last == "vingtieme":
        total = 80
    return total


_ENDS_PLAIN = {"first", "second", "third", "premier", "premiere", "seconde"}


def _spanish(words: list[str]) -> int | None:
    values = [_SPANISH.get(re.sub(r"(?:os|as|o|a)$", "", word)) for word in words]
    if not all(values):
        return None
    numbers = [value for value in values if value]
    return sum(numbers) if numbers == sorted(numbers, reverse=True) else None


def _russian(words: list[str]) -> int | None:
    *tens, last = words
    match = re.fullmatch(rf"([а-я]+?){_RU_ENDINGS}", last)
    stem = _RUSSIAN_STEMS.get(match[1]) if match else None
    values = [_RUSSIAN_TENS.get(word) for word in tens]
    if not stem or not all(values):
        return None
    return stem + sum(value for value in values if value)


def _arabic(words: list[str]) -> int | None:
    """الثانية والثلاثون: the ones first, each word with its article, and و before the tens."""
    bare = [re.sub(r"^(?:و?ال|لل|و)", "", word) for word in words]
    total = 0
    for word in bare:
        if word in {"عشره", "عشر"} and 0 < total < 10:
            total += 10
        elif word in {"مايه", "ميه", "ماءه"}:
            total += 100
        elif value := _ARABIC_ONES.get(word) or _ARABIC_TENS.get(word):
            total += value
        elif word != "بعد":
            return None
    return total or None


def _chinese(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _ZH_DIGITS:
            digit = _ZH_DIGITS[character]
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
    return total + digit or None
