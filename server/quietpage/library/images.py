"""The images of kept articles, each stored once under the SHA-256 of its bytes, however many articles show it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable

from sqlite_utils import Database

from quietpage.library.database import writing
from quietpage.library.image_header import ImageHeader, NotAnImage, read_header
from quietpage.library.image_rows import KeptImage, drop_unused, kept_images, store, thumbnails
from quietpage.library.kept import NoSuchArticle
from quietpage.library.pictures import is_web_address, pictures_of
from quietpage.library.rows import row_id

__all__ = ["ImageTooLarge", "Images", "ImagesFull", "KeptImage", "NoSuchPicture", "NotAnImage"]

MOST_IMAGES = 60  # of one article
MOST_IMAGE_BYTES = 8 * 1024 * 1024
MOST_ARTICLE_BYTES = 40 * 1024 * 1024  # of all its images
MOST_THUMBNAIL_BYTES = 64 * 1024
MOST_THUMBNAIL_PIXELS = 640  # on either side


class NoSuchPicture(LookupError):
    """The article shows no picture from this address, or more pictures before it than are kept."""


class ImageTooLarge(ValueError):
    """One image has more bytes than are kept; the message says how many may be."""


class ImagesFull(ValueError):
    """All images of the article together would have more bytes than are kept; the message says how many may be."""


class Images:
    """The images of a library."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def keep(self, article_id: int, source: str, data: bytes) -> tuple[KeptImage, bool]:
        """Keep what an article shows from the address ``source``; answers the image, and whether that is new.

        A later image of the same address takes the earlier one's place. Raises NoSuchArticle, NoSuchPicture,
        NotAnImage, ImageTooLarge and ImagesFull.
        """
        image = described(data, MOST_IMAGE_BYTES)
        with writing(self._database()) as db:
            wanted = wanted_pictures(kept_row(db, article_id))
            if source not in wanted:
                raise NoSuchPicture("The article shows no picture from this address.")
            before = kept_images(db, article_id)
            if before.get(source) == image:
                return image, False
            others = {before[one].sha256: before[one].size for one in wanted if one in before and one != source}
            if sum((others | {image.sha256: image.size}).values()) > MOST_ARTICLE_BYTES:
                raise ImagesFull(f"The images of one article may have {MOST_ARTICLE_BYTES // 1024**2} MiB together.")
            store(db, image, data)
            row = {"article_id": article_id, "source": source, "sha256": image.sha256}
            db.table("article_images").upsert(row, pk=("article_id", "source"))
            drop_unused(db, (before[source].sha256,) if source in before else ())
            return image, True

    def keep_thumbnail(self, article_id: int, data: bytes) -> tuple[KeptImage, bool]:
        """Keep a small picture that stands for an article in lists; answers it, and whether that is new.

        Raises NoSuchArticle, NotAnImage and ImageTooLarge.
        """
        image = described(data, MOST_THUMBNAIL_BYTES)
        if max(image.width, image.height) > MOST_THUMBNAIL_PIXELS:
            raise ImageTooLarge(f"A thumbnail may have {MOST_THUMBNAIL_PIXELS} pixels on either side.")
        with writing(self._database()) as db:
            kept_row(db, article_id)
            before = thumbnails(db, [article_id]).get(article_id)
            if before == image:
                return image, False
            store(db, image, data)
            db.table("thumbnails").upsert({"article_id": article_id, "sha256": image.sha256}, pk="article_id")
            drop_unused(db, (before.sha256,) if before else ())
            return image, True

    def of(self, article_id: int) -> dict[str, KeptImage]:
        """The images that were kept for an article, by the address from which it shows them."""
        return kept_images(self._database(), row_id(article_id))

    def missing(self, article_id: int) -> tuple[str, ...]:
        """The web addresses of what an article shows and that is not kept, in order. Raises NoSuchArticle."""
        return tuple(source for source in self.absent(article_id) if is_web_address(source))

    def absent(self, article_id: int) -> tuple[str, ...]:
        """The same with those that no browser could bring: pictures that came with the page, and have no address."""
        db = self._database()
        kept = kept_images(db, row_id(article_id))
        return tuple(source for source in wanted_pictures(kept_row(db, article_id)) if source not in kept)

    def thumbnails(self, ids: Iterable[int]) -> dict[int, KeptImage]:
        """The small pictures of these articles, where they have one."""
        return thumbnails(self._database(), ids)

    def read(self, sha256: str) -> tuple[str, bytes] | None:
        """An image's media type and bytes; None where it is not kept."""
        row = self._database().conn.execute("select type, bytes from images where sha256 = ?", (sha256,)).fetchone()
        return row and (row["type"], row["bytes"])


def described(data: bytes, most: int) -> KeptImage:
    """What these bytes are as an image. Raises ImageTooLarge and NotAnImage."""
    if len(data) > most:
        raise ImageTooLarge(f"It may have {most // 1024:,} KiB, and has {len(data) // 1024:,}.")
    header: ImageHeader = read_header(data)
    return KeptImage(hashlib.sha256(data).hexdigest(), header.type, header.width, header.height, len(data))


def kept_row(db: Database, article_id: int) -> sqlite3.Row:
    """What an article shows. Raises NoSuchArticle for an unknown one and for one in the trash."""
    question = "select html, lead_image from articles where id = ? and deleted_at is null"
    row: sqlite3.Row | None = db.conn.execute(question, (row_id(article_id),)).fetchone()
    if row is None:
        raise NoSuchArticle(f"There is no article {article_id} in the library.")
    return row


def wanted_pictures(row: sqlite3.Row) -> tuple[str, ...]:
    """The addresses of the pictures to keep: those in the article, or, without any, the one it is announced by."""
    shown = pictures_of(row["html"])[:MOST_IMAGES]
    lead = row["lead_image"] or ""
    return shown or ((lead,) if is_web_address(lead) else ())
