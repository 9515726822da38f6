/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-limit-scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-chart-inks.h"
#include "forlop-chart-scale.h"

/* Pixels */
#define WIDTH 200
#define BAND_HEIGHT 28
#define OWN_HEIGHT 12
#define TEXT_HEIGHT 18
#define SHAPE_SIZE 10
#define GAP 6

/* How far beyond what is shown the line goes, in parts of it. */
#define BEYOND 0.25

struct _ForlopLimitScale
{
  GtkWidget parent_instance;

  ForlopChartInks inks;

  ForlopMeasure measure;
  ForlopLimits limits;
  ForlopLimitProposal own;
  gboolean has_limits;
  gboolean has_own;
};

G_DEFINE_FINAL_TYPE (ForlopLimitScale, forlop_limit_scale, GTK_TYPE_WIDGET)

typedef struct {
  double from;
  double to;
  ForlopSeverity severity;
} Band;

static void
widen (ForlopChartScale *scale,
       double            value)
{
  if (isnan (value))
    return;
  scale->lowest = isnan (scale->lowest) ? value : fmin (scale->lowest, value);
  scale->highest = isnan (scale->highest) ? value : fmax (scale->highest, value);
}

/* Around the limits and the own readings; FALSE where there is nothing to show. */
static gboolean
forlop_limit_scale_get_range (ForlopLimitScale *self,
                              ForlopChartScale *scale)
{
  const ForlopMeasureInfo *info = forlop_measure_info (self->measure);
  double room;

  *scale = (ForlopChartScale) { .lowest = NAN, .highest = NAN };
  for (ForlopLimitKind kind = FORLOP_LIMIT_RED_LOW; self->has_limits && kind <= FORLOP_LIMIT_RED_HIGH; kind++)
    widen (scale, forlop_limits_get (&self->limits, kind));
  if (self->has_own)
    {
      widen (scale, self->own.median - 2 * self->own.spread);
      widen (scale, self->own.median + 2 * self->own.spread);
    }
  if (isnan (scale->lowest))
    return FALSE;

  room = fmax (BEYOND * (scale->highest - scale->lowest), 0.03 * fabs (scale->highest) + 0.1);
  scale->lowest = fmax (scale->lowest - room, info->possible_low);
  scale->highest = fmin (scale->highest + room, info->possible_high);
  scale->step = scale->highest - scale->lowest;

  return scale->step > 0;
}

static double
first_set (double a,
           double b,
           double otherwise)
{
  if (!isnan (a))
    return a;

  return isnan (b) ? otherwise : b;
}

/* From left to right; a limit that is not set gives no band. */
static unsigned int
forlop_limit_scale_get_bands (ForlopLimitScale       *self,
                              const ForlopChartScale *scale,
                              Band                    bands[5])
{
  const ForlopLimits *limits = &self->limits;
  double green_low = first_set (limits->yellow_low, limits->red_low, scale->lowest);
  double green_high = first_set (limits->yellow_high, limits->red_high, scale->highest);
  unsigned int n = 0;

  if (!isnan (limits->red_low))
    bands[n++] = (Band) { scale->lowest, limits->red_low, FORLOP_SEVERITY_RED };
  if (!isnan (limits->yellow_low))
    bands[n++] = (Band) { first_set (limits->red_low, NAN, scale->lowest), limits->yellow_low,
                          FORLOP_SEVERITY_YELLOW };
  bands[n++] = (Band) { green_low, green_high, FORLOP_SEVERITY_GREEN };
  if (!isnan (limits->yellow_high))
    bands[n++] = (Band) { limits->yellow_high, first_set (limits->red_high, NAN, scale->highest),
                          FORLOP_SEVERITY_YELLOW };
  if (!isnan (limits->red_high))
    bands[n++] = (Band) { limits->red_high, scale->highest, FORLOP_SEVERITY_RED };

  return n;
}

static ForlopChartInk
band_ink (ForlopSeverity severity)
{
  if (severity == FORLOP_SEVERITY_RED)
    return FORLOP_CHART_INK_BAND_RED;

  return severity == FORLOP_SEVERITY_YELLOW ? FORLOP_CHART_INK_BAND_YELLOW : FORLOP_CHART_INK_BAND_GREEN;
}

