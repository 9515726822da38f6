/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-limit-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-act-draft.h"
#include "forlop-act-run.h"
#include "forlop-format.h"
#include "forlop-limit-scale.h"
#include "forlop-plan-data.h"

#define N_LIMITS 4
#define FIRST_KIND FORLOP_LIMIT_RED_LOW
/* Milliseconds without a key before what is typed is kept. */
#define REST_MS 600

static const char *const fields[N_LIMITS] = { "red_low", "yellow_low", "yellow_high", "red_high" };

static const char *const labels[N_LIMITS] = {
  N_("Red below"), N_("Yellow below"), N_("Yellow above"), N_("Red above"),
};

struct _ForlopLimitRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *entries[N_LIMITS];
  GtkWidget *scale;
  GtkLabel *error_label;
  GtkLabel *own_label;
  GtkLabel *kept_label;
  GtkWidget *propose_button;
  GtkWidget *save_button;

  /* Owned */
  ForlopSession *session;
  char *plan_id;
  char *limit_id; /* NULL: nothing is saved */
  ForlopMeasure measure;
  ForlopLimitProposal own;
  ForlopLimits saved;
  unsigned int keep_source;
  gboolean filling;
  gboolean changed;
  gboolean loaded;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopLimitRow, forlop_limit_row, ADW_TYPE_PREFERENCES_ROW)

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static double *
limit_at (ForlopLimits *limits,
          unsigned int  i)
{
  double *const places[N_LIMITS] = { &limits->red_low, &limits->yellow_low, &limits->yellow_high,
                                     &limits->red_high };

  return places[i];
}

static gboolean
forlop_limit_row_read (ForlopLimitRow  *self,
                       ForlopLimits    *limits,
                       GError         **error)
{
  forlop_limits_init (limits, self->measure);
  for (unsigned int i = 0; i < N_LIMITS; i++)
    {
      g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entries[i])));

      g_strstrip (text);
      if (*text != '\0' && !forlop_number_parse (text, limit_at (limits, i), error))
        return FALSE;
    }

  return forlop_limits_validate (limits, error);
}

/* An impossible unit, a swapped pair: the own readings would be red. */
static char *
dup_doubt (ForlopLimitRow     *self,
           const ForlopLimits *limits)
{
  g_autofree char *median = NULL;
  ForlopLimitKind kind;

  if (isnan (self->own.median))
    return NULL;
  kind = forlop_limits_judge (limits, self->own.median);
  if (kind != FORLOP_LIMIT_RED_LOW && kind != FORLOP_LIMIT_RED_HIGH)
    return NULL;
  median = forlop_measure_format (self->measure, self->own.median);

  /* Translators: a value with its unit. */
  return g_strdup_printf (_("▲ The citizen's own median, %s, would be red. Check that the limits are in the "
                            "right place."), median);
}

static void
forlop_limit_row_show (ForlopLimitRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *doubt = NULL;
  ForlopLimits limits;
  gboolean good = forlop_limit_row_read (self, &limits, &error);

  if (good)
    doubt = dup_doubt (self, &limits);
  forlop_limit_scale_set (FORLOP_LIMIT_SCALE (self->scale), self->measure, good ? &limits : NULL, &self->own);
  forlop_limit_row_set_error (self, good ? doubt : error->message);
  if (good && doubt != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->error_label), "error");
      gtk_widget_set_sensitive (self->save_button, TRUE);
    }
}

static char *
dup_typed (ForlopLimitRow *self)
{
  return g_strjoin ("\n", gtk_editable_get_text (GTK_EDITABLE (self->entries[0])),
                    gtk_editable_get_text (GTK_EDITABLE (self->entries[1])),
                    gtk_editable_get_text (GTK_EDITABLE (self->entries[2])),
                    gtk_editable_get_text (GTK_EDITABLE (self->entries[3])), NULL);
}

/* @body (transfer full) NULL throws away what was kept. */
static void
forlop_limit_row_keep (ForlopLimitRow *self,
                       char           *body)
{
  g_autofree char *key = forlop_plan_draft_key (self->plan_id, forlop_measure_code (self->measure));

  g_clear_handle_id (&self->keep_source, g_source_remove);
  forlop_draft_keep (self->session, key, body);
}

