"""The official document: one record whatever its languages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Case, Count, F, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms.core.languages import LANGUAGES
from cms.core.languages import language as language_entry
from cms.core.models import Record
from cms.core.visibility import Access, Viewer
from cms.meetings.models import AgendaItem, Session
from cms.processes.models import Process, WorkingGroup
from documents.symbols.changes import stated_change
from documents.symbols.folding import loose_key, symbol_key, symbol_order

# First segments of a document's address that are no symbols (documents.addresses).
RESERVED_SEGMENTS = frozenset({"archive", "feed", "search", "files", "languages"})
RESERVED_LAST_SEGMENTS = frozenset({"parallel"})

NEWEST_FIRST = ("undated", "-date", "symbol_sort", "pk")
OLDEST_FIRST = ("undated", "date", "symbol_sort", "pk")
BY_SYMBOL = ("symbol_sort", "pk")
# What else lists are filtered by. With it in the index of an order, a list reads nothing but the index.
FILTERED = ("kind", "process", "languages_out", "access", "known_from")
# Characters of a symbol by which it is put in order: symbols of many figures are longer there than as printed.
SORTED_BY = 240
# Stands for "always" where a moment is asked for.
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)


class OfficialDocumentQuerySet(models.QuerySet["OfficialDocument"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Documents that the viewer may know of: access allows it, and a language version is released or awaited."""
        return self.filter(viewer.access_condition(), known_from__lte=viewer.now)

    def out_in(self, language: str, now: datetime) -> Self:
        """Documents that are released in the language at the moment."""
        from documents.models.versions import LanguageVersion

        released = LanguageVersion.objects.filter(language=language, state=LanguageVersion.State.RELEASED)
        marked = self.annotate(in_language=F("languages_out").bitand(language_entry(language).bit))
        return marked.filter(in_language__gt=0).exclude(pk__in=released.filter(released_at__gt=now).values("document"))

    def newest_first(self) -> Self:
        return self.order_by(*NEWEST_FIRST)

    def newest(self, count: int) -> "OfficialDocumentQuerySet":
        """The newest of these documents, in order; chosen by an index, before a database thinks of joining anything."""
        chosen = self.newest_first().values("pk")[:count]
        return OfficialDocument.objects.filter(pk__in=chosen).newest_first()

    def in_series(self, prefix: str) -> Self:
        """Documents whose symbols begin like this: with "CTOC/COP/2020/" those of that year, INF. and Add. too."""
        return self.filter(symbol_key__startswith=symbol_key(prefix))

    def shown_with(self, session: Session) -> Self:
        """Documents of a session and of its agenda items, the one that convenes it, and reports transmitted to it.

        Asks for their keys at once, one query: PostgreSQL thinks such a union long and goes through the whole table.
        """
        conditions = [
            Q(session=session),
            Q(agenda_items__session=session),
            Q(session__transmitted_to=session, kind=OfficialDocument.Kind.REPORT),
            Q(pk=session.governing_document_id),
        ]
        # A union, since each part has an index and their disjunction has none.
        first, *others = (OfficialDocument.objects.filter(one).order_by().values("pk") for one in conditions)
        return self.filter(pk__in=[row["pk"] for row in first.union(*others)])

    def years(self) -> list[int]:
        """The years of these documents, the latest first. One query that reads one entry of an index for each year."""
        dated = self.filter(undated=0).order_by().values("date")
        sql, values = dated.query.sql_with_params()
        first_day = {
            "sqlite": "strftime('%%Y-01-01', found.latest)",
            "postgresql": "date_trunc('year', found.latest)",
        }[connection.vendor]
        # Nothing of a request is in the text: the query set's values go along as parameters.
        recursion = f"""
            WITH RECURSIVE found(latest) AS (
                SELECT MAX(date) FROM ({sql}) AS dated
                UNION ALL
                SELECT (SELECT MAX(date) FROM ({sql}) AS dated WHERE date < {first_day})
                FROM found WHERE found.latest IS NOT NULL
            )
            SELECT latest FROM found WHERE latest IS NOT NULL
        """  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(recursion, [*values, *values])
            return [int(str(latest)[:4]) for (latest,) in cursor.fetchall()]

    def follow_versions(self) -> None:
        """Stores with these documents what follows from their language versions: one statement.

        Whatever writes versions ends here: saving, deleting, and the query set's own ways (documents.models.versions).
        """
        from documents.models.versions import LanguageVersion

        state = LanguageVersion.State
        versions = LanguageVersion.objects.filter(document=OuterRef("pk")).order_by()
        at_once = Value(BEGINNING, output_field=models.DateTimeField())
        moment = Case(When(state=state.AWAITED, then=at_once), default=Coalesce("released_at", at_once))
        bits = Case(
            *(When(language=entry.code, then=entry.bit) for entry in LANGUAGES), output_field=models.IntegerField()
        )
        known = versions.filter(state__in=[state.AWAITED, state.RELEASED]).annotate(moment=moment).order_by("moment")
        out = versions.filter(state=state.RELEASED).values("document").annotate(bits=Sum(bits))
        self.order_by().update(
            known_from=Subquery(known.values("moment")[:1]), languages_out=Coalesce(Subquery(out.values("bits")), 0)
        )


