/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gp-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "forlop-field-value.h"
#include "forlop-format.h"

char *
forlop_gp_words_date (gint64 at)
{
  return forlop_date_format (forlop_instant_to_date (at));
}

char *
forlop_gp_words_person (const ForlopGpSummary *summary)
{
  ForlopRecord *citizen = forlop_snapshot_get_citizen (summary->snapshot);
  const char *number = forlop_record_get_text (citizen, "id_number");
  g_autofree char *born = forlop_record_dup_shown (citizen, "birth_date");
  g_autofree char *name = g_strjoin (" ", forlop_record_get_text (citizen, "given_name"),
                                     forlop_record_get_text (citizen, "family_name"), NULL);

  if (number != NULL)
    /* Translators: the name of a citizen, then the identity number. */
    return g_strdup_printf (_("%s, identity number %.6s %s"), name, number, number + MIN (strlen (number), 6));

  /* Translators: the name of a citizen, then the date of birth. */
  return born != NULL ? g_strdup_printf (_("%s, born %s"), name, born) : g_steal_pointer (&name);
}

char *
forlop_gp_words_period (const ForlopGpSummary *summary)
{
  const ForlopGpPeriod *period = &summary->period;
  ForlopRecord *the_case = forlop_snapshot_get_case (summary->snapshot);
  ForlopDate started = forlop_record_get_date (the_case, "started_on");
  g_autofree char *from = forlop_gp_words_date (period->from);
  g_autofree char *to = forlop_gp_words_date (period->to);
  g_autofree char *before = forlop_gp_words_date (period->before);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _("This period: %s–%s. Before: %s–%s, just as long."), from, to, before, from);
  /* The period before is then not as long as it looks, and has fewer alerts for that reason alone. */
  if (forlop_record_has (the_case, "started_on") && started > forlop_instant_to_date (period->before))
    {
      g_autofree char *day = forlop_date_format (started);

      g_string_append_c (text, ' ');
      g_string_append_printf (text, _("Followed up since %s."), day);
    }
  if (summary->shortened)
    g_string_append_printf (text, " %s", _("The last summary is more than a year old; this is the last year."));
  else if (summary->first)
    g_string_append_printf (text, " %s", _("This is the first summary."));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
dup_plan (ForlopRecord *plan)
{
  g_autofree char *from = NULL;
  g_autofree char *approved = NULL;
  int version;

  if (plan == NULL)
    return g_strdup (_("No self-treatment plan is in force."));

  from = forlop_gp_words_date (forlop_record_get_instant (plan, "valid_from"));
  version = (int) forlop_record_get_integer (plan, "version");
  if (!forlop_record_has (plan, "approved_by"))
    return g_strdup_printf (_("Self-treatment plan, version %d, in force from %s."), version, from);
  if (!forlop_record_has (plan, "approved_on"))
    return g_strdup_printf (_("Self-treatment plan, version %d, in force from %s, approved by %s."), version, from,
                            forlop_record_get_text (plan, "approved_by"));

  approved = forlop_record_dup_shown (plan, "approved_on");
  /* Translators: the number of a version, a date, a name, a date. */
  return g_strdup_printf (_("Self-treatment plan, version %d, in force from %s, approved by %s %s."), version, from,
                          forlop_record_get_text (plan, "approved_by"), approved);
}

char *
forlop_gp_words_plan (const ForlopGpSummary *summary)
{
  g_autofree char *now = dup_plan (summary->plan);
  g_autofree char *from = NULL;
  g_autofree char *later = NULL;

  if (summary->plan_later == NULL)
    return g_steal_pointer (&now);

  from = forlop_gp_words_date (forlop_record_get_instant (summary->plan_later, "valid_from"));
  /* Translators: the number of a version of a plan, a date. */
  later = g_strdup_printf (_("Version %d takes over %s."),
                           (int) forlop_record_get_integer (summary->plan_later, "version"), from);

  return g_strjoin (" ", now, later, NULL);
}

