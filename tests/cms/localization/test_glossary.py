"""The glossary in the administration: who keeps which terms, and its ways in and out."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.localization.models import Term, TermName
from cms.processes.models import Process
from cms.users.models import User
from tests import factories, people
from tests.cms.localization.test_terms import term
from tests.records import admin_url, errors_of, form_fields, list_url
from tests.tree import Tree, plant, plant_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def processes() -> tuple[Process, Process]:
    """Two processes with their pages and groups."""
    tree: Tree = plant()
    made = [factories.ProcessFactory(code=code, name=f"Process {code}") for code in ("alpha", "beta")]
    for one in made:
        plant_process(tree, one)
    return made[0], made[1]


def upload(text: str, name: str = "g.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def fields(process: Process | None, **changes: Any) -> dict[str, Any]:
    """What the form of a new term posts."""
    return {
        "process": process.pk if process else "",
        "names-TOTAL_FORMS": "2",
        "names-INITIAL_FORMS": "0",
        "names-MIN_NUM_FORMS": "1",
        "names-MAX_NUM_FORMS": "1000",
        "names-0-language": "en",
        "names-0-text": "working  group",
        "names-0-use": "preferred",
        "names-0-ORDER": "1",
        "names-1-language": "fr",
        "names-1-text": "groupe de travail",
        "names-1-use": "preferred",
        "names-1-ORDER": "2",
        "source": "",
        "note": "",
        **changes,
    }


def test_a_publisher_keeps_the_terms_of_the_process(client: Client, processes: tuple[Process, Process]) -> None:
    client.force_login(people.publisher_of(processes[0]))
    assert client.post(list_url(Term, "add"), fields(processes[0])).status_code == 302
    made = Term.objects.get()
    assert made.process == processes[0]
    assert [(name.language, name.text, name.stems) for name in made.names.all()] == [
        ("en", "working group", "work group"),
        ("fr", "groupe de travail", "group de travail"),
    ]
    data = form_fields(client, admin_url(made, "edit"))
    assert client.post(admin_url(made, "edit"), {**data, "note": "Two words."}).status_code == 302
    assert Term.objects.get().note == "Two words."
    assert made.names.count() == 2


def test_terms_of_others_and_of_the_whole_site_are_not_theirs(
    client: Client, processes: tuple[Process, Process]
) -> None:
    client.force_login(people.publisher_of(processes[0]))
    for process in (processes[1], None):
        response = client.post(list_url(Term, "add"), fields(process))
        assert "process" in errors_of(response)
        foreign = term(process, en="secretariat")
        for name in ("edit", "delete"):
            assert client.get(admin_url(foreign, name)).status_code == 302
            assert client.post(admin_url(foreign, name), fields(process)).status_code == 302
        assert Term.objects.filter(pk=foreign.pk, names__text="secretariat").exists()
        own = term(processes[0], en="chair")
        data = form_fields(client, admin_url(own, "edit")) | {"process": process.pk if process else ""}
        assert "process" in errors_of(client.post(admin_url(own, "edit"), data))


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_editors_and_translators_look_terms_up(client: Client, processes: tuple[Process, Process], role: str) -> None:
    user = people.editor_of(processes[0]) if role == "editor" else people.translator_of("fr")
    client.force_login(user)
    own = term(processes[0], en="secretariat", fr="secrétariat")
    assert "secretariat" in client.get(list_url(Term)).content.decode()
    assert client.get(reverse("export_glossary", args=["csv"])).status_code == 200
    for address in (
        list_url(Term, "add"),
        admin_url(own, "edit"),
        admin_url(own, "delete"),
        reverse("import_glossary"),
    ):
        assert client.get(address).status_code in {302, 403}
        assert client.post(address, {"upload": upload("en\nx\n")}).status_code in {302, 403}
    assert Term.objects.count() == 1


def test_administrators_keep_what_holds_for_the_whole_site(client: Client, processes: tuple[Process, Process]) -> None:
    client.force_login(people.administrator())
    assert client.post(list_url(Term, "add"), fields(None)).status_code == 302
    assert Term.objects.get().process is None
    assert client.post(reverse("import_glossary"), {"process": "", "upload": upload("en\nchair\n")}).status_code == 200
    assert Term.objects.filter(process=None).count() == 2


def test_outsiders_see_nothing(client: Client, processes: tuple[Process, Process]) -> None:
    for user in (None, people.reader_of(processes[0])):
        if user:
            client.force_login(user)
        for address in (list_url(Term), reverse("import_glossary"), reverse("export_glossary", args=["tbx"])):
            assert client.get(address).status_code in {302, 403}


def test_a_file_is_taken_with_a_word_on_each_term(client: Client, processes: tuple[Process, Process]) -> None:
    client.force_login(people.publisher_of(processes[0]))
    address = reverse("import_glossary")
    assert client.get(address).status_code == 200
    term(processes[0], en="chair", fr="président")
    sent = {"process": processes[0].pk, "upload": upload("en,fr\nchair,président\n<b>bureau</b>,bureau\n…,\n")}
    page = client.post(address, sent).content.decode()
    for words in ("Added: 1", "As it was: 1", "Refused: 1", "A name needs letters or figures.", "Line 4"):
        assert words in page
    assert "&lt;b&gt;bureau&lt;/b&gt;" in page
    assert Term.objects.filter(process=processes[0]).count() == 2
    history = client.get(admin_url(Term.objects.get(names__text="bureau"), "history"))
    assert history.status_code == 200
    assert "Created" in history.content.decode()


@pytest.mark.parametrize("owner", ["", "0", "x", "other"])
def test_no_file_goes_where_its_sender_keeps_no_terms(
    client: Client, processes: tuple[Process, Process], owner: str
) -> None:
    client.force_login(people.publisher_of(processes[0]))
    process = str(processes[1].pk) if owner == "other" else owner
    answer = client.post(reverse("import_glossary"), {"process": process, "upload": upload("en\nchair\n")})
    assert answer.status_code == 422
    assert not Term.objects.exists()


def test_a_file_that_cannot_be_read_says_so_in_the_form(client: Client, processes: tuple[Process, Process]) -> None:
    client.force_login(people.publisher_of(processes[0]))
    for content, sentence in (
        ("<tbx>", "The file is no XML that can be read"),
        ("a,b\n", "The columns are"),
        ("", "The submitted file is empty"),
    ):
        sent = {"process": processes[0].pk, "upload": upload(content)}
        answer = client.post(reverse("import_glossary"), sent)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert client.post(reverse("import_glossary"), {}).status_code == 422


def test_the_list_is_searched_filtered_and_saved_as_it_is_filtered(
    client: Client, processes: tuple[Process, Process]
) -> None:
    client.force_login(people.administrator())
    term(processes[0], en="secretariat", ru="секретариат")
    term(processes[1], en="chair")
    term(None, en="quorum")
    listed = client.get(list_url(Term), {"q": "СЕКРЕТ"}).content.decode()
    assert "secretariat" in listed
    assert "chair" not in listed
    address = reverse("export_glossary", args=["csv"])
    for query, wanted in (
        ({"process": processes[1].pk}, ["chair"]),
        ({"process": "null"}, ["quorum"]),
        ({"language": "ru"}, ["secretariat"]),
        ({}, ["secretariat", "chair", "quorum"]),
    ):
        text = client.get(address, query).content.decode()
        assert [word for word in ("secretariat", "chair", "quorum") if word in text] == wanted
    assert client.get(address, {"process": "nonsense"}).status_code == 404
    assert client.get(reverse("export_glossary", args=["tbx"]))["Content-Disposition"].endswith('.tbx"')


def test_the_list_takes_as_many_queries_for_many_terms_as_for_few(
    client: Client, processes: tuple[Process, Process], django_assert_max_num_queries: Any
) -> None:
    user: User = people.administrator()
    client.force_login(user)
    for number in range(3):
        term(processes[0], en=f"notion {number}", fr=f"idée {number}")
    client.get(list_url(Term))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(list_url(Term))
    for number in range(40):
        term(processes[1], en=f"subject {number}", fr=f"sujet {number}")
    with django_assert_max_num_queries(len(few) + 1):
        assert client.get(list_url(Term)).content.decode().count("subject") >= 40
    assert TermName.objects.count() == 86
