"""Turn bytes into text: decode, repair what was decoded wrongly before, and refuse what is no English text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import ftfy
from ftfy.badness import is_bad

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
SAMPLE = 1_000  # characters that say which language a text is in
SURE_LETTERS = 200  # a text with more letters is of the language that is likeliest, however close the second
FEW_LETTERS = 20  # a text with fewer could be in any language
COMMONEST = frozenset(
    ["the", "of", "and", "to", "that", "is", "was", "it", "for", "with", "as", "his", "has", "by", "not", "said"]
)
SURE = 0.6  # probability below which a shorter text counts as English
LATIN_WORD = re.compile(r"[a-z]+")
CONTROL_WESTERN = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]")
CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
MOJIBAKE = re.compile(
    "[\u0080-\u00ff√‚ƒ]"
)  # what is there when UTF-8 was read as something else; cheaper to look for first
REPAIR = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text; `repaired` when its encoding was broken. Without a text, the reason."""

    text: str = ""
    repaired: bool = False
    reason: str | None = None


def decode(data: bytes) -> Decoded:
    """Return the text of these bytes, as given but for a byte order mark, or the reason why there is none."""
    if not data.strip():
        return Decoded(reason="the file is empty")
    kind = next((kind for magic, kind in MAGIC if data.startswith(magic)), None)
    if kind is not None:
        return Decoded(reason=f"this is {kind}, not a text")
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if b"\x00" in data:
        return Decoded(
            reason="it contains NUL characters: a binary file, or a text in UTF-16 without a byte order mark"
        )
    return _decoded(data, "utf-8")


def checked(text: str) -> Decoded:
    """Return a text that came as characters, repaired if its encoding is broken, or the reason why it is refused."""
    if not text.strip():
        return Decoded(reason="the text is empty")
    if "\x00" in text:
        return Decoded(reason="the text contains NUL characters")
    if SURROGATE.search(text):
        return Decoded(reason="the text contains half of a surrogate pair, which is no character")
    if len(CONTROL.findall(text[:100_000])) > 0.02 * len(text[:100_000]):
        return Decoded(reason="it is full of control characters: a binary file")
    if text.count("\ufffd") > 0.005 * len(text) + 5:
        return Decoded(reason="wrongly encoded: characters were lost (U+FFFD) before it came here")
    return _repaired(text.removeprefix("\ufeff"))


def language_reason(text: str) -> str | None:
    """Return why a text is not read as English; None when it is."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters == 0:
        return "it contains no words"
    foreign = sum(
        char.isalpha() and not unicodedata.name(char, "").startswith("LATIN")
        for char in sample[:500]
        if not char.isascii()
    )
    if foreign > 0.5 * sum(map(str.isalpha, sample[:500])):
        return "not in English: most letters are not Latin"
    language, probability = _identifier().classify(sample)
    sure = letters >= SURE_LETTERS or probability >= SURE
    if language == "en" or not sure or letters < FEW_LETTERS or _has_english_words(sample):
        return None
    return f"not in English (language {language!r})"


def _has_english_words(sample: str) -> bool:
    """Is every sixth word one of the commonest English ones? Names and pidgins mislead the language model."""
    words = LATIN_WORD.findall(sample.lower())
    return sum(word in COMMONEST for word in words) * 6 > len(words)


def _decoded(data: bytes, encoding: str) -> Decoded:
    try:
        return checked(data.decode(encoding))
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            return Decoded(reason=f"wrongly encoded: it says {encoding}, and byte {error.start} is not")
    return _of_windows(data)


def _of_windows(data: bytes) -> Decoded:
    """Read bytes that are not UTF-8 as Windows-1252, the encoding of most old Western text; or refuse them."""
    text = ftfy.fix_encoding(data.decode("sloppy-windows-1252"))
    foreign = sum(not char.isascii() and not char.isspace() for char in text)
    control = len(CONTROL_WESTERN.findall(text))
    if control > 0.002 * len(text) or foreign > 0.1 * len(text):
        return Decoded(reason="wrongly encoded: neither UTF-8 nor a Western 8-bit encoding")
    found = checked(text)
    return Decoded(found.text, True, found.reason)


def _repaired(text: str) -> Decoded:
    if not MOJIBAKE.search(text) or not is_bad(text):
        return Decoded(text)
    repaired = ftfy.fix_encoding(text, REPAIR)
    return Decoded(repaired, repaired != text)


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # 0.2 s that only readers of text pay

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