char *
forlop_gp_words_sent (const ForlopGpSummary *summary)
{
  int version = (int) forlop_record_get_integer (summary->plan_sent, "version");
  g_autofree char *sent = forlop_record_dup_shown (summary->plan_sent, "sent_on");

  if (sent == NULL)
    return g_strdup_printf (_("Version %d of the self-treatment plan waits for your approval."), version);

  return g_strdup_printf (_("Version %d of the self-treatment plan was sent %s and waits for your approval."),
                          version, sent);
}

char *
forlop_gp_words_change (const ForlopPlanChange *change)
{
  /* Translators: a part of the plan, what it said, and what it says now. */
  if (change->was != NULL && change->is != NULL)
    return g_strdup_printf (_("%s: %s → %s"), change->what, change->was, change->is);
  if (change->is != NULL)
    /* Translators: a part of the plan that was not there before. */
    return g_strdup_printf (_("%s: new, %s"), change->what, change->is);

  /* Translators: a part of the plan that is taken out, and what it said. */
  return g_strdup_printf (_("%s: taken out, was %s"), change->what, change->was);
}

char *
forlop_gp_words_alerts (ForlopSeverity        severity,
                        const ForlopGpAlerts *alerts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean begun = FALSE;

  /* Translators: the mark and word of a colour, how many, and how many in the period before. */
  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%s %s: %u alert, in the period before %u.",
                                             "%s %s: %u alerts, in the period before %u.", alerts->n),
                          forlop_severity_mark (severity), forlop_severity_label (severity), alerts->n,
                          alerts->n_before);
  for (ForlopGpAnswer answer = 0; answer < FORLOP_N_GP_ANSWERS; answer++)
    {
      if (alerts->answers[answer] == 0)
        continue;
      g_string_append (text, begun ? ", " : " ");
      if (!begun)
        /* Translators: what follows is "telephone 8, visit 1". */
        g_string_append (text, _("They led to: "));
      g_string_append_printf (text, "%s %u", forlop_gp_answer_label (answer), alerts->answers[answer]);
      begun = TRUE;
    }
  if (begun)
    g_string_append_c (text, '.');

  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
forlop_gp_words_missing (const ForlopGpSummary *summary)
{
  if (summary->n_missing == 0)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s %s: %u time when it was expected.",
                                       "%s %s: %u times when it was expected.", summary->n_missing),
                          forlop_severity_mark (FORLOP_SEVERITY_NOT_REPORTED),
                          forlop_severity_label (FORLOP_SEVERITY_NOT_REPORTED), summary->n_missing);
}

char *
forlop_gp_words_contact (ForlopRecord *contact)
{
  g_autofree char *date = forlop_gp_words_date (forlop_record_get_instant (contact, "at"));
  g_autofree char *way = forlop_record_dup_shown (contact, "way");
  g_autofree char *text = g_strdup (forlop_record_get_text (contact, "text"));

  g_strdelimit (text, "\n\r", ' ');
  if (!forlop_record_has (contact, "minutes"))
    return g_strdup_printf ("%s  %s: %s", date, way, text);

  /* Translators: a date, a way of contact, minutes, and what was done. */
  return g_strdup_printf (_("%s  %s, %d min: %s"), date, way,
                          (int) forlop_record_get_integer (contact, "minutes"), text);
}

static void
add_evaluation (GPtrArray    *lines,
                ForlopRecord *evaluation)
{
  g_autofree char *date = forlop_record_dup_shown (evaluation, "held_on");
  g_autofree char *outcome = forlop_record_dup_shown (evaluation, "outcome");
  const char *changes = forlop_record_get_text (evaluation, "changes");

  if (changes != NULL)
    /* Translators: a date, the outcome of an evaluation, and what must change. */
    g_ptr_array_add (lines, g_strdup_printf (_("Evaluation %s: %s. %s"), date, outcome, changes));
  else
    g_ptr_array_add (lines, g_strdup_printf (_("Evaluation %s: %s."), date, outcome));
}

