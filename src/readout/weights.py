"""Trained language models: the English one that ships with the package, or an installed one by name or folder."""

import hashlib
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.language import Language

from readout.errors import NoSuchModel

ENVIRONMENT = "READOUT_MODEL"
ENGLISH = "en"
NEEDED = {"parser": "dependencies", "tagger": "tags"}
UNIVERSAL_LABELS = frozenset(
    {"nsubj", "obj", "obl", "nmod", "case"}
)  # ClearNLP models have dobj, pobj and prep instead


@dataclass(frozen=True, slots=True)
class Weights:
    """A model on disk: what it is, and which bytes it is made of."""

    name: str
    version: str
    folder: Path
    licence: str

    @property
    def size(self) -> int:
        """Return the size of all files, in bytes."""
        return sum(path.stat().st_size for path in self._files())

    @property
    def sha256(self) -> str:
        """Return a hash over the names and bytes of all files."""
        digest = hashlib.sha256()
        for path in self._files():
            digest.update(path.relative_to(self.folder).as_posix().encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


def english() -> Weights:
    """Return the English model that ships with the package."""
    folder = Path(str(files("readout.detect").joinpath("data", ENGLISH)))
    meta = spacy.util.load_meta(folder / "meta.json") if (folder / "meta.json").is_file() else {}
    return Weights(ENGLISH, meta.get("version", "0"), folder, meta.get("license", ""))


def load_english() -> Language:
    """Return our English model."""
    folder = english().folder
    if not (folder / "config.cfg").is_file():
        raise NoSuchModel(ENGLISH, f"its files are missing from {folder}; install the package again")
    return spacy.load(folder)


def load(name: str | None = None) -> Language:
    """Return a language pipeline: ours, or an installed spaCy model by name or folder (also from READOUT_MODEL)."""
    name = name or os.environ.get(ENVIRONMENT)
    nlp = load_english() if name in (None, "", ENGLISH) else load_installed(str(name))
    if "readout_paragraphs" not in nlp.pipe_names:
        nlp.add_pipe("readout_paragraphs", first=True)
    return nlp


def load_installed(name: str) -> Language:
    """Return an installed model, or raise NoSuchModel with what it lacks."""
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise NoSuchModel(name, f"{error} Install it, or leave --model out.") from error
    missing = [what for pipe, what in NEEDED.items() if not nlp.has_pipe(pipe)]
    if missing:
        raise NoSuchModel(name, f"it gives no {' and no '.join(missing)}, which our steps need")
    labels = frozenset(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    if not labels >= UNIVERSAL_LABELS:
        lacking = ", ".join(sorted(UNIVERSAL_LABELS - labels))
        raise NoSuchModel(name, f"its parser has no Universal Dependencies labels (missing: {lacking})")
    return nlp
