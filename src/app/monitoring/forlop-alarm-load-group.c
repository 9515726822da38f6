/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-alarm-load-group.h"

#include <glib/gi18n-lib.h>

#include "forlop-alarm-load.h"
#include "forlop-limits.h"
#include "forlop-window.h"
#include "forlop-worker.h"

#define PAGE_ROWS 50

struct _ForlopAlarmLoadGroup
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list_box;
  GtkWidget *more;

  /* Owned */
  ForlopSession *session;
  char *unit_id;
  char *case_id; /* where it is about one citizen */

  gint64 now;
  unsigned int n_rows;
  unsigned int asked;
};

enum {
  SIGNAL_LOADED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopAlarmLoadGroup, forlop_alarm_load_group, ADW_TYPE_PREFERENCES_GROUP)

typedef struct {
  GWeakRef page;
  ForlopStore *store;
  char *unit_id;
  char *case_id;
  ForlopAlarmLoadQuery query;
  unsigned int number;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_weak_ref_clear (&asked->page);
  g_object_unref (asked->store);
  g_free (asked->unit_id);
  g_free (asked->case_id);
  g_free (asked);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return forlop_alarm_load_list (connection, &((Asked *) user_data)->query, error);
}

static const char *
rule_label (const ForlopAlarmLoad *load)
{
  static const char *const limits[] = { "red_low", "yellow_low", "yellow_high", "red_high", NULL };

  if (g_strv_contains (limits, load->rule))
    return forlop_limit_kind_label (forlop_limit_kind_from_code (load->rule));
  if (g_str_equal (load->rule, "change"))
    return _("Change over days");
  if (g_str_equal (load->rule, "own_median"))
    return _("Away from own median");
  if (g_str_equal (load->kind, "missing"))
    return _("Missing measurement");
  if (g_str_equal (load->kind, "form"))
    return _("Form");

  return load->rule;
}

/* The citizen is named where there are several. */
static char *
dup_title (ForlopAlarmLoadGroup  *self,
           const ForlopAlarmLoad *load)
{
  g_autofree char *rule = load->measure == FORLOP_MEASURE_UNKNOWN
    ? g_strdup (rule_label (load))
    : g_strdup_printf ("%s · %s", forlop_measure_label (load->measure), rule_label (load));

  if (self->case_id != NULL)
    return g_steal_pointer (&rule);

  return g_strdup_printf ("%s · %s", load->name, rule);
}

static char *
dup_subtitle (const ForlopAlarmLoad *load)
{
  int share = forlop_alarm_load_share (load);
  g_autofree char *counts =
    /* Translators: numbers of alerts */
    g_strdup_printf (_("Alerts in 7 days: %u · 30 days: %u · 90 days: %u"), load->n_7, load->n_30, load->n_90);
  g_autofree char *ends =
    /* Translators: numbers of alerts */
    g_strdup_printf (_("handled %u · set aside or passed %u · open %u"), load->n_handled, load->n_aside, load->n_open);
  g_autofree char *led = share >= 0 ? g_strdup_printf (_("%d %% led to something"), share) : NULL;

  return led != NULL ? g_strdup_printf ("%s\n%s · %s", counts, ends, led) : g_strdup_printf ("%s\n%s", counts, ends);
}

static void
row_activated_cb (ForlopAlarmLoadGroup *self,
                  GtkListBoxRow       *row)
{
  const char *case_id = g_object_get_data (G_OBJECT (row), "case");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "plan", case_id);
}

static void
add_row (ForlopAlarmLoadGroup   *self,
         const ForlopAlarmLoad *load)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (self, load);
  g_autofree char *subtitle = dup_subtitle (load);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), self->case_id == NULL);
  gtk_widget_set_tooltip_text (row, self->case_id == NULL ? _("Open the plan") : NULL);
  gtk_widget_add_css_class (row, "numeric");
  g_object_set_data_full (G_OBJECT (row), "case", g_strdup (load->case_id), g_free);
  if (forlop_alarm_load_is_idle (load))
    {
      GtkWidget *tag = gtk_label_new (_("Look at this one"));

      gtk_widget_add_css_class (tag, "accent");
      gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), tag);
    }
  gtk_list_box_append (self->list_box, row);
  self->n_rows++;
}

