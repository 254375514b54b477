"""Everything that can be wrong with a script or a run, each with a stable code and a kind."""

from collections.abc import Iterable
from typing import ClassVar, Self


class ExtractionError(Exception):
    """Extraction cannot do this."""

    code: ClassVar[str] = "extraction-error"
    kind: ClassVar[str] = "invalid"
    extra: dict[str, object]

    def __init__(self, detail: str = "", **extra: object) -> None:
        super().__init__(detail or (type(self).__doc__ or "").strip().splitlines()[0])
        self.extra = extra


class StyleCapsuleRequired(ExtractionError):
    """The project has no style capsule yet."""

    code = "style-capsule-required"
    kind = "conflict"


class ScriptEmpty(ExtractionError):
    """The script has no text: upload a file or send a text with at least one scene."""

    code = "script-empty"


class ScriptIsBinary(ExtractionError):
    """The file is not a text: export the script as Fountain or plain text and upload that."""

    code = "script-is-binary"
    kind = "unsupported"


class EncodingUnknown(ExtractionError):
    """The encoding of the text cannot be told: save the file as UTF-8 and upload it again."""

    code = "encoding-unknown"
    kind = "unsupported"


class UnknownFormat(ExtractionError):
    """The format of the script is not one that can be read."""

    code = "unknown-format"
    kind = "unsupported"

    @classmethod
    def of(cls, given: str, known: Iterable[str]) -> "UnknownFormat":
        """The error for `given`, listing the formats that can be read."""
        names = list(known)
        return cls(f"'{given}' cannot be read; use one of: {', '.join(names)}", given=given, known=names)


class FormatMismatch(ExtractionError):
    """The file is of another format than it is said to be: correct its extension or the format you name."""

    code = "format-mismatch"
    kind = "unsupported"

    @classmethod
    def of(cls, said: str, found: str, advice: str) -> "FormatMismatch":
        """The error for a file said to be `said` that is `found`, with what to do about it."""
        return cls(f"the file is said to be {said}, but it is {found}: {advice}", said=said, found=found)


class FileDamaged(ExtractionError):
    """The file is damaged or incomplete: export it again from the program that wrote it."""

    code = "file-damaged"


class FileEncrypted(ExtractionError):
    """The file is protected by a password: save it without one and upload it again."""

    code = "file-encrypted"


class PdfEncrypted(FileEncrypted):
    """The PDF is protected by a password: export it without one and upload it again."""

    code = "pdf-encrypted"


class NoTextLayer(ExtractionError):
    """The PDF holds pictures of pages, no text: export it from the script's own program, or run text recognition on it."""

    code = "no-text-layer"


class XmlForbidden(ExtractionError):
    """The XML of the file declares a document type or entities, which no script needs: export the script again."""

    code = "xml-forbidden"


class UnpackedTooLarge(ExtractionError):
    """The file unpacks to more than can be read: export the script alone, without pictures, and upload that."""

    code = "unpacked-too-large"
    kind = "too-large"


class _TooMuch(ExtractionError):
    """There is more of a script than can be read: so many `unit`, which the answer has as `field`."""

    unit: ClassVar[str]
    field: ClassVar[str]

    @classmethod
    def of(cls, found: int, limit: int) -> Self:
        """The error for `found` units where `limit` are allowed."""
        detail = f"the script has {found:,} {cls.unit}, at most {limit:,} can be read: split it and upload the parts"
        return cls(detail, limit=limit, **{cls.field: found})


class TooManyPages(_TooMuch):
    """The document has more pages than can be read: split it and upload the parts."""

    code = "too-many-pages"
    unit = field = "pages"


class ReadingTooSlow(ExtractionError):
    """The document takes too long to read: export it again, or as plain text."""

    code = "reading-too-slow"


class ScriptTooLarge(_TooMuch):
    """The script is larger than can be read: split it and upload the parts."""

    code = "script-too-large"
    kind = "too-large"
    unit, field = "bytes", "size"


class NoScenes(ExtractionError):
    """The script has a title page but no scenes: add a scene heading such as 'INT. KITCHEN - DAY' and some action."""

    code = "no-scenes"


class ScriptNotFound(ExtractionError):
    """There is no such script in this branch: upload one first, or check the version."""

    code = "script-not-found"
    kind = "not-found"


class RunNotFound(ExtractionError):
    """There is no such run in this workspace."""

    code = "run-not-found"
    kind = "not-found"


class ProjectNotFound(ExtractionError):
    """There is no such project in this workspace."""

    code = "project-not-found"
    kind = "not-found"


class BranchNotFound(ExtractionError):
    """There is no such branch in this project."""

    code = "branch-not-found"
    kind = "not-found"


class TooManyScenes(_TooMuch):
    """The script has more scenes than can be read: split it and upload the parts."""

    code = "too-many-scenes"
    unit = field = "scenes"


class TooManyAssets(ExtractionError):
    """More assets were found than one run tells: split the script and upload the parts."""

    code = "too-many-assets"

    @classmethod
    def of(cls, assets: int, limit: int) -> "TooManyAssets":
        """The error for `assets` assets where `limit` are allowed."""
        return cls(f"{assets:,} assets were found, one run tells at most {limit:,}: split the script", limit=limit)


class UploadUnsupported(ExtractionError):
    """A script is sent as multipart/form-data with a file, or as application/json with a text."""

    code = "upload-unsupported"
    kind = "unsupported"


class EngineNotConfigured(ExtractionError):
    """The engine is not configured here: use `auto` or `builtin`."""

    code = "engine-not-configured"


class ReplyNotFound(ExtractionError):
    """There is no such reply: nobody was asked about this chunk, or no reply came."""

    code = "reply-not-found"
    kind = "not-found"


class RunEnded(ExtractionError):
    """The run has ended; there is nothing left to cancel."""

    code = "run-ended"
    kind = "conflict"


class RunNotRetryable(ExtractionError):
    """Only a failed or cancelled run can be tried again."""

    code = "run-not-retryable"
    kind = "conflict"


class _AskLater(ExtractionError):
    """The language model is asked again later, after `retry_after` seconds where the vendor names them."""

    kind = "unavailable"

    def __init__(self, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class ModelBusy(_AskLater):
    """The language model takes no more calls just now; it is asked again later."""

    code = "llm-busy"


class ModelUnavailable(_AskLater):
    """The language model cannot be reached or has a fault of its own; it is asked again later."""

    code = "llm-unavailable"


class ModelTimeout(_AskLater):
    """The language model did not answer in time; it is asked again later."""

    code = "llm-timeout"


class ModelRejected(ExtractionError):
    """The language model does not accept the request: check its key, its name and its base URL."""

    code = "llm-rejected"


class _PaidForNothing(ExtractionError):
    """A call that was answered, and costs, without an answer that can be used; `text` is what there was of one."""

    def __init__(
        self,
        detail: str = "",
        *,
        text: str = "",
        input_tokens: int = 0,
        output_tokens: int = 0,
        cost_micro_usd: int = 0,
    ) -> None:
        super().__init__(detail)
        self.text = text
        self.input_tokens, self.output_tokens, self.cost_micro_usd = input_tokens, output_tokens, cost_micro_usd


class ModelRefused(_PaidForNothing):
    """The language model refuses to read these scenes."""

    code = "llm-refused"


class ReplyUnusable(_PaidForNothing):
    """Nothing can be recovered from what the language model replied."""

    code = "llm-reply-unusable"


class PriceCapReached(ExtractionError):
    """The next call could cost more than the run may: raise the cap and retry the run, the finished chunks are kept."""

    code = "price-cap-reached"
    kind = "budget"
