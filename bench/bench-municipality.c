/* SPDX-License-Identifier: EUPL-1.2 */

#include "bench-municipality.h"

#include <glib/gstdio.h>

#include "forlop-connection.h"
#include "forlop-duty-store.h"
#include "forlop-list-store.h"
#include "forlop-measurement-store.h"
#include "forlop-record-store.h"
#include "forlop-store-create.h"

#define FULL_CITIZENS 100000
#define FULL_CASES 20000
#define FULL_MEASUREMENTS G_GINT64_CONSTANT (10000000)
#define CITIZENS_PER_COMMIT 2000
#define CASES_PER_COMMIT 250

/* Changed when the file's contents change, so that an old one is made again. */
#define SHAPE 17

static const char *const families[] = {
  "Aas", "Berg", "Dahl", "Eide", "Fossum", "Hagen", "Iversen", "Jensen", "Lie", "Moen", "Nilsen",
  "Olsen", "Pedersen", "Solberg", "Strand", "Vik", "Ødegård", "Aasen",
};
static const char *const givens[] = {
  "Anne", "Bjørn", "Eva", "Finn", "Gerd", "Harald", "Inger", "Johan", "Kari", "Liv", "Marit", "Nils",
  "Odd", "Per", "Ragnhild", "Solveig", "Trygve", "Unni", "Øyvind", "Åse",
};

double
bench_seconds (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

int
bench_compare_doubles (gconstpointer a,
                       gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
must (gboolean  well,
      GError   *error)
{
  if (!well || error != NULL)
    g_error ("the benchmark cannot go on: %s", error != NULL ? error->message : "no reason given");
}

static ForlopRecord *
make (ForlopChangeset *changeset,
      ForlopIdSource  *ids,
      const char      *type,
      const char      *citizen_id,
      const char      *case_id)
{
  g_autofree char *id = forlop_id_source_next (ids, G_GINT64_CONSTANT (1700000000000));
  ForlopRecord *record = forlop_changeset_make (changeset, type, id);
  const ForlopRecordType *rtype = forlop_record_get_rtype (record);

  if (citizen_id != NULL && forlop_record_type_field (rtype, "citizen_id") != NULL)
    forlop_record_set_text (record, "citizen_id", citizen_id);
  if (case_id != NULL && forlop_record_type_field (rtype, "case_id") != NULL)
    forlop_record_set_text (record, "case_id", case_id);

  return record;
}

/* Straight into the tables, with the same derived rows as an act would leave. */
static gboolean
write_all (ForlopConnection  *connection,
           ForlopChangeset   *changeset,
           GError           **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  if (!forlop_changeset_finish (changeset, error))
    return FALSE;
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (!forlop_record_store_write (connection, operation, error) ||
          !forlop_list_store_update (connection, operation, error))
        return FALSE;
    }

  return TRUE;
}

static ForlopChangeset *
new_changeset (ForlopIdSource *ids)
{
  g_autofree char *op_id = forlop_id_source_next (ids, G_GINT64_CONSTANT (1700000000000));
  g_autoptr (ForlopActor) nobody = forlop_actor_new (NULL, "administrator", NULL);

  return forlop_changeset_new (op_id, "benchmark", nobody, G_GINT64_CONSTANT (1700000000000));
}

typedef struct {
  BenchMunicipality *self;
  char *office;
  char *profile;
  GPtrArray *citizens; /* ids */
  unsigned int first;
} Filling;

static gpointer
set_up_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Filling *filling = user_data;
  BenchMunicipality *self = filling->self;
  g_autoptr (ForlopChangeset) changeset = new_changeset (self->ids);
  ForlopRecord *office = make (changeset, self->ids, "unit", NULL, NULL);
  ForlopRecord *zone = make (changeset, self->ids, "unit", NULL, NULL);
  ForlopRecord *profile = make (changeset, self->ids, "profile", NULL, NULL);
  ForlopRecord *user = make (changeset, self->ids, "user", NULL, NULL);
  ForlopRecord *membership = make (changeset, self->ids, "membership", NULL, NULL);

  forlop_record_set_text (office, "name", "Tildelingskontoret");
  forlop_record_set_text (office, "kind", "allocation_office");
  forlop_record_set_text (zone, "name", "Sone 1");
  forlop_record_set_text (zone, "kind", "zone");
  forlop_record_set_text (profile, "name", "Standard");
  forlop_record_set_boolean (profile, "decision_required", TRUE);
  forlop_record_set_integer (profile, "trial_days", 14);
  forlop_record_set_integer (profile, "evaluation_months", 3);
  forlop_record_set_boolean (profile, "active", TRUE);
  forlop_record_set_text (user, "name", "Kari Nes");
  forlop_record_set_text (user, "short_name", "Kari");
  forlop_record_set_text (membership, "user_id", forlop_record_get_id (user));
  forlop_record_set_text (membership, "role", "resource_person");
  forlop_record_set_text (membership, "unit_id", forlop_record_get_id (zone));

  filling->office = g_strdup (forlop_record_get_id (office));
  filling->profile = g_strdup (forlop_record_get_id (profile));
  self->zone = g_strdup (forlop_record_get_id (zone));
  self->nurse = forlop_actor_new (forlop_record_get_id (user), "resource_person", self->zone);
  write_all (connection, changeset, error);

  return NULL;
}

