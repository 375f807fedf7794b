"""The papers of a coming meeting in the middle of their translation, each language as far as the data says.

All goes the way of the people whose names are in the history: the coordinator sends, translators write and hand in,
revisers send back or approve.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Locale

from cms.core.languages import short_code
from cms.localization.assignments.assigning import Order, assign
from cms.localization.bundles.bundling import add_items, check_texts
from cms.localization.models import NotRequired, ReleaseBundle, SegmentComment, SegmentReview, TranslationTask
from cms.localization.reviewing import approve, open_translation, send_back
from cms.localization.sending.drafts import save_draft
from cms.localization.sending.refreshing import refresh
from cms.localization.sending.submitting import work_through
from cms.localization.texts.inline import CLOSING, OPENING
from cms.localization.texts.rows import Row, load
from cms.localization.texts.saving import Typed, save_text
from cms.users.models import User
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from home.demo.documents import all_documents, titles_of
from home.demo.editions import EMPHASIS, FOOTNOTE, SYMBOL, words_of
from home.demo.reading import Data, Words, code_of, read, words

COORDINATOR, TRANSLATOR, REVISER = "coordinator", "translator-{}", "reviser-{}"
MARK = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in (SYMBOL, FOOTNOTE, EMPHASIS)))


@dataclass(frozen=True)
class Paper:
    """A paper that is being translated: its page, and by the English of each text what it is in all languages."""

    page: ReportPage
    texts: dict[str, Words]


def all_papers() -> list[Data]:
    """The data of every paper."""
    return read("translations")["papers"]


def load_translations() -> Iterator[str]:
    """Brings the papers' languages as far as they are to be, and names each paper; what is there already stays."""
    for data in all_papers():
        document = OfficialDocument.objects.get(symbol=data["symbol"])
        if not TranslationTask.objects.filter(translation_key=document.uid).exists():
            with transaction.atomic():
                load_paper(document, data)
        yield data["symbol"]
    load_bundle(read("translations")["bundle"])


@transaction.atomic
def load_bundle(data: Data) -> None:
    """The papers in some languages as a release bundle in preparation: some are ready, of others it says why not."""
    papers = OfficialDocument.objects.filter(symbol__in=[paper["symbol"] for paper in all_papers()]).order_by("symbol")
    by = User.objects.get(username=COORDINATOR)
    bundle, is_new = ReleaseBundle.objects.get_or_create(
        name=data["name"], defaults={"created_by": by, "process": papers[0].process}
    )
    if is_new:
        codes = [code_of(language) for language in data["languages"]]
        add_items(bundle, [paper.uid for paper in papers], Locale.objects.filter(language_code__in=codes))
        check_texts(bundle)


def load_paper(document: OfficialDocument, data: Data) -> None:
    """One paper in all languages."""
    page = ReportPage.objects.get(document=document, locale__language_code=document.original_language)
    paper = Paper(page, texts_of(document, data))
    codes = {code_of(language): told for language, told in data["languages"].items()}
    coordinator = User.objects.get(username=COORDINATOR)
    orders = [
        Order(locale, _account(TRANSLATOR, locale), _account(REVISER, locale))
        for locale in Locale.objects.filter(language_code__in=codes)
    ]
    submission = assign([document.uid], orders, coordinator).submission
    if submission is not None:
        work_through(submission)
    for order in orders:
        load_language(paper, order, codes[order.locale.language_code])
    for language, told in data.get("not_required", {}).items():
        NotRequired.objects.create(
            translation_key=document.uid,
            locale=Locale.objects.get(language_code=code_of(language)),
            reason=told["reason"],
            by=coordinator,
        )
    if "revised" in data:
        revise(page, data["revised"])


