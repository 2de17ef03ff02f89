"""Ranks candidates by how well they fit the prompt, by CLAP."""

import numpy
import torch

EXCERPT_SECONDS = 10
"""Length of the input of CLAP."""


def excerpts(samples: numpy.ndarray, sample_rate: int) -> list[numpy.ndarray]:
    """Up to three excerpts of ten seconds: beginning, middle and end."""
    size = EXCERPT_SECONDS * sample_rate
    if len(samples) <= size:
        return [samples]
    return [samples[start : start + size] for start in sorted({0, (len(samples) - size) // 2, len(samples) - size})]


def resample(samples: numpy.ndarray, rate: int, wanted_rate: int) -> numpy.ndarray:
    """Band-limited resampling of an excerpt in the frequency domain."""
    if rate == wanted_rate:
        return samples
    count = round(len(samples) * wanted_rate / rate)
    spectrum = torch.fft.rfft(torch.from_numpy(samples).double())
    return (torch.fft.irfft(spectrum, count) * (count / len(samples))).float().numpy()


def rank(pipe, prompt: str, candidates: list[numpy.ndarray], check) -> list[int]:
    """Numbers of the candidates, best first, by the mean cosine similarity of their excerpts to the prompt."""
    extractor = pipe.feature_extractor
    rate = pipe.vocoder.config.sampling_rate
    device = pipe.text_encoder.device
    words = pipe.tokenizer(prompt, truncation=True, max_length=pipe.tokenizer.model_max_length, return_tensors="pt")
    text = pipe.text_encoder.get_text_features(**words.to(device)).pooler_output
    scores = []
    for candidate in candidates:
        check()
        resampled = [resample(part, rate, extractor.sampling_rate) for part in excerpts(candidate, rate)]
        inputs = extractor(resampled, sampling_rate=extractor.sampling_rate, return_tensors="pt")
        features = inputs.input_features.to(device, pipe.text_encoder.dtype)
        sound = pipe.text_encoder.get_audio_features(features, is_longer=inputs.is_longer.to(device)).pooler_output
        scores.append(float((sound @ text.T).mean()))
    # The sort is stable: equal scores keep the order of the seeds.
    return sorted(range(len(candidates)), key=lambda candidate: -scores[candidate])
