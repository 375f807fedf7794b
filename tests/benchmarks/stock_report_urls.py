"""The site's addresses, and beside them wagtail-localize's report of translations, which ours stands in front of."""

from django.urls import path
from wagtail_localize.views.report import TranslationsReportView

from cms.urls import urlpatterns as addresses

urlpatterns = [path("stock/report/", TranslationsReportView.as_view()), *addresses]
