"""Link claims to works in a process of its own, and print what that cost as JSON.

    python -P timed.py WORK.json [--models FOLDER --cache FOLDER [--verify]]

WORK.json holds {"works": [{"id", "title", "text"}], "claims": [text]}. With the folder of the
embedder the mode is semantic; with --verify the verifier in it reads what is suggested. This file
is run as a script, so that what it measures is all that is loaded.
"""

import argparse
import json
import sys
import time
from pathlib import Path


def main() -> int:
    """Link twice; the second time everything but the works and claims is warm."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--verify", action="store_true")
    asked = parser.parse_args()
    work = json.loads(asked.work.read_text(encoding="utf-8"))
    started = time.process_time()

    from exocite.linking.coefficients import MODES
    from exocite.linking.suggest import link
    from exocite.model import Claim, Reference, SourceText, Span
    from exocite.policy import Policy

    policy = Policy()
    similarity, mode = None, "core"
    if asked.models:
        from exocite.embedding import Embedder

        similarity, mode = Embedder(asked.models, cache=asked.cache), "semantic"
    verifier = verifying = None
    if asked.verify:
        from exocite.linking.verifying import Verifying
        from exocite.verifier import Verifier

        verifier = Verifier(asked.models, cache=asked.cache)
        verifying = Verifying(verifier, verifier.calibration)
    least = MODES[mode].operating_points[policy.operating_point]
    loaded = time.process_time()

    def linked() -> int:
        references = [Reference(w["id"], "article", {"title": w["title"]}) for w in work["works"]]
        texts = [SourceText(w["id"], "abstract", w["text"]) for w in work["works"]]
        claims = [
            Claim(f"c{number}", Span(0, len(said)), said, said, 1.0, "")
            for number, said in enumerate(work["claims"])
        ]
        found = link(
            claims,
            texts,
            references,
            policy,
            least=least,
            similarity=similarity,
            verifier=verifying,
        )
        return len(found)

    count = linked()
    if similarity:
        similarity.save()
    if verifier:
        verifier.save()
    once = time.process_time()
    linked()
    again = time.process_time()
    cost = {
        "claims": count,
        "load_s": loaded - started,
        "once_s": once - started,
        "again_s": again - once,
        "process_s": once,
        "rss_mb": most_memory(),
        "verified_pairs": len(verifier.kept) if verifier else 0,
    }
    print(json.dumps(cost))
    return 0


def most_memory() -> float | None:
    """The most megabytes that this process held; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():  # the other number counts what the parent held when it started this one
        return int(status.read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0]) / 1024
    try:
        import resource
    except ImportError:
        return None
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    sys.exit(main())
