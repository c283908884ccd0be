"""One training step (forward, backward, SGD): ours, scikit-learn's, PyTorch's where installed, and its bare GEMMs.

    python benchmarks/training_step.py [--rounds 40] [--json FILE]

All take turns in short windows on the same float32 data with two threads, so that what else the machine does hits all
alike. Before a window there is a rest, in which the threads of the library before stop spinning, and a window that is
not timed. Of each the best window counts; where the machine is busy, look at the median of the ratios too.
"gemms" are the matrix products of our step alone, by NumPy between the very arrays that the step uses.
"memory" is what our step holds at its peak, over the arrays that any such step needs: parameters, gradients, one batch,
and per layer its output and the gradient by it.
"""

import os

THREADS = 2
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(THREADS)  # read when NumPy is imported

import argparse  # noqa: E402
import json  # noqa: E402
import time  # noqa: E402
import tracemalloc  # noqa: E402
import warnings  # noqa: E402
from collections.abc import Callable  # noqa: E402
from itertools import pairwise  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
from sklearn.neural_network import MLPClassifier  # noqa: E402

from mlp_reference import MLP, SGD  # noqa: E402
from mlp_reference.fast.training import Epochs  # noqa: E402

try:
    import torch
except ImportError:
    torch = None

LR = 0.01
REST = 0.05  # seconds
CASES = [((64, 64, 10), 32, 45), ((784, 512, 512, 10), 128, 4)]  # sizes, batch, steps a window
Run = Callable[[], object]


def problem(sizes: tuple[int, ...], n: int) -> tuple[np.ndarray, np.ndarray]:
    """``X (n, d)`` and labels without meaning: a step takes as long for these as for any."""
    rng = np.random.default_rng(0)
    y = np.concatenate([np.arange(sizes[-1]), rng.integers(0, sizes[-1], n - sizes[-1])])
    return rng.standard_normal((n, sizes[0])).astype(np.float32), y


def start(sizes: tuple[int, ...]) -> MLP:
    return MLP(sizes, np.random.default_rng(0), dtype=np.float32)


def ours(sizes: tuple[int, ...], batch: int, steps: int) -> Run:
    X, y = problem(sizes, batch * steps)
    model, sgd, epoch, rng = start(sizes), SGD(LR), Epochs(), np.random.default_rng(0)
    return lambda: epoch(model, X, y, sgd, batch, rng)


def scikit_learn(sizes: tuple[int, ...], batch: int, steps: int) -> Run:
    X, y = problem(sizes, batch * steps)
    model = MLPClassifier(sizes[1:-1], solver="sgd", alpha=0, batch_size=batch, learning_rate_init=LR, momentum=0)
    return lambda: model.partial_fit(X, y, classes=range(sizes[-1]))


def pytorch(sizes: tuple[int, ...], batch: int, steps: int) -> Run:
    torch.set_num_threads(THREADS)
    layers = [layer for pair in pairwise(sizes) for layer in (torch.nn.Linear(*pair), torch.nn.ReLU())][:-1]
    model, loss = torch.nn.Sequential(*layers), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LR)
    X, y = map(torch.from_numpy, problem(sizes, batch * steps))

    def epoch() -> None:
        for rows in torch.randperm(len(X)).split(batch):
            optimizer.zero_grad()
            loss(model(X[rows]), y[rows]).backward()
            optimizer.step()

    return epoch


def gemms(sizes: tuple[int, ...], batch: int, steps: int) -> Run:
    X, y = problem(sizes, batch)
    ours = Epochs()
    ours(start(sizes), X, y, SGD(LR), batch, np.random.default_rng(0))  # so that all arrays hold what they do in a step
    layers = ours.workspaces[batch].layers

    def epoch() -> None:
        for _ in range(steps):
            for layer in layers:
                np.dot(layer.A, layer.W, out=layer.Z)
            for before, layer in reversed(list(zip([None, *layers], layers))):  # noqa: B905
                if before:
                    np.dot(layer.G, layer.W.T, out=before.G)
                np.dot(layer.A.T, layer.G, out=layer.dW)

    return epoch


def microseconds(runs: dict[str, Run], rounds: int, steps: int) -> dict[str, np.ndarray]:
    """Per name the time of one step in each round."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            time.sleep(REST)
            run()
            start = time.perf_counter()
            run()
            times[name].append(1e6 * (time.perf_counter() - start) / steps)
    return {name: np.array(row) for name, row in times.items()}


def memory_ratio(sizes: tuple[int, ...], batch: int) -> float:
    """Peak memory of a step with all it holds, over the arrays that it needs."""
    X, y = problem(sizes, batch)
    tracemalloc.start()
    model = start(sizes)
    tracemalloc.reset_peak()  # the random numbers of the start were float64
    Epochs()(model, X, y, SGD(LR), batch, np.random.default_rng(0))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    numbers = 2 * model.n_parameters + batch * (sizes[0] + 2 * sum(sizes[1:]))
    return peak / (4 * numbers)


def measure(sizes: tuple[int, ...], batch: int, steps: int, rounds: int) -> dict[str, dict[str, float]]:
    """Per name the best time, and the median over rounds of its ratio to ours."""
    makers = {"ours": ours, "gemms": gemms, "scikit-learn": scikit_learn} | ({"torch": pytorch} if torch else {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        times = microseconds({name: make(sizes, batch, steps) for name, make in makers.items()}, rounds, steps)
    return {
        name: {"best_us": float(row.min()), "over_ours": float(np.median(row / times["ours"]))}
        for name, row in times.items()
    }


def report(name: str, rows: dict[str, dict[str, float]], memory: float) -> None:
    best = rows["ours"]["best_us"]
    print(f"{name}\n  {'':14}{'µs a step':>10}{'over ours':>11}{'median':>9}")
    for peer, row in rows.items():
        print(f"  {peer:14}{row['best_us']:10.1f}{row['best_us'] / best:10.2f}x{row['over_ours']:8.2f}x")
    gemms = rows["gemms"]
    print(f"  ours / gemms {best / gemms['best_us']:.2f}, median {1 / gemms['over_ours']:.2f}, "
          f"memory / needed {memory:.2f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    results = {}
    for sizes, batch, steps in CASES:
        name = f"{'-'.join(map(str, sizes))}, batch {batch}"
        rows, memory = measure(sizes, batch, steps, args.rounds), memory_ratio(sizes, batch)
        report(name, rows, memory)
        results[name] = {"times": rows, "memory": memory}
    if torch is None:
        print("PyTorch is not installed: pip install torch==2.13.0")
    if args.json:
        args.json.write_text(json.dumps({"threads": THREADS, "cases": results}, indent=2) + "\n")


if __name__ == "__main__":
    main()
