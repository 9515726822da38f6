/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-plot-private.h"

#include <math.h>

#include "forlop-severity-shape.h"

/* What happened, on the axis of the readings. */

/* Pixels */
#define ROW 18
#define SIZE 11
#define HATCH 7
#define STRIP 4
#define WAVE 5
#define LABEL_ROOM 64

enum {
  IN_PLOT = -1,
  ALERTS,
  OTHERS,
  N_ROWS,
};

static int
row_of (const ForlopChartMark *mark)
{
  switch (mark->kind)
    {
    case FORLOP_CHART_MARK_ALERT:
      return ALERTS;
    case FORLOP_CHART_MARK_CONTACT:
    case FORLOP_CHART_MARK_EQUIPMENT:
    case FORLOP_CHART_MARK_UNCERTAIN:
      return OTHERS;
    case FORLOP_CHART_MARK_PLAN:
    case FORLOP_CHART_MARK_PAUSE:
    case FORLOP_CHART_MARK_OBSERVATION:
    default:
      return IN_PLOT;
    }
}

static void
find_rows (ForlopChartSeries *series,
           gboolean           used[N_ROWS])
{
  unsigned int n_marks;
  const ForlopChartMark *marks = forlop_chart_series_get_marks (series, &n_marks);

  used[ALERTS] = used[OTHERS] = FALSE;
  for (unsigned int i = 0; i < n_marks; i++)
    if (row_of (&marks[i]) != IN_PLOT)
      used[row_of (&marks[i])] = TRUE;
}

double
forlop_chart_plot_marks_height (ForlopChartSeries *series)
{
  gboolean used[N_ROWS];

  find_rows (series, used);

  return ROW * ((used[ALERTS] ? 1 : 0) + (used[OTHERS] ? 1 : 0));
}

/* The middle of a mark: in a row below the plot, or at the head of the plot. */
static graphene_point_t
middle_of (const ForlopChartPlot *self,
           const ForlopChartMark *mark)
{
  float x = forlop_chart_plot_x (self, mark->from_ms);
  float foot = (float) (self->frame.top + self->frame.height);
  gboolean used[N_ROWS];

  if (row_of (mark) == IN_PLOT)
    return GRAPHENE_POINT_INIT (x, (float) self->frame.top - 11);
  find_rows (self->series, used);
  if (row_of (mark) == OTHERS && used[ALERTS])
    foot += ROW;

  return GRAPHENE_POINT_INIT (x, foot + ROW / 2.f + 1);
}

static void
draw_hatch (const ForlopChartPlot *self,
            GtkSnapshot           *snapshot,
            float                  left,
            float                  right)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TREND);
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskStroke) stroke = gsk_stroke_new (1);
  g_autoptr(GskPath) path = NULL;
  float top = (float) self->frame.top;
  float height = (float) self->frame.height;

  for (float x = left - height; x < right; x += HATCH)
    {
      gsk_path_builder_move_to (builder, x, top + height);
      gsk_path_builder_line_to (builder, x + height, top);
    }
  path = gsk_path_builder_to_path (builder);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (left, top, right - left, height));
  gtk_snapshot_push_opacity (snapshot, 0.5);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

/* A label is drawn where the one before it leaves room; the words are read out all the same. */
static void
draw_in_plot (const ForlopChartPlot *self,
              GtkSnapshot           *snapshot,
              const ForlopChartMark *mark,
              float                 *free_from)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TREND);
  float left = forlop_chart_plot_x (self, mark->from_ms);
  float right = fmaxf (forlop_chart_plot_x (self, mark->to_ms), left + 2);
  float top = (float) self->frame.top;

  if (mark->kind == FORLOP_CHART_MARK_PAUSE)
    draw_hatch (self, snapshot, left, right);
  else if (mark->kind == FORLOP_CHART_MARK_OBSERVATION)
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (left, top, right - left, STRIP));
  else
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (roundf (left), top - 4, 1,
                                                    (float) self->frame.height + 4));
  if (left < *free_from)
    return;
  forlop_chart_plot_text (self, snapshot, mark->label, left, top - 13, 0);
  *free_from = left + LABEL_ROOM;
}

/* A speech bubble for a contact, a box with a plug for equipment: outlines, told apart from the shapes
 * of severities. */
static GskPath *
build_sign (ForlopChartMarkKind kind,
            float               x,
            float               y)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();

  if (kind == FORLOP_CHART_MARK_CONTACT)
    {
      gsk_path_builder_move_to (builder, x - 5, y - 4);
      gsk_path_builder_line_to (builder, x + 5, y - 4);
      gsk_path_builder_line_to (builder, x + 5, y + 2);
      gsk_path_builder_line_to (builder, x, y + 2);
      gsk_path_builder_line_to (builder, x - 3, y + 5);
      gsk_path_builder_line_to (builder, x - 3, y + 2);
      gsk_path_builder_line_to (builder, x - 5, y + 2);
      gsk_path_builder_close (builder);
    }
  else
    {
      gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (x - 5, y - 1, 10, 6));
      gsk_path_builder_move_to (builder, x - 2, y - 1);
      gsk_path_builder_line_to (builder, x - 2, y - 5);
      gsk_path_builder_move_to (builder, x + 2, y - 1);
      gsk_path_builder_line_to (builder, x + 2, y - 5);
    }

  return gsk_path_builder_to_path (builder);
}

