"""The tagger of `banyan tune tagger` in PyTorch, for Benchmarks/tuning-speed: the same layers, sizes, dropout and loss, padded as one writes it there.

The recurrence goes over places once, with both directions side by side; the field goes over places in scaled linear space (a product with the exponentials of the transitions, taken once), so that nothing of [tags, tags] is made
at a place.
"""
import collections
import json
import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, CHARACTER, PAIR, KIND, RECURRENCES = 192, 96, 64, 16, 2


def read(path):
    """Texts with spans."""
    texts = []
    for line in path.read_text().split("\n"):
        if line.strip():
            row = json.loads(line)
            texts.append((row["text"], [(e["entity_index"]["begin"], e["entity_index"]["end"], e["entity_type"]) for e in row["entity_list"]]))
    return texts


class Tagger(nn.Module):
    def __init__(self, characters, pairs, tags):
        super().__init__()
        self.characters, self.pairs, self.kinds = nn.Embedding(characters, CHARACTER), nn.Embedding(pairs, PAIR), nn.Embedding(8, KIND)
        self.input = nn.Linear(CHARACTER + 2 * PAIR + KIND, WIDTH)
        self.convolution_norm, self.convolution = nn.LayerNorm(WIDTH), nn.Conv1d(WIDTH, 2 * WIDTH, 3, padding=1)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(RECURRENCES))
        self.layers = nn.ModuleList(nn.Linear(WIDTH, 3 * WIDTH) for _ in range(RECURRENCES))
        self.norm, self.output = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, tags)
        self.transitions, self.starts, self.ends = nn.Parameter(torch.zeros(tags, tags)), nn.Parameter(torch.zeros(tags)), nn.Parameter(torch.zeros(tags))

    def recurrence(self, u, mask):
        a, f, s = u.chunk(3, -1)
        f, half = torch.sigmoid(f), WIDTH // 2
        # Padding is gone through unchanged, and stands at the beginning for the direction that reads from the end.
        f = torch.where(mask[..., None], f, 1.0)
        f = torch.cat([f[..., :half], f[..., half:].flip(1)], -1)
        a = torch.cat([a[..., :half], a[..., half:].flip(1)], -1)
        x, state, states = (1 - f) * a, torch.zeros(a.shape[0], WIDTH), []
        for place in range(a.shape[1]):
            state = torch.addcmul(x[:, place], f[:, place], state)
            states.append(state)
        h = torch.stack(states, 1)
        return torch.cat([h[..., :half], h[..., half:].flip(1)], -1) * torch.sigmoid(s)

    def scores(self, columns, mask):
        vectors = [self.characters(columns[0]), self.pairs(columns[1]), self.pairs(columns[2]), self.kinds(columns[3])]
        vectors = [v * F.dropout(torch.ones(v.shape[0], v.shape[1], 1), 0.2) for v in vectors]
        x, real = self.input(F.dropout(torch.cat(vectors, -1), 0.5)), mask[..., None]
        hidden = F.glu(self.convolution((self.convolution_norm(x) * real).transpose(1, 2)).transpose(1, 2), -1)
        x = x + F.dropout(hidden, 0.5)
        for norm, layer in zip(self.norms, self.layers):
            x = x + F.dropout(self.recurrence(layer(norm(x)), mask), 0.5)
        return self.output(F.dropout(self.norm(x), 0.5))

    def forward(self, columns, tags, mask):
        scores = self.scores(columns, mask)
        most = scores.amax(-1, keepdim=True)
        emitted, edges = (scores - most).exp(), self.transitions.exp()
        forward = self.starts.exp() * emitted[:, 0]
        logarithm = most[..., 0].masked_fill(~mask, 0).sum(1)
        for place in range(1, scores.shape[1]):
            total = forward.sum(1, keepdim=True)
            logarithm = logarithm + total[:, 0].log()
            forward = forward / total
            forward = torch.where(mask[:, place, None], (forward @ edges) * emitted[:, place], forward)
        everything = logarithm + (forward @ self.ends.exp()).log()
        own = (scores.gather(2, tags[..., None])[..., 0] * mask).sum(1) + self.starts[tags[:, 0]] + (self.transitions[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        own = own + self.ends[tags.gather(1, mask.sum(1, keepdim=True) - 1)[:, 0]]
        return (everything - own).sum() / mask.sum() * 8


class Peer:
    """Steps of a run over texts, in batches of similar length."""

    def __init__(self, texts, batch, is_compiled):
        torch.manual_seed(1)
        self.random, self.batch = random.Random(1), batch
        count = collections.Counter(c for text, _ in texts for c in text)
        pairs = collections.Counter(pair for text, _ in texts for pair in zip("^" + text, text + "$"))
        self.characters = {c: 64 + place for place, (c, n) in enumerate(count.most_common()) if n >= 2}
        self.known = {pair: 1 + place for place, (pair, n) in enumerate(pairs.most_common(49_152)) if n >= 2}
        types = sorted({span[2] for _, spans in texts for span in spans})
        self.examples = [self.example(text, spans, types) for text, spans in texts]
        self.longest = max(len(example[1]) for example in self.examples) if is_compiled else None
        self.model = Tagger(64 + len(self.characters), 1 + len(self.known), 1 + 4 * len(types))
        self.parameters = list(self.model.parameters())
        self.average = [parameter.detach().clone() for parameter in self.parameters]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=2e-3, weight_decay=0.01, fused=True)
        # Compiled for one length, that of the longest text: others would be compiled again.
        self.step = torch.compile(self.model) if is_compiled else self.model
        self.run(4)

    def example(self, text, spans, types):
        tags = [0] * len(text)
        for start, end, kind in spans:
            base = 1 + 4 * types.index(kind)
            tags[start:end] = [base + 3] if end == start + 1 else [base] + [base + 1] * (end - start - 2) + [base + 2]
        around = [self.known.get(pair, 0) for pair in zip("^" + text, text + "$")]
        return torch.tensor([[self.characters.get(c, 1) for c in text], around[:-1], around[1:], [1 if c.isdigit() else 4 for c in text]]), torch.tensor(tags)

    def padded(self, examples):
        length = self.longest or max(len(tags) for _, tags in examples)
        columns, tags, mask = torch.zeros(4, len(examples), length, dtype=torch.long), torch.zeros(len(examples), length, dtype=torch.long), torch.zeros(len(examples), length, dtype=torch.bool)
        for row, (own, marks) in enumerate(examples):
            columns[:, row, :len(marks)], tags[row, :len(marks)], mask[row, :len(marks)] = own, marks, True
        return columns, tags, mask

    def run(self, steps):
        self.random.shuffle(self.examples)
        chosen = sorted(self.examples[:steps * self.batch], key=lambda example: len(example[1]))
        batches = [chosen[start:start + self.batch] for start in range(0, len(chosen), self.batch)]
        self.random.shuffle(batches)
        start = time.perf_counter()
        for examples in batches:
            self.optimizer.zero_grad()
            self.step(*self.padded(examples)).backward()
            nn.utils.clip_grad_norm_(self.parameters, 5.0)
            self.optimizer.step()
            with torch.no_grad():
                torch._foreach_lerp_(self.average, [parameter.detach() for parameter in self.parameters], 0.002)
        return len(chosen) / (time.perf_counter() - start)
