/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-refused-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-acts-join.h"
#include "forlop-change-row.h"
#include "forlop-act-dialog.h"
#include "forlop-open-record.h"
#include "forlop-outbox-store.h"
#include "forlop-sync-words.h"
#include "forlop-window.h"
#include "forlop-worker.h"

typedef struct {
  ForlopSession *session;
  char *op_id;
  char *act;
  char *case_id;
  char *citizen_id;
  char *holder_id;
  char *join_id;
  gboolean is_asked; /* an insensitive button would lose the keyboard */
} Refused;

static void
refused_free (gpointer  data,
              GClosure *closure G_GNUC_UNUSED)
{
  Refused *refused = data;

  g_clear_object (&refused->session);
  g_free (refused->op_id);
  g_free (refused->act);
  g_free (refused->case_id);
  g_free (refused->citizen_id);
  g_free (refused->holder_id);
  g_free (refused->join_id);
  g_free (refused);
}

static Refused *
refused_new (ForlopSession         *session,
             const ForlopSyncEntry *entry)
{
  Refused *refused = g_new0 (Refused, 1);

  refused->session = g_object_ref (session);
  refused->op_id = g_strdup (entry->op_id);
  refused->act = g_strdup (entry->act);
  refused->case_id = g_strdup (entry->case_id);
  refused->citizen_id = g_strdup (entry->citizen_id);
  refused->holder_id = g_strdup (entry->holder_id);
  refused->join_id = g_strdup (entry->join_id);

  return refused;
}

static void
open_cb (GtkWidget *button,
         Refused   *refused)
{
  if (refused->case_id != NULL)
    forlop_open_record (button, "case", refused->case_id);
  else
    forlop_open_record (button, "citizen", refused->citizen_id);
}

static void
again_cb (GtkWidget *button,
          Refused   *refused)
{
  forlop_act_dialog_present_again (button, refused->session, refused->act, refused->op_id,
                                   refused->case_id, refused->citizen_id);
}

static void
move_cb (GtkWidget *button,
         Refused   *refused)
{
  forlop_act_dialog_present_instead (button, refused->session, "move-loan", refused->op_id, "loan", refused->holder_id,
                                     refused->case_id);
}

static void
correct_cb (GtkWidget *button,
            Refused   *refused)
{
  forlop_open_act (button, refused->session, "correct-loan-item", "loan", refused->holder_id, NULL, NULL);
}

static void
void_cb (GtkWidget *button,
         Refused   *refused)
{
  forlop_open_act (button, refused->session, "void-loan", "loan", refused->holder_id, NULL, NULL);
}

static gpointer
let_go_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  return GINT_TO_POINTER (forlop_outbox_store_let_go (connection, user_data, error));
}

static DexFuture *
let_go_done_cb (DexFuture *future,
                gpointer   user_data)
{
  g_autoptr (GtkWidget) window = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL && window != NULL)
    forlop_toast_error (window, error);
  else if (window != NULL)
    forlop_toast (window, _("Put aside. What you wrote stays in the history of this machine."));

  return NULL;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
let_go_cb (GtkWidget *button,
           Refused   *refused)
{
  ForlopStore *store = forlop_session_get_store (refused->session);
  GWeakRef *window;

  if (refused->is_asked)
    return;
  refused->is_asked = TRUE;
  window = g_new0 (GWeakRef, 1);
  g_weak_ref_init (window, gtk_widget_get_root (button));
  dex_future_disown (dex_future_finally (
    forlop_store_write (store, let_go_on_worker, g_strdup (refused->op_id), g_free, NULL),
    let_go_done_cb, window, weak_ref_free));
}

static DexFuture *
joined_cb (DexFuture *future,
           gpointer   user_data)
{
  g_autoptr (GtkWidget) window = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL && window != NULL)
    forlop_toast_error (window, error);
  else if (window != NULL)
    forlop_toast (window, _("Joined to the record that was there. It is sent again."));

  return NULL;
}

