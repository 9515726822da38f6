/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-flow.h"

#define TOP 56.0
#define FOOT_ROOM 34.0
#define BOTTOM (FORLOP_PAPER_HEIGHT - 40.0 - FOOT_ROOM)
#define PARAGRAPH_GAP 6.0
#define HEADING_GAP 12.0
#define HEADING_NEEDS 72.0
#define LINE_SPACING 1.22
#define BULLET_ROOM 14.0
#define BOX_ROOM 10.0

/* Only the page that is asked for is drawn; the others are measured. */
static void
begin_page (ForlopFlow *self)
{
  self->paper.cr = self->cr != NULL && self->page == self->drawn_page ? self->cr : NULL;
  self->paper.y = TOP;
}

static void
turn_page (ForlopFlow *self)
{
  self->page++;
  begin_page (self);
}

static gboolean
has_room (ForlopFlow *self,
          double      height)
{
  return self->paper.y + height <= BOTTOM || self->paper.y <= TOP;
}

void
forlop_flow_need (ForlopFlow *self,
                  double      height)
{
  g_return_if_fail (self != NULL);

  if (!has_room (self, height))
    turn_page (self);
}

void
forlop_flow_skip (ForlopFlow *self,
                  double      height)
{
  g_return_if_fail (self != NULL);

  if (self->paper.y > TOP)
    self->paper.y += height;
}

static PangoLayout *
layout_new (ForlopFlow       *self,
            ForlopPaperStyle  style,
            double            width,
            const char       *text)
{
  PangoLayout *layout = forlop_paper_layout_new (&self->paper, style, width, text);

  pango_layout_set_line_spacing (layout, (float) LINE_SPACING);

  return layout;
}

double
forlop_flow_measure (ForlopFlow       *self,
                     ForlopPaperStyle  style,
                     double            width,
                     const char       *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  g_return_val_if_fail (self != NULL, 0);

  layout = layout_new (self, style, width, text);
  pango_layout_get_size (layout, NULL, &height);

  return (double) height / PANGO_SCALE;
}

/* A paragraph that is broken by a page is two in the structure of the document. */
static void
end_tag (ForlopFlow       *self,
         ForlopPaperStyle  style,
         gboolean         *open)
{
  if (*open)
    cairo_tag_end (self->paper.cr, forlop_paper_style_tag (style));
  *open = FALSE;
}

static void
draw_line (ForlopFlow       *self,
           ForlopPaperStyle  style,
           PangoLayoutIter  *iter,
           int               top,
           gboolean         *open)
{
  cairo_t *cr = self->paper.cr;

  if (cr == NULL)
    return;
  if (!*open)
    cairo_tag_begin (cr, forlop_paper_style_tag (style), NULL);
  *open = TRUE;
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, self->left, self->paper.y + (double) (pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE);
  pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
}

void
forlop_flow_text (ForlopFlow       *self,
                  ForlopPaperStyle  style,
                  const char       *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoLayoutIter *iter;
  gboolean open = FALSE;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  layout = layout_new (self, style, self->width, text);
  iter = pango_layout_get_iter (layout);
  do
    {
      double height;
      int top, bottom;

      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      height = (double) (bottom - top) / PANGO_SCALE;
      if (!has_room (self, height))
        {
          end_tag (self, style, &open);
          turn_page (self);
        }
      draw_line (self, style, iter, top, &open);
      self->paper.y += height;
    }
  while (pango_layout_iter_next_line (iter));
  end_tag (self, style, &open);
  pango_layout_iter_free (iter);
  forlop_flow_skip (self, PARAGRAPH_GAP);
}

void
forlop_flow_heading (ForlopFlow *self,
                     const char *text)
{
  g_return_if_fail (self != NULL);

  forlop_flow_skip (self, HEADING_GAP);
  forlop_flow_need (self, HEADING_NEEDS);
  forlop_flow_text (self, FORLOP_PAPER_LETTER_HEADING, text);
}

void
forlop_flow_bullet (ForlopFlow *self,
                    const char *text)
{
  g_return_if_fail (self != NULL);

  forlop_flow_need (self, 18);
  if (self->paper.cr != NULL)
    {
      cairo_new_path (self->paper.cr);
      cairo_arc (self->paper.cr, self->left + 4, self->paper.y + 9.5, 2, 0, 2 * G_PI);
      cairo_set_source_rgb (self->paper.cr, 0, 0, 0);
      cairo_fill (self->paper.cr);
    }
  self->left += BULLET_ROOM;
  self->width -= BULLET_ROOM;
  forlop_flow_text (self, FORLOP_PAPER_LETTER_BODY, text);
  self->left -= BULLET_ROOM;
  self->width += BULLET_ROOM;
}

void
forlop_flow_box (ForlopFlow *self,
                 const char *text)
{
  double height;

  g_return_if_fail (self != NULL);

  height = forlop_flow_measure (self, FORLOP_PAPER_LETTER_STRONG, self->width - 2 * BOX_ROOM, text) + 2 * BOX_ROOM;
  forlop_flow_skip (self, 4);
  forlop_flow_need (self, height);
  if (self->paper.cr != NULL)
    {
      cairo_set_source_rgb (self->paper.cr, 0, 0, 0);
      cairo_set_line_width (self->paper.cr, 1.5);
      cairo_rectangle (self->paper.cr, self->left, self->paper.y, self->width, height);
      cairo_stroke (self->paper.cr);
    }
  self->paper.y += BOX_ROOM;
  self->left += BOX_ROOM;
  self->width -= 2 * BOX_ROOM;
  forlop_flow_text (self, FORLOP_PAPER_LETTER_STRONG, text);
  self->left -= BOX_ROOM;
  self->width += 2 * BOX_ROOM;
  forlop_flow_skip (self, BOX_ROOM);
}

static unsigned int
run (ForlopFlowFunc  func,
     gpointer        user_data,
     unsigned int    page,
     const char     *foot,
     cairo_t        *cr)
{
  ForlopFlow self = { .cr = cr, .drawn_page = page, .left = FORLOP_FLOW_MARGIN, .width = FORLOP_FLOW_WIDTH };

  forlop_paper_init (&self.paper);
  begin_page (&self);
  func (&self, user_data);
  if (cr != NULL && foot != NULL)
    {
      self.paper.cr = cr;
      self.paper.y = FORLOP_PAPER_HEIGHT - 40.0 - 12;
      forlop_paper_text (&self.paper, FORLOP_PAPER_LETTER_SMALL, PANGO_ALIGN_CENTER, FORLOP_FLOW_MARGIN,
                         FORLOP_FLOW_WIDTH, 1, foot);
    }
  forlop_paper_clear (&self.paper);

  return self.page + 1;
}

unsigned int
forlop_flow_count (ForlopFlowFunc func,
                   gpointer       user_data)
{
  g_return_val_if_fail (func != NULL, 0);

  return run (func, user_data, 0, NULL, NULL);
}

void
forlop_flow_draw (ForlopFlowFunc  func,
                  gpointer        user_data,
                  unsigned int    page,
                  const char     *foot,
                  cairo_t        *cr)
{
  g_return_if_fail (func != NULL);
  g_return_if_fail (cr != NULL);

  run (func, user_data, page, foot, cr);
}
