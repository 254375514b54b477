"""How a script arrives over HTTP: as a file in a form, or as text in JSON, told apart by the content type."""

import asyncio
from typing import Any, NamedTuple, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request

from chassis.errors import RequestInvalid
from chassis.http import part
from extraction.app.documents import Documents
from extraction.domain.errors import UploadUnsupported
from extraction.domain.uploads import ScriptFile, Upload
from extraction.entrypoints.schemas import NewScript, ScriptForm

JSON = "application/json"
FORM = "multipart/form-data"
MAX_FIELDS = 8

M = TypeVar("M", bound=BaseModel)

_FILE = {"file": {"type": "string", "format": "binary", "description": "The script."}}
_FORM_SCHEMA = ScriptForm.model_json_schema()

REQUEST_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    **_FORM_SCHEMA,
                    "title": "ScriptUpload",
                    "properties": _FILE | _FORM_SCHEMA["properties"],
                    "required": ["file"],
                }
            },
            JSON: {"schema": NewScript.model_json_schema()},
        },
    }
}
"""What the OpenAPI document says of the body, which FastAPI cannot read off one parameter."""


class ReadUpload(NamedTuple):
    """A script as it was sent, and as it was read."""

    upload: Upload
    file: ScriptFile


async def read_body(request: Request) -> ReadUpload:
    """Preparation of the upload: reading many megabytes takes seconds, and needs no database.

    Raises what `receive_upload` and the readers of documents raise.
    """
    upload = await receive_upload(request)
    documents = await part(Documents)(request)
    return ReadUpload(upload, await asyncio.to_thread(documents.read, upload))


async def receive_upload(request: Request) -> Upload:
    """The script in the body; raises `UploadUnsupported`, or what is wrong with the form or the JSON."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == FORM:
        return await _from_form(request)
    if content_type == JSON:
        # Decoding many megabytes takes long enough to be felt by others.
        return await asyncio.to_thread(_from_json, await request.body())
    raise UploadUnsupported(f"send {FORM} with a field `file`, or {JSON} with `text`", given=content_type)


def _from_json(body: bytes) -> Upload:
    try:
        script = NewScript.model_validate_json(body)
    except ValidationError as error:
        raise _told(error) from error
    return Upload(script.text.encode(), script.title, script.format)


async def _from_form(request: Request) -> Upload:
    async with request.form(max_files=1, max_fields=MAX_FIELDS) as form:
        fields = {name: value for name, value in form.multi_items() if name != "file" and value != ""}
        file = form.get("file")
        if not isinstance(file, UploadFile):
            problem = "send the script as a file, with a file name"
            raise RequestInvalid(f"body.file: {problem}", errors=[{"field": "body.file", "problem": problem}])
        try:
            said = ScriptForm.model_validate(fields)
        except ValidationError as error:
            raise _told(error) from error
        return Upload(await file.read(), said.title, said.format, file.filename)


def _told(error: ValidationError) -> RequestValidationError:
    """The same, as FastAPI would have found it."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return RequestValidationError([{**problem, "loc": ("body", *problem["loc"])} for problem in found])
