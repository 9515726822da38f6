/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-paper.h"

#include "forlop-format.h"
#include "forlop-letter-words.h"
#include "forlop-plan-diff.h"
#include "forlop-plan-records.h"
#include "forlop-plan-words.h"

#define BAND_HEIGHT 26.0
#define BAND_NEEDS 90.0
#define SHAPE 13.0
#define MEASURE_WIDTH 159.0
#define COLUMN_WIDTH 98.0
#define COLUMN_GAP 6.0
#define ROW_ROOM 5.0
#define N_COLOURS 3

/* A colour is never alone: its band has the shape and the word as well. */
static const struct {
  ForlopSeverity severity;
  const char *word;
  const char *title;
  const char *signs;
  const char *actions;
  double band[3];
  double shape[3];
} colours[N_COLOURS] = {
  { FORLOP_SEVERITY_GREEN, "green", "plan-green", "green_signs", "green_actions",
    { 0.85, 0.95, 0.87 }, { 0.09, 0.46, 0.22 } },
  { FORLOP_SEVERITY_YELLOW, "yellow", "plan-yellow", "yellow_signs", "yellow_actions",
    { 1.0, 0.94, 0.75 }, { 0.75, 0.47, 0.0 } },
  { FORLOP_SEVERITY_RED, "red", "plan-red", "red_signs", "red_actions",
    { 1.0, 0.87, 0.86 }, { 0.75, 0.10, 0.12 } },
};

typedef struct {
  ForlopFlow *flow;
  const ForlopLetter *letter;
  const char *language;
} Plan;

static void
head (const Plan *self,
      const char *key)
{
  forlop_flow_heading (self->flow, forlop_letter_words (self->language, key));
}

static void
body (const Plan *self,
      const char *text)
{
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_BODY, text);
}

/* ● ▲ ■, drawn, so that no font can be without them. */
static void
draw_shape (cairo_t      *cr,
            unsigned int  colour,
            double        left,
            double        top)
{
  cairo_set_source_rgb (cr, colours[colour].shape[0], colours[colour].shape[1], colours[colour].shape[2]);
  cairo_new_path (cr);
  if (colours[colour].severity == FORLOP_SEVERITY_GREEN)
    cairo_arc (cr, left + SHAPE / 2, top + SHAPE / 2, SHAPE / 2, 0, 2 * G_PI);
  else if (colours[colour].severity == FORLOP_SEVERITY_RED)
    cairo_rectangle (cr, left, top, SHAPE, SHAPE);
  else
    {
      cairo_move_to (cr, left + SHAPE / 2, top);
      cairo_line_to (cr, left + SHAPE, top + SHAPE);
      cairo_line_to (cr, left, top + SHAPE);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

static void
draw_band (const Plan   *self,
           unsigned int  colour,
           double        left,
           double        width,
           const char   *text)
{
  ForlopPaper *paper = &self->flow->paper;
  cairo_t *cr = paper->cr;
  double top = paper->y;

  if (cr == NULL)
    return;
  cairo_set_source_rgb (cr, colours[colour].band[0], colours[colour].band[1], colours[colour].band[2]);
  cairo_rectangle (cr, left, top, width, BAND_HEIGHT);
  cairo_fill (cr);
  draw_shape (cr, colour, left + 6, top + (BAND_HEIGHT - SHAPE) / 2);
  paper->y = top + 5;
  forlop_paper_text (paper, FORLOP_PAPER_LETTER_STRONG, PANGO_ALIGN_LEFT, left + SHAPE + 13, width - SHAPE - 15, 1, text);
  paper->y = top;
}

static void
write_head (const Plan *self)
{
  ForlopRecord *plan = self->letter->subject;
  ForlopRecord *citizen = forlop_snapshot_get_citizen (self->letter->snapshot);
  g_autofree char *full = g_strdup_printf ("%s %s", forlop_record_get_text (citizen, "given_name"),
                                           forlop_record_get_text (citizen, "family_name"));
  g_autofree char *born = forlop_record_has (citizen, "birth_date")
                            ? forlop_letter_words_date (self->language, forlop_record_get_date (citizen, "birth_date"))
                            : NULL;
  g_autofree char *person = born != NULL ? forlop_letter_words_fill (self->language, "plan-born", "name", full, "born",
                                                                     born, NULL) : NULL;
  g_autofree char *version = g_strdup_printf ("%d", (int) forlop_record_get_integer (plan, "version"));
  g_autofree char *from = forlop_letter_words_date (
    self->language, forlop_instant_to_date (forlop_record_get_instant (plan, "valid_from")));
  g_autofree char *line = forlop_letter_words_fill (self->language, "plan-version", "version", version, "from", from,
                                                    NULL);
  g_autofree char *on = forlop_letter_words_date (self->language, forlop_record_get_date (plan, "approved_on"));
  g_autofree char *approved = forlop_letter_words_fill (self->language, "plan-approved", "who",
                                                        forlop_record_get_text (plan, "approved_by"), "date", on, NULL);
  g_autofree char *all = g_strjoin (". ", line, approved, forlop_letter_words (self->language, "plan-replaces"), NULL);

  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_TITLE, forlop_letter_words (self->language, "plan-title"));
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_STRONG, person != NULL ? person : full);
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_SMALL, all);
  forlop_flow_box (self->flow, forlop_letter_words (self->language, "emergency"));
}

