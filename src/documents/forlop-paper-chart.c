/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-paper-chart.h"

#include <math.h>

#define AXIS 26   /* room for the numbers at the right */
#define DATES 9   /* and for the dates below */
#define HATCH 3.2
/* No line is drawn where nothing was measured for longer than this. */
#define GAP (5 * FORLOP_DAY)

typedef struct {
  cairo_t *cr;
  const ForlopGpTrend *trend;
  const ForlopGpPeriod *period;
  double left;
  double top;
  double width;
  double height;
  double lowest;
  double highest;
} Plot;

static double
x_of (const Plot *plot,
      gint64      at)
{
  double share = (double) (at - plot->period->before) / (double) (plot->period->to - plot->period->before);

  return plot->left + plot->width * CLAMP (share, 0, 1);
}

static double
y_of (const Plot *plot,
      double      value)
{
  double share = (value - plot->lowest) / (plot->highest - plot->lowest);

  return plot->top + plot->height * (1 - CLAMP (share, 0, 1));
}

static void
widen (Plot   *plot,
       double  value)
{
  if (isnan (value))
    return;
  plot->lowest = isnan (plot->lowest) ? value : fmin (plot->lowest, value);
  plot->highest = isnan (plot->highest) ? value : fmax (plot->highest, value);
}

static void
widen_by_limits (Plot               *plot,
                 const ForlopLimits *limits)
{
  widen (plot, limits->red_low);
  widen (plot, limits->yellow_low);
  widen (plot, limits->yellow_high);
  widen (plot, limits->red_high);
}

static gboolean
is_shown (const Plot         *plot,
          const ForlopGpBand *band)
{
  return band->to_ms > plot->period->before && band->from_ms < plot->period->to;
}

static gboolean
set_range (Plot *plot)
{
  double room;

  plot->lowest = plot->highest = NAN;
  for (unsigned int i = 0; i < plot->trend->points->len; i++)
    {
      const ForlopGpPoint *point = &g_array_index (plot->trend->points, ForlopGpPoint, i);

      widen (plot, point->value);
      widen (plot, point->low);
    }
  for (unsigned int i = 0; i < plot->trend->bands->len; i++)
    if (is_shown (plot, &g_array_index (plot->trend->bands, ForlopGpBand, i)))
      widen_by_limits (plot, &g_array_index (plot->trend->bands, ForlopGpBand, i).limits);
  if (isnan (plot->lowest))
    return FALSE;

  room = fmax ((plot->highest - plot->lowest) * 0.1, 0.5);
  plot->lowest -= room;
  plot->highest += room;

  return TRUE;
}

/* Beyond a red limit: light, and hatched. */
static void
draw_zone (const Plot *plot,
           double      left,
           double      right,
           double      low,
           double      high)
{
  double top = y_of (plot, high);
  double foot = y_of (plot, low);

  if (foot <= top || right <= left)
    return;

  cairo_save (plot->cr);
  cairo_rectangle (plot->cr, left, top, right - left, foot - top);
  cairo_set_source_rgb (plot->cr, 0.99, 0.91, 0.90);
  cairo_fill_preserve (plot->cr);
  cairo_clip (plot->cr);
  cairo_set_source_rgb (plot->cr, 0.78, 0.62, 0.62);
  cairo_set_line_width (plot->cr, 0.3);
  for (double x = left - (foot - top); x < right; x += HATCH)
    {
      cairo_move_to (plot->cr, x, foot);
      cairo_line_to (plot->cr, x + foot - top, top);
    }
  cairo_stroke (plot->cr);
  cairo_restore (plot->cr);
}

static void
draw_limit (const Plot *plot,
            double      left,
            double      right,
            double      value,
            gboolean    red)
{
  static const double dashes[] = { 3, 2 };

  if (isnan (value) || right <= left)
    return;
  cairo_set_dash (plot->cr, dashes, red ? 0 : 2, 0);
  cairo_set_line_width (plot->cr, red ? 0.8 : 0.7);
  if (red)
    cairo_set_source_rgb (plot->cr, 0.70, 0.05, 0.10);
  else
    cairo_set_source_rgb (plot->cr, 0.62, 0.44, 0);
  cairo_move_to (plot->cr, left, y_of (plot, value));
  cairo_line_to (plot->cr, right, y_of (plot, value));
  cairo_stroke (plot->cr);
  cairo_set_dash (plot->cr, NULL, 0, 0);
}