static DexFuture *
load_fiber (gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) loads = forlop_worker_await (
    forlop_store_read (asked->store, load_on_worker, asked, NULL, (GDestroyNotify) g_ptr_array_unref), &error);
  g_autoptr (ForlopAlarmLoadGroup) self = g_weak_ref_get (&asked->page);

  if (self == NULL || self->list_box == NULL || asked->number != self->asked)
    return NULL;
  if (loads == NULL)
    {
      forlop_toast_error (GTK_WIDGET (self), error);
      g_signal_emit (self, signals[SIGNAL_LOADED], 0);
      return NULL;
    }
  /* What is there stays until there is something else to show. */
  if (asked->query.offset == 0)
    gtk_list_box_remove_all (self->list_box);
  for (unsigned int i = 0; i < loads->len; i++)
    add_row (self, g_ptr_array_index (loads, i));
  gtk_widget_set_visible (self->more, loads->len == PAGE_ROWS);
  gtk_widget_set_visible (GTK_WIDGET (self->list_box), self->n_rows > 0);
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (self), self->n_rows > 0 ? _("The most alerts first. Where there are many and few lead to something, look at "
                                      "the limit with the citizen's doctor; try other limits in the plan first.")
                                  : _("There were no alerts in the last 90 days."));
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);

  return NULL;
}

static void
read_more (ForlopAlarmLoadGroup *self)
{
  ForlopStore *store = forlop_session_get_store (self->session);
  Asked *asked;

  if (store == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_LOADED], 0);
      return;
    }
  asked = g_new0 (Asked, 1);
  g_weak_ref_init (&asked->page, self);
  asked->store = g_object_ref (store);
  asked->unit_id = g_strdup (self->unit_id);
  asked->case_id = g_strdup (self->case_id);
  asked->query = (ForlopAlarmLoadQuery) { asked->unit_id, asked->case_id, self->now, self->n_rows, PAGE_ROWS };
  asked->number = ++self->asked;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, load_fiber, asked, asked_free));
}

static void
forlop_alarm_load_group_finalize (GObject *object)
{
  ForlopAlarmLoadGroup *self = FORLOP_ALARM_LOAD_GROUP (object);

  g_clear_object (&self->session);
  g_free (self->unit_id);
  g_free (self->case_id);

  G_OBJECT_CLASS (forlop_alarm_load_group_parent_class)->finalize (object);
}

static void
forlop_alarm_load_group_class_init (ForlopAlarmLoadGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_alarm_load_group_finalize;

  /**
   * ForlopAlarmLoadGroup::loaded:
   *
   * What was asked for is shown, or said why not.
   */
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
forlop_alarm_load_group_init (ForlopAlarmLoadGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  GtkWidget *list_box = gtk_list_box_new ();

  self->list_box = GTK_LIST_BOX (list_box);
  self->more = gtk_button_new_with_mnemonic (_("Show _more"));
  adw_preferences_group_set_title (group, _("Alerts by limit and rule"));
  gtk_list_box_set_selection_mode (self->list_box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list_box, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list_box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Alerts by limit and rule"), -1);
  g_signal_connect_object (list_box, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (read_more), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->more, 12);
  gtk_widget_set_visible (self->more, FALSE);
  adw_preferences_group_add (group, list_box);
  adw_preferences_group_add (group, self->more);
}

void
forlop_alarm_load_group_show (ForlopAlarmLoadGroup *self,
                              ForlopSession        *session,
                              const char           *unit_id,
                              const char           *case_id,
                              gint64                now)
{
  g_return_if_fail (FORLOP_IS_ALARM_LOAD_GROUP (self));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_set_str (&self->unit_id, unit_id);
  g_set_str (&self->case_id, case_id);
  self->now = now;
  self->n_rows = 0;
  read_more (self);
}
