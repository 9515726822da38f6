/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-trial.h"

#include <glib/gi18n-lib.h>

#include "forlop-load.h"
#include "forlop-plan-store.h"
#include "forlop-severity-mark.h"

/* Milliseconds without a key before it is counted. */
#define REST_MS 250
#define N_PERIODS 2

static const int periods[N_PERIODS] = { 30, 90 };

static const ForlopSeverity rows[] = {
  FORLOP_SEVERITY_RED, FORLOP_SEVERITY_YELLOW, FORLOP_SEVERITY_GREEN,
};

/* One line for each colour, then the alerts. */
#define N_ROWS (G_N_ELEMENTS (rows) + 1)

typedef struct {
  char *citizen_id;
  ForlopPlanVersion alternative;
  gint64 now;
  unsigned int generation;
} Question;

typedef struct {
  ForlopFiredCount present[N_PERIODS];
  ForlopFiredCount tried[N_PERIODS];
  unsigned int generation;
} Answer;

struct _ForlopPlanTrial
{
  AdwBin parent_instance;

  AdwToggleGroup *period;
  GtkLabel *sentence;
  GtkWidget *grid;
  GtkLabel *cells[N_ROWS][2];

  /* Owned */
  ForlopSession *session;
  char *citizen_id;
  Answer *answer;
  ForlopPlanVersion alternative;
  unsigned int source;
  unsigned int generation;
};

G_DEFINE_FINAL_TYPE (ForlopPlanTrial, forlop_plan_trial, ADW_TYPE_BIN)

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->citizen_id);
  g_free (question);
}

static gpointer
try_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  const Question *question = user_data;
  g_autofree Answer *answer = g_new0 (Answer, 1);

  answer->generation = question->generation;
  for (unsigned int i = 0; i < N_PERIODS; i++)
    if (!forlop_plan_store_try (connection, question->citizen_id, &question->alternative, periods[i],
                                question->now, &answer->present[i], &answer->tried[i], error))
      return NULL;

  return g_steal_pointer (&answer);
}

static unsigned int
count_at (const ForlopFiredCount *count,
          unsigned int            row)
{
  return row < G_N_ELEMENTS (rows) ? count->by_severity[rows[row]] : count->alerts;
}

static unsigned int
forlop_plan_trial_get_period (ForlopPlanTrial *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->period), "90") == 0 ? 1 : 0;
}

static void
forlop_plan_trial_show (ForlopPlanTrial *self)
{
  unsigned int period = forlop_plan_trial_get_period (self);
  const ForlopFiredCount *present, *tried;
  g_autofree char *sentence = NULL;

  if (self->answer == NULL)
    return;

  present = &self->answer->present[period];
  tried = &self->answer->tried[period];
  gtk_widget_set_visible (self->grid, present->judged > 0);
  if (present->judged == 0)
    {
      /* Translators: a number of days. */
      sentence = g_strdup_printf (_("Nothing was measured in the last %d days."), periods[period]);
      gtk_label_set_label (self->sentence, sentence);
      return;
    }

  for (unsigned int row = 0; row < N_ROWS; row++)
    {
      g_autofree char *was = g_strdup_printf ("%u", count_at (present, row));
      g_autofree char *would = g_strdup_printf ("%u", count_at (tried, row));

      gtk_label_set_label (self->cells[row][0], was);
      gtk_label_set_label (self->cells[row][1], would);
    }
  /* Translators: the number of readings, of days, of alerts that there were, and that there would have been. */
  sentence = g_strdup_printf (_("%u readings in %d days. Alerts: %u as it was, %u with these limits."),
                              present->judged, periods[period], present->alerts, tried->alerts);
  gtk_label_set_label (self->sentence, sentence);
}

static void
tried_cb (GtkWidget *widget,
          gpointer   result)
{
  ForlopPlanTrial *self = FORLOP_PLAN_TRIAL (widget);
  g_autofree Answer *answer = result;

  if (answer == NULL || answer->generation != self->generation)
    return;

  g_free (self->answer);
  self->answer = g_steal_pointer (&answer);
  forlop_plan_trial_show (self);
  if (gtk_widget_get_mapped (widget))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->sentence),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static gboolean
try_cb (gpointer user_data)
{
  ForlopPlanTrial *self = user_data;
  ForlopStore *store = forlop_session_get_store (self->session);
  Question *question;

  self->source = 0;
  if (store == NULL)
    return G_SOURCE_REMOVE;

  question = g_new0 (Question, 1);
  question->citizen_id = g_strdup (self->citizen_id);
  question->alternative = self->alternative;
  question->now = forlop_session_now (self->session);
  question->generation = self->generation;
  forlop_load (GTK_WIDGET (self), store, try_on_worker, question, question_free, g_free, tried_cb);

  return G_SOURCE_REMOVE;
}

