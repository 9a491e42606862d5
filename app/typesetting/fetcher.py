"""What may a document load while it is set? Its typefaces, and nothing else."""

from typing import Any, NoReturn

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "typeface:"


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Answers ``typeface:NAME`` from memory and ends the job at any other address.

    No template asks for anything, so a request means that text became markup: an error to be heard
    of, not a missing picture. The error derives from ``BaseException`` and is caught by name in the
    worker.
    """

    def __init__(self, typefaces: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._typefaces = typefaces

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        content = self._typefaces.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if content is None:
            self._refuse(url)
        return URLFetcherResponse(url, content)

    def _refuse(self, url: str) -> NoReturn:
        raise FatalURLFetchingError(url[:80])
