"""Segments of a sound: prompts that follow one another, and how much each applies at each row of the latent."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Segment:
    """`fade`: seconds around its start in which its prompt takes over from the one before."""

    prompt: str
    seconds: float
    fade: float = 0


def read_segments(request: dict, kind: str) -> list[Segment]:
    """The segments of a kind of sound; neighbours with the same prompt are one."""
    segments: list[Segment] = []
    for part in request.get("segments") or [{"seconds": request["seconds"], "fadeSeconds": 0}]:
        prompt = part.get(kind) or request[kind]
        if segments and segments[-1].prompt == prompt:
            last = segments[-1]
            segments[-1] = Segment(prompt, last.seconds + part["seconds"], last.fade)
        else:
            segments.append(Segment(prompt, part["seconds"], part["fadeSeconds"]))
    return segments


def segment_shares(segments: list[Segment], rows: int) -> torch.Tensor:
    """Shares [segments, rows] that sum to 1 at each row: sin² in the fades, otherwise 0 or 1.

    A fade is centred at the start of its segment and at most as long as either neighbour, so that no more than two
    segments meet at a row.
    """
    per_second = rows / sum(segment.seconds for segment in segments)
    at = torch.arange(rows, dtype=torch.float64) + 0.5
    rises = [torch.ones(rows, dtype=torch.float64)]
    start = 0.0
    for before, segment in zip(segments, segments[1:]):
        start += before.seconds * per_second
        fade = max(min(segment.fade, before.seconds, segment.seconds) * per_second, 1e-9)
        rises.append(torch.sin(torch.pi / 2 * ((at - start) / fade + 0.5).clamp(0, 1)) ** 2)
    rises.append(torch.zeros(rows, dtype=torch.float64))
    return torch.stack([rise * (1 - following) for rise, following in zip(rises, rises[1:])]).float()
