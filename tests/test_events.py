"""The log of events: a sequence that holds what is said once."""

from __future__ import annotations

import copy
import pickle
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from cableformat import Event, Report
from cableformat.events import EventLog

EVENTS = st.lists(
    st.builds(
        Event,
        st.sampled_from(["lost", "altered", "added", "skipped"]),
        st.sampled_from(["grammar", "parts[body]", "row 17"]),
        st.sampled_from(["it has no room", ""]),
        st.integers(0, 2**40),
        st.booleans(),
    )
)


@given(EVENTS, EVENTS, st.slices(8))
def test_it_is_the_sequence_of_its_events(events, others, cut):
    log = EventLog(events)
    assert list(log) == events
    assert len(log) == len(events)
    assert [log[i] for i in range(-len(events), len(events))] == events * 2
    assert log[cut] == events[cut]
    assert list(reversed(log)) == events[::-1]
    assert log == events
    assert events == log
    assert (log == EventLog(others)) is (events == others)
    assert all(event in log for event in events)
    assert bool(log) is bool(events)
    assert repr(log) == repr(events)
    assert copy.deepcopy(log) == pickle.loads(pickle.dumps(log)) == log  # noqa: S301 - our own bytes


def test_it_is_no_other_thing():
    assert EventLog() != 3
    assert EventLog() == []
    assert EventLog([Event("lost", "grammar", "")]) != []


def test_what_is_said_again_takes_little_memory():
    report = Report()
    report.added("source", "it is another file")
    tracemalloc.start()
    for number in range(1, 20_000):
        report.cable = number
        report.added("source", "it is another file")
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 20_000 * 20
    assert report.events[-1] == Event("added", "source", "it is another file", 19_999)
