# SPDX-License-Identifier: EUPL-1.2
"""Who may use whom, read from the include lines."""

import re

from lint import Check, read, run

MAY_USE = {
    "base": set(),
    "domain": {"base"},
    "store": {"base", "domain"},
    "sync": {"base", "domain"},
    "interop": {"base", "domain"},
    "documents": {"base", "domain"},
    "acts": {"base", "domain", "store"},
    "intake": {"base", "domain", "store", "interop", "acts"},
    "net": {"base", "domain", "store", "sync"},
    "server": {"base", "domain", "store", "sync", "interop"},
    "cli": {"base", "domain", "store", "sync", "interop", "documents", "acts", "intake", "net"},
    "app": {"base", "domain", "store", "sync", "interop", "documents", "acts", "intake", "net"},
}

# Which modules may see the headers of an outside library.
LIBRARIES = {
    r"(gtk|gdk|gsk|adwaita|libspelling|gtksourceview)\b": {"app"},
    r"(sqlcipher/|sqlite3)": {"store", "server"},
    r"libsoup/": {"net", "server"},
    r"libpq": {"server"},
}

QUOTED = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
ANGLED = re.compile(r"^\s*#\s*include\s+<([^>]+)>", re.MULTILINE)


def module_of(tree, path):
    parts = path.relative_to(tree.root / "src").parts
    return parts[0] if len(parts) > 1 else ""


def sources(tree):
    return tree.files("src", endings=[".c", ".h"])


def modules_keep_their_edges(tree):
    files = sources(tree)
    owner = {path.name: module_of(tree, path) for path in files if path.suffix == ".h"}
    complaints = []
    for path in files:
        user = module_of(tree, path)
        if user not in MAY_USE:
            complaints.append(f"{tree.name(path)}: the module {user} has no place in the picture")
            continue
        for header in QUOTED.findall(read(path)):
            used = owner.get(header.rsplit("/", 1)[-1])
            if used is not None and used != user and used not in MAY_USE[user]:
                complaints.append(f"{tree.name(path)}: {user} may not use {used} ({header})")
    return len(files), complaints


def private_headers_stay_at_home(tree):
    files = sources(tree)
    owner = {path.name: module_of(tree, path) for path in files
             if path.name.endswith("-private.h")}
    complaints = [f"{tree.name(path)}: {header} is private to {owner[header]}"
                  for path in files for header in QUOTED.findall(read(path))
                  if owner.get(header, module_of(tree, path)) != module_of(tree, path)]
    return len(owner), complaints


def libraries_stay_in_their_modules(tree):
    files = sources(tree)
    complaints = []
    for path in files:
        text = read(path)
        for header in ANGLED.findall(text) + QUOTED.findall(text):
            for pattern, modules in LIBRARIES.items():
                if re.match(pattern, header) and module_of(tree, path) not in modules:
                    complaints.append(f"{tree.name(path)}: <{header}> belongs to "
                                      + " and ".join(sorted(modules)))
    return len(files), complaints


run("includes", [
    Check("modules-keep-their-edges", modules_keep_their_edges, {
        "src/domain/forlop-case.c": '#include "forlop-store.h"\n',
        "src/store/file/forlop-store.h": "#pragma once\n",
    }),
    Check("private-headers-stay-at-home", private_headers_stay_at_home, {
        "src/app/today/forlop-today.c": '#include "forlop-store-private.h"\n',
        "src/store/file/forlop-store-private.h": "#pragma once\n",
    }),
    Check("libraries-stay-in-their-modules", libraries_stay_in_their_modules, {
        "src/acts/forlop-act.c": "#include <gtk/gtk.h>\n",
    }),
])
