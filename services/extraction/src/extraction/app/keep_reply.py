"""Keep a reply of the language model exactly as it came, and say what it cost."""

from dataclasses import replace
from hashlib import sha256
from uuid import UUID

import stamina

from chassis.objects import ObjectStore, ObjectStoreUnavailable
from extraction.app.language_model import Reply
from extraction.domain.run_chunk import Answer, RunChunk, reply_key
from extraction.domain.runs import Spent

KEEP_SECONDS = 60.0
CONTENT_TYPE = "text/plain; charset=utf-8"


class KeepReply:
    """Stores replies below their run's folder of the workspace."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects

    @staticmethod
    def bill(reply: Reply) -> Answer:
        """The reply as it was paid for, kept nowhere yet."""
        spent = Spent(reply.input_tokens, reply.output_tokens, reply.cost_micro_usd)
        return Answer(None, reply.model, reply.finished, spent)

    async def __call__(self, reply: Reply, answer: Answer, chunk: RunChunk, workspace_id: UUID) -> Answer:
        """The answer with the key of its words; raises `ObjectStoreUnavailable` after a minute of outage."""
        key = reply_key(workspace_id, chunk)
        words = reply.text.encode("utf-8", "replace")
        # The reply is paid for: an outage of the store must not make the model be asked again.
        async for attempt in stamina.retry_context(on=ObjectStoreUnavailable, timeout=KEEP_SECONDS, attempts=None):
            with attempt:
                await self._objects.put(key, words, CONTENT_TYPE, sha256(words).hexdigest())
        return replace(answer, object_key=key)
