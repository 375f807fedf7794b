"""What kind of paper a document is, from its title, the line of who presents it, and its symbol, in six languages."""

import re
from collections.abc import Iterable

# Checked in this order against the beginning of a line; the first that fits wins. Adjectives that may stand before the
# noun ("Draft", "Revised", "Third periodic") are allowed by _LEAD.
_KINDS: tuple[tuple[str, str], ...] = (
    ("corrigendum", r"corrigend(?:um|a)|rectificatif|corrección|исправлени[ея]|تصويب|更正"),
    (
        "participants",
        (
            r"list of (?:participants|delegations|delegates)|liste des participants|lista de participantes"
            r"|список участников|قائمة المشاركين|与会者名单"
        ),
    ),
    (
        "agenda",
        (
            r"(?:annotat\w+ to the )?(?:annotated )?(?:provisional )?agenda(?! items?\b)|ordre du jour|(?:programa"
            r"|temario)(?: provisional)?\b(?! de)|orden del día\b"
            r"|(?:аннотированная |предварительная )*повестка дня|جدول الأعمال"
            r"|(?:临时|附加说明的)*议程"
        ),
    ),
    (
        "observations",
        (
            r"concluding observations|observations finales|observaciones finales|заключительные замечания"
            r"|الملاحظات الختامية|(?:关于.{0,60}的)?结论性意见"
        ),
    ),
    (
        "letter",
        (
            r"(?:identical )?letters? dated|identical letters|note verbale dated|lettres? (?:identiques )?datée"
            r"|lettres identiques|note verbale datée|cartas? (?:idénticas )?de fecha|cartas idénticas"
            r"|nota verbal de fecha|(?:идентичные )?письм[оа]\b|вербальная нота|رسالة مؤرخة|رسالتان|رسائل متطابقة"
            r"|مذكرة شفوية|.{0,40}给.{0,40}的(?:同文)?信"
        ),
    ),
    (
        "treaty",
        (
            r"treaty on the|charter of the|traité|charte des|tratado|carta de las naciones|устав организации|宪章"
            r"|ميثاق"
        ),
    ),
    (
        "resolution",
        r"resolutions?\b|résolutions?\b|resolucion(?:es)?\b|resolución\b|резолюци[яи]|قرار اتخذته|القرار|决议",
    ),
    (
        "decision",
        (
            r"(?:administrative )?decisions?\b|décisions?\b|decisi[oó]n(?:es)?\b"
            r"|(?:административное )?решени[ея]\b|مقرر|المقرر|决定"
        ),
    ),
    (
        "recommendation",
        (
            r"recommendations? (?:itu|no|\d|of the)|recommandation (?:uit|itu)|recomendación (?:uit|itu)"
            r"|рекомендация (?:мсэ|itu)|التوصية|建议书"
        ),
    ),
    (
        "mandate",
        (
            r"terms of reference|rules of procedure|mandates? of the|operating (?:mechanism|procedures)|mandat\b"
            r"|règlement intérieur|mandato\b|reglamento|круг ведения|положение о|правила процедуры"
            r"|операционный механизм|اختصاصات|النظام الداخلي|职权范围|议事规则"
        ),
    ),
    (
        "background_paper",
        (
            r"background (?:paper|document|note)|document d['’]information|documento de antecedentes"
            r"|справочный документ|ورقة معلومات أساسية|背景文件"
        ),
    ),
    (
        "working_paper",
        (
            r"working paper|discussion paper|conference room paper|document de travail|documento de trabajo"
            r"|рабочий документ|ورقة عمل|工作文件"
        ),
    ),
    ("information_paper", r"information paper|nota informativa|информационный документ|信息文件"),
    (
        "circular",
        (
            r"information circular|administrative instruction|secretary-general['’]s bulletin"
            r"|instruction administrative"
            r"|circulaire du secrétaire général|instrucción administrativa|boletín del secretario general"
            r"|административная инструкция|бюллетень генерального секретаря|نشرة الأمين العام|秘书长公报|行政指示"
            r"|circulaire d['’]information|circular informativa|информационный циркуляр"
            r"|تعميم إعلامي|情况通报"
        ),
    ),
    (
        "submission",
        (
            r"statement submitted|submission (?:by|from|of)|comments? (?:by|from|of|received)|replies (?:by|from"
            r"|received)|communication (?:présentée|de)|exposé présenté|declaración presentada"
            r"|заявление,? представленное|представлено\b|بيان مقدم|提交的(?:陈述|呈文)"
        ),
    ),
    (
        "note",
        (
            r"note (?:by|of|from) (?:the|a)\b|note (?:du|de la|de l)|nota (?:de la|del)\b|записка\b|مذكرة من|مذكرة"
            r"|.{0,16}的说明$|说明$"
        ),
    ),
    (
        "report",
        (
            r"reports?\b|rapports?\b|informes?\b|доклад[ыа]?\b|отч[её]т|تقرير|التقرير|تقارير|.{0,40}的?报告"
            r"|summary of (?:stakeholders|submissions)|compilation of|résumé des|резюме материалов|resumen de las"
            r"|ملخص"
        ),
    ),
    (
        "action_plan",
        r"(?:\w+ )?(?:action plan|plan of action)|plan d['’]action|plan de acción|план действий|خطة العمل|行动计划",
    ),
    (
        "other",
        (
            r"(?:case law )?digest|.{0,60}判例法摘要|summary record|verbatim record|compte rendu|acta (?:resumida"
            r"|taquigráfica)|краткий отч[её]т|محضر|.{0,20}(?:简要|逐字)记录"
        ),
    ),
)
_LEAD = (
    r"(?:(?:draft|revised|advance|final|interim|annual|biennial|semi-annual|initial|periodic|progress|mid-term"
    r"|activity|"
    r"national|voluntary|summary|combined|consolidated|comprehensive|joint|special|supplementary|unedited|"
    r"[\w-]+(?:st|nd|rd|th)|first|second|third|second and third|and|"
    r"projet d[e’']\s?|premier|première|deuxième|troisième|[\w-]+ième|et|unique|"
    r"proyecto de|primer|segundo|tercer|cuarto|quinto|sexto|séptimo|octavo|noveno|décimo|combinados|[\w-]+ésimo|"
    r"проект|пересмотренн\w+|сводн\w+|ежегодн\w+|годов\w+|промежуточн\w+|национальн\w+|очередн\w+|совместн\w+|"
    r"перв\w+|втор\w+|трет\w+|[\w]+[ыи]й|периодическ\w+|административн\w+|مشروع|订正|草案)\s*){0,5}"
)
_STARTS = tuple((kind, re.compile(_LEAD + rf"(?:{pattern})", re.IGNORECASE)) for kind, pattern in _KINDS)
_REPORT_AFTER_ADJECTIVES = re.compile(
    r"^(?:[A-Z][\w'’-]*|of|and|the|for|on|to) (?:[\w'’-]+ ){0,5}(?:report|summary)\b(?= (?:of|by|on|for|to)\b|$)",
    re.IGNORECASE,
)
_BY_SYMBOL: tuple[tuple[str, str], ...] = (
    ("corrigendum", r"/Corr\.\d+$"),
    ("resolution", r"/RES/"),
    ("decision", r"/DEC/"),
    ("observations", r"/CO/\d"),
    ("submission", r"/NGO/"),
    ("working_paper", r"/(?:WP|CRP)\.\d+(?:/(?:Add|Corr|Rev)\.\d+)*$"),  # "WP.29/2023/45" is a working party's paper
    ("circular", r"^ST/IC/"),
    ("other", r"/(?:SR|PV)\.\d"),
)
_SURE_BY_SYMBOL = frozenset({"resolution", "decision", "observations", "submission"})
_SURE = frozenset({"note", "report", "letter", "agenda", "participants", "observations", "resolution", "decision"})
_WEAKER_THAN_NOTE = frozenset({None, "report", "action_plan", "recommendation", "other"})  # kinds that notes transmit
_DRAFT_TEXT = re.compile(
    r"(?:^|[:：][\s*,]{0,12})(?:revised )?(?:(?P<resolution>draft resolution|projet de résolution"
    r"|proyecto de resolución|проект резолюции|مشروع قرار|决议草案)"
    r"|(?P<decision>draft decision|projet de décision|proyecto de decisión|проект решения|مشروع مقرر|决定草案))"
    r"(?:\s*\*?$|\s+(?:submitted|présentée?|presentad[oa]|представленн?\w*|مقدم|مقدمة)\b.*$)",
    re.IGNORECASE,
)


