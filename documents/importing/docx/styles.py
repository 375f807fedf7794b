"""Word's styles: which properties a paragraph or run has by its style and those that it is based on."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from documents.importing.docx.package import W, child_value, switch, whole

_LONGEST_CHAIN = 20  # styles; Word itself allows ten or so
_AUTOMATIC_SPACING = 280  # twips that Word puts where spacing is "auto"


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._chains: dict[str | None, list[Element]] = {}
        self._toggles: dict[tuple[str, str | None], bool] = {}
        self._default: str | None = None
        for style in root.findall(W + "style") if root is not None else ():
            identifier = style.get(W + "styleId")
            if identifier is None:
                continue
            self._styles[identifier] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true", "on"}:
                self._default = identifier
        defaults = root.find(W + "docDefaults") if root is not None else None
        self._run_defaults = defaults.find(f"{W}rPrDefault/{W}rPr") if defaults is not None else None
        self._paragraph_defaults = defaults.find(f"{W}pPrDefault/{W}pPr") if defaults is not None else None

    @property
    def language(self) -> str | None:
        """The language of text that names none, as a short code."""
        named = child_value(self._run_defaults, "lang")
        return named.split("-")[0].lower() if named else None

    def of_paragraph(self, properties: Element | None) -> str | None:
        """The id of a paragraph's style: its own, else the default one."""
        return child_value(properties, "pStyle") or self._default

    def chain(self, identifier: str | None) -> list[Element]:
        """A style and those it is based on, the nearest first. A style based on itself ends the chain."""
        known = self._chains.get(identifier)
        if known is not None:
            return known
        chain: list[Element] = []
        base = identifier
        while base and base in self._styles and len(chain) < _LONGEST_CHAIN:
            style = self._styles[base]
            if style in chain:
                break
            chain.append(style)
            base = child_value(style, "basedOn")
        self._chains[identifier] = chain
        return chain

    def outline_level(self, properties: Element | None) -> int | None:
        """The depth of a heading from 0, or None for running text."""
        found = child_value(properties, "outlineLvl")
        for style in self.chain(self.of_paragraph(properties)):
            found = found or child_value(style.find(W + "pPr"), "outlineLvl")
        level = whole(found, 9)
        return level if 0 <= level < 6 else None

    def spacing(self, properties: Element | None) -> tuple[int, int]:
        """The space before and after a paragraph, in twips."""
        before, after = self._spacing(properties, "before"), self._spacing(properties, "after")
        return before, after

    def alignment(self, properties: Element | None) -> str:
        """How a paragraph is set: left, center, right, both; "left" where nothing says."""
        for one in self._paragraph_properties(properties):
            if found := child_value(one, "jc"):
                return {"start": "left", "end": "right"}.get(found, found)
        return "left"

    def indent(self, properties: Element | None) -> int:
        """The indent of a paragraph's first line at its beginning, in twips; a hanging label is not counted."""
        for one in self._paragraph_properties(properties):
            for side in ("start", "left"):
                if found := child_value(one, "ind", side):
                    return max(0, whole(found, 0))
        return 0

    def breaks_page(self, properties: Element | None) -> bool:
        """Whether a paragraph begins a page."""
        said = (switch(one, "pageBreakBefore") for one in self._paragraph_properties(properties))
        return next((found for found in said if found is not None), False)

    def is_on(self, name: str, run: Element | None, paragraph_style: str | None) -> bool:
        """Whether a toggle property such as b, i or vanish holds for a run.

        What the run itself says wins. A character style turns around what the paragraph's style says (ECMA-376,
        17.7.3).
        """
        direct = switch(run, name)
        if direct is not None:
            return direct
        by_character = self._by_style(name, child_value(run, "rStyle"))
        by_paragraph = self._by_style(name, paragraph_style)
        return by_character != by_paragraph or bool(
            not by_character and not by_paragraph and switch(self._run_defaults, name)
        )

    def raised(self, run: Element | None) -> str | None:
        """Whether a run is set as "superscript" or "subscript"."""
        found = child_value(run, "vertAlign")
        for style in self.chain(child_value(run, "rStyle")):
            found = found or child_value(style.find(W + "rPr"), "vertAlign")
        return found

    def _by_style(self, name: str, identifier: str | None) -> bool:
        if (name, identifier) not in self._toggles:
            said = (switch(style.find(W + "rPr"), name) for style in self.chain(identifier))
            self._toggles[name, identifier] = next((found for found in said if found is not None), False)
        return self._toggles[name, identifier]

    def _paragraph_properties(self, properties: Element | None) -> Iterator[Element | None]:
        yield properties
        for style in self.chain(self.of_paragraph(properties)):
            yield style.find(W + "pPr")
        yield self._paragraph_defaults

    def _spacing(self, properties: Element | None, side: str) -> int:
        for one in self._paragraph_properties(properties):
            if child_value(one, "spacing", f"{side}Autospacing") in {"1", "true", "on"}:
                return _AUTOMATIC_SPACING
            if found := child_value(one, "spacing", side):
                return whole(found, 0)
        return 0
