/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-letter-words.h"

#include <gio/gio.h>
#include <string.h>

#include "forlop-documents-resources.h"
#include "forlop-json.h"

#define WORDS "/no/forlop/Forlop/data/letter-words.json"
#define ALL_DAYS 0x7f
#define N_DAYS 7

static yyjson_val *
load_words (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  yyjson_doc *doc = NULL;

  g_resources_register (forlop_documents_get_resource ());
  bytes = g_resources_lookup_data (WORDS, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes != NULL)
    doc = forlop_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  /* It is part of the program. */
  if (doc == NULL)
    g_error ("%s", error->message);

  return yyjson_obj_get (yyjson_doc_get_root (doc), "words");
}

const char *
forlop_letter_words (const char *language,
                     const char *key)
{
  static yyjson_val *words;
  const char *text;

  g_return_val_if_fail (language != NULL && key != NULL, "");

  if (g_once_init_enter_pointer (&words))
    g_once_init_leave_pointer (&words, load_words ());
  text = yyjson_get_str (yyjson_obj_get (yyjson_obj_get (words, key), language));
  g_return_val_if_fail (text != NULL, "");

  return text;
}

char *
forlop_letter_words_fill (const char *language,
                          const char *key,
                          ...)
{
  g_autoptr (GString) text = g_string_new (forlop_letter_words (language, key));
  const char *name;
  va_list rest;

  va_start (rest, key);
  while ((name = va_arg (rest, const char *)) != NULL)
    {
      g_autofree char *mark = g_strdup_printf ("{%s}", name);

      g_string_replace (text, mark, va_arg (rest, const char *), 0);
    }
  va_end (rest);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
forlop_letter_words_date (const char *language,
                          ForlopDate  date)
{
  g_autofree char *key = NULL;
  int year, month, day;

  forlop_date_to_ymd (date, &year, &month, &day);
  key = g_strdup_printf ("month-%d", month);

  return g_strdup_printf ("%d. %s %d", day, forlop_letter_words (language, key), year);
}

static const char *
weekday (const char *language,
         int         day)
{
  g_autofree char *key = g_strdup_printf ("weekday-%d", day + 1);

  return forlop_letter_words (language, key);
}

/* "a", "a og b", "a, b og c" */
static char *
join (const char *language,
      GPtrArray  *parts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < parts->len; i++)
    {
      if (i > 0 && i + 1 == parts->len)
        g_string_append_printf (text, " %s ", forlop_letter_words (language, "and"));
      else if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, g_ptr_array_index (parts, i));
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
join_weekdays (const char *language,
               guint8      weekdays)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (int day = 0; day < N_DAYS; day++)
    if (weekdays & (1 << day))
      g_ptr_array_add (names, (gpointer) weekday (language, day));

  return join (language, names);
}

/* Days in a row are said by the first and the last. */
static char *
describe_days (const char *language,
               guint8      weekdays)
{
  int first = 0, last;

  if (weekdays == 0 || weekdays == ALL_DAYS)
    return g_strdup (forlop_letter_words (language, "every-day"));
  while (!(weekdays & (1 << first)))
    first++;
  for (last = first; last + 1 < N_DAYS && (weekdays & (1 << (last + 1))); last++);
  if (last >= first + 2 && weekdays >> (last + 1) == 0)
    return forlop_letter_words_fill (language, "weekdays-from-to", "first", weekday (language, first), "last",
                                     weekday (language, last), NULL);

  return join_weekdays (language, weekdays);
}

static char *
clock_time (gint64 minute)
{
  return g_strdup_printf ("%02d.%02d", (int) (minute / 60), (int) (minute % 60));
}

char *
forlop_letter_words_hours (const char   *language,
                           ForlopRecord *unit)
{
  const char *codes, *holidays = "";
  guint8 weekdays = 0;
  gint64 opens, closes;
  g_autofree char *days = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (FORLOP_IS_RECORD (unit), NULL);

  codes = forlop_record_get_text (unit, "open_weekdays");
  opens = forlop_record_get_integer (unit, "opens_at");
  closes = forlop_record_get_integer (unit, "closes_at");
  for (int day = 0; codes != NULL && day < N_DAYS; day++)
    if (strchr (codes, '1' + day) != NULL)
      weekdays |= (guint8) (1 << day);
  days = describe_days (language, weekdays);
  from = clock_time (opens);
  to = clock_time (closes);

  if (forlop_record_text_is (unit, "open_holidays", "usual"))
    holidays = forlop_letter_words (language, "open-on-holidays");
  if (forlop_record_text_is (unit, "open_holidays", "closed"))
    holidays = forlop_letter_words (language, "closed-on-holidays");

  return opens == closes
    ? forlop_letter_words_fill (language, "around-the-clock", "days", days, "holidays", holidays, NULL)
    : forlop_letter_words_fill (language, "hours", "days", days, "from", from, "to", to, "holidays", holidays, NULL);
}

static char *
join_times (const char           *language,
            const ForlopSchedule *schedule)
{
  g_autoptr (GPtrArray) times = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < schedule->n_times; i++)
    g_ptr_array_add (times, clock_time (schedule->times[i]));

  return join (language, times);
}

static char *
describe_monthly (const char           *language,
                  const ForlopSchedule *schedule,
                  const char           *times)
{
  g_autofree char *text = NULL;
  int year, month, day;

  forlop_date_to_ymd (schedule->starts_on, &year, &month, &day);
  text = g_strdup_printf ("%d", day);

  return forlop_letter_words_fill (language, day > 28 ? "schedule-monthly-last" : "schedule-monthly", "day", text,
                                   "times", times, NULL);
}

char *
forlop_letter_words_schedule (const char           *language,
                              const ForlopSchedule *schedule)
{
  g_autofree char *times = NULL;
  g_autofree char *days = NULL;
  guint8 weekdays;

  g_return_val_if_fail (schedule != NULL, NULL);

  times = join_times (language, schedule);
  weekdays = schedule->weekdays;
  if (weekdays == 0 && schedule->cadence == FORLOP_CADENCE_WEEKLY)
    weekdays = (guint8) (1 << (forlop_date_weekday (schedule->starts_on) - 1));
  if (weekdays != 0)
    {
      days = join_weekdays (language, weekdays);
      return forlop_letter_words_fill (language, "schedule-weekdays", "days", days, "times", times, NULL);
    }
  if (schedule->cadence == FORLOP_CADENCE_EVERY_N_DAYS)
    {
      g_autofree char *n = g_strdup_printf ("%d", schedule->every_days);
      g_autofree char *from = forlop_letter_words_date (language, schedule->starts_on);

      return forlop_letter_words_fill (language, "schedule-every", "n", n, "from", from, "times", times, NULL);
    }
  if (schedule->cadence == FORLOP_CADENCE_MONTHLY)
    return describe_monthly (language, schedule, times);

  return forlop_letter_words_fill (language, "schedule-daily", "times", times, NULL);
}
