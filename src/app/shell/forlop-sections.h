/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-session.h"

G_BEGIN_DECLS

/**
 * ForlopSectionInfo:
 * @name: Target of win.section, name of the help page and of the pictures.
 * @title: What the sidebar says, marked with N_().
 * @get_type: The class of the view, a ForlopView.
 * @roles: Whose machine gets something to show there from a server (#ForlopRole).
 * @everywhere: Whether it shows, and counts, what there is in all the municipalities one works for.
 *
 * One entry of the sidebar.
 */
typedef struct {
  const char *name;
  const char *title;
  const char *icon_name;
  GType (*get_type) (void);
  unsigned int roles;
  gboolean everywhere;
} ForlopSectionInfo;

/**
 * ForlopPageInfo:
 * @kind: First part of the target of win.open: the kind of record.
 * @get_type: The class of the view, a ForlopView; its subject-id is the id of the record.
 *
 * A page about one record, pushed on top of the section it was opened from.
 */
typedef struct {
  const char *kind;
  GType (*get_type) (void);
} ForlopPageInfo;

/* Both tables end with an entry without name. */
const ForlopSectionInfo *forlop_sections_get  (void);
const ForlopSectionInfo *forlop_sections_find (const char *name);
/* Whether there can be anything in it: a file with a server has what its user may see, one without has all. */
gboolean                 forlop_section_is_offered (const ForlopSectionInfo *info,
                                                    ForlopSession           *session);
const ForlopPageInfo    *forlop_pages_get     (void);
const ForlopPageInfo    *forlop_pages_find    (const char *kind);

G_END_DECLS