class OfficialDocument(Record, ClusterableModel):
    """One document whatever its language: symbol, kind, date, where it belongs. Libraries call it the work."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        DECISION = "decision", _("Decision")
        RESOLUTION = "resolution", _("Resolution")
        RECOMMENDATION = "recommendation", _("Recommendation")
        NOTE = "note", _("Note")
        AGENDA = "agenda", _("Agenda")
        MANDATE = "mandate", _("Mandate")
        ACTION_PLAN = "action_plan", _("Action plan")
        WORKING_PAPER = "working_paper", _("Working paper")
        BACKGROUND_PAPER = "background_paper", _("Background paper")
        INFORMATION_PAPER = "information_paper", _("Information paper")
        SUBMISSION = "submission", _("Submission")
        OBSERVATIONS = "observations", _("Concluding observations")
        LETTER = "letter", _("Letter")
        CIRCULAR = "circular", _("Circular")
        PARTICIPANTS = "participants", _("List of participants")
        CORRIGENDUM = "corrigendum", _("Corrigendum")
        TREATY = "treaty", _("Treaty")
        OTHER = "other", _("Other document")

    class Distribution(models.TextChoices):
        GENERAL = "general", _("General")
        LIMITED = "limited", _("Limited")
        RESTRICTED = "restricted", _("Restricted")
        UNRESTRICTED = "unrestricted", _("Unrestricted")
        DERESTRICTED = "derestricted", _("Derestricted")
        CONFIDENTIAL = "confidential", _("Confidential")
        PROVISIONAL = "provisional", _("Provisional")
        OTHER = "other", _("Other")

    symbol = models.CharField(
        _("symbol"),
        max_length=120,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The official number in Latin letters, such as CTOC/COP/2020/3. Empty if it has none."),
    )
    symbol_key = models.CharField(max_length=120, unique=True, null=True, editable=False)  # noqa: DJ001 - as symbol
    parent_key = models.CharField(max_length=120, blank=True, db_index=True, editable=False)
    symbol_letters = models.CharField(max_length=120, default="", editable=False, db_index=True)  # no punctuation
    symbol_sort = models.CharField(max_length=SORTED_BY, default="", editable=False)  # symbols in order, others last
    archive_number = models.PositiveIntegerField(unique=True, null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    date = models.DateField(_("date"), null=True, blank=True, help_text=_("The date in the masthead."))
    distribution = models.CharField(_("distribution"), max_length=20, choices=Distribution.choices, blank=True)
    original_language = models.CharField(_("original language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    access = models.CharField(
        _("access"),
        max_length=15,
        choices=Access.choices,
        default=Access.PUBLIC,
        help_text=_(
            "Who may read it, in every language. Participants are the readers of the process's restricted papers."
        ),
    )
    process = models.ForeignKey(Process, verbose_name=_("process"), on_delete=models.PROTECT, related_name="documents")
    working_group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
        help_text=_("The body it is a document of. Follows from the session if left empty."),
    )
    session = models.ForeignKey(
        Session, verbose_name=_("session"), null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    agenda_items = models.ManyToManyField(
        AgendaItem,
        verbose_name=_("agenda items"),
        blank=True,
        related_name="documents",
        help_text=_("The items under which it is considered, also at a session of another body."),
    )

    # What lists of many documents are answered from; each follows from other facts (derive, follow_versions).
    undated = models.PositiveSmallIntegerField(default=1, editable=False)  # 0 or 1: SQLite looks up no booleans
    known_from = models.DateTimeField(null=True, editable=False)  # the moment from which readers know of it
    languages_out = models.PositiveSmallIntegerField(default=0, editable=False)  # released in: the sum of their bits

    objects = OfficialDocumentQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("symbol"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]),
                FieldRowPanel([FieldPanel("distribution"), FieldPanel("original_language")]),
            ],
            heading=_("Document"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("process"),
                FieldRowPanel([FieldPanel("session"), FieldPanel("working_group")]),
                FieldPanel("agenda_items"),
            ],
            heading=_("Where it belongs"),
        ),
        FieldPanel("access"),
        InlinePanel(
            "relations",
            heading=_("Relations"),
            label=_("relation"),
            help_text=_("What this document is to earlier ones. Those name it too, and need no entry of their own."),
        ),
        InlinePanel(
            "former_symbols",
            heading=_("Other symbols"),
            label=_("other symbol"),
            help_text=_("Symbols it had before, or bears beside the first. Their addresses lead here."),
        ),
    ]

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        ordering = ["undated", "-date", "symbol_sort"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undated=1, date=None) | Q(undated=0, date__isnull=False),
                name="document_undated",
            )
        ]
        indexes = [
            models.Index(fields=[*NEWEST_FIRST[:-1], "id", *FILTERED], name="document_newest"),
            models.Index(fields=[*OLDEST_FIRST[:-1], "id", *FILTERED], name="document_oldest"),
            models.Index(fields=["symbol_sort", "id", *FILTERED], name="document_symbol"),
            models.Index(fields=["process", *NEWEST_FIRST[:-1], "id"], name="document_process_newest"),
            models.Index(fields=["working_group", *NEWEST_FIRST[:-1], "id"], name="document_body_newest"),
            # Reports that other bodies send to a session are found without reading a document (PostgreSQL read all).
            models.Index(fields=["session", "kind", "id"], name="document_session_kind"),
        ]

    def __str__(self) -> str:
        return self.symbol or str(_("Archive no. {number}").format(number=self.archive_number))

    @admin.display(ordering="symbol_sort", description=_("symbol"))
    def name(self) -> str:
        """What it is called in lists of the administration, which put it in order by its symbol."""
        return str(self)

    @classmethod
    def deletion_notes(cls, records: Sequence[Any]) -> list[str]:
        """How many other documents cite these: their texts stay, and their links lead nowhere."""
        from documents.models.citations import Citation  # it holds this model

        pks = [record.pk for record in records]
        former = FormerSymbol.objects.filter(document__in=pks).values_list("symbol_key", flat=True)
        keys = [*(record.symbol_key for record in records if record.symbol_key), *former]
        citing = Citation.objects.filter(symbol_key__in=keys).exclude(document__in=pks)
        count = citing.aggregate(count=Count("document", distinct=True))["count"]
        if not count:
            return []
        text = ngettext(
            "%(count)d document cites it. Its text stays as it is, and the link leads nowhere.",
            "%(count)d documents cite it. Their texts stay as they are, and the links lead nowhere.",
            count,
        )
        return [text % {"count": count}]

    def derive(self) -> None:
        self.symbol = " ".join((self.symbol or "").split()) or None
        self.symbol_key = symbol_key(self.symbol) if self.symbol else None
        stated = stated_change(self.symbol) if self.symbol else None
        self.parent_key = symbol_key(stated.parent) if stated else ""
        self.symbol_letters = loose_key(self.symbol) if self.symbol else ""
        # A figure first tells those without a symbol from the others in every collation.
        self.symbol_sort = f"0{symbol_order(self.symbol)}"[:SORTED_BY] if self.symbol else "1"
        self.undated = int(self.date is None)
        if self.session_id and not self.working_group_id and self.session:
            self.working_group = self.session.working_group

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the record; one without a symbol gets the next archive number.

        A new symbol relates it to the document that it corrects, revises or adds to, and to those that do so to it.
        """
        from documents.models.relations import relate_to_parent, relate_waiting  # they hold this model

        self.derive()
        written = kwargs.get("update_fields")
        is_new_symbol = self.symbol_key and (written is None or "symbol" in written) and self._symbol_differs()
        if self.symbol is None and self.archive_number is None:
            highest = OfficialDocument.objects.aggregate(highest=Max("archive_number"))["highest"]
            self.archive_number = (highest or 0) + 1
        with transaction.atomic():
            if is_new_symbol:
                relate_to_parent(self)
            super().save(*args, **kwargs)
            if is_new_symbol and self.symbol_key:
                relate_waiting(self, self.symbol_key)

    def _symbol_differs(self) -> bool:
        """Whether the database has another symbol for it, or none. One query for a document that is stored."""
        stored = OfficialDocument.objects.filter(pk=self.pk, symbol_key=self.symbol_key)
        return not self.pk or not stored.exists()

    def near_duplicates(self) -> list["OfficialDocument"]:
        """Other documents whose symbols differ from its own in punctuation only: CTOC/COP/WG4/1. One query."""
        if not self.symbol_key:
            return []
        near = OfficialDocument.objects.filter(symbol_letters=loose_key(self.symbol_key)).exclude(pk=self.pk)
        return list(near[:3])

    def clean(self) -> None:
        super().clean()
        if self.symbol and self.symbol.split("/")[0].casefold() in RESERVED_SEGMENTS:
            raise ValidationError({"symbol": _("A symbol cannot begin with this word: it is an address of the site.")})
        if self.symbol and self.symbol.split("/")[-1].casefold() in RESERVED_LAST_SEGMENTS:
            raise ValidationError({"symbol": _("A symbol cannot end with this word: it is an address of the site.")})
        if self.symbol and not loose_key(self.symbol):
            raise ValidationError({"symbol": _("A symbol needs letters or figures.")})
        if self.symbol_key:
            twin = OfficialDocument.objects.filter(symbol_key=self.symbol_key).exclude(pk=self.pk).first()
            former = FormerSymbol.objects.filter(symbol_key=self.symbol_key).exclude(document=self.pk).first()
            if twin or former:
                owner = twin or (former.document if former else None)
                raise ValidationError({"symbol": _("This symbol belongs to %(owner)s.") % {"owner": owner}})
        if self.session and self.process_id and self.session.process.pk != self.process_id:
            raise ValidationError({"session": _("This session belongs to another process.")})
        if self.working_group and self.process_id and self.working_group.process_id != self.process_id:
            raise ValidationError({"working_group": _("This body belongs to another process.")})


