"""Readings made by hand for the tests of the record; spans are quoted, never counted."""

from dataclasses import replace

from readout.provenance import Evidence, Skipped, TextSpan, article_id, positions, record_id
from readout.records import (
    Actor,
    ActorKind,
    Article,
    ArticleRole,
    Background,
    Block,
    BlockKind,
    Claim,
    Difference,
    DifferenceKind,
    DifferingValue,
    Event,
    Magnitude,
    Member,
    Mention,
    MentionKind,
    Moment,
    Name,
    Origin,
    Party,
    Passage,
    Reading,
    Report,
    Role,
    Sentence,
    Statement,
    StatementKind,
    Story,
    Unresolved,
    When,
    Where,
    Wording,
    ZonedValue,
)

# A flag, a family, a combining accent, a line separator: characters that others count as several, or as a break.
HARBOUR = (
    "Norvia asks Estmark to reopen harbour \U0001f1f3\U0001f1f4\n\n"
    "PORT ALDE, March 3 (Courier) - Norvia's foreign minister, Ada Renn, asked Estmark on Tuesday to reopen the "
    "harbour of Port Alde\u0301.\u2028“We cannot wait any longer,” she told Estmark's ambassador "
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 at 10:00 local time, according to the Norvian foreign ministry.\n\n"
    "Estmark reportedly sent about 300 soldiers to the Alde Canal, opened in 1987.\n\nSign up for our newsletter"
)
BORDER = (
    "Estmark rejects Norvian appeal\n\nEstmark's ambassador, Ilo Marr, said the harbour of Port Alde will stay closed. "
    "Norvia's foreign minister, Ada Renn, had said: “We cannot wait much longer.”"
)


def quoted(article: Article, words: str, *, nth: int = 1) -> TextSpan:
    """Return the span of the nth occurrence of words."""
    start = -1
    for _ in range(nth):
        start = article.text.index(words, start + 1)
    return article.span(start, start + len(words))


def bare_article(text: str, *, outlet: str = "The Alde Courier", published: str = "2021-03-04") -> Article:
    """Return an article without blocks."""
    return Article(
        id=article_id(url=None, outlet=outlet, published=published, text=text),
        text=text,
        path=f"news/{outlet.rsplit(maxsplit=1)[-1].lower()}.txt",
        outlet=outlet,
        published=published,
        sha256="0" * 64,
    )


def with_blocks(article: Article) -> Article:
    """Return the article with a headline and its paragraphs; a call to subscribe is residue."""
    blocks: list[Block] = []
    position, paragraph = 0, 0
    for piece in article.text.split("\n\n"):
        kind = BlockKind.RESIDUE if piece.startswith("Sign up") else BlockKind.BODY if blocks else BlockKind.HEADLINE
        paragraph += kind is not BlockKind.RESIDUE
        number = None if kind is BlockKind.RESIDUE else paragraph
        rule = "residue.newsletter" if kind is BlockKind.RESIDUE else None
        blocks.append(Block(kind, article.span(position, position + len(piece)), number, rule))
        position += len(piece) + 2
    headline = Name(blocks[0].span.text, blocks[0].span)
    return replace(article, blocks=tuple(blocks), headline=headline)


def mention(article: Article, words: str, kind: MentionKind, type_: str, actor: str | None, *, nth: int = 1) -> Mention:
    """Return a mention; its head is its last word."""
    span = quoted(article, words, nth=nth)
    identity = record_id("m", article.id, span.start, span.stop)
    head = span.stop - len(words.rsplit(maxsplit=1)[-1])
    return Mention(identity, span, head, kind, type_, chain=f"c-{actor}", actor=actor)


def party(mention: Mention, actor: Actor | None, *, channel: str | None = None) -> Party:
    """Return the party that a mention stands for."""
    if actor is None:
        return Party(mention.span, mention.id, channel=channel)
    sector = actor.sectors[0] if actor.sectors else None
    return Party(mention.span, mention.id, actor.id, actor.name, actor.country, sector, channel)


def time(article: Article, words: str, **values: object) -> When:
    """Return a time expression."""
    span = quoted(article, words)
    when = When(record_id("t", article.id, span.start, span.stop), span, "DATE")
    return replace(when, **values)  # type: ignore[arg-type]


def place(article: Article, words: str, name: str, **values: object) -> Where:
    """Return a place."""
    span = quoted(article, words)
    where = Where(record_id("p", article.id, span.start, span.stop), span, name)
    return replace(where, **values)  # type: ignore[arg-type]


def statement(article: Article, content: tuple[str, ...], kind: StatementKind) -> Statement:
    """Return a statement that has its content alone."""
    spans = tuple(quoted(article, words) for words in content)
    return Statement(record_id("s", article.id, positions(spans)), kind, spans)


def event(article: Article, type_: str, trigger: str) -> Event:
    """Return an event that has its type and trigger alone."""
    spans = (quoted(article, trigger),)
    return Event(record_id("e", article.id, positions(spans), type_), type_, spans)


