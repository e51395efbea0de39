"""The sink as a process of its own, and the line by which the lab steers it."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from campaign.errors import SetupError

# it answers at once; a busy machine may need longer
ANSWER_SECONDS = 60


class SinkProcess:
    """A running sink: where it listens, where it writes, and how to give it orders."""

    def __init__(self, process: subprocess.Popen[str], port: int, record: Path, control: Path) -> None:
        self.process = process
        self.port = port
        self.record = record
        self._control = control
        self._line: socket.socket | None = None

    def order(self, **wanted: Any) -> dict[str, int]:
        """Give an order (see `sink.Steering`); the counts as they are afterwards."""
        if self._line is None:
            self._line = socket.socket(socket.AF_UNIX)
            self._line.settimeout(ANSWER_SECONDS)
            self._line.connect(str(self._control))
        self._line.sendall(json.dumps(wanted).encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n"):
            got = self._line.recv(65536)
            if not got:
                raise SetupError("The lab's own mail sink has ended; its last words are above.")
            answer += got
        counts: dict[str, int] = json.loads(answer)
        return counts

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
        self.process.terminate()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def sink_process(
    folder: Path, *, host: str = "127.0.0.1", port: int = 0, before: Sequence[str] = ()
) -> Iterator[SinkProcess]:
    """A sink with its record and its socket in `folder`, while the block runs. `before` is put in front of
    its command: `ip netns exec NAME`."""
    record, control = folder / "sink.tsv", folder / "sink.sock"
    command = [
        *(*before, sys.executable, "-m", "campaign.lab.sink", "--host", host, "--port", str(port)),
        *("--log", str(record), "--control", str(control)),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own program)
    assert process.stdout is not None
    line = process.stdout.readline()
    sink = SinkProcess(process, int(line or 0), record, control)
    try:
        if not line:
            raise SetupError("The lab's own mail sink does not start; its last words are above.")
        yield sink
    finally:
        with contextlib.suppress(ProcessLookupError):
            sink.close()
