/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-case-data.h"
#include "forlop-case-page.h"
#include "forlop-empty-state.h"
#include "forlop-next-step.h"
#include "forlop-stepper.h"
#include "forlop-timeline.h"

G_BEGIN_DECLS

/* The parts of the page, shared by the files that fill them. */

typedef struct
{
  /* Template widgets */
  GtkStack *stack;
  AdwBin *failed_bin;
  GtkScrolledWindow *scroller;
  GtkLabel *name_label;
  GtkButton *id_button;
  GtkLabel *protection_label;
  GtkLabel *interpreter_label;
  GtkButton *other_case_button;
  GtkLabel *waiting_label;
  GtkListBox *refused_list;
  GtkLabel *state_label;
  ForlopStepper *stepper;
  ForlopNextStep *next_step;
  GtkWidget *other_duties_list;
  AdwExpanderRow *other_duties;
  AdwBin *no_case_bin;
  GtkWidget *switcher_scroller;
  AdwViewStack *tabs;
  AdwBin *overview_bin;
  AdwBin *plan_bin;
  GtkWidget *record_button;
  AdwBin *charts_bin;
  AdwBin *measurements_bin;
  AdwBin *equipment_bin;
  AdwBin *documents_bin;
  AdwBin *benefits_bin;
  AdwBin *log_bin;
  ForlopTimeline *side_timeline;

  /* Owned references */
  ForlopCaseData *data;
  GListStore *entries;
  GPtrArray *duty_rows; /* in other_duties */
  GHashTable *filled;   /* tabs that show the present data */
  GHashTable *expanded; /* record types whose section is open or was closed by hand */
  char *timeline_kind;
  char *last_id;        /* the oldest that is on the time line */
  gint64 last_at;
  unsigned int asked;   /* how many entries the reading under way asks for */
  unsigned int generation;

  unsigned int revealed : 1;
  unsigned int at_rest : 1;
  unsigned int no_more : 1;
  unsigned int reading_older : 1;
} ForlopCasePagePrivate;

ForlopCasePagePrivate *forlop_case_page_private      (ForlopCasePage *self);
/* The code of my role, or NULL. */
const char            *forlop_case_page_get_role     (ForlopCasePage *self);

void                   forlop_case_page_install_actions (GtkWidgetClass  *widget_class);
void                   forlop_case_page_install_scenes  (ForlopViewClass *view_class);

/* Name, age, marks, state, steps, next step. */
void                   forlop_case_page_show_header  (ForlopCasePage *self);
void                   forlop_case_page_show_id      (ForlopCasePage *self);
/* Everything else that must be done, when it is looked at. */
void                   forlop_case_page_fill_duties  (ForlopCasePage *self);
/* Fills the tab that is shown, if it is not. */
void                   forlop_case_page_fill_tab     (ForlopCasePage *self);

G_END_DECLS
