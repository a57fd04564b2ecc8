"""Mark the titles and the known names in an article: the words that the rest of this stage starts from."""

from dataclasses import dataclass

from spacy.tokens import Doc

from readout.detect.folding import fold
from readout.detect.knowledge import Hit, Knowledge, Sense
from readout.detect.lexicon import word_list
from readout.records import ActorKind

NAME_TAGS = frozenset({"NNP", "NNPS"})


@dataclass(frozen=True, slots=True)
class Words:
    """Titles and known names at the tokens of an article."""

    titles: dict[int, tuple[int, str]]
    hits: dict[int, tuple[int, Hit]]
    covered: frozenset[int]


def mark_words(doc: Doc, knowledge: Knowledge) -> Words:
    """Find the titles and the known names of an article, longest first."""
    hits = _hit_tokens(doc, knowledge)
    covered = frozenset(i for start, (stop, _) in hits.items() for i in range(start, stop))
    return Words(title_tokens(doc, knowledge), hits, covered)


def title_tokens(doc: Doc, knowledge: Knowledge) -> dict[int, tuple[int, str]]:
    """Return where titles stand: first token -> (token after the last, the title)."""
    found: dict[int, tuple[int, str]] = {}
    lower = [fold(token.lower_) for token in doc]
    reached = 0
    for index, word in enumerate(lower):
        longest = knowledge.title_starts.get(word.split(" ")[0] if word.strip() else word, 0)
        if index < reached or not longest:
            continue
        for stop in range(min(len(doc), index + 2 * longest), index, -1):
            words = " ".join(w for w in lower[index:stop] if w.strip())
            words = words if words in knowledge.titles else words.replace(" ' ", "'")
            if words in knowledge.titles and doc[stop - 1].text.strip():
                found[index] = (stop, words)
                reached = stop
                break
            singular = _singular(words)
            if singular in knowledge.titles:
                found[index] = (stop, singular)
                reached = stop
                break
    return found


def _singular(words: str) -> str:
    if words.endswith("men"):
        return words[:-3] + "man"
    return words[:-1] if words.endswith("s") and not words.endswith("ss") else words


def _hit_tokens(doc: Doc, knowledge: Knowledge) -> dict[int, tuple[int, Hit]]:
    """Return where known names stand: first token -> (token after the last, the hit)."""
    folded = fold(doc.text)
    at = {token.idx: token.i for token in doc}
    starts = [t.idx for t in doc if t.text[:1].isupper() or t.text[:1].isdigit() or t.lower_ in word_list("particles")]
    found: dict[int, tuple[int, Hit]] = {}
    for hit in knowledge.hits(folded, starts):
        start = at[hit.start]
        stop = start + 1
        while stop < len(doc) and doc[stop].idx < hit.stop:
            stop += 1
        if not _is_other_name(doc, knowledge, start, stop, hit):
            found[start] = (stop, hit)
    return found


def _is_other_name(doc: Doc, knowledge: Knowledge, start: int, stop: int, hit: Hit) -> bool:
    """Is a country's or body's name only a part of a person's name: "Jordan Peterson", "Michael Jordan"?"""
    if any(known.kind is ActorKind.PERSON for known, _ in hit.senses):
        return False
    before = doc[start - 1] if start else None
    after = doc[stop] if stop < len(doc) else None
    if "$" in doc[start:stop].text or (after is not None and after.text == "$"):
        return True
    if (
        before is not None
        and fold(before.text) in knowledge.first_names
        and before.tag_ in NAME_TAGS
        and stop - start == 1
    ):
        return before.ent_type_ in {"", "PERSON", "PER"}
    if (
        fold(doc[start].text) in knowledge.first_names
        and after is not None
        and after.tag_ in NAME_TAGS
        and stop - start == 1
    ):
        return fold(after.lower_) not in knowledge.titles and after.lower_ not in word_list("organization words")
    return bool(
        stop - start == 1
        and doc[start].text.lower() in {"us", "congo", "car", "male", "delhi"}
        and doc[start].text not in {"US", "Congo", "CAR", "Delhi"}
    )


def country_of(hit: Hit) -> str | None:
    """Return the country that a name or adjective stands for, if it stands for one."""
    for known, sense in hit.senses:
        if known.kind is ActorKind.COUNTRY or sense in {Sense.CAPITAL, Sense.SEAT}:
            return known.country
    return None
