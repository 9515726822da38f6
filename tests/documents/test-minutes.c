/* SPDX-License-Identifier: EUPL-1.2 */

#include <locale.h>

#include "forlop-minutes-paper.h"
#include "pdf-reader.h"

/* The minutes of a weekly meeting on paper. */

static ForlopDate
date_of (const char *iso)
{
  ForlopDate date;

  g_assert_true (forlop_date_from_iso (iso, &date));

  return date;
}

static ForlopRecord *
record_new (const char *type)
{
  g_autofree char *id = g_uuid_string_random ();

  return forlop_record_new (forlop_record_type_find (type), id);
}

static ForlopMinutes *
minutes_new (gboolean closed)
{
  g_autoptr (ForlopRecord) meeting = record_new ("meeting");
  ForlopMinutes *minutes;

  forlop_record_set_text (meeting, "title", "Weekly meeting");
  forlop_record_set_date (meeting, "held_on", date_of ("2026-11-20"));
  forlop_record_set_text (meeting, "participants", "Kari Nes, Ida Lien");
  if (closed)
    forlop_record_set_instant (meeting, "closed_at", forlop_instant_from_wall (date_of ("2026-11-20"), 840));
  minutes = forlop_minutes_new (meeting);
  minutes->unit_name = g_strdup ("Sone Nord");

  return minutes;
}

static ForlopMinutesItem *
add_item (ForlopMinutes *minutes,
          const char    *name,
          const char    *decision)
{
  g_autoptr (ForlopRecord) item = record_new ("meeting_item");

  forlop_record_set_text (item, "question", "Is the pressure too high?");
  forlop_record_set_text (item, "decision", decision);

  return forlop_minutes_add_item (minutes, item, name, date_of ("1954-03-12"));
}

static void
add_task (ForlopMinutesItem *item,
          const char        *title,
          const char        *who,
          const char        *due)
{
  g_autoptr (ForlopRecord) task = record_new ("task");

  forlop_record_set_text (task, "title", title);
  forlop_record_set_text (task, "role", "coordinator");
  if (due != NULL)
    forlop_record_set_date (task, "due_on", date_of (due));
  forlop_minutes_add_task (item, task, who);
}

static char *
write_and_read (const ForlopMinutes *minutes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf =
    forlop_minutes_to_pdf (minutes, forlop_instant_from_wall (date_of ("2026-11-20"), 900), &error);

  g_assert_no_error (error);

  return pdf_reader_text (pdf);
}

static void
test_says_who_was_there_what_was_decided_and_who_does_it (void)
{
  g_autoptr (ForlopMinutes) minutes = minutes_new (TRUE);
  ForlopMinutesItem *item = add_item (minutes, "Liv Haug", "Ask the GP, the limits stand.");
  g_autofree char *text = NULL;
  g_autofree char *title = forlop_minutes_dup_title (minutes);

  add_task (item, "Call the GP", "Ida Lien", "2026-11-24");
  add_task (item, "Another cuff", NULL, NULL);
  text = write_and_read (minutes);
  pdf_reader_assert_says (text, "Minutes: Weekly meeting");
  pdf_reader_assert_says (text, "Sone Nord, 20.11.2026");
  pdf_reader_assert_says (text, "Present: Kari Nes, Ida Lien");
  pdf_reader_assert_says (text, "Liv Haug, born 12.03.1954");
  pdf_reader_assert_says (text, "Taken up: Is the pressure too high?");
  pdf_reader_assert_says (text, "Decided: Ask the GP, the limits stand.");
  pdf_reader_assert_says (text, "Ida Lien: Call the GP, by 24.11.2026");
  pdf_reader_assert_says (text, "Welfare-technology coordinator: Another cuff");
  pdf_reader_assert_says (text, "Page 1 of 1");
  pdf_reader_assert_not (text, "not closed");
  g_assert_cmpstr (title, ==, "Minutes 20.11.2026.pdf");
}

static void
test_says_that_it_is_open_and_nothing_was_decided (void)
{
  g_autoptr (ForlopMinutes) minutes = minutes_new (FALSE);
  g_autofree char *text = write_and_read (minutes);

  pdf_reader_assert_says (text, "The meeting is not closed");
  pdf_reader_assert_says (text, "Nothing was decided.");
}

static void
test_goes_on_over_pages_and_loses_nobody (void)
{
  g_autoptr (ForlopMinutes) minutes = minutes_new (TRUE);
  g_autofree char *words = g_strnfill (700, 'w');
  g_autofree char *text = NULL;

  for (unsigned int i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("Citizen %u", i);

      add_item (minutes, name, words);
    }
  text = write_and_read (minutes);
  for (unsigned int i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("Citizen %u, born", i);

      pdf_reader_assert_says (text, name);
    }
  pdf_reader_assert_says (text, "Page 2 of ");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/minutes/says-who-was-there-what-was-decided-and-who-does-it",
                   test_says_who_was_there_what_was_decided_and_who_does_it);
  g_test_add_func ("/minutes/says-that-it-is-open-and-nothing-was-decided",
                   test_says_that_it_is_open_and_nothing_was_decided);
  g_test_add_func ("/minutes/goes-on-over-pages-and-loses-nobody", test_goes_on_over_pages_and_loses_nobody);

  return g_test_run ();
}
