"""Chooses the device and the precision."""

import sys

import torch

from .wire import Refused

DTYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}


def choose_device(wanted: str) -> torch.device:
    """`auto` prefers CUDA, then MPS, then the CPU."""
    if wanted != "auto":
        try:
            device = torch.device(wanted)
            torch.empty(1, device=device)
        except (RuntimeError, AssertionError) as error:
            raise Refused(f"The device {wanted} was wanted; PyTorch can't use it here.") from error
        return device
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def choose_dtype(wanted: str, device: torch.device) -> torch.dtype:
    """`auto` is float16 on CUDA, float32 elsewhere."""
    if wanted == "auto":
        return torch.float16 if device.type == "cuda" else torch.float32
    if wanted not in DTYPES:
        raise Refused(f"One of auto, {', '.join(DTYPES)} was wanted as dtype; {wanted} came.")
    return DTYPES[wanted]


def describe_device(device: torch.device) -> str:
    """Display name: the name of the GPU, or the type of the device."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type


def peak_megabytes() -> int:
    """Peak memory so far: of the GPU on CUDA, otherwise of this process; 0 where it is unknown."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() // 2**20
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 2**20 if sys.platform == "darwin" else most // 2**10