static void
add_pause (GPtrArray    *lines,
           ForlopRecord *pause)
{
  g_autofree char *from = forlop_gp_words_date (forlop_record_get_instant (pause, "from_time"));
  g_autofree char *to = forlop_record_has (pause, "to_time")
                          ? forlop_gp_words_date (forlop_record_get_instant (pause, "to_time")) : g_strdup ("");
  g_autofree char *reason = forlop_record_dup_shown (pause, "reason");

  /* Translators: the first and the last day (or nothing) of a pause, and why. */
  g_ptr_array_add (lines, g_strdup_printf (_("Pause %s–%s: %s."), from, to, reason));
}

/**
 * forlop_gp_words_events:
 *
 * Returns: (transfer full): the lines.
 */
GPtrArray *
forlop_gp_words_events (const ForlopGpSummary *summary)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < summary->pauses->len; i++)
    add_pause (lines, g_ptr_array_index (summary->pauses, i));
  for (unsigned int i = 0; i < summary->evaluations->len; i++)
    add_evaluation (lines, g_ptr_array_index (summary->evaluations, i));
  for (unsigned int i = 0; i < summary->decisions->len; i++)
    {
      ForlopRecord *item = g_ptr_array_index (summary->decisions, i);
      g_autofree char *date = forlop_gp_words_date (forlop_record_get_instant (item, "decided_at"));

      /* Translators: a date, what was asked in a meeting, and what was decided. */
      g_ptr_array_add (lines, g_strdup_printf (_("Meeting %s: %s – %s"), date,
                                               forlop_record_get_text (item, "question"),
                                               forlop_record_get_text (item, "decision")));
    }
  for (unsigned int i = 0; i < lines->len; i++)
    g_strdelimit (g_ptr_array_index (lines, i), "\n\r", ' ');

  return lines;
}

/* A figure worked out of many readings has no more decimals than one of them. */
static char *
dup_number (ForlopMeasure measure,
            double        value)
{
  return forlop_number_format (value, forlop_measure_info (measure)->decimals, TRUE);
}

static char *
dup_median (ForlopMeasure          measure,
            const ForlopGpFigures *figures)
{
  return dup_number (measure, figures->median);
}

static char *
dup_range (ForlopMeasure          measure,
           const ForlopGpFigures *figures)
{
  g_autofree char *lower = dup_number (measure, figures->lower);
  g_autofree char *upper = dup_number (measure, figures->upper);

  return g_strdup_printf ("%s–%s", lower, upper);
}

/* Of a pair one value may never have come. */
static char *
dup_part (ForlopMeasure          measure,
          const ForlopGpFigures *figures,
          char *              (*words) (ForlopMeasure          measure,
                                        const ForlopGpFigures *figures))
{
  return figures->n > 0 ? words (measure, figures) : g_strdup ("–");
}

char *
forlop_gp_words_median (const ForlopGpTrend *trend,
                        gboolean             before)
{
  const char *unit = _(forlop_measure_info (trend->measure)->shown_unit);
  g_autofree char *high = dup_part (trend->measure, before ? &trend->before : &trend->now, dup_median);
  g_autofree char *low = NULL;

  if ((before ? trend->n_before : trend->n) == 0)
    return g_steal_pointer (&high);
  /* A no-break space keeps the two together. */
  if (trend->low_measure == FORLOP_MEASURE_UNKNOWN)
    return g_strconcat (high, "\u00a0", unit, NULL);
  low = dup_part (trend->low_measure, before ? &trend->low_before : &trend->low_now, dup_median);

  return g_strconcat (high, "/", low, "\u00a0", unit, NULL);
}