def kind_of_line(line: str) -> str | None:
    """The kind that a title or a line of who presents it begins by naming, or None."""
    text = " ".join(line.split()).lstrip('*[“«"(')
    for kind, pattern in _STARTS:
        if pattern.match(text):
            return kind
    return None


def kind_of_sponsors(line: str) -> str | None:
    """ "resolution" or "decision" for the line of sponsors that ends "…: draft resolution", or None."""
    match = _DRAFT_TEXT.search(" ".join(line.split()))
    if not match:
        return None
    return "resolution" if match["resolution"] else "decision"


def find_kind(title: str, presented_by: str, symbols: Iterable[str]) -> str | None:
    """The kind of a document, or None when nothing says it.

    A correction's symbol decides first; then the title, save that a note that transmits a report is a note; then who
    presents it; then the rest of the symbol.
    """
    principal = next(iter(symbols), "")
    named = kind_of_line(title)
    by_symbol = next((kind for kind, pattern in _BY_SYMBOL if re.search(pattern, principal)), None)
    presented = kind_of_line(presented_by)
    if by_symbol == "corrigendum":
        return by_symbol
    if presented == "note" and named in _WEAKER_THAN_NOTE:
        return presented
    if named in _SURE or (by_symbol not in _SURE_BY_SYMBOL and (named or presented)):
        return named or presented
    if by_symbol in _SURE_BY_SYMBOL:
        return by_symbol
    if title and _REPORT_AFTER_ADJECTIVES.match(title):
        return "report"
    parts = (kind_of_line(part) for part in title.split(": ")[1:])
    return next((kind for kind in parts if kind), by_symbol)
