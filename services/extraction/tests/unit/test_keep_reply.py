from hashlib import sha256
from uuid import UUID

import pytest

from chassis.objects import ObjectStore, ObjectStoreUnavailable
from chassis.settings import ServiceSettings
from extraction.app import keep_reply
from extraction.app.keep_reply import KeepReply
from extraction.app.language_model import Reply
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.rounds import Known
from extraction.domain.run_chunk import RunChunk, reply_key

WORKSPACE = UUID(int=9)
CHUNK = RunChunk(UUID(int=1), UUID(int=2), Chunk(3, (5, 6), 0, "", ("", ""), (0, 0), ((), ())), 4, 0, Known())
REPLY = Reply("half a pair: \ud83c", "model-1", input_tokens=10, output_tokens=3, cost_micro_usd=7, finished=False)


class Store(ObjectStore):
    """Away for so many calls, then there."""

    def __init__(self, outages: int) -> None:
        super().__init__(ServiceSettings.model_construct())
        self.outages = outages
        self.kept: list[tuple[str, bytes, str]] = []

    async def put(self, key: str, body: bytes, content_type: str, sha256: str) -> None:
        if self.outages > 0:
            self.outages -= 1
            raise ObjectStoreUnavailable("away")
        self.kept.append((key, body, sha256))


async def test_a_reply_is_in_hand_until_the_store_is_back() -> None:
    store = Store(outages=2)
    keep = KeepReply(store)
    answer = await keep(REPLY, keep.bill(REPLY), CHUNK, WORKSPACE)
    [(key, body, digest)] = store.kept
    assert answer.object_key == key == reply_key(WORKSPACE, CHUNK)
    assert body.decode() == "half a pair: ?"
    assert digest == sha256(body).hexdigest()
    assert (answer.model, answer.is_finished, answer.spent.cost_micro_usd) == ("model-1", False, 7)


async def test_a_store_that_stays_away_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_reply, "KEEP_SECONDS", 0.01)
    keep = KeepReply(Store(outages=10**6))
    with pytest.raises(ObjectStoreUnavailable):
        await keep(REPLY, keep.bill(REPLY), CHUNK, WORKSPACE)
