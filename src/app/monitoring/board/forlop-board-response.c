/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-response-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-run.h"
#include "forlop-board-run.h"
#include "forlop-drop-down.h"

enum {
  SIGNAL_ANSWERED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopBoardResponse, forlop_board_response, ADW_TYPE_BIN)

char *
forlop_board_response_dup_text (ForlopBoardResponse *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start;
  GtkTextIter end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return g_strstrip (text);
}

static void
show_mistake (ForlopBoardResponse *self,
              const char          *sentence)
{
  gtk_label_set_label (self->mistake, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), sentence != NULL);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

gboolean
forlop_board_response_asks_outcome (ForlopBoardResponse *self)
{
  return self->need == FORLOP_BOARD_MISSING && self->alert_id == NULL && self->outcomes != NULL;
}

static gboolean
is_held (ForlopBoardResponse *self)
{
  return self->saving_case_id != NULL && g_strcmp0 (self->saving_case_id, self->case_id) == 0;
}

/* What is on its way to the file is held: words added to it now would be in neither. */
static void
update_hold (ForlopBoardResponse *self)
{
  gtk_widget_set_sensitive (self->done_button, self->saving_case_id == NULL);
  gtk_text_view_set_editable (self->text_view, !is_held (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), !is_held (self));
}

/* Out of it one may go. */
static gboolean
held_key_cb (ForlopBoardResponse *self,
             unsigned int         key,
             unsigned int         code G_GNUC_UNUSED,
             GdkModifierType      modifiers G_GNUC_UNUSED)
{
  if (!is_held (self) || key == GDK_KEY_Escape || key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_error_bell (GTK_WIDGET (self));

  return GDK_EVENT_STOP;
}

typedef struct {
  GWeakRef response;
  ForlopSession *session;
  char *user_id;
  char *case_id;
  char *citizen_id;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_weak_ref_clear (&answer->response);
  g_object_unref (answer->session);
  g_free (answer->user_id);
  g_free (answer->case_id);
  g_free (answer->citizen_id);
  g_free (answer);
}

/* The call counts until somebody knows better. */
static void
minute_cb (ForlopBoardResponse *self,
           int                  minutes)
{
  if (!self->counting)
    return;
  gtk_spin_button_set_value (self->minutes, minutes);
  self->counting = TRUE;
  gtk_label_set_label (self->minutes_label, _("min, counting"));
  forlop_board_response_keep (self);
}

static void
minutes_changed_cb (ForlopBoardResponse *self)
{
  self->counting = FALSE;
  gtk_label_set_label (self->minutes_label, _("min"));
  forlop_board_response_keep (self);
}

static void
answered_cb (const GError *error,
             gpointer      user_data)
{
  Answer *answer = user_data;
  g_autoptr(ForlopBoardResponse) self = g_weak_ref_get (&answer->response);

  if (self == NULL || self->done_button == NULL)
    return;

  g_clear_pointer (&self->saving_case_id, g_free);
  update_hold (self);
  if (error != NULL)
    {
      show_mistake (self, error->message);
      return;
    }

  if (self->drafts != NULL && answer->user_id != NULL)
    forlop_board_drafts_put (self->drafts, answer->session, answer->user_id, answer->case_id, NULL);
  if (g_strcmp0 (self->case_id, answer->case_id) == 0 && g_strcmp0 (self->user_id, answer->user_id) == 0)
    forlop_board_response_forget (self);
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, answer->session, answer->case_id, answer->citizen_id);
}

static const char *
act_name (ForlopBoardResponse *self)
{
  if (forlop_board_response_asks_outcome (self))
    return "register-missing";

  return self->alert_id != NULL ? "handle-alert" : "log-contact";
}

static ForlopRecord *
collect (ForlopBoardResponse *self,
         const char          *text)
{
  const char *act = act_name (self);
  const char *way = adw_toggle_group_get_active_name (self->ways);
  ForlopRecord *arguments;

  if (forlop_board_response_asks_outcome (self))
    {
      arguments = forlop_board_arguments (act, "case_id", self->case_id,
                                          self->form_id != NULL ? "form_id" : "code",
                                          self->form_id != NULL ? self->form_id
                                                                : forlop_measure_code (self->measure),
                                          "outcome",
                                          self->outcomes[gtk_drop_down_get_selected (
                                            self->outcome_drop_down)].code,
                                          NULL);
      if (*text == '\0')
        return arguments;
    }
  else if (self->alert_id != NULL)
    {
      arguments = forlop_board_arguments (act, "alert_id", self->alert_id, NULL);
      if (gtk_widget_get_visible (GTK_WIDGET (self->others_button)))
        forlop_record_set_boolean (arguments, "others",
                                   gtk_check_button_get_active (self->others_button));
    }
  else
    {
      arguments = forlop_board_arguments (act, "case_id", self->case_id, NULL);
    }

  forlop_record_set_text (arguments, "way", way);
  forlop_record_set_text (arguments, "text", text);
  forlop_record_set_integer (arguments, "minutes", gtk_spin_button_get_value_as_int (self->minutes));

  return arguments;
}

