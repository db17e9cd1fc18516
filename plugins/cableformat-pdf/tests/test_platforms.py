"""Systems that cannot bound memory: the time limit remains."""

from __future__ import annotations

import sys
import types

from cableformat_pdf.pdfium_process import _limit_memory


def test_no_limit_is_no_error(monkeypatch):
    asked = []

    def refused(which, limits):
        asked.append(limits)
        raise ValueError("current limit exceeds maximum limit")

    macos = types.SimpleNamespace(RLIMIT_AS=5, RLIM_INFINITY=-1, getrlimit=lambda _: (-1, 77), setrlimit=refused)
    monkeypatch.setitem(sys.modules, "resource", macos)
    _limit_memory(1000)
    assert asked == [(77, 77)]
    monkeypatch.setitem(sys.modules, "resource", None)  # Windows
    _limit_memory(1000)
    assert len(asked) == 1