/* A wave for as long as the values are uncertain, as "~" stands beside each of them. */
static GskPath *
build_wave (float left,
            float right,
            float y)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();

  gsk_path_builder_move_to (builder, left, y);
  for (float x = left; x <= fmaxf (left, right - 2 * WAVE); x += 2 * WAVE)
    {
      gsk_path_builder_quad_to (builder, x + WAVE / 2.f, y - WAVE, x + WAVE, y);
      gsk_path_builder_quad_to (builder, x + 3 * WAVE / 2.f, y + WAVE, x + 2 * WAVE, y);
    }

  return gsk_path_builder_to_path (builder);
}

static void
draw_sign (const ForlopChartPlot *self,
           GtkSnapshot           *snapshot,
           const ForlopChartMark *mark)
{
  graphene_point_t middle = middle_of (self, mark);
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TEXT);
  g_autoptr(GskStroke) stroke = gsk_stroke_new (1.25f);
  g_autoptr(GskPath) path =
    mark->kind == FORLOP_CHART_MARK_UNCERTAIN
      ? build_wave (middle.x, forlop_chart_plot_x (self, mark->to_ms), middle.y)
      : build_sign (mark->kind, middle.x, middle.y);

  gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
}

/* All of one severity in one path; of those in one place one is enough. */
static void
draw_alerts_of (const ForlopChartPlot *self,
                GtkSnapshot           *snapshot,
                ForlopSeverity         severity)
{
  g_autoptr(GskPathBuilder) builder = NULL;
  g_autoptr(GskPath) path = NULL;
  unsigned int n_marks;
  const ForlopChartMark *marks = forlop_chart_series_get_marks (self->series, &n_marks);
  float y = 0;
  float before = -SIZE;

  for (unsigned int i = 0; i < n_marks; i++)
    {
      float x = forlop_chart_plot_x (self, marks[i].from_ms);

      if (row_of (&marks[i]) != ALERTS || marks[i].severity != severity || x - before < 2)
        continue;
      if (builder == NULL)
        {
          builder = gsk_path_builder_new ();
          y = middle_of (self, &marks[i]).y;
        }
      forlop_severity_add_to_path (builder, severity, x, y, SIZE);
      before = x;
    }
  if (builder == NULL)
    return;
  path = gsk_path_builder_to_path (builder);
  forlop_chart_inks_snapshot_path (self->inks, snapshot, severity, path, SIZE);
}

/* Of alerts that stand on one another the worst is drawn last; of other signs of a kind one is enough. */
void
forlop_chart_plot_marks (const ForlopChartPlot *self,
                         GtkSnapshot           *snapshot)
{
  unsigned int n_marks;
  const ForlopChartMark *marks = forlop_chart_series_get_marks (self->series, &n_marks);
  float free_from = 0;
  float drawn_at[] = {
    [FORLOP_CHART_MARK_CONTACT] = -SIZE, [FORLOP_CHART_MARK_EQUIPMENT] = -SIZE,
    [FORLOP_CHART_MARK_UNCERTAIN] = -SIZE,
  };

  for (unsigned int i = 0; i < n_marks; i++)
    if (row_of (&marks[i]) == IN_PLOT)
      draw_in_plot (self, snapshot, &marks[i], &free_from);
    else if (row_of (&marks[i]) == OTHERS)
      {
        float x = forlop_chart_plot_x (self, marks[i].from_ms);
        float *before = &drawn_at[marks[i].kind];

        if (x - *before < SIZE + 1)
          continue;
        draw_sign (self, snapshot, &marks[i]);
        *before = x;
      }
  for (int severity = FORLOP_SEVERITY_NOT_REPORTED; severity <= FORLOP_SEVERITY_RED; severity++)
    draw_alerts_of (self, snapshot, (ForlopSeverity) severity);
}

void
forlop_chart_plot_mark_ring (const ForlopChartPlot *self,
                             GtkSnapshot           *snapshot,
                             unsigned int           mark)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_FOCUS);
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskStroke) stroke = gsk_stroke_new (2);
  g_autoptr(GskPath) ring = NULL;
  graphene_point_t middle;
  unsigned int n_marks;
  const ForlopChartMark *marks = forlop_chart_series_get_marks (self->series, &n_marks);

  if (mark >= n_marks)
    return;

  middle = middle_of (self, &marks[mark]);
  gsk_path_builder_add_circle (builder, &middle, SIZE - 2);
  ring = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, ring, stroke, &color);
}

int
forlop_chart_plot_find_mark (const ForlopChartPlot *self,
                             float                  x,
                             float                  y)
{
  unsigned int n_marks;
  const ForlopChartMark *marks = forlop_chart_series_get_marks (self->series, &n_marks);
  float best = SIZE;
  int found = -1;

  for (unsigned int i = 0; i < n_marks; i++)
    {
      graphene_point_t middle = middle_of (self, &marks[i]);
      float distance = fabsf (middle.x - x);

      if (fabsf (middle.y - y) > ROW / 2.f || distance > best ||
          (distance >= best && found >= 0 && marks[i].severity <= marks[found].severity))
        continue;
      best = distance;
      found = (int) i;
    }

  return found;
}