static gboolean
keep_cb (gpointer user_data)
{
  ForlopLimitRow *self = user_data;

  self->keep_source = 0;
  forlop_limit_row_keep (self, dup_typed (self));

  return G_SOURCE_REMOVE;
}

static void
forlop_limit_row_set_changed (ForlopLimitRow *self,
                              gboolean        changed)
{
  self->changed = changed;
  gtk_widget_set_visible (self->save_button, changed);
  gtk_widget_set_visible (GTK_WIDGET (self->kept_label), changed);
  gtk_label_set_label (self->kept_label, _("Not saved yet"));
}

static void
typed_cb (ForlopLimitRow *self)
{
  if (self->filling)
    return;

  forlop_limit_row_set_changed (self, TRUE);
  forlop_limit_row_show (self);
  g_clear_handle_id (&self->keep_source, g_source_remove);
  self->keep_source = g_timeout_add (REST_MS, keep_cb, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
forlop_limit_row_fill (ForlopLimitRow     *self,
                       const ForlopLimits *limits)
{
  self->filling = TRUE;
  for (unsigned int i = 0; i < N_LIMITS; i++)
    {
      double value = forlop_limits_get (limits, FIRST_KIND + i);
      g_autofree char *text = isnan (value) ? g_strdup ("") : forlop_measure_format_number (self->measure, value);

      gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), text);
    }
  self->filling = FALSE;
}

static void
propose_cb (ForlopLimitRow *self)
{
  forlop_limit_row_fill (self, &self->own.limits);
  typed_cb (self);
  gtk_widget_grab_focus (self->entries[0]);
}

static void
saved_cb (const GError *error,
          gpointer      user_data)
{
  g_autoptr (ForlopLimitRow) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (error != NULL)
    {
      forlop_limit_row_set_error (self, error->message);
      return;
    }
  forlop_limit_row_keep (self, NULL);
  forlop_limit_row_set_changed (self, FALSE);
}

static ForlopRecord *
arguments_new (ForlopLimitRow     *self,
               const ForlopAct    *act,
               const ForlopLimits *limits)
{
  ForlopRecord *arguments = forlop_acts_new_arguments (act, NULL);

  forlop_record_set_text (arguments, "care_plan_id", self->plan_id);
  forlop_record_set_text (arguments, "code", forlop_measure_code (self->measure));
  for (unsigned int i = 0; i < N_LIMITS; i++)
    {
      double value = forlop_limits_get (limits, FIRST_KIND + i);

      if (!isnan (value))
        forlop_record_set_real (arguments, fields[i], value);
    }

  return arguments;
}

static void
save_cb (ForlopLimitRow *self)
{
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autoptr (GError) error = NULL;
  ForlopActCall call;
  ForlopLimits limits;
  GWeakRef *weak;

  if (!self->changed || !forlop_limit_row_read (self, &limits, &error))
    return;

  if (!forlop_limits_is_empty (&limits))
    {
      call.act = forlop_act_find ("set-limit");
      arguments = arguments_new (self, call.act, &limits);
    }
  else if (self->limit_id != NULL)
    {
      call.act = forlop_act_find ("remove-limit");
      arguments = forlop_acts_new_arguments (call.act, NULL);
      forlop_record_set_text (arguments, "limit_id", self->limit_id);
    }
  else
    {
      forlop_limit_row_keep (self, NULL);
      forlop_limit_row_set_changed (self, FALSE);
      return;
    }

  call.arguments = arguments;
  /* The button goes when all is saved; the keyboard stays. */
  if (gtk_widget_has_focus (self->save_button))
    gtk_widget_grab_focus (self->entries[0]);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  forlop_act_run (GTK_WIDGET (self), self->session, &call, 1, saved_cb, weak, weak_ref_free);
}

static void
forlop_limit_row_dispose (GObject *object)
{
  ForlopLimitRow *self = FORLOP_LIMIT_ROW (object);

  /* Leaving never loses what was typed. */
  if (self->keep_source != 0 && forlop_session_get_store (self->session) != NULL)
    forlop_limit_row_keep (self, dup_typed (self));
  g_clear_handle_id (&self->keep_source, g_source_remove);

  G_OBJECT_CLASS (forlop_limit_row_parent_class)->dispose (object);
}

