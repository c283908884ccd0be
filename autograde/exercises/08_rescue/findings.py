"""Exercise 8.2: what ails each function of the colleague's reader, one word for each."""

from collections.abc import Callable
from typing import Any

from autograde.judging.compare import kind_of
from autograde.judging.exercise import Arguments, Case, Exercise, Unusable
from autograde.runtime.values import plain
from mlp_reference import reader

RIGHT = "named rightly"
FEWEST = 3  # faults that are to be found before it counts that the other functions are right
OTHERS = ("train", "read")  # of her reader, which are not asked for: whoever names them loses nothing


def _said(fn: Callable[[], Any], part: str) -> dict[str, str]:
    """What an answer says of one function, and whether that is right.

    Raises: Unusable for what is no dictionary of the eight words.
    """
    said = plain(fn())
    if not isinstance(said, dict):
        raise Unusable(f"a dictionary from names to words should come back, got {kind_of(said)}")
    truth = reader.findings()
    said = {name: word for name, word in said.items() if name not in OTHERS}
    if unnamed := [name for name in said if not isinstance(name, str)]:
        raise Unusable(f"the keys are names, as texts, for example {next(iter(truth))!r}, and one is {kind_of(unnamed[0])}")
    if strange := [name for name in said if name not in truth]:
        raise Unusable(f"{strange[0]!r} is none of the eight functions, which are {', '.join(truth)}")
    if part not in said:
        return {part: "not named"}
    if not isinstance(said[part], str) or said[part] not in reader.FAULTS:
        raise Unusable(f"{said[part]!r} is none of the eight words, which are {', '.join(map(repr, reader.FAULTS))}")
    if len(said) > 1 and len({*map(str, said.values())}) == 1:
        return {part: f"called {said[part]!r}, as is every other one"}
    found = sum(said.get(name) == word != "right" for name, word in truth.items())
    if said[part] == truth[part] == "right" and found < FEWEST:
        return {part: f"called right, which counts once {FEWEST} faults are found"}
    return {part: RIGHT if said[part] == truth[part] else f"called {said[part]!r}"}


def _asked(part: str) -> Callable[..., Arguments]:
    return lambda rng: (part,)


def _script(args: Arguments) -> str:
    return f"findings()[{args[0]!r}]"


exercise = Exercise(
    reference=reader.findings,
    probe=_said,
    given=("part",),
    script=_script,
    cases=[
        Case(f"what ails {part}", [_asked(part)], times=1)
        for part, _ in sorted(reader.findings().items(), key=lambda found: found[1] == "right")  # faults first
    ],
)

# %% hints
# 1. Don't read the code first: measure. The five gauges stand above: images that are known, signals through thirty layers,
#    the first loss against log 10, large logits, gradients against differences. Each of them speaks about one or two of
#    the functions.
# 2. `signal_profile` speaks about `first_weights`, `leaked_rows` about `two_parts`, logits of 1000 about `cross_entropy`.
#    Two functions are in question where gradients are wrong: one of them makes gradients wrong by a factor, the same for
#    all entries of all weights; the other changes their directions, too.
# 3. Compare given and measured gradients: where their quotient is the same number everywhere, what is that number for
#    batches of 5 and of 10? And for a slope: of what is 1 - tanh(.)**2 the slope, of z or of h = tanh(z)? Three of the
#    eight functions are right.

# %% elegant
# A dictionary is a table: one line for each finding, and nothing else. What counts was done before, by measuring.

# %% right
def findings():
    return {
        "two_parts": "leak",
        "first_weights": "variance",
        "forward": "right",
        "cross_entropy": "overflow",
        "layer_gradients": "mean twice",
        "through_tanh": "slope",
        "backward": "right",
        "batches": "right",
    }

