"""How far translations are, counted in the database."""

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.localization.models import SegmentReview


def with_counts(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """The translations with ``total`` texts and how many of them are ``done``: a person stands by them."""
    made = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        review__state__in=SegmentReview.FINISHED,
    )
    segments = StringSegment.objects.filter(source=OuterRef("source")).order_by().values("source")
    count = Count("pk")
    return translations.annotate(
        total=Coalesce(Subquery(segments.annotate(n=count).values("n"), output_field=IntegerField()), 0),
        done=Coalesce(
            Subquery(segments.filter(Exists(made)).annotate(n=count).values("n"), output_field=IntegerField()), 0
        ),
    )
