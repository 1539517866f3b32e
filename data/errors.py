"""Everything that can go wrong and has a sentence for the person at the screen."""

from collections.abc import Mapping


class AppError(Exception):
    """Root of all refusals; ``str(error)`` may be shown as it stands."""


class NotFoundError(AppError):
    """The thing is gone, or was never this household's; the two are not told apart."""


class ConflictError(AppError):
    """Someone changed the thing after it was read (optimistic lock)."""


class UnavailableError(AppError):
    """PostgreSQL does not answer at the moment; nothing was saved."""


class RefusedError(AppError):
    """The input breaks a rule; ``problems`` maps a field to the sentence to show there."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        sentences = list(problems.values())  # one alone stays what `said` made of it
        super().__init__(sentences[0] if len(sentences) == 1 else " ".join(sentences))
        self.problems = dict(problems)
