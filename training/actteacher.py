"""Fine-tune a MiniLM encoder on the acts of our own sentences, and note how likely the words of raw text tell acts.

python -m training.actteacher --corpora DIR --out FILE [--epochs 4]

The encoder knows far more words than our sentences hold; what it says of raw text teaches the small model that ships
(`training.acts --silver FILE`). Who does each act, and to whom, is a second task that is not kept.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel, AutoTokenizer

from readout.extract.actmodel import CLASSES, lexical
from readout.extract.predicates import TYPES, Hit
from training.acts import CONTENT, TRUST, UNSAID, Line, Reader, own_lines, told_in
from training.descent import Floats
from training.teacher import IGNORE, PLAIN, case_of, minilm
from training.texts import sentences

LONGEST = 110  # words of a sentence that are read
LEXICAL = len(TYPES) + 2
BATCH = 32  # sentences
RATE, WARM = 1.5e-4, 50
PARTIES = 6.0  # what a word's two roles weigh against its type


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a sentence, what the lexicon says of them, and what is known of its acts."""

    words: tuple[str, ...]
    lexical: Floats
    types: tuple[int, ...] = ()  # a class a word, IGNORE for words that cannot tell an act
    acts: tuple[tuple[int, int, tuple[int, ...], tuple[int, ...]], ...] = ()  # word, class, sources, targets


class ActTeacher(nn.Module):
    """An encoder with a head for the type of act that a word tells, and one for the parties of an act."""

    def __init__(self, encoder: str, rank: int = 128) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="sdpa")
        width, layers = self.encoder.config.hidden_size, self.encoder.config.num_hidden_layers
        self.case = nn.Embedding(8, width)
        nn.init.zeros_(self.case.weight)
        self.mix = nn.Parameter(torch.linspace(-1, 1, layers + 1))
        self.drop = nn.Dropout(0.2)
        self.hidden, self.out = nn.Linear(2 * width + LEXICAL, 256), nn.Linear(256, len(CLASSES))
        self.direct = nn.Linear(LEXICAL, len(CLASSES), bias=False)
        nn.init.zeros_(self.direct.weight)
        for place in range(len(TYPES)):
            self.direct.weight.data[place + 1, place] = TRUST
        self.act, self.kind = nn.Linear(2 * width, rank), nn.Embedding(len(CLASSES), rank)
        self.word, self.alone = nn.Linear(2 * width, 2 * rank), nn.Linear(2 * width, 2)

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        """Return the states of words: those of their first and last piece, layers mixed."""
        embedded = self.encoder.embeddings.word_embeddings(batch["pieces"]) + self.case(batch["cases"])
        seen = self.encoder(inputs_embeds=embedded, attention_mask=batch["mask"], output_hidden_states=True)
        mixed = sum(w * s for w, s in zip(self.mix.softmax(0), seen.hidden_states, strict=True)).float()
        ends = [batch[end].unsqueeze(-1).expand(-1, -1, mixed.shape[-1]) for end in ("first", "last")]
        return self.drop(torch.cat([mixed.gather(1, end) for end in ends], -1))

    def types(self, words: Tensor, known: Tensor) -> Tensor:
        """Return the scores of the classes of words."""
        hidden = self.drop(F.gelu(self.hidden(torch.cat([words, known], -1))))
        return self.out(hidden) + self.direct(known)

    def parties(self, words: Tensor, acts: Sequence[tuple[int, int, int]]) -> Tensor:
        """Return the scores of each word as source and as target of acts: sentence, word and class of each."""
        place, word, kind = (torch.tensor(column) for column in zip(*acts, strict=True))
        act = F.gelu(self.act(words[place, word])) + self.kind(kind)
        others = F.gelu(self.word(words)).view(*words.shape[:2], 2, -1)[place]
        return torch.einsum("ek,elrk->elr", act, others) * 2 / act.shape[-1] ** 0.5 + self.alone(words)[place] - 3