static void
done_clicked_cb (ForlopBoardResponse *self)
{
  g_autofree char *text = forlop_board_response_dup_text (self);
  g_autoptr(ForlopRecord) said = NULL;
  g_autoptr(ForlopRecord) task = NULL;
  g_autoptr(GError) error = NULL;
  ForlopActCall calls[2];
  Answer *answer;

  if (self->case_id == NULL || !gtk_widget_get_sensitive (self->done_button))
    return;
  if (*text == '\0' && !forlop_board_response_asks_outcome (self))
    {
      show_mistake (self, _("Write what was done, or choose a phrase."));
      gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
      return;
    }
  if (!forlop_board_task_read (self->task, self->citizen_id, self->case_id, &task, &error))
    {
      show_mistake (self, error->message);
      return;
    }

  show_mistake (self, NULL);
  g_set_str (&self->saving_case_id, self->case_id);
  update_hold (self);
  answer = g_new0 (Answer, 1);
  g_weak_ref_init (&answer->response, self);
  answer->session = g_object_ref (self->place->session);
  answer->user_id = g_strdup (self->user_id);
  answer->case_id = g_strdup (self->case_id);
  answer->citizen_id = g_strdup (self->citizen_id);
  said = collect (self, text);
  calls[0] = (ForlopActCall) { forlop_act_find (act_name (self)), said };
  calls[1] = (ForlopActCall) { forlop_act_find ("add-task"), task };
  forlop_act_run (GTK_WIDGET (self), answer->session, calls, task != NULL ? 2 : 1, answered_cb, answer, answer_free);
}

static gboolean
key_pressed_cb (ForlopBoardResponse *self,
                unsigned int         key,
                unsigned int         code G_GNUC_UNUSED,
                GdkModifierType      modifiers)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (modifiers & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  done_clicked_cb (self);

  return GDK_EVENT_STOP;
}

static void
phrase_selected_cb (ForlopBoardResponse *self)
{
  unsigned int selected = gtk_drop_down_get_selected (self->phrase_drop_down);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  const char *body;

  /* The first says what the list is for. */
  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION || self->phrases == NULL ||
      selected > self->phrases->len)
    return;

  body = forlop_record_get_text (g_ptr_array_index (self->phrases, selected - 1), "body");
  if (body != NULL)
    {
      g_autofree char *present = forlop_board_response_dup_text (self);

      if (*present != '\0')
        gtk_text_buffer_insert_at_cursor (buffer, " ", -1);
      gtk_text_buffer_insert_at_cursor (buffer, body, -1);
    }
  gtk_drop_down_set_selected (self->phrase_drop_down, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
forlop_board_response_finalize (GObject *object)
{
  ForlopBoardResponse *self = FORLOP_BOARD_RESPONSE (object);

  g_clear_pointer (&self->place, forlop_board_place_unref);
  g_clear_object (&self->drafts);
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  g_free (self->user_id);
  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->alert_id);
  g_free (self->form_id);
  g_free (self->begun_alert_id);
  g_free (self->saving_case_id);

  G_OBJECT_CLASS (forlop_board_response_parent_class)->finalize (object);
}

static void
forlop_board_response_class_init (ForlopBoardResponseClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_board_response_finalize;

  /**
   * ForlopBoardResponse::answered:
   * @session: The file it is in.
   * @case_id: The case that was answered and saved.
   * @citizen_id: Whose case it is.
   */
  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, FORLOP_TYPE_SESSION, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (FORLOP_TYPE_BOARD_CALL);
  g_type_ensure (FORLOP_TYPE_BOARD_TASK);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/forlop/Forlop/monitoring/board/forlop-board-response.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, outcome_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, ways);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, text_view);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, mistake);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, meanwhile_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, meanwhile);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, others_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, phrase_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, call);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, task);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, minutes);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, minutes_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, discard_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardResponse, done_button);
  gtk_widget_class_bind_template_callback (widget_class, held_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, phrase_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, minute_cb);
  gtk_widget_class_bind_template_callback (widget_class, minutes_changed_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "keep_cb", G_CALLBACK (forlop_board_response_keep));
  gtk_widget_class_bind_template_callback_full (widget_class, "discard_cb",
                                                G_CALLBACK (forlop_board_response_discard_cb));
}

static void
fill_outcomes (ForlopBoardResponse *self)
{
  const ForlopRecordType *type = forlop_act_get_arguments (forlop_act_find ("register-missing"));
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  self->outcomes = forlop_record_type_field (type, "outcome")->choices;
  for (unsigned int i = 0; self->outcomes[i].code != NULL; i++)
    gtk_string_list_append (labels, _(self->outcomes[i].label));
  gtk_drop_down_set_model (self->outcome_drop_down, G_LIST_MODEL (labels));
}

