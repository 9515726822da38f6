/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-server-account.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* A list that the server has, such as of accounts or machines, with what may be changed in each row. It asks
 * anew after every change, and says how it went. */

#define FORLOP_TYPE_SERVER_DIALOG (forlop_server_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopServerDialog, forlop_server_dialog, FORLOP, SERVER_DIALOG, AdwDialog)

/**
 * ForlopServerList:
 * @title: of the dialog, marked with N_().
 * @list: asks for the rows; on a worker.
 * @change: gives the row with @id the new @value; on a worker.
 * @new_row: (transfer full): the widget of one.
 * @describe: (transfer full): what the list is.
 * @done: (transfer full): what was done when @value was given; @rows came afterwards.
 * @heading: (nullable): over a row and those after it that have the same.
 */
typedef struct {
  const char *title;
  GPtrArray  *(*list)     (ForlopServerAccount *account, ForlopHttpTransport *transport, GCancellable *cancellable,
                           GError **error);
  gboolean    (*change)   (ForlopServerAccount *account, ForlopHttpTransport *transport, const char *id,
                           const char *value, GCancellable *cancellable, GError **error);
  GtkWidget  *(*new_row)  (ForlopServerDialog *self, gconstpointer each);
  char       *(*describe) (GPtrArray *rows);
  char       *(*done)     (const char *value, GPtrArray *rows);
  const char *(*heading)  (gconstpointer each);
} ForlopServerList;

/* @list lives as long as the program. */
void           forlop_server_dialog_present     (GtkWidget              *parent,
                                                 ForlopSession          *session,
                                                 const ForlopServerList *list);
ForlopSession *forlop_server_dialog_get_session (ForlopServerDialog     *self);
/* @value: (nullable). */
void           forlop_server_dialog_change      (ForlopServerDialog     *self,
                                                 const char             *id,
                                                 const char             *value);
/* A button in a row of forlop_words_row_new() that knows the @id; @clicked gets it and the dialog. @name: what it
 * does, and to what. */
void           forlop_server_dialog_add_button  (ForlopServerDialog     *self,
                                                 GtkWidget              *row,
                                                 const char             *label,
                                                 const char             *name,
                                                 const char             *id,
                                                 GCallback               clicked);
/* Presents @question over the dialog, with what the button does, and to what, above its text; the id of @button is
 * handed on to it, for whoever takes the answer. */
void           forlop_server_dialog_ask         (ForlopServerDialog     *self,
                                                 AdwDialog              *question,
                                                 GtkButton              *button,
                                                 GCallback               answered);
/* The id that a button, or a question, was given. */
const char    *forlop_server_dialog_get_id      (gpointer                widget);

G_END_DECLS
