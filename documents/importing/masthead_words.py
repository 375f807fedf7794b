"""The words of mastheads in six languages: distribution, languages, organisations, bodies, who presents a paper."""

import re

_DISTRIBUTION = {
    "general": "general|général|générale|generale|общая|общее|عام|عامة|一般|普遍",
    "limited": "limited|limité|limitée|limitee|limitada|ограниченная|ограниченное|محدود|محدودة|有限",
    "restricted": "restricted|restreinte|reservada|restringida|для ограниченного распространения|مقيد|مقيدة|限制",
    "unrestricted": "unrestricted|sans restriction|не ограничивается",
    "confidential": "confidential|confidentiel|confidentielle|confidencial|конфиденциально|سري|机密",
    "provisional": "provisional|provisoire|предварительная|مؤقت",
}
_DISTRIBUTION_CODES = {word: code for code, words in _DISTRIBUTION.items() for word in words.split("|")}
_DISTRIBUTION_WORDS = "|".join(sorted(_DISTRIBUTION_CODES, key=len, reverse=True))

# "Distr." may stand alone above its word; the whole word, which running text has too, needs a colon and its value.
DISTRIBUTION_LABEL = re.compile(
    rf"(?:(?<=\s)|^)(?:distr?\.\s*[:：]?\s*(?P<word>(?:{_DISTRIBUTION_WORDS})(?![^\W\d_]))?"
    r"|^(?:distribution|distribución|распространение|рассылка|التوزيع|توزيع|分发|分配)\s*[:：]\s*"
    rf"(?P<value>(?:{_DISTRIBUTION_WORDS})(?![^\W\d_])))",
    re.IGNORECASE,
)

_LANGUAGE_NAMES = {
    "en": "english|anglais|inglés|ingles|английск\\w+|(?:ب)?(?:الإنكليزية|الانكليزية|إنكليزي|الإنجليزية"
    "|الانجليزية)|英文|英语",
    "fr": "french|français|francais|francés|frances|французск\\w+|(?:ب)?الفرنسية|法文|法语",
    "es": "spanish|espagnol|español|espanol|испанск\\w+|(?:ب)?(?:الإسبانية|الاسبانية)|西班牙文|西班牙语",
    "ru": "russian|russe|ruso|русск\\w+|(?:ب)?الروسية|俄文|俄语",
    "ar": "arabic|arabe|árabe|арабск\\w+|(?:ب)?(?:العربية|عربي)|阿拉伯文|阿拉伯语",
    "zh": "chinese|chinois|chino|китайск\\w+|(?:ب)?الصينية|中文|汉文|汉语",
}
_ANY_LANGUAGE = "|".join(_LANGUAGE_NAMES.values())
_LANGUAGES = tuple((code, re.compile(names, re.IGNORECASE)) for code, names in _LANGUAGE_NAMES.items())

