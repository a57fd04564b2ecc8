"""Find names: known ones, entities of the language model, and capitalised words beside titles."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from readout.detect.folding import fold
from readout.detect.knowledge import Knowledge, Sense
from readout.detect.lexicon import word_list
from readout.detect.marks import NAME_TAGS, Words, country_of, mark_words
from readout.detect.phrases import Phrase
from readout.records import MentionKind

PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
KEPT_ENTITIES = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "PER", "MISC"}
)


def names(doc: Doc, knowledge: Knowledge) -> list[Phrase]:
    """Return every name of an article, in text order, with the titles and modifiers before it."""
    words = mark_words(doc, knowledge)
    distinct: dict[tuple[int, int], Phrase] = {}
    for core in _cores(doc, knowledge, words):  # known names first: of equal stretches the first is kept
        distinct.setdefault((core.start, core.stop), core)
    cores = sorted(distinct.values(), key=lambda core: core.start)
    return [_with_titles(doc, knowledge, words, core) for core in _without_overlap(cores)]


def _cores(doc: Doc, knowledge: Knowledge, words: Words) -> Iterator[Phrase]:
    entities = {ent.start: ent for ent in doc.ents if ent.label_ in KEPT_ENTITIES}
    for start, (stop, hit) in words.hits.items():
        known, sense = hit.senses[0]
        kind = known.type if sense in {Sense.NAME, Sense.SEAT, Sense.CAPITAL} else "NORP"
        kind = "GPE" if sense is Sense.CAPITAL else kind
        core = _core(doc, start, stop, kind, f"name.known.{sense.value}")
        core.known = hit.senses
        yield core
    for ent in entities.values():
        start, stop = _entity_core(doc, words, ent.start, ent.end)
        if start < stop and not _is_part_of_state(doc, knowledge, words, start, stop):
            label = {"PER": "PERSON"}.get(ent.label_, ent.label_)
            yield _core(doc, start, stop, label, "name.entity")
    yield from _longer_names(doc, knowledge, words)
    yield from _runs(doc, knowledge, words)


def _longer_names(doc: Doc, knowledge: Knowledge, words: Words) -> Iterator[Phrase]:
    """Yield names that contain a known one: "Air Canada", "Boeing Commercial Airplanes"."""
    for start, (stop, hit) in words.hits.items():
        known = hit.senses[0][0]
        first, last = start, stop
        if known.type == "GPE" and hit.senses[0][1] is Sense.NAME:
            while first and _is_part(doc, knowledge, words, first - 1) and first <= doc[first - 1].head.i < stop:
                first -= 1
        elif known.type == "ORG":
            while (
                last < len(doc) and _is_part(doc, knowledge, words, last) and start <= _lowest(doc, start, stop, last)
            ):
                last += 1
        if (first, last) != (start, stop):
            product = any(char.isdigit() for char in doc[last - 1].text)
            yield _core(doc, first, last, "PRODUCT" if product else "ORG", "name.entity.longer")


def _is_part(doc: Doc, knowledge: Knowledge, words: Words, index: int) -> bool:
    """May a word be a part of a longer name of an organization?"""
    token = doc[index]
    known = index in words.covered or index in words.titles or fold(token.text) in knowledge.first_names
    named = token.tag_ in NAME_TAGS and token.text[0].isupper() and token.lower_ not in word_list("not names")
    return named and not known and token.ent_type_ not in {"PERSON", "GPE", "NORP"}


def _lowest(doc: Doc, start: int, stop: int, index: int) -> int:
    """Return the first token of the name that is a compound of the word at a place, -1 if there is none."""
    links = [doc[i].head.i for i in range(start, stop) if doc[i].dep_ in {"compound", "flat"}]
    attached = any(head >= index for head in links) or (
        start <= doc[index].head.i < index and doc[index].dep_ == "flat"
    )
    return start if attached else -1


def _is_part_of_state(doc: Doc, knowledge: Knowledge, words: Words, start: int, stop: int) -> bool:
    """Is an entity a state's part with its country, "Iran's Foreign Ministry", which is read as a description?"""
    if start in words.hits and country_of(words.hits[start][1]):
        start = words.hits[start][0]
        start += doc[start].tag_ == "POS" if start < stop else 0
    return fold(" ".join(doc[start:stop].text.split())).lower() in knowledge.parts


