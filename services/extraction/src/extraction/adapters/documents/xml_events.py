"""XML as a stream of events, with nothing in it that reaches outside or grows.

A document type definition is refused, and with it every entity, external or internal (the "billion laughs"): no format
of scripts needs one. Nothing is kept of what has been read, so a large file costs no more memory than its text.
"""

from typing import Protocol
from xml.parsers import expat

from extraction.domain.errors import FileDamaged, UnpackedTooLarge, XmlForbidden

MAX_ELEMENTS = 2_000_000
MAX_DEPTH = 200


class Handler(Protocol):
    """What hears of an XML document, piece by piece; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some of the text of the element that is open."""


def parse_xml(data: bytes, handler: Handler, what: str) -> None:
    """Tell `handler` everything in an XML document; `what` names it in errors.

    Raises `XmlForbidden` (a document type definition), `UnpackedTooLarge` (too many or too deeply nested elements) and
    `FileDamaged` (not well-formed, or in an encoding that expat does not know).
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    limits = _Limited(handler, what)
    parser.StartDoctypeDeclHandler = limits.refuse
    parser.EntityDeclHandler = limits.refuse
    parser.StartElementHandler = limits.start
    parser.EndElementHandler = limits.end
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileDamaged(
            f"{what} is not well-formed XML ({error}): export it again from the program that wrote it"
        ) from error


class _Limited:
    """Counts elements on their way to a handler."""

    def __init__(self, handler: Handler, what: str) -> None:
        self._handler = handler
        self._what = what
        self._count = 0
        self._depth = 0

    def refuse(self, *_: object) -> None:
        raise XmlForbidden(
            f"{self._what} declares a document type or entities, which no script needs: export it again, without them"
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._depth += 1
        if self._count > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise UnpackedTooLarge(
                f"{self._what} has more than {MAX_ELEMENTS:,} elements, or elements nested more than {MAX_DEPTH} deep: "
                "export the script again"
            )
        bare = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._handler.start(name.rpartition(" ")[2], bare)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(name.rpartition(" ")[2])
