"""How Quietpage runs, as a person sets it: one table of settings, one file, and variables of the environment.

A flag of the command line goes before the environment, the environment before the file, the file before the default.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, cast

from platformdirs import user_config_path

Kind = Literal["path", "text", "port", "yes or no", "level"]
Value = str | int | bool | None
Source = Literal["command line", "environment", "file", "default"]
YES, NO = ("1", "yes", "on", "true"), ("0", "no", "off", "false")
LEVELS = ("error", "warning", "info", "debug")
FIRST_LINE = "Quietpage's settings. `quietpage config list` shows all there are, and what is set."


class BadSetting(ValueError):
    """A setting has no such name, or cannot have this value; or the file is none of settings. The message says why."""


def setting(default: Value, kind: Kind, meaning: str, without: str = "", *, at_once: bool = False) -> Any:
    """A row of the table. ``without`` says what holds where nothing is set; a running server follows ``at_once``."""
    told = {"kind": kind, "meaning": meaning, "without": without, "at_once": at_once}
    return field(default=default, metadata=told)


@dataclass(frozen=True, slots=True)
class Settings:
    """The table: name, default, kind and meaning of each setting. None stands for what ``without`` says."""

    db: str | None = setting(None, "path", "the library's file", "`library.db` in your platform's data folder")
    host: str = setting("127.0.0.1", "text", "the address to listen on; any but this machine's own needs behind_proxy")
    port: int | None = setting(None, "port", "the port to listen on", "the first free one from 8765 on")
    behind_proxy: str | None = setting(None, "text", "the https address of a reverse proxy before the server", "none")
    open_browser: bool = setting(True, "yes or no", "whether `quietpage serve` opens the browser")
    backups: bool = setting(True, "yes or no", "whether the server makes a backup every day", at_once=True)
    log_file: str | None = setting(
        None, "path", "where the server writes what happens, without any content", "`server.log` in the log folder"
    )
    log_level: str = setting("info", "level", "how much goes into the log: error, warning, info or debug")


@dataclass(frozen=True, slots=True)
class Row:
    """One setting as the table has it."""

    name: str
    kind: Kind
    default: Value
    meaning: str
    without: str
    at_once: bool

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"QUIETPAGE_{self.name.upper()}"

    @property
    def usual(self) -> str:
        """Its default, for people."""
        return self.without if self.default is None else f"`{written(self.default)}`"


TABLE = {one.name: Row(name=one.name, default=cast(Value, one.default), **one.metadata) for one in fields(Settings)}


@dataclass(frozen=True, slots=True)
class Set:
    """What a setting is, and where that was said: by a flag, in the environment, in the file, or nowhere."""

    value: Value
    source: Source


def place() -> Path:
    """Where the file of settings is, or would be; QUIETPAGE_SETTINGS in the environment names another one."""
    if other := os.environ.get("QUIETPAGE_SETTINGS"):
        return Path(other)
    return user_config_path("quietpage", appauthor=False) / "settings.toml"


def row(name: str) -> Row:
    """A row of the table. Raises BadSetting."""
    try:
        return TABLE[name.replace("-", "_")]
    except KeyError:
        raise BadSetting(f"There is no setting “{name}”. There are: {', '.join(TABLE)}.") from None


def read(environment: Mapping[str, str] = os.environ, file: Path | None = None) -> dict[str, Set]:
    """What each setting is. Raises BadSetting, which names the file or the variable."""
    file = file or place()
    in_file = from_file(file)
    found = {}
    for name, one in TABLE.items():
        if (text := environment.get(one.variable, "")).strip():
            found[name] = Set(parsed(one, text, one.variable), "environment")
        elif name in in_file:
            found[name] = Set(in_file[name], "file")
        else:
            found[name] = Set(one.default, "default")
    return found


def given(flags: Mapping[str, Value]) -> dict[str, Set]:
    """What flags of the command line say, of those that were given (and are not None)."""
    return {name: Set(value, "command line") for name, value in flags.items() if value is not None}


def settled(found: Mapping[str, Set]) -> Settings:
    """The same, as what code asks."""
    return Settings(**{name: cast(Any, one.value) for name, one in found.items()})


def from_file(file: Path) -> dict[str, Value]:
    """What the file sets. Raises BadSetting."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise BadSetting(f"{file} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{file} is no TOML: {error}.") from None
    for name in values:
        if name not in TABLE:
            raise BadSetting(f"{file}: there is no setting “{name}”. There are: {', '.join(TABLE)}.")
    return {name: checked(TABLE[name], value, f"{file}: {name}") for name, value in values.items()}


def parsed(one: Row, text: str, where: str) -> Value:
    """The value that a text says. Raises BadSetting, which begins with ``where``."""
    text = text.strip()
    if one.kind == "yes or no" and text.lower() in (*YES, *NO):
        return text.lower() in YES
    if one.kind == "port" and text.isascii() and text.isdigit():
        return checked(one, int(text), where)
    if one.kind == "path":
        return checked(one, str(Path(text).expanduser().absolute()), where)
    return checked(one, text.lower() if one.kind == "level" else text, where)


def checked(one: Row, value: object, where: str) -> Value:
    """A value, if the setting can have it. Raises BadSetting, which begins with ``where``."""
    if one.kind == "yes or no":
        if isinstance(value, bool):
            return value
        raise BadSetting(f"{where} is to be true or false, and not {value!r}.")
    if one.kind == "port":
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 65535:
            return value
        raise BadSetting(f"{where} is to be a port, a number from 0 to 65535, and not {value!r}.")
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise BadSetting(f"{where} is to be a text, and not {value!r}.")
    if one.kind == "level" and value not in LEVELS:
        raise BadSetting(f"{where} is to be one of {', '.join(LEVELS)}, and not {value!r}.")
    if one.kind == "path":
        path = Path(value).expanduser()
        if not path.is_absolute():
            raise BadSetting(f"{where} is to be a whole path, from the root on, and not {value!r}.")
        return str(path)
    return value


def keep(name: str, text: str | None, file: Path | None = None) -> Value:
    """Write a setting into the file as a text says it, or take it out (None). Returns its value.

    Raises BadSetting, and OSError where the file cannot be written.
    """
    one = row(name)
    value = None if text is None else parsed(one, text, one.name)
    change({one.name: value}, file)
    return one.default if value is None else value


def change(values: Mapping[str, Value], file: Path | None = None) -> None:
    """Write settings into the file, all at once, and take those out that are None; comments and all else there stay.

    Raises BadSetting where the file cannot be read, which is left as it is, and OSError where it cannot be written.
    """
    import tomlkit  # late: most commands only read

    file = file or place()
    from_file(file)
    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        document = tomlkit.document()
        document.add(tomlkit.comment(FIRST_LINE))
    for name, value in values.items():
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value
    put(file, tomlkit.dumps(document))


def put(file: Path, text: str) -> None:
    """Write a file at once: whoever reads it sees the old one or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=file.parent, delete=False) as new:
        new.write(text)
    try:
        os.replace(new.name, file)
    except OSError:
        os.unlink(new.name)
        raise


def written(value: Value) -> str:
    """A value as TOML has it."""
    import tomlkit

    return "" if value is None else tomlkit.item(value).as_string()
