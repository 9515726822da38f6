/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fold-row.h"

struct _ForlopFoldRow
{
  GtkListBoxRow parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *arrow;

  /* Borrowed: in the same list, once it was opened */
  GtkWidget *inside;

  ForlopFoldFill fill;
  gpointer user_data;
  GDestroyNotify user_data_free;
  unsigned int can_open : 1;
  unsigned int open : 1;
};

enum {
  PROP_0,
  PROP_OPEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopFoldRow, forlop_fold_row, GTK_TYPE_LIST_BOX_ROW)

static GtkWidget *
new_text (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
forlop_fold_row_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_OPEN)
    g_value_set_boolean (value, forlop_fold_row_get_open (FORLOP_FOLD_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_fold_row_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (prop_id == PROP_OPEN)
    forlop_fold_row_set_open (FORLOP_FOLD_ROW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_fold_row_finalize (GObject *object)
{
  ForlopFoldRow *self = FORLOP_FOLD_ROW (object);

  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);

  G_OBJECT_CLASS (forlop_fold_row_parent_class)->finalize (object);
}

static void
forlop_fold_row_class_init (ForlopFoldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_fold_row_get_property;
  object_class->set_property = forlop_fold_row_set_property;
  object_class->finalize = forlop_fold_row_finalize;

  properties[PROP_OPEN] =
    g_param_spec_boolean ("open", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_fold_row_init (ForlopFoldRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  /* The classes of the rows of a boxed list. */
  gtk_widget_add_css_class (self->box, "header");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
}

GtkWidget *
forlop_fold_row_new (const char *title,
                     const char *subtitle,
                     gboolean    can_open)
{
  ForlopFoldRow *self = g_object_new (FORLOP_TYPE_FOLD_ROW, NULL);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title_label, *subtitle_label;

  g_return_val_if_fail (title != NULL, GTK_WIDGET (self));
  g_return_val_if_fail (subtitle != NULL, GTK_WIDGET (self));

  title_label = new_text (title, "title");
  subtitle_label = new_text (subtitle, "subtitle");
  self->can_open = !!can_open;
  gtk_widget_add_css_class (texts, "title");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), title_label);
  gtk_box_append (GTK_BOX (texts), subtitle_label);
  gtk_box_append (GTK_BOX (self->box), texts);

  self->arrow = gtk_image_new_from_icon_name (can_open ? "adw-expander-arrow-symbolic" : NULL);
  gtk_widget_add_css_class (self->arrow, "forlop-fold-arrow");
  gtk_box_append (GTK_BOX (self->box), self->arrow);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), can_open);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, title_label, NULL,
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, subtitle_label, NULL, -1);
  if (can_open)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);

  return GTK_WIDGET (self);
}

void
forlop_fold_row_add_suffix (ForlopFoldRow *self,
                            GtkWidget     *suffix)
{
  g_return_if_fail (FORLOP_IS_FOLD_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (suffix));

  gtk_box_insert_child_after (GTK_BOX (self->box), suffix, gtk_widget_get_prev_sibling (self->arrow));
}

void
forlop_fold_row_set_fill (ForlopFoldRow  *self,
                          ForlopFoldFill  fill,
                          gpointer        user_data,
                          GDestroyNotify  user_data_free)
{
  g_return_if_fail (FORLOP_IS_FOLD_ROW (self));
  g_return_if_fail (fill != NULL && self->fill == NULL);

  self->fill = fill;
  self->user_data = user_data;
  self->user_data_free = user_data_free;
}

gboolean
forlop_fold_row_get_open (ForlopFoldRow *self)
{
  g_return_val_if_fail (FORLOP_IS_FOLD_ROW (self), FALSE);

  return self->open;
}

void
forlop_fold_row_set_open (ForlopFoldRow *self,
                          gboolean       open)
{
  GtkWidget *list;

  g_return_if_fail (FORLOP_IS_FOLD_ROW (self));

  list = gtk_widget_get_parent (GTK_WIDGET (self));
  g_return_if_fail (GTK_IS_LIST_BOX (list));
  if (self->open == !!open || !self->can_open)
    return;

  self->open = !!open;
  if (self->inside == NULL)
    {
      self->inside = self->fill (self->user_data);
      gtk_widget_add_css_class (self->inside, "forlop-fold-inside");
      gtk_list_box_insert (GTK_LIST_BOX (list), self->inside,
                           gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self)) + 1);
    }
  gtk_widget_set_visible (self->inside, open);
  if (open)
    gtk_widget_add_css_class (self->arrow, "open");
  else
    gtk_widget_remove_css_class (self->arrow, "open");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, !!open, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN]);
}

static void
row_activated_cb (GtkListBox    *list G_GNUC_UNUSED,
                  GtkListBoxRow *row)
{
  if (FORLOP_IS_FOLD_ROW (row))
    forlop_fold_row_set_open (FORLOP_FOLD_ROW (row), !forlop_fold_row_get_open (FORLOP_FOLD_ROW (row)));
}

void
forlop_fold_row_connect (GtkListBox *list)
{
  g_return_if_fail (GTK_IS_LIST_BOX (list));

  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), NULL);
}
