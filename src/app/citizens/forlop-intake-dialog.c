/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-intake-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-empty-state.h"
#include "forlop-error.h"
#include "forlop-words-row.h"
#include "forlop-worker.h"

/* So many rows that cannot be used are listed; the others are counted. */
#define MAX_SHOWN 200

struct _ForlopIntakeDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkWidget *import_button;
  GtkStack *stack;
  GtkLabel *busy_label;
  GtkProgressBar *progress_bar;
  GtkBox *report_box;
  ForlopEmptyState *failed_state;

  /* Owned */
  ForlopSession *session;
  ForlopStore *store;
  ForlopActor *actor;
  ForlopWorker *reader;
  ForlopIntake *intake;
  char *name;

  ForlopIntakeKind kind;
  gboolean is_trial;
};

G_DEFINE_FINAL_TYPE (ForlopIntakeDialog, forlop_intake_dialog, ADW_TYPE_DIALOG)

/* What is read on a thread of its own. */
typedef struct {
  ForlopIntakeKind kind;
  GFile *file;
  char *name;
  gint64 now;
} Reading;

typedef struct {
  GtkWidget *parent;
  ForlopSession *session;
  ForlopIntakeKind kind;
} Choice;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->file);
  g_free (reading->name);
  g_free (reading);
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static GWeakRef *
weak_to (ForlopIntakeDialog *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);

  return weak;
}

