"""Words and phrases that mean the same in one language, as editors keep them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel

from search.models.lines import lines_of, lines_problems
from search.models.stamped import StampedRecord

# All groups of a language are looked through with every search in it.
MOST_GROUPS = 300


class SynonymGroup(StampedRecord):
    """Words and phrases of one language that search takes for the same; they work from the next search on."""

    language = models.CharField(gettext_lazy("language"), max_length=10, choices=settings.LANGUAGES)
    words = models.TextField(
        gettext_lazy("words and phrases"),
        help_text=gettext_lazy(
            "At least two, one per line, such as “WG” and “working group”. Who searches for one finds the others too. "
            "Inflected forms are found anyway."
        ),
    )

    panels = [FieldPanel("language"), FieldPanel("words")]

    class Meta:
        verbose_name = gettext_lazy("group of synonyms")
        verbose_name_plural = gettext_lazy("synonyms")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        return " = ".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The words and phrases as they were typed."""
        return lines_of(self.words)

    def derive(self) -> None:
        super().derive()
        self.words = "\n".join(self.lines)

    def clean(self) -> None:
        super().clean()
        problems = list(self._problems()) if self.language else []
        if problems:
            raise ValidationError({"words": problems})

    def _problems(self) -> Iterator[str]:
        from search.engines.analysis import stemmed, tokens  # loads an engine's library, which a start leaves
        from search.engines.synonyms import LONGEST_MEMBER

        if len(self.lines) < 2:
            yield _("Give at least two words or phrases, one per line.")
        yield from lines_problems(self.lines)
        for line in self.lines:
            if len(tokens(line)) > LONGEST_MEMBER:
                yield _("“%(words)s” is too long: at most %(most)s words, or Chinese characters.") % {
                    "words": line,
                    "most": LONGEST_MEMBER,
                }
        others: dict[str, Any] = {}
        groups = list(SynonymGroup.objects.filter(language=self.language).exclude(pk=self.pk))
        if len(groups) >= MOST_GROUPS:
            yield _("There are %(count)s groups in this language. More would make every search slower.") % {
                "count": len(groups)
            }
        for group in groups:
            others.update({stemmed(tokens(line), self.language): group for line in group.lines})
        own: dict[str, str] = {}
        for line in self.lines:
            stems = stemmed(tokens(line), self.language)
            if stems in others:
                yield _("“%(words)s” is in another group already: %(group)s") % {
                    "words": line,
                    "group": others[stems],
                }
            if stems in own:
                yield _("Who searches for “%(first)s” finds “%(second)s” anyway. Leave one of them out.") % {
                    "first": own[stems],
                    "second": line,
                }
            own[stems] = line
