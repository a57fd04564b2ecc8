"""What cannot speak: things, happenings and stretches of time; and captions, credits and links, which nobody says."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from spacy.tokens import Token

from readout.extract.wordclasses import word_class

LONGEST_CAPTION = 700  # characters of a paragraph that can be a caption with its credit


@dataclass(frozen=True, slots=True)
class Things:
    """The table data/things.yaml: nouns that name no speaker, passives that report nobody, and marks of captions."""

    nouns: frozenset[str]
    obliging: frozenset[str]
    captions: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def things() -> Things:
    """Return the table of data/things.yaml."""
    text = files("readout.extract").joinpath("data/things.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    return Things(
        nouns=frozenset(str(noun) for nouns in data["nouns"].values() for noun in nouns),
        obliging=frozenset(data["obliging"]),
        captions=tuple((entry["id"], re.compile(entry["pattern"])) for entry in data["captions"]),
    )


def is_thing(token: Token) -> bool:
    """Is this a common noun for what cannot speak: "pressure", "the move", "day"?"""
    return word_class(token) == "NOUN" and token.lemma_.lower() in things().nouns


def caption_rule(paragraph: str) -> str | None:
    """Return the rule by which a paragraph is a caption, a credit or a link to something else; None for prose."""
    text = paragraph.strip()
    if not text or len(text) > LONGEST_CAPTION:
        return None
    return next((rule for rule, pattern in things().captions if pattern.search(text)), None)
