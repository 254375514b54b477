import pytest

from contracts.consumers import CONSUMERS, OTHER_CONSUMERS
from contracts.generate.event_map import BEGIN, END, MarkersMissing, event_map, with_event_map
from contracts.registry import EVENTS
from contracts.subjects import owner_of, short_name

DOCUMENT = f"# House\n\nbefore\n{BEGIN}\nold\n{END}\n\nafter\n"


def rows() -> dict[str, list[str]]:
    lines = [line.strip("| ").split(" | ") for line in event_map().splitlines()[2:]]
    return {cells[0].strip("`"): cells[1:] for cells in lines}


def test_every_event_has_one_row_with_publisher_and_sentence() -> None:
    assert rows().keys() == {short_name(event_type) for event_type in EVENTS}
    for event_type in EVENTS:
        owner, _, sentence = rows()[short_name(event_type)]
        assert owner == owner_of(event_type)
        assert sentence.endswith(".")


def test_the_consumers_are_those_of_the_list() -> None:
    for reader, events in {**CONSUMERS, **OTHER_CONSUMERS}.items():
        listed = {name for name, cells in rows().items() if reader in cells[1].replace("*", "").split(", ")}
        assert listed == {short_name(event.TYPE) for event in events}


def test_only_what_is_between_the_markers_changes() -> None:
    written = with_event_map(DOCUMENT)
    assert written.startswith(f"# House\n\nbefore\n{BEGIN}\n| event |")
    assert written.endswith(f"|\n{END}\n\nafter\n")
    assert "old" not in written.split("\n")


def test_writing_twice_changes_nothing() -> None:
    assert with_event_map(with_event_map(DOCUMENT)) == with_event_map(DOCUMENT)


@pytest.mark.parametrize("document", ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{BEGIN}{END}", f"{BEGIN}{END}{END}"])
def test_a_document_without_one_place_for_the_table_is_refused(document: str) -> None:
    with pytest.raises(MarkersMissing, match="events:begin"):
        with_event_map(document)