static void
forlop_limit_row_finalize (GObject *object)
{
  ForlopLimitRow *self = FORLOP_LIMIT_ROW (object);

  g_clear_object (&self->session);
  g_free (self->plan_id);
  g_free (self->limit_id);

  G_OBJECT_CLASS (forlop_limit_row_parent_class)->finalize (object);
}

static void
forlop_limit_row_class_init (ForlopLimitRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = forlop_limit_row_dispose;
  object_class->finalize = forlop_limit_row_finalize;

  /**
   * ForlopLimitRow::changed:
   *
   * Somebody typed.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static GtkLabel *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);

  return GTK_LABEL (label);
}

static GtkWidget *
entry_box_new (ForlopLimitRow *self,
               unsigned int    i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkLabel *label = label_new ("caption");
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *name = g_strdup_printf ("%s, %s", forlop_measure_label (self->measure), _(labels[i]));

  gtk_label_set_label (label, _(labels[i]));
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  gtk_box_append (GTK_BOX (box), entry);
  self->entries[i] = entry;

  return box;
}

static GtkWidget *
entries_new (ForlopLimitRow *self)
{
  GtkWidget *wrap = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (wrap), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (wrap), 6);
  for (unsigned int i = 0; i < N_LIMITS; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (wrap), entry_box_new (self, i));

  return wrap;
}

static GtkWidget *
head_new (ForlopLimitRow *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkLabel *name = label_new ("heading");
  g_autofree char *text = forlop_measure_dup_heading (self->measure);

  gtk_label_set_label (name, text);
  self->kept_label = label_new ("dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (name));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->kept_label));
  self->save_button = gtk_button_new_with_label (_("Save"));
  gtk_widget_set_tooltip_text (self->save_button, _("Save these limits (Enter)"));
  gtk_widget_set_valign (self->save_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->save_button);

  return head;
}

static void
forlop_limit_row_build (ForlopLimitRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *own = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->scale = forlop_limit_scale_new ();
  self->error_label = label_new ("error");
  g_object_set (self->error_label, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  self->own_label = label_new ("caption");
  gtk_widget_set_hexpand (GTK_WIDGET (self->own_label), TRUE);
  self->propose_button = gtk_button_new_with_label (_("Use"));
  gtk_widget_set_valign (self->propose_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->propose_button, _("Fill in the proposal. Nothing is saved by it."));
  g_signal_connect_object (self->propose_button, "clicked", G_CALLBACK (propose_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (own), GTK_WIDGET (self->own_label));
  gtk_box_append (GTK_BOX (own), self->propose_button);

  gtk_widget_add_css_class (box, "forlop-case-record");
  gtk_box_append (GTK_BOX (box), head_new (self));
  gtk_box_append (GTK_BOX (box), entries_new (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->error_label));
  gtk_box_append (GTK_BOX (box), self->scale);
  gtk_box_append (GTK_BOX (box), own);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

static void
forlop_limit_row_init (ForlopLimitRow *self G_GNUC_UNUSED)
{
}

GtkWidget *
forlop_limit_row_new (ForlopSession *session,
                      const char    *plan_id,
                      ForlopMeasure  measure)
{
  ForlopLimitRow *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (plan_id != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_LIMIT_ROW, "activatable", FALSE, "focusable", FALSE, "title",
                       forlop_measure_label (measure), NULL);
  self->session = g_object_ref (session);
  self->plan_id = g_strdup (plan_id);
  self->measure = measure;
  forlop_limit_row_build (self);

  return GTK_WIDGET (self);
}

ForlopMeasure
forlop_limit_row_get_measure (ForlopLimitRow *self)
{
  g_return_val_if_fail (FORLOP_IS_LIMIT_ROW (self), FORLOP_MEASURE_UNKNOWN);

  return self->measure;
}

/* "red below 84, yellow below 87" */
static char *
dup_proposed (ForlopLimitRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < N_LIMITS; i++)
    {
      double value = forlop_limits_get (&self->own.limits, FIRST_KIND + i);
      g_autofree char *number = isnan (value) ? NULL : forlop_measure_format_number (self->measure, value);
      g_autofree char *label = g_utf8_strdown (_(labels[i]), -1);

      if (number != NULL)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", label, number);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
forlop_limit_row_show_own (ForlopLimitRow *self)
{
  gboolean proposes = !forlop_limits_is_empty (&self->own.limits);
  g_autofree char *median = NULL;
  g_autofree char *spread = NULL;
  g_autofree char *measured = NULL;
  g_autofree char *proposed = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->propose_button, proposes);
  if (isnan (self->own.median))
    {
      gtk_label_set_label (self->own_label, _("No readings of the last 30 days."));
      return;
    }

  median = forlop_measure_format (self->measure, self->own.median);
  spread = forlop_number_format (self->own.spread, 1, FALSE);
  /* Translators: the number of readings, then median and spread. */
  measured = g_strdup_printf (ngettext ("%u reading of the last 30 days: median %s, spread %s.",
                                        "%u readings of the last 30 days: median %s, spread %s.",
                                        self->own.n_readings),
                              self->own.n_readings, median, spread);
  if (proposes)
    {
      proposed = dup_proposed (self);
      /* Translators: what comes before it, then "red below 84, yellow below 87". */
      text = g_strdup_printf (_("%s Proposal, to be set by a doctor: %s."), measured, proposed);
    }
  gtk_label_set_label (self->own_label, text != NULL ? text : measured);
}

static void
forlop_limit_row_restore (ForlopLimitRow    *self,
                          const ForlopDraft *draft)
{
  g_auto (GStrv) typed = g_strsplit (draft->body, "\n", N_LIMITS);

  self->filling = TRUE;
  for (unsigned int i = 0; i < N_LIMITS && typed[i] != NULL; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), typed[i]);
  self->filling = FALSE;
  forlop_limit_row_set_changed (self, TRUE);
  gtk_label_set_label (self->kept_label, _("What you typed was kept"));
}

