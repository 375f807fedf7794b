"""The made-up documents of `mastheads`, and longer texts, printed as PDF files by a browser."""

import html
import re

from playwright.sync_api import Page

from tests.benchmarks.texts import LANGUAGES
from tests.documents.importing.mastheads import Printed

_NOTE = re.compile(r"(\*|1) ([^\s-].*)")
_JOB = re.compile(r"\d\d-\d{5} ")
_FAMILIES = {"ar": "Noto Naskh Arabic", "zh": "Noto Serif CJK SC"}
STYLE = """
  @page { size: A4; margin: 0 }
  body { font: 11pt/%(leading)s %(family)s, "Liberation Serif", "DejaVu Serif", serif; margin: 0 }
  main { padding: 15mm 20mm }
  p { margin: 0 0 7pt; text-align: justify }
  .head { display: grid; grid-template-columns: 60%% 40%%; margin-block-end: 18pt }
  .head p, .line { text-align: start; margin: 0 }
  .gap { height: 20pt }
  h1 { font-size: 14pt; margin: 0 0 4pt } h2 { font-size: 11pt; margin: 12pt 0 6pt }
  .number { display: inline-block; min-width: 24pt }
  .notes { position: absolute; inset-block-start: 235mm; inset-inline: 20mm; font-size: 8.5pt }
  .foot { position: absolute; inset-block-start: 275mm; inset-inline: 20mm; font-size: 8.5pt }
  sup { font-size: 60%%; line-height: 0 }
  .columns { columns: 2; column-gap: 10mm }
"""


def print_document(page: Page, printed: Printed) -> bytes:
    """A made-up document on one page, set as such documents are: masthead in two halves, notes at the foot."""
    lines = printed.text.rstrip("\f\n").split("\n")
    end = next(number for number, line in enumerate(lines) if "Original" in line) + 1
    notes = [match for line in lines[end:] if (match := _NOTE.fullmatch(line.strip()))]
    job = next(line for line in lines if _JOB.search(line))
    after = [
        line
        for line in lines[end:]
        if not _NOTE.fullmatch(line.strip()) and line != job and not re.match(r"_{4}|\d{6}$|\*\d", line.strip())
    ]
    body = "".join(_body_line(line) for line in _joined(after, printed.title))
    feet = "".join(f"<p class=line><sup>{match[1]}</sup> {html.escape(match[2])}</p>" for match in notes)
    head = "".join(f"<p>{html.escape(cell)}</p>" for line in lines[:end] if line.strip() for cell in _halves(line))
    content = (
        f"<div class=head>{head}</div>{body}<div class=notes><p class=line>__________________</p>{feet}</div>"
        f"<div class=foot>{html.escape(re.sub(' +', ' ', job.strip()))}<br>*3201234*</div>"
    )
    return _print(page, printed.language, content)


def _halves(line: str) -> list[str]:
    """The left and the right half of a masthead's line."""
    cells = re.split(r" {3,}", line.strip())
    is_right = len(line) - len(line.lstrip()) > 30 or cells[0].startswith(("CTOC", "Distr", "1 Feb", "Orig"))
    return cells if len(cells) > 1 else ["", cells[0]] if is_right or cells[0] == "Arabic" else [cells[0], ""]


def _joined(lines: list[str], title: str) -> list[str]:
    """The lines after the masthead with those of one paragraph put together."""
    joined: list[str] = []
    for line in (line.strip() for line in lines):
        goes_on = joined and line and _is_numbered(joined[-1]) and not _is_numbered(line)
        if goes_on:
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def _is_numbered(line: str) -> bool:
    return bool(re.match(r"\d{1,2}(?:\.| -)", line)) and len(line) > 12


def _body_line(line: str) -> str:
    if not line:
        return "<div class=gap></div>"
    text = re.sub(r"(?<=[.。])1$", "<sup>1</sup>", html.escape(re.sub(" {2,}", " ", line)))
    return f"<p class=line>{text}</p>"


def long_text(language: str) -> list[str]:
    """Twenty-four numbered paragraphs under three headings, in one of the six languages, one a line."""
    words = next(one for one in LANGUAGES if one.code == language)
    lines: list[str] = []
    for number in range(1, 25):
        if number % 8 == 1:
            heading = words.headings[number // 8]
            lines.append(f"{'I' * (1 + number // 8)}. {heading}")
        turned = words.sentences[number % 5 :] + words.sentences[: number % 5]
        text = " ".join(turned) if language != "zh" else "".join(turned)
        label = f"{number} -" if language == "ar" else f"{number}."
        lines.append(f"{label} {text.format(number=number + 10, cited=f'CTOC/COP/WG.{number}/2031/{number}')}")
    return lines


def print_long(page: Page, language: str, *, columns: int) -> bytes:
    """The long text on several pages with running heads, in one or two columns, words broken at line ends."""
    content = "".join(_long_line(line) for line in long_text(language))
    return _print(page, language, f"<div class={'columns' if columns == 2 else 'one'}>{content}</div>", running=True)


def _long_line(line: str) -> str:
    if line.startswith("I"):
        return f"<h2>{html.escape(line)}</h2>"
    label, text = re.match(r"(\d+(?:\.| -)) (.*)", line).groups()
    broken = re.sub(r"([^\W\d_/]{4})(?=[^\W\d_/]{4})", "\\1\u00ad", text) if text.isascii() else text
    return f"<p><span class=number>{label}</span>{html.escape(broken)}</p>"


def _print(page: Page, language: str, content: str, *, running: bool = False) -> bytes:
    direction = "rtl" if language == "ar" else "ltr"
    family = _FAMILIES.get(language, "Liberation Serif")
    # Closer lines of Arabic would be painted in part on the page before, outside of what is shown of it.
    style = STYLE % {"family": f'"{family}"', "leading": 1.7 if language == "ar" else 1.25}
    margin = "@page { margin: 25mm 20mm } main { padding: 0 }" if running else ""
    page.set_content(
        f"<!doctype html><html lang={language} dir={direction}><style>{style}{margin}</style><main>{content}</main>"
    )
    small = "font: 8pt serif; width: 100%; margin: 0 20mm"
    return page.pdf(
        format="A4",
        display_header_footer=running,
        header_template=f'<div style="{small}">CTOC/COP/2032/7</div>',
        footer_template=(
            f'<div style="{small}">32-01234 &nbsp; &nbsp; &nbsp; &nbsp;'
            ' <span class="pageNumber"></span>/<span class="totalPages"></span></div>'
        ),
        prefer_css_page_size=True,
        print_background=True,
    )
