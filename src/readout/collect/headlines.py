"""Tell a headline from the first sentence of a report."""

import re

from rapidfuzz import fuzz

SECOND_SENTENCE = re.compile(r"[a-z]{2}\. [A-Z]")
WORD = re.compile(r"\w[\w.'’-]*")
LONGEST_WORDS = 24
SAME_TITLE = 88.0  # rapidfuzz ratio; headlines of one article differ in an outlet's name or a letter or two


def is_title(line: str, title: str) -> bool:
    """Is this line the given title, give or take typography or the outlet's name at its end?"""
    a, b = " ".join(WORD.findall(line.lower())), " ".join(WORD.findall(title.lower()))
    if not a or not b:
        return False
    return (
        a == b
        or (len(a) >= 15 and (b.startswith(a) or a.startswith(b)) and _close(a, b))
        or fuzz.ratio(a, b) >= SAME_TITLE
    )


def looks_like_headline(line: str, following: str | None) -> bool:
    """Is the first line of a text set like a headline: short, without a full stop, before a paragraph that has one?"""
    words = WORD.findall(line)
    if following is None or not 3 <= len(words) <= LONGEST_WORDS or line.endswith((".", ";", ",", ":", "—", "–", "-")):
        return False
    if line.startswith(('"', "“")) and line.endswith(('"', "”")):
        return False
    if line.endswith(('."', ".”", ",”", ',"', ".'", ".’", ".)")) or SECOND_SENTENCE.search(line):
        return False
    return len(following) > len(line) or following.rstrip("\"”'’)").endswith((".", "!", "?"))


def _close(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 0.6 * max(len(a), len(b))