# %% right
def findings():
    found = dict.fromkeys(["forward", "backward", "batches"], "right")
    found["two_parts"] = "leak"
    found["first_weights"] = "variance"
    found["cross_entropy"] = "overflow"
    found["layer_gradients"] = "mean twice"
    found["through_tanh"] = "slope"
    return found

# %% right
findings = lambda: dict(
    first_weights="variance", two_parts="leak", through_tanh="slope", layer_gradients="mean twice",
    cross_entropy="overflow", batches="right", backward="right", forward="right",
)

# %% right
def findings():
    faults = {"leak": "two_parts", "variance": "first_weights", "overflow": "cross_entropy",
              "mean twice": "layer_gradients", "slope": "through_tanh"}
    names = ("two_parts", "first_weights", "forward", "cross_entropy", "layer_gradients", "through_tanh", "backward",
             "batches")
    by_function = {function: fault for fault, function in faults.items()}
    return {name: by_function.get(name, "right") for name in names}

# %% right
NAMES = ["two_parts", "first_weights", "forward", "cross_entropy", "layer_gradients", "through_tanh", "backward", "batches"]
WORDS = ["leak", "variance", "right", "overflow", "mean twice", "slope", "right", "right"]

def findings():
    found = {}
    for i in range(len(NAMES)):
        found[NAMES[i]] = WORDS[i]
    return found

