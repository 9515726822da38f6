/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-life.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"
#include "forlop-field-value.h"
#include "forlop-plan-diff.h"
#include "forlop-record-title.h"

struct _ForlopPlanLife
{
  AdwBin parent_instance;

  GtkListBox *versions;
  GtkWidget *compare;
  GtkDropDown *was;
  GtkDropDown *is;
  GtkListBox *changes;

  /* Owned */
  ForlopPlanData *data;
  GPtrArray *plans; /* the newest first; borrowed from @data */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ForlopPlanLife, forlop_plan_life, ADW_TYPE_BIN)

static void
append (GString    *text,
        const char *format,
        const char *first,
        const char *second)
{
  g_autofree char *part = NULL;

  /* The format is one of the translated sentences below. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  part = g_strdup_printf (format, first, second);
#pragma GCC diagnostic pop
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
append_day (GString      *text,
            ForlopRecord *plan,
            const char   *field,
            const char   *format,
            const char   *second)
{
  g_autofree char *day = NULL;

  if (!forlop_record_has (plan, field))
    return;
  day = forlop_record_dup_shown (plan, field);
  append (text, format, day, second);
}

/**
 * forlop_plan_life_text:
 * @names: id → name of the users.
 *
 * Returns: (transfer full): "Sent to the GP 10.09.2026 · Approved 16.09.2026 by Dr. Berg …", what the title does not say; or ""..
 */
char *
forlop_plan_life_text (ForlopRecord *plan,
                       GHashTable   *names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *told_by = NULL;
  const char *approved_by;

  g_return_val_if_fail (FORLOP_IS_RECORD (plan), NULL);

  approved_by = forlop_record_get_text (plan, "approved_by");
  if (forlop_record_has (plan, "informed_by"))
    told_by = g_hash_table_lookup (names, forlop_record_get_text (plan, "informed_by"));
  append_day (text, plan, "sent_on", _("Sent to the GP %s"), NULL);
  append_day (text, plan, "approved_on", _("Approved %s by %s"), approved_by != NULL ? approved_by : "–");
  append_day (text, plan, "approved_how", "%s", NULL);
  append_day (text, plan, "informed_on", _("The citizen was told %s by %s"), told_by != NULL ? told_by : "–");
  if (forlop_record_text_is (plan, "status", "draft") && text->len == 0)
    g_string_append (text, _("Not sent to the GP yet"));
  else if (forlop_record_text_is (plan, "status", "in_force") && !forlop_record_has (plan, "informed_on"))
    append (text, "%s", _("It is not recorded that the citizen was told"), NULL);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
show_versions (ForlopPlanLife *self)
{
  gtk_list_box_remove_all (self->versions);
  for (unsigned int i = 0; i < self->plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (self->plans, i);
      g_autofree char *title = forlop_record_dup_title (plan);
      g_autofree char *life = forlop_plan_life_text (plan, self->data->the_case->names);

      gtk_list_box_append (self->versions,
                           g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                         "subtitle", life, "subtitle-lines", 0, "activatable", FALSE, NULL));
    }
}

static ForlopRecord *
chosen (ForlopPlanLife *self,
        GtkDropDown    *drop_down)
{
  unsigned int selected = gtk_drop_down_get_selected (drop_down);

  return selected < self->plans->len ? g_ptr_array_index (self->plans, selected) : NULL;
}

static GtkWidget *
change_row_new (const ForlopPlanChange *change)
{
  const char *nothing = _("nothing");
  /* Translators: what one version of a plan says, then what the other says. */
  g_autofree char *words = g_strdup_printf (_("Was: %s\nIs: %s"),
                                            change->was != NULL ? change->was : nothing,
                                            change->is != NULL ? change->is : nothing);

  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", change->what, "subtitle", words,
                       "subtitle-lines", 0, "activatable", FALSE, NULL);
}