static void
write_labelled (const Plan *self,
                const char *key,
                const char *field)
{
  const char *text = forlop_record_get_text (self->letter->subject, field);

  if (text == NULL)
    return;
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_STRONG, forlop_letter_words (self->language, key));
  body (self, text);
}

static void
write_colours (const Plan *self)
{
  head (self, "plan-colours");
  for (unsigned int i = 0; i < N_COLOURS; i++)
    {
      forlop_flow_need (self->flow, BAND_NEEDS);
      draw_band (self, i, self->flow->left, self->flow->width, forlop_letter_words (self->language, colours[i].title));
      forlop_flow_skip (self->flow, BAND_HEIGHT + 5);
      write_labelled (self, "plan-signs", colours[i].signs);
      write_labelled (self, "plan-actions", colours[i].actions);
      forlop_flow_skip (self->flow, 6);
    }
}

/* Returns how high the row is. */
static double
write_row (const Plan         *self,
           const ForlopLimits *limits,
           gboolean            draw)
{
  ForlopPaper *paper = &self->flow->paper;
  cairo_t *cr = paper->cr;
  double top = paper->y, left = self->flow->left + MEASURE_WIDTH + COLUMN_GAP;
  double height;

  if (!draw)
    paper->cr = NULL;
  height = forlop_paper_text (paper, FORLOP_PAPER_LETTER_STRONG, PANGO_ALIGN_LEFT, self->flow->left, MEASURE_WIDTH, 0,
                              forlop_plan_words_measure (self->language, limits->measure));
  paper->y += height;
  height += forlop_paper_text (paper, FORLOP_PAPER_LETTER_SMALL, PANGO_ALIGN_LEFT, self->flow->left, MEASURE_WIDTH, 1,
                               forlop_plan_words_unit (self->language, limits->measure));
  paper->y = top;
  for (unsigned int i = 0; i < N_COLOURS; i++)
    {
      g_autofree char *text = forlop_plan_words_limits (self->language, limits, colours[i].severity);

      double cell = forlop_paper_text (paper, FORLOP_PAPER_LETTER_BODY, PANGO_ALIGN_LEFT, left, COLUMN_WIDTH - 6, 0,
                                       text);

      height = MAX (height, cell);
      left += COLUMN_WIDTH + COLUMN_GAP;
    }
  paper->cr = cr;

  return height;
}

static void
write_columns (const Plan *self)
{
  double left = self->flow->left + MEASURE_WIDTH + COLUMN_GAP;

  for (unsigned int i = 0; i < N_COLOURS; i++)
    {
      draw_band (self, i, left - 4, COLUMN_WIDTH, forlop_letter_words (self->language, colours[i].word));
      left += COLUMN_WIDTH + COLUMN_GAP;
    }
  forlop_flow_skip (self->flow, BAND_HEIGHT + ROW_ROOM);
}

static void
write_limits (const Plan *self)
{
  g_autoptr (GPtrArray) records = forlop_plan_list_parts (self->letter->snapshot, "limit", self->letter->subject);
  unsigned int written = 0;

  head (self, "plan-limits");
  for (unsigned int i = 0; i < records->len; i++)
    {
      unsigned int page = self->flow->page;
      ForlopLimits limits;
      double height;

      if (!forlop_limits_read (&limits, g_ptr_array_index (records, i), NULL) || forlop_limits_is_empty (&limits))
        continue;
      height = write_row (self, &limits, FALSE);
      forlop_flow_need (self->flow, height + 2 * ROW_ROOM + (written == 0 ? BAND_HEIGHT + ROW_ROOM : 0));
      if (written == 0 || self->flow->page != page)
        write_columns (self);
      write_row (self, &limits, TRUE);
      forlop_flow_skip (self->flow, height + 2 * ROW_ROOM);
      written++;
    }
  if (written == 0)
    body (self, forlop_letter_words (self->language, "plan-limits-none"));
}

