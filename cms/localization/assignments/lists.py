"""Lists of tasks: what each is about as far as the reader may know, how far it is, where it is worked on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from cms.core.languages import language
from cms.core.spreadsheets import Value
from cms.core.visibility import viewer_for_user, visible_pages
from cms.localization.assignments.stages import Stage, with_stage
from cms.localization.models import TranslationTask
from cms.localization.roles import processes_coordinated
from cms.localization.things import Name, names_of_documents, names_of_pages
from cms.users.people import called
from documents.models import OfficialDocument

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Entry:
    """A task in a list. ``name`` is None where the reader may not know what it is about; then it leads nowhere."""

    task: TranslationTask
    stage: Stage
    name: Name | None
    url: str
    today: date

    @property
    def language(self) -> Promise:
        """The language that is translated into, in the reader's."""
        return language(self.task.locale.language_code).label

    @property
    def title(self) -> str:
        """Symbol and title in one line, for tables and calendars."""
        if self.name is None:
            return _("A document that is not open to you")
        return " – ".join(part for part in (self.name.symbol, self.name.title) if part) or "–"

    @property
    def is_overdue(self) -> bool:
        """Whether it is still open and its date is over."""
        due_on = self.task.due_on
        return self.task.state == TranslationTask.State.OPEN and due_on is not None and due_on < self.today

    @property
    def translator(self) -> str:
        return called(self.task.translator)

    @property
    def reviser(self) -> str:
        return called(self.task.reviser)


def in_order(tasks: QuerySet[TranslationTask]) -> QuerySet[TranslationTask]:
    """What is due first comes first, then what is urgent; with what a list shows."""
    related = tasks.select_related("locale", "translator", "reviser", "process")
    return with_stage(related).order_by(F("due_on").asc(nulls_last=True), "-priority", "pk")


def entries(tasks: Sequence[Any], user: Any) -> list[Entry]:
    """The tasks (``in_order``) as this user may see them. Some 15 queries, whatever their number."""
    keys = {task.translation_key for task in tasks}
    names, addresses, today = _names(keys, user), _addresses(keys), timezone.localdate()
    found = []
    for task in tasks:
        name = names.get(task.translation_key)
        url = addresses.get((task.translation_key, task.locale_id), "") if name else ""
        found.append(Entry(task, Stage(task.stage), name, url, today))
    return found


def _addresses(keys: Collection[UUID]) -> dict[tuple[UUID, int], str]:
    """Where the open translations of these things are worked on, by key and locale."""
    translations = Translation.objects.filter(source__object_id__in=keys, enabled=True)
    return {
        (key, locale): reverse("localization:edit_translation", args=[pk])
        for pk, key, locale in translations.values_list("pk", "source__object_id", "target_locale")
    }


def _names(keys: Collection[UUID], user: Any) -> dict[UUID, Name]:
    """What the things are called that the user works on, or may read; the others are missing."""
    own = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"add", "change", "publish", "lock"})
    mine = set(own.filter(translation_key__in=keys).order_by().values_list("translation_key", flat=True))
    viewer = viewer_for_user(user)
    policy = policy_registry.get_by_type(OfficialDocument)
    documents = OfficialDocument.objects.filter(uid__in=keys).filter(
        Q(uid__in=mine)
        | Q(process__in=processes_coordinated(user).values("pk"))
        | Q(pk__in=OfficialDocument.objects.visible_to(viewer).order_by().values("pk"))
        | Q(pk__in=policy.instances_user_has_any_permission_for(user, ["change"]).order_by().values("pk"))
    )
    pages = Page.objects.filter(translation_key__in=keys, alias_of=None).exclude(content_type__model="reportpage")
    seen = pages.filter(Q(translation_key__in=mine) | Q(pk__in=visible_pages(Page.objects.all(), viewer).values("pk")))
    return names_of_pages(seen) | names_of_documents(documents)


@dataclass(frozen=True)
class Part:
    """A part of somebody's work: its name in the address, its label, and which tasks it holds."""

    value: str
    label: Promise
    condition: Q


def parts_of_work(user: Any) -> list[Part]:
    """The parts of a person's work, the first of which is shown without being asked for."""
    today = timezone.localdate()
    open_ones = Q(state=TranslationTask.State.OPEN)
    return [
        Part("", gettext_lazy("All open"), open_ones),
        Part("mine", gettext_lazy("To translate"), open_ones & Q(translator=user)),
        Part("review", gettext_lazy("Waiting for my review"), Q(reviser=user, stage=Stage.IN_REVIEW)),
        Part("soon", gettext_lazy("Due within a week"), open_ones & Q(due_on__range=(today, today + SOON))),
        Part("overdue", gettext_lazy("Overdue"), open_ones & Q(due_on__lt=today)),
        Part("done", gettext_lazy("Done"), Q(state=TranslationTask.State.DONE)),
    ]


def counted(tasks: QuerySet[TranslationTask], parts: Sequence[Part]) -> list[tuple[Part, int]]:
    """The parts with how many of the tasks each holds. One query."""
    names = [f"n_{number}" for number in range(len(parts))]
    counts = with_stage(tasks).aggregate(
        **{name: Count("pk", filter=part.condition) for name, part in zip(names, parts, strict=True)}
    )
    return [(part, counts[name]) for name, part in zip(names, parts, strict=True)]


def table(found: Sequence[Entry]) -> list[list[Value]]:
    """The tasks as the rows of a spreadsheet, the header first."""
    header = [_("Title"), _("Into"), _("State"), _("Due on"), _("Priority"), _("Translator"), _("Reviser"), _("Note")]
    return [[*header], *map(_row, found)]


def _row(entry: Entry) -> list[Value]:
    task = entry.task
    labels = (str(entry.language), str(entry.stage.label), task.due_on or "", str(task.get_priority_display()))
    return [entry.title, *labels, entry.translator, entry.reviser, task.note]
