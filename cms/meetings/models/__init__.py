from cms.meetings.models.agenda import AgendaItem
from cms.meetings.models.pages import AgendaTitle, SessionPage
from cms.meetings.models.sessions import Session, Venue

__all__ = ["AgendaItem", "AgendaTitle", "Session", "SessionPage", "Venue"]
