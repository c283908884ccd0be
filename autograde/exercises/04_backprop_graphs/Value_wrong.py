"""Wrong answers to ``Value``."""

# %% wrong
# the last path wins: gradients are replaced instead of added: `parent.grad += local ` -> `parent.grad = local `
#   A node that is used twice gets a contribution from each use, and they add up: `+=`, not `=`.
# a second backward() adds to the first
# -         for node in order:
# -             node.grad = 0.0
#   Gradients of an earlier backward() are still there. Set the gradient of every node that is reached to 0 first, then
#   sum.
# gradients are reset at the leaves only: `node.grad = 0.0` -> `if not node.parents: …`
#   The nodes in between keep gradients of an earlier backward(), too: reset every node that is reached.
# only the root and its parents are reset: `for node in order:` -> `for node in self.parents:`
#   Everything the root depends on must be reset, not its parents alone.
# the gradient of the root is never set: without `self.grad = 1.0`
#   The sweep starts with d root / d root = 1. Without it, all gradients stay 0.
# gradients are 1 from the beginning: `self.grad = 0.0 ⏎ self.parents` -> `self.grad = 1.0 ⏎ self.parents`
#   `.grad` is 0.0 until a `backward()` reaches the node: the root alone is set to 1, and only then.
# gradients are None from the beginning: `self.grad = 0.0 ⏎ self.parents` -> `self.grad = None ⏎ self.parents`
#   `.grad` is a plain number, 0.0 until a `backward()` reaches the node.
# the gradient of the root is its own value: `self.grad = 1.0` -> `self.grad = self.data`
#   The sweep starts with d root / d root, which is 1, whatever the root's value.
# the local derivatives are not multiplied by what arrives: `parent.grad += local * node.grad` -> `parent.grad += local`
#   A parent gets local derivative times the gradient of the node itself: that is the chain rule.
# what arrives is handed on without the local derivative: `grad += local * node.grad` -> `grad += node.grad`
#   A parent gets the node's gradient times the *local* derivative of the node by this parent.
# gradients reach the parents of the root and no further
#   `order = self.order() ⏎ for node in order:` -> `for node in self.order():`
# -         for node in reversed(order):
# -             for parent, local in zip(node.parents, node.local):
# -                 parent.grad += local * node.grad
# +         for parent, local in zip(self.parents, self.local):
# +             parent.grad += local * self.grad
#   Every node hands its gradient on to its own parents: go through the whole graph, and start at the root. (A sweep
#   that starts at the leaves looks the same: it reaches the root last.)
# a node hands its gradient on before all of it has arrived
#   `order = self.order() ⏎ for node in order:` -> `for node in self.order():`
# -         for node in reversed(order):
# +         seen, queue = {id(self)}, [self]
# +         while queue:
# +             node = queue.pop(0)
# -                 parent.grad += local * node.grad
# +                 parent.grad += local * node.grad
# +                 if id(parent) not in seen:
# +                     seen.add(id(parent))
# +                     queue.append(parent)
#   Level by level, a node may be visited while a longer path to it is still on its way. Visit a node only after all
#   nodes that use it: that is what a topological order is for.
# depth first, a node hands its gradient on before all of it has arrived
#   `order = self.order() ⏎ for node in order:` -> `for node in self.order():`
# -         for node in reversed(order):
# +         seen, stack = {id(self)}, [self]
# +         while stack:
# +             node = stack.pop()
# -                 parent.grad += local * node.grad
# +                 parent.grad += local * node.grad
# +                 if id(parent) not in seen:
# +                     seen.add(id(parent))
# +                     stack.append(parent)
#   A stack takes the newest node first, whatever else still has to contribute to it. Visit a node only after all nodes
#   that use it: that is what a topological order is for.
# a node that is reached twice hands its whole gradient on twice
#   `order = self.order() ⏎ for node in order:` -> `for node in self.order():`
# -         for node in reversed(order):
# +         queue = [self]
# +         while queue and len(queue) < 1000:  # else it would never get through 50 doublings
# +             node = queue.pop(0)
#   `parent.grad += local * node.grad` -> `… ⏎ queue.append(parent)`
#   Each visit hands on everything that has arrived so far, and what came before is counted again. Visit every node
#   once, after all nodes that use it.
# a recursion that is too deep
# -         order, seen, todo = [], set(), [(self, False)]
# -         while todo:
# -             node, done = todo.pop()
# -             if done:
# +         order, seen = [], set()
# +         def visit(node):
# +             if id(node) not in seen:
# +                 seen.add(id(node))
# +                 for parent in node.parents:
# +                     visit(parent)
# -             elif id(node) not in seen:
# -                 seen.add(id(node))
# -                 todo.append((node, True))
# -                 todo += [(parent, False) for parent in node.parents]
# +         visit(self)
#   The values are right, but your function calls itself once for each node in a chain, and Python stops at about 1,000
#   calls. Let a list hold what is still to do.
# nodes of equal value are taken for one: `id(node) not in seen` -> `node.data not in seen`,
#   `seen.add(id(node))` -> `seen.add(node.data)`
#   Two nodes may hold the same number and still be two: tell them apart by `id(node)`, not by `.data`.
# nodes of equal value are taken for one, whichever comes first: `id(node) not in seen` -> `node.data not in seen`,
#   `seen.add(id(node))` -> `seen.add(node.data)`, `for parent in node.parents]` -> `for parent in node.parents[::-1]]`
#   Two nodes of equal value are taken for one: the second is never visited. Tell nodes apart by `id(node)`, not by
#   `.data`.
# a mark on every visited node that stays there
#   `self.grad = 0.0 ⏎ self.parents` -> `self.grad, self.seen = 0.0, False ⏎ self.parents`,
#   `id(node) not in seen` -> `not node.seen`, `seen.add(id(node))` -> `node.seen = True`
#   A node that was visited once counts as visited in every later backward(), too, and is left out. Take the marks off
#   first, or keep them in a set that is made anew each time.
# a node multiplied with itself counts once: `zip(node.parents, node.local)` -> `dict(…).items()`
#   In a * a both factors are the same node, and it gets a contribution from each. A set or a dict of parents keeps only
#   one of them.
# the factors' derivatives are exchanged: `(other.data, self.data)` -> `(self.data, other.data)`
#   d(ab)/da = b: each factor's local derivative is the value of the *other* one.
# a product is differentiated like a sum: `(other.data, self.data)` -> `(1.0, 1.0)`
#   d(ab)/da = b: each factor's local derivative is the value of the other one.
# a sum is differentiated like a product: `1.0, 1.0` -> `other.data, self.data`
#   If one summand grows by h, so does the sum: both local derivatives are 1.
# a difference has the gradient of a sum: `(1.0, -1.0)` -> `(1.0, 1.0)`
#   a - b falls when b grows: its local derivative by b is -1.
# unary minus forgets its sign on the way back: `(-1.0,)` -> `(1.0,)`
#   -a falls when a grows: its local derivative is -1.
# unary minus is a new leaf: `Value(-self.data, (self,), (-1.0,))` -> `Value(-self.data)`
#   -a depends on a: without a parent, no gradient gets through it.
# unary minus is a new leaf, and differences use it
#   `Value(-self.data, (self,), (-1.0,))` -> `Value(-self.data)`
# -         other = other if isinstance(other, Value) else Value(other)
# -         return Value(self.data - other.data, (self, other), (1.0, -1.0))
# +         return self + (-other)
#   -a depends on a: without a parent no gradient gets through it, nor through a difference that is made with it.
# a number minus a node is computed the other way round: `return Value(other) - self` -> `return self - other`
#   For `3 - a` Python calls `a.__rsub__(3)`: the result is 3 - a, not a - 3.
# no plain number on the left of +
# -     def __radd__(self, other):
# -         return self + other
#   For `3 + a` Python asks the 3 first, which knows no Value, and then calls `a.__radd__(3)`: define it.
# no plain number on the left of *
# -     def __rmul__(self, other):
# -         return self * other
#   For `3 * a` Python asks the 3 first, which knows no Value, and then calls `a.__rmul__(3)`: define it.
# no plain number on the left of -
# -     def __rsub__(self, other):
# -         return Value(other) - self
#   For `3 - a` Python asks the 3 first, which knows no Value, and then calls `a.__rsub__(3)`: define it.
# no plain numbers on the left
# -     def __radd__(self, other):
# -         return self + other
# -
# -     def __rmul__(self, other):
# -         return self * other
# -
# -     def __rsub__(self, other):
# -         return Value(other) - self
#   For `3 + a` Python asks the 3 first, which knows no Value, and then calls `a.__radd__(3)`. Define `__radd__`,
#   `__rmul__` and `__rsub__`.
# a number plus a node calls itself without end: `return self + other` -> `return other + self`
#   `other + self` asks the plain number first, which does not know how, so Python calls `self.__radd__` again. Turn it
#   round: `self + other`.
# a number times a node calls itself without end: `return self * other` -> `return other * self`
#   `other * self` asks the plain number first, which does not know how, so Python calls `self.__rmul__` again. Turn it
#   round: `self * other`.
# no plain numbers on the right
# -     def __add__(self, other):
# -         other = other if isinstance(other, Value) else Value(other)
# +     def __add__(self, other):
# -     def __mul__(self, other):
# -         other = other if isinstance(other, Value) else Value(other)
# +     def __mul__(self, other):
#   without `other = other if isinstance(other, Value) else Value(other)`
#   In `a + 3` the other one is a plain number and has no `.data`: make a Value of it first, where it is none, in `+`,
#   `*` and `-`.
# no plain number on the right of -
# -         other = other if isinstance(other, Value) else Value(other)
# -         return Value(self.data -
# +         return Value(self.data -
#   In `a - 3` the other one is a plain number and has no `.data`: make a Value of it first, where it is none.
# no plain number on the right of +
# -         other = other if isinstance(other, Value) else Value(other)
# -         return Value(self.data +
# +         return Value(self.data +
#   In `a + 3` the other one is a plain number and has no `.data`: make a Value of it first, where it is none.
# no plain number on the right of *
# -         other = other if isinstance(other, Value) else Value(other)
# -         return Value(self.data *
# +         return Value(self.data *
#   In `a * 3` the other one is a plain number and has no `.data`: make a Value of it first, where it is none.
# the slope of tanh is taken at what went in: `1 - t * t` -> `1 - self.data**2`
#   tanh' = 1 - tanh squared: the *output* is squared, not the input.
# the slope of tanh lacks the square: `1 - t * t` -> `1 - t`
#   tanh' = 1 - tanh squared.
# the slope of the sigmoid for tanh: `1 - t * t` -> `t * (1 - t)`
#   s (1 - s) belongs to the sigmoid. For tanh it is 1 - t squared.
# the input is taken for the slope of exp: `(self,), (e,))` -> `(self,), (self.data,))`
# the slope of exp is 1: `(self,), (e,))` -> `(self,), (1.0,))`
#   exp is its own derivative: the local derivative is the output.
# relu lets every gradient through: `(1.0 if self.data > 0 else 0.0,)` -> `(1.0,)`
#   Where the input is negative, the output does not move: the local derivative is 0 there.
# the slope of relu is 1 at 0: `if self.data > 0 else 0.0` -> `if self.data >= 0 else 0.0`
#   At the kink this course takes the left derivative: relu'(0) = 0. Only inputs above 0 have slope 1.
# the slope of relu is one half at 0
#   `(1.0 if self.data > 0 else 0.0,)` -> `(1.0 if self.data > 0 else 0.5 * (self.data == 0),)`
#   At the kink this course takes the left derivative: relu'(0) = 0.
# the slope of relu is its value: `(1.0 if self.data > 0 else 0.0,)` -> `(max(self.data, 0.0),)`
#   Where the input is positive the output moves exactly as it does: slope 1, whatever the value.
# relu clips to at most 0: `max(self.data, 0.0)` -> `min(self.data, 0.0)`
#   relu(z) = max(z, 0): what is negative becomes 0, what is positive stays.
# the nodes on the way keep no gradient
# -                 parent.grad += local * node.grad
# +                 parent.grad += local * node.grad
# +         for node in order:
# +             if node.parents:
# +                 node.grad = 0.0
#   `.grad` is wanted for every node that is reached, also for those between root and leaves.
# gradients are nodes instead of numbers
# -                 parent.grad += local * node.grad
# +                 parent.grad += local * node.grad
# +         for node in order:
# +             node.grad = Value(node.grad)
#   `.grad` is a plain number. Multiply local derivatives and gradients as numbers, `.data` and not the node.
# the sum is stored in the first summand
# -         return Value(self.data + other.data, (self, other), (1.0, 1.0))
# +         self.data = self.data + other.data
# +         return self
#   `a + b` must leave a as it was and give a *new* node, with a and b as its parents.
# unary minus changes the node itself
#   `return Value(-self.data, (self,), (-1.0,))` -> `self.data = -self.data ⏎ return self`
# -         return Value(other) - self
# +         return (-self) + other
#   `-a` leaves a as it was and gives a *new* node, of value -a, with a as its parent.
#   or
#   `return Value(-self.data, (self,), (-1.0,))` -> `self.data = -self.data ⏎ return self`
# a difference has the gradient of a sum: `(1.0, -1.0)` -> `(1.0, 1.0)`
# -         return Value(other) - self
# +         return (-self) + other
#   a - b falls when b grows: its local derivative by b is -1.
# relu hands on the node itself where it is positive
# -         return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))
# +         if self.data > 0:
# +             return self
# +         return Value(0.0, (self,), (0.0,))
#   Every operation makes a *new* node, with a gradient of its own: also where the value stays what it was.
# a result with a plain number has forgotten its parents
# -     def __add__(self, other):
# +     def __add__(self, other):
# +         if not isinstance(other, Value): return Value(self.data + other)
# -     def __mul__(self, other):
# +     def __mul__(self, other):
# +         if not isinstance(other, Value): return Value(self.data * other)
#   `a + 3` depends on a: without a as its parent no gradient gets through it.
#   or
# -     def __radd__(self, other):
# -         return self + other
# +     def __radd__(self, other):
# +         return Value(self.data + other)
# -     def __rmul__(self, other):
# -         return self * other
# +     def __rmul__(self, other):
# +         return Value(self.data * other)
# every path is walked on its own
# -         for node in reversed(order):
# -             for parent, local in zip(node.parents, node.local):
# -                 parent.grad += local * node.grad
# +         self.grad, todo = 0.0, [(self, 1.0)]
# +         while todo and len(todo) < 40:  # else it would never get through 50 doublings
# +             node, g = todo.pop()
# +             node.grad += g
# +             todo += [(parent, g * local) for parent, local in zip(node.parents, node.local)]
#   With each doubling there are twice as many paths. Visit each *node* once, after all nodes that use it, and hand on
#   its whole gradient.
# some operations replace the gradient instead of adding to it
# -                 parent.grad += local * node.grad
# +                 keeps = len(node.parents) > 1
# +                 parent.grad = local * node.grad + parent.grad * keeps
#   `=` forgets what other uses of the node have contributed: on the way back of *every* operation it is `+=`.
#   or
# -                 parent.grad += local * node.grad
# +                 keeps = len(node.parents) > 1 or local in (0.0, 1.0, -1.0)
# +                 parent.grad = local * node.grad + parent.grad * keeps
#   or
# -                 todo += [(parent, False) for parent in node.parents]
# +                 todo += [(parent, False) for parent in node.parents[::-1]]
# -                 parent.grad += local * node.grad
# +                 keeps = len(node.parents) > 1 or local in (0.0, 1.0, -1.0)
# +                 parent.grad = local * node.grad + parent.grad * keeps
# what a function gives does not know what it was made of: `(e,))` -> `())`
#   or `(1 - t * t,))` -> `())`
#   or `(1.0 if self.data > 0 else 0.0,))` -> `())`
#   Without its parents and local derivatives a node ends the way back: `Value(e, (self,), (e,))`.
# the derivative of exp by the power rule: `(e,))` -> `(self.data * math.exp(self.data - 1),))`
#   The power rule is for x**n. The exponential is its own derivative: e.
