/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-epj-copy.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-run.h"
#include "forlop-choice-store.h"
#include "forlop-epj-store.h"
#include "forlop-window.h"
#include "forlop-worker.h"

/* More than this is not one conversation any more. */
#define MOST_ENTRIES 50

typedef struct {
  GWeakRef widget;
  ForlopSession *session;
  char *citizen_id;
  char *user_id; /* whose entries; NULL for the one entry that is named */
  char *type;
  char *id;
} Copy;

/* What was read: the text, and what it says something about. */
typedef struct {
  char *text;
  char *who;
  GPtrArray *entries;
} Copied;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_weak_ref_clear (&copy->widget);
  g_clear_object (&copy->session);
  g_free (copy->citizen_id);
  g_free (copy->user_id);
  g_free (copy->type);
  g_free (copy->id);
  g_free (copy);
}

static void
copied_free (gpointer data)
{
  Copied *copied = data;

  g_free (copied->text);
  g_free (copied->who);
  g_ptr_array_unref (copied->entries);
  g_free (copied);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copied, copied_free)

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Copy *copy = user_data;
  g_autoptr(GPtrArray) entries =
    forlop_epj_store_list (connection, copy->citizen_id, copy->user_id, MOST_ENTRIES, error);
  g_autoptr(GPtrArray) chosen =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_epj_entry_free);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *who = NULL;
  Copied *copied;

  if (entries == NULL || !forlop_choice_store_name (connection, "citizen", copy->citizen_id, &who, error))
    return NULL;
  g_ptr_array_set_free_func (entries, NULL);
  for (unsigned int i = 0; i < entries->len; i++)
    {
      ForlopEpjEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *part = NULL;

      if (copy->id != NULL && (g_strcmp0 (entry->id, copy->id) != 0 ||
                               g_strcmp0 (entry->type, copy->type) != 0))
        {
          forlop_epj_entry_free (entry);
          continue;
        }
      g_ptr_array_add (chosen, entry);
      part = forlop_epj_store_text (connection, entry->type, entry->id, error);
      if (part == NULL)
        {
          for (unsigned int rest = i + 1; rest < entries->len; rest++)
            forlop_epj_entry_free (g_ptr_array_index (entries, rest));
          return NULL;
        }
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", part);
    }

  copied = g_new0 (Copied, 1);
  copied->who = g_steal_pointer (&who);
  copied->text = g_string_free (g_steal_pointer (&text), FALSE);
  copied->entries = g_steal_pointer (&chosen);

  return copied;
}

/* The text has no name in it, so who it is about is said. */
static void
mark_all (GtkWidget     *widget,
          ForlopSession *session,
          const Copied  *copied)
{
  GPtrArray *entries = copied->entries;
  const ForlopAct *act = forlop_act_find ("mark-carried-over");
  g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree ForlopActCall *calls = g_new0 (ForlopActCall, entries->len);
  g_autofree char *said = NULL;

  for (unsigned int i = 0; i < entries->len; i++)
    {
      const ForlopEpjEntry *entry = g_ptr_array_index (entries, i);
      ForlopRecord *record = forlop_acts_new_arguments (act, NULL);

      forlop_record_set_text (record, "citizen_id", entry->citizen_id);
      forlop_record_set_text (record, "target", "epj");
      forlop_record_set_text (record, "subject_type", entry->type);
      forlop_record_set_text (record, "subject_id", entry->id);
      g_ptr_array_add (arguments, record);
      calls[i] = (ForlopActCall) { act, record };
    }
  /* Translators: a person, and how many texts. */
  said = g_strdup_printf (_("Copied and marked as carried over: %s (%u)"), copied->who != NULL ? copied->who : "",
                          entries->len);
  forlop_act_run_saying (widget, session, calls, entries->len, said);
}

static DexFuture *
loaded_cb (DexFuture *completed,
           gpointer   user_data)
{
  Copy *copy = user_data;
  g_autoptr(GtkWidget) widget = g_weak_ref_get (&copy->widget);
  g_autoptr(GError) error = NULL;
  g_autoptr(Copied) copied = forlop_worker_steal (completed, &error);

  if (widget == NULL)
    return NULL;
  if (copied == NULL)
    {
      forlop_toast_error (widget, error);
      return NULL;
    }
  if (copied->entries->len == 0)
    {
      forlop_toast (widget, _("Everything you wrote about this citizen is already carried over to the EPJ"));
      return NULL;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), copied->text);
  mark_all (widget, copy->session, copied);

  return NULL;
}

void
forlop_epj_copy (GtkWidget     *widget,
                 ForlopSession *session,
                 const char    *citizen_id,
                 const char    *type,
                 const char    *id)
{
  g_autoptr(ForlopActor) actor = NULL;
  ForlopStore *store;
  Copy *copy;
  Copy *question;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (citizen_id != NULL);
  g_return_if_fail ((type == NULL) == (id == NULL));

  store = forlop_session_get_store (session);
  actor = forlop_session_dup_actor (session);
  if (store == NULL || actor == NULL)
    return;

  copy = g_new0 (Copy, 1);
  g_weak_ref_init (&copy->widget, widget);
  copy->session = g_object_ref (session);
  /* The thread that reads has its own. */
  question = g_new0 (Copy, 1);
  g_weak_ref_init (&question->widget, NULL);
  question->citizen_id = g_strdup (citizen_id);
  question->user_id = id == NULL ? g_strdup (actor->user_id) : NULL;
  question->type = g_strdup (type);
  question->id = g_strdup (id);
  dex_future_disown (dex_future_finally (
    forlop_store_read (store, load_on_worker, question, copy_free, copied_free),
    loaded_cb, copy, copy_free));
}