static gpointer
citizens_on_worker (ForlopConnection  *connection,
                    gpointer           user_data,
                    GCancellable      *cancellable G_GNUC_UNUSED,
                    GError           **error)
{
  Filling *filling = user_data;
  BenchMunicipality *self = filling->self;

  for (unsigned int i = filling->first;
       i < MIN (filling->first + CITIZENS_PER_COMMIT, self->n_citizens); i++)
    {
      g_autoptr (ForlopChangeset) changeset = new_changeset (self->ids);
      ForlopRecord *citizen = make (changeset, self->ids, "citizen", NULL, NULL);
      g_autofree char *number = g_strdup_printf ("%011u", 90000000u + i);
      g_autofree char *family =
        g_strdup_printf ("%s%u", families[i * 7919u % G_N_ELEMENTS (families)], i % 500);
      g_autofree char *address = g_strdup_printf ("Storgata %u", i % 9000);
      g_autofree char *phone = g_strdup_printf ("9%07u", i);

      forlop_record_set_text (citizen, "id_number", number);
      forlop_record_set_date (citizen, "birth_date", -15000 + (ForlopDate) (i % 9000));
      forlop_record_set_text (citizen, "given_name", givens[i * 31u % G_N_ELEMENTS (givens)]);
      forlop_record_set_text (citizen, "family_name", family);
      forlop_record_set_text (citizen, "address", address);
      forlop_record_set_text (citizen, "phone", phone);
      forlop_record_set_text (citizen, "unit_id", self->zone);
      g_ptr_array_add (filling->citizens, g_strdup (forlop_record_get_id (citizen)));
      if (!write_all (connection, changeset, error))
        return NULL;
    }

  return NULL;
}

static gboolean
insert_measurements (ForlopConnection  *connection,
                     BenchMunicipality *self,
                     const char        *citizen_id,
                     unsigned int       n,
                     gint64             now,
                     GError           **error)
{
  static const char sql[] =
    "INSERT INTO measurement (citizen_id, measured_at, id, code, value, received_at, source, "
    "severity, plan_version, vtag) VALUES (?1, ?2, ?3, ?4, ?5, ?2, 'device', 'green', 1, ?3)";
  static const char *const codes[] = { "spo2", "pulse", "weight" };
  static const double values[] = { 95, 72, 81.4 };
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  /* Three measures a day, the oldest first. */
  for (unsigned int i = 0; i < n; i++)
    {
      const gint64 at = now - (gint64) ((n - i) / 3) * FORLOP_DAY - 2 * FORLOP_HOUR;
      g_autofree char *id = forlop_id_source_next (self->ids, at);

      forlop_statement_bind_id (statement, 1, citizen_id);
      forlop_statement_bind_instant (statement, 2, at);
      forlop_statement_bind_id (statement, 3, id);
      forlop_statement_bind_text (statement, 4, codes[i % 3]);
      forlop_statement_bind_real (statement, 5, values[i % 3] + i % 5);
      if (!forlop_statement_execute (statement, error))
        return FALSE;
    }

  return TRUE;
}

static void
make_plan (ForlopChangeset *changeset,
           ForlopIdSource  *ids,
           const char      *citizen_id,
           const char      *case_id,
           gint64           from)
{
  ForlopRecord *plan = make (changeset, ids, "care_plan", citizen_id, case_id);
  ForlopRecord *limit = make (changeset, ids, "limit", citizen_id, case_id);

  forlop_record_set_integer (plan, "version", 1);
  forlop_record_set_text (plan, "status", "in_force");
  forlop_record_set_instant (plan, "valid_from", from);
  forlop_record_set_text (limit, "care_plan_id", forlop_record_get_id (plan));
  forlop_record_set_text (limit, "code", "spo2");
  forlop_record_set_real (limit, "red_low", 88);
  forlop_record_set_real (limit, "yellow_low", 92);
}

