/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-severity-shape.h"

#include <math.h>

#include "forlop-ink.h"

#define SIDE 16

struct _ForlopSeverityShape
{
  GtkWidget parent_instance;

  GtkWidget *fill;
  ForlopSeverity severity;
};

G_DEFINE_FINAL_TYPE (ForlopSeverityShape, forlop_severity_shape, GTK_TYPE_WIDGET)

const char *
forlop_severity_css_class (ForlopSeverity severity)
{
  switch (severity)
    {
    case FORLOP_SEVERITY_RED:
      return "red";
    case FORLOP_SEVERITY_YELLOW:
      return "yellow";
    case FORLOP_SEVERITY_GREEN:
      return "green";
    case FORLOP_SEVERITY_OBSERVATION:
      return "observation";
    case FORLOP_SEVERITY_IMPLAUSIBLE:
      return "implausible";
    case FORLOP_SEVERITY_NONE:
      return "unset";
    case FORLOP_SEVERITY_NOT_REPORTED:
    default:
      return "missing";
    }
}

static void
add_polygon (GskPathBuilder *builder,
             float           x,
             float           y,
             const float    *points,
             unsigned int    n_points,
             float           scale)
{
  gsk_path_builder_move_to (builder, x + points[0] * scale, y + points[1] * scale);
  for (unsigned int i = 1; i < n_points; i++)
    gsk_path_builder_line_to (builder, x + points[2 * i] * scale, y + points[2 * i + 1] * scale);
  gsk_path_builder_close (builder);
}

/* Points are in parts of half the side, around the middle. */
void
forlop_severity_add_to_path (GskPathBuilder *builder,
                             ForlopSeverity  severity,
                             float           x,
                             float           y,
                             float           size)
{
  static const float square[] = { -0.8f, -0.8f, 0.8f, -0.8f, 0.8f, 0.8f, -0.8f, 0.8f };
  static const float triangle[] = { 0, -0.9f, 0.95f, 0.75f, -0.95f, 0.75f };
  static const float diamond[] = { 0, -0.95f, 0.95f, 0, 0, 0.95f, -0.95f, 0 };
  float half = size / 2;

  g_return_if_fail (builder != NULL);

  switch (severity)
    {
    case FORLOP_SEVERITY_RED:
      add_polygon (builder, x, y, square, 4, half);
      break;
    case FORLOP_SEVERITY_YELLOW:
      add_polygon (builder, x, y, triangle, 3, half);
      break;
    case FORLOP_SEVERITY_OBSERVATION:
    case FORLOP_SEVERITY_NONE:
      add_polygon (builder, x, y, diamond, 4, half);
      break;
    case FORLOP_SEVERITY_IMPLAUSIBLE:
      gsk_path_builder_move_to (builder, x - half * 0.7f, y - half * 0.7f);
      gsk_path_builder_line_to (builder, x + half * 0.7f, y + half * 0.7f);
      gsk_path_builder_move_to (builder, x + half * 0.7f, y - half * 0.7f);
      gsk_path_builder_line_to (builder, x - half * 0.7f, y + half * 0.7f);
      break;
    case FORLOP_SEVERITY_GREEN:
    case FORLOP_SEVERITY_NOT_REPORTED:
    default:
      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), half * 0.82f);
    }
}

static gboolean
is_filled (ForlopSeverity severity)
{
  return severity == FORLOP_SEVERITY_RED || severity == FORLOP_SEVERITY_YELLOW ||
         severity == FORLOP_SEVERITY_GREEN || severity == FORLOP_SEVERITY_OBSERVATION;
}

