/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ForlopShortcut:
 * @group: Heading on the shortcuts page, marked with N_().
 * @label: What the keys do, marked with N_().
 * @accelerators: Keys separated by a space.
 * @action: The detailed action the keys run, or NULL where a widget handles them itself.
 * @is_command: Offered in the jump palette too.
 */
typedef struct {
  const char *group;
  const char *label;
  const char *accelerators;
  const char *action;
  gboolean is_command;
} ForlopShortcut;

/* Ended by an entry without label. One table gives the keys and the page that lists them. */
const ForlopShortcut *forlop_shortcuts_get     (void);
void                  forlop_shortcuts_install (GtkApplication *application);

G_END_DECLS
