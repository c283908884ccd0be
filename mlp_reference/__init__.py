"""The right answers of the course in plain NumPy, readable as a formula sheet."""

from mlp_reference.activations import ACTIVATIONS, activation, activation_grad, prelu, sigmoid, softmax
from mlp_reference.approximation import bump_sum, count_pieces, sawtooth_net, sigmoid_bump
from mlp_reference.autodiff import Value, toy_backward
from mlp_reference.divergences import kl_divergence, kl_divergence_grad, wasserstein_1d, wasserstein_1d_grad
from mlp_reference.gradcheck import GradientReport, complex_step_grad, gradient_report, numeric_grad, worst_gradient
from mlp_reference.graph import Node
from mlp_reference.initialize import constant, init_weights, orthogonal
from mlp_reference.jacobian import jacobian, jvp, softmax_jacobian, softmax_vjp, vjp
from mlp_reference.knots import equal_knots, greedy_knots, minimal_knots
from mlp_reference.layers import affine, affine_backward, affine_forward, elementwise, softmax_layer
from mlp_reference.logistic import fit_logistic, xor_features
from mlp_reference.losses import (
    absolute_error,
    bce_with_logits,
    huber,
    huber_error,
    log_cosh,
    log_cosh_error,
    multilabel_xent,
    softmax_xent,
    squared_error,
)
from mlp_reference.mlp import MLP, mlp_backward, mlp_forward, n_parameters
from mlp_reference.optimize import SGD, Adam, Momentum, gradient_descent, minibatches, sgd_step
from mlp_reference.outputs import OUTPUTS
from mlp_reference.perceptron import (
    certifies_nonseparable,
    mistake_bound,
    perceptron_fit,
    perceptron_predict,
    perceptron_step,
)
from mlp_reference.propagation import second_moment_gain, signal_profile, signal_theory
from mlp_reference.recursion import g_recursion
from mlp_reference.splines import intervals_needed, relu_spline, sup_error
from mlp_reference.stationary import classify_stationary, numeric_hessian
from mlp_reference.training import History, fit, train
from mlp_reference.two_layer import collapse_linear, two_layer_forward, two_layer_grads

__all__ = [
    "ACTIVATIONS",
    "MLP",
    "OUTPUTS",
    "SGD",
    "Adam",
    "GradientReport",
    "History",
    "Momentum",
    "Node",
    "Value",
    "absolute_error",
    "activation",
    "activation_grad",
    "affine",
    "affine_backward",
    "affine_forward",
    "bce_with_logits",
    "bump_sum",
    "certifies_nonseparable",
    "classify_stationary",
    "collapse_linear",
    "complex_step_grad",
    "constant",
    "count_pieces",
    "elementwise",
    "equal_knots",
    "fit",
    "fit_logistic",
    "g_recursion",
    "gradient_descent",
    "gradient_report",
    "greedy_knots",
    "huber",
    "huber_error",
    "init_weights",
    "intervals_needed",
    "jacobian",
    "jvp",
    "kl_divergence",
    "kl_divergence_grad",
    "log_cosh",
    "log_cosh_error",
    "minibatches",
    "minimal_knots",
    "mistake_bound",
    "mlp_backward",
    "mlp_forward",
    "multilabel_xent",
    "n_parameters",
    "numeric_grad",
    "numeric_hessian",
    "orthogonal",
    "perceptron_fit",
    "perceptron_predict",
    "perceptron_step",
    "prelu",
    "relu_spline",
    "sawtooth_net",
    "second_moment_gain",
    "sgd_step",
    "sigmoid",
    "sigmoid_bump",
    "signal_profile",
    "signal_theory",
    "softmax",
    "softmax_jacobian",
    "softmax_layer",
    "softmax_vjp",
    "softmax_xent",
    "squared_error",
    "sup_error",
    "toy_backward",
    "train",
    "two_layer_forward",
    "two_layer_grads",
    "vjp",
    "wasserstein_1d",
    "wasserstein_1d_grad",
    "worst_gradient",
    "xor_features",
]
