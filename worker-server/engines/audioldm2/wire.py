"""Framed messages over stdin and stdout: a line of JSON, then exactly `bytes` raw bytes where the line says so."""

import json
import os
import sys
import threading
from collections.abc import Iterator


class Cancelled(Exception):
    """The request was cancelled."""


class Refused(Exception):
    """The request can't be fulfilled. The message is a sentence for users, without their input."""

    def __init__(self, message: str, is_retryable: bool = False):
        super().__init__(message)
        self.is_retryable = is_retryable


class Wire:
    """Reads requests in a thread, so that a cancellation is noticed while a model runs."""

    def __init__(self) -> None:
        # Redirects the output of libraries to stderr: a stray line would break the framing.
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self._in = sys.stdin.buffer
        self._lock = threading.Lock()
        self._waiting: list[tuple[dict, bytes]] = []
        self._arrived = threading.Condition()
        self._cancelled: set[int] = set()
        threading.Thread(target=self._read, daemon=True).start()

    def send(self, message: dict, payload: memoryview | bytes | None = None) -> None:
        """Sends a message. Blocks while the other side doesn't read."""
        if payload is not None:
            message = {**message, "bytes": len(payload)}
        line = json.dumps(message, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            _write_all(self._out, line)
            if payload is not None:
                _write_all(self._out, payload)

    def requests(self) -> Iterator[tuple[dict, bytes]]:
        """Yields requests and their payloads, without end."""
        while True:
            with self._arrived:
                self._arrived.wait_for(lambda: self._waiting)
                request = self._waiting.pop(0)
            yield request

    def check(self, request_id: int) -> None:
        """Raises Cancelled if the request was cancelled."""
        if request_id in self._cancelled:
            raise Cancelled

    def forget(self, request_id: int) -> None:
        """Forgets a request that has ended."""
        self._cancelled.discard(request_id)

    def _read(self) -> None:
        for line in self._in:
            message = json.loads(line)
            payload = self._in.read(message.get("bytes", 0))
            if message["type"] == "cancel":
                self._cancelled.add(message["id"])
                continue
            with self._arrived:
                self._waiting.append((message, payload))
                self._arrived.notify()
        # The server has ended, and nobody else would stop this process.
        os._exit(0)


def log(level: str, message: str, **details: object) -> None:
    """Writes a structured line to stderr. It must not contain input of users."""
    line = {"level": level, "message": message, **details}
    sys.stderr.write(json.dumps(line) + "\n")
    sys.stderr.flush()


def _write_all(out, data: memoryview | bytes) -> None:
    rest = memoryview(data)
    while len(rest):
        rest = rest[out.write(rest) :]
