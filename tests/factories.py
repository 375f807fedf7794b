"""One factory for each model: the smallest valid object, and only what a test names on top of it."""

import uuid
from datetime import timedelta
from typing import Any

import wagtail_factories
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation
from wagtail.models import Locale

from cms.core.visibility import Access
from cms.localization.models import MemoryChange, MemoryFile, MemorySource, MemoryTarget, MemoryToken, Term, TermName
from cms.meetings.models import AgendaItem, AgendaTitle, Session, SessionPage, Venue
from cms.processes.countries import country_choices
from cms.processes.models import (
    Membership,
    Office,
    Party,
    Process,
    ProcessIndexPage,
    ProcessPage,
    ProcessRole,
    WorkingGroup,
    WorkingGroupPage,
)
from cms.users.models import PublisherApproval, User
from documents.models import (
    ArchivePage,
    Citation,
    CorrectionCheck,
    DocumentFile,
    DocumentPack,
    DocumentRelation,
    FileText,
    Footnote,
    FormerSymbol,
    ImportBatch,
    ImportItem,
    LanguageVersion,
    OfficialDocument,
    ReplacedFile,
    ReportPage,
    SymbolSeries,
)
from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from search.models import (
    ChangeToRepeat,
    FedIndex,
    IndexChange,
    IndexTrouble,
    PromotedResult,
    Rebuild,
    SynonymGroup,
    UnansweredQuery,
)

LANGUAGES = ["en", "fr", "ru"]
COUNTRIES = [code for code, _name in country_choices()]


class LocaleFactory(DjangoModelFactory):
    class Meta:
        model = Locale
        django_get_or_create = ("language_code",)

    language_code = "en"


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    name = Sequence(lambda n: f"Group {n}")


