"""What a page says about itself: JSON-LD first, then meta tags, then what trafilatura and htmldate find."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from readout.collect.credits import agency
from readout.collect.dates import iso_date
from readout.collect.headlines import is_title
from readout.collect.sidecars import Metadata

ARTICLE_TYPES = re.compile(r"\A\w{0,30}(?:Article|Report|BlogPosting|Review)$")
MOST_NODES = 20_000  # of JSON-LD that are looked at
TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "twitter:title")
OUTLETS = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
AUTHORS = (
    "author",
    "article:author",
    "article:author_name",
    "citation_author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
)
PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publish-date",
    "date",
    "sailthru.date",
)
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
URLS = ("og:url", "twitter:url")
NOBODY = frozenset(
    {"staff", "admin", "editor", "editors", "newsroom", "web desk", "online desk", "associated press", "wire", "guest"}
)
NAME = re.compile(r"\A[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_][\w.'’-]{0,30}){1,4}$")
AUTHORS_BETWEEN = re.compile(r",| and |;|\|")
WEB = re.compile(r"\Ahttps?://\S+$")
LANGUAGE = re.compile(r"\A[A-Za-z]{2,3}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page's markup says: its metadata, an agency among its authors, and the text that its JSON-LD repeats."""

    metadata: Metadata
    agency: str | None = None
    bodies: tuple[str, ...] = ()
    live: bool = False


