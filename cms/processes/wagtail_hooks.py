"""What processes add to the administration."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.processes.bulk_actions import DeleteRecords
from cms.processes.views import propose_chair
from cms.processes.viewsets import ProcessesGroup

register_snippet(ProcessesGroup)

# Later than Wagtail's own, so that it takes that one's place for records.
hooks.register("register_bulk_action", DeleteRecords, order=1000)


@hooks.register("register_admin_urls")
def process_urls() -> list[URLPattern]:
    return [path("processes/<int:process_id>/propose-chair/", propose_chair, name="propose_chair")]