static void
join_cb (GtkWidget *button,
         Refused   *refused)
{
  GWeakRef *window;

  if (refused->is_asked)
    return;
  refused->is_asked = TRUE;
  window = g_new0 (GWeakRef, 1);
  g_weak_ref_init (window, gtk_widget_get_root (button));
  dex_future_disown (dex_future_finally (
    forlop_acts_run_join (forlop_session_get_store (refused->session), refused->op_id, refused->join_id),
    joined_cb, window, weak_ref_free));
}

static void
see_join_cb (GtkWidget *button,
             Refused   *refused)
{
  forlop_open_record (button, "citizen", refused->join_id);
}

static void
add_button (GtkWidget             *row,
            ForlopSession         *session,
            const ForlopSyncEntry *entry,
            const char            *label,
            GCallback              clicked)
{
  forlop_change_row_add_button (FORLOP_CHANGE_ROW (row), label, clicked, refused_new (session, entry),
                                refused_free);
}

/* The item is on loan to somebody else: what can be wrong, each with its act. */
static void
add_ways_of_loan (GtkWidget             *row,
                  ForlopSession         *session,
                  const ForlopSyncEntry *entry)
{
  add_button (row, session, entry, _("Hand out the item that _stands here…"), G_CALLBACK (again_cb));
  if (entry->holder_id == NULL || entry->is_over)
    return;
  add_button (row, session, entry, _("_Move the loan here…"), G_CALLBACK (move_cb));
  add_button (row, session, entry, _("_Correct the other loan…"), G_CALLBACK (correct_cb));
  add_button (row, session, entry, _("The other loan is _wrong…"), G_CALLBACK (void_cb));
}

static gboolean
is_taken (const ForlopSyncEntry *entry,
          const char            *type)
{
  return g_strcmp0 (entry->code, "taken") == 0 && g_strcmp0 (entry->type, type) == 0;
}

GtkWidget *
forlop_refused_row_new (ForlopSession         *session,
                        const ForlopSyncEntry *entry,
                        gboolean               on_its_page)
{
  g_autofree char *about = NULL;
  g_autofree char *reason = NULL;
  const ForlopAct *act;
  gboolean is_gone, is_loan;
  GtkWidget *row;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  act = forlop_act_find (entry->act);
  is_gone = g_strcmp0 (entry->code, "scope_revoked") == 0;
  is_loan = is_taken (entry, "loan") && g_str_equal (entry->act, "hand-out-item");
  about = forlop_change_row_dup_about (on_its_page ? NULL : entry->who, entry->item, entry->created_at,
                                       forlop_session_now (session));
  reason = forlop_sync_words_dup_reason (entry);
  row = forlop_change_row_new ("dialog-warning-symbolic", forlop_change_row_title (entry->act), about,
                               reason);
  forlop_change_row_set_id (FORLOP_CHANGE_ROW (row), entry->op_id);

  if (is_loan)
    add_ways_of_loan (row, session, entry);
  if (entry->join_id != NULL)
    {
      add_button (row, session, entry, _("_Look at the record that is there"), G_CALLBACK (see_join_cb));
      add_button (row, session, entry, _("_Join what I wrote to it"), G_CALLBACK (join_cb));
    }
  if (!is_gone && !on_its_page && entry->join_id == NULL && (entry->case_id != NULL || entry->citizen_id != NULL))
    add_button (row, session, entry,
                entry->case_id != NULL ? _("_Open the case") : _("_Open the citizen"),
                G_CALLBACK (open_cb));
  if (!is_gone && !is_loan && entry->join_id == NULL && act != NULL && !g_str_equal (act->name, "undo"))
    add_button (row, session, entry, _("_Do it again…"), G_CALLBACK (again_cb));
  add_button (row, session, entry, _("_Put aside"), G_CALLBACK (let_go_cb));

  return row;
}
