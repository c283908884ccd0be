"""Wrong answers of exercise 6.1: formulas of other books and libraries."""

# %% wrong
# another slope of the leaky ReLU: `np.where(z > 0, z, 0.01 * z)` -> `np.where(z > 0, z, 0.3 * z)` | `np.where(z > 0, z, 0.2 * z)` |
#   `np.where(z > 0, z, 0.001 * z)` | `np.where(z > 0, z, 0.25 * z)`
#   Libraries choose differently; here it is 0.01 on the left.
# the leaky ReLU is 0 on the left: `np.where(z > 0, z, 0.01 * z)` -> `np.maximum(0.01 * z, 0)`
#   The larger of z and 0.01 * z is asked for: on the left that is 0.01 * z, on the right z.
# SELU instead of ELU: `np.where(z > 0, z, np.expm1(np.minimum(z, 0)))` -> `1.0507 * np.where(z > 0, z, 1.67326 * np.expm1(np.minimum(z, 0)))` |
#   `1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0)))`
#   The SELU stretches the ELU by two constants; the ELU is z on the right and exp(z) - 1 on the left.
# softplus instead of the ReLU: `np.maximum(z, 0)` -> `np.logaddexp(0, z)`
#   log(1 + exp(z)) is a smooth relative of the ReLU, which itself is 0 on the left: max(z, 0).
# the ReLU ends at 6: `np.maximum(z, 0)` -> `np.clip(z, 0, 6)`
#   That is the ReLU6 of small devices. The ReLU itself has no upper end.
# tanh by the sigmoid of z: `return np.tanh(z)` -> `return 2 * sigmoid(z) - 1`
#   tanh(z) = 2 sigmoid(2 z) - 1: the 2 stands inside, too.
