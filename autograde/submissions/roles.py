"""Which part of the assignment a cell is, told by its marks or by its text."""

import ast
import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from autograde.submissions.needed_cells import definitions, plainly
from autograde.submissions.reading import Step

_HIDDEN = re.compile(r"^(###|===) BEGIN (HIDDEN TESTS|MARK SCHEME).*?^\1 END \2[^\n]*\n?", re.DOTALL | re.MULTILINE)
_SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION.*?### END SOLUTION[^\n]*", re.DOTALL | re.MULTILINE)
STUB = r"\1# YOUR CODE HERE\n\1raise NotImplementedError()"  # nbgrader's
_ALIKE = 0.8  # of two lines that are one, but for a later change of wording
_COMPARED = 5_000  # lines of a cell that are compared with the original's: it takes time


def release(text: str) -> str:
    """A cell's text as learners get it: without hidden tests, mark schemes and solutions."""
    return _SOLUTION.sub(STUB, _HIDDEN.sub("", text)).rstrip()


def words(text: str) -> list[str]:
    """What makes two texts the same."""
    return text.split()


def is_stub(source: str, text: str, name: str) -> bool:
    """Whether an answer's cell is as it was released, or still does nothing but raise what the stub raises."""
    if not text.strip() or words(text) == words(release(source)):
        return True
    if "NotImplementedError" not in text:
        return False
    try:
        tree = ast.parse(plainly(text))
        if ast.dump(tree) == ast.dump(ast.parse(release(source))):
            return True
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    return bool(found) and _raises_only(found[-1].body)


def _raises_only(body: list[ast.stmt]) -> bool:
    """Whether a function has no other statements than texts and the one that raises NotImplementedError."""
    rest = [node for node in body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    return len(rest) == 1 and isinstance(rest[0], ast.Raise) and "NotImplementedError" in ast.unparse(rest[0])


def named(known: Mapping[str, Step], submitted: Sequence[Step]) -> tuple[list[Step], list[str]]:
    """The cells, with the names of those whose marks were lost, as on Colab, and these names."""
    lost = [name for name in known if not any(step.name == name for step in submitted)]
    steps, found = list(submitted), list[str]()
    for name in lost:
        at = [i for i, step in enumerate(steps) if step.name not in known and _is_it(known[name], step)]
        if at:
            steps[at[-1]] = replace(steps[at[-1]], name=name)
            found.append(name)
    return steps, found


def _is_it(origin: Step, step: Step) -> bool:
    """Whether a cell without marks is the one that the instructor's became."""
    if origin.role.get("locked"):
        text = words(release(origin.source))
        return words(step.source)[: len(text)] == text or words(step.source) == words(origin.source)
    return step.kind == "code" and origin.name in step.source and origin.name in definitions(step.source)


def added(original: str, text: str) -> str:
    """The lines that a text has beyond an original, whose own may have been worded otherwise before."""
    lines = [line.strip() for line in original.split("\n") if line.strip()]
    longest = max(map(len, lines), default=0) * (2 / _ALIKE - 1)  # that can be like one of these
    given = text.split("\n")
    kept = list[str]()
    for line in given[:_COMPARED]:
        start = max((known for known in lines if line.strip().startswith(known)), key=len, default="")
        rest = line.strip()[len(start) :].strip() if start else line.rstrip()
        own = start or not rest or len(rest.strip()) > longest
        if own or not difflib.get_close_matches(rest.strip(), lines, 1, _ALIKE):
            kept.append(rest)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept + given[_COMPARED:])).strip()


def answered(source: Sequence[Step], submitted: Sequence[Step]) -> set[str]:
    """The exercises that a notebook has an answer to, right or wrong."""
    answers = {step.name: step for step in source if step.name and not step.role.get("locked")}
    code = [step.source for step in submitted if step.kind == "code"]
    return {
        name
        for name, origin in answers.items()
        for text in code
        if name in text and name in definitions(text) and not is_stub(origin.source, text, name)
    }