static float
place (const ForlopChartScale *scale,
       double                  value,
       float                   width)
{
  return width * (float) CLAMP (forlop_chart_scale_place (scale, value), 0, 1);
}

static PangoLayout *
layout_new (ForlopLimitScale *self,
            const char       *text,
            int              *width,
            int              *height)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, width, height);

  return layout;
}

static void
draw_layout (ForlopLimitScale *self,
             GtkSnapshot      *snapshot,
             PangoLayout      *layout,
             float             x,
             float             y)
{
  GdkRGBA color = forlop_chart_inks_get (&self->inks, FORLOP_CHART_INK_TEXT);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x), roundf (y)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* The word where there is room for it, the shape wherever there is room for that. */
static void
draw_band (ForlopLimitScale       *self,
           GtkSnapshot            *snapshot,
           const ForlopChartScale *scale,
           const Band             *band,
           float                   width)
{
  float left = place (scale, band->from, width);
  float right = place (scale, band->to, width);
  GdkRGBA color = forlop_chart_inks_get (&self->inks, band_ink (band->severity));
  int text_width, text_height;
  g_autoptr (PangoLayout) layout =
    layout_new (self, forlop_severity_label (band->severity), &text_width, &text_height);
  float whole = SHAPE_SIZE + GAP + (float) text_width;
  float middle = (left + right) / 2;

  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (left, 0, right - left, BAND_HEIGHT));
  if (right - left < SHAPE_SIZE + 2)
    return;
  if (right - left < whole + 2 * GAP)
    {
      forlop_chart_inks_snapshot_point (&self->inks, snapshot, band->severity, middle, BAND_HEIGHT / 2.f,
                                        SHAPE_SIZE);
      return;
    }
  forlop_chart_inks_snapshot_point (&self->inks, snapshot, band->severity,
                                    middle - whole / 2 + SHAPE_SIZE / 2.f, BAND_HEIGHT / 2.f, SHAPE_SIZE);
  draw_layout (self, snapshot, layout, middle - whole / 2 + SHAPE_SIZE + GAP,
               (BAND_HEIGHT - (float) text_height) / 2);
}

/* The numbers below, as far as they do not run into each other. */
static void
draw_numbers (ForlopLimitScale       *self,
              GtkSnapshot            *snapshot,
              const ForlopChartScale *scale,
              float                   width)
{
  GdkRGBA ink = forlop_chart_inks_get (&self->inks, FORLOP_CHART_INK_TREND);
  float taken = -GAP;

  for (ForlopLimitKind kind = FORLOP_LIMIT_RED_LOW; kind <= FORLOP_LIMIT_RED_HIGH; kind++)
    {
      double limit = forlop_limits_get (&self->limits, kind);
      g_autofree char *number = NULL;
      g_autoptr (PangoLayout) layout = NULL;
      int text_width, text_height;
      float x;

      if (isnan (limit))
        continue;
      x = place (scale, limit, width);
      gtk_snapshot_append_color (snapshot, &ink,
                                 &GRAPHENE_RECT_INIT (roundf (x), 0, 1, BAND_HEIGHT + 4));
      number = forlop_measure_format_number (self->measure, limit);
      layout = layout_new (self, number, &text_width, &text_height);
      x = CLAMP (x - (float) text_width / 2, 0, width - (float) text_width);
      if (x < taken + GAP)
        continue;
      draw_layout (self, snapshot, layout, x, BAND_HEIGHT + OWN_HEIGHT);
      taken = x + (float) text_width;
    }
}

/* Under the bands: a line at the median, and a bar as wide as the spread on both sides of it. */
static void
draw_own (ForlopLimitScale       *self,
          GtkSnapshot            *snapshot,
          const ForlopChartScale *scale,
          float                   width)
{
  GdkRGBA ink = forlop_chart_inks_get (&self->inks, FORLOP_CHART_INK_FOCUS);
  float median = place (scale, self->own.median, width);
  float left = place (scale, self->own.median - self->own.spread, width);
  float right = place (scale, self->own.median + self->own.spread, width);

  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT (left, BAND_HEIGHT + 5, fmaxf (right - left, 2), 2));
  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT (roundf (median) - 1, BAND_HEIGHT + 1, 3, 10));
}

