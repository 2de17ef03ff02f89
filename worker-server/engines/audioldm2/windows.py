"""Overlapping windows over rows, and the smooth weights that join them."""

import torch


def place_windows(length: int, window: int, overlap: int) -> list[int]:
    """First rows of evenly spaced windows that cover `length` rows and overlap by at least `overlap` rows."""
    if length <= window:
        return [0]
    count = -(-(length - overlap) // (window - overlap))
    return [round(index * (length - window) / (count - 1)) for index in range(count)]


def window_weights(starts: list[int], length: int, window: int) -> torch.Tensor:
    """Weights [windows, window] that sum to 1 at each row: sin² in the overlaps, constant at both ends."""
    if len(starts) == 1:
        return torch.ones(1, length)
    rows = torch.arange(window, dtype=torch.float64) + 0.5
    weights = torch.ones(len(starts), window, dtype=torch.float64)
    for index, (left, right) in enumerate(zip(starts, starts[1:])):
        shared = left + window - right
        ramp = torch.sin(torch.pi / 2 * rows[:shared] / shared) ** 2
        weights[index + 1, :shared] *= ramp
        weights[index, window - shared :] *= 1 - ramp
    total = torch.zeros(length, dtype=torch.float64)
    for start, weight in zip(starts, weights):
        total[start : start + window] += weight
    return torch.stack([w / total[s : s + window] for s, w in zip(starts, weights)]).float()
