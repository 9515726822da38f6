/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>

#include "forlop-connection.h"
#include "forlop-demo.h"
#include "forlop-store-check.h"
#include "forlop-store-create.h"

typedef struct {
  char *folder;
  ForlopStore *store;
} Demo;

static Demo
make_municipality (ForlopDemoMunicipality  municipality,
                   const char             *today)
{
  static const guint8 bytes[FORLOP_KEY_LENGTH] = { 3 };
  g_autoptr (ForlopKey) key = forlop_key_new (bytes);
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_seeded (1);
  g_autoptr (ForlopClock) clock = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  ForlopDate date;
  Demo demo = { .folder = g_dir_make_tmp ("forlop-demo-XXXXXX", NULL) };

  g_assert_true (forlop_date_from_iso (today, &date));
  clock = forlop_clock_new_manual (forlop_instant_from_wall (date, 12 * 60));
  path = g_build_filename (demo.folder, "demo.forlop", NULL);
  g_assert_true (forlop_store_create (path, key, NULL, &error));
  demo.store = forlop_store_open (path, key, clock, ids, FORLOP_STORE_NO_SIGNALS, &error);
  g_assert_no_error (error);
  if (!forlop_demo_create (demo.store, municipality, date, NULL, NULL, NULL, &error))
    g_error ("the demo was refused: %s", error->message);

  return demo;
}

static Demo
make (const char *today)
{
  return make_municipality (FORLOP_DEMO_SKIEN, today);
}

static void
clear (Demo *demo)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&demo->store);
  dir = g_dir_open (demo->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (demo->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (demo->folder);
  g_free (demo->folder);
}

static gpointer
read_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, user_data, error);
  gboolean has_row;

  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return NULL;

  return has_row ? forlop_statement_dup_text (statement, 0) : NULL;
}

static char *
ask (Demo       *demo,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *answer = forlop_store_read_sync (demo->store, read_on_worker, (gpointer) sql, g_free, NULL,
                                         &error);

  g_assert_no_error (error);

  return answer;
}

static void
assert_answer (Demo       *demo,
               const char *sql,
               const char *expected)
{
  g_autofree char *answer = ask (demo, sql);

  if (g_strcmp0 (answer, expected) != 0)
    g_error ("%s gives %s, not %s", sql, answer, expected);
}

#define ANNE "(SELECT id FROM citizen WHERE id_number = '15872949884')"

static void
assert_anne (Demo *demo)
{
  assert_answer (demo, "SELECT count (*) FROM measurement WHERE severity = 'yellow' AND citizen_id = " ANNE,
                 "21");
  assert_answer (demo, "SELECT count (*) FROM measurement WHERE severity = 'red' AND citizen_id = " ANNE,
                 "20");
  assert_answer (demo, "SELECT count (*) FROM contact_log WHERE way = 'phone' AND alert_id IS NOT NULL "
                       "AND citizen_id = " ANNE, "41");
  assert_answer (demo, "SELECT count (*) FROM alert WHERE status <> 'handled' AND citizen_id = " ANNE, "0");
  assert_answer (demo, "SELECT status FROM \"case\" WHERE citizen_id = " ANNE, "closed");
  assert_answer (demo, "SELECT count (*) FROM loan WHERE returned_on IS NULL AND citizen_id = " ANNE, "0");
  assert_answer (demo, "SELECT may_resume FROM closure WHERE citizen_id = " ANNE, "1");
}

/* Every stage of the pathway has somebody in it, so that every screen has something to show. */
static void
assert_spread (Demo *demo)
{
  assert_answer (demo, "SELECT count (DISTINCT step) FROM citizen_row "
                       "WHERE step IN ('assessment', 'decision', 'equipment', 'training', 'follow_up', "
                       "'closure')", "6");
  assert_answer (demo, "SELECT count (*) BETWEEN 1690 AND 1730 FROM citizen", "1");
  assert_answer (demo, "SELECT count (*) BETWEEN 58 AND 66 FROM \"case\" WHERE closed_on IS NULL", "1");
  assert_answer (demo, "SELECT count (DISTINCT role) >= 3 FROM duty", "1");
  assert_answer (demo, "SELECT count (*) > 0 FROM duty WHERE severity = 0", "1");
  assert_answer (demo, "SELECT count (*) > 0 FROM duty WHERE severity = 1", "1");
}

static void
assert_sound (Demo *demo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = forlop_store_check_sync (demo->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_same_day_gives_the_same_municipality (void)
{
  static const char sum[] =
    "SELECT count (*) || ' ' || group_concat (substr (body, 1, 400), '') FROM "
    "(SELECT body FROM changeset ORDER BY op_no)";
  Demo first = make ("2026-11-22");
  Demo second = make ("2026-11-22");
  g_autofree char *left = ask (&first, sum);
  g_autofree char *right = ask (&second, sum);

  g_assert_nonnull (left);
  g_assert_cmpint (g_strcmp0 (left, right), ==, 0);
  assert_anne (&first);
  assert_spread (&first);
  assert_sound (&first);

  clear (&first);
  clear (&second);
}

/* Not only on the day it was written for: a leap day, and a day in summer time. */
static void
test_other_days_are_made_as_well (void)
{
  Demo leap = make ("2028-02-29");

  assert_anne (&leap);
  clear (&leap);
}

/* Its own people and its own zones; the centre and the one who watches there are in both. */
static void
test_the_neighbour_shares_the_centre_and_no_person (void)
{
  Demo skien = make ("2026-11-22");
  Demo bamble = make_municipality (FORLOP_DEMO_BAMBLE, "2026-11-22");
  g_autofree char *numbers = ask (&skien, "SELECT group_concat (quote (id_number)) FROM citizen "
                                          "WHERE id_number IS NOT NULL");
  g_autofree char *ids = ask (&skien, "SELECT group_concat (quote (id)) FROM citizen");
  g_autofree char *same_number = g_strdup_printf (
    "SELECT count (*) FROM citizen WHERE id_number IN (%s)", numbers);
  g_autofree char *same_id = g_strdup_printf ("SELECT count (*) FROM citizen WHERE id IN (%s)", ids);

  assert_answer (&bamble, same_id, "0");
  assert_answer (&bamble, same_number, "0");
  assert_answer (&bamble, "SELECT count (*) BETWEEN 420 AND 450 FROM citizen", "1");
  assert_answer (&bamble, "SELECT count (*) FROM user WHERE name = 'Jon Elvestad'", "1");
  assert_answer (&bamble, "SELECT count (*) > 0 FROM duty WHERE severity = 0", "1");
  assert_answer (&bamble, "SELECT count (*) > 0 FROM \"case\" WHERE closed_on IS NULL AND follow_up_unit_id = "
                          "(SELECT id FROM unit WHERE kind = 'follow_up_centre')", "1");
  assert_sound (&bamble);

  clear (&skien);
  clear (&bamble);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/demo/same-day-gives-the-same-municipality",
                   test_same_day_gives_the_same_municipality);
  g_test_add_func ("/demo/other-days-are-made-as-well", test_other_days_are_made_as_well);

  g_test_add_func ("/demo/the-neighbour-shares-the-centre-and-no-person",
                   test_the_neighbour_shares_the_centre_and_no_person);

  return g_test_run ();
}
