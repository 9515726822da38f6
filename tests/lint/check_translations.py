# SPDX-License-Identifier: EUPL-1.2
"""Strings a user sees can be translated: the list of files with strings is whole and true.

With --list and the source directory, prints what the list should hold; build-aux/update-po asks.
"""

import os
import re
import subprocess
import sys

from lint import Check, Tree, read, run

MARKED = re.compile(r'\b(?:N?C?_|[dn]*gettext|g_dn?p?gettext2?)\s*\(\s*(?:GETTEXT_PACKAGE,\s*)?"')
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
DESCRIBED = ("desktop.in", "metainfo.xml.in")
SHOWN = re.compile(
    r'^\s*(?:label|title|subtitle|tooltip-text|placeholder-text|heading|body|description)'
    r'\s*:\s*"[^"]*[^\W\d_]{3}[^"]*"', re.MULTILINE)


def listed(tree):
    path = tree.root / "po" / "POTFILES.in"
    lines = read(path).splitlines() if path.exists() else []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def with_strings(tree):
    found = [path for path in tree.files("src", "resources", endings=[".c", ".h", ".blp"])
             if MARKED.search(COMMENT.sub("", read(path)))]
    return sorted(tree.name(path) for path in found + tree.files("data", endings=DESCRIBED))


def files_with_strings_are_listed(tree):
    known = set(listed(tree))
    found = with_strings(tree)
    complaints = [f"po/POTFILES.in does not list {name} (build-aux/update-po)"
                  for name in found if name not in known]
    return len(found), complaints


def listed_files_exist(tree):
    names = listed(tree)
    complaints = [f"po/POTFILES.in lists {name}, which does not exist"
                  for name in names if not (tree.root / name).is_file()]
    complaints += [f"po/POTFILES.in lists {name} twice"
                   for name in sorted({name for name in names if names.count(name) > 1})]
    return len(names), complaints


def shown_words_are_marked(tree):
    files = tree.files("resources", endings=[".blp"])
    complaints = [f"{tree.name(path)}: not marked for translation: {match.group().strip()}"
                  for path in files for match in SHOWN.finditer(COMMENT.sub("", read(path)))]
    return len(files), complaints


def catalogues_are_sound(tree):
    files = tree.files("po", endings=[".po"])
    complaints = []
    for path in files:
        done = subprocess.run(["msgfmt", "--check-format", "--output-file=/dev/null", str(path)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            complaints.append(f"{tree.name(path)}: {done.stderr.strip().splitlines()[-1]}")
    return len(files), complaints


def catalogues_are_complete(tree):
    files = tree.files("po", endings=[".po"])
    complaints = []
    for path in files:
        done = subprocess.run(["msgfmt", "--statistics", "--output-file=/dev/null", str(path)],
                              capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C"})
        if "untranslated" in done.stderr or "fuzzy" in done.stderr:
            complaints.append(f"{tree.name(path)}: {done.stderr.strip().splitlines()[-1]}")
    return len(files), complaints


HELP_LANGUAGES = ("en", "nb", "nn")


def shape_of(text):
    """What kind of line follows what: it is the same in every language."""
    return [line.split(" ")[0] if line[0] in "#-" else "text" for line in text.splitlines() if line]


def help_is_the_same_in_every_language(tree):
    folder = tree.root / "resources" / "help"
    pages = sorted({path.name for path in tree.files("resources/help", endings=[".md"])})
    complaints = []
    for page in pages:
        shapes = [shape_of(read(path)) if (path := folder / language / page).exists() else None
                  for language in HELP_LANGUAGES]
        if shapes.count(shapes[0]) != len(shapes):
            complaints.append(f"resources/help: {page} is not of the same lines in {', '.join(HELP_LANGUAGES)}")
    return len(pages), complaints


QUOTED = re.compile(r'"((?:[^"\\\\]|\\\\.)*)"')
ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\\\]|\\\\.)*"\n)+)', re.MULTILINE)
NAMED = re.compile(r"\*+([^*]+)\*+")


def plain(text):
    """Without the letter of its key, what is put in, and dots."""
    return re.sub(r"%[ud]|[_…. ]", "", text).casefold()


def words_of_window(tree, language):
    """What the window says in the language; the source is in English."""
    path = tree.root / "po" / ("nb.po" if language == "en" else f"{language}.po")
    entries = ENTRY.findall(read(path)) if path.exists() else []
    return {plain("".join(QUOTED.findall(lines))) for kind, lines in entries
            if kind.startswith("msgid" if language == "en" else "msgstr")}


def help_names_what_the_window_says(tree):
    pages = tree.files("resources/help", endings=[".md"])
    words = {language: words_of_window(tree, language) for language in HELP_LANGUAGES}
    complaints = [f"{tree.name(path)}: nothing in the window is called “{name}”"
                  for path in pages for name in NAMED.findall(read(path)) if plain(name) not in words[path.parent.name]]
    for name in sorted({path.name for path in pages}):
        counts = {len(NAMED.findall(read(path))) for path in pages if path.name == name}
        if len(counts) > 1:
            complaints.append(f"resources/help: {name} does not name as much in every language")
    return len(pages), complaints


if sys.argv[1] == "--list":
    print("\n".join(with_strings(Tree(sys.argv[2]))))
    sys.exit()

run("translations", [
    Check("files-with-strings-are-listed", files_with_strings_are_listed, {
        "src/app/forlop-new.c": 'const char *text = _("Referral");\n',
        "po/POTFILES.in": "# none\n",
    }),
    Check("listed-files-exist", listed_files_exist, {"po/POTFILES.in": "src/app/gone.c\n"}),
    Check("catalogues-are-sound", catalogues_are_sound, {
        "po/nb.po": 'msgid "%u red"\nmsgstr "%s rød"\n\nmsgid "%u red"\nmsgstr "%u rød"\n',
    }),
    Check("catalogues-are-complete", catalogues_are_complete, {
        "po/nb.po": 'msgid "red"\nmsgstr ""\n',
    }),
    Check("help-is-the-same-in-every-language", help_is_the_same_in_every_language, {
        "resources/help/en/page.md": "# Page\n\n- a point\n",
        "resources/help/nb/page.md": "# Side\n\n- et punkt\n",
        "resources/help/nn/page.md": "# Side\n\neit punkt\n",
    }),
    Check("help-names-what-the-window-says", help_names_what_the_window_says, {
        "resources/help/en/page.md": "# Page\n\n*Begin* begins.\n",
        "po/nb.po": 'msgid "Start"\nmsgstr "Start"\n',
    }),
    Check("shown-words-are-marked", shown_words_are_marked, {
        "resources/new.blp": 'Button {\n  label: "Save";\n}\n',
    }),
])
