/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-schedule.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "forlop-error.h"

#define MINUTES_PER_DAY 1440
#define ALL_WEEKDAYS 0x7f

static const char *const weekday_names[] = {
  NC_("weekday in a list", "Monday"),
  NC_("weekday in a list", "Tuesday"),
  NC_("weekday in a list", "Wednesday"),
  NC_("weekday in a list", "Thursday"),
  NC_("weekday in a list", "Friday"),
  NC_("weekday in a list", "Saturday"),
  NC_("weekday in a list", "Sunday"),
};

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, message);
  return FALSE;
}

/* Reads "8.00", "08:00", "0800" and "8"; -1 for anything else. */
static int
parse_time (const char *text)
{
  char *end = NULL;

  if (!g_ascii_isdigit (*text))
    return -1;

  gulong hour = strtoul (text, &end, 10);
  gulong minute = 0;

  if (*end == '.' || *end == ':')
    {
      const char *minutes = end + 1;

      if (!g_ascii_isdigit (*minutes))
        return -1;
      minute = strtoul (minutes, &end, 10);
      if (end - minutes != 2)
        return -1;
    }
  else if (end - text == 4)
    {
      minute = hour % 100;
      hour /= 100;
    }
  if (*end != '\0' || hour > 23 || minute > 59)
    return -1;
  return (int) (hour * 60 + minute);
}

static int
compare_times (const void *a,
               const void *b)
{
  return *(const gint16 *) a - *(const gint16 *) b;
}

static gboolean
parse_times (ForlopSchedule  *self,
             const char      *text,
             GError         **error)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", ",;", -1);

  for (unsigned int i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      int minute = parse_time (part);
      gboolean seen = FALSE;

      if (*part == '\0')
        continue;
      if (minute < 0)
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("“%s” is not a time of day. Write times as 08.00, separated by commas."),
                       part);
          return FALSE;
        }
      for (unsigned int j = 0; j < self->n_times; j++)
        seen = seen || self->times[j] == minute;
      if (seen)
        continue;
      if (self->n_times == FORLOP_SCHEDULE_MAX_TIMES)
        return refuse (error, _("A schedule can have 12 times a day. Remove some of them."));
      self->times[self->n_times++] = (gint16) minute;
    }

  if (self->n_times == 0)
    return refuse (error, _("The schedule has no time of day. Write at least one, as 08.00."));
  qsort (self->times, self->n_times, sizeof *self->times, compare_times);
  return TRUE;
}

static gboolean
parse_weekdays (ForlopSchedule  *self,
                const char      *text,
                GError         **error)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", ",; ", -1);

  for (unsigned int i = 0; parts[i] != NULL; i++)
    {
      const char *part = parts[i];

      if (*part == '\0')
        continue;
      if (part[0] < '1' || part[0] > '7' || part[1] != '\0')
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("“%s” is not a weekday. Write numbers from 1 for Monday to 7 for Sunday, "
                         "separated by commas."), part);
          return FALSE;
        }
      self->weekdays |= 1 << (part[0] - '1');
    }
  if (self->weekdays == ALL_WEEKDAYS)
    self->weekdays = 0;
  return TRUE;
}

static gboolean
check_cadence (const ForlopSchedule  *self,
               GError               **error)
{
  if (self->cadence == FORLOP_CADENCE_EVERY_N_DAYS
      && (self->every_days < 1 || self->every_days > FORLOP_SCHEDULE_MAX_DAYS))
    return refuse (error, _("The number of days between measurements must be from 1 to 366."));
  if (self->weekdays != 0 && self->cadence != FORLOP_CADENCE_DAILY
      && self->cadence != FORLOP_CADENCE_WEEKLY)
    return refuse (error, _("Weekdays cannot be chosen for every n-th day or for once a month. "
                            "Leave them empty, or choose weekly."));
  if (self->cadence != FORLOP_CADENCE_DAILY && self->starts_on == FORLOP_DATE_NONE)
    return refuse (error, _("This schedule is counted from its first day. Write the date it "
                            "starts."));
  if (self->grace_minutes < 0 || self->grace_minutes > MINUTES_PER_DAY)
    return refuse (error, _("The grace time must be from 0 to 1440 minutes."));
  return TRUE;
}