class Batcher:
    """Turn rows into padded tensors."""

    def __init__(self, encoder: str) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(encoder)
        self.cache: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Return the word pieces of one word, at most eight."""
        if word not in self.cache:
            found = self.tokenizer(word.translate(PLAIN), add_special_tokens=False)["input_ids"][:8]
            self.cache[word] = found or [self.tokenizer.unk_token_id]
        return self.cache[word]

    def batch(self, rows: Sequence[Row]) -> dict[str, Tensor]:
        """Return tensors of these rows."""
        cut = [[self.pieces(word) for word in row.words] for row in rows]
        width, length = max(sum(map(len, row)) for row in cut) + 2, max(map(len, cut))
        out = {key: np.zeros((len(rows), width), dtype=np.int64) for key in ("pieces", "cases", "mask")}
        out |= {key: np.zeros((len(rows), length), dtype=np.int64) for key in ("first", "last")}
        out["types"] = np.full((len(rows), length), IGNORE)
        known = np.zeros((len(rows), length, LEXICAL), dtype=np.float32)
        for place, (row, words) in enumerate(zip(rows, cut, strict=True)):
            at = 1
            out["pieces"][place, 0] = self.tokenizer.cls_token_id
            for index, ids in enumerate(words):
                out["pieces"][place, at : at + len(ids)] = ids
                out["cases"][place, at : at + len(ids)] = case_of(row.words[index])
                out["first"][place, index], at = at, at + len(ids)
                out["last"][place, index] = at - 1
            out["pieces"][place, at] = self.tokenizer.sep_token_id
            out["mask"][place, : at + 1] = 1
            out["types"][place, : len(row.types)] = row.types
            known[place, : len(row.words)] = row.lexical
        return {key: torch.from_numpy(value) for key, value in out.items()} | {"known": torch.from_numpy(known)}


def own_rows(reader: Reader) -> list[Row]:
    """Return the sentences of our own."""
    lines = own_lines()
    read = reader.read(line.text for line in lines)
    return [own_row(line, doc, hits) for line, (doc, hits) in zip(lines, read, strict=True)]


def own_row(line: Line, doc: Doc, hits: Iterable[Hit]) -> Row:
    """Return a line as a row."""
    told = told_in(doc, line)
    types = [told.get(token.i, 0) if token.pos_ in CONTENT or token.i in told else IGNORE for token in doc]

    def roots(spans: Iterable[tuple[int, int]]) -> tuple[int, ...]:
        found = (doc.char_span(start, stop, alignment_mode="expand") for start, stop in spans)
        return tuple(span.root.i for span in found if span is not None and span.root.i < LONGEST)

    acts = [
        (words.root.i, CLASSES.index(kind), roots(line.sources.get(number, ())), roots(line.targets.get(number, ())))
        for start, stop, kind, number in line.numbered
        if (words := doc.char_span(start, stop, alignment_mode="expand")) is not None and words.root.i < LONGEST
    ]
    words = tuple(token.text for token in doc[:LONGEST])
    return Row(words, lexical(doc, hits)[:LONGEST], tuple(types[:LONGEST]), tuple(acts))


def loss_of(model: ActTeacher, batch: dict[str, Tensor], rows: Sequence[Row]) -> Tensor:
    """Return the loss of both tasks."""
    known = batch["known"] * (torch.rand(batch["known"].shape[:2]).unsqueeze(-1) > UNSAID)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words = model.words(batch)
        scores = model.types(words, known)
    loss = F.cross_entropy(scores.float().flatten(0, 1), batch["types"].flatten(), ignore_index=IGNORE)
    acts = [(place, *act) for place, row in enumerate(rows) for act in row.acts]
    if not acts:
        return loss
    told = model.parties(words.float(), [(place, word, kind) for place, word, kind, _, _ in acts])
    gold = torch.zeros_like(told)
    for index, (_, _, _, *sides) in enumerate(acts):
        for role, side in enumerate(sides):
            gold[index, list(side), role] = 1
    inside = torch.arange(told.shape[1])[None, :] < torch.tensor([len(rows[act[0]].words) for act in acts])[:, None]
    return loss + PARTIES * F.binary_cross_entropy_with_logits(told[inside], gold[inside])


def train(rows: Sequence[Row], encoder: str, *, epochs: int, seed: int = 1) -> tuple[ActTeacher, Batcher]:
    """Fine-tune the encoder."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model, batcher = ActTeacher(encoder), Batcher(encoder)
    own = [weight for name, weight in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": model.encoder.parameters(), "lr": RATE}, {"params": own, "lr": 10 * RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = epochs * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / WARM, max(0.02, (total - step) / (total - WARM)))
    )
    model.train()
    for epoch in range(epochs):
        order = sorted(rows, key=lambda row: len(row.words) + rng.random() * 8)
        parts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        rng.shuffle(parts)
        for part in parts:
            loss = loss_of(model, batcher.batch(part), part)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
        print("epoch", epoch, f"{loss.item():.3f}", flush=True)
    return model.eval(), batcher


def chances(model: ActTeacher, batcher: Batcher, rows: Sequence[Row]) -> list[Floats]:
    """Return the chances of the classes of each word of these sentences."""
    out: list[Floats] = [np.zeros((0, len(CLASSES)), dtype=np.float32)] * len(rows)
    order = sorted(range(len(rows)), key=lambda place: len(rows[place].words))
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            batch = batcher.batch([rows[place] for place in part])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model.types(model.words(batch), batch["known"])
            found = scores.float().softmax(-1).numpy()
            for index, place in enumerate(part):
                out[place] = found[index, : len(rows[place].words)]
    return out


def silver(model: ActTeacher, batcher: Batcher, reader: Reader, corpora: Path) -> Floats:
    """Return the chances of the content words of raw text, in order; words that were not read tell nothing."""
    rows: list[Row] = []
    wanted: list[tuple[int, int]] = []  # sentence, word
    for doc, hits in reader.read(sentences(corpora)):
        known = lexical(doc, hits)
        for sentence in doc.sents:
            stop = min(sentence.end, sentence.start + LONGEST)
            wanted.extend((len(rows), token.i - sentence.start) for token in sentence if token.pos_ in CONTENT)
            words = tuple(token.text if token.text.strip() else "." for token in doc[sentence.start : stop])
            rows.append(Row(words, known[sentence.start : stop]))
    found = chances(model, batcher, rows)
    nothing = np.eye(len(CLASSES), dtype=np.float16)[0]
    told = [found[row][word] if word < len(found[row]) else nothing for row, word in wanted]
    return np.array(told, dtype=np.float16)


def main() -> None:
    """Train, and write what the teacher says of raw text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="chances of the content words (.npy)")
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    reader = Reader()
    model, batcher = train(own_rows(reader), minilm(), epochs=args.epochs)
    np.save(args.out, silver(model, batcher, reader, args.corpora))


if __name__ == "__main__":
    main()