def sentences(article: Article) -> tuple[Sentence, ...]:
    """Return each block that is read as one sentence."""
    return tuple(
        Sentence(record_id("n", article.id, block.span.start, block.span.stop), block.span, block.paragraph)
        for block in article.blocks
        if block.paragraph is not None
    )


NORVIA = Actor("actor:norvia", "Norvia", ActorKind.COUNTRY, "NOV", ("GOV",))
ESTMARK = Actor("actor:estmark", "Estmark", ActorKind.COUNTRY, "EST", ("GOV", "MIL"))
MINISTRY = Actor("actor:norvia-mfa", "Foreign Ministry of Norvia", ActorKind.ORGANIZATION, "NOV", ("GOV",))


def renn(mention: Mention, *, country: str | None = "NOV") -> Actor:
    """Return the minister, with the role that a mention gives her and the one that the dictionary knows."""
    learned = Role("foreign minister", "Government of Norvia", country, mention=mention.id)
    known = Role("mayor", "Port Alde", country, since="2009-05", until="2015")
    return Actor("actor:renn", "Ada Renn", ActorKind.PERSON, country, ("GOV",), (learned, known))


def harbour_reading(*, outlet: str = "The Alde Courier", published: str = "2021-03-04") -> Reading:
    """Return a reading that has a value in every field."""
    article = with_blocks(bare_article(HARBOUR, outlet=outlet, published=published))
    article = replace(
        article,
        url=f"https://{outlet.rsplit(maxsplit=1)[-1].lower()}.example/harbour",
        dateline=quoted(article, "PORT ALDE, March 3 (Courier) -"),
        credit=Name("Courier", quoted(article, "Courier")),
        authors=("Maj Oll", "Per “Pelle” Sund"),
        modified="2021-03-05T08:00:00+01:00",
        retrieved="2021-03-06",
        repaired=True,
    )
    minister = mention(article, "Norvia's foreign minister, Ada Renn", MentionKind.DESCRIPTION, "PERSON", "actor:renn")
    ada = renn(minister)
    she = mention(article, "she", MentionKind.PRONOUN, "PERSON", ada.id)
    norvia = mention(article, "Norvia", MentionKind.NAME, "GPE", NORVIA.id)
    estmark = mention(article, "Estmark", MentionKind.NAME, "GPE", ESTMARK.id, nth=2)
    sender = mention(article, "Estmark", MentionKind.NAME, "GPE", ESTMARK.id, nth=4)
    envoy = mention(article, "Estmark's ambassador", MentionKind.DESCRIPTION, "PERSON", None)
    ministry = mention(article, "the Norvian foreign ministry", MentionKind.DESCRIPTION, "ORG", MINISTRY.id)
    tuesday = time(article, "on Tuesday", value="2021-03-02", since="2021-03-02", until="2021-03-02")
    ten = time(
        article,
        "10:00 local time",
        type="TIME",
        value="2021-03-02T10:00",
        zone="Europe/Alde",
        also=(ZonedValue("2021-03-02T09:00", "UTC"), ZonedValue("2021-03-02T04:00", "America/New_York")),
    )
    opened = time(article, "1987", value="1987", since="1987-01-01", until="1987-12-31")
    harbour = place(article, "Port Alde\u0301", "Port Aldé", geonames=4242, country="NOV", lat=61.25, lon=-3.5)
    canal = place(article, "the Alde Canal", "Alde Canal", reason="no place of this name is known")
    words = replace(
        statement(article, ("We cannot wait any longer,",), StatementKind.DIRECT),
        source=party(she, ada),
        targets=(party(envoy, None),),
        cue=quoted(article, "told"),
        via=(party(ministry, MINISTRY, channel="statement"),),
        channel="meeting",
        when=ten,
        where=harbour,
    )
    request = replace(
        statement(article, ("to reopen the harbour of Port Alde\u0301", "We cannot wait"), StatementKind.MIXED),
        source=party(minister, ada),
        cue=quoted(article, "asked"),
        inside=words.id,
        hedges=(quoted(article, "according to"),),
        factuality="Uu",
    )
    asked = replace(
        event(article, "REQUEST", "asked"),
        mode="change-policy",
        contexts=("diplomatic", "economic"),
        quad=1,
        sources=(party(minister, ada), party(norvia, NORVIA)),
        targets=(party(estmark, ESTMARK),),
        when=tuesday,
        where=harbour,
        via=(party(ministry, MINISTRY),),
        reciprocal=True,
        score=0.75,
    )
    sent = replace(
        event(article, "MOBILIZE", "sent"),
        mode="troops",
        quad=4,
        sources=(party(sender, ESTMARK),),
        factuality="PR+",
        hedges=(quoted(article, "reportedly"), quoted(article, "about")),
        where=canal,
        when=replace(ten, value=None, reason="no date in reach", also=()),
        magnitude=(Magnitude(300.0, "soldiers", quoted(article, "about 300 soldiers")),),
        attributed_to=words.id,
    )
    background = Background(
        record_id("b", article.id, "canal"),
        quoted(article, "the Alde Canal"),
        quoted(article, "the Alde Canal, opened in 1987"),
        also=(quoted(article, "Canal"),),
        when=(opened, ten),
        via=(party(ministry, MINISTRY),),
    )
    evidence = (
        Evidence(words.id, "source", ada.id, she.span, "coreference@2", "pronoun.subject", 0.91),
        Evidence(words.id, "cue", "told", words.cue, "statements@1", "cue.say.told"),
        Evidence(words.id, "targets", "Estmark's ambassador", envoy.span, "statements@1", "addressee.object"),
        Evidence(request.id, "when", None, None, "statements@1", reason="no date stands with the cue"),
        Evidence(asked.id, "type", "REQUEST", quoted(article, "asked"), "events@3", "plover.request.ask", 0.75),
        Evidence(sent.id, "targets", None, None, "events@3", reason="nobody is named as the target of the soldiers"),
        Evidence(ada.id, "country", "NOV", quoted(article, "Norvia", nth=2), "actors@1", "role.of-country", 0.8),
        Evidence(harbour.id, "geonames", "4242", harbour.span, "places@1", "gazetteer.exact"),
        Evidence(tuesday.id, "value", "2021-03-02", tuesday.span, "times@1", "weekday.before-publication"),
        Evidence(canal.id, "geonames", None, canal.span, "places@1", reason="no place of this name is known"),
    )
    return Reading(
        article,
        sentences(article),
        (norvia, minister, estmark, she, envoy, ministry, sender),
        (NORVIA, ESTMARK, MINISTRY, ada),
        (words, request),
        (asked, sent),
        (tuesday, ten, opened),
        (harbour, canal),
        (background,),
        (
            Skipped("Sign up for our newsletter", "blocks@1", "residue", *positions([article.blocks[-1].span])[0]),
            Skipped("a picture", "collect@1", "no text in it"),
        ),
        evidence,
    )


