/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gp-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-gp-words.h"
#include "forlop-paper-chart.h"

#define WIDTH (FORLOP_PAPER_WIDTH - 2 * FORLOP_PAPER_MARGIN)
#define RIGHT (FORLOP_PAPER_WIDTH - FORLOP_PAPER_MARGIN)
#define FOOT_HEIGHT 34.0
#define BOX_ROOM 6.0

/* The columns of the measures. */
#define MEASURE_WIDTH 106.0
#define PERIOD_WIDTH 98.0
#define COLUMN_GAP 8.0
#define CHART_LEFT (FORLOP_PAPER_MARGIN + MEASURE_WIDTH + 2 * PERIOD_WIDTH + 3 * COLUMN_GAP)
#define HIGH_ROW 104.0
#define LOW_ROW 44.0

/* More of one list never has room. */
#define MOST_LINES 30

/**
 * Fit:
 *
 * How much of each list is shown, and how high the row of a measure is.
 */
typedef struct {
  double row;
  unsigned int asked;
  unsigned int changes;
  unsigned int events;
  unsigned int contacts;
} Fit;

typedef struct {
  const ForlopGpSummary *summary;
  GPtrArray *events;
  ForlopPaper paper;
  Fit fit;
} Page;

static void
write_head (Page *self)
{
  ForlopPaper *paper = &self->paper;
  ForlopRecord *citizen = forlop_snapshot_get_citizen (self->summary->snapshot);
  g_autofree char *person = forlop_gp_words_person (self->summary);
  g_autofree char *period = forlop_gp_words_period (self->summary);
  g_autofree char *date = forlop_gp_words_date (self->summary->period.to);
  g_autofree char *gp = NULL;

  forlop_paper_text (paper, FORLOP_PAPER_NAME, PANGO_ALIGN_RIGHT, FORLOP_PAPER_MARGIN, WIDTH, 1, date);
  forlop_paper_line (paper, FORLOP_PAPER_TITLE, 0, 1, _("Trend summary for the GP"));
  if (forlop_record_has (citizen, "gp"))
    {
      gp = g_strdup_printf (_("To %s"), forlop_record_get_text (citizen, "gp"));
      forlop_paper_text (paper, FORLOP_PAPER_BODY, PANGO_ALIGN_RIGHT, FORLOP_PAPER_MARGIN, WIDTH, 1, gp);
    }
  forlop_paper_line (paper, FORLOP_PAPER_NAME, 0, 1, person);
  forlop_paper_line (paper, FORLOP_PAPER_SMALL, 0, 2, period);
  forlop_paper_skip (paper, 3);
  forlop_paper_rule (paper, 0.8);
  forlop_paper_skip (paper, 6);
}

static void
write_more (Page         *self,
            double        indent,
            unsigned int  n)
{
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more has no room on this page; it is in the case.",
                                       "%u more have no room on this page; they are in the case.", n), n);
  forlop_paper_line (&self->paper, FORLOP_PAPER_SMALL, indent, 1, text);
}

static void
write_changes (Page         *self,
               GPtrArray    *changes,
               unsigned int  shown,
               double        indent)
{
  for (unsigned int i = 0; i < MIN (shown, changes->len); i++)
    {
      g_autofree char *text = forlop_gp_words_change (g_ptr_array_index (changes, i));

      g_strdelimit (text, "\n\r", ' ');
      forlop_paper_bullet (&self->paper, indent, 2, text);
    }
  write_more (self, indent, changes->len - MIN (shown, changes->len));
}

/* First, because it is why the GP reads on. */
static void
write_asked (Page *self)
{
  ForlopPaper *paper = &self->paper;
  double top = paper->y;

  forlop_paper_skip (paper, BOX_ROOM);
  forlop_paper_line (paper, FORLOP_PAPER_HEADING, BOX_ROOM, 1, _("What we ask of you"));
  if (self->summary->question != NULL)
    forlop_paper_line (paper, FORLOP_PAPER_STRONG, BOX_ROOM, 0, self->summary->question);
  if (self->summary->plan_sent != NULL)
    {
      g_autofree char *sent = forlop_gp_words_sent (self->summary);

      forlop_paper_line (paper, FORLOP_PAPER_BODY, BOX_ROOM, 2, sent);
      write_changes (self, self->summary->asked, self->fit.asked, BOX_ROOM);
    }
  if (self->summary->question == NULL && self->summary->plan_sent == NULL)
    forlop_paper_line (paper, FORLOP_PAPER_BODY, BOX_ROOM, 1, _("Nothing this time. This is for your information."));
  forlop_paper_skip (paper, BOX_ROOM - 2);

  if (paper->cr != NULL)
    {
      cairo_set_source_rgb (paper->cr, 0, 0, 0);
      cairo_set_line_width (paper->cr, 1);
      cairo_rectangle (paper->cr, FORLOP_PAPER_MARGIN, top, WIDTH, paper->y - top);
      cairo_stroke (paper->cr);
    }
  forlop_paper_skip (paper, 8);
}

