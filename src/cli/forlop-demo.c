/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-demo.h"

#include <math.h>

#include "forlop-demo-private.h"

/* With those in the service: about 1,700 people with services at home, the size of a town of 58,000;
 * the neighbour has a quarter of that. The codes of places are invented. */
static const ForlopDemoPlace places[] = {
  [FORLOP_DEMO_SKIEN] = {
    .name = "skien", .number = "4003", .zones = { "Sone Nord", "Sone Sør", "Sone Øst" },
    .place = "Fjordvik", .ids_seed = 20261122, .seed = 0x466f726c,
    .n_citizens = 1640, .one_in = 1, .has_known = TRUE,
  },
  [FORLOP_DEMO_BAMBLE] = {
    .name = "bamble", .number = "4012", .zones = { "Sone Kyst", "Sone Midt", "Sone Innland" },
    .place = "Skjærvik", .ids_seed = 20261123, .seed = 0x42616d62,
    .n_citizens = 410, .one_in = 3, .first_serial = 60, .has_known = FALSE,
  },
};

/* Made in batches that each commit. */
#define BATCH 164

void
forlop_demo_at (ForlopDemo *self,
                ForlopDate  date,
                int         hour,
                int         minute)
{
  self->now = forlop_instant_from_wall (date, hour * 60 + minute);
}

/* SplitMix64: small, and the same on every machine. */
static guint64
next_random (ForlopDemo *self)
{
  guint64 z = (self->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

unsigned int
forlop_demo_pick (ForlopDemo   *self,
                  unsigned int  n)
{
  g_assert (n > 0);

  return (unsigned int) (next_random (self) >> 33) % n;
}

/* The sum of twelve even draws is close enough to a bell for a blood pressure. */
double
forlop_demo_bell (ForlopDemo *self,
                  double      mean,
                  double      spread)
{
  double sum = 0;

  for (int i = 0; i < 12; i++)
    sum += (double) (next_random (self) >> 11) / 9007199254740992.0;

  return mean + spread * (sum - 6);
}

static ForlopActResult *
act_valist (ForlopDemo        *self,
            const ForlopActor *actor,
            const char        *name,
            const char        *json,
            va_list            args) G_GNUC_PRINTF (4, 0);

static ForlopActResult *
act_valist (ForlopDemo        *self,
            const ForlopActor *actor,
            const char        *name,
            const char        *json,
            va_list            args)
{
  const ForlopAct *act = forlop_act_find (name);
  g_autofree char *text = NULL;
  g_autoptr (ForlopRecord) arguments = NULL;
  ForlopActResult *result;

  if (self->error != NULL)
    return NULL;
  if (act == NULL)
    g_error ("the demo uses an act that is not declared: %s", name);

  text = g_strdup_vprintf (json, args);
  arguments = forlop_acts_parse_arguments (act, text, &self->error);
  if (arguments == NULL)
    {
      g_prefix_error (&self->error, "%s: ", name);
      return NULL;
    }

  result = forlop_acts_perform (self->connection, actor, self->ids, self->now, act, arguments,
                                &self->error);
  if (result == NULL)
    g_prefix_error (&self->error, "%s: ", name);

  return result;
}

ForlopActResult *
forlop_demo_act (ForlopDemo        *self,
                 const ForlopActor *actor,
                 const char        *act,
                 const char        *json,
                 ...)
{
  ForlopActResult *result;
  va_list args;

  va_start (args, json);
  result = act_valist (self, actor, act, json, args);
  va_end (args);

  return result;
}

void
forlop_demo_do (ForlopDemo        *self,
                const ForlopActor *actor,
                const char        *act,
                const char        *json,
                ...)
{
  va_list args;

  va_start (args, json);
  forlop_act_result_free (act_valist (self, actor, act, json, args));
  va_end (args);
}

char *
forlop_demo_make (ForlopDemo        *self,
                  const ForlopActor *actor,
                  const char        *act,
                  const char        *json,
                  ...)
{
  g_autoptr (ForlopActResult) result = NULL;
  va_list args;

  va_start (args, json);
  result = act_valist (self, actor, act, json, args);
  va_end (args);

  return result != NULL ? g_steal_pointer (&result->subject_id) : NULL;
}

static void
demo_clear (ForlopDemo *self)
{
  char *texts[] = {
    self->office, self->centre, self->stock, self->profile, self->centre_profile, self->form,
    self->store_location,
  };
  ForlopActor *actors[] = {
    self->setup, self->caseworkers[0], self->caseworkers[1], self->centre_nurse, self->coordinator,
    self->manager, self->devices,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  for (unsigned int i = 0; i < G_N_ELEMENTS (actors); i++)
    forlop_actor_free (actors[i]);
  for (unsigned int i = 0; i < DEMO_N_ZONES; i++)
    {
      g_free (self->zones[i]);
      g_free (self->zone_locations[i]);
      forlop_actor_free (self->nurses[i]);
    }
  g_hash_table_unref (self->products);
  g_hash_table_unref (self->free_items);
  g_hash_table_unref (self->used_numbers);
  forlop_id_source_unref (self->ids);
  g_clear_error (&self->error);
}

/* One part is one transaction. */
typedef enum {
  PART_SET_UP,
  PART_STOCK,
  PART_CITIZENS,
  PART_ANNE,
  PART_LIV,
  PART_ARNE,
  PART_COURSE,
} PartKind;

typedef struct {
  ForlopDemo *demo;
  PartKind kind;
  unsigned int first;
} Part;

static void
make_citizens (ForlopDemo   *self,
               unsigned int  first)
{
  for (unsigned int i = first; i < MIN (first + BATCH, self->place->n_citizens); i++)
    {
      g_autofree char *person = forlop_demo_person (self, i, 99, 58);

      forlop_demo_do (self, self->caseworkers[i % 2], "register-citizen", "%s", person);
    }
}

static gpointer
part_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Part *part = user_data;
  ForlopDemo *self = part->demo;

  self->connection = connection;
  self->random = self->place->seed + part->kind * 1000003u + part->first;
  forlop_demo_at (self, self->today - 400, 9, 0);

  switch (part->kind)
    {
    case PART_SET_UP: forlop_demo_set_up (self); break;
    case PART_STOCK: forlop_demo_stock (self); break;
    case PART_CITIZENS: make_citizens (self, part->first); break;
    case PART_ANNE: forlop_demo_anne (self); break;
    case PART_LIV: forlop_demo_liv (self); break;
    case PART_ARNE: forlop_demo_arne (self); break;
    case PART_COURSE: forlop_demo_course (self, part->first); break;
    default: g_assert_not_reached ();
    }

  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));

  return NULL;
}

