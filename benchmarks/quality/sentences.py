"""Are the events of single sentences right, in running text, of which most holds none?

python -m benchmarks.quality.sentences CORPORA [JUDGED.jsonl]    figures, a table by type, false alarms by cause

200 sentences, drawn with the seed 20261121 (half of polnear/dev, half of stories/allsides_dev; 6 to 70 words), were
judged from the text alone before any output was seen; 50 of them a second time by another judge. data/sentences.jsonl
keeps document, offsets and labels, no text. An event that can be judged either way is optional: neither missed nor a
false alarm. 910 more, of polnear/train and allsides_dev, stand in data/sentences_dev.jsonl: those may be read.

An event is right if its type is one of those that the judge allows, and on both sides either no party stands where none
should, or at least one party is the right one. "exact" asks for all parties and no other.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

from spacy.tokens import Doc

from readout import pipeline
from readout.annotations import events_of, make_doc, mentions_of, plain_article
from readout.records import Event, Mention, Party

DATA = ("polnear/dev/text", "stories/allsides_dev.jsonl")
JUDGED = Path(__file__).parent / "data" / "sentences.jsonl"
SECOND = Path(__file__).parent / "data" / "sentences_second.jsonl"
SAME_ACT = ({"COERCE", "SANCTION"},)  # sanctions, bans, convictions: tables of CAMEO and PLOVER differ
Row: TypeAlias = dict[str, Any]
Pair: TypeAlias = tuple[Row, Event]


@dataclass(slots=True)
class Result:
    """What became of the events of some sentences."""

    right: list[Pair] = field(default_factory=list)
    exact: int = 0
    type_only: list[Pair] = field(default_factory=list)  # right type, wrong parties
    missed: list[Row] = field(default_factory=list)
    false: list[tuple[Row, Event]] = field(default_factory=list)  # the sentence's row, the event

    @property
    def found(self) -> int:
        """How many events were found, optional ones left out."""
        return len(self.right) + len(self.type_only) + len(self.false)

    @property
    def wanted(self) -> int:
        """How many events should be found."""
        return len(self.right) + len(self.type_only) + len(self.missed)


def measure(corpora: Path) -> dict[str, float]:
    """Return precision, recall and F1 of events in percent: with parties, by type alone, and with all parties."""
    result = judged(corpora, JUDGED)
    figures: dict[str, float] = {}
    typed = len(result.right) + len(result.type_only)
    for name, right in (("", len(result.right)), ("type_", typed), ("exact_", result.exact)):
        precision, recall = percent(right, result.found), percent(right, result.wanted)
        figures[f"{name}precision"], figures[f"{name}recall"] = precision, recall
        figures[f"{name}f1"] = 2 * precision * recall / (precision + recall) if right else 0.0
    return figures


def percent(part: int, whole: int) -> float:
    """Return a share in percent."""
    return 100 * part / whole if whole else 0.0


def judged(corpora: Path, path: Path) -> Result:
    """Return what the pipeline finds in judged sentences, against the judgement."""
    result = Result()
    for row, doc in readings(corpora, path):
        compare(row, told_in(row, events_of(doc)), mentions_of(doc), result)
    return result


def told_in(row: Row, events: Iterable[Event]) -> list[Event]:
    """Return the events of a sentence that are not told as not having happened: to a judge those are none."""
    inside = (event for event in events if row["start"] <= event.trigger[0].start < row["stop"])
    return [event for event in inside if not event.factuality.endswith("-")]


def rows_of(path: Path) -> list[Row]:
    """Return the lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def readings(corpora: Path, path: Path) -> Iterator[tuple[Row, Doc]]:
    """Yield the judged sentences with their documents, read whole."""
    nlp, read, known = pipeline.load(), {}, documents(corpora)
    for row in rows_of(path):
        key = row["set"], row["doc"]
        if key not in read:
            read = {key: read_whole(nlp, *known[key])}
        yield row, read[key]