/**
 * forlop_schedule_parse:
 * @cadence: "daily", "every_n_days", "weekly" or "monthly".
 * @times: Times of day separated by commas: "08:00,20:00", "8.00, 20.00".
 * @weekdays: (nullable): Numbers from 1 for Monday, separated by commas; empty for every day.
 * @every_days: The n of every n-th day; read for that cadence only.
 * @starts_on: The first day; may be %FORLOP_DATE_NONE for a daily cadence.
 * @grace_minutes: 0 to 1440.
 *
 * Reads a schedule from the fields of its record.
 *
 * Returns: FALSE with %FORLOP_ERROR_INVALID and a sentence that names what to write instead.
 */
gboolean
forlop_schedule_parse (ForlopSchedule  *self,
                       const char      *cadence,
                       const char      *times,
                       const char      *weekdays,
                       int              every_days,
                       ForlopDate       starts_on,
                       int              grace_minutes,
                       GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  ForlopSchedule read = {
    .every_days = every_days, .starts_on = starts_on, .grace_minutes = grace_minutes,
  };

  if (!forlop_cadence_from_code (cadence, &read.cadence))
    return refuse (error, _("It is not said how often to measure. Choose daily, every n-th day, "
                            "weekly or monthly."));
  if (!parse_times (&read, times, error) || !parse_weekdays (&read, weekdays, error)
      || !check_cadence (&read, error))
    return FALSE;

  *self = read;
  return TRUE;
}

/**
 * forlop_schedule_format_times:
 *
 * Returns: (transfer full): What the record stores: "08:00,20:00".
 */
char *
forlop_schedule_format_times (const ForlopSchedule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < self->n_times; i++)
    g_string_append_printf (text, "%s%02d:%02d", i > 0 ? "," : "",
                            self->times[i] / 60, self->times[i] % 60);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * forlop_schedule_format_weekdays:
 *
 * Returns: (transfer full): What the record stores: "1,3,5", empty for every day.
 */
char *
forlop_schedule_format_weekdays (const ForlopSchedule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GString) text = g_string_new (NULL);

  for (int day = 0; day < 7; day++)
    {
      if (self->weekdays & (1 << day))
        g_string_append_printf (text, "%s%d", text->len > 0 ? "," : "", day + 1);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* "a", "a and b", "a, b and c" */
static char *
join_list (GPtrArray *parts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (parts->len == 1)
    return g_strdup (parts->pdata[0]);

  for (unsigned int i = 0; i + 1 < parts->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) parts->pdata[i]);
  return g_strdup_printf (C_("end of a list", "%s and %s"), text->str,
                          (char *) parts->pdata[parts->len - 1]);
}

static char *
join_times (const ForlopSchedule *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < self->n_times; i++)
    g_ptr_array_add (parts, g_strdup_printf ("%02d.%02d", self->times[i] / 60,
                                             self->times[i] % 60));
  return join_list (parts);
}

static char *
join_weekdays (guint8 weekdays)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (int day = 0; day < 7; day++)
    {
      if (weekdays & (1 << day))
        g_ptr_array_add (parts, g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "weekday in a list",
                                                        weekday_names[day])));
    }
  return join_list (parts);
}

static char *
describe_weekdays (const ForlopSchedule *self,
                   const char           *times)
{
  guint8 weekdays = self->weekdays;

  if (weekdays == 0 && self->cadence == FORLOP_CADENCE_WEEKLY)
    weekdays = (guint8) (1 << (forlop_date_weekday (self->starts_on) - 1));

  g_autofree char *names = join_weekdays (weekdays);

  return g_strdup_printf (_("Every week on %s at %s"), names, times);
}

/**
 * forlop_schedule_describe:
 *
 * The schedule as a sentence in the reader's language.
 *
 * Returns: (transfer full): "Every week on Monday and Thursday at 08.00 and 20.00".
 */
char *
forlop_schedule_describe (const ForlopSchedule *self)
{
  g_return_val_if_fail (self != NULL && self->n_times > 0, NULL);

  g_autofree char *times = join_times (self);
  int year, month, day;

  if (self->cadence == FORLOP_CADENCE_WEEKLY || self->weekdays != 0)
    return describe_weekdays (self, times);

  if (self->cadence == FORLOP_CADENCE_DAILY)
    return g_strdup_printf (_("Every day at %s"), times);

  g_autofree char *start = forlop_date_format (self->starts_on);

  if (self->cadence == FORLOP_CADENCE_EVERY_N_DAYS)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Every %d day at %s, from %s",
                                         "Every %d days at %s, from %s", self->every_days),
                            self->every_days, times, start);

  forlop_date_to_ymd (self->starts_on, &year, &month, &day);
  if (day > 28)
    return g_strdup_printf (_("Every month on day %d, or the last day of a shorter month, at %s"),
                            day, times);
  return g_strdup_printf (_("Every month on day %d at %s"), day, times);
}
