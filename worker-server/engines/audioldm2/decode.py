"""Decodes a latent to samples, in chunks that are joined seamlessly."""

from collections.abc import Callable, Iterator

import torch

from .windows import place_windows, window_weights

MEL_CHUNK_FRAMES = 1024
"""Mel frames that the vocoder converts at once, for spectrograms longer than one window."""


def decode_mel(vae, latent: torch.Tensor, window: int, overlap: int, check: Callable[[], None]) -> torch.Tensor:
    """Mel spectrogram [1, frames, bins] of a latent [1, channels, rows, bins].

    The decoder's attention and group norms depend on the whole input, so a long latent is decoded in windows of the
    training length, and their overlaps are cross-faded in the (logarithmic) mel domain.
    """
    rows = latent.shape[2]
    scaled = 1 / vae.config.scaling_factor * latent
    if rows <= window:
        return vae.decode(scaled).sample.squeeze(1)
    starts = place_windows(rows, window, overlap)
    mel = None
    for index, start in enumerate(starts):
        check()
        part = vae.decode(scaled[:, :, start : start + window]).sample.squeeze(1)
        factor = part.shape[1] // window
        if mel is None:
            mel = torch.zeros(1, rows * factor, part.shape[2], dtype=part.dtype, device=part.device)
            weights = window_weights([s * factor for s in starts], rows * factor, window * factor).to(part)
        mel[:, start * factor : (start + window) * factor] += part * weights[index][:, None]
    return mel


def vocode(vocoder, mel: torch.Tensor, longest: int, check: Callable[[], None]) -> Iterator[torch.Tensor]:
    """Samples of a mel spectrogram [1, frames, bins], float32 on the CPU, array after array.

    Up to `longest` frames are converted at once. Longer spectrograms are converted in chunks, with a margin of the
    receptive field on both sides, which gives the same samples.
    """
    frames = mel.shape[1]
    if frames <= longest:
        yield _samples(vocoder, mel)
        return
    hop = hop_samples(vocoder.config)
    margin = margin_frames(vocoder.config)
    for start in range(0, frames, MEL_CHUNK_FRAMES):
        check()
        end = min(start + MEL_CHUNK_FRAMES, frames)
        first = max(0, start - margin)
        samples = _samples(vocoder, mel[:, first : min(end + margin, frames)])[(start - first) * hop :]
        yield samples if end == frames else samples[: (end - start) * hop]


def hop_samples(config) -> int:
    """Samples per mel frame."""
    return int(torch.tensor(config.upsample_rates).prod())


def margin_frames(config) -> int:
    """Receptive field of HiFi-GAN in mel frames on either side of a sample, rounded up at each layer."""
    # The last convolution, 7 wide.
    reach = 3
    blocks = zip(config.resblock_kernel_sizes, config.resblock_dilation_sizes)
    widest = max(sum((kernel - 1) // 2 * (dilation + 1) for dilation in dilations) for kernel, dilations in blocks)
    for rate, kernel in reversed(list(zip(config.upsample_rates, config.upsample_kernel_sizes))):
        reach = -(-(reach + widest + kernel) // rate)
    # The first one, 7 wide too.
    return reach + 3


def _samples(vocoder, mel: torch.Tensor) -> torch.Tensor:
    return vocoder(mel).squeeze(0).cpu().float()
