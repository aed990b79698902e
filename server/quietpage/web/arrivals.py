"""The page that brings in what other programs have kept: choose files, watch how far they are, see what became of them.

One import at a time, in a thread of its own, off the path of every request: it goes on while its page is closed.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as AnyResponse

from quietpage.formats.imports.source import BadFile
from quietpage.library.database import DatabaseError
from quietpage.library.library import Library
from quietpage.library.trouble import trouble_of
from quietpage.web.language import gettext
from quietpage.web.problems import what_is_the_matter
from quietpage.web.state import here

if TYPE_CHECKING:
    from quietpage.web.importing import Imported

arrivals = Blueprint("arrivals", __name__)
EXTENSION = "quietpage-arrival"
SKIPPED_SHOWN = 50


@dataclass
class Arrival:
    """An import under way, or the last one. ``total`` is None until its files are read through."""

    folder: Path
    dry_run: bool
    total: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[Imported] = field(default_factory=list)
    incomplete: list[Imported] = field(default_factory=list)  # without some of their pictures
    problem: str = ""
    ended: bool = False

    @property
    def done(self) -> int:
        """How many entries are done."""
        return self.counts.total()

    def run(self, library: Library) -> None:
        """Take in all files of the folder, which goes away with them."""
        from quietpage.web.importing import amount, take_in  # late: what reads the formats takes 50 ms of a start

        files = sorted(self.folder.glob("*/*"))
        try:
            self.total = sum(map(amount, files))
            for file in files:
                for one in take_in(library, file, dry_run=self.dry_run):
                    self.counts[one.became] += 1
                    told = self.skipped if one.became == "skipped" else self.incomplete
                    if one.why and len(told) < SKIPPED_SHOWN:
                        told.append(one)
        except BadFile as error:
            self.problem = str(error)
        except DatabaseError as error:
            self.problem = what_is_the_matter(error, trouble_of(error, library.path))
        except Exception as defect:  # here nobody else would say it
            self.problem = f"Something went wrong that should not ({type(defect).__name__})."
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.ended = True


def register(app: Flask) -> None:
    """Add the page to ``app``."""
    app.register_blueprint(arrivals)


@arrivals.get("/import")
def page() -> str:
    """The form, and how the import that runs or ran is doing."""
    return render_template("import.html", arrival=current_app.extensions.get(EXTENSION), problem="")


@arrivals.post("/import")
def begin() -> AnyResponse | tuple[str, int]:
    """Take the files, and begin; ``do=look`` only looks what would come in."""
    under_way: Arrival | None = current_app.extensions.get(EXTENSION)
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files or (under_way and not under_way.ended):
        problem = gettext("Choose a file first.") if not files else gettext("Another import is still under way.")
        return render_template("import.html", arrival=under_way, problem=problem), 400
    folder = Path(tempfile.mkdtemp(prefix="quietpage-import-"))
    for number, file in enumerate(files):
        within = folder / str(number)  # two files may have the same name
        within.mkdir()
        file.save(within / (secure_filename(file.filename or "") or "file"))
    arrival = Arrival(folder, request.form.get("do") == "look")
    current_app.extensions[EXTENSION] = arrival
    threading.Thread(target=arrival.run, args=(here().library,), name="import", daemon=True).start()
    return redirect(url_for("arrivals.page"), 303)
