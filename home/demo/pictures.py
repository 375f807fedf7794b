"""Pictures drawn for the demonstration: calm shapes in the colours of the site, without words."""

import math
from collections.abc import Callable
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image as Picture
from PIL import ImageDraw
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from home.demo.reading import read

SIZE = (1200, 675)
SCALE = 2  # drawn larger and made smaller, so that edges are smooth

PAPER = (229, 241, 243)
PALE = (196, 220, 225)
LIGHT = (140, 184, 193)
MIDDLE = (74, 136, 149)
PETROL = (10, 90, 107)
DEEP = (6, 63, 75)
TONES = [PALE, LIGHT, MIDDLE, PETROL, DEEP]

Draw = ImageDraw.ImageDraw


def load_pictures() -> dict[str, AbstractImage]:
    """The pictures by name, drawn as far as they are missing. A picture is known again by its title."""
    model = get_image_model()
    pictures = {}
    for name, description in read("news")["pictures"].items():
        title = description["en"]
        image = model.objects.filter(title=title).first()
        if image is None:
            content = ImageFile(BytesIO(draw(name)), name=f"{name}.png")
            image = model(title=title, description=title, file=content)
            image.save()
        pictures[name] = image
    return pictures


def draw(name: str) -> bytes:
    """One picture as PNG. Raises KeyError for a name that no drawing has."""
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    picture = Picture.new("RGB", (width, height), PAPER)
    DRAWINGS[name](ImageDraw.Draw(picture), width, height)
    # Few colours: a palette keeps the file small.
    small = picture.resize(SIZE, Picture.Resampling.BOX).quantize(64)
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _seats(draw: Draw, width: int, height: int) -> None:
    """Rows of seats in a half circle around a rostrum."""
    centre = (width / 2, height * 1.02)
    for row in range(7):
        radius = height * (0.26 + 0.09 * row)
        count = 9 + 4 * row
        size = height * 0.023
        for seat in range(count):
            angle = math.pi * (0.06 + 0.88 * seat / (count - 1))
            x, y = centre[0] - radius * math.cos(angle), centre[1] - radius * math.sin(angle)
            tone = TONES[(row + seat // 5) % len(TONES)]
            draw.rounded_rectangle((x - size, y - size, x + size, y + size), radius=size * 0.6, fill=tone)
    half = width * 0.07
    draw.rectangle((centre[0] - half, height * 0.9, centre[0] + half, height), fill=DEEP)


def _papers(draw: Draw, width: int, height: int) -> None:
    """Sheets of paper, each a little aside, with lines on the uppermost."""
    for index, tone in enumerate([MIDDLE, LIGHT, PALE, (255, 255, 255)]):
        left, top = width * (0.27 + 0.05 * index), height * (0.3 - 0.06 * index)
        draw.rectangle((left, top, left + width * 0.32, top + height * 0.72), fill=tone, outline=PETROL, width=4)
    left, top = width * 0.455, height * 0.2
    for line in range(9):
        length = width * (0.2 if line % 4 == 3 else 0.26)
        y = top + line * height * 0.058
        draw.rectangle((left, y, left + length, y + height * 0.014), fill=PETROL if line == 0 else LIGHT)


def _waves(draw: Draw, width: int, height: int) -> None:
    """Calm waves, darker towards the front."""
    for index, tone in enumerate(TONES):
        base, swing = height * (0.36 + 0.14 * index), height * 0.06
        points = [
            (x, base + swing * math.sin(2 * math.pi * (x / width * (1.3 + 0.25 * index) + 0.23 * index)))
            for x in range(0, width + 20, 20)
        ]
        draw.polygon([*points, (width, height), (0, height)], fill=tone)


def _hills(draw: Draw, width: int, height: int) -> None:
    """Hills one behind the other under a low sun."""
    sun = height * 0.13
    draw.ellipse((width * 0.66 - sun, height * 0.3 - sun, width * 0.66 + sun, height * 0.3 + sun), fill=(251, 242, 221))
    for index, tone in enumerate(TONES):
        points = [
            (
                x,
                height * (0.42 + 0.11 * index)
                - height * 0.09 * math.sin(3.1 * x / width + 1.7 * index)
                - height * 0.04 * math.sin(9 * x / width + index),
            )
            for x in range(0, width + 20, 20)
        ]
        draw.polygon([*points, (width, height), (0, height)], fill=tone)


def _facets(draw: Draw, width: int, height: int) -> None:
    """A cut stone seen from the side: crown and pavilion in facets."""
    middle, girdle, table, tip = width / 2, height * 0.4, height * 0.2, height * 0.88
    half, top_half = width * 0.27, width * 0.15
    edges = [middle - half + half * 2 * step / 6 for step in range(7)]
    tops = [middle - top_half + top_half * 2 * step / 5 for step in range(6)]
    for step in range(6):
        draw.polygon([(edges[step], girdle), (edges[step + 1], girdle), (middle, tip)], fill=TONES[(step * 2) % 5])
        draw.polygon(
            [(edges[step], girdle), (edges[step + 1], girdle), (tops[min(step, 5)], table)], fill=TONES[step % 5]
        )
    for step in range(5):
        draw.polygon(
            [(tops[step], table), (tops[step + 1], table), (edges[step + 1], girdle)], fill=TONES[(step + 2) % 5]
        )


def _columns(draw: Draw, width: int, height: int) -> None:
    """Two columns of lines, paragraph beside paragraph."""
    y = height * 0.14
    for lines, tone in ((3, PETROL), (4, MIDDLE), (2, DEEP), (4, LIGHT)):
        for line in range(lines):
            last = line == lines - 1
            for left, short in ((0.16, 0.19), (0.54, 0.24)):
                right = left + (short if last else 0.3)
                draw.rectangle((width * left, y, width * right, y + height * 0.02), fill=tone)
            y += height * 0.045
        y += height * 0.04


DRAWINGS: dict[str, Callable[[Draw, int, int], None]] = {
    "seats": _seats,
    "papers": _papers,
    "waves": _waves,
    "hills": _hills,
    "facets": _facets,
    "columns": _columns,
}