static GArray *
list_parts (ForlopDemo *demo)
{
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (Part));

#define ADD(k, f) { Part part = { demo, k, f }; g_array_append_val (parts, part); }
  ADD (PART_SET_UP, 0)
  ADD (PART_STOCK, 0)
  for (unsigned int i = 0; i < demo->place->n_citizens; i += BATCH)
    ADD (PART_CITIZENS, i)
  if (demo->place->has_known)
    {
      ADD (PART_ANNE, 0)
      ADD (PART_LIV, 0)
      ADD (PART_ARNE, 0)
    }
  for (unsigned int i = 0; i < forlop_demo_n_courses (); i += demo->place->one_in)
    ADD (PART_COURSE, i)
#undef ADD

  return parts;
}

gboolean
forlop_demo_municipality_from_name (const char             *name,
                                    ForlopDemoMunicipality *municipality)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name))
      {
        *municipality = (ForlopDemoMunicipality) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * forlop_demo_create:
 * @today: the day that is today in the demo; nothing in it happens later.
 * @progress: (nullable):
 *
 * The same store and day give the same municipality, record for record.
 */
gboolean
forlop_demo_create (ForlopStore             *store,
                    ForlopDemoMunicipality   municipality,
                    ForlopDate               today,
                    ForlopDemoProgress       progress,
                    gpointer                 user_data,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  g_autoptr (GArray) parts = NULL;
  ForlopDemo self = {
    .place = &places[municipality],
    .today = today,
    .ids = forlop_id_source_new_seeded (places[municipality].ids_seed),
    .products = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free),
    .free_items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) g_ptr_array_unref),
    .used_numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .setup = forlop_actor_new (NULL, "administrator", NULL),
  };
  gboolean well = TRUE;

  g_return_val_if_fail (FORLOP_IS_STORE (store), FALSE);

  parts = list_parts (&self);
  for (unsigned int i = 0; i < parts->len && well; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (progress != NULL)
        progress (i, parts->len, user_data);
      forlop_store_write_sync (store, part_on_worker, &g_array_index (parts, Part, i), NULL,
                               cancellable, &local_error);
      if (local_error == NULL)
        g_cancellable_set_error_if_cancelled (cancellable, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          well = FALSE;
        }
    }
  if (well && progress != NULL)
    progress (parts->len, parts->len, user_data);

  demo_clear (&self);

  return well;
}
