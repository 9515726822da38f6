/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a keyboard scanner writes. The separator of GS1 arrives as a control key, which an entry
 * would swallow: here it is kept, and shown as ␝. Which key it is, is a setting. While the entry is
 * shown, what is typed elsewhere in the window and into no field goes into it. */

#define FORLOP_TYPE_SCAN_ENTRY (forlop_scan_entry_get_type ())
G_DECLARE_FINAL_TYPE (ForlopScanEntry, forlop_scan_entry, FORLOP, SCAN_ENTRY, GtkWidget)

GtkWidget  *forlop_scan_entry_new           (void) G_GNUC_WARN_UNUSED_RESULT;
/* An accelerator such as "<Control>bracketright". */
void        forlop_scan_entry_set_separator (ForlopScanEntry *self,
                                             const char      *accelerator);
/* What was scanned, with the separator as ASCII 29. */
char       *forlop_scan_entry_dup_code      (ForlopScanEntry *self) G_GNUC_WARN_UNUSED_RESULT;
void        forlop_scan_entry_clear         (ForlopScanEntry *self);

G_END_DECLS