static void
fail (ForlopIntakeDialog *self,
      const char         *sentence)
{
  gtk_widget_set_visible (self->import_button, FALSE);
  g_object_set (self->failed_state, "description", sentence, NULL);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_busy (ForlopIntakeDialog *self,
           const char         *words)
{
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_label_set_label (self->busy_label, words);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

/* --- What became of the rows ------------------------------------------------------------------------------------- */

static int
by_line (gconstpointer a,
         gconstpointer b)
{
  const ForlopCsvProblem *one = *(const ForlopCsvProblem *const *) a;
  const ForlopCsvProblem *other = *(const ForlopCsvProblem *const *) b;

  return (one->line > other->line) - (one->line < other->line);
}

static AdwPreferencesGroup *
add_group (ForlopIntakeDialog *self,
           const char         *title,
           const char         *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (self->report_box, group);

  return ADW_PREFERENCES_GROUP (group);
}

/* Of citizens and of measurements, on trial and when it is done. */
static const char *
words_of (ForlopIntakeDialog  *self,
          ForlopIntakeOutcome  outcome)
{
  switch (outcome)
    {
    case FORLOP_INTAKE_ADDED:
      return self->is_trial ? _("Will be added") : _("Added");
    case FORLOP_INTAKE_UPDATED:
      return self->is_trial ? _("Will be changed") : _("Changed");
    case FORLOP_INTAKE_UNCHANGED:
      return self->is_trial ? _("Are here already") : _("Were here already");
    case FORLOP_INTAKE_KEPT:
      return self->is_trial ? _("Cannot be used, and will wait among the unknown measurements")
                            : _("Wait among the unknown measurements, under Follow-up");
    case FORLOP_INTAKE_REFUSED:
      return self->is_trial ? _("Cannot be used, and will be left out") : _("Left out");
    case FORLOP_INTAKE_N_OUTCOMES:
    default:
      g_return_val_if_reached ("");
    }
}

static void
add_counts (ForlopIntakeDialog       *self,
            const ForlopIntakeReport *report)
{
  static const ForlopIntakeOutcome order[] = {
    FORLOP_INTAKE_ADDED, FORLOP_INTAKE_UPDATED, FORLOP_INTAKE_UNCHANGED, FORLOP_INTAKE_KEPT, FORLOP_INTAKE_REFUSED,
  };
  g_autofree char *rows =
    g_strdup_printf (ngettext ("%u row", "%u rows", report->n_rows), report->n_rows);
  g_autofree char *name = g_markup_escape_text (self->name, -1);
  AdwPreferencesGroup *group = add_group (self, name, rows);

  for (unsigned int i = 0; i < G_N_ELEMENTS (order); i++)
    {
      unsigned int n = report->n_outcomes[order[i]];
      g_autofree char *number = g_strdup_printf ("%u", n);
      GtkWidget *row, *label;

      if (n == 0)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words_of (self, order[i]));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      label = gtk_label_new (number);
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      adw_preferences_group_add (group, row);
    }
}

static void
add_left_out (ForlopIntakeDialog       *self,
              const ForlopIntakeReport *report)
{
  AdwPreferencesGroup *group;

  if ((report->unknown_columns == NULL || report->unknown_columns[0] == NULL) && report->unknown_units->len == 0)
    return;

  group = add_group (self, _("Not taken in"), NULL);
  for (unsigned int i = 0; report->unknown_columns != NULL && report->unknown_columns[i] != NULL; i++)
    {
      g_autofree char *words = g_strdup_printf (_("The column “%s” is not known and was left out."),
                                                report->unknown_columns[i]);

      adw_preferences_group_add (group, forlop_words_row_new (words, NULL));
    }
  for (unsigned int i = 0; i < report->unknown_units->len; i++)
    {
      const ForlopCsvProblem *unit = g_ptr_array_index (report->unknown_units, i);
      g_autofree char *words =
        g_strdup_printf (_("Line %u: there is no unit “%s”. The citizen comes without a unit; let the "
                           "administrator make the unit and import the file again."), unit->line, unit->value);

      adw_preferences_group_add (group, forlop_words_row_new (words, NULL));
    }
}

static char *
dup_place (const ForlopCsvProblem *problem)
{
  g_autofree char *line = g_strdup_printf (_("Line %u"), problem->line);
  g_autofree char *cell = *problem->column != '\0'
                            ? g_strdup_printf (_(", %s: “%s”"), problem->column, problem->value) : g_strdup ("");

  return g_strconcat (line, cell, NULL);
}

static void
add_problems (ForlopIntakeDialog       *self,
              const ForlopIntakeReport *report)
{
  AdwPreferencesGroup *group;

  if (report->problems->len == 0)
    return;

  g_ptr_array_sort (report->problems, by_line);
  group = add_group (self, _("Rows that cannot be used"),
                     self->is_trial ? _("What is easily put right in the file, put right there first, and choose it again.")
                                    : NULL);
  for (unsigned int i = 0; i < MIN (report->problems->len, MAX_SHOWN); i++)
    {
      const ForlopCsvProblem *problem = g_ptr_array_index (report->problems, i);
      g_autofree char *place = dup_place (problem);

      adw_preferences_group_add (group, forlop_words_row_new (place, problem->reason));
    }
  if (report->problems->len > MAX_SHOWN)
    {
      unsigned int more = report->problems->len - MAX_SHOWN;
      g_autofree char *words = g_strdup_printf (ngettext ("And %u more", "And %u more", more), more);

      adw_preferences_group_add (group, forlop_words_row_new (words, NULL));
    }
}

static void
show_report (ForlopIntakeDialog *self)
{
  const ForlopIntakeReport *report = forlop_intake_get_report (self->intake);
  unsigned int n = report->n_outcomes[FORLOP_INTAKE_ADDED] + report->n_outcomes[FORLOP_INTAKE_UPDATED] +
                   report->n_outcomes[FORLOP_INTAKE_KEPT];
  GtkWidget *child;
  const char *words;

  if (report->n_rows == 0)
    {
      fail (self, _("The file has a heading and no rows. Nothing was imported; look whether it is the right file."));
      return;
    }

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->report_box))) != NULL)
    gtk_box_remove (self->report_box, child);
  if (!self->is_trial)
    words = _("The file is imported.");
  else if (n == 0)
    words = _("There is nothing to import: nothing would be changed.");
  else
    words = _("Nothing is changed yet. Look at what will happen, and import.");
  child = gtk_label_new (words);
  gtk_label_set_wrap (GTK_LABEL (child), TRUE);
  gtk_label_set_xalign (GTK_LABEL (child), 0);
  gtk_widget_add_css_class (child, "heading");
  gtk_box_append (self->report_box, child);
  add_counts (self, report);
  add_left_out (self, report);
  add_problems (self, report);
  gtk_widget_set_visible (self->import_button, self->is_trial && n > 0);
  gtk_stack_set_visible_child_name (self->stack, "report");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  if (self->is_trial && n > 0)
    {
      adw_dialog_set_default_widget (ADW_DIALOG (self), self->import_button);
      gtk_widget_grab_focus (self->import_button);
    }
}

/* --- Row by row -------------------------------------------------------------------------------------------------- */

static void take_next (ForlopIntakeDialog *self);

static DexFuture *
taken_cb (DexFuture *future,
          gpointer   user_data)
{
  g_autoptr (ForlopIntakeDialog) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return NULL;
  if (dex_future_get_value (future, &error) == NULL)
    {
      fail (self, error->message);
      return NULL;
    }
  gtk_progress_bar_set_fraction (self->progress_bar, forlop_intake_get_share (self->intake));
  take_next (self);

  return NULL;
}

/* A dialog that is closed takes no more rows. */
static void
take_next (ForlopIntakeDialog *self)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (forlop_intake_is_done (self->intake))
    show_report (self);
  else
    dex_future_disown (
      dex_future_finally (forlop_intake_take (self->intake, self->store), taken_cb, weak_to (self), weak_free));
}

static void
import_cb (ForlopIntakeDialog *self)
{
  self->is_trial = FALSE;
  show_busy (self, _("Importing… When you close this, what has come stays, and the file can be imported again for the rest."));
  forlop_intake_begin (self->intake, self->actor, FALSE);
  take_next (self);
}