/* What lies below the red limit of an upper pressure says nothing of the lower ones that stand there. */
static void
draw_band (const Plot         *plot,
           const ForlopGpBand *band)
{
  gboolean pair = plot->trend->low_measure != FORLOP_MEASURE_UNKNOWN;
  double left = x_of (plot, band->from_ms);
  double right = x_of (plot, band->to_ms);

  if (!isnan (band->limits.red_low) && !pair)
    draw_zone (plot, left, right, plot->lowest, band->limits.red_low);
  if (!isnan (band->limits.red_high))
    draw_zone (plot, left, right, band->limits.red_high, plot->highest);
  draw_limit (plot, left, right, band->limits.red_low, TRUE);
  draw_limit (plot, left, right, band->limits.red_high, TRUE);
  draw_limit (plot, left, right, band->limits.yellow_low, FALSE);
  draw_limit (plot, left, right, band->limits.yellow_high, FALSE);
}

static void
draw_sign (const Plot     *plot,
           double          x,
           double          y,
           ForlopSeverity  severity)
{
  if (severity == FORLOP_SEVERITY_RED)
    {
      cairo_rectangle (plot->cr, x - 1.9, y - 1.9, 3.8, 3.8);
      cairo_set_source_rgb (plot->cr, 0.70, 0.05, 0.10);
    }
  else if (severity == FORLOP_SEVERITY_YELLOW)
    {
      cairo_move_to (plot->cr, x, y - 2.4);
      cairo_line_to (plot->cr, x + 2.4, y + 1.9);
      cairo_line_to (plot->cr, x - 2.4, y + 1.9);
      cairo_close_path (plot->cr);
      cairo_set_source_rgb (plot->cr, 0.98, 0.78, 0.20);
    }
  else
    {
      cairo_arc (plot->cr, x, y, 0.9, 0, 2 * G_PI);
      cairo_set_source_rgb (plot->cr, 0.25, 0.25, 0.25);
      cairo_fill (plot->cr);
      return;
    }
  cairo_fill_preserve (plot->cr);
  cairo_set_source_rgb (plot->cr, 0, 0, 0);
  cairo_set_line_width (plot->cr, 0.5);
  cairo_stroke (plot->cr);
}

/* Of a blood pressure each value has its own sign. */
static void
draw_mark (const Plot          *plot,
           const ForlopGpPoint *point)
{
  double x = x_of (plot, point->at_ms);

  cairo_new_path (plot->cr);
  /* A lower value that came alone stands on a foot. */
  if (isnan (point->value))
    {
      cairo_set_source_rgb (plot->cr, 0.25, 0.25, 0.25);
      cairo_rectangle (plot->cr, x - 4.5, y_of (plot, point->low) - 0.4, 9, 0.8);
      cairo_fill (plot->cr);
    }
  if (!isnan (point->value))
    draw_sign (plot, x, y_of (plot, point->value), point->high_severity);
  if (!isnan (point->low))
    draw_sign (plot, x, y_of (plot, point->low), point->low_severity);
}

static void
draw_points (const Plot *plot)
{
  GArray *points = plot->trend->points;
  const ForlopGpPoint *last = NULL;

  cairo_set_source_rgb (plot->cr, 0.55, 0.55, 0.55);
  cairo_set_line_width (plot->cr, 0.5);
  for (unsigned int i = 0; i < points->len; i++)
    {
      const ForlopGpPoint *point = &g_array_index (points, ForlopGpPoint, i);

      if (plot->trend->low_measure != FORLOP_MEASURE_UNKNOWN)
        {
          if (isnan (point->value) || isnan (point->low))
            continue;
          cairo_move_to (plot->cr, x_of (plot, point->at_ms), y_of (plot, point->value));
          cairo_line_to (plot->cr, x_of (plot, point->at_ms), y_of (plot, point->low));
        }
      else if (last != NULL && point->at_ms - last->at_ms <= GAP)
        {
          cairo_move_to (plot->cr, x_of (plot, last->at_ms), y_of (plot, last->value));
          cairo_line_to (plot->cr, x_of (plot, point->at_ms), y_of (plot, point->value));
        }
      last = point;
    }
  cairo_stroke (plot->cr);

  for (unsigned int i = 0; i < points->len; i++)
    draw_mark (plot, &g_array_index (points, ForlopGpPoint, i));
}

