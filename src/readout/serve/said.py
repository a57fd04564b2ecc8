"""Who said what: the statements of a story, by speaker."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from readout.records import Claim, Party, Statement, StatementKind, Wording
from readout.serve.changes import change_segments
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
GOVERNMENT = "Government of "
OTHERS = "Others"  # speakers whom the articles only describe, with one statement each
ROLES_SHOWN = 2
TITLE_WORDS = 2  # of a title that a rank can run into; "Rear Adm." is one
LEFT_OVER = frozenset({"of", "for", "to", "at", "in", "and", "the"})
NOT = frozenset({"n't", "n’t"})
TELLING_CUES = frozenset({"told", "telling", "tell", "tells"})


def who_said_what(telling: Telling) -> Section:
    """The statements, grouped by speaker; the speaker with most statements first, the unknown last."""
    by_speaker: dict[str, list[Claim]] = defaultdict(list)
    names: dict[str, str] = {}
    for claim in telling.story.claims:
        statement = telling.canonical(claim)
        if isinstance(statement, Statement) and not telling.is_part(statement):
            key = speaker_key(telling, statement)
            by_speaker[key].append(claim)
            names.setdefault(key, telling.name(statement.source) if statement.source and key else UNKNOWN_SPEAKER)
    join_governments(by_speaker, names)
    once = {key for key, claims in by_speaker.items() if len(claims) == 1 and is_passing(telling, claims[0])}
    groups = [
        Group(names[key], tuple(statement_lines(telling, claims)), speaker_aside(telling, key))
        for key, claims in by_speaker.items()
        if key not in once
    ]
    groups.sort(key=lambda group: (group.heading == UNKNOWN_SPEAKER, -len(group.lines)))
    others = tuple(named_line(telling, by_speaker[key][0], names[key]) for key in by_speaker if key in once)
    if others:
        groups.append(Group(OTHERS, others))
    return Section("said", "Who said what", tuple(groups))


def join_governments(by_speaker: dict[str, list[Claim]], names: dict[str, str]) -> None:
    """Put what a country and what its government said under one heading: outlets use one for the other."""
    key_of = {name: key for key, name in names.items()}
    for key, name in list(names.items()):
        country = key_of.get(name.removeprefix(GOVERNMENT).removeprefix("the "))
        if name.startswith(GOVERNMENT) and country is not None:
            by_speaker[country] += by_speaker.pop(key)
            names[country] = f"{names[country]} and its government"


def is_passing(telling: Telling, claim: Claim) -> bool:
    """Is the speaker of a claim nobody known, and one article alone has it?"""
    statement = telling.canonical(claim)
    known = isinstance(statement, Statement) and statement.source is not None and statement.source.actor is not None
    return not known and len(telling.articles_of(claim)) == 1


def named_line(telling: Telling, claim: Claim, name: str) -> Line:
    """Return the one statement of a speaker, with the speaker's name before it."""
    line = next(statement_lines(telling, [claim]))
    return replace(line, segments=(Segment(f"{name}: ", Style.ACTOR), *line.segments))


def speaker_key(telling: Telling, statement: Statement) -> str:
    """Return what tells speakers apart over articles; nothing for a pronoun that stands for nobody known."""
    return (telling.identities.key(statement.source) or "") if statement.source else ""


def speaker_aside(telling: Telling, key: str) -> str:
    """Return the office that a speaker holds on the day of the story, else what the articles call the speaker most."""
    actors = [actor for reading in telling.readings.values() for actor in reading.actors if actor.id == key]
    roles = [role for actor in actors for role in actor.roles]
    day = (telling.story.first_reported or "")[: len("2022-01-26")]
    dated = [role for role in roles if (role.since or role.until) and (role.since or "") <= day <= (role.until or "~")]
    if day and dated:
        return title_phrase(max(dated, key=lambda role: role.since or "").title)
    counts = Counter(title_phrase(role.title) for role in roles if role.mention) or Counter(
        title_phrase(role.title) for role in roles
    )
    fullest = [one for one in counts if not any(one != other and one in other for other in counts)]
    often = [one for one in fullest if 2 * counts[one] >= max(counts.values())]
    return ", ".join(sorted(often, key=lambda one: -counts[one])[:ROLES_SHOWN])


def title_phrase(title: str) -> str:
    """Return a title without the rank that runs into it ("military spokesman Col.") and the "of" or "for" left over."""
    words = flat(title).casefold().split()
    while (len(words) > 1 and words[-1] in LEFT_OVER) or (len(words) > TITLE_WORDS and words[-1].endswith(".")):
        words.pop()
    return " ".join(words)


def statement_lines(telling: Telling, claims: Iterable[Claim]) -> Iterator[Line]:
    """Yield the statements of one speaker, most reported first; what stands inside another statement is left to it."""
    for claim in sorted(claims, key=lambda one: (-len(telling.articles_of(one)), telling.position(one))):
        statement = telling.canonical(claim)
        if isinstance(statement, Statement):
            notes = tuple(statement_notes(telling, claim, statement))
            yield Line(tuple(statement_segments(telling, statement)), telling.cites(claim), statement.id, notes)


def statement_segments(telling: Telling, statement: Statement) -> Iterator[Segment]:
    """Yield what was said: exact words in quotation marks; else the article's own wording with its cue."""
    if hedge := outer_hedges(statement):
        yield Segment(f"({hedge}) ", Style.HEDGE)
    content = " … ".join(flat(span.text) for span in statement.content)
    if statement.kind is StatementKind.DIRECT:
        yield Segment(f"“{content.rstrip(',')}”", Style.QUOTE)
    elif cue_follows(statement):
        yield from (Segment(content.rstrip(",")), Segment(f" — {spoken_cue(telling, statement)}", Style.NOTE))
    else:
        yield from (Segment(f"{spoken_cue(telling, statement)} ", Style.NOTE), Segment(content))


def outer_hedges(statement: Statement) -> str:
    """Return the hedges beside the cue, if it is no plain fact; those among the words said can be read there."""
    if statement.factuality == "CT+":
        return ""
    outside = [h for h in statement.hedges if not any(span.overlaps(h) for span in statement.content)]
    words = dict.fromkeys("not" if flat(h.text).casefold() in NOT else flat(h.text) for h in outside)
    return ", ".join(one for one in words if not any(one != other and one in other.split() for other in words))


def cue_follows(statement: Statement) -> bool:
    """Does the cue stand behind the words: "the ship was outside, he said"?"""
    return statement.cue is not None and statement.content[0].start < statement.cue.start


def spoken_cue(telling: Telling, statement: Statement) -> str:
    """Return the cue before the content, with the addressees where English has them: "urged Norway" (to mediate)."""
    cue = flat(statement.cue.text) if statement.cue else "said"
    return f"{cue} {telling.names(addressees(statement))}" if names_targets(statement) else cue


def addressees(statement: Statement) -> tuple[Party, ...]:
    """Return who is addressed, as far as the words said do not name them."""
    return tuple(p for p in statement.targets if not any(span.overlaps(p.span) for span in statement.content))


def names_targets(statement: Statement) -> bool:
    """Do the addressees stand between cue and content?"""
    if not addressees(statement) or statement.kind is StatementKind.DIRECT or statement.cue is None:
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
    if addressees(statement) and not names_targets(statement):
        yield f"to {telling.names(addressees(statement))}"
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
