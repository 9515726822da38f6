/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-paper.h"

G_BEGIN_DECLS

/* Text that goes on over as many pages as it needs. A document is one function that writes everything from the top;
 * it is run once to count the pages, and once for each page that is drawn. */

#define FORLOP_FLOW_MARGIN 62.0
#define FORLOP_FLOW_WIDTH (FORLOP_PAPER_WIDTH - 2 * FORLOP_FLOW_MARGIN)

/**
 * ForlopFlow:
 * @paper: its @cr stands only while the page that is drawn is written.
 * @page: the page that is written, from 0.
 * @left: where text begins, and how wide it is in @width.
 */
typedef struct {
  ForlopPaper paper;
  cairo_t *cr;
  unsigned int page;
  unsigned int drawn_page;
  double left;
  double width;
} ForlopFlow;

typedef void (*ForlopFlowFunc) (ForlopFlow *flow,
                                gpointer    user_data);

/* A paragraph, which may go on on the next page. */
void         forlop_flow_text    (ForlopFlow       *self,
                                  ForlopPaperStyle  style,
                                  const char       *text);
/* A heading with room above; it is never the last thing on a page. */
void         forlop_flow_heading (ForlopFlow       *self,
                                  const char       *text);
/* A paragraph with a dot before it. */
void         forlop_flow_bullet  (ForlopFlow       *self,
                                  const char       *text);
void         forlop_flow_skip    (ForlopFlow       *self,
                                  double            height);
/* Goes to the next page unless @height has room here. */
void         forlop_flow_need    (ForlopFlow       *self,
                                  double            height);
/* How high @text is at this width. */
double       forlop_flow_measure (ForlopFlow       *self,
                                  ForlopPaperStyle  style,
                                  double            width,
                                  const char       *text);
/* A frame around @text, which is kept on one page where a page has room for it. */
void         forlop_flow_box     (ForlopFlow       *self,
                                  const char       *text);

unsigned int forlop_flow_count   (ForlopFlowFunc    func,
                                  gpointer          user_data);
/* @foot: (nullable): what stands at the bottom of the page. */
void         forlop_flow_draw    (ForlopFlowFunc    func,
                                  gpointer          user_data,
                                  unsigned int      page,
                                  const char       *foot,
                                  cairo_t          *cr);

G_END_DECLS