static void
show_changes (ForlopPlanLife *self)
{
  ForlopRecord *was = chosen (self, self->was);
  ForlopRecord *is = chosen (self, self->is);
  g_autoptr (GPtrArray) changes = NULL;

  if (self->filling || was == NULL || is == NULL)
    return;

  changes = forlop_plan_diff (self->data->the_case->snapshot, was, is, self->data->the_case->names);
  gtk_list_box_remove_all (self->changes);
  for (unsigned int i = 0; i < changes->len; i++)
    gtk_list_box_append (self->changes, change_row_new (g_ptr_array_index (changes, i)));
  if (changes->len == 0)
    gtk_list_box_append (self->changes,
                         g_object_new (ADW_TYPE_ACTION_ROW, "title", _("The two say the same."),
                                       "activatable", FALSE, NULL));
}

/* The newest beside the one before it, until somebody chooses. */
static void
fill_choices (ForlopPlanLife *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (unsigned int i = 0; i < self->plans->len; i++)
    {
      gint64 version = forlop_record_get_integer (g_ptr_array_index (self->plans, i), "version");
      /* What became of each stands above; here it would not fit the narrow window. */
      g_autofree char *name = g_strdup_printf ("%s %d", _("Version"), (int) version);

      gtk_string_list_append (names, name);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->was, G_LIST_MODEL (names));
  gtk_drop_down_set_model (self->is, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->is, 0);
  gtk_drop_down_set_selected (self->was, self->plans->len > 1 ? 1 : 0);
  self->filling = FALSE;
  gtk_widget_set_visible (self->compare, self->plans->len > 1);
  show_changes (self);
}

void
forlop_plan_life_load (ForlopPlanLife *self,
                       ForlopPlanData *data)
{
  GPtrArray *plans;

  g_return_if_fail (FORLOP_IS_PLAN_LIFE (self));
  g_return_if_fail (data != NULL);

  forlop_plan_data_ref (data);
  g_clear_pointer (&self->data, forlop_plan_data_unref);
  self->data = data;
  plans = forlop_snapshot_list (data->the_case->snapshot, "care_plan");
  g_ptr_array_set_size (self->plans, 0);
  for (unsigned int i = plans->len; i > 0; i--)
    g_ptr_array_add (self->plans, g_ptr_array_index (plans, i - 1));
  gtk_widget_set_visible (GTK_WIDGET (self), plans->len > 0);
  show_versions (self);
  fill_choices (self);
}

static void
forlop_plan_life_finalize (GObject *object)
{
  ForlopPlanLife *self = FORLOP_PLAN_LIFE (object);

  g_clear_pointer (&self->data, forlop_plan_data_unref);
  g_clear_pointer (&self->plans, g_ptr_array_unref);

  G_OBJECT_CLASS (forlop_plan_life_parent_class)->finalize (object);
}

static void
forlop_plan_life_class_init (ForlopPlanLifeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_plan_life_finalize;
}

static GtkDropDown *
choice_new (ForlopPlanLife *self,
            const char     *label)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));

  forlop_drop_down_speak (drop_down);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (show_changes), self,
                           G_CONNECT_SWAPPED);

  return drop_down;
}

static GtkListBox *
list_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");

  return GTK_LIST_BOX (list);
}

static GtkWidget *
title_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "title-4");

  return label;
}

static void
forlop_plan_life_init (ForlopPlanLife *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *choices = adw_wrap_box_new ();

  self->plans = g_ptr_array_new ();
  self->versions = list_new ();
  self->changes = list_new ();
  self->was = choice_new (self, _("Compare with"));
  self->is = choice_new (self, _("Version"));
  self->compare = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (choices), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (choices), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (choices), GTK_WIDGET (self->is));
  adw_wrap_box_append (ADW_WRAP_BOX (choices), gtk_label_new (_("compared with")));
  adw_wrap_box_append (ADW_WRAP_BOX (choices), GTK_WIDGET (self->was));
  gtk_box_append (GTK_BOX (self->compare), title_new (_("What has changed")));
  gtk_box_append (GTK_BOX (self->compare), choices);
  gtk_box_append (GTK_BOX (self->compare), GTK_WIDGET (self->changes));

  gtk_box_append (GTK_BOX (box), title_new (_("The life of the plan")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->versions));
  gtk_box_append (GTK_BOX (box), self->compare);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
forlop_plan_life_new (void)
{
  return g_object_new (FORLOP_TYPE_PLAN_LIFE, NULL);
}
