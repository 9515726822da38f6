/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-conflict-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-change-row.h"
#include "forlop-conflict-dialog.h"
#include "forlop-format.h"
#include "forlop-open-record.h"
#include "forlop-sync-words.h"

typedef struct {
  ForlopSession *session;
  ForlopRecord *conflict;
  GPtrArray *names; /* of the fields that differ */
  char *theirs; /* what the others wrote, in words */
  char *case_id;
  char *citizen_id;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure G_GNUC_UNUSED)
{
  Choice *choice = data;

  g_clear_object (&choice->session);
  g_clear_object (&choice->conflict);
  g_ptr_array_unref (choice->names);
  g_free (choice->theirs);
  g_free (choice->case_id);
  g_free (choice->citizen_id);
  g_free (choice);
}

static const char *
shown_value (const char *value)
{
  return value != NULL && *value != '\0' ? value : _("Nothing");
}

/* "Telephone: 922 22 222", a line for each field. */
static char *
dup_theirs (const ForlopSyncConflict *conflict)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < conflict->sides->len; i++)
    {
      const ForlopSyncSide *side = g_ptr_array_index (conflict->sides, i);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", _(side->field->label),
                              shown_value (side->theirs));
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static Choice *
choice_new (ForlopSession            *session,
            const ForlopSyncConflict *conflict)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->session = g_object_ref (session);
  choice->conflict = g_object_ref (conflict->conflict);
  choice->case_id = g_strdup (conflict->case_id);
  choice->citizen_id = g_strdup (conflict->citizen_id);
  choice->theirs = dup_theirs (conflict);
  choice->names = g_ptr_array_new_null_terminated (0, NULL, TRUE);
  for (unsigned int i = 0; i < conflict->sides->len; i++)
    {
      const ForlopSyncSide *side = g_ptr_array_index (conflict->sides, i);

      g_ptr_array_add (choice->names, (gpointer) side->field->name);
    }

  return choice;
}

static void
theirs_cb (GtkWidget *button,
           Choice    *choice)
{
  forlop_conflict_resolve (button, choice->session, choice->conflict, "theirs", NULL);
}

static void
mine_cb (GtkWidget *button,
         Choice    *choice)
{
  forlop_conflict_resolve (button, choice->session, choice->conflict, "mine", NULL);
}

static void
edit_cb (GtkWidget *button,
         Choice    *choice)
{
  forlop_conflict_dialog_present (button, choice->session, choice->conflict,
                                  (const char *const *) choice->names->pdata, choice->theirs);
}

static void
open_cb (GtkWidget *button,
         Choice    *choice)
{
  if (choice->case_id != NULL)
    forlop_open_record (button, "case", choice->case_id);
  else
    forlop_open_record (button, "citizen", choice->citizen_id);
}

static GtkWidget *
new_label (const char *text,
           const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);

  return label;
}

static GtkWidget *
new_side (const char *whose,
          const char *value)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  gtk_widget_add_css_class (side, "forlop-conflict-side");
  gtk_box_append (GTK_BOX (side), new_label (whose, "caption"));
  gtk_box_append (GTK_BOX (side), new_label (shown_value (value), NULL));

  return side;
}

static GtkWidget *
new_sides (const ForlopSyncSide *side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (both), TRUE);
  gtk_box_append (GTK_BOX (both), new_side (_("Theirs"), side->theirs));
  gtk_box_append (GTK_BOX (both), new_side (_("Mine"), side->mine));
  gtk_box_append (GTK_BOX (box), new_label (_(side->field->label), "heading"));
  gtk_box_append (GTK_BOX (box), both);
  gtk_widget_set_margin_top (box, 6);

  return box;
}

static char *
dup_reason (ForlopRecord *conflict)
{
  const ForlopSyncEntry entry = {
    .code = (char *) forlop_record_get_text (conflict, "kind"),
    .gate = (char *) forlop_record_get_text (conflict, "condition"),
  };

  return forlop_sync_words_dup_reason (&entry);
}

static void
add_choices (GtkWidget                *row,
             ForlopSession            *session,
             const ForlopSyncConflict *conflict)
{
  ForlopChangeRow *self = FORLOP_CHANGE_ROW (row);
  gboolean can_choose = forlop_record_text_is (conflict->conflict, "kind", "field");

  forlop_change_row_add_button (self, can_choose ? _("Keep _theirs") : _("_Put aside"),
                                G_CALLBACK (theirs_cb), choice_new (session, conflict), choice_free);
  if (can_choose)
    forlop_change_row_add_button (self, _("Use _mine"), G_CALLBACK (mine_cb),
                                  choice_new (session, conflict), choice_free);
  if (can_choose && conflict->sides->len > 0)
    forlop_change_row_add_button (self, _("_Edit…"), G_CALLBACK (edit_cb),
                                  choice_new (session, conflict), choice_free);
  if (conflict->case_id != NULL || conflict->citizen_id != NULL)
    forlop_change_row_add_button (self, conflict->case_id != NULL ? _("_Open the case")
                                                                  : _("_Open the citizen"),
                                  G_CALLBACK (open_cb), choice_new (session, conflict), choice_free);
}

GtkWidget *
forlop_conflict_row_new (ForlopSession            *session,
                         const ForlopSyncConflict *conflict)
{
  const ForlopAct *act;
  g_autofree char *when = NULL;
  g_autofree char *about = NULL;
  g_autofree char *reason = NULL;
  GtkWidget *row;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (conflict != NULL, NULL);

  act = forlop_act_find (forlop_record_get_text (conflict->conflict, "act"));
  when = forlop_instant_format_relative (forlop_record_get_instant (conflict->conflict, "at"),
                                         forlop_session_now (session));
  about = conflict->who != NULL ? g_strdup_printf ("%s · %s", conflict->who, when) : g_strdup (when);
  reason = dup_reason (conflict->conflict);
  row = forlop_change_row_new ("dialog-warning-symbolic",
                               act != NULL ? _(act->label)
                                           : forlop_record_get_text (conflict->conflict, "act"),
                               about, reason);
  forlop_change_row_set_id (FORLOP_CHANGE_ROW (row), forlop_record_get_id (conflict->conflict));
  for (unsigned int i = 0; i < conflict->sides->len; i++)
    forlop_change_row_add (FORLOP_CHANGE_ROW (row),
                           new_sides (g_ptr_array_index (conflict->sides, i)));
  add_choices (row, session, conflict);

  return row;
}
