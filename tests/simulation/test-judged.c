/* SPDX-License-Identifier: EUPL-1.2 */

#include "meetings-test-util.h"

#include "forlop-date.h"
#include "forlop-measurement-store.h"
#include "forlop-record-store.h"
#include "forlop-sync-ingest.h"

/* The same readings become known to two offline devices and to the server, some of them to several, in any
 * order and with the network as it is. In the end everybody has the same judgements, and one alert for each
 * that asks for one. */

#define N_READINGS 16
#define N_DEALS 6

typedef struct {
  ForlopMeasure measure;
  double value;
  gint64 measured_at;
  gboolean is_invalid;
} Reading;

/* Weights around the trend rule, saturations around both limits, some within the minutes of a repeat. */
static void
draw_readings (GRand   *rand,
               Reading *readings,
               gint64   from)
{
  for (unsigned int i = 0; i < N_READINGS; i++)
    {
      gboolean is_weight = g_rand_boolean (rand);

      readings[i] = (Reading) {
        .measure = is_weight ? FORLOP_MEASURE_WEIGHT : FORLOP_MEASURE_SPO2,
        .value = is_weight ? g_rand_int_range (rand, 790, 840) / 10.0 : g_rand_int_range (rand, 85, 95),
        .measured_at = from + g_rand_int_range (rand, 0, 6) * FORLOP_DAY +
                       g_rand_int_range (rand, 0, 40) * FORLOP_MINUTE + i * 1000,
        .is_invalid = g_rand_int_range (rand, 0, 5) == 0,
      };
    }
}

/* A plan in force with limits, a trend rule and a repeat rule; everybody has it. */
static char *
put_plan_in_force (Fixture *self,
                   gint64  *from)
{
  char *case_id = dup_id (self->kari, "case", 0);
  g_autofree char *today = forlop_date_to_iso (forlop_instant_to_date (self->world->now));
  g_autofree char *start = NULL;
  g_autofree char *plan =
    must (self->kari, "draft-plan", "{\"case_id\":\"%s\",\"goal\":\"Bo hjemme\",\"repeat_minutes\":15}", case_id);

  g_free (must (self->kari, "set-limit",
                "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":88,\"yellow_low\":92}", plan));
  g_free (must (self->kari, "save-plan-rule",
                "{\"care_plan_id\":\"%s\",\"kind\":\"change\",\"code\":\"weight\",\"amount\":2,\"days\":3,"
                "\"severity\":\"yellow\"}", plan));
  g_free (must (self->kari, "approve-plan",
                "{\"care_plan_id\":\"%s\",\"approved_on\":\"%s\",\"approved_by\":\"Dr. Berg\","
                "\"approved_how\":\"meeting\"}", plan, today));
  *from = self->world->now + FORLOP_HOUR;
  start = forlop_instant_to_iso (*from);
  g_free (must (self->kari, "put-plan-in-force", "{\"care_plan_id\":\"%s\",\"valid_from\":\"%s\"}", plan, start));
  settle (self);
  self->world->now = *from + 8 * FORLOP_DAY;

  return case_id;
}