class UserFactory(DjangoModelFactory):
    """A user; ``groups=[...]`` puts it into groups."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"user{n}")
    email = LazyAttribute(lambda user: f"{user.username}@example.org")
    password = Password("a password for tests")

    @post_generation
    def groups(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.groups.set(extracted)


class PublisherApprovalFactory(DjangoModelFactory):
    class Meta:
        model = PublisherApproval

    name = Sequence(lambda n: f"Approval {n}")


# Processes


class ProcessFactory(DjangoModelFactory):
    class Meta:
        model = Process

    code = Sequence(lambda n: f"process-{n}")
    name = LazyAttribute(lambda process: f"The {process.code} process")
    languages = LazyFunction(lambda: list(LANGUAGES))


class ProcessRoleFactory(DjangoModelFactory):
    class Meta:
        model = ProcessRole

    process = SubFactory(ProcessFactory)
    group = SubFactory(GroupFactory)
    role = ProcessRole.Role.EDITOR


class WorkingGroupFactory(DjangoModelFactory):
    class Meta:
        model = WorkingGroup

    process = SubFactory(ProcessFactory)
    code = Sequence(lambda n: f"body-{n}")
    name = LazyAttribute(lambda body: f"Working group {body.code}")


def free_country() -> str:
    """The first country that no party is yet."""
    taken = set(Party.objects.exclude(country=None).values_list("country", flat=True))
    return next(code for code in COUNTRIES if code not in taken)


class PartyFactory(DjangoModelFactory):
    """A state; each a country of its own."""

    class Meta:
        model = Party

    kind = Party.Kind.STATE
    country = LazyFunction(free_country)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Party

    kind = Party.Kind.INTERGOVERNMENTAL
    names = Sequence(lambda n: {"en": f"Organisation {n}"})


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    party = SubFactory(PartyFactory)
    process = SubFactory(ProcessFactory)


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office

    process = SubFactory(ProcessFactory)
    party = SubFactory(PartyFactory)


# Meetings


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    names = Sequence(lambda n: {"en": f"City {n}", "fr": f"Ville {n}"})
    country = "AT"


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    working_group = SubFactory(WorkingGroupFactory)
    number = Sequence(lambda n: n + 1)
    code = LazyAttribute(lambda session: str(session.number))


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    session = SubFactory(SessionFactory)
    number = Sequence(lambda n: str(n + 1))
    sort_order = Sequence(lambda n: n)


# Documents


class OfficialDocumentFactory(DjangoModelFactory):
    class Meta:
        model = OfficialDocument

    process = SubFactory(ProcessFactory)
    symbol = Sequence(lambda n: f"TEST/{n + 1}")
    kind = OfficialDocument.Kind.REPORT


class FormerSymbolFactory(DjangoModelFactory):
    class Meta:
        model = FormerSymbol

    document = SubFactory(OfficialDocumentFactory)
    symbol = Sequence(lambda n: f"FORMER/{n + 1}")


class LanguageVersionFactory(DjangoModelFactory):
    """A released version in English; ``state=`` and ``language=`` make others."""

    class Meta:
        model = LanguageVersion

    document = SubFactory(OfficialDocumentFactory)
    language = "en"
    title = Sequence(lambda n: f"Report no. {n}")
    state = LanguageVersion.State.RELEASED


class DocumentFileFactory(DjangoModelFactory):
    class Meta:
        model = DocumentFile

    version = SubFactory(LanguageVersionFactory)
    format = DocumentFile.Format.TXT
    file = LazyFunction(lambda: ContentFile(b"The text of a document.\n", name="document.txt"))


class FileTextFactory(DjangoModelFactory):
    class Meta:
        model = FileText

    file = SubFactory(DocumentFileFactory, format=DocumentFile.Format.PDF)
    sha256 = SelfAttribute("file.sha256")
    pages = LazyFunction(lambda: ["The text of a document."])
    characters = LazyAttribute(lambda text: sum(map(len, text.pages)))


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    document = SubFactory(OfficialDocumentFactory)
    symbol = Sequence(lambda n: f"CITED/{n + 1}")
    symbol_key = LazyAttribute(lambda citation: citation.symbol)


class DocumentRelationFactory(DjangoModelFactory):
    class Meta:
        model = DocumentRelation

    source = SubFactory(OfficialDocumentFactory)
    target = SubFactory(OfficialDocumentFactory)
    kind = DocumentRelation.Kind.ANSWERS


class CorrectionCheckFactory(DjangoModelFactory):
    class Meta:
        model = CorrectionCheck

    correction = SubFactory(DocumentRelationFactory, kind=DocumentRelation.Kind.CORRIGENDUM)
    version = SubFactory(LanguageVersionFactory)


class ReplacedFileFactory(DjangoModelFactory):
    class Meta:
        model = ReplacedFile

    file = SubFactory(DocumentFileFactory)
    format = LazyAttribute(lambda replaced: replaced.file.format)
    content = LazyFunction(lambda: ContentFile(b"What it said before.\n", name="before.txt"))
    size = 21
    sha256 = "0" * 64


class ImportBatchFactory(DjangoModelFactory):
    class Meta:
        model = ImportBatch

    process = SubFactory(ProcessFactory)


class ImportItemFactory(DjangoModelFactory):
    class Meta:
        model = ImportItem

    batch = SubFactory(ImportBatchFactory)
    name = Sequence(lambda n: f"document-{n}.txt")


class DocumentPackFactory(DjangoModelFactory):
    class Meta:
        model = DocumentPack

    session = SubFactory(SessionFactory)
    key = Sequence(lambda n: f"{n:064x}")
    expires_at = LazyFunction(lambda: timezone.now() + timedelta(days=3))


class SymbolSeriesFactory(DjangoModelFactory):
    class Meta:
        model = SymbolSeries

    process = SubFactory(ProcessFactory)
    letters = Sequence(lambda n: f"S{n}")
    printed_letters = LazyAttribute(lambda series: {"en": series.letters})


# Search


class IndexChangeFactory(DjangoModelFactory):
    class Meta:
        model = IndexChange

    target = IndexChange.Target.VERSION
    object_id = Sequence(lambda n: n + 1)


class RebuildFactory(DjangoModelFactory):
    class Meta:
        model = Rebuild

    name = Sequence(lambda n: f"index-{n}")
    total = 100


class IndexTroubleFactory(DjangoModelFactory):
    class Meta:
        model = IndexTrouble

    text = Sequence(lambda n: f"Trouble {n}")


class ChangeToRepeatFactory(DjangoModelFactory):
    class Meta:
        model = ChangeToRepeat

    target = IndexChange.Target.VERSION
    object_id = Sequence(lambda n: n + 1)


class FedIndexFactory(DjangoModelFactory):
    class Meta:
        model = FedIndex

    name = Sequence(lambda n: f"index-{n}")


class SynonymGroupFactory(DjangoModelFactory):
    class Meta:
        model = SynonymGroup

    language = "en"
    words = Sequence(lambda n: f"first{n}\nsecond{n}")


class PromotedResultFactory(DjangoModelFactory):
    class Meta:
        model = PromotedResult

    queries = Sequence(lambda n: f"query {n}")
    document = SubFactory(OfficialDocumentFactory)


class UnansweredQueryFactory(DjangoModelFactory):
    class Meta:
        model = UnansweredQuery

    language = "en"
    words = Sequence(lambda n: f"question {n}")
    key = LazyAttribute(lambda query: query.words)
    last_asked = LazyFunction(lambda: timezone.now().date())


# Localization


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    process = SubFactory(ProcessFactory)


class TermNameFactory(DjangoModelFactory):
    class Meta:
        model = TermName

    term = SubFactory(TermFactory)
    language = "en"
    text = Sequence(lambda n: f"notion {n}")


class MemorySourceFactory(DjangoModelFactory):
    class Meta:
        model = MemorySource

    locale = SubFactory(LocaleFactory)
    key = LazyFunction(uuid.uuid4)
    text = Sequence(lambda n: f"The meeting was opened for the {n}th time.")


class MemoryTokenFactory(DjangoModelFactory):
    class Meta:
        model = MemoryToken

    source = SubFactory(MemorySourceFactory)
    token = Sequence(lambda n: n)


class MemoryTargetFactory(DjangoModelFactory):
    """A pair of two pages, given as `source_page=` and `page=`."""

    class Meta:
        model = MemoryTarget

    source = SubFactory(MemorySourceFactory)
    locale = LazyAttribute(lambda target: target.page.locale)
    text = Sequence(lambda n: f"La séance a été ouverte pour la {n}e fois.")


class MemoryFileFactory(DjangoModelFactory):
    """A file of which nothing is left to take."""

    class Meta:
        model = MemoryFile

    name = Sequence(lambda n: f"memory-{n}.tmx")
    process = SubFactory(ProcessFactory)
    access = Access.PUBLIC
    is_at_work = False


class MemoryChangeFactory(DjangoModelFactory):
    class Meta:
        model = MemoryChange

    translation_key = LazyFunction(uuid.uuid4)


# Pages: each needs its `parent=`, from which it takes its language. tests.tree plants a whole site.


class PageFactory(wagtail_factories.PageFactory):
    class Meta:
        abstract = True

    title: Any = Sequence(lambda n: f"Page {n}")
    slug: Any = LazyAttribute(lambda page: slugify(page.title))


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage


class NewsIndexPageFactory(PageFactory):
    class Meta:
        model = NewsIndexPage

    slug = "news"


class NewsPageFactory(PageFactory):
    class Meta:
        model = NewsPage

    summary = "What happened."


class ProcessIndexPageFactory(PageFactory):
    class Meta:
        model = ProcessIndexPage

    slug = "processes"


class ProcessPageFactory(PageFactory):
    class Meta:
        model = ProcessPage

    process = SubFactory(ProcessFactory)
    title = LazyAttribute(lambda page: page.process.name)
    slug = LazyAttribute(lambda page: page.process.code)


class WorkingGroupPageFactory(PageFactory):
    class Meta:
        model = WorkingGroupPage

    working_group = SubFactory(WorkingGroupFactory)
    title = LazyAttribute(lambda page: page.working_group.name)
    slug = LazyAttribute(lambda page: page.working_group.code)


class SessionPageFactory(PageFactory):
    class Meta:
        model = SessionPage

    session = SubFactory(SessionFactory)
    title = LazyAttribute(lambda page: f"Session {page.session.code}")
    slug = LazyAttribute(lambda page: page.session.code)


class AgendaTitleFactory(DjangoModelFactory):
    class Meta:
        model = AgendaTitle

    page = SubFactory(SessionPageFactory)
    item = LazyAttribute(lambda title: AgendaItemFactory(session=title.page.session))
    title = Sequence(lambda n: f"Matter no. {n}")
    locale = LazyAttribute(lambda title: title.page.locale)


class ArchivePageFactory(PageFactory):
    class Meta:
        model = ArchivePage

    slug = "documents"


class ReportPageFactory(PageFactory):
    class Meta:
        model = ReportPage

    document = SubFactory(OfficialDocumentFactory)
    slug = LazyAttribute(lambda page: slugify(str(page.document).replace("/", "-")))


class FootnoteFactory(DjangoModelFactory):
    class Meta:
        model = Footnote

    page = SubFactory(ReportPageFactory)
    anchor = Sequence(lambda n: f"fn{n + 1}")
    mark = Sequence(lambda n: str(n + 1))
    text = "<p>A note.</p>"
    locale = LazyAttribute(lambda note: note.page.locale)