/* Until when nothing is coloured, and what is done with a red reading. */
static void
write_conditions (const Plan *self)
{
  ForlopRecord *plan = self->letter->subject;
  ForlopDate until = forlop_record_get_date (plan, "observation_until");

  if (until != FORLOP_DATE_NONE && until >= forlop_snapshot_get_today (self->letter->snapshot))
    {
      g_autofree char *date = forlop_letter_words_date (self->language, until);
      g_autofree char *text = forlop_letter_words_fill (self->language, "plan-observation", "date", date, NULL);

      body (self, text);
    }
  if (forlop_record_get_integer (plan, "repeat_minutes") > 0)
    {
      g_autofree char *minutes = g_strdup_printf ("%d", (int) forlop_record_get_integer (plan, "repeat_minutes"));
      g_autofree char *text = forlop_letter_words_fill (self->language, "plan-repeat", "minutes", minutes, NULL);

      body (self, text);
    }
}

static void
write_rules (const Plan *self)
{
  g_autoptr (GPtrArray) records = forlop_plan_list_parts (self->letter->snapshot, "plan_rule", self->letter->subject);

  if (records->len == 0)
    return;
  head (self, "plan-rules");
  for (unsigned int i = 0; i < records->len; i++)
    {
      g_autofree char *rule_text = NULL;
      g_autofree char *text = NULL;
      ForlopRule rule;

      if (!forlop_rule_read (&rule, g_ptr_array_index (records, i), NULL))
        continue;
      rule_text = forlop_plan_words_rule (self->language, &rule);
      text = g_strdup_printf ("%s: %s %s", rule_text, forlop_severity_mark (rule.severity),
                              forlop_letter_words (self->language,
                                                   rule.severity == FORLOP_SEVERITY_RED ? "red" : "yellow"));
      forlop_flow_bullet (self->flow, text);
    }
}

static char *
dup_subject (const Plan   *self,
             ForlopRecord *schedule)
{
  const char *code = forlop_record_get_text (schedule, "code");
  const char *form_id = forlop_record_get_text (schedule, "form_id");
  const char *title = form_id != NULL ? g_hash_table_lookup (self->letter->names, form_id) : NULL;

  if (code != NULL)
    return g_strdup (forlop_plan_words_measure (self->language, forlop_measure_find ("forlop", code)));
  if (title == NULL)
    return g_strdup (forlop_letter_words (self->language, "plan-form"));

  return g_strdup_printf ("%s «%s»", forlop_letter_words (self->language, "plan-form"), title);
}

static void
write_schedules (const Plan *self)
{
  g_autoptr (GPtrArray) records = forlop_plan_list_parts (self->letter->snapshot, "schedule", self->letter->subject);

  head (self, "plan-when");
  if (records->len == 0)
    body (self, forlop_letter_words (self->language, "plan-when-none"));
  for (unsigned int i = 0; i < records->len; i++)
    {
      g_autofree char *subject = NULL;
      g_autofree char *when = NULL;
      g_autofree char *text = NULL;
      ForlopSchedule schedule;

      if (!forlop_schedule_read (&schedule, g_ptr_array_index (records, i), NULL))
        continue;
      subject = dup_subject (self, g_ptr_array_index (records, i));
      when = forlop_letter_words_schedule (self->language, &schedule);
      text = g_strdup_printf ("%s: %s", subject, when);
      forlop_flow_bullet (self->flow, text);
    }
}

static void
write_contacts (const Plan *self)
{
  ForlopRecord *unit = self->letter->answers;
  g_autofree char *number = forlop_phone_format (forlop_record_get_text (unit, "phone"));
  g_autofree char *phone = forlop_letter_words_fill (self->language, "telephone", "phone", number, NULL);
  g_autofree char *hours = forlop_letter_words_hours (self->language, unit);
  g_autofree char *text = g_strdup_printf ("%s: %s, %s.", forlop_record_get_text (unit, "name"), phone, hours);
  g_autofree char *date = forlop_letter_words_date (self->language,
                                                    forlop_snapshot_get_today (self->letter->snapshot));
  g_autofree char *made = forlop_letter_words_fill (
    self->language, "plan-made", "date", date, "number",
    forlop_record_get_text (forlop_snapshot_get_case (self->letter->snapshot), "number"), NULL);

  head (self, "plan-contacts");
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_STRONG, text);
  body (self, forlop_letter_words (self->language, "answers-closed"));
  if (forlop_record_has (self->letter->subject, "contacts"))
    body (self, forlop_record_get_text (self->letter->subject, "contacts"));
  forlop_flow_skip (self->flow, 10);
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_SMALL, made);
}

void
forlop_plan_paper_write (ForlopFlow         *flow,
                         const ForlopLetter *letter)
{
  Plan self = { flow, letter, NULL };

  g_return_if_fail (flow != NULL);
  g_return_if_fail (letter != NULL);

  self.language = forlop_letter_get_language (letter);
  write_head (&self);
  head (&self, "plan-goal");
  body (&self, forlop_record_get_text (letter->subject, "goal"));
  write_colours (&self);
  write_limits (&self);
  write_conditions (&self);
  write_rules (&self);
  write_schedules (&self);
  write_contacts (&self);
}