/* What is here already is not registered again. */
static void
register_by (SimClient     *client,
             const char    *case_id,
             const Reading *reading)
{
  g_autofree char *at = forlop_instant_to_iso (reading->measured_at);
  char value[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *json =
    g_strdup_printf ("{\"case_id\":\"%s\",\"code\":\"%s\",\"value\":%s,\"measured_at\":\"%s\"}", case_id,
                     forlop_measure_code (reading->measure),
                     g_ascii_formatd (value, sizeof value, "%.1f", reading->value), at);

  client->world->now += 1000;
  g_free (sim_do (client, "record-measurement", json));
}

static void
mark_invalid (SimClient     *client,
              const char    *citizen_id,
              const Reading *reading)
{
  g_autofree char *id =
    forlop_measurement_dup_id (citizen_id, reading->measure, reading->measured_at, reading->value);

  g_free (must (client, "invalidate-measurement",
                "{\"citizen_id\":\"%s\",\"measurement_id\":\"%s\",\"reason\":\"Feil person\"}", citizen_id, id));
}

static void
send_by_platform (SimWorld      *world,
                  const char    *unit_id,
                  const char    *citizen_id,
                  const Reading *reading)
{
  const ForlopSyncSender sender = { .name = "Heim", .unit_id = unit_id, .request_id = "sim" };
  g_autoptr (ForlopIncoming) incoming = forlop_incoming_new ();
  g_autoptr (GError) error = NULL;
  ForlopSyncReceipt receipt;
  gint64 head;

  incoming->citizen_id = g_strdup (citizen_id);
  incoming->measured_at = reading->measured_at;
  incoming->values[0] = (ForlopIncomingValue) { reading->measure, reading->value };
  incoming->n_values = 1;
  incoming->source = "platform";
  world->now += 1000;
  forlop_sync_server_ingest (world->storage, &sender, world->now, &incoming, 1, &receipt, &head, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.received, !=, FORLOP_SYNC_RECEIVED_KEPT);
  sim_note_head (world);
}

/* Each reading to one, two or all three of the devices and the server, and turns of sync in between. */
static void
deal (Fixture       *self,
      GRand         *rand,
      const Reading *readings,
      const char    *case_id,
      const char    *citizen_id)
{
  const char *unit_id = self->kari->actor->unit_id;
  SimClient *clients[] = { self->kari, self->ola };
  unsigned int order[N_READINGS];

  self->world->is_healing = FALSE;
  for (unsigned int i = 0; i < N_READINGS; i++)
    {
      unsigned int j = (unsigned int) g_rand_int_range (rand, 0, (gint32) i + 1);

      order[i] = order[j];
      order[j] = i;
    }
  for (unsigned int i = 0; i < N_READINGS; i++)
    {
      const Reading *reading = &readings[order[i]];
      unsigned int who = (unsigned int) g_rand_int_range (rand, 1, 8);

      if (reading->is_invalid && (who & 3) == 0)
        who |= 1;
      for (unsigned int k = 0; k < 2; k++)
        if ((who & (1u << k)) != 0)
          register_by (clients[k], case_id, reading);
      if ((who & 4) != 0)
        send_by_platform (self->world, unit_id, citizen_id, reading);
      if (reading->is_invalid)
        mark_invalid ((who & 1) != 0 ? self->kari : self->ola, citizen_id, reading);
      for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--)
        sim_exchange (clients[g_rand_int_range (rand, 0, 2)]);
    }
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

static void
nothing_is_refused (SimClient *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = forlop_sync_list_refused (client->connection, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 0);
}

/* Each measurement with its judgement, and the alerts that ask for somebody: one at most for each rule. */
static char *
dup_state (SimClient  *client,
           const char *citizen_id,
           gint64      from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = forlop_measurement_store_list (
    client->connection, citizen_id, NULL, from, from + 30 * FORLOP_DAY, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  g_assert_cmpuint (measurements->len, ==, N_READINGS);
  for (unsigned int i = 0; i < measurements->len; i++)
    {
      const ForlopStoredMeasurement *found = g_ptr_array_index (measurements, i);
      g_autoptr (GPtrArray) alerts = list (client, "alert", "measurement_id", found->id);
      unsigned int n_open = 0;

      g_ptr_array_add (lines, g_strdup_printf ("%s %s %d %s", found->id, found->severity, found->plan_version,
                                               found->reason));
      for (unsigned int j = 0; j < alerts->len; j++)
        {
          ForlopRecord *alert = g_ptr_array_index (alerts, j);

          if (!forlop_record_text_is (alert, "status", "new"))
            continue;
          n_open++;
          g_ptr_array_add (lines, g_strdup_printf ("%s alert %s %s %s", found->id,
                                                   forlop_record_get_text (alert, "rule"),
                                                   forlop_record_get_text (alert, "severity"),
                                                   forlop_record_get_text (alert, "reason")));
        }
      g_assert_cmpuint (n_open, <=, 1);
    }
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
test_any_way_ends_alike (Fixture       *self,
                         gconstpointer  user_data G_GNUC_UNUSED)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Reading readings[N_READINGS];
  g_autofree char *expected = NULL;

  g_test_message ("seed %u", seed);
  for (unsigned int i = 0; i < N_DEALS; i++)
    {
      g_autofree char *case_id = NULL;
      g_autofree char *citizen_id = NULL;
      g_autoptr (ForlopRecord) the_case = NULL;
      g_autofree char *kari = NULL;
      g_autofree char *ola = NULL;
      gint64 from;

      if (i > 0)
        sim_world_begin_again (self->world, self->template, 7);
      case_id = put_plan_in_force (self, &from);
      the_case = forlop_record_store_load (self->kari->connection, "case", case_id, NULL);
      citizen_id = g_strdup (forlop_record_get_text (the_case, "citizen_id"));
      if (i == 0)
        draw_readings (rand, readings, from);
      deal (self, rand, readings, case_id, citizen_id);
      holds (self);
      nothing_is_refused (self->kari);
      nothing_is_refused (self->ola);
      kari = dup_state (self->kari, citizen_id, from);
      ola = dup_state (self->ola, citizen_id, from);
      g_assert_cmpstr (kari, ==, ola);
      if (expected == NULL)
        expected = g_strdup (kari);
      g_assert_cmpstr (kari, ==, expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/judged/any-way-to-three-ends-alike", Fixture, NULL, set_up, test_any_way_ends_alike, tear_down);

  return g_test_run ();
}
