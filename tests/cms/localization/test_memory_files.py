"""TMX files in the translation memory: what is taken and told, who may bring them, who is shown their texts."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from wagtail.models import ModelLogEntry
from wagtail_localize.models import Translation

from cms.core.visibility import Access, Viewer, anonymous, viewer_for_user
from cms.localization.filling import fill_from_memory, open_rows
from cms.localization.memory.matching import similar
from cms.localization.memory.taking import receive, work_through
from cms.localization.models import MemoryFile, MemorySource, MemoryTarget, MemoryToken, Term
from cms.localization.texts import inline
from cms.processes.models import Process
from cms.users.models import User
from tests import factories, people
from tests.cms.localization.conftest import House, row_of, staff
from tests.cms.localization.test_exchange_memory import ask
from tests.cms.localization.test_memory import committed, filled, locale, look  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

OPENED = ("The meeting was opened.", "La séance a été ouverte.")


def unit(**segments: str) -> str:
    """A unit with segments by language, a hyphen of the code written as an underscore."""
    return "".join(
        f'<tuv xml:lang="{code.replace("_", "-")}"><seg>{text}</seg></tuv>' for code, text in segments.items()
    ).join(("<tu>", "</tu>"))


def memory(*units: str, encoding: str = "UTF-8") -> bytes:
    """A TMX file as another program writes it."""
    head = '<header creationtool="OmegaT" segtype="sentence" o-tmf="OmegaT" adminlang="EN-US" srclang="EN-US"/>'
    text = f'<tmx version="1.4">{head}<body>{"".join(units)}</body></tmx>'
    return f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">{text}'.encode(encoding)


def take(content: bytes, process: Process | None = None, access: str = Access.PUBLIC, name: str = "un.tmx") -> Any:
    """Takes a file as a worker does, and gives it as the database has it."""
    file = receive(name, content, process, access, people.administrator())
    work_through(file)
    return MemoryFile.objects.get(pk=file.pk)


def bring(client: Client, content: bytes, name: str = "un.tmx", **fields: Any) -> Any:
    """Posts the form."""
    data = {"upload": SimpleUploadedFile(name, content), "access": "public"} | fields
    return client.post(reverse("localization:memory_files"), data)


def of_file(text: str, viewer: Viewer | None = None, source: str = "en", into: str = "fr") -> list[str]:
    return [target for _percentage, target in look(text, viewer, source, into)]


@pytest.fixture
def process(house: House) -> Process:
    return house.document.process


def test_every_pair_of_languages_in_a_file_is_suggested_with_the_files_name(
    client: Client, process: Process, chinese: None
) -> None:
    coordinator = people.coordinator_of(process)
    coordinator.first_name, coordinator.last_name = "Ana", "Ruiz"
    coordinator.save()
    client.force_login(coordinator)
    content = memory(unit(EN_US=OPENED[0], fr_CA=OPENED[1], zh_CN="会议开幕。"), unit(en="Adjourned.", ar="رفعت."))
    answer = bring(client, content, process=process.pk)
    assert answer.status_code == 302
    assert of_file(OPENED[0]) == [OPENED[1]]
    assert of_file(OPENED[1], source="fr", into="zh-hans") == ["会议开幕。"]
    assert of_file("会议开幕。", source="zh-hans", into="en") == [OPENED[0]]
    assert of_file("Adjourned.", into="ar") == ["رفعت."]
    (hit,) = similar(inline.encode("The meeting was opened late."), locale("en"), locale("fr"), anonymous())
    assert (hit.origin.name, hit.origin.who) == ("file “un.tmx”", "Ana Ruiz")
    assert 60 <= hit.percentage < 100
    assert hit.origin.date
    page = client.get(answer.url).content.decode()
    assert "<dt>Added</dt>" in page
    assert "<dd>8</dd>" in page, "three languages are six pairs, two are two"


@pytest.fixture
def chinese(house: House) -> None:
    factories.LocaleFactory(language_code="zh-hans")


def test_what_is_refused_or_left_out_is_told_unit_by_unit(client: Client, process: Process) -> None:
    units = [
        unit(en="Taken.", fr="Pris.", tlh="Suq"),
        unit(en="Only here."),
        unit(en="Klingon.", tlh="tlhIngan", ru="Язык сайта, которого здесь нет."),
        unit(en="Same.", fr="Same."),
        unit(en="2026", fr="2026"),
        unit(en="Strange <blink>text</blink>.", fr="Étrange."),
        unit(en="Nothing", fr=""),
        unit(en="Long " + "x" * 100_001, fr="Longue"),
        "<tu><tuv xml:lang='en'/><tuv xml:lang='fr'><seg>Sans</seg></tuv></tu>",
        unit(en="Coded <ut>{\\b}</ut>text.", fr="Texte <it pos='begin'>&lt;x&gt;</it>codé."),
    ]
    client.force_login(people.administrator())
    page = client.get(bring(client, memory(*units)).url).content.decode()
    for words in (
        "Not of this site: tlh.",
        "Not of this site: tlh, ru.",
        "It has no two languages of this site.",
        "Source and translation are the same.",
        "It has words in one language only.",
        "&lt;blink&gt; is not known in a text.",
        "This is longer than any text may be.",
        "Codes without a meaning here were left out.",
    ):
        assert words in page, words
    file = MemoryFile.objects.get()
    assert file.counts == {"added": 2, "refused": 8}
    assert [line["place"] for line in file.lines] == [f"Pair {number}" for number in range(1, 11)]
    assert of_file("Coded text.") == ["Texte codé."]


def test_codes_of_other_programs_are_known_by_what_they_stand_for(process: Process) -> None:
    bold = '<bpt i="7" x="1" type="bold">{\\b </bpt>%s<ept i="7">}</ept>'
    tags = '<bpt i="2" x="5">&lt;i&gt;</bpt>%s<ept i="2">&lt;/i&gt;</ept>'
    note = '<ph x="3" type="fnote">{\\footnote <sub>Not this.</sub>}</ph>'
    take(
        memory(
            unit(
                en=f"The {bold % 'Group'} noted{note} the {tags % 'report'}.",
                fr=f"Le {tags % 'rapport'} fut noté{note} par <hi>le {bold % 'Groupe'}</hi>.",
            )
        )
    )
    source = 'The <b>Group</b> noted<a id="a1">4</a> the <i>report</i>.'
    coded = inline.encode(source, {"a1": {"linktype": "footnote", "id": "fn4"}})
    (hit,) = similar(coded, locale("en"), locale("fr"), anonymous())
    assert (hit.percentage, hit.codes_fit) == (100, True)
    assert hit.target == "Le ③rapport❸ fut noté② par le ①Groupe❶."


def test_codes_that_lack_an_end_or_are_typed_as_text_are_none(process: Process) -> None:
    half = '<bpt i="1" type="bold">x</bpt>'
    take(memory(unit(en=f"Half {half}open.", fr="Mi-<ept i='4'/>ouvert ⟦footnote1⟧ici.")))
    assert MemorySource.objects.get(locale=locale("en")).text == "Half open."
    assert MemorySource.objects.get(locale=locale("fr")).text == "Mi-ouvert ici."


def test_a_file_taken_again_makes_no_doubles_and_a_newer_one_takes_its_place(process: Process) -> None:
    first = take(memory(unit(en="One.", fr="Un."), unit(en="Two.", fr="Deux."), unit(en="Two.", fr="Deux.")))
    assert first.counts == {"added": 2, "same": 1}
    before = set(MemoryTarget.objects.values_list("pk", flat=True))
    again = take(memory(unit(en="One.", fr="Un."), unit(en="Two.", fr="Deux.")))
    assert (again.pk, again.counts) == (first.pk, {"same": 2})
    assert set(MemoryTarget.objects.values_list("pk", flat=True)) == before
    newer = take(memory(unit(en="One.", fr="Un."), unit(en="Two.", fr="2.")))
    assert (newer.pk, newer.counts["removed"]) == (first.pk, 2)
    assert of_file("Two.") == []
    assert not MemorySource.objects.filter(text="Deux.").exists()
    assert take(memory(unit(en="One.", fr="Un.")), process).pk != first.pk, "another process has files of its own"


def test_a_file_is_removed_with_all_that_it_brought_and_nothing_else(
    client: Client,
    filled: House,  # noqa: F811
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    before = MemoryTarget.objects.count(), MemorySource.objects.count(), MemoryToken.objects.count()
    file = take(memory(unit(en="To meet.", fr="Se rencontrer."), unit(en="One more.", fr="Encore un.")))
    assert of_file("To meet.") == ["Se réunir.", "Se rencontrer."], "what readers have comes first"
    client.force_login(people.administrator())
    address = reverse("localization:remove_memory_file", args=[file.pk])
    assert "4 pairs leave" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302
    assert of_file("To meet.") == ["Se réunir."]
    assert (MemoryTarget.objects.count(), MemorySource.objects.count(), MemoryToken.objects.count()) == before
    assert client.get(address).status_code == 404
    assert ModelLogEntry.objects.filter(action="wagtail.delete", label="un.tmx").exists()


@pytest.mark.parametrize(("access", "filled_texts"), [(Access.PUBLIC, 1), (Access.STAFF, 0)])
def test_open_texts_are_filled_from_a_file_as_drafts(
    french: Translation, translator: User, process: Process, access: str, filled_texts: int
) -> None:
    take(memory(unit(en="To meet.", fr="Se réunir.")), process, access)
    viewer = viewer_for_user(translator)
    assert fill_from_memory(french, open_rows(french), translator, viewer) == filled_texts
    row = row_of(french, "To meet")
    assert (row.target, row.finished) == ("Se réunir." * filled_texts, False)


@pytest.mark.parametrize("access", [Access.PARTICIPANTS, Access.STAFF])
def test_restricted_texts_are_suggested_to_whoever_may_read_such_documents(process: Process, access: str) -> None:
    take(memory(unit(en=OPENED[0], fr=OPENED[1])), process, access)
    stranger = factories.ProcessFactory()
    for user in (people.translator_of("fr"), people.publisher_of(stranger), people.coordinator_of(stranger)):
        assert of_file(OPENED[0], viewer_for_user(user)) == []
    assert of_file(OPENED[0]) == []
    for user in (people.publisher_of(process), people.coordinator_of(process), people.administrator()):
        assert of_file(OPENED[0], viewer_for_user(user)) == [OPENED[1]]
    reader = of_file(OPENED[0], viewer_for_user(people.reader_of(process)))
    assert bool(reader) == (access == Access.PARTICIPANTS)


def test_a_restricted_file_of_the_whole_site_is_not_for_those_of_one_process(process: Process) -> None:
    take(memory(unit(en=OPENED[0], fr=OPENED[1])), None, Access.STAFF)
    assert of_file(OPENED[0], viewer_for_user(people.publisher_of(process))) == []
    assert of_file(OPENED[0], viewer_for_user(people.administrator())) == [OPENED[1]]


def test_coordinators_and_those_who_keep_the_glossary_bring_files_for_their_processes(
    client: Client, house: House, process: Process
) -> None:
    other = factories.ProcessFactory(name="Other process")
    content = memory(unit(en="One.", fr="Un."))
    theirs = take(content, other)
    view_set: Any = Term.snippet_viewset
    glossary = reverse(view_set.get_url_name("list"))
    for user in (people.coordinator_of(process), people.publisher_of(process)):
        client.force_login(user)
        page = client.get(reverse("localization:memory_files")).content.decode()
        assert reverse("localization:memory_files") in client.get(glossary).content.decode()
        assert "Other process" not in page
        assert "un.tmx" not in page
        for wanted in ("", other.pk):
            assert bring(client, content, process=wanted).status_code == 422
        assert bring(client, content, name="mine.tmx", process=process.pk).status_code == 302
        for name in ("memory_file", "remove_memory_file"):
            assert client.post(reverse(f"localization:{name}", args=[theirs.pk])).status_code == 404
    for user in (people.translator_of("fr"), people.reviser_of("fr"), people.editor_of(process), staff()):
        client.force_login(user)
        assert client.get(reverse("localization:memory_files")).status_code in {302, 403}
        assert bring(client, content).status_code in {302, 403}
        assert reverse("localization:memory_files") not in client.get(glossary).content.decode()
        assert "Files in the translation memory" not in (
            client.get(reverse("localization:export_memory")).content.decode()
        )
    assert set(MemoryFile.objects.values_list("name", "process")) == {("un.tmx", other.pk), ("mine.tmx", process.pk)}


HOSTILE = {
    "laughs": b'<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><tmx><header/><body>&b;</body></tmx>',
    "a file of the machine": b'<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>',
    "half": memory(unit(en="One.", fr="Un."))[:-20],
    "a wrong encoding": memory(unit(en="One.", fr="\xc9t\xe9.")).decode().encode("latin-1"),
    "no TMX": b"<xliff/>",
    "no XML": b"PK\x03\x04 zip",
    "no text": memory(),
    "nothing": b" \n",
    "deep": b"<tmx><body><tu>" + b"<hi>" * 9_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_foreign_file_gets_a_sentence_and_changes_nothing(client: Client, name: str) -> None:
    client.force_login(people.administrator())
    answer = bring(client, HOSTILE[name])
    assert answer.status_code == 422
    assert 'class="error-message"' in answer.content.decode()
    assert not MemoryFile.objects.exists()


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1"])
def test_a_file_in_another_encoding_that_it_names_is_read(house: House, encoding: str) -> None:
    take(memory(unit(en="Summer.", fr="Été."), encoding=encoding))
    assert of_file("Summer.") == ["Été."]


@pytest.mark.parametrize("field", [{"access": ""}, {"access": "x\x00"}, {"process": "9" * 40}, {"upload": ""}])
def test_a_form_that_is_filled_in_wrongly_is_told(client: Client, field: dict[str, str]) -> None:
    client.force_login(people.administrator())
    assert bring(client, memory(unit(en="One.", fr="Un.")), **field).status_code == 422
    assert not MemoryFile.objects.exists()


def test_a_file_that_is_being_taken_waits_and_one_that_its_worker_lost_is_begun_again(
    client: Client, house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.force_login(people.administrator())
    content = memory(*(unit(en=f"Paragraph number {n}.", fr=f"Paragraphe numéro {n}.") for n in range(2_500)))
    answer = bring(client, content)
    page = client.get(answer.url).content.decode()
    assert "Being taken" in page
    assert bring(client, content).status_code == 422
    assert "Go on with the rest" not in page
    MemoryFile.objects.update(moved_at="2020-01-01T00:00Z")
    assert "Go on with the rest" in client.get(answer.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(answer.url)
    work_through(MemoryFile.objects.get())
    assert MemoryFile.objects.get().counts == {"added": 2_500}


def test_taking_and_listing_cost_the_same_for_many_texts_as_for_few(
    client: Client, house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    units = [unit(en=f"Paragraph {n} of it.", fr=f"Le paragraphe {n}.") for n in range(250)]
    file = receive("many.tmx", memory(*units), None, Access.PUBLIC, None)
    with django_assert_max_num_queries(21):
        assert work_through(file) == 500
    client.force_login(people.administrator())
    for number in range(8):
        take(memory(unit(en="One.", fr="Un.")), name=f"{number}.tmx")
    with django_assert_max_num_queries(25):
        assert "many.tmx" in client.get(reverse("localization:memory_files")).content.decode()
    everyone = viewer_for_user(people.superuser())
    english, french = locale("en"), locale("fr")
    with django_assert_max_num_queries(5):
        assert similar(inline.encode("Paragraph 7 of it."), english, french, everyone)


def test_what_goes_out_as_a_file_comes_in_as_it_was(client: Client, filled: House) -> None:  # noqa: F811
    client.force_login(people.administrator())
    content = ask(client, filled).getvalue()
    for page in (filled.report, *filled.report.get_translations()):
        page.unpublish()
    before = set(MemoryTarget.objects.values_list("source__text", "text"))
    MemoryTarget.objects.all().delete()
    other = factories.ProcessFactory()
    file = take(content, other)
    assert set(file.counts) == {"added"}
    assert set(file.targets.filter(locale=locale("fr")).values_list("source__text", "text")) >= {
        pair for pair in before if "⟦" in pair[0]
    }
    attrs = {
        "a1": {"linktype": "footnote", "id": "fn40"},
        "a2": {"linktype": "symbol", "symbol": "CTOC/COP/2020/3"},
    }
    data = 'The <i>Group</i> noted<a id="a1">40</a> document <a id="a2">CTOC/COP/2020/3</a> &amp; adjourned.'
    (hit,) = similar(inline.encode(data, attrs), locale("en"), locale("fr"), anonymous())
    assert (hit.percentage, hit.codes_fit) == (100, True)
    assert hit.target == "Le ①Groupe❶ a pris note② du document ③CTOC/COP/2020/3❸ & a levé la séance."
