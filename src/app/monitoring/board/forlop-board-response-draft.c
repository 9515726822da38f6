/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-response-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-begun-store.h"
#include "forlop-format.h"
#include "forlop-window.h"

/* What is begun and not saved: kept with every change, shown again with its citizen. */

static ForlopBoardDraft *
collect (ForlopBoardResponse *self)
{
  ForlopBoardDraft *draft = forlop_board_draft_new ();
  unsigned int outcome = gtk_drop_down_get_selected (self->outcome_drop_down);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  draft->text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  draft->way = g_strdup (adw_toggle_group_get_active_name (self->ways));
  draft->minutes = gtk_spin_button_get_value_as_int (self->minutes);
  if (forlop_board_response_asks_outcome (self) && outcome > 0 && outcome != GTK_INVALID_LIST_POSITION)
    draft->outcome = g_strdup (self->outcomes[outcome].code);
  draft->leaves_others = gtk_widget_get_visible (GTK_WIDGET (self->others_button)) &&
                         !gtk_check_button_get_active (self->others_button);
  forlop_board_task_save (self->task, draft);
  draft->call_began_at = forlop_board_call_get_began_at (self->call);
  draft->is_counting = self->counting && draft->call_began_at != FORLOP_INSTANT_NONE;

  return draft;
}

void
forlop_board_response_keep (ForlopBoardResponse *self)
{
  ForlopBoardDraft *draft;

  if (self->filling || self->case_id == NULL || self->user_id == NULL || self->drafts == NULL)
    return;

  draft = collect (self);
  if (forlop_board_draft_is_empty (draft))
    g_clear_pointer (&self->begun_alert_id, g_free);
  else if (!self->begun)
    g_set_str (&self->begun_alert_id, self->alert_id);
  self->begun = !forlop_board_draft_is_empty (draft);
  draft->alert_id = g_strdup (self->begun_alert_id);
  gtk_widget_set_visible (self->discard_button, self->begun);
  if (!self->begun)
    forlop_board_response_tell (self);
  forlop_board_drafts_put (self->drafts, self->place->session, self->user_id, self->case_id, draft);
}

static unsigned int
find_outcome (ForlopBoardResponse *self,
              const char          *code)
{
  for (unsigned int i = 0; code != NULL && self->outcomes != NULL && self->outcomes[i].code != NULL; i++)
    if (g_str_equal (self->outcomes[i].code, code))
      return i;

  return 0;
}

static void
show_draft (ForlopBoardResponse    *self,
            const ForlopBoardDraft *draft)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), draft->text != NULL ? draft->text : "", -1);
  forlop_board_call_stop (self->call);
  forlop_board_task_clear (self->task, self->place);
  forlop_board_task_load (self->task, draft);
  adw_toggle_group_set_active_name (self->ways, draft->way != NULL ? draft->way : FORLOP_BOARD_USUAL_WAY);
  gtk_drop_down_set_selected (self->outcome_drop_down, find_outcome (self, draft->outcome));
  gtk_check_button_set_active (self->others_button, !draft->leaves_others);
  gtk_spin_button_set_value (self->minutes, draft->minutes);
  self->counting = draft->is_counting;
  gtk_label_set_label (self->minutes_label, self->counting ? _("min, counting") : _("min"));
  if (draft->call_began_at != FORLOP_INSTANT_NONE)
    forlop_board_call_resume (self->call, forlop_session_get_clock (self->place->session), draft->call_began_at);
}

void
forlop_board_response_load (ForlopBoardResponse *self)
{
  const ForlopBoardDraft *kept = self->drafts != NULL && self->user_id != NULL
    ? forlop_board_drafts_find (self->drafts, self->place, self->case_id) : NULL;
  g_autoptr (ForlopBoardDraft) none = forlop_board_draft_new ();
  gboolean is_moot = kept != NULL && kept->outcome != NULL && !forlop_board_response_asks_outcome (self);

  self->filling = TRUE;
  self->begun = kept != NULL;
  g_set_str (&self->begun_alert_id, kept != NULL ? kept->alert_id : NULL);
  show_draft (self, kept != NULL ? kept : none);
  gtk_widget_set_visible (self->discard_button, self->begun);
  self->filling = FALSE;
  /* Why it was missing is no question once it has come; and a call went on while it was out of sight. */
  if (is_moot || self->counting)
    forlop_board_response_keep (self);
}