static void
make_case (Filling         *filling,
           ForlopChangeset *changeset,
           unsigned int     i,
           ForlopDate       today,
           char           **case_id)
{
  BenchMunicipality *self = filling->self;
  const char *citizen_id = g_ptr_array_index (filling->citizens, i);
  ForlopRecord *the_case = make (changeset, self->ids, "case", citizen_id, NULL);
  g_autofree char *number = g_strdup_printf ("2024-%05u", i + 1);
  ForlopRecord *referral, *decision, *consent;

  *case_id = g_strdup (forlop_record_get_id (the_case));
  forlop_record_set_text (the_case, "number", number);
  forlop_record_set_text (the_case, "status", "running");
  forlop_record_set_text (the_case, "profile_id", filling->profile);
  forlop_record_set_text (the_case, "office_unit_id", filling->office);
  forlop_record_set_text (the_case, "unit_id", self->zone);
  forlop_record_set_date (the_case, "opened_on", today - 760);
  forlop_record_set_date (the_case, "started_on", today - 740);
  forlop_record_set_date (the_case, "trial_reviewed_on", today - 725);
  forlop_record_set_date (the_case, "next_evaluation_on", today - 5 + (ForlopDate) (i % 90));

  referral = make (changeset, self->ids, "referral", citizen_id, *case_id);
  forlop_record_set_text (referral, "source", "gp");
  forlop_record_set_text (referral, "channel", "e_message");
  forlop_record_set_date (referral, "received_on", today - 760);
  forlop_record_set_text (referral, "reason", "KOLS");

  decision = make (changeset, self->ids, "decision", citizen_id, *case_id);
  forlop_record_set_text (decision, "kind", "grant");
  forlop_record_set_date (decision, "decided_on", today - 750);
  forlop_record_set_text (decision, "service_code", "15");
  forlop_record_set_text (decision, "granted", "DHO");
  forlop_record_set_text (decision, "reasons", "Vilkårene er oppfylt");
  forlop_record_set_text (decision, "legal_references", "hol § 3-2");
  forlop_record_set_text (decision, "decided_by", self->nurse->user_id);
  forlop_record_set_date (decision, "letter_sent_on", today - 749);
  forlop_record_set_date (decision, "received_on", today - 745);

  for (int k = 0; k < 2; k++)
    {
      consent = make (changeset, self->ids, "consent", citizen_id, *case_id);
      forlop_record_set_text (consent, "kind", k == 0 ? "service" : "measure");
      forlop_record_set_boolean (consent, "given", TRUE);
      forlop_record_set_date (consent, "assessed_on", today - 750);
      forlop_record_set_text (consent, "capacity", "full");
    }

  make_plan (changeset, self->ids, citizen_id, *case_id, forlop_instant_from_wall (today - 740, 0));
}

static gpointer
cases_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  Filling *filling = user_data;
  BenchMunicipality *self = filling->self;
  const gint64 now = forlop_clock_now (self->clock);
  const unsigned int per_case = (unsigned int) (self->n_measurements / self->n_cases);

  for (unsigned int i = filling->first; i < MIN (filling->first + CASES_PER_COMMIT, self->n_cases); i++)
    {
      g_autoptr (ForlopChangeset) changeset = new_changeset (self->ids);
      g_autofree char *case_id = NULL;
      const char *citizen_id = g_ptr_array_index (filling->citizens, i);
      /* One has two full years of three measures a day. */
      const unsigned int n = i == 7 ? 2 * 365 * 3 : per_case;

      make_case (filling, changeset, i, forlop_instant_to_date (now), &case_id);
      if (!write_all (connection, changeset, error) ||
          !insert_measurements (connection, self, citizen_id, n, now, error) ||
          !forlop_duty_store_refresh_case (connection, case_id, now, error))
        return NULL;
    }

  return NULL;
}

static void
fill (BenchMunicipality *self)
{
  g_autoptr (GError) error = NULL;
  Filling filling = { .self = self, .citizens = g_ptr_array_new_with_free_func (g_free) };

  forlop_store_write_sync (self->store, set_up_on_worker, &filling, NULL, NULL, &error);
  must (error == NULL, error);
  for (filling.first = 0; filling.first < self->n_citizens; filling.first += CITIZENS_PER_COMMIT)
    {
      forlop_store_write_sync (self->store, citizens_on_worker, &filling, NULL, NULL, &error);
      must (error == NULL, error);
    }
  for (filling.first = 0; filling.first < self->n_cases; filling.first += CASES_PER_COMMIT)
    {
      forlop_store_write_sync (self->store, cases_on_worker, &filling, NULL, NULL, &error);
      must (error == NULL, error);
      if (filling.first % (CASES_PER_COMMIT * 8) == 0)
        g_printerr ("\rmaking the file: %u of %u cases", filling.first, self->n_cases);
    }
  g_printerr ("\r%60s\r", "");

  g_ptr_array_unref (filling.citizens);
  g_free (filling.office);
  g_free (filling.profile);
}

