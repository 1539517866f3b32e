"""Which part of the collection a figure is about: what the filters of the analytics page choose."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Scope:
    """A part of the collection; None is "any". Hashable, so that it can be the key of a cache."""

    collection_ids: tuple[UUID, ...] | None = None
    brand_ids: tuple[UUID, ...] | None = None
    owner_ids: tuple[UUID | None, ...] | None = None  # members; None among them: the household
    tags: tuple[str, ...] | None = None  # any of them
    gone: bool = True  # also what was sold, given away or lost

    @property
    def narrowed(self) -> bool:
        """Whether any watch can be outside of it."""
        return self != EVERYTHING

    def params(self) -> dict[str, object]:
        """As the part ``in_scope`` of the queries wants it."""
        return {
            "collection_ids": _array(self.collection_ids),
            "brand_ids": _array(self.brand_ids),
            "owner_ids": _array(self.owner_ids),
            "tags": _array(self.tags),
            "gone": self.gone,
        }


EVERYTHING = Scope()


def _array(values: tuple[object, ...] | None) -> list[object] | None:
    """As a list: of a tuple psycopg would make a record."""
    return None if values is None else list(values)
