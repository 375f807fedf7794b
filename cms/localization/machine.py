"""The translation engine, if one is set up: wagtail-localize's own classes for LibreTranslate, DeepL and Google.

What an engine answers is foreign text: it is read as codes and plain text, and its markup is never kept as it came.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from requests import HTTPError, RequestException
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import Translation
from wagtail_localize.strings import StringValue

from cms.localization.texts.rows import Row
from cms.localization.texts.saving import Refused, checked

logger = logging.getLogger(__name__)

# Of one request: DeepL takes 50 texts, Google 30,000 characters, and LibreTranslate what its keeper allows.
MOST_TEXTS = 50
MOST_CHARACTERS = 5_000
# A key that the engine does not take, and too many requests or characters.
FORBIDDEN, TOO_MANY = (401, 403), (413, 429, 456)

_PACKAGE = "wagtail_localize.machine_translators"
# What each of the classes cannot do without, and the variable of the environment that gives it.
REQUIRED = {
    f"{_PACKAGE}.libretranslate.LibreTranslator": {"LIBRETRANSLATE_URL": "TRANSLATION_ENGINE_URL"},
    f"{_PACKAGE}.deepl.DeepLTranslator": {"AUTH_KEY": "TRANSLATION_ENGINE_KEY"},
    f"{_PACKAGE}.google.GoogleCloudTranslator": {"PROJECT_ID": "TRANSLATION_ENGINE_PROJECT"},
}


class EngineError(Exception):
    """The engine gave no translations. The message is a sentence for the translator."""


def engine() -> BaseMachineTranslator | None:
    """The engine that is set up; None without one, and with one that is set up by half."""
    config = _config()
    if config is None or problem() is not None:
        return None
    translator: BaseMachineTranslator = import_string(config["CLASS"])(config.get("OPTIONS", {}))
    return translator


def problem() -> str | None:
    """Why the engine that is named in the settings cannot work, for whoever runs the site; None where it can."""
    config = _config()
    if config is None:
        return None
    path = str(config.get("CLASS", ""))
    missing = [name for option, name in REQUIRED.get(path, {}).items() if not config.get("OPTIONS", {}).get(option)]
    if missing:
        return f"{path.rpartition('.')[2]} needs {', '.join(missing)}."
    try:
        import_string(path)
    except ImportError as error:
        return f"{path or 'The engine'} cannot be loaded: {error}."
    return None


def _config() -> dict[str, Any] | None:
    config: dict[str, Any] | None = getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None)
    return config


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The texts as they are sent, so many at once as any engine takes; a text is never divided."""
    batch: list[Row] = []
    characters = 0
    for row in rows:
        length = len(row.segment.string.data)
        if batch and (len(batch) == MOST_TEXTS or characters + length > MOST_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(row)
        characters += length
    if batch:
        yield batch


def translate(translator: BaseMachineTranslator, translation: Translation, rows: Sequence[Row]) -> list[str | None]:
    """The translations of some texts as they are kept, in their order: one request over the network.

    None for a text in which a code was lost or doubled, or that its field does not take. Raises EngineError.
    """
    sources = [StringValue(row.segment.string.data) for row in rows]
    locales = translation.source.locale, translation.target_locale
    try:
        if not translator.can_translate(*locales):
            raise EngineError(
                _("%(engine)s does not translate between these languages.") % {"engine": name_of(translator)}
            )
        answers = translator.translate(*locales, list(dict.fromkeys(sources)))
        texts = [answers[source].data for source in sources]
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("The engine answered something else than texts.")
    except EngineError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever an engine's class lets through: its network, its answer
        # Without the traceback, which may hold the request and with it the key.
        logger.warning("%s gave no translations: %s", type(translator).__name__, type(error).__name__)
        raise EngineError(_sentence(error) % {"engine": name_of(translator)}) from None
    return [_kept(translation, row, text) for row, text in zip(rows, texts, strict=True)]


def name_of(translator: BaseMachineTranslator) -> str:
    """What the engine is called."""
    return str(translator.display_name)


def name_of_engine() -> str:
    """What the engine that is set up is called; empty without one."""
    translator = engine()
    return name_of(translator) if translator is not None else ""


def _sentence(error: Exception) -> str:
    status = error.response.status_code if isinstance(error, HTTPError) and error.response is not None else 0
    if status in FORBIDDEN:
        return _("%(engine)s refused the request: its key is missing, wrong or used up.")
    if status in TOO_MANY:
        return _("%(engine)s takes no more texts now. Try again later.")
    if isinstance(error, RequestException) and not isinstance(error, ValueError):
        return _("%(engine)s cannot be reached. Try again later.")
    return _("%(engine)s gave an answer that cannot be understood.")


def _kept(translation: Translation, row: Row, text: str) -> str | None:
    """An engine's text as it is kept; None where its codes are not those of the source, each once."""
    shown = row.shown(text)
    found = [row.source.read(match) for match in row.source.pattern.finditer(shown)] if row.source.codes else []
    wanted = len(row.source.codes) + sum(not code.alone for code in row.source.codes)
    if len(found) != wanted or len(set(found)) != wanted:
        return None
    try:
        return checked(translation, row, shown) or None
    except Refused:
        return None
