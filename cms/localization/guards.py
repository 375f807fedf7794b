"""The last line behind the views: what must not be written is refused where it would be written."""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationLog

from cms.localization.completeness import mistakes
from cms.localization.editions import own_edition
from cms.localization.reviewing import approval_refusal, open_translation, take_corrections
from documents.models import LanguageVersion


class StockWriterCalledError(RuntimeError):
    """wagtail-localize's own writing code ran. It writes the row that readers see, also when it saves a draft."""


@receiver(pre_save, sender=Translation, dispatch_uid="localization_guard_editions")
def guard_editions(instance: Translation, **kwargs: Any) -> None:
    """Refuses to open a translation into a language that has an edition of its own, whoever asks."""
    if not instance.enabled:
        return
    version = own_edition(instance.source.object_id, instance.target_locale.language_code)
    if version is not None:
        raise ValidationError(
            _("%(version)s is an edition of its own. It is not translated over.") % {"version": version}
        )


@receiver(post_save, sender=LanguageVersion, dispatch_uid="localization_stop_for_editions")
def stop_for_editions(instance: LanguageVersion, **kwargs: Any) -> None:
    """Stops the translation into a language whose version becomes an edition of its own."""
    key = instance.document.uid
    if own_edition(key, instance.language) is not None:
        Translation.objects.filter(
            source__object_id=key, target_locale__language_code=instance.language, enabled=True
        ).update(enabled=False)


@receiver(pre_save, sender=TranslationLog, dispatch_uid="localization_refuse_stock_writer")
def refuse_stock_writer(**kwargs: Any) -> None:
    """Only ``TranslationSource.create_or_update_translation`` writes this log, at its end: whoever called it is told.

    Inside a transaction, as in all of wagtail-localize's own callers, this takes back what was written.
    """
    raise StockWriterCalledError("Use cms.localization.sending.drafts.save_draft: save_target writes the live page.")


@receiver(pre_save, sender=LocaleSynchronization, dispatch_uid="localization_refuse_mirroring")
def refuse_mirroring(**kwargs: Any) -> None:
    """Refuses to mirror one language's tree into another: its copies go live at once, in the wrong language."""
    raise ValidationError(_("Pages are not mirrored from one language to another here. Translate them instead."))


def guard_approval(instance: TaskState, **kwargs: Any) -> None:
    """Refuses an approval against the rules of review, whichever task and address it comes by.

    What the reviewer corrected is saved as the newest draft here: that is what the workflow then publishes.
    """
    if instance.status != TaskState.STATUS_APPROVED or not instance.pk:
        return
    if not TaskState.objects.filter(pk=instance.pk, status=TaskState.STATUS_IN_PROGRESS).exists():
        return
    page = instance.workflow_state.content_object
    translation = open_translation(page) if isinstance(page, Page) else None
    if translation is None:
        return
    refusal = approval_refusal(translation, page, instance.finished_by) or mistakes(translation)
    if refusal:
        raise PermissionDenied(refusal)
    take_corrections(translation, page, instance.finished_by)


# A signal reaches whoever asked for its very class, and a task may have a kind of state of its own.
for model in apps.get_models():
    if issubclass(model, TaskState):
        pre_save.connect(guard_approval, sender=model, dispatch_uid="localization_guard_approval")
