"""Generates sound: AudioLDM2 (Liu et al. 2023) with the components of diffusers' pipeline."""

from collections.abc import Callable
from pathlib import Path

import numpy
import torch
from diffusers import AudioLDM2Pipeline
from transformers import GPT2LMHeadModel

from .decode import decode_mel, hop_samples, vocode
from .diffuse import Conditions, diffuse, seeded_noise
from .ranking import rank
from .segments import Segment, segment_shares
from .wire import Cancelled, log

OVERLAP_SHARE = 1 / 4
"""Share of a window that overlaps with the next one."""

MAX_WINDOWS = {"cuda": 8, "mps": 2, "cpu": 1}
"""Windows that go through the network at once. With guidance the batch is twice as large."""


class Sound:
    """A loaded AudioLDM2.

    Only the U-Net, which takes nearly all of the time, runs in `dtype`. The text encoders (T5 overflows in float16),
    the VAE and the vocoder stay in float32.
    """

    def __init__(self, folder: Path, device: torch.device, dtype: torch.dtype, is_compiled: bool):
        # This class loads the weights of a GPT2Model and has the methods that the pipeline needs.
        language_model = GPT2LMHeadModel.from_pretrained(folder, subfolder="language_model", dtype=torch.float32)
        self.pipe = AudioLDM2Pipeline.from_pretrained(
            folder, language_model=language_model, dtype=torch.float32, use_safetensors=True
        ).to(device)
        self.pipe.unet.to(dtype)
        self.device = device
        self.sample_rate: int = self.pipe.vocoder.config.sampling_rate
        self._window: int = self.pipe.unet.config.sample_size
        self._overlap = round(self._window * OVERLAP_SHARE)
        self._unet = torch.compile(self.pipe.unet) if is_compiled and device.type == "cuda" else self.pipe.unet

    @torch.inference_mode()
    def generate(
        self,
        prompt: str,
        *,
        segments: list[Segment],
        negative: str,
        seconds: float,
        seed: int,
        candidates: int,
        steps: int,
        guidance: float,
        on_step: Callable[[str, int, int], None],
        on_samples: Callable[[int, numpy.ndarray], None],
        check: Callable[[], None],
    ) -> list[int] | None:
        """Generates candidates one after another, each round(seconds · sample_rate) samples of -1 … 1, array by array.

        The segments have the prompts that apply in turn; `prompt` is that of the whole, by which candidates are ranked.
        Candidate k starts from the noise of seed + k. Returns the numbers of the candidates, best first; None for a
        single candidate, or when they can't be ranked.
        """
        wanted = round(seconds * self.sample_rate)
        rows = -(-wanted // (hop_samples(self.pipe.vocoder.config) * self.pipe.vae_scale_factor))
        conditions = []
        for segment in segments:
            check()
            conditions.append(self._encode(segment.prompt, negative, guidance))
        bins = self.pipe.vocoder.config.model_in_dim // self.pipe.vae_scale_factor
        shape = (self.pipe.unet.config.in_channels, rows, bins)
        noise = torch.cat([seeded_noise(shape, (seed + candidate) % 2**32) for candidate in range(candidates)])
        latents = diffuse(
            self._unet,
            self.pipe.scheduler.config,
            noise.to(self.device),
            conditions,
            segment_shares(segments, rows),
            steps=steps,
            guidance=guidance,
            window=self._window,
            overlap=self._overlap,
            most=MAX_WINDOWS.get(self.device.type, 1),
            on_step=lambda step: on_step("diffuse", step, steps),
            check=check,
        )
        rendered = []
        for candidate, latent in enumerate(latents):
            chunks = []
            for samples in self._decode(latent[None], wanted, check):
                on_samples(candidate, samples)
                chunks.append(samples)
            if candidates > 1:
                rendered.append(numpy.concatenate(chunks))
            on_step("vocode", candidate + 1, candidates)
        return self._rank(prompt, rendered, check) if candidates > 1 else None

    def _rank(self, prompt: str, rendered: list[numpy.ndarray], check: Callable[[], None]) -> list[int] | None:
        try:
            return rank(self.pipe, prompt, rendered, check)
        except Cancelled:
            raise
        except Exception as error:
            # The sound is valid, only its ranking is unknown.
            log("warn", "candidates could not be ranked", error=type(error).__name__)
            return None

    def _encode(self, prompt: str, negative: str, guidance: float) -> Conditions:
        embeds, mask, generated = self.pipe.encode_prompt(
            prompt, self.device, 1, guidance > 1, negative_prompt=negative
        )
        dtype = self.pipe.unet.dtype
        return Conditions(embeds.to(dtype), mask, generated.to(dtype))

    def _decode(self, latent: torch.Tensor, wanted: int, check: Callable[[], None]):
        mel = decode_mel(self.pipe.vae, latent, self._window, self._overlap, check)
        longest = self._window * self.pipe.vae_scale_factor
        left = wanted
        for samples in vocode(self.pipe.vocoder, mel, longest, check):
            kept = samples[:left].clamp(-1, 1).numpy()
            left -= len(kept)
            if len(kept):
                yield kept
