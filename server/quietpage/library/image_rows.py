"""How images stand in the library's file: their tables, and the questions asked of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

FACTS = "sha256, type, width, height, size"


@dataclass(frozen=True, slots=True)
class KeptImage:
    """An image that is kept: its media type by its bytes, its size in pixels as it is shown, and in bytes."""

    sha256: str
    type: str
    width: int
    height: int
    size: int


def create_images(db: Database) -> None:
    """The tables. An image's bytes stand last in its row, so that reading its facts reads none of them."""
    db.table("images").create(
        {"sha256": str, "type": str, "width": int, "height": int, "size": int, "bytes": bytes},
        pk="sha256",
        not_null={"type", "width", "height", "size", "bytes"},
    )
    db.table("article_images").create(
        {"article_id": int, "source": str, "sha256": str},
        pk=("article_id", "source"),
        foreign_keys=[("article_id", "articles", "id"), ("sha256", "images", "sha256")],
        not_null={"sha256"},
    )
    db.table("article_images").create_index(["sha256"])
    db.table("thumbnails").create(
        {"article_id": int, "sha256": str},
        pk="article_id",
        foreign_keys=[("article_id", "articles", "id"), ("sha256", "images", "sha256")],
        not_null={"sha256"},
    )
    db.table("thumbnails").create_index(["sha256"])


def kept_images(db: Database, article_id: int) -> dict[str, KeptImage]:
    rows = db.conn.execute(
        f"select source, {FACTS} from article_images join images using (sha256) where article_id = ?", (article_id,)
    )
    return {row["source"]: KeptImage(*row[1:]) for row in rows}


def thumbnails(db: Database, ids: Iterable[int]) -> dict[int, KeptImage]:
    rows = db.conn.execute(
        f"""select article_id, {FACTS} from thumbnails join images using (sha256)
            where article_id in (select value from json_each(?))""",
        (json.dumps(list(ids)),),
    )
    return {row["article_id"]: KeptImage(*row[1:]) for row in rows}


def store(db: Database, image: KeptImage, data: bytes) -> None:
    """Keep an image's bytes, unless they are there already."""
    facts = {"type": image.type, "width": image.width, "height": image.height, "size": image.size, "bytes": data}
    db.table("images").insert({"sha256": image.sha256, **facts}, pk="sha256", ignore=True)


def forget_article(db: Database, article_id: int) -> None:
    """Drop what belongs to an article that goes for good, but for the images that others show."""
    rows = db.conn.execute(
        """select sha256 from article_images where article_id = :id
            union select sha256 from thumbnails where article_id = :id""",
        {"id": article_id},
    ).fetchall()
    for table in ("article_images", "thumbnails"):
        db.conn.execute(f"delete from {table} where article_id = ?", (article_id,))
    drop_unused(db, (row["sha256"] for row in rows))


def drop_unused(db: Database, hashes: Iterable[str]) -> None:
    """Drop those of these images that nothing shows any more."""
    for sha256 in hashes:
        db.conn.execute(
            """delete from images where sha256 = :sha256
                and not exists (select 1 from article_images where sha256 = :sha256)
                and not exists (select 1 from thumbnails where sha256 = :sha256)""",
            {"sha256": sha256},
        )