def _core(doc: Doc, start: int, stop: int, label: str, rule: str) -> Phrase:
    root = doc[start:stop].root.i
    return Phrase(start, stop, root, MentionKind.NAME, label, rule, core=(start, stop))


def _entity_core(doc: Doc, words: Words, start: int, stop: int) -> tuple[int, int]:
    """Return an entity without article and titles before it, and possessive after it."""
    while start < stop:
        title = words.titles.get(start)
        if doc[start].tag_ in {"DT", "PRP$"} or doc[start].is_punct or doc[start].is_space:
            start += 1
        elif title and title[0] < stop and doc[start].ent_type_ in {"PERSON", "PER"}:
            start = title[0]
        else:
            break
    while stop > start and (
        doc[stop - 1].tag_ == "POS" or doc[stop - 1].is_space or doc[stop - 1].text in {",", "'s", "’s"}
    ):
        stop -= 1
    return start, stop


def _runs(doc: Doc, knowledge: Knowledge, words: Words) -> Iterator[Phrase]:
    """Yield capitalised words that stand together, outside of known names, entities and titles."""
    shouted = _title_case_tokens(doc)
    titled = {stop for start, (stop, _) in words.titles.items() if doc[start].text[0].isupper()}
    inside = {i for start, (stop, _) in words.titles.items() for i in range(start + 1, stop)}
    index = 0
    while index < len(doc):
        if index in words.hits:
            index = words.hits[index][0]
        elif index in inside and index + 1 in words.hits:
            index += 1
        elif _title_before_name(doc, words, index):
            index = words.titles[index][0]
        elif _opens_name(doc[index], knowledge, shouted) or (index in titled and doc[index].text.istitle()):
            stop = _run_stop(doc, words, index)
            lower = fold(" ".join(doc[index:stop].text.split())).lower()
            if lower not in knowledge.parts and lower not in knowledge.called:
                yield _run_phrase(doc, knowledge, words, index, stop)
            index = stop
        else:
            index += 1


def _title_before_name(doc: Doc, words: Words, index: int) -> bool:
    title = words.titles.get(index)
    if title is None:
        return False
    stop = title[0]
    return (
        stop >= len(doc) or doc[stop].lower_ not in word_list("organization words") or doc[stop - 1].text[0].islower()
    )


def _title_case_tokens(doc: Doc) -> frozenset[int]:
    """Return the tokens of lines in title case or capitals, where a capital says nothing."""
    found: set[int] = set()
    start = 0
    for index in range(len(doc) + 1):
        if index == len(doc) or "\n" in doc[index].text:
            line = [t for t in doc[start:index] if t.is_alpha and len(t) > 3]
            ends = next((t.text for t in reversed(doc[start:index]) if not t.is_space), "")
            if (
                len(line) >= 4
                and ends not in {".", "”", '"'}
                and sum(t.text[0].isupper() for t in line) > 0.7 * len(line)
            ):
                found.update(range(start, index))
            start = index + 1
    return frozenset(found)


def _opens_name(token: Token, knowledge: Knowledge, shouted: frozenset[int]) -> bool:
    capital = token.text[0].isupper() or (token.tag_ in NAME_TAGS and any(c.isupper() for c in token.text))
    if not capital or token.lower_ in word_list("not names"):
        return False
    if token.lower_ in word_list("directions") and (
        token.i + 1 >= len(token.doc) or token.nbor().tag_ not in NAME_TAGS
    ):
        return False
    if token.tag_ not in NAME_TAGS:
        follows_name = token.lower_ in word_list("thing words") and token.i > 0 and token.nbor(-1).tag_ in NAME_TAGS
        return follows_name or (token.is_alpha and (_seen_elsewhere(token, shouted) or _is_surname(token, knowledge)))
    if token.ent_type_ and token.ent_type_ not in KEPT_ENTITIES:
        return False
    if token.i in shouted:
        return fold(token.text) in knowledge.first_names or _seen_elsewhere(token, shouted)
    return len(token.text) > 1