static void
write_since (Page *self)
{
  const ForlopGpSummary *summary = self->summary;
  ForlopPaper *paper = &self->paper;
  g_autofree char *from = forlop_gp_words_date (summary->period.from);
  g_autofree char *heading = g_strdup_printf (_("What has changed since %s"), from);
  g_autofree char *red = forlop_gp_words_alerts (FORLOP_SEVERITY_RED, &summary->red);
  g_autofree char *yellow = forlop_gp_words_alerts (FORLOP_SEVERITY_YELLOW, &summary->yellow);
  g_autofree char *missing = forlop_gp_words_missing (summary);
  g_autofree char *plan = forlop_gp_words_plan (summary);
  g_autofree char *plan_line = NULL;

  forlop_paper_line (paper, FORLOP_PAPER_HEADING, 0, 1, heading);
  forlop_paper_line (paper, FORLOP_PAPER_BODY, 0, 2, red);
  forlop_paper_line (paper, FORLOP_PAPER_BODY, 0, 2, yellow);
  if (missing != NULL)
    forlop_paper_line (paper, FORLOP_PAPER_BODY, 0, 1, missing);

  if (summary->plan != NULL && summary->plan_changes->len == 0 && !summary->first)
    plan_line = g_strconcat (plan, " ", _("No change since then."), NULL);
  forlop_paper_line (paper, FORLOP_PAPER_BODY, 0, 2, plan_line != NULL ? plan_line : plan);
  write_changes (self, summary->plan_changes, self->fit.changes, 0);
  for (unsigned int i = 0; i < MIN (self->fit.events, self->events->len); i++)
    forlop_paper_bullet (paper, 0, 2, g_ptr_array_index (self->events, i));
  write_more (self, 0, self->events->len - MIN (self->fit.events, self->events->len));
  forlop_paper_skip (paper, 6);
}

static void
write_period (Page                *self,
              const ForlopGpTrend *trend,
              gboolean             before,
              double               left)
{
  ForlopPaper *paper = &self->paper;
  double top = paper->y;
  g_autofree char *median = forlop_gp_words_median (trend, before);
  g_autofree char *spread = forlop_gp_words_spread (trend, before);
  g_autofree char *colours = forlop_gp_words_colours (trend, before);

  paper->y += forlop_paper_text (paper, before ? FORLOP_PAPER_BODY : FORLOP_PAPER_STRONG, PANGO_ALIGN_LEFT, left,
                                 PERIOD_WIDTH, 1, median);
  paper->y += forlop_paper_text (paper, FORLOP_PAPER_TINY, PANGO_ALIGN_LEFT, left, PERIOD_WIDTH, 2, spread);
  forlop_paper_text (paper, FORLOP_PAPER_TINY, PANGO_ALIGN_LEFT, left, PERIOD_WIDTH, 1, colours);
  paper->y = top;
}

static void
write_trend (Page                *self,
             const ForlopGpTrend *trend)
{
  ForlopPaper *paper = &self->paper;
  double top = paper->y;
  g_autofree char *limits = forlop_gp_words_limits (trend);
  const char *label = forlop_measure_label (trend->low_measure != FORLOP_MEASURE_UNKNOWN
                                              ? FORLOP_MEASURE_BLOOD_PRESSURE : trend->measure);

  paper->y += forlop_paper_text (paper, FORLOP_PAPER_STRONG, PANGO_ALIGN_LEFT, FORLOP_PAPER_MARGIN, MEASURE_WIDTH,
                                 1, label);
  forlop_paper_text (paper, FORLOP_PAPER_TINY, PANGO_ALIGN_LEFT, FORLOP_PAPER_MARGIN, MEASURE_WIDTH, 4, limits);
  paper->y = top;
  write_period (self, trend, FALSE, FORLOP_PAPER_MARGIN + MEASURE_WIDTH + COLUMN_GAP);
  write_period (self, trend, TRUE, FORLOP_PAPER_MARGIN + MEASURE_WIDTH + PERIOD_WIDTH + 2 * COLUMN_GAP);
  forlop_paper_chart (paper, trend, &self->summary->period, CHART_LEFT, RIGHT - CHART_LEFT, self->fit.row - 3);
  paper->y = top + self->fit.row;
}

