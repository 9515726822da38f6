/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-place-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-severity-shape.h"

struct _ForlopPlaceRow
{
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkWidget *shape;
  GtkLabel *name_label;
  GtkLabel *state_label;

  /* Owned */
  ForlopWorkplace *place;

  unsigned int n_red;
};

G_DEFINE_FINAL_TYPE (ForlopPlaceRow, forlop_place_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_counts (unsigned int n_red,
            unsigned int n_yellow)
{
  g_autofree char *red = g_strdup_printf (ngettext ("%u red", "%u red", n_red), n_red);
  g_autofree char *yellow = g_strdup_printf (ngettext ("%u yellow", "%u yellow", n_yellow), n_yellow);

  if (n_red > 0 && n_yellow > 0)
    return g_strdup_printf ("%s · %s", red, yellow);
  if (n_red > 0)
    return g_steal_pointer (&red);
  if (n_yellow > 0)
    return g_steal_pointer (&yellow);

  return g_strdup (_("Nobody needs follow-up now"));
}

static void
update (ForlopPlaceRow *self)
{
  ForlopSession *session = forlop_workplace_get_session (self->place);
  const unsigned int n_red = forlop_session_get_count (session, "follow-up/red");
  const unsigned int n_yellow = forlop_session_get_count (session, "follow-up/yellow");
  g_autofree char *state = NULL;
  g_autofree char *spoken = NULL;

  if (forlop_workplace_has_other_passphrase (self->place))
    state = g_strdup (_("Not open: it has another passphrase. Press to write it."));
  else if (!forlop_workplace_is_open (self->place))
    state = g_strdup (_("Not open. Press to open it."));
  else if (forlop_session_get_count (session, "follow-up/counted") == 0)
    state = g_strdup (_("Being counted…"));
  else
    state = dup_counts (n_red, n_yellow);
  spoken = g_strdup_printf ("%s: %s", forlop_workplace_get_name (self->place), state);

  forlop_severity_shape_set_severity (FORLOP_SEVERITY_SHAPE (self->shape),
                                      n_red > 0 ? FORLOP_SEVERITY_RED : FORLOP_SEVERITY_YELLOW);
  gtk_widget_set_visible (self->shape, n_red + n_yellow > 0);
  gtk_label_set_label (self->name_label, forlop_workplace_get_name (self->place));
  gtk_label_set_label (self->state_label, state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (n_red > self->n_red && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), spoken, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  self->n_red = n_red;
}

static void
forlop_place_row_dispose (GObject *object)
{
  g_clear_object (&FORLOP_PLACE_ROW (object)->place);
  gtk_widget_dispose_template (GTK_WIDGET (object), FORLOP_TYPE_PLACE_ROW);

  G_OBJECT_CLASS (forlop_place_row_parent_class)->dispose (object);
}

static void
forlop_place_row_class_init (ForlopPlaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_place_row_dispose;

  g_type_ensure (FORLOP_TYPE_SEVERITY_SHAPE);
  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/shell/places/forlop-place-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopPlaceRow, shape);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlaceRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlaceRow, state_label);
}

static void
forlop_place_row_init (ForlopPlaceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
forlop_place_row_new (ForlopWorkplace *place)
{
  ForlopPlaceRow *self;

  g_return_val_if_fail (FORLOP_IS_WORKPLACE (place), NULL);

  self = g_object_new (FORLOP_TYPE_PLACE_ROW, NULL);
  self->place = g_object_ref (place);
  g_signal_connect_object (place, "notify::name", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (forlop_workplace_get_session (place), "notify::store", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (forlop_workplace_get_session (place), "count-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

ForlopWorkplace *
forlop_place_row_get_place (ForlopPlaceRow *self)
{
  g_return_val_if_fail (FORLOP_IS_PLACE_ROW (self), NULL);

  return self->place;
}