static void
forlop_board_response_init (ForlopBoardResponse *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->done_button, TRUE);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "changed",
                           G_CALLBACK (forlop_board_response_keep), self, G_CONNECT_SWAPPED);
  forlop_drop_down_speak (self->outcome_drop_down);
  forlop_drop_down_speak (self->phrase_drop_down);
  fill_outcomes (self);
  forlop_board_response_set_phrases (self, NULL);
}

void
forlop_board_response_set_place (ForlopBoardResponse *self,
                                 ForlopBoardPlace    *place)
{
  g_return_if_fail (FORLOP_IS_BOARD_RESPONSE (self));
  g_return_if_fail (place != NULL);

  forlop_board_place_ref (place);
  g_clear_pointer (&self->place, forlop_board_place_unref);
  self->place = place;
}

/* It was thrown away elsewhere. */
static void
drafts_changed_cb (ForlopBoardResponse *self,
                   const char          *case_id,
                   gboolean             begun)
{
  if (!begun && self->begun && g_strcmp0 (self->case_id, case_id) == 0)
    forlop_board_response_load (self);
}

void
forlop_board_response_set_drafts (ForlopBoardResponse *self,
                                  ForlopBoardDrafts   *drafts)
{
  g_return_if_fail (FORLOP_IS_BOARD_RESPONSE (self));
  g_return_if_fail (self->drafts == NULL);

  self->drafts = g_object_ref (drafts);
  g_signal_connect_object (drafts, "changed", G_CALLBACK (drafts_changed_cb), self, G_CONNECT_SWAPPED);
}

void
forlop_board_response_set_row (ForlopBoardResponse  *self,
                               const ForlopBoardRow *row)
{
  ForlopIdentity *me;
  const char *user_id;
  gboolean same;

  g_return_if_fail (FORLOP_IS_BOARD_RESPONSE (self));
  g_return_if_fail (self->place != NULL);
  g_return_if_fail (row != NULL);

  me = forlop_session_get_actor (self->place->session);
  user_id = me != NULL ? forlop_identity_get_user_id (me) : NULL;
  same = g_strcmp0 (self->case_id, row->case_id) == 0 && g_strcmp0 (self->user_id, user_id) == 0;
  g_set_str (&self->user_id, user_id);
  g_set_str (&self->case_id, row->case_id);
  g_set_str (&self->citizen_id, row->citizen_id);
  g_set_str (&self->alert_id, row->alert_id);
  g_set_str (&self->form_id, row->form_id);
  self->need = row->need;
  self->measure = row->measure;
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_drop_down), forlop_board_response_asks_outcome (self));
  gtk_widget_set_visible (GTK_WIDGET (self->others_button), row->n_alerts > 1);
  if (row->n_alerts > 1)
    {
      g_autofree char *label = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Answers all %u open alerts", "Answers all %u open alerts",
                     row->n_alerts), row->n_alerts);

      gtk_check_button_set_label (self->others_button, label);
    }
  if (!same)
    {
      forlop_board_call_forget (self->call);
      forlop_board_response_load (self);
      show_mistake (self, NULL);
      update_hold (self);
    }
  forlop_board_response_tell (self);
}

void
forlop_board_response_set_phrases (ForlopBoardResponse *self,
                                   GPtrArray           *phrases)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  g_return_if_fail (FORLOP_IS_BOARD_RESPONSE (self));

  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  self->phrases = phrases != NULL ? g_ptr_array_ref (phrases) : NULL;
  gtk_string_list_append (titles, _("Phrase…"));
  for (unsigned int i = 0; phrases != NULL && i < phrases->len; i++)
    {
      const char *title = forlop_record_get_text (g_ptr_array_index (phrases, i), "title");

      gtk_string_list_append (titles, title != NULL ? title : "");
    }
  gtk_drop_down_set_model (self->phrase_drop_down, G_LIST_MODEL (titles));
  gtk_widget_set_visible (GTK_WIDGET (self->phrase_drop_down), phrases != NULL && phrases->len > 0);
}

void
forlop_board_response_grab_focus (ForlopBoardResponse *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_RESPONSE (self));

  gtk_widget_grab_focus (forlop_board_response_asks_outcome (self) ? GTK_WIDGET (self->outcome_drop_down)
                                             : GTK_WIDGET (self->text_view));
}

void
forlop_board_response_set_phone (ForlopBoardResponse *self,
                                 const char          *who,
                                 const char          *phone)
{
  g_return_if_fail (FORLOP_IS_BOARD_RESPONSE (self));

  forlop_board_call_set_phone (self->call, who, phone);
}

void
forlop_board_response_call (ForlopBoardResponse *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_RESPONSE (self));
  g_return_if_fail (self->place != NULL);

  adw_toggle_group_set_active_name (self->ways, "phone");
  if (!forlop_board_call_is_running (self->call))
    {
      if (self->drafts != NULL)
        forlop_board_drafts_stop_calls (self->drafts, forlop_session_now (self->place->session));
      self->counting = TRUE;
    }
  forlop_board_call_start (self->call, forlop_session_get_clock (self->place->session));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}
