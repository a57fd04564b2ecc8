"""Compare names whatever their accents, apostrophes and hyphens, without moving a character."""

import unicodedata
from functools import cache

SPACES = "-‐‑‒–—\n\r\t\u00a0\u202f\u2009_"
APOSTROPHES = "’‘ʼ`´ʻʿʾ"
PLAIN = {
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ß": "s",
    "æ": "a",
    "Æ": "A",
    "ð": "d",
    "þ": "t",
}


def fold(text: str) -> str:
    """Return the text, as long as before: without accents, hyphens and white space as spaces, apostrophes straight."""
    return text if text.isascii() and not any(char in text for char in "-\n\r\t_`") else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    table = {ord(char): " " for char in SPACES}
    table.update((ord(char), "'") for char in APOSTROPHES)
    table.update((ord(char), plain) for char, plain in PLAIN.items())
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if code not in table and base.isascii():
            table[code] = base
    for code in range(0x1E00, 0x1F00):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    return table
