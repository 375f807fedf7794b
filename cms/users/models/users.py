"""The user, with the languages that a person works in."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from cms.core.fields import LanguagesField


class User(AbstractUser):
    """Somebody with an account: staff of the secretariat, a translator, or a reader of restricted papers."""

    working_languages = LanguagesField(
        verbose_name=_("working languages"),
        help_text=_("The languages this person writes or translates into."),
    )
