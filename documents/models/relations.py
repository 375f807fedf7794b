"""Relations between documents: what corrects, revises, adds to, supersedes or answers what."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from documents.models.documents import FormerSymbol, OfficialDocument
from documents.symbols.changes import stated_change


class DocumentRelation(Orderable):
    """What a document is to an earlier one, in the direction in which it is printed: "corrigendum to", "answers".

    It is read from both sides. All relations together hold no circle: each leads to something earlier or above.
    """

    class Kind(models.TextChoices):
        CORRIGENDUM = "corrigendum", _("Corrigendum to")
        REVISION = "revision", _("Revision of")
        ADDENDUM = "addendum", _("Addendum to")
        AMENDMENT = "amendment", _("Amendment to")
        SUPERSEDES = "supersedes", _("Supersedes")
        ANSWERS = "answers", _("Answers")
        ANNEX = "annex", _("Annex of")

    source = ParentalKey(
        OfficialDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="relations"
    )
    kind = models.CharField(_("relation"), max_length=12, choices=Kind.choices)
    target = models.ForeignKey(
        OfficialDocument,
        verbose_name=_("to this document"),
        on_delete=models.CASCADE,
        related_name="relations_from",
        help_text=_("Any document that you may read, also one of another process."),
    )

    panels = [FieldPanel("kind"), FieldPanel("target")]

    class Meta(Orderable.Meta):
        verbose_name = _("relation between documents")
        verbose_name_plural = _("relations between documents")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"],
                name="one_relation_per_pair",
                violation_error_message=_("The two documents are related already."),
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="no_relation_to_itself",
                violation_error_message=_("A document is not related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_kind_display()} {self.target}"

    def clean(self) -> None:
        super().clean()
        if not self.target_id or not self.source_id:
            return
        if self.source_id == self.target_id:
            raise ValidationError({"target": _("A document is not related to itself.")})
        if leads_to(self.target_id, self.source_id):
            raise ValidationError(
                {"target": _("%(target)s leads back to this document by its own relations.") % {"target": self.target}}
            )


# How a relation reads from the other side.
REVERSED: dict[str, Promise] = {
    DocumentRelation.Kind.CORRIGENDUM: _("Corrected by"),
    DocumentRelation.Kind.REVISION: _("Revised by"),
    DocumentRelation.Kind.ADDENDUM: _("Addenda"),
    DocumentRelation.Kind.AMENDMENT: _("Amended by"),
    DocumentRelation.Kind.SUPERSEDES: _("Superseded by"),
    DocumentRelation.Kind.ANSWERS: _("Answered by"),
    DocumentRelation.Kind.ANNEX: _("Annexes"),
}


def leads_to(start: int, goal: int) -> bool:
    """Whether relations lead from one document to another, over any number of steps. One query a step."""
    seen = reached = {start}
    while reached:
        if goal in reached:
            return True
        steps = DocumentRelation.objects.filter(source__in=reached).values_list("target", flat=True)
        reached = set(steps) - seen
        seen = seen | reached
    return False


def relate_to_parent(document: OfficialDocument) -> None:
    """Relates a document to the one that its symbol says it corrects, revises, amends or adds to, if that is there.

    The relation is added to those at hand and is saved with the document. Two queries at most.
    """
    if document.parent_key:
        parent = OfficialDocument.objects.filter(symbol_key=document.parent_key).first()
        if parent is None:
            former = FormerSymbol.objects.filter(symbol_key=document.parent_key).select_related("document").first()
            parent = former.document if former else None
        relation = parent and _stated(document, parent)
        if relation:
            document.relations.add(relation)


def relate_waiting(document: OfficialDocument, key: str) -> None:
    """Relates those documents to this one whose symbols say that they correct, revise or add to it.

    ``key`` is the folded symbol, today's or a former one, by which they name it. One query where none waits.
    """
    # The keys alone, which the index holds: SQLite leaves it aside where most documents wait for none.
    waiting = list(OfficialDocument.objects.filter(parent_key=key).order_by().values_list("pk", flat=True))
    for child in OfficialDocument.objects.filter(pk__in=waiting).exclude(pk=document.pk):
        relation = _stated(child, document)
        if relation:
            relation.save()


def _stated(child: OfficialDocument, parent: OfficialDocument) -> DocumentRelation | None:
    """The relation that the child's symbol states, not saved; None where the two are related or it closes a circle."""
    stated = stated_change(child.symbol or "")
    if stated is None or child.pk == parent.pk:
        return None
    if any(parent.pk == relation.target_id for relation in child.relations.all()):
        return None
    if child.pk and leads_to(parent.pk, child.pk):
        return None
    return DocumentRelation(source=child, kind=stated.change, target=parent)