ORIGINAL_LABEL = re.compile(
    r"^(?:original|langue originale|оригинал|подлинный текст на|подлинник|язык оригинала|الأصل|原文|原件"
    r"|原本)\s*[:：]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_LANGUAGE_LINE = re.compile(rf"(?:на )?(?:{_ANY_LANGUAGE})(?: язык[еа]?)?", re.IGNORECASE)
_LANGUAGE_ONLY = re.compile(
    rf"(?:(?:{_ANY_LANGUAGE})(?: язык[еа]?)?(?:[,/]? (?:and |et |y |и |و)?(?:{_ANY_LANGUAGE}))* (?:only|seulement"
    rf"|uniquement|únicamente|solamente|solo|فقط)"
    r"|only|seulement|uniquement|únicamente|solamente|только"
    rf"|(?:{_ANY_LANGUAGE})(?:, (?:{_ANY_LANGUAGE}))*,? (?:and|et|y|e|и) (?:{_ANY_LANGUAGE})"
    rf"|только на (?:{_ANY_LANGUAGE})(?: язык[еа])?|(?:仅有|只有)?(?:{_ANY_LANGUAGE})(?:本|only)?)",
    re.IGNORECASE,
)

_ORGANISATIONS = re.compile(
    r"(?:united nations|nations unies|naciones unidas|организация объединенных наций|объединенные нации"
    r"|الأمم المتحدة|联合国"
    r"|international telecommunication union|union internationale des télécommunications"
    r"|unión internacional de telecomunicaciones|международный союз электросвязи|الاتحاد الدولي للاتصالات|国际电信联盟"
    r"|united|nations|unies|naciones|unidas|unis)",
    re.IGNORECASE,
)

_BODIES = re.compile(
    r"(?:(?:special|executive|joint|ad hoc|open-ended|intergovernmental|standing|economic and social|human rights"
    r"|security|general|first|second|third|fourth|fifth|sixth|preparatory|subsidiary|main|2\d{3}|united nations"
    r"|informal|scientific|legal|advisory|implementation|compliance)\s+)*"
    r"(?:committee|commission|council|conference|assembly|working (?:group|party)|board|sub-?committee"
    r"|sub-?commission|cent(?:re|er)|forum|meeting|group|panel|convention|programme|tribunal|task force"
    r"|secretariat|treaty|protocol)\b|united nations (?:[\w’'-]+ ){0,5}(?:fund|programme|entity|office"
    r"|organization|university)$"
    r"|(?:comité|commission|conseil|conférence|assemblée|groupe|sous-comité|sous-commission|réunion|convention"
    r"|programme|bureau|forum|centre|traité|protocole|grande commission)\b"
    r"|(?:comisión|consejo|conferencia|asamblea|grupo|junta|subcomité|subcomisión|reunión|convención|programa|foro"
    r"|centro|tratado|protocolo)\b"
    r"|(?:[а-яё-]+(?:ый|ая|ое|ий) ){0,3}(?:комитет|комиссия|совет|конференция|ассамблея|рабочая группа|группа"
    r"|подкомитет|подкомиссия|совещание|конвенция|программа|форум|центр|договор|протокол|бюро|правление)\b"
    r"|(?:اللجنة|لجنة|المجلس|مجلس|المؤتمر|مؤتمر|الجمعية|الفريق|فريق|الهيئة|الاجتماع|اتفاقية|الاتفاقية|برنامج"
    r"|المنتدى|معاهدة)"
    r"|.{0,30}(?:委员会|理事会|大会|会议|工作组|小组|公约|规划署|论坛|缔约方会议)$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"united nations (?:[\w’'-]+ ){0,6}(?:fund|programme|entity|office|organization|university)"
    r"|(?:fonds|programme|bureau|office) des nations unies (?:[\w’'-]+ ?){1,9}"
    r"|(?:fondo|programa|oficina) de las naciones unidas (?:[\w’'-]+ ?){1,9}"
    r"|(?:фонд|программа|управление) организации объединенных наций (?:[\w-]+ ?){1,9}",
    re.IGNORECASE,
)
_ENACTOR_END = re.compile(r"[,，،]$")
_ENACTOR_REACH = 60  # characters within which the subject of a decision names the organ
_ORGAN = re.compile(
    r"\b(?:assembly|council|conference|commission|committee|meeting|board|parties|plenary|congress"
    r"|assemblée|conseil|conférence|comité|réunion|parties|congrès"
    r"|asamblea|consejo|conferencia|comisión|reunión|partes|congreso|junta"
    r"|ассамблея|совет|конференция|комиссия|комитет|совещание|стороны?|сторон|заседание|конгресс)\b"
    r"|الجمعية العامة|مجلس|مؤتمر|لجنة|المجلس|المؤتمر|اللجنة|اجتماع|大会|理事会|缔约方|会议|委员会",
    re.IGNORECASE,
)
_PRESENTED = re.compile(
    r"(?:(?:[\w-]+ ){0,2}report|note|letter|memorandum|statement) (?:verbale )?(?:by|of|from) (?:the|a|an)\b"
    r"|(?:[\w-]+ ){0,4}report (?:of the secretary-general|prepared by)|(?:concept|background|discussion"
    r"|working) (?:paper|note) prepared by|(?:submitted|prepared|transmitted|presented|communicated|introduced) by"
    r"|(?:joint )?(?:working paper|statement) submitted by|rapporteur(?:-general)?\s*:|chair(?:man|person)?\s*:"
    r"|addendum$|draft conclusions proposed by"
    r"|projet de conclusions propos|proyecto de conclusiones propuest|проект выводов,? предложенн"
    r"|note (?:du|de la|de l)|(?:(?:premier|première|\w+ième) )?rapport (?:du|de la|de l|des)\b"
    r"|mémoire du|présentée? par|soumise? par|établie? par"
    r"|document (?:de travail |d['’]information )?(?:soumis|présenté|établi)|rapporteur[^:]{0,30}:"
    r"|nota (?:del?|de la)\b|informe (?:del?|de la)\b|presentad[oa] por|preparad[oa] por"
    r"|documento (?:de (?:trabajo|antecedentes|sesión) )?(?:presentado|preparado|elaborado)"
    r"|записка|доклад (?:генерального|секретариата|рабочей|управления|верховного|специального|комитета)"
    r"|представлен[оаы]?\b|подготовлен[оаы]?\b"
    r"|(?:рабочий |справочный |информационный )?документ,? (?:представлен|подготовлен)|докладчик\s*:"
    r"|مذكرة من|تقرير (?:الأمين|الأمانة|المفوض|المقرر|الخبير|المدير|الرئيس|الفريق العامل"
    r"|فريق الخبراء)|مقدم من|مقدمة من|ورقة مقدمة"
    r"|(?!关于)(?:.{0,30}(?:特别报告员|独立专家|专家组|工作组|总干事)).{0,20}的报告\*?$"
    r"|(?:秘书处|秘书长|主席|高级专员办事处|执行主任).{0,6}的?(?:说明|报告)|.{0,20}提交|.{0,20}提出的.{0,8}草案$|由.{0,20}(?:提交|编写)",
    re.IGNORECASE,
)
_SMALL_WORDS = """of the and to in for on at with by a an from its or
    de la le les des du et en à au aux sur par pour el los las del y para por con o su
    и в во на по о об с со из к от для при أو الى إلى من في على و"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())  # words that no line of a masthead, heading or paragraph ends with
_RECORDS = re.compile(
    r"official records(?:,? \d{4})?|supplement no\.? ?\d{1,3}|documents officiels|supplément n[o°º]\.? ?\d{1,3}"
    r"|documentos oficiales"
    r"|suplemento n[úu]m\.? ?\d{1,3}|официальные отчеты|дополнение № ?\d{1,3}|الوثائق الرسمية|الملحق رقم ?\d{1,3}"
    r"|正式记录|补编第 ?\d{1,3} ?号",
    re.IGNORECASE,
)
_LETTER_OPENING = re.compile(
    r"(?:I (?:have|am|refer|write|wish|would|should|am writing|attach|transmit)"
    r"|(?:up)?on (?:the )?(?:instructions?|behalf)|further to"
    r"|with reference to|the permanent mission of|la mission permanente"
    r"|la misión permanente|постоянное представительство|j['’]ai l['’]honneur|d['’]ordre de|au nom d|me référant"
    r"|tengo el honor|me dirijo"
    r"|siguiendo instrucciones|por instrucciones|en nombre d|имею честь|по поручению|настоящим"
    r"|ссылаясь на (?:письмо|мое)"
    r"|أتشرف|يشرفني|بناء على تعليمات|أكتب إليكم|تهدي البعثة الدائمة|谨随函|谨提及|奉我国政府|我谨|按照我国政府)\b",
    re.IGNORECASE,
)
# Who speaks, where a line that comes before the title says no more than that, and series that are no title.
_OFFICER = re.compile(
    r"(?:report|note) (?:by|of) the (?:secretary-general|director-general|executive (?:secretary|director)|secretariat"
    r"|president|chair(?:person|man)?)"
    r"|(?:rapport|note) d(?:u|e la) (?:secrétaire général|secrétariat|direct(?:eur|rice) général|président)e?"
    r"|(?:informe|nota) de(?:l| la) (?:secretari[oa] general|secretaría|director[a]? general|president[ea])"
    r"|(?:доклад|записка) (?:генерального секретаря|секретариата|генерального директора|председателя)",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"secretary-general['’]s bulletin|administrative instruction|information circular|instruction administrative"
    r"|circulaire du secrétaire général|instrucción administrativa|boletín del secretario general"
    r"|административная инструкция|бюллетень генерального секретаря|نشرة الأمين العام|秘书长公报|行政指示",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"(?:executive )?summary|résumé|resumen|резюме|краткое содержание|ملخص|موجز|摘要|内容提要", re.IGNORECASE
)
_CONTENTS = re.compile(
    r"(?:table of )?contents|table des matières|índice|indice|содержание|оглавление|المحتويات|جدول المحتويات|目录|目次"
    r"|contenido",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?:Held (?:at|on|in|by)|Tenue? (?:à|au|le|en)|Celebrada (?:en|el)|Состоявше\w+|Проведенн\w+|المعقودة في)\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? |(?:Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche) \d"
    r"|(?:Lunes|Martes|Miércoles|Jueves|Viernes|Sábado|Domingo) \d"
    r"|(?:Понедельник|Вторник|Среда|Четверг|Пятница|Суббота|Воскресенье), |(?:\d{4}年\d{1,2}月\d{1,2}日)星期"
)
_COVER_NOTE = re.compile(
    r"session to be held|to be held at|адрес:|adopted (?:by|at|on)|adoptée?s? (?:par|à|le)|aprobad[oa]s? (?:por|en"
    r"|el)|принят[аоы]\b|\[|اعتمد|الذي اتخذه|通过",
    re.IGNORECASE,
)


def distribution_code(word: str) -> str | None:
    """ "general", "limited", "restricted", "unrestricted", "confidential" or "provisional" for a printed word."""
    return _DISTRIBUTION_CODES.get(word.strip(" .:*").casefold())


def language_codes(text: str) -> list[str]:
    """The codes of the six languages that a text names, in the order in which it names them."""
    named = [(match.start(), code) for code, pattern in _LANGUAGES if (match := pattern.search(text))]
    return [code for _, code in sorted(named)]


def leading_language(text: str) -> tuple[str, str]:
    """The name of a language at a text's beginning, and the rest: ("Français", "Original : anglais")."""
    match = _LANGUAGE_LINE.match(text)
    return (match[0], text[match.end() :].strip()) if match else ("", text)


def is_language_line(text: str) -> bool:
    """Whether a whole line is the name of a language: "Russian", "Français", 中文."""
    return bool(_LANGUAGE_LINE.fullmatch(text.strip(" .*")))


def is_language_only(text: str) -> bool:
    """Whether a line says that a paper exists in one language only: "English only"."""
    return bool(_LANGUAGE_ONLY.fullmatch(text.strip(" .*[]()")))


def is_organisation(text: str) -> bool:
    """Whether a whole line is the name of an organisation, or one of its halves, as old mastheads print it."""
    return bool(_ORGANISATIONS.fullmatch(text.strip(" .*")))


def is_body(text: str) -> bool:
    """Whether a line begins with the name of a body: "Committee on …", "Комитет по …"."""
    return bool(_BODIES.match(text))


def is_enactor(text: str) -> bool:
    """Whether a line is the subject of a decision: "The General Assembly,", "Конференция Сторон,", 大会，"""
    text = text.strip()
    short = 2 < len(text) <= (130 if " " in text else 20) and len(text.split()) <= 16
    capital = short and (text[0].isupper() or text[0].lower() == text[0].upper()) and not text[0].isdigit()
    return bool(capital and _ENACTOR_END.search(text) and _ORGAN.search(text[:_ENACTOR_REACH]))


def is_presented_by(text: str) -> bool:
    """Whether a line says who presents a paper: "Note by the Secretariat", "Submitted by …"."""
    return bool(_PRESENTED.match(text)) and not text[:1].islower()


def names_officer_only(text: str) -> bool:
    """Whether a whole line only says which officer presents a paper: "Report by the Secretary-General"."""
    return bool(_OFFICER.fullmatch(text.strip(" .*")))


def is_series(text: str) -> bool:
    """Whether a whole line is the name of a series of issuances: "Secretary-General's bulletin"."""
    return bool(_SERIES.fullmatch(text.strip(" .*")))


def is_agency(text: str) -> bool:
    """Whether a whole line is the name of a fund, programme or office of the United Nations."""
    return bool(_AGENCY.fullmatch(text.strip(" .*")))


def is_records_line(text: str) -> bool:
    """Whether a whole line only places a document among the official records: "Supplement No. 6"."""
    return bool(_RECORDS.fullmatch(text.strip(" .*")))


def is_letter_opening(text: str) -> bool:
    """Whether a line opens a letter's text: "I have the honour …", "По поручению …"."""
    return bool(_LETTER_OPENING.match(text)) and not text[:1].islower()


def is_summary(text: str) -> bool:
    """Whether a whole line is the heading of a summary."""
    return bool(_SUMMARY.fullmatch(text.strip(" .:*")))


def is_contents(text: str) -> bool:
    """Whether a whole line is the heading of a list of contents."""
    return bool(_CONTENTS.fullmatch(text.strip(" .:*")))


def is_cover_note(text: str) -> bool:
    """Whether a line under a title is no part of it: how the text was adopted, where and when the meeting is held."""
    return bool(_COVER_NOTE.match(text) or _HELD.match(text))
