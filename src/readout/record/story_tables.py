"""The tables of stories, which are made from all articles and replaced as a whole."""

from readout.record.columns import (
    LIST,
    Column,
    N,
    Table,
    article_column,
    id_column,
    nested_when,
    number,
    reference,
    span_columns,
)

STORIES = Table(
    "stories",
    "One row per happening, over all articles about it",
    (
        id_column("hash of its earliest article"),
        N,
        Column("title", "its title", required=True),
        Column("first_reported", "the earliest publication date of its articles"),
        *nested_when(),
        reference("when_article", "articles", "the article in which that time expression stands"),
        number("articles", "how many articles it has", required=True),
        number("outlets", "how many outlets they come from", required=True),
        number("claims", "how many claims it has", required=True),
    ),
    search=("title",),
)
MEMBERS = Table(
    "members",
    "The articles of stories",
    (
        reference("story", "stories", "the story", required=True),
        N,
        article_column("the article"),
        Column("role", "original, copy or independent", required=True),
        Column("only_in", f"the claims that no other article of the story has, {LIST}"),
    ),
    key=("story", "n"),
    owner="story",
    indexes=("article",),
    facets=("role",),
)
CLAIMS = Table(
    "claims",
    "The same statement or event, over articles",
    (
        id_column("hash of its canonical record"),
        reference("story", "stories", "the story it belongs to", required=True),
        N,
        Column("kind", "statement or event", required=True),
        Column("canonical", "the record that stands for it", required=True),
        number("outlets", "how many outlets report it", required=True),
        Column("factuality", "CT+ PR+ PS+ CT- PR- PS- or Uu", required=True),
    ),
    indexes=("story", "canonical"),
    facets=("kind", "factuality", "outlets"),
)
REPORTS = Table(
    "reports",
    "One article's version of a claim",
    (
        reference("claim", "claims", "the claim", required=True),
        N,
        article_column("the article"),
        Column("record", "its statement or event", required=True),
        Column(
            "wording",
            "identical, typography, reworded or paraphrase, compared with the canonical record",
            required=True,
        ),
        Column("changes", f"pairs of differing words, canonical first, {LIST}", required=True),
    ),
    key=("claim", "n"),
    owner="claim",
    indexes=("record",),
    facets=("wording",),
)
ORIGINS = Table(
    "origins",
    "Where the words of a claim come from",
    (
        reference("claim", "claims", "the claim", required=True),
        N,
        Column("name", "the name of the origin", required=True),
        reference("actor", "actors", "who that is"),
    ),
    key=("claim", "n"),
    owner="claim",
)
DIFFERENCES = Table(
    "differences",
    "Where accounts of a story differ",
    (
        reference("story", "stories", "the story", required=True),
        N,
        Column("about", "a claim, or a term of background", required=True),
        Column("kind", "wording, number, date, place, attribution or substance", required=True),
    ),
    key=("story", "n"),
    owner="story",
    facets=("kind",),
)
DIFFERENCE_VALUES = Table(
    "difference_values",
    "One article's value of a difference",
    (
        reference("story", "stories", "the story", required=True),
        number("difference", "the `n` of the difference", required=True),
        N,
        article_column("the article"),
        *span_columns(required=True),
    ),
    key=("story", "difference", "n"),
    owner="story",
    spans="differences",
)
PASSAGES = Table(
    "passages",
    "Stretches of one article that stand, as they were or reworded, in another",
    (
        reference("story", "stories", "the story", required=True),
        N,
        article_column("the one"),
        *span_columns(required=True),
        reference("other", "articles", "the other", required=True),
        *span_columns("other_", "the same in the other", required=True),
        Column("wording", "identical, typography, reworded or paraphrase", required=True),
    ),
    key=("story", "n"),
    owner="story",
    spans="passages",
)
TIMELINE = Table(
    "timeline",
    "The claims of a story in order of time",
    (
        reference("story", "stories", "the story", required=True),
        N,
        Column("when", "the date", required=True),
        Column("claim", "the claim", required=True),
    ),
    key=("story", "n"),
    owner="story",
)
UNRESOLVED = Table(
    "unresolved",
    "Fields that a reader would want and the texts do not give",
    (
        reference("story", "stories", "the story", required=True),
        N,
        Column("record", "the record", required=True),
        Column("field", "its field", required=True),
        Column("reason", "why it is empty", required=True),
    ),
    key=("story", "n"),
    owner="story",
)
STORY_TABLES = (
    STORIES,
    MEMBERS,
    CLAIMS,
    REPORTS,
    ORIGINS,
    DIFFERENCES,
    DIFFERENCE_VALUES,
    PASSAGES,
    TIMELINE,
    UNRESOLVED,
)
