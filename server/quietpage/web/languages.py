"""Programming languages: what pages call them, what Pygments does, and by what signs one is known for sure."""

from __future__ import annotations

import json
import re

# Those that people write about. Others stay plain: each lexer is a set of patterns for the text of strangers
KNOWN = frozenset(
    "ada apacheconf awk bash bat batch c c# c++ clj clojure cmake cobol common-lisp console cpp cs csharp css "
    "dart delphi diff django docker dockerfile elisp elixir emacs-lisp erb erl erlang ex f# fortran fsharp gawk go "
    "golang graphql groovy handlebars haskell hcl hs html http ini java javascript jinja js json json5 julia kotlin "
    "latex less lisp lua make makefile markdown matlab md mysql nasm nginx nim nix objc objective-c objectivec ocaml "
    "octave pascal perl php pl plpgsql postgres postgresql posh powershell prolog proto protobuf ps1 pwsh py pycon "
    "python python3 r rb restructuredtext rs rst ruby rust sass scala scheme scss sh shell shell-session "
    "solidity sql sqlite3 swift tcl terraform tex tf toml ts typescript vb.net vbnet vim xml xslt yaml zig zsh".split()
)
OTHER_NAMES = {
    "apache": "apacheconf", "cc": "cpp", "cfg": "ini", "cjs": "js", "cmd": "bat", "conf": "ini", "cxx": "cpp",
    "dos": "bat", "h": "c", "hpp": "cpp", "htm": "html", "jsonc": "json", "jsonl": "json", "jsx": "js", "kt": "kotlin",
    "mjs": "js", "node": "js", "nodejs": "js", "patch": "diff", "properties": "ini", "py3": "python",
    "shellscript": "bash", "shellsession": "console", "svelte": "html", "svg": "xml", "terminal": "console",
    "tsx": "ts", "udiff": "diff", "vba": "vb.net", "vue": "html", "xhtml": "html", "xsl": "xslt", "yml": "yaml",
}  # fmt: skip
MOST_JSON_CHARS = 30_000
# A language and what is written in no other, at the beginning of the text or of a line. What fits none stays plain: a
# wrong guess colors words that are none
SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(sign, re.MULTILINE))
    for name, sign in (
        ("bash", r"\A#!\s?/\S*(?:/|env )(?:ba|z|da|k)?sh\b"),
        ("python", r"\A#!\s?/\S*(?:/|env )python"),
        ("php", r"\A\s*<\?php\b"),
        ("xml", r"\A\s*<\?xml\s"),
        ("html", r"\A\s*<(?:!doctype html|html|head|body|div|script|table|form|section|ul|nav|template)\b[^>]*>"),
        ("pycon", r"\A>>> \S"),
        ("diff", r"^(?:diff --git a/|@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@)"),
        ("http", r"\A(?:HTTP/\d(?:\.\d)? \d{3}|(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S+ HTTP/\d)"),
        ("console", r"\A(?:\[?\w[\w.-]*@[\w.-]+[^\n$#]{0,60})?\$ [a-z./~][^\n]*$"),
        ("go", r"^(?:package \w+|func (?:\([^)\n]*\) )?\w+\([^)\n]*\)[^{\n]*\{)$"),
        ("rust", r"^[ \t]*(?:pub )?(?:fn \w+(?:<[^>\n]*>)?\([^)\n]*\)(?: -> [^{\n]+)? \{|impl(?:<[^>\n]*>)? \w+|"
                 r"let mut \w+)"),
        ("cpp", r"^[ \t]*(?:#include <(?:iostream|vector|string|memory|map|algorithm)>|template ?<|"
                r"using namespace \w+;)"),
        ("c", r"^[ \t]*#\s?include [<\"][\w/.]+\.h[>\"]"),
        ("java", r"^[ \t]*(?:public|private|protected) (?:static |final |abstract )*"
                 r"(?:class|interface|void|int|String)\b"),
        ("csharp", r"^using System(?:\.\w+)*;"),
        ("python", r"^(?:from [\w.]+ import \w|import \w+(?: as \w+)?$|class \w+(?:\([\w., ]*\))?:$|"
                   r"[ \t]*(?:async )?def \w+\([^)\n]*\)(?: -> [^:\n]+)?:$)"),
        ("typescript", r"^[ \t]*(?:export )?(?:interface \w+ \{|type \w+ = |(?:const|let) \w+: \w)"),
        ("javascript", r"^[ \t]*(?:(?:const|let) [\w{\[][^=\n]{0,80}= |import [^;\n]{1,80} from ['\"]|"
                       r"(?:export )?(?:default )?(?:async )?function\*? ?\w*\(|module\.exports\b|console\.log\()"),
        ("sql", r"\A\s*(?:SELECT\s[^;]{1,400}?\sFROM\s|CREATE (?:TABLE|INDEX|VIEW)\s|INSERT INTO\s|ALTER TABLE\s|"
                r"UPDATE \w+ SET\s)"),
        ("docker", r"\A(?:#[^\n]*\n)*FROM [\w./:-]+(?: AS \w+)?\n"),
        ("css", r"\A\s*(?:@(?:media|import|font-face|layer)\b|"
                r"[.#:*]?[a-z][\w .#:>,()\[\]=\"*+~-]{0,80}\{\s*(?:--)?[a-z-]+:\s)"),
        ("ini", r"\A\s*\[[\w .:\"-]+\]\n\s*[\w.-]+ ?= ?\S"),
    )
)  # fmt: skip


def lexer_name(language: str) -> str | None:
    """What Pygments calls a language by the name a page gives it; None where it stays plain."""
    name = language.lower()
    name = OTHER_NAMES.get(name, name)
    return name if name in KNOWN else None


def guessed(code: str) -> str | None:
    """The language of a text that says nothing of it, where a sign leaves no doubt."""
    begin = code[:4000]
    if begin.lstrip()[:1] in ("{", "[") and is_json(code):
        return "json"
    return next((name for name, sign in SIGNS if sign.search(begin)), None)


def is_json(text: str) -> bool:
    """Whether this is JSON, and holds more than a number or two."""
    if len(text) > MOST_JSON_CHARS or '"' not in text:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
