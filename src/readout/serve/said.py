"""Who said what: the statements of a story, by speaker."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readout.records import (
    Claim,
    Statement,
    StatementKind,
    Wording,
)
from readout.serve.lines import (
    Group,
    Line,
    Note,
    Section,
    Segment,
    Style,
    Telling,
    flat,
)
from readout.serve.phrases import and_list, channel_phrase, plural

UNKNOWN_SPEAKER = "Speaker not identified"
TELLING_CUES = frozenset({"told", "telling", "tell", "tells"})


def who_said_what(telling: Telling) -> Section:
    """The statements, grouped by speaker; the speaker with most statements first, the unknown last."""
    by_speaker: dict[str, list[Claim]] = defaultdict(list)
    names: dict[str, str] = {}
    for claim in telling.story.claims:
        statement = telling.canonical(claim)
        if isinstance(statement, Statement):
            key = speaker_key(telling, statement)
            by_speaker[key].append(claim)
            names.setdefault(key, telling.name(statement.source) if statement.source and key else UNKNOWN_SPEAKER)
    groups = [
        Group(names[key], tuple(statement_lines(telling, claims)), speaker_aside(telling, key))
        for key, claims in by_speaker.items()
    ]
    groups.sort(key=lambda group: (group.heading == UNKNOWN_SPEAKER, -len(group.lines)))
    return Section("said", "Who said what", tuple(group for group in groups if group.lines))


def speaker_key(telling: Telling, statement: Statement) -> str:
    """Return what tells speakers apart over articles; nothing for a pronoun that stands for nobody known."""
    return (telling.identities.key(statement.source) or "") if statement.source else ""


def speaker_aside(telling: Telling, key: str) -> str:
    """Return the roles in which the articles name a speaker, the fullest of each."""
    found = (actor for reading in telling.readings.values() for actor in reading.actors if actor.id == key)
    titles = list(dict.fromkeys(flat(role.title).casefold() for actor in found for role in actor.roles))
    fullest = [one for one in titles if not any(one != other and one in other for other in titles)]
    return ", ".join(fullest)


def statement_lines(telling: Telling, claims: Iterable[Claim]) -> Iterator[Line]:
    """Yield the statements of one speaker, most reported first; what stands inside another statement is left to it."""
    for claim in sorted(claims, key=lambda one: (-len(telling.articles_of(one)), telling.position(one))):
        statement = telling.canonical(claim)
        if isinstance(statement, Statement):
            notes = tuple(statement_notes(telling, claim, statement))
            yield Line(tuple(statement_segments(telling, statement)), telling.cites(claim), statement.id, notes)


def statement_segments(telling: Telling, statement: Statement) -> Iterator[Segment]:
    """Yield what was said: exact words in quotation marks; else the article's own wording after its cue."""
    hedge = ", ".join(dict.fromkeys(flat(span.text) for span in statement.hedges))
    if hedge and statement.factuality != "CT+":
        yield Segment(f"({hedge}) ", Style.HEDGE)
    content = " … ".join(flat(span.text) for span in statement.content)
    if statement.kind is StatementKind.DIRECT:
        yield Segment(f"“{content.rstrip(',')}”", Style.QUOTE)
        return
    yield Segment(f"{spoken_cue(telling, statement)} ", Style.NOTE)
    yield Segment(content)


def spoken_cue(telling: Telling, statement: Statement) -> str:
    """Return the cue before the content, with the addressees where English has them: "urged Norway" (to mediate)."""
    cue = flat(statement.cue.text) if statement.cue else "said"
    return f"{cue} {telling.names(statement.targets)}" if names_targets(statement) else cue


def names_targets(statement: Statement) -> bool:
    """Do the addressees stand between cue and content?"""
    if not statement.targets or statement.kind is StatementKind.DIRECT or statement.cue is None:
        return False
    told = flat(statement.cue.text).lower() in TELLING_CUES
    return told or statement.content[0].text.startswith(("to ", "not to ", "of ", "for "))


def statement_notes(telling: Telling, claim: Claim, statement: Statement) -> Iterator[Note]:
    """Yield how it was said, what other articles changed, and how many origins stand behind several articles."""
    how = "; ".join(how_it_was_said(telling, statement))
    if how:
        yield (Segment(how, Style.NOTE),)
    for report, _ in telling.reports(claim):
        if report.wording in {Wording.REWORDED, Wording.PARAPHRASE} and report.changes:
            yield tuple(change_segments(telling.letters[report.article], report.changes))
    articles = telling.articles_of(claim)
    if len(articles) > 1 and claim.origins:
        names = and_list([origin.name for origin in claim.origins])
        count = plural(len(claim.origins), "origin")
        yield (Segment(f"{plural(len(articles), 'article')}, {count}: {names}", Style.NOTE),)


def how_it_was_said(telling: Telling, statement: Statement) -> Iterator[str]:
    """Yield the addressees, the channel, the chain outwards, the day, and the statement that this one stands in."""
    if statement.targets and not names_targets(statement):
        yield f"to {telling.names(statement.targets)}"
    if statement.channel:
        yield channel_phrase(statement.channel)
    if statement.via:
        links = [
            telling.name(link) + (f" ({channel_phrase(link.channel)})" if link.channel else "")
            for link in statement.via
        ]
        yield "according to " + ", as reported by ".join(links)
    if statement.when is not None:
        yield flat(statement.when.span.text)
    outer = telling.records.get(statement.inside or "")
    if outer and isinstance(outer[0], Statement) and outer[0].source:
        yield f"as told by {telling.name(outer[0].source)}"


def change_segments(letter: str, changes: Sequence[tuple[str, str]]) -> Iterator[Segment]:
    """Yield what another article has in the place of some words."""
    yield Segment(f"{letter} ", Style.NOTE)
    for index, (ours, theirs) in enumerate(changes):
        if index:
            yield Segment(", ", Style.NOTE)
        if theirs and ours:
            yield from (Segment("has ", Style.NOTE), Segment(f"“{theirs}”", Style.MARK), Segment(" for ", Style.NOTE))
        else:
            yield Segment("adds " if theirs else "leaves out ", Style.NOTE)
        yield Segment(f"“{ours or theirs}”", Style.MARK)