void
forlop_plan_trial_set (ForlopPlanTrial         *self,
                       const ForlopPlanVersion *alternative,
                       const char              *reason)
{
  g_return_if_fail (FORLOP_IS_PLAN_TRIAL (self));

  g_clear_handle_id (&self->source, g_source_remove);
  self->generation++;
  if (alternative == NULL)
    {
      g_clear_pointer (&self->answer, g_free);
      gtk_widget_set_visible (self->grid, FALSE);
      gtk_label_set_label (self->sentence, reason);
      return;
    }

  self->alternative = *alternative;
  self->source = g_timeout_add (self->answer == NULL ? 0 : REST_MS, try_cb, self);
}

gboolean
forlop_plan_trial_get_busy (ForlopPlanTrial *self)
{
  g_return_val_if_fail (FORLOP_IS_PLAN_TRIAL (self), FALSE);

  return self->source != 0 || (self->answer != NULL && self->answer->generation != self->generation);
}

static void
forlop_plan_trial_dispose (GObject *object)
{
  g_clear_handle_id (&FORLOP_PLAN_TRIAL (object)->source, g_source_remove);

  G_OBJECT_CLASS (forlop_plan_trial_parent_class)->dispose (object);
}

static void
forlop_plan_trial_finalize (GObject *object)
{
  ForlopPlanTrial *self = FORLOP_PLAN_TRIAL (object);

  g_clear_object (&self->session);
  g_free (self->citizen_id);
  g_free (self->answer);

  G_OBJECT_CLASS (forlop_plan_trial_parent_class)->finalize (object);
}

static void
forlop_plan_trial_class_init (ForlopPlanTrialClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_plan_trial_dispose;
  G_OBJECT_CLASS (klass)->finalize = forlop_plan_trial_finalize;
}

static GtkLabel *
label_new (const char *text,
           const char *css_class,
           float       xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);

  return GTK_LABEL (label);
}

static GtkWidget *
grid_new (ForlopPlanTrial *self)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  gtk_grid_set_column_spacing (grid, 18);
  gtk_grid_set_row_spacing (grid, 6);
  gtk_grid_attach (grid, GTK_WIDGET (label_new (_("As it was"), "caption", 1)), 1, 0, 1, 1);
  gtk_grid_attach (grid, GTK_WIDGET (label_new (_("With these"), "caption", 1)), 2, 0, 1, 1);
  for (unsigned int row = 0; row < N_ROWS; row++)
    {
      GtkWidget *name = row < G_N_ELEMENTS (rows)
                          ? forlop_severity_mark_new (rows[row])
                          : GTK_WIDGET (label_new (_("Alerts"), "heading", 0));

      if (FORLOP_IS_SEVERITY_MARK (name))
        forlop_severity_mark_set_show_word (FORLOP_SEVERITY_MARK (name), TRUE);
      gtk_widget_set_hexpand (name, TRUE);
      gtk_widget_set_halign (name, GTK_ALIGN_START);
      gtk_grid_attach (grid, name, 0, (int) row + 1, 1, 1);
      for (int column = 0; column < 2; column++)
        {
          self->cells[row][column] = label_new (NULL, "numeric", 1);
          gtk_grid_attach (grid, GTK_WIDGET (self->cells[row][column]), column + 1, (int) row + 1, 1, 1);
        }
    }

  return GTK_WIDGET (grid);
}

static void
forlop_plan_trial_init (ForlopPlanTrial *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->period = ADW_TOGGLE_GROUP (adw_toggle_group_new ());
  for (unsigned int i = 0; i < N_PERIODS; i++)
    {
      AdwToggle *toggle = adw_toggle_new ();
      g_autofree char *name = g_strdup_printf ("%d", periods[i]);
      g_autofree char *label = g_strdup_printf (ngettext ("%d day", "%d days", periods[i]), periods[i]);

      adw_toggle_set_name (toggle, name);
      adw_toggle_set_label (toggle, label);
      adw_toggle_group_add (self->period, toggle);
    }
  gtk_widget_set_halign (GTK_WIDGET (self->period), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->period), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Period"), -1);
  g_signal_connect_object (self->period, "notify::active-name", G_CALLBACK (forlop_plan_trial_show), self,
                           G_CONNECT_SWAPPED);
  self->sentence = label_new (NULL, "body", 0);
  self->grid = grid_new (self);
  gtk_widget_set_visible (self->grid, FALSE);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "forlop-case-record");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label_new (_("Would have fired"), "heading", 0)));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->period));
  gtk_box_append (GTK_BOX (box), self->grid);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sentence));
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
forlop_plan_trial_new (ForlopSession *session,
                       const char    *citizen_id)
{
  ForlopPlanTrial *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_PLAN_TRIAL, NULL);
  self->session = g_object_ref (session);
  self->citizen_id = g_strdup (citizen_id);

  return GTK_WIDGET (self);
}
