from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LocalizationConfig(AppConfig):
    name = "cms.localization"
    label = "localization"
    verbose_name = _("Localization")

    def ready(self) -> None:
        from cms.localization import (  # noqa: F401 - each registers something
            checks,
            guards,
            memory_signals,
            notice_signals,
            policies,
            reviewing,
            signals,
            task_signals,
        )
