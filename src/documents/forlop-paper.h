/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A page of A4 that is written from top to bottom. All lengths are points, 1/72 of an inch. Without a drawing context
 * nothing is drawn, so that the same code says how high something is. */

#define FORLOP_PAPER_WIDTH 595.28
#define FORLOP_PAPER_HEIGHT 841.89
#define FORLOP_PAPER_MARGIN 42.0

typedef enum {
  FORLOP_PAPER_TITLE,
  FORLOP_PAPER_NAME,
  FORLOP_PAPER_HEADING,
  FORLOP_PAPER_STRONG,
  FORLOP_PAPER_BODY,
  FORLOP_PAPER_SMALL,
  FORLOP_PAPER_TINY,
  /* What a citizen reads. */
  FORLOP_PAPER_LETTER_TITLE,
  FORLOP_PAPER_LETTER_HEADING,
  FORLOP_PAPER_LETTER_STRONG,
  FORLOP_PAPER_LETTER_BODY,
  FORLOP_PAPER_LETTER_SMALL,
} ForlopPaperStyle;

/**
 * ForlopPaper:
 * @cr: (nullable): what is drawn on; %NULL to measure.
 * @y: where the next line begins.
 */
typedef struct {
  cairo_t *cr;
  PangoContext *context;
  double y;
} ForlopPaper;

/* Measures until it is given something to draw on. */
void   forlop_paper_init    (ForlopPaper      *self);
void   forlop_paper_clear   (ForlopPaper      *self);
/* Writes @text at (@left, @self->y) and returns its height; @self->y stays. @max_lines 0: as many as it takes. */
double forlop_paper_text    (ForlopPaper      *self,
                             ForlopPaperStyle  style,
                             PangoAlignment    alignment,
                             double            left,
                             double            width,
                             unsigned int      max_lines,
                             const char       *text);
/* @text set in @style, as wide as @width, and what structure it is of the document. */
PangoLayout *forlop_paper_layout_new (ForlopPaper      *self,
                                      ForlopPaperStyle  style,
                                      double            width,
                                      const char       *text) G_GNUC_WARN_UNUSED_RESULT;
const char  *forlop_paper_style_tag  (ForlopPaperStyle  style);
/* The whole width between the margins, below what is there; @indent from the left. @self->y goes on. */
void   forlop_paper_line    (ForlopPaper      *self,
                             ForlopPaperStyle  style,
                             double            indent,
                             unsigned int      max_lines,
                             const char       *text);
/* A mark before the text, which does not go below it. */
void   forlop_paper_bullet  (ForlopPaper      *self,
                             double            indent,
                             unsigned int      max_lines,
                             const char       *text);
void   forlop_paper_skip    (ForlopPaper      *self,
                             double            height);
/* A hairline over the whole width, at @self->y. */
void   forlop_paper_rule    (ForlopPaper      *self,
                             double            width);

/* Draws page @page, from 0, once. */
typedef void (*ForlopPaperFunc) (cairo_t      *cr,
                                 unsigned int  page,
                                 gpointer      user_data);

/**
 * ForlopPaperInfo:
 * @title: what a reader of the file shows as its name; never a name or number of a citizen.
 * @made_at: when.
 */
typedef struct {
  const char *title;
  const char *author;
  gint64 made_at;
} ForlopPaperInfo;

/* The pages as PDF, tagged and with its fonts inside. */
GBytes *forlop_paper_to_pdf (ForlopPaperFunc        func,
                             gpointer               user_data,
                             unsigned int           n_pages,
                             const ForlopPaperInfo *info,
                             GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
