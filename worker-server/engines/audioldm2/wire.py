"""Framed messages over stdin and stdout: a line of JSON, then exactly `bytes` raw bytes where the line says so."""

import json
import os
import sys
import threading
from collections.abc import Iterator


class Cancelled(Exception):
    """Who asked doesn't want the answer any more."""


class Refused(Exception):
    """The engine can't do what was asked; the message is one sentence for people, without what they wrote."""

    def __init__(self, message: str, is_retryable: bool = False):
        super().__init__(message)
        self.is_retryable = is_retryable


class Wire:
    """Reads requests in a thread of its own, so that a cancellation is seen while the models work."""

    def __init__(self) -> None:
        # Whatever a library prints goes to stderr: one stray line would break the frames.
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
        """Sends a message; blocks while the other side doesn't read."""
        if payload is not None:
            message = {**message, "bytes": len(payload)}
        line = json.dumps(message, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            _write_all(self._out, line)
            if payload is not None:
                _write_all(self._out, payload)

    def requests(self) -> Iterator[tuple[dict, bytes]]:
        """Requests with their payloads, one after another, for ever."""
        while True:
            with self._arrived:
                self._arrived.wait_for(lambda: self._waiting)
                request = self._waiting.pop(0)
            yield request

    def check(self, request_id: int) -> None:
        """Raises Cancelled when the request was cancelled."""
        if request_id in self._cancelled:
            raise Cancelled

    def forget(self, request_id: int) -> None:
        """The request has ended: its id won't be asked for again."""
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
        # The server is gone: nobody would ever stop this process.
        os._exit(0)


def log(level: str, message: str, **details: object) -> None:
    """One structured line on stderr. Never give it words of a user."""
    line = {"level": level, "message": message, **details}
    sys.stderr.write(json.dumps(line) + "\n")
    sys.stderr.flush()


def _write_all(out, data: memoryview | bytes) -> None:
    rest = memoryview(data)
    while len(rest):
        rest = rest[out.write(rest) :]
