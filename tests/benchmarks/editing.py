"""What opening a long translation and saving one of its texts costs, beside wagtail-localize's editor."""

from collections.abc import Callable
from itertools import count
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.localization.sending.translating import translate_page
from cms.localization.texts.rows import load
from tests import factories
from tests.benchmarks.measure import Bound, Report, queries, seconds
from tests.benchmarks.submitting import planted

RUNS = 7
MOST_QUERIES_TO_OPEN = 30
MOST_QUERIES_TO_SAVE = 16
MOST_BYTES = 1_000_000
# Of what wagtail-localize takes for the same. Its save checks neither version nor text, and writes no history.
MOST_TIME_TO_OPEN = 0.5
MOST_TIME_TO_SAVE = 3

FORM = "application/x-www-form-urlencoded"


def report() -> Report:
    """Open a page of 300 paragraphs in both editors, and save texts of it, as a superuser."""
    # Never committed, so that no index is fed.
    with transaction.atomic(), override_settings(ROOT_URLCONF="tests.benchmarks.stock_editor_urls"):
        page, locales = planted()
        boss = factories.UserFactory(is_superuser=True)
        translate_page(page, locales[:1], boss)
        translation = Translation.objects.select_related("source", "target_locale").get()
        client = Client(raise_request_exception=True)
        client.force_login(boss)
        opened = [_opening(client, address) for address in _addresses(translation)]
        saved = [_cost(work) for work in _savings(client, translation)]
        transaction.set_rollback(True)
    (stock, ours), (stock_save, our_save) = opened, saved
    lines = [
        f"{'opening 300 paragraphs':30}{'queries':>10}{'ms':>10}{'bytes':>14}",
        _line("wagtail-localize", *stock),
        _line("here", *ours),
        f"{'saving one text':30}{'queries':>10}{'ms':>10}",
        _line("wagtail-localize", *stock_save),
        _line("here", *our_save),
    ]
    return Report(
        lines,
        [
            Bound("queries to open", ours[0], MOST_QUERIES_TO_OPEN),
            Bound("bytes of the page", ours[2], MOST_BYTES),
            Bound("time to open, of wagtail-localize's", ours[1] / stock[1], MOST_TIME_TO_OPEN),
            Bound("queries to save", our_save[0], MOST_QUERIES_TO_SAVE),
            Bound("time to save, of wagtail-localize's", our_save[1] / stock_save[1], MOST_TIME_TO_SAVE),
        ],
    )


def _addresses(translation: Translation) -> tuple[str, str]:
    """Of wagtail-localize's editor, and of ours."""
    target = Page.objects.get(translation_key=translation.source.object_id, locale=translation.target_locale_id)
    return f"/stock/{translation.pk}/{target.pk}/", reverse("localization:edit_translation", args=[translation.pk])


def _opening(client: Client, address: str) -> tuple[int, float, int]:
    """Queries, seconds and bytes."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}.")
    return *_cost(lambda: client.get(address)), len(answer.content)


def _savings(client: Client, translation: Translation) -> tuple[Callable[[], None], Callable[[], None]]:
    """Saving the next text, by wagtail-localize's address and by ours."""
    rows = load(translation)
    theirs, ours = count(0), count(len(rows) // 2)

    def stock() -> None:
        address = f"/stock/{translation.pk}/texts/{rows[next(theirs)].segment.pk}/"
        _expect(client.put(address, urlencode({"value": "Le Groupe"}), content_type=FORM), {200, 201})

    def save() -> None:
        row = rows[next(ours)]
        address = reverse("localization:save_segment", args=[translation.pk, row.key])
        typed = {"text": row.source.text, "version": row.version, "action": "draft"}
        _expect(client.post(address, typed, headers={"accept": "application/json"}), {200})

    return stock, save


def _expect(answer: object, states: set[int]) -> None:
    status = getattr(answer, "status_code", 0)
    if status not in states:
        raise RuntimeError(f"The text was not saved: {status}.")


def _cost(work: Callable[[], object]) -> tuple[int, float]:
    """Queries and least seconds of work that can be done many times."""
    work()  # what the first request of a process fills
    spent = min(seconds(work) for _run in range(RUNS))
    return queries(work), spent


def _line(name: str, asked: int, spent: float, size: int | None = None) -> str:
    return f"{name:30}{asked:>10,}{spent * 1000:>10.1f}" + ("" if size is None else f"{size:>14,}")