static void
write_column (Page       *self,
              double      left,
              double      width,
              const char *text)
{
  forlop_paper_text (&self->paper, FORLOP_PAPER_SMALL, PANGO_ALIGN_LEFT, left, width, 1, text);
}

static void
write_trends (Page *self)
{
  ForlopPaper *paper = &self->paper;
  GPtrArray *trends = self->summary->trends;
  double left = FORLOP_PAPER_MARGIN + MEASURE_WIDTH + COLUMN_GAP;

  forlop_paper_line (paper, FORLOP_PAPER_HEADING, 0, 1, _("Measurements"));
  if (trends->len == 0)
    {
      forlop_paper_line (paper, FORLOP_PAPER_BODY, 0, 1, _("Nothing was measured in this period or the one before."));
      return;
    }
  write_column (self, FORLOP_PAPER_MARGIN, MEASURE_WIDTH, _("Measure, limits now"));
  write_column (self, left, PERIOD_WIDTH, _("This period, median"));
  write_column (self, left + PERIOD_WIDTH + COLUMN_GAP, PERIOD_WIDTH, _("Before, median"));
  write_column (self, CHART_LEFT, RIGHT - CHART_LEFT, _("Before | this period"));
  forlop_paper_skip (paper, 12);
  for (unsigned int i = 0; i < trends->len; i++)
    {
      forlop_paper_rule (paper, 0.3);
      forlop_paper_skip (paper, 2);
      write_trend (self, g_ptr_array_index (trends, i));
    }
  forlop_paper_skip (paper, 2);
}

static void
write_contacts (Page *self)
{
  GPtrArray *contacts = self->summary->contacts;

  forlop_paper_line (&self->paper, FORLOP_PAPER_HEADING, 0, 1, _("Contacts"));
  if (contacts->len == 0)
    forlop_paper_line (&self->paper, FORLOP_PAPER_BODY, 0, 1, _("None in this period."));
  for (unsigned int i = 0; i < MIN (self->fit.contacts, contacts->len); i++)
    {
      g_autofree char *text = forlop_gp_words_contact (g_ptr_array_index (contacts, i));

      forlop_paper_bullet (&self->paper, 0, 2, text);
    }
  write_more (self, 0, contacts->len - MIN (self->fit.contacts, contacts->len));
}

static void
write_foot (Page *self)
{
  g_autofree char *made = forlop_gp_words_made (self->summary);

  self->paper.y = FORLOP_PAPER_HEIGHT - FORLOP_PAPER_MARGIN - FOOT_HEIGHT + 6;
  forlop_paper_rule (&self->paper, 0.4);
  forlop_paper_skip (&self->paper, 3);
  forlop_paper_line (&self->paper, FORLOP_PAPER_TINY, 0, 2,
                     _("Measured at home. “Half” is the range of the middle half of the readings. Red and yellow are "
                       "by the limits in force when it was measured; in the chart red limits are whole lines and "
                       "yellow ones broken."));
  forlop_paper_line (&self->paper, FORLOP_PAPER_TINY, 0, 1, made);
}

/* The page down to its foot; returns where that begins. */
static double
write_page (Page    *self,
            cairo_t *cr)
{
  double foot;

  self->paper.cr = cr;
  self->paper.y = FORLOP_PAPER_MARGIN;
  write_head (self);
  write_asked (self);
  write_since (self);
  write_trends (self);
  write_contacts (self);
  foot = self->paper.y;
  if (cr != NULL)
    write_foot (self);

  return foot;
}

static gboolean
take_one (unsigned int *shown,
          unsigned int  least)
{
  if (*shown <= least)
    return FALSE;
  (*shown)--;

  return TRUE;
}

/* One step less, the least important first; FALSE when nothing is left to leave out. */
static gboolean
shrink (Fit *fit)
{
  if (take_one (&fit->contacts, 8))
    return TRUE;
  if (fit->row > LOW_ROW + 12)
    {
      fit->row -= 4;
      return TRUE;
    }
  if (take_one (&fit->contacts, 3) || take_one (&fit->events, 4) || take_one (&fit->changes, 5) ||
      take_one (&fit->asked, 5) || take_one (&fit->contacts, 1))
    return TRUE;
  if (fit->row > LOW_ROW)
    {
      fit->row -= 4;
      return TRUE;
    }

  return take_one (&fit->events, 1) || take_one (&fit->changes, 1) || take_one (&fit->asked, 1) ||
         take_one (&fit->contacts, 0) || take_one (&fit->events, 0);
}

