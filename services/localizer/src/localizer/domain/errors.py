"""What can be wrong with a localization; `stage` says how far its copy had come."""

from typing import ClassVar


class LocalizationNotFound(Exception):
    """There is no such localization in this workspace."""

    code = "localization-not-found"
    kind = "not-found"


class LocalizationNotFailed(Exception):
    """Only a failed localization can be tried again."""

    code = "localization-not-failed"
    kind = "conflict"


class ObjectUnknown(Exception):
    """This workspace has no object under this key."""

    code = "object-unknown"
    kind = "not-found"


class SourceNotStored(Exception):
    """The source is a URL, not an object of the store."""

    code = "source-not-stored"
    kind = "invalid"
    stage: ClassVar[str] = "source"


class SourceMissing(Exception):
    """The source is no object of this workspace."""

    code = "source-missing"
    kind = "not-found"
    stage: ClassVar[str] = "source"


class SourceTooLarge(Exception):
    """The source is larger than the localizer copies."""

    code = "source-too-large"
    kind = "too-large"
    stage: ClassVar[str] = "source"


class ChecksumMismatch(Exception):
    """The copy is not the image that was selected."""

    code = "checksum-mismatch"
    kind = "conflict"
    stage: ClassVar[str] = "verify"


class CopyTooLarge(Exception):
    """The image has more pixels than the localizer decodes."""

    code = "copy-too-large"
    kind = "too-large"
    stage: ClassVar[str] = "thumbnail"


class CopyUnreadable(Exception):
    """The copy cannot be read as an image."""

    code = "copy-unreadable"
    kind = "unsupported"
    stage: ClassVar[str] = "thumbnail"
