"""What can be wrong with a request about jobs, and with a picture."""


class JobNotFound(Exception):
    """There is no such job in this workspace."""

    code = "job-not-found"
    kind = "not-found"


class BatchNotFound(Exception):
    """There is no such batch in this workspace."""

    code = "batch-not-found"
    kind = "not-found"


class JobEnded(Exception):
    """The job has ended and cannot be cancelled."""

    code = "job-ended"
    kind = "conflict"


class JobNotRetryable(Exception):
    """Only a failed or cancelled job can be tried again."""

    code = "job-not-retryable"
    kind = "conflict"


class BatchEnded(Exception):
    """Every job of the batch has ended; there is nothing to cancel."""

    code = "batch-ended"
    kind = "conflict"


class ProviderUnknown(Exception):
    """The provider of the job is not configured."""

    code = "provider-unknown"
    kind = "conflict"


class SizeUnsupported(Exception):
    """The provider cannot draw a picture of this size."""

    code = "size-unsupported"
    kind = "invalid"


class PictureUnreadable(Exception):
    """What the provider sent is no whole PNG, JPEG or WebP picture."""

    code = "picture-unreadable"
    # Worth another try: the next answer may come whole.
    kind = "unavailable"


class PictureSizeWrong(Exception):
    """The picture does not have the size that was asked for."""

    code = "picture-size-wrong"
    kind = "invalid"
