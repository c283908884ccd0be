"""Pieces of source that several right and wrong answers share."""

STABLE_SIGMOID = """
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
"""