def _is_surname(token: Token, knowledge: Knowledge) -> bool:
    """Is a capitalised word at the start of a sentence the surname of someone known, before a verb?"""
    if token.i + 1 >= len(token.doc) or not knowledge.named(token.text) or token.is_stop:
        return False
    return token.nbor().tag_ in {"VBD", "VBZ", "POS", "MD"}


def _seen_elsewhere(token: Token, shouted: frozenset[int]) -> bool:
    """Does the word stand capitalised in running text of the same article?"""
    key = "readout_running_capitals"
    known = token.doc.user_data.get(key)
    if known is None:
        lower = {t.text for t in token.doc if t.text[:1].islower()}
        running = (t.text for t in token.doc if t.i not in shouted and t.text[:1].isupper() and t.tag_ in NAME_TAGS)
        known = frozenset(text for text in running if text.lower() not in lower)
        token.doc.user_data[key] = known
    return token.text in known


def _run_stop(doc: Doc, words: Words, start: int) -> int:
    stop = start + 1
    while stop < len(doc) and stop not in words.hits:
        token = doc[stop]
        if (
            token.tag_ in NAME_TAGS
            and any(c.isupper() for c in token.text)
            and token.lower_ not in word_list("not names")
        ) or (token.tag_ == "CD" and token.text[0].isdigit() and len(token) < 5 and _ends_name(doc, stop)):
            stop += 1
        elif (
            stop + 1 < len(doc)
            and _joins(doc, stop)
            and doc[stop + 1].text[:1].isupper()
            and stop + 1 not in words.hits
        ):
            stop += 2
        else:
            break
    return stop


def _ends_name(doc: Doc, index: int) -> bool:
    """Does a number end a name ("Falcon 9"), not open a count ("March 5 people")?"""
    after = doc[index + 1] if index + 1 < len(doc) else None
    return doc[index].head.i < index and (after is None or not after.tag_.startswith(("NN", "CD", "JJ")))


def _joins(doc: Doc, index: int) -> bool:
    """Does a word join two parts of a name: a hyphen without spaces, a particle, "&"?"""
    token = doc[index]
    if token.text in {"-", "–"}:
        return not token.whitespace_ and not doc[index - 1].whitespace_
    return token.lower_ in word_list("particles") or token.text == "&"


def _run_phrase(doc: Doc, knowledge: Knowledge, words: Words, start: int, stop: int) -> Phrase:
    if doc[stop - 1].lower_ in word_list("organization words") | word_list("thing words"):
        start = next((s for s, (e, hit) in words.hits.items() if e == start and country_of(hit)), start)
    label = _label(doc, knowledge, words, start, stop)
    return _core(doc, start, stop, label, "name.capitals")