char *
forlop_gp_words_spread (const ForlopGpTrend *trend,
                        gboolean             before)
{
  const ForlopGpFigures *high = before ? &trend->before : &trend->now;
  unsigned int n = before ? trend->n_before : trend->n;
  g_autofree char *range = NULL;
  g_autofree char *lowest = NULL;
  g_autofree char *highest = NULL;
  g_autofree char *low_range = NULL;

  if (n == 0)
    return g_strdup (_("not measured"));

  range = dup_part (trend->measure, high, dup_range);
  if (trend->low_measure != FORLOP_MEASURE_UNKNOWN)
    {
      low_range = dup_part (trend->low_measure, before ? &trend->low_before : &trend->low_now, dup_range);
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "half %s / %s\n%u reading", "half %s / %s\n%u readings", n),
                              range, low_range, n);
    }
  lowest = dup_number (trend->measure, high->lowest);
  highest = dup_number (trend->measure, high->highest);

  /* Translators: the range of the middle half of the readings, the lowest, the highest, and how many. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "half %s, all %s–%s\n%u reading",
                                       "half %s, all %s–%s\n%u readings", n),
                          range, lowest, highest, n);
}

char *
forlop_gp_words_colours (const ForlopGpTrend *trend,
                         gboolean             before)
{
  unsigned int red = before ? trend->n_red_before : trend->n_red;
  unsigned int yellow = before ? trend->n_yellow_before : trend->n_yellow;

  if ((before ? trend->n_before : trend->n) == 0)
    return g_strdup ("");

  return g_strdup_printf ("%s %s %u   %s %s %u", forlop_severity_mark (FORLOP_SEVERITY_RED),
                          forlop_severity_label (FORLOP_SEVERITY_RED), red,
                          forlop_severity_mark (FORLOP_SEVERITY_YELLOW),
                          forlop_severity_label (FORLOP_SEVERITY_YELLOW), yellow);
}

static char *
dup_limit (ForlopLimitKind  kind,
           const char      *number)
{
  if (kind == FORLOP_LIMIT_RED_LOW)
    return g_strdup_printf (_("red below %s"), number);
  if (kind == FORLOP_LIMIT_YELLOW_LOW)
    return g_strdup_printf (_("yellow below %s"), number);
  if (kind == FORLOP_LIMIT_YELLOW_HIGH)
    return g_strdup_printf (_("yellow above %s"), number);

  return g_strdup_printf (_("red above %s"), number);
}

static char *
dup_limits (const ForlopLimits *limits)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_null_terminated (4, g_free, TRUE);

  for (ForlopLimitKind kind = FORLOP_LIMIT_RED_LOW; kind <= FORLOP_LIMIT_RED_HIGH; kind++)
    {
      double value = forlop_limits_get (limits, kind);
      g_autofree char *number = NULL;

      if (isnan (value))
        continue;
      number = forlop_measure_format_number (limits->measure, value);
      g_ptr_array_add (parts, dup_limit (kind, number));
    }

  return parts->len > 0 ? g_strjoinv (", ", (char **) parts->pdata) : g_strdup (_("limits are not set"));
}

char *
forlop_gp_words_limits (const ForlopGpTrend *trend)
{
  g_autofree char *limits = dup_limits (&trend->limits);
  g_autofree char *low = NULL;

  if (trend->low_measure == FORLOP_MEASURE_UNKNOWN || forlop_limits_is_empty (&trend->low_limits))
    return g_steal_pointer (&limits);

  low = dup_limits (&trend->low_limits);
  /* Translators: the limits of the upper blood pressure, then those of the lower. */
  return g_strdup_printf (_("%s; lower: %s"), limits, low);
}

char *
forlop_gp_words_made (const ForlopGpSummary *summary)
{
  g_autofree char *at = forlop_instant_format (summary->period.to);
  g_autofree char *unit = NULL;
  g_autofree char *phone = NULL;
  const char *user = summary->user != NULL ? forlop_record_get_text (summary->user, "name") : NULL;

  if (summary->unit != NULL && forlop_record_has (summary->unit, "phone"))
    phone = forlop_phone_format (forlop_record_get_text (summary->unit, "phone"));
  if (summary->unit != NULL)
    unit = g_strjoin (", ", forlop_record_get_text (summary->unit, "name"), phone, NULL);

  /* Translators: when it was made, by whom, and the unit with its telephone. */
  if (user != NULL && unit != NULL)
    return g_strdup_printf (_("Made %s by %s, %s."), at, user, unit);

  return g_strdup_printf (_("Made %s."), at);
}
