"""The last line behind the views: what must not be written is refused where it would be written."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationLog

from cms.localization.editions import own_edition
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
    raise StockWriterCalledError("Use cms.localization.drafts.save_draft: save_target writes the live page.")


@receiver(pre_save, sender=LocaleSynchronization, dispatch_uid="localization_refuse_mirroring")
def refuse_mirroring(**kwargs: Any) -> None:
    """Refuses to mirror one language's tree into another: its copies go live at once, in the wrong language."""
    raise ValidationError(_("Pages are not mirrored from one language to another here. Translate them instead."))