# %% wrong
# two_parts is called right: `"two_parts": "leak"` -> `"two_parts": "right"`
#   Run your `leaked_rows` on its two parts. May an image that was learned be among those that are read?
# two_parts is given another fault: `"two_parts": "leak"` -> `"two_parts": "order"` | `"two_parts": "mean twice"` | `"two_parts": "transpose"` | `"two_parts": "overflow"` | `"two_parts": "slope"` | `"two_parts": "variance"`
#   This one only chooses rows. What must never happen when rows are chosen for learning and for reading? Measure it.
# two_parts is left out: without `"two_parts": "leak",`
#   This function makes the data. All eight need a word; run your `leaked_rows` on its two parts.
# first_weights is called right: `"first_weights": "variance"` -> `"first_weights": "right"`
#   Look at the sizes of the signals through thirty layers, and at the first loss: 2.3026 to the last digit is too good.
#   Which number does `rng.normal` take second?
# first_weights is given another fault: `"first_weights": "variance"` -> `"first_weights": "order"` | `"first_weights": "mean twice"` | `"first_weights": "transpose"` | `"first_weights": "overflow"` | `"first_weights": "slope"` | `"first_weights": "leak"`
#   This one only draws numbers. What about the numbers it draws differs from what its docstring promises? Measure
#   their standard deviation.
# first_weights is left out: without `"first_weights": "variance",`
#   All eight need a word. What does `signal_profile` say about the weights that this one draws?
# forward is given a fault: `"forward": "right"` -> `"forward": "order"` | `"forward": "transpose"` | `"forward": "variance"` | `"forward": "slope"` | `"forward": "overflow"` | `"forward": "mean twice"` | `"forward": "leak"`
#   Compare it with a loop of your own: h W + b, then tanh, but for the last layer. What differs? That signals die on the
#   way is not its fault: it multiplies by the weights that it is given.
# forward is left out: without `"forward": "right",`
#   All eight need a word, those that are right as well.
# cross_entropy is called right: `"cross_entropy": "overflow"` -> `"cross_entropy": "right"`
#   Small logits hide it. Give it one row with a logit of 1000, and look at what comes back.
# cross_entropy is given another fault: `"cross_entropy": "overflow"` -> `"cross_entropy": "mean twice"` | `"cross_entropy": "order"` | `"cross_entropy": "transpose"` | `"cross_entropy": "slope"` | `"cross_entropy": "variance"` | `"cross_entropy": "leak"`
#   For logits of ordinary size its loss and its gradient agree with differences. Then what about a logit of 1000?
# cross_entropy is left out: without `"cross_entropy": "overflow",`
#   All eight need a word. Try this one with a logit of 1000.
# layer_gradients is called right: `"layer_gradients": "mean twice"` -> `"layer_gradients": "right"`
#   Divide its gradient by the measured one, entry by entry, for batches of 5 and of 10 examples. What do the quotients say?
# layer_gradients is given another fault: `"layer_gradients": "mean twice"` -> `"layer_gradients": "transpose"` | `"layer_gradients": "slope"` | `"layer_gradients": "order"` | `"layer_gradients": "overflow"` | `"layer_gradients": "variance"` | `"layer_gradients": "leak"`
#   Its gradients have the right shape and the right direction, and the wrong length. By which factor, and what does that
#   factor depend on?
# layer_gradients is left out: without `"layer_gradients": "mean twice",`
#   All eight need a word. Which parameters does `worst_gradient` accuse, the weights or the biases?
# through_tanh is called right: `"through_tanh": "slope"` -> `"through_tanh": "right"`
#   Below the last layer gradients are off in direction, the biases' too: their cosines are below 1. What does this function get, z or tanh(z), and
#   of which of the two is 1 - tanh(.)**2 the slope?
# through_tanh is given another fault: `"through_tanh": "slope"` -> `"through_tanh": "transpose"` | `"through_tanh": "mean twice"` | `"through_tanh": "order"` | `"through_tanh": "overflow"` | `"through_tanh": "variance"` | `"through_tanh": "leak"`
#   It works entry by entry: nothing can be transposed, averaged or put in another order there. What is the derivative of
#   tanh at z, written with h = tanh(z)?
# through_tanh is left out: without `"through_tanh": "slope",`
#   All eight need a word. Try this one alone: nudge z, and compare.
# backward is given a fault: `"backward": "right"` -> `"backward": "order"` | `"backward": "transpose"` | `"backward": "slope"` | `"backward": "mean twice"` | `"backward": "overflow"` | `"backward": "variance"` | `"backward": "leak"`
#   It only calls two others, from the last layer to the first. With right versions of those two, does
#   `worst_gradient` still complain?
# backward is left out: without `"backward": "right",`
#   All eight need a word, those that are right as well.
# batches is given a fault: `"batches": "right"` -> `"batches": "order"` | `"batches": "mean twice"` | `"batches": "leak"` | `"batches": "transpose"` | `"batches": "overflow"` | `"batches": "slope"` | `"batches": "variance"`
#   Check what you know of an epoch: each example once, in a fresh order, the last batch shorter. It keeps all that.
# batches is left out: without `"batches": "right",`
#   All eight need a word, those that are right as well.
# forward and backward are accused, where what they call is at fault: `"forward": "right"` -> `"forward": "variance"`, `"backward": "right"` -> `"backward": "slope"`
#   They do as they should with what they are given. Which function draws the weights, which computes the slope?
# the two faults of the way back are exchanged: `"layer_gradients": "mean twice"` -> `"layer_gradients": "slope"`, `"through_tanh": "slope"` -> `"through_tanh": "mean twice"`
#   One of the two gives a wrong length, the other a wrong direction. In which of them does a mean stand, in which a slope?
# every function is called right: `"leak"` -> `"right"`, `"variance"` -> `"right"`, `"overflow"` -> `"right"`, `"mean twice"` -> `"right"`, `"slope"` -> `"right"`
#   It doesn't learn, so something is wrong. Begin with the signals: `signal_profile` on its first weights.
# the faults are the keys
# -     return {
# +     return {word: name for name, word in {
# -         "batches": "right",
# -     }
# +         "batches": "right",
# +     }.items()}
#   The names of the functions are the keys, the words the values: {"two_parts": "...", ...}.
# only the names of what is broken
# -     return {
# +     return [name for name, word in {
# -         "batches": "right",
# -     }
# +         "batches": "right",
# +     }.items() if word != "right"]
#   A dictionary is asked for, from the name of each of the eight functions to its word.
