"""The words by which texts of six languages name decisions and the bodies that took them."""

import re

# Bodies that texts name in full, by the head of their symbols. Longer names stand first.
NAMED: dict[str, str] = {
    "UNEP/EA": (
        r"(?:United Nations )?Environment Assembly|UNEA|Assemblée (?:des Nations Unies )?pour l['’]environnement"
        r"|Asamblea (?:de las Naciones Unidas )?(?:sobre|para) el Medio Ambiente"
        r"|Ассамбле\w (?:Организации Объединенных Наций )?по окружающей среде"
        r"|جمعية (?:الأمم المتحدة )?للبيئة|(?:联合国)?环境大会"
    ),
    "A/HRC": (
        r"Human Rights Council|HRC|Conseil des droits de l['’]homme|Consejo de Derechos Humanos"
        r"|Совет\w{0,2} по правам человека|مجلس حقوق الإنسان|人权理事会"
    ),
    "S": (
        r"(?:United Nations )?Security Council|Conseil de sécurité|Consejo de Seguridad|Совет\w{0,2} Безопасности"
        r"|مجلس الأمن|安全理事会|安理会"
    ),
    "E": (
        r"Economic and Social Council|ECOSOC|Conseil économique et social|Consejo Económico y Social"
        r"|Экономическ\w{2,3} и Социальн\w{2,3} Совет\w{0,2}|ЭКОСОС|المجلس الاقتصادي والاجتماعي"
        r"|经济及社会理事会|经社理事会"
    ),
    "A": (
        r"(?:United Nations )?General Assembly|Assemblée générale|Asamblea General|Генеральн\w{2,3} Ассамбле\w"
        r"|الجمعية العامة|(?<![境方国])大会"
    ),
}
# Bodies by what they are, which a document says of its own: "the Conference", "le Conseil".
NOUNS: dict[str, str] = {
    "conference": (
        r"Conferences?|COP|Conférence|Conferencia|Конференци\w|(?:ال)?مؤتمر|缔约方会议|缔约国会议|缔约方大会|会议"
    ),
    "assembly": r"Assembly|Assemblée|Asamblea|Ассамбле\w|الجمعية|大会",
    "council": r"Council|Conseil|Consejo|Совет\w{0,2}|المجلس|理事会",
    "commission": r"Commission|Comisión|Комисси\w|اللجنة|委员会",
    "committee": r"Committee|Comité|Комитет\w{0,2}",
    "board": r"Board|Junta|Правлени\w",
    "meeting": r"Meeting|Réunion|Reunión|Совещани\w|اجتماع",
    "plenary": r"Plenary|Plénière|Pleno|Пленарн\w{2,3} заседани\w|الجلسة العامة|全体会议",
}
_ORGANS = {**NAMED, **NOUNS}
_ORGAN = re.compile("|".join(f"(?P<_{place}>{words})" for place, words in enumerate(_ORGANS.values())))
_KEYS = list(_ORGANS)
ANY_ORGAN = "|".join(_ORGANS.values())

_ENACTOR = re.compile(rf"(?:The |La |L['’]|Le |El )?(?P<organ>{'|'.join(NAMED.values())})[,，،]?")
# Words before the number, by script. Each ends where the number begins.
_LATIN_WORD = r"(?:r[ée]solutions?|r[ée]soluci(?:[oó]n|ones)|d[ée]cisions?|decisi(?:[oó]n|ones))"
_RUSSIAN_WORD = r"(?:резолюци(?:ями|ях|ям|ей|[яиюй])|решени(?:ями|ях|ям|ем|[еяиюй]))"
_ARABIC_WORD = r"(?:قرار|مقرر)(?:ات|ين|ان|ي)?(?:ها|هم|ه)?"
_IN_ITS = r",? (?:in|by|dans|par|en|mediante) (?:its|sa|ses|su|sus)"
BEFORE = {
    "latin": re.compile(
        rf"(?:(?P<organ>(?:{ANY_ORGAN})|[A-Z][\w’'-]{{1,30}})(?:['’]s|{_IN_ITS})? )?"
        rf"(?<![\w-])(?P<first>(?P<word>(?i:{_LATIN_WORD})))"
        rf"(?: (?:de la |de l['’]|del |du )(?P<inner>{ANY_ORGAN}))?"
        r"(?: (?:[Nn]os?\.?|n[o°º]s?|[Nn]úms?\.|n\.º))?[ \u00a0]?$"
    ),
    "cyrillic": re.compile(
        rf"(?:(?P<organ>{ANY_ORGAN})(?: участников| Сторон)?,? в сво(?:ей|[её]м|их) )?"
        rf"(?<![\w-])(?P<first>(?P<word>(?i:{_RUSSIAN_WORD})))"
        rf"(?: (?P<inner>{ANY_ORGAN})(?: участников| Сторон)?)?(?: №)?[ \u00a0]?$"
    ),
    "arabic": re.compile(
        rf"(?<!\w)[وفبكل]{{0,2}}(?P<first>(?:ال|ل)?(?P<word>{_ARABIC_WORD}))"
        rf"(?: (?P<inner>{ANY_ORGAN})(?: الأطراف)?)?(?: رقم)? ?$"
    ),
    "chinese": re.compile(rf"(?:(?P<organ>{ANY_ORGAN})[其的]?)?(?P<first>第 ?)$"),
}
CHINESE_AFTER = re.compile(
    r"(?: ?[A-Z])? ?号?(?:(?:以及|[和及、,，]) ?第? ?\d{1,4}(?:/\d{1,4}| ?[(（]\d{4}[)）])(?: ?[A-Z])? ?号?){0,6}"
    r"(?P<end>号?(?P<word>决议|决定))"
)