static void
forlop_limit_scale_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  ForlopLimitScale *self = FORLOP_LIMIT_SCALE (widget);
  float width = (float) gtk_widget_get_width (widget);
  gboolean has_any = self->has_limits && !forlop_limits_is_empty (&self->limits);
  ForlopChartScale scale;

  if (!forlop_limit_scale_get_range (self, &scale))
    {
      GdkRGBA grid = forlop_chart_inks_get (&self->inks, FORLOP_CHART_INK_GRID);

      gtk_snapshot_append_color (snapshot, &grid, &GRAPHENE_RECT_INIT (0, 0, width, BAND_HEIGHT));
      return;
    }

  if (has_any)
    {
      Band bands[5];
      unsigned int n_bands = forlop_limit_scale_get_bands (self, &scale, bands);

      for (unsigned int i = 0; i < n_bands; i++)
        draw_band (self, snapshot, &scale, &bands[i], width);
      draw_numbers (self, snapshot, &scale, width);
    }
  else
    {
      GdkRGBA grid = forlop_chart_inks_get (&self->inks, FORLOP_CHART_INK_GRID);

      gtk_snapshot_append_color (snapshot, &grid, &GRAPHENE_RECT_INIT (0, 0, width, BAND_HEIGHT));
    }
  if (self->has_own)
    draw_own (self, snapshot, &scale, width);
}

static void
forlop_limit_scale_measure (GtkWidget      *widget G_GNUC_UNUSED,
                            GtkOrientation  orientation,
                            int             for_size G_GNUC_UNUSED,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline G_GNUC_UNUSED,
                            int            *natural_baseline G_GNUC_UNUSED)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                          ? WIDTH : BAND_HEIGHT + OWN_HEIGHT + TEXT_HEIGHT;
}

static void
forlop_limit_scale_dispose (GObject *object)
{
  forlop_chart_inks_clear (&FORLOP_LIMIT_SCALE (object)->inks);

  G_OBJECT_CLASS (forlop_limit_scale_parent_class)->dispose (object);
}

static void
forlop_limit_scale_class_init (ForlopLimitScaleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_limit_scale_dispose;
  widget_class->snapshot = forlop_limit_scale_snapshot;
  widget_class->measure = forlop_limit_scale_measure;
  gtk_widget_class_set_css_name (widget_class, "limitscale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
forlop_limit_scale_init (ForlopLimitScale *self)
{
  forlop_chart_inks_init (&self->inks, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
forlop_limit_scale_new (void)
{
  return g_object_new (FORLOP_TYPE_LIMIT_SCALE, NULL);
}

/* "Red below 88 %, Yellow below 92 %" */
static char *
dup_words (ForlopLimitScale *self)
{
  static const char *const labels[] = {
    N_("Red below"), N_("Yellow below"), N_("Yellow above"), N_("Red above"),
  };
  g_autoptr (GString) words = g_string_new (NULL);

  for (unsigned int i = 0; self->has_limits && i < G_N_ELEMENTS (labels); i++)
    {
      double limit = forlop_limits_get (&self->limits, FORLOP_LIMIT_RED_LOW + i);
      g_autofree char *value = isnan (limit) ? NULL : forlop_measure_format (self->measure, limit);

      if (value != NULL)
        g_string_append_printf (words, "%s%s %s", words->len > 0 ? ", " : "", _(labels[i]), value);
    }

  return words->len > 0 ? g_string_free_and_steal (g_steal_pointer (&words))
                        : g_strdup (_("Limits not set"));
}

void
forlop_limit_scale_set (ForlopLimitScale          *self,
                        ForlopMeasure              measure,
                        const ForlopLimits        *limits,
                        const ForlopLimitProposal *own)
{
  g_autofree char *words = NULL;

  g_return_if_fail (FORLOP_IS_LIMIT_SCALE (self));

  self->measure = measure;
  self->has_limits = limits != NULL;
  if (limits != NULL)
    self->limits = *limits;
  self->has_own = own != NULL && !isnan (own->median);
  if (own != NULL)
    self->own = *own;
  words = dup_words (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  forlop_measure_label (measure), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
