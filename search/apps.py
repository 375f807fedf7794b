from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.core.health import register_part
        from search import policies, signals  # noqa: F401 - policies registers who may do what
        from search.health import search_state

        signals.connect()
        register_part("search", search_state)
