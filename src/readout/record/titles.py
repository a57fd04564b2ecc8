"""Name a record in one line that people recognise."""

from collections.abc import Iterable

from readout.records import Article, Background, Event, Mention, Party, Reading, Statement, When, Where

LENGTH = 140


def title_of(record: object, reading: Reading) -> str:
    """Return one line that names a record of a reading."""
    line = str(record)
    match record:
        case Statement():
            line = _statement(record)
        case Event():
            line = _event(record)
        case Mention():
            line = _mention(record, reading)
        case When():
            line = f"“{record.span.text}” = {record.value or 'no value'}"
        case Where():
            line = f"“{record.span.text}” = {record.name}{f' ({record.country})' if record.country else ''}"
        case Background():
            line = f"{record.term.text}: {record.span.text}"
        case Article():
            line = record.headline.text if record.headline else record.path or record.id
    return shortened(line)


def shortened(text: str, *, length: int = LENGTH) -> str:
    """Return the text on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def _statement(statement: Statement) -> str:
    source = _names([statement.source] if statement.source else []) or "Someone"
    cue = statement.cue.text if statement.cue else "said"
    targets = f" to {_names(statement.targets)}" if statement.targets else ""
    return f"{source} ({cue}){targets}: {' … '.join(span.text for span in statement.content)}"


def _event(event: Event) -> str:
    mode = f" ({event.mode})" if event.mode else ""
    act = " … ".join(span.text for span in event.trigger)
    return f"{event.type}{mode}: {_names(event.sources) or 'nobody named'} → {_names(event.targets) or '–'}, “{act}”"


def _mention(mention: Mention, reading: Reading) -> str:
    name = next((actor.name for actor in reading.actors if actor.id == mention.actor), "nobody known")
    return f"“{mention.span.text}” ({mention.kind.value}) = {name}"


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.name or party.span.text for party in parties)
