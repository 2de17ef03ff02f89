"""Denoises a long latent in overlapping windows."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from diffusers import DPMSolverMultistepScheduler

from .windows import place_windows, window_weights


@dataclass
class Conditions:
    """Text conditioning: `prompt` and `mask` of T5, `generated` of GPT-2, each for [negative, positive]."""

    prompt: torch.Tensor
    mask: torch.Tensor
    generated: torch.Tensor

    def repeated(self, count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """For a batch of `count` latents: all negatives first, then all positives."""
        return tuple(tensor.repeat_interleave(count, 0) for tensor in (self.prompt, self.mask, self.generated))


def seeded_noise(shape: tuple[int, ...], seed: int) -> torch.Tensor:
    """Gaussian noise [1, *shape] in float32, generated on the CPU so that it is the same on every device."""
    return torch.randn((1, *shape), generator=torch.Generator("cpu").manual_seed(seed))


def diffuse(
    unet,
    scheduler_config: dict,
    latents: torch.Tensor,
    conditions: list[Conditions],
    shares: torch.Tensor,
    *,
    steps: int,
    guidance: float,
    window: int,
    overlap: int,
    most: int,
    on_step: Callable[[int], None],
    check: Callable[[], None],
) -> torch.Tensor:
    """Denoises latents [n, channels, rows, bins] by DPM-Solver++ (2M).

    A latent longer than `window` rows is denoised in overlapping windows, whose predictions are averaged with smooth
    weights at each step (MultiDiffusion, Bar-Tal et al. 2023). Likewise several conditions: a window in which two of
    them have `shares` [conditions, rows] is predicted with each, and the predictions are mixed row by row (the
    region-based generation of that paper). At most `most` windows go through the network at once.
    `check` may raise between two calls of the network.
    """
    scheduler = DPMSolverMultistepScheduler.from_config(scheduler_config)
    scheduler.set_timesteps(steps, device=latents.device)
    latents = latents * scheduler.init_noise_sigma
    rows = latents.shape[2]
    starts = place_windows(rows, window, overlap)
    size = min(window, rows)
    weights = window_weights(starts, rows, size).to(latents.device)
    shares = shares.to(latents.device)
    batches = []
    for segment, share in enumerate(shares):
        seen_in = [index for index, start in enumerate(starts) if share[start : start + size].any()]
        views = [(candidate, index) for candidate in range(len(latents)) for index in seen_in]
        batches += [(segment, views[first : first + most]) for first in range(0, len(views), most)]
    repeated = {
        (segment, len(batch)): conditions[segment].repeated(len(batch)) for segment, batch in batches
    }
    is_plain = len(starts) == 1 and len(shares) == 1

    for step, timestep in enumerate(scheduler.timesteps):
        predicted = torch.zeros_like(latents)
        for segment, batch in batches:
            check()
            seen = torch.cat([latents[t : t + 1, :, starts[i] : starts[i] + size] for t, i in batch])
            noise = _predict(unet, scheduler, seen, timestep, repeated[segment, len(batch)], guidance)
            if is_plain:
                predicted[batch[0][0] : batch[-1][0] + 1] = noise
                continue
            for (candidate, index), part in zip(batch, noise):
                start = starts[index]
                weight = weights[index] * shares[segment, start : start + size]
                predicted[candidate, :, start : start + size] += part * weight[:, None]
        latents = scheduler.step(predicted, timestep, latents).prev_sample
        on_step(step + 1)
    return latents


def _predict(unet, scheduler, latents, timestep, conditions, guidance: float) -> torch.Tensor:
    is_guided = guidance > 1
    seen = torch.cat([latents] * 2) if is_guided else latents
    prompt, mask, generated = conditions
    noise = unet(
        scheduler.scale_model_input(seen, timestep).to(unet.dtype),
        timestep,
        encoder_hidden_states=generated,
        encoder_hidden_states_1=prompt,
        encoder_attention_mask_1=mask,
        return_dict=False,
    )[0].to(latents.dtype)
    if not is_guided:
        return noise
    negative, positive = noise.chunk(2)
    return negative + guidance * (positive - negative)
