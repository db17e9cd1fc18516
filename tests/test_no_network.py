"""No format opens a socket, to read or to write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cableformat import formats

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "31PORTMERIDIAN117.txt"

PROGRAM = """
import sys, tempfile
from pathlib import Path

def refuse(event, args):
    if event.startswith("socket.") and event != "socket.gethostname":
        print("reached for the network:", event, args, flush=True)
        raise RuntimeError(event)

sys.addaudithook(refuse)
import cableformat
from cableformat.errors import CableError

cable = cableformat.read(sys.argv[1])
example = Path(sys.argv[1]).read_bytes()
done = []
with tempfile.TemporaryDirectory() as folder:
    for known in cableformat.formats():
        path = Path(folder) / known.name
        path.write_bytes(example)
        try:
            if known.writer:
                cableformat.write([cable], path, known.name)
            if known.reader:
                list(cableformat.read_all(path, format=known.name))
        except CableError as error:
            print("said:", known.name, error)
        done.append(known.name)
print("done:", *done)
"""


def test_no_format_reaches_for_the_network():
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(EXAMPLE)], capture_output=True, text=True, timeout=200, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "reached for the network" not in ran.stdout
    done = ran.stdout.splitlines()[-1].removeprefix("done: ").split()
    assert sorted(done) == sorted(known.name for known in formats())


def test_the_watch_sees_a_socket():
    watched = PROGRAM.partition("import cableformat")[0] + "import socket\nsocket.create_connection(('127.0.0.1', 9))\n"
    ran = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, timeout=60, check=False)
    assert "reached for the network" in ran.stdout
    assert ran.returncode != 0
