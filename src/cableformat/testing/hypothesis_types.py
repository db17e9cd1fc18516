"""Tells Hypothesis how the model's types are drawn, so that `st.from_type(Cable)` works wherever both are installed."""

from __future__ import annotations


def register() -> None:
    """Register a strategy for each type of the model; called by Hypothesis when it is imported."""
    from hypothesis import strategies as st  # noqa: PLC0415 - Hypothesis calls this while it is being imported

    from cableformat.cable import Cable  # noqa: PLC0415 - as above
    from cableformat.record import Record, Source  # noqa: PLC0415 - as above
    from cableformat.text import Part  # noqa: PLC0415 - as above

    def strategy(name: str) -> object:
        from cableformat.testing import strategies  # noqa: PLC0415 - only where one is drawn

        return getattr(strategies, name)()

    st.register_type_strategy(Cable, lambda _: strategy("cables"))  # type: ignore[arg-type, return-value]
    st.register_type_strategy(Record, lambda _: strategy("records"))  # type: ignore[arg-type, return-value]
    st.register_type_strategy(Source, lambda _: strategy("sources"))  # type: ignore[arg-type, return-value]
    st.register_type_strategy(Part, lambda _: strategy("parts"))  # type: ignore[arg-type, return-value]
