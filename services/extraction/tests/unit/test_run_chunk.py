from uuid import UUID, uuid4

from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.rounds import Known
from extraction.domain.run_chunk import (
    ChunkOutcome,
    ChunkState,
    Reuse,
    RunChunk,
    failure_of,
    reply_key,
    reuse_of,
    scenes_read,
)
from extraction.domain.runs import Trouble

BUSY = Trouble("asking", "llm-busy", "slow down")


def outcome(
    number: int, first: int, last: int, state: ChunkState = ChunkState.COMPLETED, trouble: Trouble | None = None
) -> ChunkOutcome:
    return ChunkOutcome(number, range(first, last + 1), state, trouble)


def test_a_scene_in_several_chunks_is_read_when_all_of_them_are() -> None:
    chunks = [outcome(1, 1, 4), outcome(2, 5, 5), outcome(3, 5, 5, ChunkState.RUNNING), outcome(4, 6, 6)]
    assert scenes_read(chunks) == 5
    assert scenes_read([chunks[0], chunks[2], chunks[1], chunks[3]]) == 5
    assert scenes_read([*chunks[:2], outcome(3, 5, 5), chunks[3]]) == 6
    assert scenes_read([]) == 0


def test_what_was_taken_over_is_counted_in_scenes_and_money() -> None:
    taken = [ChunkOutcome(n, (n, n + 3), ChunkState.COMPLETED, None, True, 7) for n in (1, 2)]
    assert reuse_of([*taken, outcome(3, 3, 3), outcome(4, 6, 9)]) == Reuse(4, 14)


def test_a_run_fails_for_its_first_failed_chunk_and_says_how_many_there_are() -> None:
    rejected = Trouble("asking", "llm-rejected", "no such key")
    failed = [outcome(2, 3, 4, ChunkState.FAILED, BUSY), outcome(3, 5, 6, ChunkState.FAILED, rejected)]
    told = failure_of([outcome(1, 1, 2), *failed])
    assert told is not None
    assert (told.stage, told.error_class) == ("asking", "llm-busy")
    assert "2 of 3 chunks" in told.message
    assert "scenes 3-4: slow down" in told.message
    assert failure_of([outcome(1, 1, 2)]) is None


def test_each_reply_has_a_place_of_its_own_below_its_workspace() -> None:
    workspace = uuid4()
    text = Chunk(number=3, scenes=(5, 6), part=0, text="", keys=("", ""), tokens=(0, 0), lines=((), ()))
    chunk = RunChunk(UUID(int=1), UUID(int=2), text, attempts=4, failures=0, known=Known())
    assert reply_key(workspace, chunk) == (
        f"workspace_{workspace}/extraction/runs/00000000-0000-0000-0000-000000000002/chunk-3-4.txt"
    )