@dataclass(frozen=True, slots=True)
class _Tags:
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, names: Iterable[str]) -> str | None:
        return next((value for name in names for value in self.values.get(name, ())), None)

    def all(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self.values.get(name, ())


def page_data(tree: HtmlElement) -> PageData:
    """Read JSON-LD and meta tags of a page; what neither says stays empty."""
    nodes = list(_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = max((node for node in nodes if _is_article(node)), key=_weight, default={})
    tags = _tags(tree)
    outlet = tags.first(OUTLETS) or _name(article.get("publisher"), by_id)  # the publisher may be the company behind it
    people, agencies = _authors(article, by_id, tags, outlet)
    metadata = Metadata(
        url=_url(tree, article, tags),
        outlet=_clean(outlet),
        title=_title(tree, _string(article.get("headline")) or _string(article.get("name")), tags),
        published=_date([article.get("datePublished"), *tags.all(PUBLISHED), *_times(tree)]),
        modified=_date([article.get("dateModified"), *tags.all(MODIFIED)]),
        authors=people,
        language=_language(tree, article),
    )
    credit = next((name for name in agencies if name != metadata.outlet), None)
    return PageData(metadata, credit, tuple(_bodies(nodes)), any(_type(node) == "LiveBlogPosting" for node in nodes))


def _nodes(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Yield every object of the page's JSON-LD, outermost first."""
    scripts = (one for one in tree.iter("script") if "ld+json" in (one.get("type") or "").lower())
    queue: list[Any] = [_json(script.text) for script in scripts if script.text]
    for _ in range(MOST_NODES):
        if not queue:
            return
        node = queue.pop(0)
        if isinstance(node, dict):
            yield node
            queue += [value for value in node.values() if isinstance(value, dict | list)]
        elif isinstance(node, list):
            queue += [value for value in node if isinstance(value, dict | list)]


def _json(text: str) -> Any:
    starts = [place for mark in "{[" if (place := text.find(mark)) >= 0]
    bare = text[min(starts, default=0) : max(text.rfind("}"), text.rfind("]")) + 1]  # without comment marks around it
    try:
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def _type(node: Mapping[str, Any]) -> str:
    kind = node.get("@type")
    if isinstance(kind, list):
        kind = next((one for one in kind if isinstance(one, str) and ARTICLE_TYPES.match(one)), "")
    return kind if isinstance(kind, str) else ""


def _is_article(node: Mapping[str, Any]) -> bool:
    return ARTICLE_TYPES.match(_type(node)) is not None and bool(node.get("headline") or node.get("articleBody"))


def _weight(node: Mapping[str, Any]) -> tuple[bool, int]:
    """Prefer the page's own article to the posts and related articles that it embeds."""
    return _type(node) != "BlogPosting", sum(
        key in node for key in ("datePublished", "author", "headline", "publisher")
    )


def _bodies(nodes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for node in nodes:
        body = _string(node.get("articleBody"))
        if body and _is_article(node):
            headline = _string(node.get("headline")) if _type(node) == "BlogPosting" else None
            yield f"{headline}\n{body}" if headline else body


def _tags(tree: HtmlElement) -> _Tags:
    values: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = _clean(meta.get("content"))
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if key and content:
                values.setdefault(key.lower(), []).append(content)
    return _Tags({key: tuple(found) for key, found in values.items()})


def _title(tree: HtmlElement, headline: str | None, tags: _Tags) -> str | None:
    """Return the headline without the outlet's name behind it: as the page's own heading has it, where they agree."""
    title = headline or tags.first(TITLES) or _clean(tree.findtext(".//title"))
    for heading in tree.iter("h1"):
        text = _clean(heading.text_content())
        if text and title and (is_title(text, title) or _before_outlet(text, title)):
            return text
    return title


def _before_outlet(heading: str, title: str) -> bool:
    """Is the title this heading with something behind a dash or bar?"""
    return title.startswith(heading) and title[len(heading) :].lstrip()[:1] in set("-|–—·:»")


def _authors(
    article: Mapping[str, Any], by_id: Mapping[str, Any], tags: _Tags, outlet: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the people who wrote the article, and the agencies that it names in their place."""
    stated = article.get("author") or article.get("creator")
    listed = stated if isinstance(stated, list) else [stated]
    names = [name for one in listed if (name := _name(one, by_id))] or list(tags.all(AUTHORS))
    names = [part.strip() for name in names for part in AUTHORS_BETWEEN.split(name)]
    people = [name for name in names if _is_person(name, outlet)]
    return tuple(dict.fromkeys(people)), tuple(name for name in names if agency(name))


def _is_person(name: str, outlet: str | None) -> bool:
    """Is this a name of somebody, and not of the outlet, an agency, or a desk?"""
    if agency(name) or not NAME.match(name) or name.lower() in NOBODY or name.startswith(("The ", "THE ")):
        return False
    return not outlet or outlet.lower() not in name.lower()


def _name(value: object, by_id: Mapping[str, Any]) -> str | None:
    """Return the name of a JSON-LD person or organization: text, object, reference, or the first of a list."""
    if isinstance(value, list):
        return next((name for one in value if (name := _name(one, by_id))), None)
    if isinstance(value, Mapping):
        return _string(value.get("name")) or _string(by_id.get(str(value.get("@id")), {}).get("name"))
    return _string(value)


def _url(tree: HtmlElement, article: Mapping[str, Any], tags: _Tags) -> str | None:
    canonical = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    entity = article.get("mainEntityOfPage")
    candidates = [
        *canonical,
        *tags.all(URLS),
        article.get("url"),
        entity.get("@id") if isinstance(entity, Mapping) else entity,
    ]
    return next((url.strip() for url in candidates if isinstance(url, str) and WEB.match(url.strip())), None)


def _times(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("time"):
        if element.get("datetime") and (
            element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
        ):
            yield element.get("datetime")


def _date(values: Iterable[object]) -> str | None:
    return next((found for value in values if value and (found := iso_date(value))), None)


def _language(tree: HtmlElement, article: Mapping[str, Any]) -> str | None:
    stated = _string(article.get("inLanguage")) or tree.get("lang") or tree.get("xml:lang") or ""
    match = LANGUAGE.match(stated.strip())
    return match[0].lower() if match else None


def _string(value: object) -> str | None:
    return _clean(html.unescape(html.unescape(value))) if isinstance(value, str) else None


def _clean(value: str | None) -> str | None:
    """Return the text on one line without what no record may hold; None when nothing is left."""
    text = " ".join((value or "").replace("\x00", "").split())
    return text.encode("utf-8", "ignore").decode("utf-8") or None
