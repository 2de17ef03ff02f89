"""Pinned revisions of weights, their licences, and fetching them with progress."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import HfApi, snapshot_download
from huggingface_hub.constants import HF_HUB_CACHE
from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
from huggingface_hub.utils import filter_repo_objects

from .wire import Refused, log


@dataclass(frozen=True)
class Pin:
    """The commit of a repository, and the licence of its weights (SPDX)."""

    commit: str | None
    licence: str


PINS = {
    "cvssp/audioldm2": Pin("c8e7e189d324425c05c4c2f81214041ef4107983", "CC-BY-NC-SA-4.0"),
    # The first download determines the commit, which is kept from then on.
    "cvssp/audioldm2-large": Pin(None, "CC-BY-NC-SA-4.0"),
    "cvssp/audioldm2-music": Pin(None, "CC-BY-NC-SA-4.0"),
    # The release of 26 August 2024.
    "vikhyatk/moondream2": Pin("92d3d73b6fd61ab84d9fe093a9c7fd8c04bf2c0d", "Apache-2.0"),
}

# No pickles, which can run code when they are loaded, and no code.
WANTED_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]

POLL_SECONDS = 1.0


@dataclass(frozen=True)
class Weights:
    """Weights in a local folder."""

    folder: Path
    name: str
    revision: str
    licence: str


def find_weights(models: list[str], on_fraction: Callable[[float], None]) -> list[Weights]:
    """Finds each model: a folder, `owner/name`, or `owner/name@commit`. Missing weights are fetched from the hub."""
    found = []
    for index, model in enumerate(models):
        found.append(_find(model, lambda fraction, done=index: on_fraction((done + fraction) / len(models))))
    return found


def _find(model: str, on_fraction: Callable[[float], None]) -> Weights:
    if Path(model).is_dir():
        folder = Path(model).resolve()
        return Weights(folder, folder.name, "local", "LicenseRef-unknown")
    repository, _, commit = model.partition("@")
    if repository.count("/") != 1:
        raise Refused(f"A folder or a repository such as cvssp/audioldm2 was wanted as model; {model} is neither.")
    pin = PINS.get(repository, Pin(None, "LicenseRef-unknown"))
    wanted = commit or pin.commit or _cached_commit(repository)
    with _Progress(repository, wanted, on_fraction):
        try:
            folder = snapshot_download(repository, revision=wanted, allow_patterns=WANTED_FILES)
        except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
            log("error", "weights could not be fetched", repository=repository, reason=type(error).__name__)
            raise Refused(f"The weights of {repository} are not here and could not be fetched.", True) from error
    # The folder of a snapshot is named after its commit.
    return Weights(Path(folder), repository, Path(folder).name, pin.licence)


def _repository_folder(repository: str) -> Path:
    return Path(HF_HUB_CACHE) / f"models--{repository.replace('/', '--')}"


def _cached_commit(repository: str) -> str | None:
    reference = _repository_folder(repository) / "refs" / "main"
    return reference.read_text().strip() if reference.is_file() else None


class _Progress:
    """Context manager that reports which share of a repository's bytes is in the cache."""

    def __init__(self, repository: str, revision: str | None, on_fraction: Callable[[float], None]):
        self._blobs = _repository_folder(repository) / "blobs"
        self._on_fraction = on_fraction
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(repository, revision), daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self, repository: str, revision: str | None) -> None:
        try:
            files = HfApi().model_info(repository, revision=revision, files_metadata=True).siblings or []
        except Exception:
            # Without the hub nothing can be fetched, so there is no progress to report.
            return
        wanted = filter_repo_objects(files, allow_patterns=WANTED_FILES, key=lambda file: file.rfilename)
        total = sum(file.size or 0 for file in wanted)
        while total and not self._ended.wait(POLL_SECONDS):
            self._on_fraction(min(1.0, _bytes_in(self._blobs) / total))


def _bytes_in(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    return sum(entry.stat().st_size for entry in os.scandir(folder) if entry.is_file())
