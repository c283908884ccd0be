"""Wrong answers of starred exercise 3."""

# %% wrong
# the misses are added up: `max(best[i], miss)` -> `best[i] + miss`
#   The largest miss of the whole line is asked for: the larger of two numbers, not their sum.
# m knots instead of m pieces: `for _ in range(m):` -> `for _ in range(m - 1):`
#   m pieces have m + 1 knots: one round for each piece.
# one piece too many: `for _ in range(m):` -> `for _ in range(m + 1):`
#   m pieces have m - 1 inner knots, or in a table: one round for each piece, m of them.
# exactly m pieces: `new = best.copy()` -> `new = np.full(n, np.inf)`
#   At *most* m pieces: a line with fewer may be better, since every knot must be a sample. Keep what was found with fewer.
# squares instead of distances: `np.abs(v[i : j + 1] - chord).max()` -> `((v[i : j + 1] - chord) ** 2).max()`
#   The sup norm asks for distances, without a square.
# the mean miss instead of the largest: `np.abs(v[i : j + 1] - chord).max()` -> `np.abs(v[i : j + 1] - chord).mean()`
#   No place may be bad: the largest miss of a piece counts.
# samples are taken for equally spaced: `(v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])` -> `(v[j] - v[i]) / (j - i) * np.arange(j - i + 1)`
#   The spacing of the samples is free: the chord is straight over x, not over the number of the sample.
# always 0: `new = best.copy()` -> `new = best`
#   or `max(best[i], miss)` -> `min(best[i], miss)`
#   or `return float(best[-1])` -> `return float(best[1:].min())`
#   or `return float(best[-1])` -> `return float(best.min())`, `new = best.copy()` -> `new = np.full(n, np.inf)`
#   Neighbours are joined without a miss, and here that decides. Look at three places: a line is as bad as its worst piece,
#   `max`; in one round it grows by one piece only, so read the old table and write a new one; and it reaches to the last
#   sample, so the answer stands at the last place.
# knots at equal numbers of samples
# -     n = len(x)
# -     best = np.full(n, np.inf)
# -     best[0] = 0
# -     for _ in range(m):
# -         new = best.copy()
# -         for j in range(1, n):
# -             for i in range(j):
# -                 chord = v[i] + (v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])
# -                 miss = np.abs(v[i : j + 1] - chord).max()
# -                 new[j] = min(new[j], max(best[i], miss))
# -         best = new
# -     return float(best[-1])
# +     knots = np.unique(np.linspace(0, len(x) - 1, m + 1).round().astype(int))
# +     return np.abs(np.interp(x, x[knots], v[knots]) - v).max()
#   Which samples are knots is yours to choose, and equal numbers are seldom the best choice.
# the knot with the largest miss is added, again and again
# -     n = len(x)
# -     best = np.full(n, np.inf)
# -     best[0] = 0
# -     for _ in range(m):
# -         new = best.copy()
# -         for j in range(1, n):
# -             for i in range(j):
# -                 chord = v[i] + (v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])
# -                 miss = np.abs(v[i : j + 1] - chord).max()
# -                 new[j] = min(new[j], max(best[i], miss))
# -         best = new
# -     return float(best[-1])
# +     knots = [0, len(x) - 1]
# +     for _ in range(m - 1):
# +         miss = np.abs(np.interp(x, x[knots], v[knots]) - v)
# +         knots = sorted({*knots, int(miss.argmax())})
# +     return np.abs(np.interp(x, x[knots], v[knots]) - v).max()
#   To add the worst place is greedy: a good line, but not always the best one. Keep the best lines to *every* sample.
# the greedy walk, for smaller and smaller errors
# -     n = len(x)
# -     best = np.full(n, np.inf)
# -     best[0] = 0
# -     for _ in range(m):
# -         new = best.copy()
# -         for j in range(1, n):
# -             for i in range(j):
# -                 chord = v[i] + (v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])
# -                 miss = np.abs(v[i : j + 1] - chord).max()
# -                 new[j] = min(new[j], max(best[i], miss))
# -         best = new
# -     return float(best[-1])
# +     n = len(x)
# +     low, high = 0.0, float(np.ptp(v)) + 1.0
# +     for _ in range(60):
# +         eps = (low + high) / 2
# +         i = pieces = 0
# +         while i < n - 1:
# +             fits = [np.abs(np.interp(x[i : j + 1], x[[i, j]], v[[i, j]]) - v[i : j + 1]).max() <= eps for j in range(i + 1, n)]
# +             i += fits.index(False) if False in fits else len(fits)
# +             pieces += 1
# +         low, high = (low, eps) if pieces <= m else (eps, high)
# +     return high
#   or
# -     n = len(x)
# -     best = np.full(n, np.inf)
# -     best[0] = 0
# -     for _ in range(m):
# -         new = best.copy()
# -         for j in range(1, n):
# -             for i in range(j):
# -                 chord = v[i] + (v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])
# -                 miss = np.abs(v[i : j + 1] - chord).max()
# -                 new[j] = min(new[j], max(best[i], miss))
# -         best = new
# -     return float(best[-1])
# +     n = len(x)
# +     low, high = 0.0, float(np.ptp(v)) + 1.0
# +     for _ in range(60):
# +         eps = (low + high) / 2
# +         i = pieces = 0
# +         while i < n - 1:
# +             fits = [np.abs(np.interp(x[i : j + 1], x[[i, j]], v[[i, j]]) - v[i : j + 1]).max() <= eps for j in range(i + 1, n)]
# +             i += max(k for k, good in enumerate(fits, 1) if good)
# +             pieces += 1
# +         low, high = (low, eps) if pieces <= m else (eps, high)
# +     return high
#   To halve the interval of errors is fine, but the walk is greedy: a chord that reaches far may end in a bad place to start
#   from. So it takes more pieces than are needed. Count the pieces of the *shortest* chain, over all chords that are allowed.
# misses on one side alone count: `np.abs(v[i : j + 1] - chord).max()` -> `(v[i : j + 1] - chord).max()` | `(chord - v[i : j + 1]).max()`
#   A sample can lie above the chord or below it: the size of the difference counts.
# the last piece alone counts: `max(best[i], miss)` -> `miss`
#   The largest miss of a whole line is that of its worst piece: the pieces before count, too, which is what best[i] holds.
# straight lines of least squares instead of chords: `chord = v[i] + (v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])` -> `chord = np.polyval(np.polyfit(x[i : j + 1] - x[i], v[i : j + 1], 1), x[i : j + 1] - x[i])`
#   A piece passes through the samples at both its ends: it is the chord between them, whatever would fit better.