def _label(doc: Doc, knowledge: Knowledge, words: Words, start: int, stop: int) -> str:
    """Say what kind of thing capitalised words name, by the words in and around them."""
    lower = [token.lower_ for token in doc[start:stop]]
    if lower[-1] in word_list("thing words"):
        return "EVENT"
    if any(word in word_list("organization words") for word in lower):
        return "ORG"
    if doc[start:stop].text.isupper() and len(doc[start:stop].text) <= 6 and stop - start == 1:
        return "ORG"
    before = [s for s, (e, _) in words.titles.items() if e == start]
    if before or fold(doc[start].text) in knowledge.first_names or knowledge.named(doc[stop - 1].text):
        return "PERSON"
    if start and doc[start - 1].lower_ in {"mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "sir"}:
        return "PERSON"
    return "MISC"


def _without_overlap(cores: list[Phrase]) -> list[Phrase]:
    """Keep of overlapping names the longest; among equals the known one, then the entity."""
    order = {"name.known": 0, "name.entity": 1, "name.capitals": 2}
    ranked = sorted(cores, key=lambda c: (-_weight(c), order[".".join(c.rule.split(".")[:2])], c.start))
    taken: set[int] = set()
    kept: list[Phrase] = []
    for core in ranked:
        places = range(core.start, core.stop)
        if not taken.intersection(places):
            taken.update(places)
            kept.append(core)
        elif core.known and any(o.start == core.start and o.stop > core.stop and not o.known for o in kept):
            core.reason = "a part of a longer name"
            kept.append(core)
    return sorted(kept, key=lambda c: c.start)


def _weight(core: Phrase) -> float:
    """A known name outweighs a longer stretch of capitals that merely contains it, but not a longer entity."""
    bonus = {"name.known": 1.5, "name.entity": 0.5}.get(".".join(core.rule.split(".")[:2]), 0.0)
    return core.length + bonus


def _with_titles(doc: Doc, knowledge: Knowledge, words: Words, core: Phrase) -> Phrase:
    """Stretch a name over the honorifics, titles and modifiers before it."""
    start = core.start
    if doc[core.stop - 1].lower_ in word_list("organization words") | word_list("thing words"):
        words = Words({}, words.hits, words.covered)
    ends = {stop: (begin, title) for begin, (stop, title) in words.titles.items()}
    while start in ends or _is_honorific(doc, start - 1, knowledge):
        if start in ends:
            begin, title = ends[start]
            core.title = title if core.title is None else f"{title} {core.title}"
            start = begin
        else:
            core.gender = core.gender or _honorific_gender(doc[start - 1], knowledge)
            start -= 1
        if core.type not in {"PERSON", "ORG"} or (core.type == "ORG" and core.rule == "name.capitals"):
            core.type = "PERSON"
    start = _described_start(doc, core, start)
    core.start = _modifiers_start(doc, words, start, titled=core.title is not None, core=core)
    core.number = "p" if core.type == "NORP" and doc[core.stop - 1].tag_ in {"NNPS", "NNS"} else "s"
    return core


def _described_start(doc: Doc, core: Phrase, start: int) -> int:
    """Return the first token of nouns that say what is named: "militant group Boko Haram", "airframer Boeing"."""
    if core.type in {"GPE", "NORP", "LOC"} or core.core is None:
        return start
    before = doc[start - 1] if start else None
    if before is None or before.tag_ not in {"NN", "NNS"} or not core.core[0] <= before.head.i < core.core[1]:
        return start
    first = before.left_edge.i
    linked = all(doc[i].tag_ not in {"IN", "CC", "TO", ","} and "\n" not in doc[i].text for i in range(first, start))
    return first if linked and start - first <= 6 else start


def _is_honorific(doc: Doc, index: int, knowledge: Knowledge) -> bool:
    if index < 0:
        return False
    word = doc[index].lower_
    return doc[index].text[0].isupper() and any(
        word in knowledge.gender_words[key] for key in ("male", "female", "either") if key in knowledge.gender_words
    )


def _honorific_gender(token: Token, knowledge: Knowledge) -> str | None:
    if token.lower_ in knowledge.gender_words["male"]:
        return "m"
    return "f" if token.lower_ in knowledge.gender_words["female"] else None


def _modifiers_start(doc: Doc, words: Words, start: int, *, titled: bool, core: Phrase) -> int:
    """Return the first token of article, adjectives and country before a titled name or a body's name."""
    country_ends = {stop: (begin, hit) for begin, (stop, hit) in words.hits.items()}
    begin = start
    while titled and begin > 0:
        token = doc[begin - 1]
        if (begin in country_ends and core.core and begin != core.core[0]) or (begin in country_ends and titled):
            core.country = core.country or country_of(country_ends[begin][1])
            begin = country_ends[begin][0]
        elif token.tag_ == "POS" and begin - 1 in country_ends:
            begin -= 1
        elif token.lower_ in {"former", "ex", "then", "late"} or (
            token.text == "-" and doc[begin - 2].lower_ in {"ex", "then", "vice"}
        ):
            core.former = core.former or token.lower_ in {"former", "ex"}
            begin -= 1
        elif (
            token.tag_ in {"JJ", "JJS", "NN", "NNP"}
            and token.head.i >= begin
            and token.i not in words.covered
            and token.dep_ in {"amod", "compound"}
        ):
            begin -= 1
        else:
            break
    if (
        begin > 0
        and doc[begin - 1].tag_ in {"DT", "PRP$"}
        and doc[begin - 1].lower_ in {"the", "his", "her", "their", "its", "our", "my"}
    ):
        head = doc[begin - 1].head.i
        inside = begin <= head < core.stop or doc[core.root].dep_ not in {
            "compound",
            "amod",
            "nmod",
            "nmod:poss",
            "nmod:desc",
        }
        if inside and (titled or doc[begin - 1].tag_ != "PRP$") and core.rule != "name.known.adjective":
            begin -= 1
    return begin
