"""``Value``: a number that knows how it was made."""

from autograde.exercises.graphs import programs
from autograde.exercises.graphs.programs import ProgramExercise
from autograde.exercises.graphs.value_alternates import CLOSURES, DEEP_STACK, TAPE
from autograde.exercises.graphs.value_cases import CASES
from autograde.exercises.graphs.value_sources import VALUE
from autograde.exercises.graphs.value_wrong import WRONG_OPERATIONS
from autograde.exercises.graphs.value_wrong_sweep import WRONG_SWEEPS
from mlp_reference import autodiff

VALUE_EXERCISE = ProgramExercise(
    name="Value",
    reference=autodiff.Value,
    probe=programs.outcome,
    given=("program", "watched"),
    cases=CASES,
    misconceptions=[*WRONG_SWEEPS, *WRONG_OPERATIONS],
    alternates=[VALUE, CLOSURES, TAPE, DEEP_STACK],
    hints=[
        "Let every node remember two things about its making: which nodes it was made from (its parents), and the local derivative by each of them, which is known as soon as it is made. For a * b these are (a, b) and (b.data, a.data).",
        "backward() in four steps: list all nodes that the root depends on, each once, in an order in which every node comes after its parents; set all gradients to 0; set the root's to 1; go through the list from its end, and let each node add local * grad to each of its parents. For the list without recursion, keep a stack: put a node on it twice, first to open it (then push its parents), then to write it down.",
        "`todo = [(self, False)]`; while it is not empty: `node, opened = todo.pop()`; if opened, `order.append(node)`; else, if `id(node)` was not seen, note it, push `(node, True)` and then `(parent, False)` for every parent. Afterwards `for node in reversed(order): for parent, local in zip(node.parents, node.local): parent.grad += local * node.grad`.",
    ],
)
