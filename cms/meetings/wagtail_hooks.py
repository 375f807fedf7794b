"""What meetings add to the administration."""

from wagtail.snippets.models import register_snippet

from cms.meetings.viewsets import MeetingsGroup

register_snippet(MeetingsGroup)
