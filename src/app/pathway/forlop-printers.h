/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Whether this computer can print on paper, and what is said where it cannot. */

/* A boolean: whether a printer was found that is not a file. TRUE where the desktop shows the dialog outside of the
 * program, which then says it, and where the print system has not answered within three seconds. @file_printer gets the
 * name of what prints to a file, or stays as it is; it must live until there is an answer. */
DexFuture *forlop_printers_any       (char      **file_printer) G_GNUC_WARN_UNUSED_RESULT;
/* Says over @parent that there is none and what to do. A boolean: whether the user prints to a file instead. */
DexFuture *forlop_printers_tell_none (GtkWidget *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