gboolean
forlop_gp_question_check (const char  *question,
                          GError     **error)
{
  g_auto (GStrv) lines = g_strsplit (question != NULL ? question : "", "\n", -1);

  if (question == NULL || (g_utf8_strlen (question, -1) <= FORLOP_GP_QUESTION_MAX_LENGTH &&
                           g_strv_length (lines) <= FORLOP_GP_QUESTION_MAX_LINES))
    return TRUE;

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("What you ask of the GP must have room on the one page: write at most %d characters on %d lines. "
                 "Nothing was saved."),
               FORLOP_GP_QUESTION_MAX_LENGTH, FORLOP_GP_QUESTION_MAX_LINES);
  return FALSE;
}

void
forlop_gp_page_draw (const ForlopGpSummary *summary,
                     cairo_t               *cr)
{
  Page page = { .summary = summary };

  g_return_if_fail (summary != NULL);
  g_return_if_fail (cr != NULL);

  page.events = forlop_gp_words_events (summary);
  page.fit = (Fit) { HIGH_ROW, MIN (summary->asked->len, MOST_LINES), MIN (summary->plan_changes->len, MOST_LINES),
                     MIN (page.events->len, MOST_LINES), MIN (summary->contacts->len, MOST_LINES) };
  forlop_paper_init (&page.paper);
  while (write_page (&page, NULL) > FORLOP_PAPER_HEIGHT - FORLOP_PAPER_MARGIN - FOOT_HEIGHT)
    if (!shrink (&page.fit))
      break;
  write_page (&page, cr);
  forlop_paper_clear (&page.paper);
  g_ptr_array_unref (page.events);
}

static void
draw_cb (cairo_t      *cr,
         unsigned int  page G_GNUC_UNUSED,
         gpointer      user_data)
{
  forlop_gp_page_draw (user_data, cr);
}

/**
 * forlop_gp_page_to_pdf:
 *
 * Returns: (transfer full): the file's contents.
 */
GBytes *
forlop_gp_page_to_pdf (const ForlopGpSummary  *summary,
                       GError                **error)
{
  ForlopPaperInfo info;

  g_return_val_if_fail (summary != NULL, NULL);

  if (!forlop_gp_question_check (summary->question, error))
    return NULL;
  info = (ForlopPaperInfo) {
    .title = _("Trend summary for the GP"),
    .author = summary->unit != NULL ? forlop_record_get_text (summary->unit, "name") : NULL,
    .made_at = summary->period.to,
  };

  return forlop_paper_to_pdf (draw_cb, (gpointer) summary, 1, &info, error);
}

char *
forlop_gp_page_dup_words (const ForlopGpSummary *summary)
{
  g_autoptr (GString) text = g_string_new (_("Preview of the page."));
  g_autofree char *period = NULL;
  g_autofree char *red = NULL;
  g_autofree char *yellow = NULL;

  g_return_val_if_fail (summary != NULL, NULL);

  period = forlop_gp_words_period (summary);
  red = forlop_gp_words_alerts (FORLOP_SEVERITY_RED, &summary->red);
  yellow = forlop_gp_words_alerts (FORLOP_SEVERITY_YELLOW, &summary->yellow);
  g_string_append_printf (text, " %s %s %s", period, red, yellow);
  for (unsigned int i = 0; i < summary->trends->len; i++)
    {
      const ForlopGpTrend *trend = g_ptr_array_index (summary->trends, i);
      g_autofree char *now = forlop_gp_words_median (trend, FALSE);
      g_autofree char *before = forlop_gp_words_median (trend, TRUE);

      g_string_append_c (text, ' ');
      /* Translators: a measure, its median, and the median in the period before. */
      g_string_append_printf (text, _("%s %s, before %s."), forlop_measure_label (trend->measure), now, before);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
forlop_gp_page_dup_title (const ForlopGpSummary *summary)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (summary != NULL, NULL);

  date = forlop_gp_words_date (summary->period.to);

  /* Translators: the name of a file; a date. */
  return g_strdup_printf (_("Trend summary for the GP %s.pdf"), date);
}