static gpointer
look_up_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  BenchMunicipality *self = user_data;
  g_autoptr (ForlopRecord) zone = forlop_record_store_find (connection, "unit", "kind", "zone", error);
  g_autoptr (ForlopRecord) user =
    forlop_record_store_find (connection, "user", "short_name", "Kari", error);
  g_autoptr (ForlopRecord) the_case =
    forlop_record_store_find (connection, "case", "number", "2024-00008", error);
  g_autoptr (ForlopRecord) written =
    forlop_record_store_find (connection, "case", "number", "2024-00009", error);

  if (zone == NULL || user == NULL || the_case == NULL || written == NULL)
    return NULL;

  g_set_str (&self->zone, forlop_record_get_id (zone));
  g_clear_pointer (&self->nurse, forlop_actor_free);
  self->nurse = forlop_actor_new (forlop_record_get_id (user), "resource_person", self->zone);
  self->case_id = g_strdup (forlop_record_get_id (the_case));
  self->citizen_id = g_strdup (forlop_record_get_text (the_case, "citizen_id"));
  self->written_case_id = g_strdup (forlop_record_get_id (written));
  self->written_citizen_id = g_strdup (forlop_record_get_text (written, "citizen_id"));

  return NULL;
}

static void
open_store (BenchMunicipality *self)
{
  g_autoptr (GError) error = NULL;

  self->store = forlop_store_open (self->path, self->key, self->clock, self->ids,
                                   FORLOP_STORE_NO_SIGNALS, &error);
  must (self->store != NULL, error);
}

/* Made under another name first, so that a benchmark that was stopped does not leave half a file. */
static void
make_file (BenchMunicipality *self)
{
  g_autofree char *final = g_steal_pointer (&self->path);
  g_autoptr (ForlopKeyring) keyring = NULL;
  g_autoptr (GError) error = NULL;
  const ForlopKeyringCost cheap = { 1, 8192 };
  g_autofree char *final_key = forlop_keyring_dup_path (final);
  g_autofree char *making_key = NULL;

  self->path = g_strconcat (final, ".making", NULL);
  making_key = forlop_keyring_dup_path (self->path);
  g_unlink (self->path);
  g_unlink (making_key);

  keyring = forlop_keyring_new ("01890a5d-ac96-774b-bcce-b302099a8057", self->key);
  must (forlop_keyring_set_passphrase (keyring, self->key, "bench", &cheap, &error), error);
  must (forlop_store_create (self->path, self->key, keyring, &error), error);
  open_store (self);
  fill (self);
  must (forlop_store_close (self->store, &error), error);
  g_clear_object (&self->store);

  must (g_rename (making_key, final_key) == 0 && g_rename (self->path, final) == 0, NULL);
  g_free (self->path);
  self->path = g_steal_pointer (&final);
}

BenchMunicipality *
bench_municipality_open (void)
{
  static const guint8 bytes[FORLOP_KEY_LENGTH] = { 11 };
  const char *text = g_getenv ("FORLOP_BENCH_SCALE");
  const double scale = text != NULL ? g_ascii_strtod (text, NULL) : 1;
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "forlop", "bench", NULL);
  g_autofree char *name = g_strdup_printf ("municipality-%d-%g.forlop", SHAPE, scale);
  g_autoptr (GError) error = NULL;
  BenchMunicipality *self = g_new0 (BenchMunicipality, 1);
  ForlopDate today;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (forlop_date_from_iso (BENCH_TODAY, &today));
  self->n_citizens = MAX ((unsigned int) (FULL_CITIZENS * scale), 100);
  self->n_cases = MAX ((unsigned int) (FULL_CASES * scale), 20);
  self->n_measurements = (gint64) ((double) FULL_MEASUREMENTS * scale);
  self->path = g_build_filename (folder, name, NULL);
  self->key = forlop_key_new (bytes);
  self->clock = forlop_clock_new_manual (forlop_instant_from_wall (today, 9 * 60));
  self->ids = forlop_id_source_new_system ();

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    make_file (self);
  open_store (self);
  forlop_store_read_sync (self->store, look_up_on_worker, self, NULL, NULL, &error);
  must (error == NULL, error);

  return self;
}

void
bench_municipality_free (BenchMunicipality *self)
{
  g_clear_object (&self->store);
  g_free (self->path);
  forlop_key_unref (self->key);
  forlop_clock_unref (self->clock);
  forlop_id_source_unref (self->ids);
  g_free (self->zone);
  forlop_actor_free (self->nurse);
  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->written_case_id);
  g_free (self->written_citizen_id);
  g_free (self);
}