void
forlop_severity_snapshot_path (GtkSnapshot    *snapshot,
                               ForlopSeverity  severity,
                               GskPath        *path,
                               float           size,
                               const GdkRGBA  *line,
                               const GdkRGBA  *fill)
{
  g_autoptr(GskStroke) stroke = NULL;
  float width;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (path != NULL);
  g_return_if_fail (line != NULL);
  g_return_if_fail (fill != NULL);

  /* The outline carries the contrast where the fill alone would be too light. */
  width = severity == FORLOP_SEVERITY_IMPLAUSIBLE ? size / 6 : size / 9;
  stroke = gsk_stroke_new (fmaxf (1.25f, width));
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);

  if (is_filled (severity))
    gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, fill);
  gtk_snapshot_append_stroke (snapshot, path, stroke, line);
}

void
forlop_severity_snapshot (GtkSnapshot    *snapshot,
                          ForlopSeverity  severity,
                          float           x,
                          float           y,
                          float           size,
                          const GdkRGBA  *line,
                          const GdkRGBA  *fill)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskPath) path = NULL;

  forlop_severity_add_to_path (builder, severity, x, y, size);
  path = gsk_path_builder_to_path (builder);
  forlop_severity_snapshot_path (snapshot, severity, path, size, line, fill);
}

static void
forlop_severity_shape_measure (GtkWidget      *widget G_GNUC_UNUSED,
                               GtkOrientation  orientation G_GNUC_UNUSED,
                               int             for_size G_GNUC_UNUSED,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline G_GNUC_UNUSED,
                               int            *natural_baseline G_GNUC_UNUSED)
{
  *minimum = SIDE;
  *natural = SIDE;
}

static void
forlop_severity_shape_do_snapshot (GtkWidget   *widget,
                                   GtkSnapshot *snapshot)
{
  ForlopSeverityShape *self = FORLOP_SEVERITY_SHAPE (widget);
  GdkRGBA line;
  GdkRGBA fill;

  gtk_widget_get_color (widget, &line);
  gtk_widget_get_color (self->fill, &fill);
  forlop_severity_snapshot (snapshot, self->severity,
                            (float) gtk_widget_get_width (widget) / 2,
                            (float) gtk_widget_get_height (widget) / 2,
                            SIDE, &line, &fill);
}

static void
forlop_severity_shape_dispose (GObject *object)
{
  ForlopSeverityShape *self = FORLOP_SEVERITY_SHAPE (object);

  g_clear_pointer (&self->fill, gtk_widget_unparent);

  G_OBJECT_CLASS (forlop_severity_shape_parent_class)->dispose (object);
}

static void
forlop_severity_shape_class_init (ForlopSeverityShapeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_severity_shape_dispose;
  widget_class->measure = forlop_severity_shape_measure;
  widget_class->snapshot = forlop_severity_shape_do_snapshot;
  gtk_widget_class_set_css_name (widget_class, "severity");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
forlop_severity_shape_init (ForlopSeverityShape *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->fill = forlop_ink_add (GTK_WIDGET (self), "fill");
  self->severity = FORLOP_SEVERITY_RED;
  forlop_severity_shape_set_severity (self, FORLOP_SEVERITY_NOT_REPORTED);
}

GtkWidget *
forlop_severity_shape_new (void)
{
  return g_object_new (FORLOP_TYPE_SEVERITY_SHAPE, NULL);
}

ForlopSeverity
forlop_severity_shape_get_severity (ForlopSeverityShape *self)
{
  g_return_val_if_fail (FORLOP_IS_SEVERITY_SHAPE (self), FORLOP_SEVERITY_NOT_REPORTED);

  return self->severity;
}

void
forlop_severity_shape_set_severity (ForlopSeverityShape *self,
                                    ForlopSeverity       severity)
{
  g_return_if_fail (FORLOP_IS_SEVERITY_SHAPE (self));
  g_return_if_fail (severity <= FORLOP_SEVERITY_RED);

  if (self->severity == severity)
    return;

  gtk_widget_remove_css_class (GTK_WIDGET (self), forlop_severity_css_class (self->severity));
  self->severity = severity;
  gtk_widget_add_css_class (GTK_WIDGET (self), forlop_severity_css_class (severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  forlop_severity_label (severity), -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
