"""Plain-text documents in six languages, written for measuring the importer: about 8 kB each, no two the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BYTES = 8_000
NOTE_EVERY = 6  # paragraphs
HEADING_EVERY = 8  # paragraphs


@dataclass(frozen=True)
class Language:
    """What a document of one language is made of: the lines of its masthead, headings, sentences, and a note's text."""

    code: str
    masthead: tuple[str, ...]
    title: str
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    note: str


LANGUAGES = (
    Language(
        "en",
        ("Working Group on Measurement", "Distr.: General", "1 July 2020", "Original: English", "Second session"),
        "Measure {number}: the progress made",
        ("Introduction", "Replies received", "Needs for support", "Conclusions"),
        (
            "The group looked at the replies that {number} members had sent before the session.",
            "Most of them had named a focal point and had told the secretariat how to reach it.",
            "Some members explained that the forms were long and that their offices were small.",
            "The details are in document {cited}, which was issued earlier in the year.",
            "The secretariat was asked to bring the figures up to date before the next session.",
        ),
        "The figures are those of the last day of the period.",
    ),
    Language(
        "fr",
        ("Groupe de travail sur la mesure", "Distr. générale", "1er juillet 2020", "Original : anglais"),
        "Mesure {number} : les progrès accomplis",
        ("Introduction", "Réponses reçues", "Besoins d’appui", "Conclusions"),
        (
            "Le groupe a étudié les réponses que {number} membres avaient envoyées avant la session.",
            "La plupart d’entre eux avaient désigné un point de contact et l’avaient fait savoir au secrétariat.",
            "Certains membres ont expliqué que les formulaires étaient longs et leurs bureaux petits.",
            "Les détails figurent dans le document {cited}, publié plus tôt dans l’année.",
            "Le secrétariat a été prié de mettre les chiffres à jour avant la prochaine session.",
        ),
        "Les chiffres sont ceux du dernier jour de la période.",
    ),
    Language(
        "es",
        ("Grupo de Trabajo sobre la Medición", "Distr. general", "1 de julio de 2020", "Original: inglés"),
        "Medida {number}: los avances logrados",
        ("Introducción", "Respuestas recibidas", "Necesidades de apoyo", "Conclusiones"),
        (
            "El grupo examinó las respuestas que {number} miembros habían enviado antes de la reunión.",
            "La mayoría había designado un punto de contacto y lo había comunicado a la secretaría.",
            "Algunos miembros explicaron que los formularios eran largos y sus oficinas pequeñas.",
            "Los detalles figuran en el documento {cited}, publicado antes en el mismo año.",
            "Se pidió a la secretaría que actualizara las cifras antes de la próxima reunión.",
        ),
        "Las cifras son las del último día del período.",
    ),
    Language(
        "ru",
        ("Рабочая группа по измерениям", "Distr.: General", "1 July 2020", "Russian", "Original: English"),
        "Мера {number}: ход осуществления",
        ("Введение", "Полученные ответы", "Потребности в поддержке", "Выводы"),
        (
            "Группа изучила ответы, которые {number} участников прислали до начала сессии.",
            "Большинство из них назвали координатора и сообщили секретариату, как с ним связаться.",
            "Некоторые участники пояснили, что анкеты длинны, а их учреждения невелики.",
            "Подробности приведены в документе {cited}, изданном ранее в том же году.",
            "Секретариату было поручено обновить цифры до следующей сессии.",
        ),
        "Цифры приведены по состоянию на последний день периода.",
    ),
    Language(
        "ar",
        ("الفريق العامل المعني بالقياس", "Distr.: General", "1 July 2020", "Arabic", "Original: English"),
        "التدبير {number}: التقدم المحرز",
        ("مقدمة", "الردود الواردة", "الاحتياجات من الدعم", "الاستنتاجات"),
        (
            "نظر الفريق في الردود التي أرسلها {number} عضوا قبل الدورة.",
            "وكان معظمهم قد عيّن جهة اتصال وأبلغ الأمانة بكيفية الوصول إليها.",
            "وأوضح بعض الأعضاء أن الاستمارات طويلة وأن مكاتبهم صغيرة.",
            "وترد التفاصيل في الوثيقة {cited} الصادرة في وقت سابق من العام.",
            "وطُلب إلى الأمانة أن تحدّث الأرقام قبل الدورة المقبلة.",
        ),
        "الأرقام هي أرقام اليوم الأخير من الفترة.",
    ),
    Language(
        "zh",
        ("计量问题工作组", "Distr.: General", "1 July 2020", "Chinese", "Original: English"),
        "措施{number}的进展情况",
        ("导言", "收到的答复", "支助需要", "结论"),
        (
            "工作组审议了{number}个成员在会议之前提交的答复。",
            "其中多数成员已经指定联络人，并已将联络方式通知秘书处。",
            "一些成员解释说，表格很长，而它们的办事处很小。",
            "详细情况载于今年早些时候印发的{cited}号文件。",
            "工作组请秘书处在下届会议之前更新有关数字。",
        ),
        "数字截至该期间最后一天。",
    ),
)


def write_texts(folder: Path, count: int, head: str) -> None:
    """Writes so many files: documents whose symbols begin with ``head``, each in six languages."""
    folder.mkdir(parents=True)
    for number in range(count):
        document, place = divmod(number, len(LANGUAGES))
        language = LANGUAGES[place]
        path = folder / f"{number:05}-{language.code}.txt"
        path.write_text(text_of(language, f"{head}/{document + 1}", document + 1), encoding="utf-8")


def text_of(language: Language, symbol: str, number: int) -> str:
    """The text of one document in one language, of about ``BYTES`` bytes in UTF-8."""
    title = language.title.format(number=number)
    lines = [symbol, *language.masthead, f"**{title}**"]
    notes: list[str] = []
    size = 0
    for paragraph, words in enumerate(_paragraphs(language, symbol, number), 1):
        if paragraph % HEADING_EVERY == 1:
            part = paragraph // HEADING_EVERY
            heading = language.headings[min(part, len(language.headings) - 1)]
            lines.append(f"**{'I' * (part + 1) if part < 3 else 'IV'}. {heading}**")
        mark = ""
        if paragraph % NOTE_EVERY == 0:
            mark = f"[footnoteRef:{len(notes) + 1}]"
            notes.append(f"[{len(notes) + 1}: {language.note}]")
        lines.append(f"{paragraph}. {words}{mark}")
        size += len(words.encode())
        if size > BYTES:
            break
    return "\n\n".join([*lines, *notes]) + "\n"


def _paragraphs(language: Language, symbol: str, number: int) -> Iterator[str]:
    """Paragraphs without end: the sentences in turn, with a number and a cited symbol of their own."""
    space = "" if language.code == "zh" else " "
    head = symbol.rpartition("/")[0]
    turn = 0
    while True:
        turn += 1
        texts = [language.sentences[(turn + place) % len(language.sentences)] for place in range(4)]
        yield space.join(text.format(number=number + turn, cited=f"{head}/{number + turn}") for text in texts)