def read_whole(nlp: Any, text: str, date: str | None) -> Doc:
    """Return the document, read by all steps."""
    doc = make_doc(nlp, replace(plain_article(text), published=date))
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def documents(corpora: Path) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Return text and date of the documents, by corpus and id."""
    found: dict[tuple[str, str], tuple[str, str | None]] = {}
    for name, folder in (("polnear", "polnear/dev/text"), ("polnear-train", "polnear/train/text")):
        for path in (corpora / folder).glob("*.txt"):
            with path.open(encoding="utf-8", newline="") as file:
                found[name, path.stem] = file.read(), None
    for row in rows_of(corpora / "stories/allsides_dev.jsonl"):
        found["allsides", row["id"]] = row["text"], row["date"]
    return found


def compare(row: Row, found: Sequence[Event], mentions: Sequence[Mention], result: Result) -> None:
    """Add the outcome of one sentence: the best pairs first, each event once."""
    left, gold = list(found), list(row["events"])
    ranked = sorted(product(gold, left), key=lambda pair: -likeness(*pair, mentions))
    for want, event in ranked:
        if likeness(want, event, mentions) <= 0 or want not in gold or event not in left:
            continue
        gold.remove(want)
        left.remove(event)
        if want.get("optional"):
            continue
        if not has_type(want, event):
            result.missed.append(want)
            result.false.append((row, event))
        elif parties_agree(want, event, mentions):
            result.right.append((want, event))
            result.exact += parties_agree(want, event, mentions, all_of_them=True)
        else:
            result.type_only.append((want, event))
    result.missed.extend(want for want in gold if not want.get("optional"))
    result.false.extend((row, event) for event in left if not near_optional(row, event))


def likeness(want: Row, event: Event, mentions: Sequence[Mention]) -> int:
    """Rank a pair: the same words, the same type, the same parties; 0 when neither words nor type are the same."""
    touches = any(span.start < want["trigger"][1] and want["trigger"][0] < span.stop for span in event.trigger)
    typed = has_type(want, event)
    if want.get("optional") and not touches:
        return 0
    agree = typed and parties_agree(want, event, mentions)
    return 4 * typed + 3 * touches + 2 * agree


def near_optional(row: Row, event: Event) -> bool:
    """Do the words of an event touch those of an optional one?"""
    spans = [want["trigger"] for want in row["events"] if want.get("optional")]
    return any(span.start < stop and start < span.stop for span in event.trigger for start, stop in spans)


def has_type(want: Row, event: Event) -> bool:
    """Is the type one that the judge allows?"""
    types = set(want["types"])
    if event.type == "AGREE" and event.aspect == "future" and "CONSULT" in types:
        return True  # PLOVER's manual: a meeting to come is AGREE
    return event.type in types or any(event.type in same and types & same for same in SAME_ACT)


def parties_agree(want: Row, event: Event, mentions: Sequence[Mention], *, all_of_them: bool = False) -> bool:
    """Are source and target right? Where both sides act, either may stand on either side."""
    agree = whole_side if all_of_them else side
    if want.get("reciprocal"):
        return agree([*want["sources"], *want["targets"]], [*event.sources, *event.targets], mentions)
    sources = agree(want["sources"], event.sources, mentions)
    return sources and agree(want["targets"], event.targets, mentions)


def side(want: Sequence[Row], found: Sequence[Party], mentions: Sequence[Mention]) -> bool:
    """Is one party right, or none there where none should be?"""
    needed = [one for one in want if not one.get("maybe")]
    if not found:
        return not needed
    return any(same(one, party, mentions) for one, party in product(want, found))


def whole_side(want: Sequence[Row], found: Sequence[Party], mentions: Sequence[Mention]) -> bool:
    """Are all parties there, and no other?"""
    needed = [one for one in want if not one.get("maybe")]
    complete = all(any(same(one, party, mentions) for party in found) for one in needed)
    return complete and all(any(same(one, party, mentions) for one in want) for party in found)


def same(one: Row, party: Party, mentions: Sequence[Mention]) -> bool:
    """Are the judge's words and a party the same: by their place, by chain or actor, or by a name from outside?"""
    if "name" in one:
        words = set(f"{party.name or ''} {party.span.text}".lower().split())
        return bool(words & {word for word in one["name"].lower().split() if len(word) > 2})
    if party.span.start < one["stop"] and one["start"] < party.span.stop:
        return True
    there = [mention for mention in mentions if one["start"] <= mention.head < one["stop"]]
    chains = {mention.chain for mention in mentions if mention.id == party.mention}
    return any(
        mention.chain in chains or (mention.actor is not None and mention.actor == party.actor) for mention in there
    )


def table(result: Result) -> Iterator[str]:
    """Yield a line per type, then the false alarms by cause."""
    yield f"{'type':10} wanted  right  wrong parties  missed  false"
    right, wrong = of_wanted(want for want, _ in result.right), of_wanted(want for want, _ in result.type_only)
    missed, false = of_wanted(result.missed), Counter(event.type for _, event in result.false)
    for name in sorted({*right, *wrong, *missed, *false}):
        total = right[name] + wrong[name] + missed[name]
        yield f"{name:10} {total:6} {right[name]:6} {wrong[name]:14} {missed[name]:7} {false[name]:6}"
    causes = Counter(
        row.get("cause", "sentence with other events" if row["events"] else "other") for row, _ in result.false
    )
    yield from (f"false, {name}: {count}" for name, count in causes.most_common())


def of_wanted(found: Iterable[Row]) -> Counter[str]:
    """Count judged events by their first type."""
    return Counter(want["types"][0] for want in found)


def agreement() -> float:
    """Return the F1 of type and trigger between the two judges, over the sentences that both judged, in percent."""
    second = {(row["doc"], row["start"]): row for row in rows_of(SECOND)}
    pairs = [(row, second[row["doc"], row["start"]]) for row in rows_of(JUDGED) if (row["doc"], row["start"]) in second]
    shared = total = 0
    for one, other in pairs:
        total += sum(not event.get("optional") for row in (one, other) for event in row["events"])
        shared += sum(met(event, other) for event in one["events"] if not event.get("optional"))
        shared += sum(met(event, one) for event in other["events"] if not event.get("optional"))
    return percent(shared, total)


def met(event: Row, row: Row) -> bool:
    """Does the other judge have the event, and not as an optional one?"""
    return any(
        not one.get("optional")
        and set(event["types"]) & set(one["types"])
        and one["trigger"][0] < event["trigger"][1]
        and event["trigger"][0] < one["trigger"][1]
        for one in row["events"]
    )


if __name__ == "__main__":
    found = judged(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else JUDGED)
    print("\n".join(table(found)))
    print(
        f"precision {percent(len(found.right), found.found):.1f}, recall {percent(len(found.right), found.wanted):.1f}"
    )
    print(f"agreement of the judges (50 sentences): {agreement():.1f}")
