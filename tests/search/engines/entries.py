"""A small archive that every engine is tried with: documents of two processes in six languages, and pages."""

import datetime
from typing import Any

from search.engines.base import Entry, Passage, Query, Results, Visibility

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh-hans")
NOW = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
RELEASED = datetime.datetime(2024, 1, 15, tzinfo=datetime.UTC)
EMBARGOED = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
PUBLIC = Visibility(NOW)


def entry(key: str, language: str, title: str, *paragraphs: str, **facts: Any) -> Entry:
    """An entry of the document `key`; its numbered paragraphs have their number as anchor and label."""
    values: dict[str, Any] = {
        "id": f"{key}-{language}",
        "document_key": key,
        "language": language,
        "title": title,
        "url": f"/{language}/{key}/",
        "visible_from": RELEASED,
        "passages": tuple(
            Passage(str(number), str(number), paragraph) for number, paragraph in enumerate(paragraphs, start=1)
        ),
    }
    return Entry(**{**values, **facts})


def archive() -> list[Entry]:
    """The archive itself."""
    report: dict[str, Any] = {
        "symbols": ("CTOC/COP/WG.4/2019/6", "CTOC/COP/WG.4/2019/CRP.2"),
        "process": "crime",
        "body": "smuggling",
        "session": "s10",
        "doc_kind": "report",
        "date": datetime.date(2019, 9, 11),
    }
    decision: dict[str, Any] = {
        "symbols": ("UNEP/MC/COP.6/INF/29",),
        "cites": ("CTOC/COP/WG.4/2019/6",),
        "process": "mercury",
        "body": "cop",
        "session": "s6",
        "doc_kind": "decision",
        "date": datetime.date(2025, 11, 3),
    }
    secret: dict[str, Any] = {
        "symbols": ("UNEP/MC/COP.6/RESTRICTED/1",),
        "process": "mercury",
        "body": "bureau",
        "session": "s7",
        "doc_kind": "letter",
        "date": datetime.date(2023, 2, 1),
    }
    return [
        entry(
            "report",
            "en",
            "Report on the meeting of the Working Group on the Smuggling of Migrants",
            "The Working Group adopted its agenda.",
            "Speakers described the policies that their States had adopted.",
            "The Chair thanked all delegations for their proposals and closed the meeting.",
            **report,
        ),
        entry(
            "report",
            "fr",
            "Rapport sur la réunion du Groupe de travail sur le trafic illicite de migrants",
            "Le Groupe de travail a adopté son ordre du jour.",
            "Les orateurs ont décrit l’état des négociations dans leurs pays.",
            **report,
        ),
        entry(
            "report",
            "ru",
            "Доклад о работе совещания Рабочей группы по незаконному ввозу мигрантов",
            "Рабочая группа утвердила свою повестку дня.",
            "Государства-участники представили отчёты о принятых мерах.",
            **report,
        ),
        entry(
            "report",
            "ar",
            "تقرير عن اجتماع الفريق العامل المعني بتهريب المهاجرين",
            "ناقشت الدُّوَل الأطراف الاتفاقيات والمفاوضات الجارية.",
            **report,
        ),
        entry(
            "decision",
            "en",
            "Cooperation with other conventions",
            "Requests the secretariat to continue its cooperation.",
            "Invites parties to submit comments.",
            **decision,
        ),
        entry(
            "decision",
            "es",
            "Cooperación con otros convenios",
            "Pide a la secretaría que prosiga las negociaciones durante todos los años del bienio.",
            **decision,
        ),
        entry(
            "decision",
            "zh-hans",
            "与其他公约的合作",
            "请秘书处继续在网络空间领域开展合作,并向缔约方大会报告。",
            **decision,
        ),
        entry(
            "news",
            "en",
            "The secretariat moves to a new building",
            kind="page",
            doc_kind="news",
            text="Boxes everywhere.",
        ),
        entry("letter", "en", "Zebra letter", "Confidential zebra.", access="participants", **secret),
        entry("minutes", "en", "Zebra minutes", "Internal zebra.", access="staff", **{**secret, "symbols": ()}),
    ]


def embargoed() -> Entry:
    """The Spanish version of the report, which is released only in September."""
    return entry(
        "report",
        "es",
        "Informe sobre la reunión del Grupo de Trabajo sobre el Tráfico Ilícito de Migrantes",
        "Palabra prematura: jirafa.",
        visible_from=EMBARGOED,
        symbols=("CTOC/COP/WG.4/2019/6", "CTOC/COP/WG.4/2019/CRP.2"),
        process="crime",
        body="smuggling",
        session="s10",
        doc_kind="report",
        date=datetime.date(2019, 9, 11),
    )


def ask(words: str, language: str = "en", visibility: Visibility = PUBLIC, **options: Any) -> Query:
    """A query as the public would make it in June 2026."""
    return Query(words=words, language=language, visibility=visibility, **options)


def keys(results: Results) -> list[str]:
    """The documents found, in their order."""
    return [hit.document_key for hit in results.hits]


def complete(results: Results) -> list[str]:
    """Those of them that hold all the words, which come first."""
    return keys(results)[: results.complete]


def counts(results: Results, facet: str) -> dict[str, int]:
    """The counts of a facet by value."""
    return {value.value: value.count for value in results.facet(facet).values}


def marked(pieces: Any) -> list[str]:
    """The marked stretches of a title or snippet."""
    return [piece.text for piece in pieces if piece.is_match]


def shown(pieces: Any) -> str:
    """The text of a title or snippet."""
    return "".join(piece.text for piece in pieces)
