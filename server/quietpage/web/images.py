"""Images over HTTP: an extension brings them, the reader and the lists show them. What they are, their bytes say."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Flask, Response, abort, request, url_for

from quietpage.library.images import (
    MOST_IMAGE_BYTES,
    ImagesFull,
    ImageTooLarge,
    KeptImage,
    NoSuchPicture,
    NotAnImage,
)
from quietpage.web.api import answer, api
from quietpage.web.decode import field_problem, read_query
from quietpage.web.openapi import Operation, operation
from quietpage.web.problems import Problem
from quietpage.web.problems import answer as answer_problem
from quietpage.web.schemas import ImageAnswer, ImageQuery, ImagesAnswer
from quietpage.web.state import here

images = Blueprint("images", __name__)
WRONG_IMAGE = ("validation", "body-too-large", "not-an-image", "not-found", "foreign-origin")


def register(app: Flask) -> None:
    """Add the address where images are shown to ``app``; the calls below are the API's."""
    app.register_blueprint(images)


@images.get("/images/<sha256>")
def image(sha256: str) -> Response:
    """An image, by the hash of its bytes: the address never shows another one."""
    found = here().library.images.read(sha256)
    if found is None:
        abort(404)
    media_type, data = found
    response = Response(data, mimetype=media_type)
    response.set_etag(sha256)
    return response.make_conditional(request)  # type: ignore[return-value]  # it answers itself


@api.get("/articles/<int:article_id>/images")
@operation(Operation(answers={200: ImagesAnswer}, problems=("not-found",)))
def list_images(article_id: int) -> Response:
    """Which of an article's pictures are kept, and which could be."""
    kept = here().library.images
    missing = kept.missing(article_id)  # first: it raises NoSuchArticle
    thumbnail = kept.thumbnails([article_id]).get(article_id)
    return answer(
        ImagesAnswer(
            kept={source: image_answer(one) for source, one in kept.of(article_id).items()},
            missing=missing,
            thumbnail=image_answer(thumbnail) if thumbnail else None,
        )
    )


@api.put("/articles/<int:article_id>/images/<sha256>")
@operation(
    Operation(
        body="image/*",
        query=ImageQuery,
        answers={201: ImageAnswer, 200: ImageAnswer},
        problems=(*WRONG_IMAGE, "images-full"),
    )
)
def keep_image(article_id: int, sha256: str) -> Response:
    """Keep an image of an article: the body is its bytes, ``sha256`` their hash in lower-case hexadecimal digits.

    201: it is new. 200: it was kept already. At most 60 images of an article are kept, 8 MiB each and 40 MiB together.
    """
    source = read_query(ImageQuery).source
    return kept_answer(*here().library.images.keep(article_id, source, image_body(sha256)))


@api.put("/articles/<int:article_id>/thumbnail/<sha256>")
@operation(Operation(body="image/*", answers={201: ImageAnswer, 200: ImageAnswer}, problems=WRONG_IMAGE))
def keep_thumbnail(article_id: int, sha256: str) -> Response:
    """Keep a small picture that stands for an article in lists: at most 64 KiB, and 640 pixels on either side.

    201: it is new. 200: it was kept already.
    """
    return kept_answer(*here().library.images.keep_thumbnail(article_id, image_body(sha256)))


def image_body(sha256: str) -> bytes:
    """The request's body. Raises Problem where it is too large, or not the one that the address names."""
    if (request.content_length or 0) > MOST_IMAGE_BYTES:
        raise Problem("body-too-large", f"An image may have {MOST_IMAGE_BYTES // 1024**2} MiB.")
    data = request.get_data(cache=False)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise field_problem("sha256", "Expected the SHA-256 of the body.")
    return data


def kept_answer(kept: KeptImage, new: bool) -> Response:
    """What was kept."""
    return answer(image_answer(kept), 201 if new else 200)


def image_answer(kept: KeptImage) -> ImageAnswer:
    """What the API says of an image."""
    return ImageAnswer(
        sha256=kept.sha256,
        type=kept.type,
        width=kept.width,
        height=kept.height,
        size=kept.size,
        path=url_for("images.image", sha256=kept.sha256),
    )


# Errors of the library, as problems


@api.app_errorhandler(NotAnImage)
def answer_not_an_image(error: NotAnImage) -> Response:
    return answer_problem(Problem("not-an-image", str(error)))


@api.app_errorhandler(ImageTooLarge)
def answer_image_too_large(error: ImageTooLarge) -> Response:
    return answer_problem(Problem("body-too-large", str(error)))


@api.app_errorhandler(ImagesFull)
def answer_images_full(error: ImagesFull) -> Response:
    return answer_problem(Problem("images-full", str(error)))


@api.app_errorhandler(NoSuchPicture)
def answer_no_such_picture(_: NoSuchPicture) -> Response:
    return answer_problem(field_problem("source", "Expected the address of a picture that the article shows."))
