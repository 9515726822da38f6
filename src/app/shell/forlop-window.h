/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-jump-provider.h"
#include "forlop-session.h"
#include "forlop-view.h"

G_BEGIN_DECLS

/* The window: sidebar, one stack of pages per section, toasts with undo, and the jump palette. */

#define FORLOP_TYPE_WINDOW (forlop_window_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWindow, forlop_window, FORLOP, WINDOW, AdwApplicationWindow)

/**
 * ForlopUndoFunc:
 *
 * Commits the inverse act of what the toast told about.
 */
typedef void (*ForlopUndoFunc) (gpointer user_data);

ForlopWindow  *forlop_window_new               (GtkApplication     *application,
                                                ForlopSession      *session,
                                                GSettings          *settings) G_GNUC_WARN_UNUSED_RESULT;
ForlopSession *forlop_window_get_session       (ForlopWindow       *self);
const char    *forlop_window_get_section       (ForlopWindow       *self);
void           forlop_window_show_section      (ForlopWindow       *self,
                                                const char         *section);
/* Opens the page about one record on top of the section that is shown. */
void           forlop_window_open              (ForlopWindow       *self,
                                                const char         *kind,
                                                const char         *id);
/* The other municipalities one works for: a list of ForlopWorkplace, without the window's own. */
void           forlop_window_set_places        (ForlopWindow       *self,
                                                GListModel         *places);
/* What stands before the work: a question for the passphrase. NULL lets the user in. */
void           forlop_window_set_door          (ForlopWindow       *self,
                                                GtkWidget          *door);
GtkWidget     *forlop_window_get_door          (ForlopWindow       *self);
/* The page one looks at now, or NULL. */
ForlopView    *forlop_window_get_visible_view  (ForlopWindow       *self);
/* The id of the record that page is about, and its kind as in win.open; NULL where it is about none. */
const char    *forlop_window_get_subject       (ForlopWindow       *self,
                                                const char        **kind);
void           forlop_window_add_jump_provider (ForlopWindow       *self,
                                                ForlopJumpProvider *provider);

/* From any widget in the window: say that something was done. */
void           forlop_toast                    (GtkWidget          *widget,
                                                const char         *text);
/* The same, with a button and Ctrl+Z that take it back. */
void           forlop_toast_undo               (GtkWidget          *widget,
                                                const char         *text,
                                                ForlopUndoFunc      undo,
                                                gpointer            user_data,
                                                GDestroyNotify      destroy);
/* Adds a further button to the toast that tells about the last act, which is about to be shown. */
void           forlop_toast_offer              (GtkWidget          *widget,
                                                const char         *label,
                                                ForlopUndoFunc      func,
                                                gpointer            user_data,
                                                GDestroyNotify      destroy);
/* From any widget: what could not be done, in the error's own sentence. */
void           forlop_toast_error              (GtkWidget          *widget,
                                                const GError       *error);

G_END_DECLS
