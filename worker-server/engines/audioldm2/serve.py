"""The request loop: one request at a time, with the models loaded in between."""

import gc
import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy
import torch
from diffusers.utils import logging as diffusers_logging
from transformers.utils import logging as transformers_logging

from .describer import MAX_TOKENS, Describer
from .device import choose_device, choose_dtype, describe_device, peak_megabytes
from .segments import read_segments
from .sound import Sound
from .weights import Weights, find_weights
from .wire import Cancelled, Refused, Wire, log

FETCH_SHARE = 0.8
"""Share of the start that is reported for fetching weights; the rest is loading them."""

BLOCK_SAMPLES = 65536
LONG_SECONDS = 60

Model = TypeVar("Model", Sound, Describer)


class Engine:
    """The models of the start message: one for sound, optionally another one for music, optionally a describer."""

    def __init__(self, wire: Wire, start: dict):
        # Warnings of these libraries may quote a prompt.
        diffusers_logging.set_verbosity_error()
        transformers_logging.set_verbosity_error()
        diffusers_logging.disable_progress_bar()
        transformers_logging.disable_progress_bar()
        self._wire = wire
        device = choose_device(start["device"])
        dtype = choose_dtype(start["dtype"], device)

        def report(fraction: float) -> None:
            wire.send({"type": "starting", "fraction": fraction})

        names = [start["model"], start.get("musicModel"), start.get("describer")]
        models = list(dict.fromkeys(name for name in names if name))
        weights = dict(zip(models, find_weights(models, lambda part: report(part * FETCH_SHARE))))
        report(FETCH_SHARE)
        self._sounds: dict[str, Sound] = {}
        for index, name in enumerate(dict.fromkeys(name for name in names[:2] if name)):
            self._sounds[name] = _load(weights[name], lambda folder: Sound(folder, device, dtype, start["isCompiled"]))
            report(FETCH_SHARE + (1 - FETCH_SHARE) * (index + 1) / len(models))
        self._of_kind = {"effects": start["model"], "music": start.get("musicModel") or start["model"]}
        self._describer = None
        if names[2]:
            self._describer = _load(weights[names[2]], lambda folder: Describer(folder, device, dtype))
        wire.send(
            {
                "type": "ready",
                "device": describe_device(device),
                "sampleRate": self._sounds[start["model"]].sample_rate,
                "canDescribe": self._describer is not None,
                "weights": [
                    {"name": found.name, "revision": found.revision, "licence": found.licence}
                    for found in weights.values()
                ],
            }
        )
        log("info", "ready", device=str(device), dtype=str(dtype), torch=torch.__version__)

    def generate(self, request: dict) -> dict:
        """Generates music, then effects, each with all its candidates."""
        wire, number = self._wire, request["id"]
        ranking: dict[str, list[int]] = {}
        kinds = [kind for kind in ("music", "effects") if request.get(kind)]
        for index, kind in enumerate(kinds):

            def on_step(stage: str, step: int, of: int, done: int = index) -> None:
                wire.send(
                    {"type": "progress", "id": number, "stage": stage, "step": step + done * of, "of": of * len(kinds)}
                )

            def on_samples(candidate: int, samples: numpy.ndarray, kind: str = kind) -> None:
                for first in range(0, len(samples), BLOCK_SAMPLES):
                    wire.check(number)
                    block = numpy.ascontiguousarray(samples[first : first + BLOCK_SAMPLES], dtype="<f4")
                    message = {"type": "audio", "id": number, "kind": kind, "candidate": candidate}
                    wire.send(message, memoryview(block).cast("B"))

            ranked = self._sounds[self._of_kind[kind]].generate(
                request[kind],
                segments=read_segments(request, kind),
                negative=request["negative"],
                seconds=request["seconds"],
                seed=request["seed"],
                candidates=request["candidates"],
                steps=request["steps"],
                guidance=request["guidance"],
                on_step=on_step,
                on_samples=on_samples,
                check=lambda: wire.check(number),
            )
            if ranked:
                ranking[kind] = ranked
        return {"ranking": ranking or None}

    def describe(self, request: dict, still: bytes) -> dict:
        """Answers a question about a still."""
        wire, number = self._wire, request["id"]
        if self._describer is None:
            raise Refused("This engine was started without a describer, so it can't answer questions about stills.")

        def on_text(text: str, tokens: int) -> None:
            wire.send({"type": "progress", "id": number, "stage": "describe", "step": tokens, "of": MAX_TOKENS})
            wire.send({"type": "text", "id": number, "text": text})

        return {"text": self._describer.answer(still, request["question"], on_text, lambda: wire.check(number))}


def serve(wire: Wire) -> None:
    """Loads the models of the first message, then handles requests until the server ends."""
    requests = wire.requests()
    start, _ = next(requests)
    try:
        engine = Engine(wire, start)
    except Exception as error:
        _log_error(error)
        message, is_retryable = _explain(error)
        wire.send({"type": "failed", "message": message, "isRetryable": is_retryable})
        os._exit(1)
    for request, payload in requests:
        number, began = request["id"], (time.monotonic(), time.process_time())
        try:
            wire.check(number)
            answer = engine.describe(request, payload) if request["type"] == "describe" else engine.generate(request)
            wire.send({"type": "done", "id": number, **answer})
            _log_done(request, *began)
        except Cancelled:
            wire.send({"type": "cancelled", "id": number})
        except Exception as error:
            _log_error(error)
            message, is_retryable = _explain(error)
            wire.send({"type": "error", "id": number, "message": message, "isRetryable": is_retryable})
        finally:
            wire.forget(number)
            _free(request)


def _load(weights: Weights, make: Callable[[Path], Model]) -> Model:
    try:
        return make(weights.folder)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        if isinstance(error, torch.OutOfMemoryError):
            raise
        _log_error(error)
        raise Refused(
            f"The weights of {weights.name} could not be loaded: they are incomplete, or of another kind of model."
        ) from error


def _free(request: dict) -> None:
    """Frees the device memory that a long request used."""
    if request.get("seconds", 0) <= LONG_SECONDS:
        return
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _log_done(request: dict, began: float, began_cpu: float) -> None:
    """Logs wall time, CPU time and peak memory of a request, but nothing of its content."""
    sizes = {name: request[name] for name in ("seconds", "steps", "candidates") if name in request}
    took = dict(tookMs=_milliseconds(time.monotonic() - began), cpuMs=_milliseconds(time.process_time() - began_cpu))
    log("info", "done", verb=request["type"], **took, **sizes, peakMegabytes=peak_megabytes())


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _explain(error: Exception) -> tuple[str, bool]:
    """A sentence without input of the user, and whether a retry may succeed."""
    if isinstance(error, Refused):
        return str(error), error.is_retryable
    if isinstance(error, torch.OutOfMemoryError):
        return "The device has too little memory left for this.", False
    return f"The engine failed with {type(error).__name__}; its log says where.", False


def _log_error(error: Exception) -> None:
    """Logs where an error happened, but not its message, which may quote a prompt."""
    frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    details = {"reason": str(error)} if isinstance(error, Refused) else {}
    log("error", "failed", error=type(error).__name__, frames=frames[-6:], **details)