_DATE = (
    r"(?:,? (?:of|du|de|от|المؤرخة?) \d{1,2}(?:er|[º°])?[^,;.()\d]{2,24}\d{4}(?: года| г\.)?,?"
    r"|,? (?:of|de|от) \d{4}(?: года)?,?)?"
)
# What may stand between two numbers of one list: "resolutions 43/230, of 21 December 1988, and 44/192 A".
BETWEEN = re.compile(
    rf"{_DATE}(?:[,،、，] ?)?(?:(?: ?(?:and|as well as|et|ainsi que|y|e|así como|и|а также) )|(?: ?و(?:كذلك )?)"
    r"|(?:号?(?:以及|[和及、,，]) ?第? ?))?[ \u00a0]?"
)
# The body, where it stands after the number.
AFTER = re.compile(
    rf"{_DATE}(?: (?:(?:adopted )?(?:of|by) (?:the )?)(?=[A-Z])"
    r"| (?:(?:adoptée )?(?:de la |du |de l['’]|par (?:la |le |l['’])))(?=[A-ZÉ])"
    r"| (?:del |de la |de los )(?=[A-ZÉ])| (?=[А-Я])| (?:الصادرة?|المتخذة?|الذي اعتمده|التي اعتمدتها) ?(?:عن )?)"
    rf"(?P<organ>(?:{ANY_ORGAN})|[^\W\d_][\w’'-]*)"
)
# What makes a body one of a named convention: "the Conference of the Parties to the Basel Convention".
OF_A_CONVENTION = re.compile(
    r"(?: of (?:the )?(?:States )?Parties| des (?:États )?[Pp]arties| de (?:las|los Estados) [Pp]artes"
    r"| участников| Сторон| الأطراف| الدول الأطراف)?"
    r"(?: (?:to (?:the )?|à la |au |à l['’]|a la |en (?:la |el )|del |de la |de )(?=[A-ZÉ])"
    r"| (?=[А-Я])| في (?=اتفاقية|بروتوكول))"
)
# A share of votes is no decision: "decision 2/3 majority".
SHARE = re.compile(
    r" (?:majorit|of (?:the )?(?:members|votes|parties)|des (?:voix|membres)|de los (?:votos|miembros)|mayoría"
    r"|большинств|голос|الأصوات|多数)"
)
_MONTHS = frozenset(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_GENITIVE = re.compile(r"(?:ого|его|ой|ей|их|ых|[аяыи])$")
_NOMINATIVE = re.compile(r"(?:ая|яя|ия)$")


def organ_of(phrase: str) -> str:
    """The body that a phrase names: the head of its symbols ("S"), what it is ("conference"), else "other"."""
    match = _ORGAN.match(phrase)
    return _KEYS[int(match.lastgroup[1:])] if match and match.lastgroup else "other"


def enactor_of(line: str) -> str:
    """The body that a line begins to speak as, "The General Assembly,": the head of its symbols; empty for others."""
    match = _ENACTOR.fullmatch(line.strip())
    organ = organ_of(match["organ"]) if match else ""
    return organ if organ in NAMED else ""


def noun_in(name: str) -> str:
    """What a body is, by its name in any language: "conference" for "Conference of the Parties"; empty if unclear."""
    for noun, words in NOUNS.items():
        if re.search(rf"(?<!\w)(?:{words})", name):
            return noun
    return ""


def is_owner(word: str) -> bool:
    """Whether a word after a number names an owner. In Russian the subject of a sentence may stand there too."""
    if not re.search("[А-Яа-я]", word):
        return word not in _MONTHS
    return bool(_GENITIVE.search(word)) and not _NOMINATIVE.search(word)


def kind_of(word: str) -> str:
    """Whether a word says "resolution" or "decision"."""
    return "resolution" if word.casefold().startswith(("r", "рез", "قرار", "决议")) else "decision"