static gpointer
read_on_worker (gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  Reading *reading = user_data;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (reading->file, cancellable, &problem);

  if (stream == NULL)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The file “%s” cannot be read. Nothing was changed; choose another file, or ask for leave to read "
                     "this one. (%s)"), reading->name, problem->message);
      return NULL;
    }

  return forlop_intake_read (reading->kind, G_INPUT_STREAM (stream), reading->name, reading->now, cancellable, error);
}

static DexFuture *
read_cb (DexFuture *future,
         gpointer   user_data)
{
  g_autoptr (ForlopIntakeDialog) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopIntake) intake = forlop_worker_steal (future, &error);

  if (self == NULL)
    return NULL;
  if (intake == NULL)
    {
      fail (self, error->message);
      return NULL;
    }
  self->intake = g_steal_pointer (&intake);
  self->is_trial = TRUE;
  show_busy (self, _("Trying every row. Nothing is changed."));
  forlop_intake_begin (self->intake, self->actor, TRUE);
  take_next (self);

  return NULL;
}

static void
begin_reading (ForlopIntakeDialog *self,
               GFile              *file)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->kind = self->kind;
  reading->file = g_object_ref (file);
  reading->name = g_strdup (self->name);
  reading->now = forlop_session_now (self->session);
  show_busy (self, _("Reading the file…"));
  self->reader = forlop_worker_new ("intake");
  dex_future_disown (dex_future_finally (
    forlop_worker_run (self->reader, read_on_worker, reading, reading_free, (GDestroyNotify) forlop_intake_unref), read_cb,
    weak_to (self), weak_free));
}

static void
forlop_intake_dialog_dispose (GObject *object)
{
  ForlopIntakeDialog *self = FORLOP_INTAKE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->actor, forlop_actor_free);
  g_clear_pointer (&self->intake, forlop_intake_unref);
  g_clear_pointer (&self->name, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), FORLOP_TYPE_INTAKE_DIALOG);

  G_OBJECT_CLASS (forlop_intake_dialog_parent_class)->dispose (object);
}

static void
forlop_intake_dialog_class_init (ForlopIntakeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_intake_dialog_dispose;
  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/citizens/forlop-intake-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopIntakeDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopIntakeDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopIntakeDialog, busy_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopIntakeDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ForlopIntakeDialog, report_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopIntakeDialog, failed_state);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
}

static void
forlop_intake_dialog_init (ForlopIntakeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
forlop_intake_dialog_present (GtkWidget        *parent,
                              ForlopSession    *session,
                              ForlopIntakeKind  kind,
                              GFile            *file)
{
  ForlopIntakeDialog *self;
  const ForlopAct *act = forlop_intake_act (kind);
  g_autofree char *base = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (G_IS_FILE (file));

  base = g_file_get_basename (file);
  self = g_object_new (FORLOP_TYPE_INTAKE_DIALOG, "title",
                       kind == FORLOP_INTAKE_CITIZENS ? _("Citizens from a file") : _("Measurements from a file"), NULL);
  self->kind = kind;
  self->session = g_object_ref (session);
  self->store = g_object_ref (forlop_session_get_store (session));
  self->actor = forlop_session_dup_actor (session);
  self->name = g_filename_display_name (base);
  adw_dialog_present (ADW_DIALOG (self), parent);
  if (forlop_act_allows_role (act, self->actor->role))
    begin_reading (self, file);
  else
    {
      g_autofree char *sentence =
        g_strdup_printf (_("“%s” is not for the function %s. Nothing was changed. Change your function, or ask "
                           "somebody who may do it."), _(act->label), forlop_role_label (self->actor->role));

      fail (self, sentence);
    }
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Choice *choice = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);

  if (file != NULL && forlop_session_get_store (choice->session) != NULL &&
      forlop_session_get_actor (choice->session) != NULL)
    forlop_intake_dialog_present (choice->parent, choice->session, choice->kind, file);
  g_object_unref (choice->parent);
  g_object_unref (choice->session);
  g_free (choice);
}

void
forlop_intake_dialog_begin (GtkWidget        *parent,
                            ForlopSession    *session,
                            ForlopIntakeKind  kind)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) lists = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  Choice *choice;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  choice = g_new0 (Choice, 1);
  choice->parent = g_object_ref (parent);
  choice->session = g_object_ref (session);
  choice->kind = kind;
  gtk_file_filter_set_name (lists, _("Lists (CSV)"));
  gtk_file_filter_add_suffix (lists, "csv");
  gtk_file_filter_add_suffix (lists, "txt");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, lists);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, kind == FORLOP_INTAKE_CITIZENS ? _("Citizens from a file")
                                                                     : _("Measurements from a file"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (parent)), NULL, chosen_cb, choice);
}
