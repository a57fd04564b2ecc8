"""Trained language models: the English one that ships with the package, or an installed one by name or folder."""

import hashlib
import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.language import Language

from readout.detect import language as _language  # noqa: F401  the factory must be known before spaCy loads the model
from readout.errors import NoSuchModel

ENVIRONMENT = "READOUT_MODEL"
ENGLISH = "en"
NEEDED = {"token.dep": "dependencies", "token.tag": "tags"}
WELCOME = {
    "doc.ents": "no names: actors are found by the dictionary alone",
    "token.lemma": "no lemmas: verbs are found in their base form alone",
}
# The models that follow ClearNLP have dobj, pobj and prep instead; our rules would misread their trees.
UNIVERSAL_LABELS = frozenset({"nsubj", "obj", "obl", "nmod", "case"})


@dataclass(frozen=True, slots=True)
class Weights:
    """A model on disk: what it is, and which bytes it is made of (docs/model.md says what it was trained on)."""

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


def load_english(*, exclude: Iterable[str] = ()) -> Language:
    """Return our English model."""
    folder = english().folder
    if not (folder / "config.cfg").is_file():
        raise NoSuchModel(ENGLISH, f"its files are missing from {folder}; install the package again")
    return spacy.load(folder, exclude=list(exclude))


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
    given = assigned(nlp)
    missing = [what for attribute, what in NEEDED.items() if attribute not in given]
    if missing:
        raise NoSuchModel(name, f"it gives no {' and no '.join(missing)}, which our steps need")
    lacking = ", ".join(sorted(UNIVERSAL_LABELS - relations(nlp)))
    if lacking:
        raise NoSuchModel(name, f"its parser has no Universal Dependencies labels (missing: {lacking})")
    for attribute, consequence in WELCOME.items():
        if attribute not in given:
            warnings.warn(f"The language model {name!r} gives {consequence}.", stacklevel=3)
    return nlp


def assigned(nlp: Language) -> frozenset[str]:
    """Return what the components of a pipeline say they write ("token.dep", "doc.ents" ...)."""
    return frozenset(attribute for name in nlp.pipe_names for attribute in nlp.get_pipe_meta(name).assigns)


def relations(nlp: Language) -> frozenset[str]:
    """Return the dependency labels that a pipeline's parser knows."""
    writers = [name for name in nlp.pipe_names if "token.dep" in nlp.get_pipe_meta(name).assigns]
    return frozenset(label for name in writers for label in nlp.pipe_labels.get(name, []))
