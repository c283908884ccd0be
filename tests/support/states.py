"""States of explorers that are drawn in the page."""

# Of each explorer some states far from its start, beside the ends of its controls.
STATES = {
    "activations": [{"name": "GELU", "variance": 0.1}, {"name": "PReLU", "variance": 25.0, "slope": 1.5}],
    "init_variance": [
        {"name": "ReLU", "sigma2": 20.0, "depth": 60},
        {"name": "ReLU", "sigma2": 0.1, "depth": 60},
        {"name": "sigmoid", "sigma2": 0.1, "depth": 60, "width": 16},
        {"name": "identity", "sigma2": 20.0, "depth": 2, "width": 128, "seed": 9},
    ],
    "edge_of_chaos": [
        {"name": "ReLU", "w2": 4.0, "b2": 1.0, "depth": 60},
        {"name": "sigmoid", "w2": 0.1, "b2": 0.0, "depth": 60, "cosine": -1.0},
        {"w2": 4.0, "b2": 0.0, "cosine": 1.0, "depth": 2},
    ],
    "feature_space": [{"w1": 0.0, "w2": 0.0, "b": -1.0}, {"w1": 4.0, "w2": 3.7, "b": -6.0}, {"w1": -5.0, "b": 8.0}],
    "folding": [
        {"layers": 5, "offset": -2.0},
        {"layers": 3, "folds": [[10, 2.0], [10, 1.9], [0, -2.0]], "angle": 180.0},
        {"layers": 5, "way": "side by side"},
        {"layers": 3, "way": "side by side", "folds": [[10, 2.0], [10, 1.9], [10, 2.0]]},
    ],
    "gradient_flow": [
        {"psi": "sigmoid", "loss": "squared error", "scale": 4.0},
        {"example": 12, "psi": "identity", "loss": "squared error", "scale": 4.0},
        {"psi": "relu", "scale": 0.2},
    ],
    "graph_stepper": [
        {"x": -5.0, "step": 9},
        {"expression": "x·y + sin x", "x": 0.0, "y": 2.9, "step": 5},
        {"expression": "(1 − tanh(x·y + x))²", "x": 3.0, "y": 3.0, "step": 9},
        {"expression": "x² · exp(x/2), two paths", "step": 8},
        {"expression": "my own", "text": "x*y + sin(x) - relu(y)^3 / 2", "step": 20},
        {"expression": "my own", "text": "log(y) * (1/3 - x)^2", "step": 20},
        {"expression": "my own", "text": "sin(x)*cos(y) + tanh(x*y)", "x": -2.1, "y": -4.8, "step": 20},
        {"expression": "my own", "text": "1 / x^2", "x": 0.0, "step": 20},
        {"expression": "my own", "text": "2 / relu(y)", "step": 20},
    ],
    "half_space": [
        {"w1": 0.0, "w2": 0.0, "b": 1.0},
        {"w1": 0.1, "w2": 0.0, "b": -4.0},
        {"w1": -2.1, "w2": 0.0, "b": -3.3},
        {"points": [[5.9, -6.0, 1], [0.0, 0.0, 0], [-1.0, 2.0, 1]]},
    ],
    "perceptron_steps": [
        {"step": 3},
        {"dataset": "xor corners", "step": 160},
        {"dataset": "iris: versicolor / virginica", "step": 4000, "eta": 0.5},
        {"dataset": "my own", "points": [[0.0, 0.0, 0], [0.0, 0.0, 1]], "step": 5},
    ],
    "playground": [
        {"dataset": "two spirals", "depth": 3, "width": 8, "activation": "ReLU", "rate": 0.1, "step": 60},
        {"dataset": "two moons", "depth": 0, "noise": 0.5, "step": 300, "l2": 0.1, "rate": 3.0},
        {"dataset": "only my own", "points": [[0.5, 0.5, 1], [-0.5, -0.2, 0]], "step": 50},
    ],
    "spline_builder": [
        {"m": 32, "placing": "greedy", "target": "√x"},
        {"target": "|x|", "m": 2},
        {"placing": "by hand", "knots": [0.0, 0.01, 3.0, 6.283185307179586]},
        {"target": "√x", "placing": "by hand", "knots": [0.0, 0.01, 3.0, 6.283185307179586]},
        {"target": "1/(1 + 25x²)", "m": 1},
        {"target": "my own", "curve": {"a": 0.0, "b": 2.0, "v": [0.0, 3.0, -1.0]}, "m": 3},
    ],
    "linear_map": [
        {"x1": -1.5, "side": 1.0},
        {"chart": "a layer: tanh(x W)", "x1": 1.5, "side": 0.02},
        {"chart": "squares: (x₁² − x₂², 2 x₁ x₂)", "x1": 1.5, "x2": 1.5, "side": 1.0},
    ],
    "optimizer_walk": [
        {"rate": 3.0, "steps": 100, "x": 2.0, "y": 2.0},
        {"surface": "saddle", "method": "Adam", "noise": 1, "steps": 0},
        {"surface": "two wells", "method": "momentum 0.9", "noise": 0.3, "steps": 100, "rival": "plain step"},
    ],
    "training_dashboard": [
        {"reading": 2},
        {"rate": 3.0, "depth": 2, "reading": 3},
        {"rates": [[1, 0.03]], "reading": 3},
    ],
    "width_vs_depth": [{"k": 1, "look": 1}, {"k": 7, "look": 7}],
}