void
forlop_board_response_forget (ForlopBoardResponse *self)
{
  g_autoptr (ForlopBoardDraft) none = NULL;

  g_return_if_fail (FORLOP_IS_BOARD_RESPONSE (self));
  g_return_if_fail (self->place != NULL);

  none = forlop_board_draft_new ();
  self->filling = TRUE;
  show_draft (self, none);
  self->filling = FALSE;
  forlop_board_response_keep (self);
}

static gboolean
is_over (const ForlopBegun *begun)
{
  static const char *const over[] = { "handled", "ignored", "closed", NULL };

  return begun != NULL && begun->alert_status != NULL && g_strv_contains (over, begun->alert_status);
}

/* NULL where nothing happened. */
static char *
dup_meanwhile (ForlopBoardResponse *self)
{
  const ForlopBegun *begun = self->place->begun != NULL ? g_hash_table_lookup (self->place->begun, self->case_id)
                                                        : NULL;
  g_autofree char *when = NULL;

  if (!self->begun || g_strcmp0 (self->begun_alert_id, self->alert_id) == 0)
    return NULL;
  if (self->alert_id != NULL)
    return g_strdup (_("A new alert has come since you began. Read it first: what you have written answers it when "
                       "you save."));
  if (!is_over (begun) || begun->handled_by == NULL || begun->handled_at == FORLOP_INSTANT_NONE)
    return g_strdup (_("The alert you began on is no longer open. What you have written is kept, and is saved as a "
                       "contact."));

  when = forlop_instant_format_relative (begun->handled_at, forlop_session_now (self->place->session));
  /* Translators: the name of a colleague, and when: "today 09.12" */
  return g_strdup_printf (_("%s answered this alert %s. What you have written is kept, and is saved as a contact."),
                          begun->handled_by, when);
}

void
forlop_board_response_tell (ForlopBoardResponse *self)
{
  g_autofree char *sentence = dup_meanwhile (self);
  gboolean is_new = sentence != NULL && g_strcmp0 (gtk_label_get_label (self->meanwhile), sentence) != 0;

  gtk_label_set_label (self->meanwhile, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->meanwhile_box, sentence != NULL);
  if (is_new)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* What was thrown away, until the toast is gone. */
typedef struct {
  GWeakRef response;
  ForlopSession *session;
  char *user_id;
  char *case_id;
  ForlopBoardDraft *draft;
} Discarded;

static void
discarded_free (gpointer data)
{
  Discarded *discarded = data;

  g_weak_ref_clear (&discarded->response);
  g_object_unref (discarded->session);
  g_free (discarded->user_id);
  g_free (discarded->case_id);
  g_clear_pointer (&discarded->draft, forlop_board_draft_free);
  g_free (discarded);
}

static void
undo_discard_cb (gpointer user_data)
{
  Discarded *discarded = user_data;
  g_autoptr (ForlopBoardResponse) self = g_weak_ref_get (&discarded->response);

  if (self == NULL || self->drafts == NULL || discarded->draft == NULL)
    return;

  forlop_board_drafts_put (self->drafts, discarded->session, discarded->user_id, discarded->case_id,
                           g_steal_pointer (&discarded->draft));
  if (g_strcmp0 (self->case_id, discarded->case_id) == 0 && g_strcmp0 (self->user_id, discarded->user_id) == 0)
    {
      forlop_board_response_load (self);
      forlop_board_response_tell (self);
    }
}

void
forlop_board_response_discard_cb (ForlopBoardResponse *self)
{
  Discarded *discarded = g_new0 (Discarded, 1);

  g_weak_ref_init (&discarded->response, self);
  discarded->session = g_object_ref (self->place->session);
  discarded->user_id = g_strdup (self->user_id);
  discarded->case_id = g_strdup (self->case_id);
  discarded->draft = collect (self);
  discarded->draft->alert_id = g_strdup (self->begun_alert_id);
  forlop_board_response_forget (self);
  forlop_board_response_grab_focus (self);
  forlop_toast_undo (GTK_WIDGET (self), _("Thrown away"), undo_discard_cb, discarded, discarded_free);
}
