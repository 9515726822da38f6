# SPDX-License-Identifier: EUPL-1.2
"""What the built programs are linked with and what they show to others."""

import re
import subprocess

from lint import Check, run

WITHOUT_WINDOW = ("forlopctl", "forlop-server")
PROGRAMS = ("forlop", *WITHOUT_WINDOW)


def built(tree, names):
    if tree.build is None:
        return []
    return [path for path in sorted(tree.build.glob("src/*/*"))
            if path.name in names and path.is_file()]


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def sqlite_is_hidden(tree):
    programs = built(tree, PROGRAMS)
    complaints = [f"{path.name} exports {symbol}"
                  for path in programs
                  for symbol in re.findall(r"\b(sqlite3_\w+)",
                                           output("nm", "-D", "--defined-only", str(path)))]
    return len(programs), complaints


def one_sqlite_is_linked(tree):
    programs = built(tree, PROGRAMS)
    complaints = [f"{path.name} needs {library}"
                  for path in programs
                  for library in re.findall(r"NEEDED.*\[(libsql(?:ite3|cipher)[^]]*)\]",
                                            output("readelf", "-d", str(path)))]
    return len(programs), complaints


def no_window_library_without_window(tree):
    programs = built(tree, WITHOUT_WINDOW)
    complaints = [f"{path.name} loads {library}"
                  for path in programs
                  for library in re.findall(r"\b(lib(?:gtk-|adwaita-)\S+) =>",
                                            output("ldd", str(path)))]
    return len(programs), complaints


def memory_is_kept_private(tree):
    programs = built(tree, PROGRAMS)
    complaints = []
    for path in programs:
        used = output("nm", "-D", "--undefined-only", str(path))
        if not re.search(r"\bprctl\b", used) or not re.search(r"\bsetrlimit", used):
            complaints.append(f"{path.name} does not turn core dumps off")
    return len(programs), complaints


def compiled(source, *arguments):
    """A planted program: compiled from the C text with the arguments."""
    def make(path):
        subprocess.run(["cc", "-x", "c", "-", "-o", str(path), *arguments],
                       input=source, text=True, check=True)
    return make


EMPTY = "int main (void) { return 0; }\n"

run("programs", [
    Check("sqlite-is-hidden", sqlite_is_hidden, {
        "src/cli/forlopctl": compiled("int sqlite3_open (void) { return 0; }\n" + EMPTY,
                                      "-rdynamic"),
    }),
    Check("one-sqlite-is-linked", one_sqlite_is_linked, {
        "src/cli/forlopctl": compiled(EMPTY, "-Wl,--no-as-needed", "-l:libsqlite3.so.0"),
    }),
    Check("memory-is-kept-private", memory_is_kept_private, {
        "src/cli/forlopctl": compiled(EMPTY),
    }),
    Check("no-window-library-without-window", no_window_library_without_window, {
        "src/cli/forlopctl": compiled(EMPTY, "-Wl,--no-as-needed", "-lgtk-4"),
    }),
])
