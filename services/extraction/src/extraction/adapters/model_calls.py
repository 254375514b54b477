"""Calls of language models through pydantic-ai, which speaks to all vendors alike. Importing this takes seconds."""

from typing import TypedDict

import httpx2
from pydantic_ai import ModelMessage, ModelRequest, ModelResponse, SystemPromptPart, TextPart, UserPromptPart
from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import (
    ModelAuthenticationError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelRequestRejectedError,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings

from chassis.telemetry import MODEL, PROVIDER, span
from extraction.adapters.model_errors import told_as_ours
from extraction.adapters.model_prices import price_of_usage
from extraction.adapters.model_settings import LanguageModelSettings
from extraction.adapters.model_vendors import open_model
from extraction.app.language_model import Reply
from extraction.domain.errors import ModelRefused, ReplyUnusable
from extraction.domain.llm.prompt import Prompt
from extraction.domain.llm.shape import REPLY_SCHEMA

CONNECT_SECONDS = 10.0
SHAPED = ModelRequestParameters(
    output_mode="native",
    output_object=OutputObjectDefinition(json_schema=dict(REPLY_SCHEMA), name="breakdown"),
)


class _Spent(TypedDict):
    text: str
    input_tokens: int
    output_tokens: int
    cost_micro_usd: int


class ModelCalls:
    """Open connections to one model. Whatever fails is told once: nothing here or below tries again."""

    def __init__(self, settings: LanguageModelSettings) -> None:
        self._settings = settings
        self._client = httpx2.AsyncClient(
            timeout=httpx2.Timeout(settings.llm_timeout_seconds, connect=CONNECT_SECONDS),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=settings.llm_concurrency),
            follow_redirects=True,
        )
        self._model = open_model(settings, self._client)
        self._shaped = bool(self._model.profile.get("supports_json_schema_output"))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def ask(self, prompt: Prompt) -> Reply:
        """One reply; a server that does not know how to keep to a shape rejects the first question, and is asked plainly."""
        messages: list[ModelMessage] = [
            ModelRequest(parts=[SystemPromptPart(prompt.system), UserPromptPart(prompt.user)])
        ]
        provider, model = self._settings.llm_provider, self._settings.llm_model
        with span(f"{provider} ask", {PROVIDER: provider, MODEL: model}), told_as_ours(self._settings.llm_server):
            response = await self._answer(messages)
        return self._reply(response)

    async def _answer(self, messages: list[ModelMessage]) -> ModelResponse:
        if self._shaped:
            try:
                return await self._call(messages, SHAPED)
            except ModelRequestRejectedError as error:
                if not _may_be_the_shape(error):
                    raise
        response = await self._call(messages, ModelRequestParameters())
        self._shaped = False
        return response

    async def _call(self, messages: list[ModelMessage], parameters: ModelRequestParameters) -> ModelResponse:
        settings = ModelSettings(
            max_tokens=self._settings.llm_reply_tokens,
            max_retries=0,
            timeout=self._settings.llm_timeout_seconds,
            request_timeout=self._settings.llm_timeout_seconds,
        )
        return await model_request(
            self._model, messages, model_settings=settings, model_request_parameters=parameters, instrument=False
        )

    def _reply(self, response: ModelResponse) -> Reply:
        text = "".join(part.content for part in response.parts if isinstance(part, TextPart))
        cost = price_of_usage(self._settings, response.usage)
        reply = Reply(
            text=text,
            model=response.model_name or self._settings.llm_model,
            input_tokens=response.usage.input_tokens,
            output_tokens=response.usage.output_tokens,
            cost_micro_usd=cost,
            finished=response.finish_reason != "length",
        )
        if response.finish_reason == "content_filter":
            raise ModelRefused(_refusal(response, text), **_spent(reply))
        if not text.strip():
            raise ReplyUnusable(_nothing(reply), **_spent(reply))
        return reply


def _may_be_the_shape(error: ModelRequestRejectedError) -> bool:
    """Whether a plainer question could be accepted: the key, the name and the length are right."""
    hopeless = (ModelAuthenticationError, ModelContextWindowExceededError, ModelNotFoundError)
    return isinstance(error, ModelHTTPError) and error.status_code in {400, 422} and not isinstance(error, hopeless)


def _spent(reply: Reply) -> _Spent:
    return _Spent(
        text=reply.text,
        input_tokens=reply.input_tokens,
        output_tokens=reply.output_tokens,
        cost_micro_usd=reply.cost_micro_usd,
    )


def _refusal(response: ModelResponse, text: str) -> str:
    said = (response.provider_details or {}).get("refusal") or text
    reason = (response.provider_details or {}).get("finish_reason", "content filter")
    return " ".join(str(said).split())[:500] or f"the model refuses to read these scenes ({reason})"


def _nothing(reply: Reply) -> str:
    if reply.finished:
        return "the model said nothing"
    return "the model reached the limit before it said anything: set a higher DRAMATIS_LLM_REPLY_TOKENS"
