/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-severity-mark.h"

#include <glib/gi18n-lib.h>

#include "forlop-severity-shape.h"

struct _ForlopSeverityMark
{
  AdwBin parent_instance;

  GtkWidget *shape;
  GtkWidget *word;

  ForlopSeverity severity;
  gboolean uncertain;
};

enum {
  PROP_0,
  PROP_SEVERITY,
  PROP_SHOW_WORD,
  PROP_UNCERTAIN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopSeverityMark, forlop_severity_mark, ADW_TYPE_BIN)

static void
forlop_severity_mark_update (ForlopSeverityMark *self)
{
  const char *label = forlop_severity_label (self->severity);
  g_autofree char *shown = NULL;
  g_autofree char *spoken = NULL;

  shown = g_strdup_printf ("%s%s", self->uncertain ? "~ " : "", label);
  /* Translators: a severity whose measurement is uncertain */
  spoken = self->uncertain ? g_strdup_printf (_("%s, uncertain"), label) : g_strdup (label);

  forlop_severity_shape_set_severity (FORLOP_SEVERITY_SHAPE (self->shape), self->severity);
  gtk_label_set_label (GTK_LABEL (self->word),
                       gtk_widget_has_css_class (GTK_WIDGET (self), "brief")
                         ? (self->uncertain ? "~" : "") : shown);
  gtk_widget_set_visible (self->word,
                          self->uncertain || !gtk_widget_has_css_class (GTK_WIDGET (self), "brief"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
forlop_severity_mark_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  ForlopSeverityMark *self = FORLOP_SEVERITY_MARK (object);

  switch (prop_id)
    {
    case PROP_SEVERITY:
      g_value_set_uint (value, self->severity);
      break;
    case PROP_SHOW_WORD:
      g_value_set_boolean (value, forlop_severity_mark_get_show_word (self));
      break;
    case PROP_UNCERTAIN:
      g_value_set_boolean (value, self->uncertain);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_severity_mark_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  ForlopSeverityMark *self = FORLOP_SEVERITY_MARK (object);

  switch (prop_id)
    {
    case PROP_SEVERITY:
      forlop_severity_mark_set_severity (self, g_value_get_uint (value));
      break;
    case PROP_SHOW_WORD:
      forlop_severity_mark_set_show_word (self, g_value_get_boolean (value));
      break;
    case PROP_UNCERTAIN:
      forlop_severity_mark_set_uncertain (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_severity_mark_class_init (ForlopSeverityMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_severity_mark_get_property;
  object_class->set_property = forlop_severity_mark_set_property;

  properties[PROP_SEVERITY] =
    g_param_spec_uint ("severity", NULL, NULL, 0, FORLOP_SEVERITY_RED,
                       FORLOP_SEVERITY_NOT_REPORTED,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SHOW_WORD] =
    g_param_spec_boolean ("show-word", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_UNCERTAIN] =
    g_param_spec_boolean ("uncertain", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "severitymark");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
forlop_severity_mark_init (ForlopSeverityMark *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->shape = forlop_severity_shape_new ();
  self->word = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->word), 0);
  gtk_box_append (GTK_BOX (box), self->shape);
  gtk_box_append (GTK_BOX (box), self->word);
  adw_bin_set_child (ADW_BIN (self), box);
  forlop_severity_mark_update (self);
}

GtkWidget *
forlop_severity_mark_new (ForlopSeverity severity)
{
  return g_object_new (FORLOP_TYPE_SEVERITY_MARK, "severity", (unsigned int) severity, NULL);
}

ForlopSeverity
forlop_severity_mark_get_severity (ForlopSeverityMark *self)
{
  g_return_val_if_fail (FORLOP_IS_SEVERITY_MARK (self), FORLOP_SEVERITY_NOT_REPORTED);

  return self->severity;
}

void
forlop_severity_mark_set_severity (ForlopSeverityMark *self,
                                   ForlopSeverity      severity)
{
  g_return_if_fail (FORLOP_IS_SEVERITY_MARK (self));
  g_return_if_fail (severity <= FORLOP_SEVERITY_RED);

  if (self->severity == severity)
    return;

  self->severity = severity;
  forlop_severity_mark_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEVERITY]);
}

gboolean
forlop_severity_mark_get_show_word (ForlopSeverityMark *self)
{
  g_return_val_if_fail (FORLOP_IS_SEVERITY_MARK (self), FALSE);

  return !gtk_widget_has_css_class (GTK_WIDGET (self), "brief");
}

void
forlop_severity_mark_set_show_word (ForlopSeverityMark *self,
                                    gboolean            show_word)
{
  g_return_if_fail (FORLOP_IS_SEVERITY_MARK (self));

  if (!!show_word == forlop_severity_mark_get_show_word (self))
    return;

  if (show_word)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "brief");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "brief");
  forlop_severity_mark_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_WORD]);
}

gboolean
forlop_severity_mark_get_uncertain (ForlopSeverityMark *self)
{
  g_return_val_if_fail (FORLOP_IS_SEVERITY_MARK (self), FALSE);

  return self->uncertain;
}

void
forlop_severity_mark_set_uncertain (ForlopSeverityMark *self,
                                    gboolean            uncertain)
{
  g_return_if_fail (FORLOP_IS_SEVERITY_MARK (self));

  if (self->uncertain == !!uncertain)
    return;

  self->uncertain = !!uncertain;
  forlop_severity_mark_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNCERTAIN]);
}
