"""What does not match between the languages of a document, as its officer sees it."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.processes.models import Process
from documents.importing.runs import Job, Plan, import_chunk
from documents.models import OfficialDocument, ReportPage
from tests import factories, people
from tests.documents.importing.mastheads import ENGLISH, FRENCH, RUSSIAN
from tests.records import admin_url
from tests.tree import Tree, plant_process


@pytest.fixture
def process(tree: Tree) -> Process:
    process = factories.ProcessFactory(code="untoc", symbol_heads=["CTOC/COP"])
    plant_process(tree, process)
    return process


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").text.split())


def test_an_officer_sees_what_one_language_lacks(process: Process, tmp_path: Path, client: Client) -> None:
    second = next(line for line in FRENCH.text.split("\n") if line.strip().startswith("2."))
    for name, text in (
        ("en", ENGLISH.text),
        ("fr", FRENCH.text.replace(second, "")),
        ("ru", RUSSIAN.text),
    ):
        (tmp_path / f"{name}.txt").write_text(text)
    jobs = [Job(path.name, path) for path in sorted(tmp_path.iterdir())]
    assert [done.outcome.result for done in import_chunk(jobs, Plan())] == ["created", "added", "added"]
    document = OfficialDocument.objects.get()
    factories.LanguageVersionFactory(document=document, language="ar", state="held")
    url = reverse("compare_languages", args=[document.pk])
    client.force_login(people.editor_of(process))
    assert url in client.get(admin_url(document, "edit")).content.decode()
    with CaptureQueriesContext(connection) as captured:
        text = text_of(client.get(url))
    assert len(captured) <= 20
    assert "Paragraphs of English missing in French: 2." in text
    assert "Russian Everything matches." in text
    assert "not compared: Arabic" in text


def test_only_who_may_change_the_document_compares(process: Process, client: Client) -> None:
    document = factories.OfficialDocumentFactory(process=process, date=datetime.date(2032, 2, 1))
    url = reverse("compare_languages", args=[document.pk])
    client.force_login(people.editor_of(factories.ProcessFactory()))
    assert client.get(url).status_code == 302
    client.force_login(people.editor_of(process))
    assert "There are no two texts to compare." in text_of(client.get(url))
    assert client.get(reverse("compare_languages", args=[document.pk + 1])).status_code == 404


def test_drafts_are_compared_as_they_were_last_saved(process: Process, tmp_path: Path, client: Client) -> None:
    """An officer compares before anything is released: a paragraph taken out of a draft is missed at once."""
    (tmp_path / "en.txt").write_text(ENGLISH.text)
    (tmp_path / "fr.txt").write_text(FRENCH.text)
    jobs = [Job(path.name, path) for path in sorted(tmp_path.iterdir())]
    list(import_chunk(jobs, Plan(publish=True)))
    document = OfficialDocument.objects.get()
    url = reverse("compare_languages", args=[document.pk])
    client.force_login(people.editor_of(process))
    assert "French Everything matches." in text_of(client.get(url))
    page = ReportPage.objects.get(document=document, locale__language_code="fr")
    draft = page.get_latest_revision_as_object()
    label = next(block.value["label"] for block in draft.body if block.block_type == "paragraph")
    draft.body = [
        block for block in draft.body.raw_data if block["type"] != "paragraph" or block["value"]["label"] != label
    ]
    draft.save_revision()
    with CaptureQueriesContext(connection) as captured:
        text = text_of(client.get(url))
    assert len(captured) <= 20
    assert f"Paragraphs of English missing in French: {label}" in text
