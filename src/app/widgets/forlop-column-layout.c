/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-column-layout.h"

struct _ForlopColumnLayout
{
  GtkLayoutManager parent_instance;

  int maximum;
};

enum {
  PROP_0,
  PROP_MAXIMUM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopColumnLayout, forlop_column_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A child that cannot be made as narrow as that is as wide as it must be. */
static int
child_width (ForlopColumnLayout *self,
             GtkWidget          *child,
             int                 width)
{
  int minimum = 0;

  if (width <= self->maximum)
    return width;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return MIN (width, MAX (self->maximum, minimum));
}

static GtkSizeRequestMode
forlop_column_layout_get_request_mode (GtkLayoutManager *manager G_GNUC_UNUSED,
                                       GtkWidget        *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
forlop_column_layout_measure (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *natural,
                              int              *minimum_baseline G_GNUC_UNUSED,
                              int              *natural_baseline G_GNUC_UNUSED)
{
  ForlopColumnLayout *self = FORLOP_COLUMN_LAYOUT (manager);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum = 0, child_natural = 0;
      int size = for_size;

      if (!gtk_widget_should_layout (child))
        continue;
      if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
        size = child_width (self, child, for_size);
      gtk_widget_measure (child, orientation, size, &child_minimum, &child_natural, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        child_natural = MAX (child_minimum, MIN (child_natural, self->maximum));
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
forlop_column_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline G_GNUC_UNUSED)
{
  ForlopColumnLayout *self = FORLOP_COLUMN_LAYOUT (manager);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int taken;

      if (!gtk_widget_should_layout (child))
        continue;
      taken = child_width (self, child, width);
      gtk_widget_size_allocate (child, &(GtkAllocation) { (width - taken) / 2, 0, taken, height }, -1);
    }
}

static void
forlop_column_layout_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  if (prop_id == PROP_MAXIMUM)
    g_value_set_int (value, FORLOP_COLUMN_LAYOUT (object)->maximum);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_column_layout_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  if (prop_id == PROP_MAXIMUM)
    FORLOP_COLUMN_LAYOUT (object)->maximum = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_column_layout_class_init (ForlopColumnLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = forlop_column_layout_get_property;
  object_class->set_property = forlop_column_layout_set_property;
  layout_class->get_request_mode = forlop_column_layout_get_request_mode;
  layout_class->measure = forlop_column_layout_measure;
  layout_class->allocate = forlop_column_layout_allocate;

  properties[PROP_MAXIMUM] =
    g_param_spec_int ("maximum", NULL, NULL, 0, G_MAXINT, G_MAXINT,
                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_column_layout_init (ForlopColumnLayout *self G_GNUC_UNUSED)
{
}