def load_language(paper: Paper, order: Order, told: Data) -> None:
    """One language of a paper."""
    language, translator, reviser = order.locale.language_code, order.translator, order.reviser
    translation: Any = open_translation(_target(paper, order))
    step, rows = told["step"], load(translation)
    confirmed = len(rows) if step not in ("opened", "begun") else told.get("confirmed", 0)
    machine = told.get("machine", 0)
    for number, row in enumerate(rows[: confirmed + told.get("drafts", 0) + machine]):
        text = coded(paper.texts[row.source.text], language)
        saved = save_text(translation, Typed(row.key, text, row.version, confirm=number < confirmed), translator)
        if machine:  # as an engine leaves them, which the demonstration does not have
            SegmentReview.objects.filter(translation=saved.current).update(state=SegmentReview.State.MACHINE)
    if "comment" in told and step == "begun":
        comment(translation, rows, told, reviser)
    if step not in ("handed_in", "sent_back", "published"):
        return
    save_draft(translation, translator)
    page = _target(paper, order)
    page.get_workflow().start(page, translator)
    if step == "sent_back":
        comment(translation, rows, told, reviser)
        send_back(translation, _target(paper, order), reviser, "")
    elif step == "published":
        approve(translation, _target(paper, order), reviser, "")
        release(paper.page, language)


def release(page: ReportPage, language: str) -> None:
    """Releases a translated language version, as a publisher does once it is approved."""
    version = LanguageVersion.objects.get(document=page.document, language=language)
    version.state, version.released_at = LanguageVersion.State.RELEASED, timezone.now()
    with LogContext(user=User.objects.get(username="publisher")):
        version.save()


def comment(translation: Any, rows: list[Row], told: Data, author: User) -> None:
    """A remark on the text whose English begins so."""
    row = next(row for row in rows if row.source.text.startswith(told["comment_on"]))
    SegmentComment.objects.create(
        translation=translation, context=row.segment.context, text=told["comment"], author=author
    )


def revise(page: ReportPage, told: Data) -> None:
    """Publishes a page with another text in one of its paragraphs, as editors do after its translation."""
    editor = User.objects.get(username="publisher")
    for block in page.body.raw_data:
        if block["value"].get("anchor") == told["anchor"]:
            block["value"]["text"] = f"<p>{told['en']}</p>"
    page.save_revision(user=editor).publish(user=editor)
    refresh(page, editor)


def texts_of(document: OfficialDocument, data: Data) -> dict[str, Words]:
    """By the English of each text of a paper, as translators see it, its words by language."""
    about = next(row for row in all_documents() if row.get("symbol") == data["symbol"])
    every_language = {**about, "languages": ["en", "fr", "ru", "ar"]}
    found = [titles_of(every_language, document)]
    text = read(f"texts/{data['texts']}")
    for row in [*text["blocks"], *text.get("footnotes", [])]:
        found.append(words_of(row))
        cells = [*row.get("columns", []), *(value for values in row.get("rows", []) for value in values)]
        found += [words(value) if isinstance(value, dict) else {"en": value} for value in cells]
    return {coded(one, "en"): one for one in found}


def coded(text: Words, language: str) -> str:
    """A text of the data with circled digits for its links, notes and emphasis, numbered as they stand in English."""
    numbers: dict[str, int] = {}
    for match in MARK.finditer(text["en"]):
        numbers.setdefault(_identity(match), len(numbers))
    return MARK.sub(partial(_code, numbers), text.get(language, text["en"]))


def _identity(match: re.Match[str]) -> str:
    """What a mark stands for, the same in all languages: a symbol, a note, or emphasis."""
    symbol, _printed, note, _emphasis = match.groups()
    return f"[{symbol}]" if symbol else f"^{note}" if note else "*"


def _code(numbers: dict[str, int], match: re.Match[str]) -> str:
    number = numbers[_identity(match)]
    symbol, printed, _note, emphasis = match.groups()
    inside = printed or symbol or emphasis
    return f"{OPENING[number]}{inside}{CLOSING[number]}" if inside else OPENING[number]


def _target(paper: Paper, order: Order) -> Any:
    """The paper's page in the language, as it stands now."""
    return paper.page.get_translation(order.locale).specific


def _account(name: str, locale: Locale) -> Any:
    return User.objects.get(username=name.format(short_code(locale.language_code)))