static void
write_date (ForlopPaper    *paper,
            const Plot     *plot,
            gint64          at,
            PangoAlignment  alignment)
{
  double x = x_of (plot, at);
  double shift = alignment == PANGO_ALIGN_LEFT ? 0 : alignment == PANGO_ALIGN_CENTER ? 30 : 60;
  g_autofree char *text = NULL;
  int month, day;

  forlop_date_to_ymd (forlop_instant_to_date (at), NULL, &month, &day);
  text = g_strdup_printf ("%02d.%02d.", day, month);
  forlop_paper_text (paper, FORLOP_PAPER_TINY, alignment, x - shift, 60, 1, text);
}

/* Two numbers that would touch are one too many: the red one stands. */
static void
write_limits (ForlopPaper *paper,
              const Plot  *plot)
{
  const ForlopLimits *limits = &plot->trend->limits;
  const double values[] = { limits->red_low, limits->red_high, limits->yellow_low, limits->yellow_high };
  double taken[G_N_ELEMENTS (values)];
  unsigned int n = 0;

  for (unsigned int i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = NULL;
      gboolean free_place = !isnan (values[i]);
      double y;

      if (!free_place)
        continue;
      y = y_of (plot, values[i]);
      for (unsigned int j = 0; j < n; j++)
        free_place = free_place && fabs (taken[j] - y) > 6;
      if (!free_place)
        continue;
      taken[n++] = y;
      text = forlop_measure_format_number (plot->trend->measure, values[i]);
      paper->y = y - 4.5;
      forlop_paper_text (paper, FORLOP_PAPER_TINY, PANGO_ALIGN_LEFT, plot->left + plot->width + 3, AXIS - 3, 1, text);
    }
}

static void
draw_frame (const Plot *plot)
{
  static const double dashes[] = { 1, 1.5 };
  double x = x_of (plot, plot->period->from);

  cairo_set_source_rgb (plot->cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (plot->cr, 0.4);
  cairo_rectangle (plot->cr, plot->left, plot->top, plot->width, plot->height);
  cairo_stroke (plot->cr);
  cairo_set_source_rgb (plot->cr, 0, 0, 0);
  cairo_set_line_width (plot->cr, 0.8);
  cairo_set_dash (plot->cr, dashes, 2, 0);
  cairo_move_to (plot->cr, x, plot->top);
  cairo_line_to (plot->cr, x, plot->top + plot->height);
  cairo_stroke (plot->cr);
  cairo_set_dash (plot->cr, NULL, 0, 0);
}

void
forlop_paper_chart (ForlopPaper          *paper,
                    const ForlopGpTrend  *trend,
                    const ForlopGpPeriod *period,
                    double                left,
                    double                width,
                    double                height)
{
  Plot plot;
  double top;

  g_return_if_fail (paper != NULL);
  g_return_if_fail (trend != NULL && period != NULL);

  plot = (Plot) { .cr = paper->cr, .trend = trend, .period = period, .left = left, .top = paper->y,
                  .width = width - AXIS, .height = height - DATES };
  if (paper->cr == NULL || !set_range (&plot))
    return;

  top = paper->y;
  for (unsigned int i = 0; i < trend->bands->len; i++)
    if (is_shown (&plot, &g_array_index (trend->bands, ForlopGpBand, i)))
      draw_band (&plot, &g_array_index (trend->bands, ForlopGpBand, i));
  draw_frame (&plot);
  draw_points (&plot);
  write_limits (paper, &plot);
  paper->y = top + plot.height;
  write_date (paper, &plot, period->before, PANGO_ALIGN_LEFT);
  write_date (paper, &plot, period->from, PANGO_ALIGN_CENTER);
  write_date (paper, &plot, period->to, PANGO_ALIGN_RIGHT);
  paper->y = top;
}
