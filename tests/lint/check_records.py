# SPDX-License-Identifier: EUPL-1.2
"""Field names in the code are names a record declares."""

import re

from lint import Check, read, run

DECLARED = re.compile(r'(?:\(|,\s)\s*"(\w+)",\s*N_\s*\(')
USED = re.compile(r'\bforlop_record_(?:(?:get|set|has|clear|dup|take)(?:_\w+)?|\w+_is)\s*\('
                  r'\s*(?:[^,()"]|\([^()]*\))+,\s*"(\w+)"')


def fields_are_declared(tree):
    declared = set()
    # Records, and the arguments of acts that are no field of a record.
    for path in tree.files("src/domain", endings=[".c", ".h"]):
        declared |= set(DECLARED.findall(read(path)))
    if not declared:
        return 0, []
    used = [(path, name) for path in tree.files("src", "bench", endings=[".c"])
            for name in USED.findall(read(path))]
    complaints = [f'{tree.name(path)}: no record declares a field "{name}"'
                  for path, name in used if name not in declared]
    return len(used), complaints


run("records", [
    Check("fields-are-declared", fields_are_declared, {
        "src/domain/records/forlop-records-people.c": '  TEXT ("family_name", N_("Name")),\n',
        "src/acts/forlop-act.c": 'forlop_record_get_text (peek (record), "surname");\n',
    }),
])