class FormerSymbol(Record, Orderable):
    """A symbol that a document had before a correction, or bears beside the first: its address leads to the document.

    A joint document of two bodies bears one of each: A/79/876 and S/2025/230.
    """

    document = ParentalKey(
        OfficialDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="former_symbols"
    )
    symbol = models.CharField(_("other symbol"), max_length=120)
    symbol_key = models.CharField(max_length=120, unique=True, editable=False)
    symbol_letters = models.CharField(max_length=120, default="", editable=False, db_index=True)  # no punctuation

    panels = [FieldPanel("symbol")]

    class Meta(Orderable.Meta):
        verbose_name = _("other symbol")
        verbose_name_plural = _("other symbols")

    def __str__(self) -> str:
        return self.symbol

    def derive(self) -> None:
        self.symbol_key = symbol_key(self.symbol)
        self.symbol_letters = loose_key(self.symbol)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves it; documents that name their parent by this symbol are related to its document."""
        from documents.models.relations import relate_waiting  # it holds the model of documents

        super().save(*args, **kwargs)
        relate_waiting(self.document, self.symbol_key)

    def clean(self) -> None:
        super().clean()
        taken = OfficialDocument.objects.filter(symbol_key=self.symbol_key).exclude(pk=self.document_id)
        others = FormerSymbol.objects.filter(symbol_key=self.symbol_key).exclude(pk=self.pk)
        if taken.exists() or others.exists():
            raise ValidationError({"symbol": _("This symbol belongs to another document.")})
