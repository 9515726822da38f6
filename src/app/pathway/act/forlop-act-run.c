/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-run.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-window.h"
#include "forlop-worker.h"

typedef struct {
  GWeakRef root;
  ForlopSession *session;
  const ForlopAct *act;
  gboolean can_undo;
  char *said; /* nullable: instead of what the act says */
  DexFuture *future;
  ForlopActDoneFunc done;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Run;

typedef struct {
  GWeakRef root;
  ForlopSession *session;
  GPtrArray *op_ids;
} Undo;

static void
run_free (gpointer data)
{
  Run *run = data;

  if (run->user_data_free != NULL)
    run->user_data_free (run->user_data);
  g_weak_ref_clear (&run->root);
  g_clear_object (&run->session);
  g_free (run->said);
  dex_clear (&run->future);
  g_free (run);
}

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_weak_ref_clear (&undo->root);
  g_clear_object (&undo->session);
  g_clear_pointer (&undo->op_ids, g_ptr_array_unref);
  g_free (undo);
}

/* The last act first, because what came later may build on what came before. */
static void
undo_cb (gpointer data)
{
  Undo *undo = data;
  g_autoptr (GtkWidget) root = g_weak_ref_get (&undo->root);
  const ForlopAct *act = forlop_act_find ("undo");
  g_autoptr (GArray) calls = NULL;
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_object_unref);

  if (root == NULL)
    return;

  calls = g_array_new (FALSE, FALSE, sizeof (ForlopActCall));
  for (unsigned int i = undo->op_ids->len; i > 0; i--)
    {
      ForlopActCall call = { act, forlop_acts_new_arguments (act, NULL) };

      forlop_record_set_text (call.arguments, "op_id", g_ptr_array_index (undo->op_ids, i - 1));
      g_ptr_array_add (arguments, call.arguments);
      g_array_append_val (calls, call);
    }
  forlop_act_run (root, undo->session, (const ForlopActCall *) calls->data, calls->len, NULL, NULL, NULL);
}

static void
tell_done (Run       *run,
           GPtrArray *results)
{
  g_autoptr (GtkWidget) root = g_weak_ref_get (&run->root);
  g_autoptr (GPtrArray) op_ids = g_ptr_array_new_with_free_func (g_free);
  const char *said = run->said != NULL ? run->said : _(run->act->done);
  Undo *undo;

  if (root == NULL)
    return;

  for (unsigned int i = 0; i < results->len; i++)
    {
      const ForlopActResult *result = g_ptr_array_index (results, i);

      if (result->op_id != NULL)
        g_ptr_array_add (op_ids, g_strdup (result->op_id));
    }
  if (op_ids->len == 0)
    {
      forlop_toast (root, _("Nothing was changed"));
      return;
    }
  if (!run->can_undo)
    {
      forlop_toast (root, said);
      return;
    }

  undo = g_new0 (Undo, 1);
  g_weak_ref_init (&undo->root, root);
  undo->session = g_object_ref (run->session);
  undo->op_ids = g_steal_pointer (&op_ids);
  forlop_toast_undo (root, said, undo_cb, undo, undo_free);
}

static void
finish (Run          *run,
        const GError *error)
{
  g_autoptr (GtkWidget) root = g_weak_ref_get (&run->root);

  if (run->done != NULL)
    run->done (error, run->user_data);
  else if (error != NULL && root != NULL)
    forlop_toast_error (root, error);
}

static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = forlop_worker_await (g_steal_pointer (&run->future), &error);

  finish (run, error);
  if (results != NULL)
    tell_done (run, results);

  return NULL;
}

static gboolean
can_undo (const ForlopActCall *calls,
          unsigned int         n_calls)
{
  for (unsigned int i = 0; i < n_calls; i++)
    if (calls[i].act->undo == FORLOP_UNDO_NONE)
      return FALSE;

  return TRUE;
}

static void
run_saying (GtkWidget           *widget,
            ForlopSession       *session,
            const ForlopActCall *calls,
            unsigned int         n_calls,
            const char          *said,
            ForlopActDoneFunc    done,
            gpointer             user_data,
            GDestroyNotify       user_data_free)
{
  g_autoptr (ForlopActor) actor = NULL;
  ForlopStore *store;
  Run *run;

  run = g_new0 (Run, 1);
  g_weak_ref_init (&run->root, gtk_widget_get_root (widget));
  run->session = g_object_ref (session);
  run->act = calls[0].act;
  run->can_undo = can_undo (calls, n_calls);
  run->said = g_strdup (said);
  run->done = done;
  run->user_data = user_data;
  run->user_data_free = user_data_free;

  actor = forlop_session_dup_actor (session);
  store = forlop_session_get_store (session);
  if (actor == NULL || store == NULL)
    {
      g_autoptr (GError) error =
        g_error_new_literal (FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                             _("Nobody is signed in, so nothing was saved. Choose who you are at the "
                               "top of the window and save again."));

      finish (run, error);
      run_free (run);
      return;
    }

  run->future = forlop_acts_run_many (store, actor, calls, n_calls);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, run_fiber, run, run_free));
}

void
forlop_act_run (GtkWidget           *widget,
                ForlopSession       *session,
                const ForlopActCall *calls,
                unsigned int         n_calls,
                ForlopActDoneFunc    done,
                gpointer             user_data,
                GDestroyNotify       user_data_free)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (calls != NULL && n_calls > 0);

  run_saying (widget, session, calls, n_calls, NULL, done, user_data, user_data_free);
}

void
forlop_act_run_saying (GtkWidget           *widget,
                       ForlopSession       *session,
                       const ForlopActCall *calls,
                       unsigned int         n_calls,
                       const char          *said)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (calls != NULL && n_calls > 0);

  run_saying (widget, session, calls, n_calls, said, NULL, NULL, NULL);
}
