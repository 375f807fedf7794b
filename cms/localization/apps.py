from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LocalizationConfig(AppConfig):
    name = "cms.localization"
    label = "localization"
    verbose_name = _("Localization")

    def ready(self) -> None:
        # Each registers something.
        from cms.localization import checks, guards, reviewing, signals  # noqa: F401
        from cms.localization.assignments import signals as of_assignments  # noqa: F401
        from cms.localization.glossary import policies  # noqa: F401
        from cms.localization.memory import signals as of_memory  # noqa: F401
        from cms.localization.notices import signals as of_notices  # noqa: F401
