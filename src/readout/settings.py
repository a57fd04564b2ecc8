"""What can be set, in one place."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run; every field is also a flag of the command line."""

    model: str | None = None
    """Name or folder of an installed spaCy model to use instead of the English one that ships."""

    actors: tuple[Path, ...] = ()
    """YAML files with the user's own actors, read after the shipped ones and winning over them."""

    published: str | None = None
    """Publication date (ISO 8601) for inputs that carry none."""

    outlet: str | None = None
    """Outlet for inputs that carry none."""

    meta: Path | None = None
    """Table (CSV or TSV) with the columns path, url, outlet, published, title, for inputs without metadata."""

    workers: int = 1
    """Number of processes that read articles."""

    batch_size: int = 32
    """Articles per batch handed to the language model."""

    article_limit: int = 1_000_000
    """Longest text that is read as one article, in characters (the language model holds it in memory as a whole)."""

    page_limit: int = 5_000_000
    """Largest HTML page, in bytes."""

    text_limit: int = 20_000_000
    """Largest text, in bytes."""

    page_seconds: float = 20.0
    """Time after which the extraction of one page is given up."""