def border_reading(*, outlet: str = "Estmark Post", published: str = "2021-03-05") -> Reading:
    """Return a shorter reading about the same happening, which gives the minister another country."""
    article = with_blocks(bare_article(BORDER, outlet=outlet, published=published))
    envoy = mention(article, "Estmark's ambassador, Ilo Marr", MentionKind.DESCRIPTION, "PERSON", "actor:marr")
    marr = Actor("actor:marr", "Ilo Marr", ActorKind.PERSON, "EST", ("GOV",))
    minister = mention(article, "Norvia's foreign minister, Ada Renn", MentionKind.DESCRIPTION, "PERSON", "actor:renn")
    ada = renn(minister, country="NVA")
    closed = replace(
        statement(article, ("the harbour of Port Alde will stay closed",), StatementKind.INDIRECT),
        source=party(envoy, marr),
        cue=quoted(article, "said"),
    )
    words = replace(
        statement(article, ("We cannot wait much longer.",), StatementKind.DIRECT),
        source=party(minister, ada),
        cue=quoted(article, "said", nth=2),
    )
    rejects = replace(event(article, "REJECT", "rejects"), quad=3, sources=(party(envoy, marr),), score=0.5)
    return Reading(
        article, sentences(article), (envoy, minister), (marr, ada), (closed, words), (rejects,), evidence=()
    )


def story_of(first: Reading, second: Reading) -> Story:
    """Return the story of the harbour and the border reading, with a value in every field."""
    one, two = first.statements[0], second.statements[1]
    shared = Claim(
        record_id("c", one.id),
        "statement",
        one.id,
        (
            Report(first.article.id, one.id, Wording.IDENTICAL),
            Report(second.article.id, two.id, Wording.REWORDED, (("any", "much"), ("", "so"))),
        ),
        2,
        (Origin(MINISTRY.name, MINISTRY.id), Origin("an unnamed diplomat")),
    )
    only = first.events[1]
    alone = Claim(
        record_id("c", only.id),
        "event",
        only.id,
        (Report(first.article.id, only.id, Wording.IDENTICAL),),
        1,
        factuality="PR+",
    )
    return Story(
        id=record_id("y", first.article.id),
        title="Norvia asks Estmark to reopen harbour",
        members=(
            Member(first.article.id, ArticleRole.ORIGINAL),
            Member(second.article.id, ArticleRole.INDEPENDENT),
        ),
        first_reported="2021-03-04",
        when=first.times[1],
        claims=(shared, alone),
        differences=(
            Difference(
                shared.id,
                DifferenceKind.WORDING,
                (
                    DifferingValue(first.article.id, quoted(first.article, "any longer")),
                    DifferingValue(second.article.id, quoted(second.article, "much longer")),
                ),
            ),
        ),
        only_in={first.article.id: (alone.id,), second.article.id: ()},
        passages=(Passage(first.article.id, one.content[0], second.article.id, two.content[0], Wording.REWORDED),),
        timeline=(Moment("2021-03-02", shared.id),),
        unresolved=(Unresolved(only.id, "targets", "nobody is named as the target of the soldiers"),),
    )
