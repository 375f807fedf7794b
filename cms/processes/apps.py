from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    name = "cms.processes"
    label = "processes"
    verbose_name = _("Processes")

    def ready(self) -> None:
        from cms.processes import contexts, policies, roles, signals  # noqa: F401 - each registers something