void
forlop_limit_row_load (ForlopLimitRow            *self,
                       ForlopRecord              *limit,
                       const ForlopLimitProposal *own,
                       const ForlopDraft         *draft)
{
  g_return_if_fail (FORLOP_IS_LIMIT_ROW (self));
  g_return_if_fail (own != NULL);

  self->own = *own;
  g_set_str (&self->limit_id, limit != NULL ? forlop_record_get_id (limit) : NULL);
  forlop_limits_init (&self->saved, self->measure);
  for (unsigned int i = 0; limit != NULL && i < N_LIMITS; i++)
    if (forlop_record_has (limit, fields[i]))
      *limit_at (&self->saved, i) = forlop_record_get_real (limit, fields[i]);
  forlop_limit_row_show_own (self);
  if (!self->changed)
    {
      forlop_limit_row_fill (self, &self->saved);
      forlop_limit_row_set_changed (self, FALSE);
      if (draft != NULL && !self->loaded)
        forlop_limit_row_restore (self, draft);
    }
  self->loaded = TRUE;
  forlop_limit_row_show (self);
}

gboolean
forlop_limit_row_get_limits (ForlopLimitRow *self,
                             ForlopLimits   *limits)
{
  g_return_val_if_fail (FORLOP_IS_LIMIT_ROW (self), FALSE);
  g_return_val_if_fail (limits != NULL, FALSE);

  return forlop_limit_row_read (self, limits, NULL);
}

gboolean
forlop_limit_row_get_changed (ForlopLimitRow *self)
{
  g_return_val_if_fail (FORLOP_IS_LIMIT_ROW (self), FALSE);

  return self->changed;
}

void
forlop_limit_row_set_error (ForlopLimitRow *self,
                            const char     *sentence)
{
  g_return_if_fail (FORLOP_IS_LIMIT_ROW (self));

  gtk_label_set_label (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), sentence != NULL);
  gtk_widget_set_sensitive (self->save_button, sentence == NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->error_label), "error");
  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "mistake");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "mistake");
}
