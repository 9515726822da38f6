/* SPDX-License-Identifier: EUPL-1.2 */

#include "meetings-test-util.h"

#include "forlop-record-store.h"

void
set_up (Fixture       *self,
        gconstpointer  user_data G_GNUC_UNUSED)
{
  self->folder = g_dir_make_tmp ("forlop-meetings-XXXXXX", NULL);
  self->template = sim_template_new (self->folder);
  self->world = sim_world_new (self->template, 7, SIM_SOUND);
  self->siri = &self->world->clients[0];
  self->kari = &self->world->clients[1];
  self->ola = &self->world->clients[2];
}

void
tear_down (Fixture       *self,
           gconstpointer  user_data G_GNUC_UNUSED)
{
  sim_world_free (self->world);
  sim_template_free (self->template);
  sim_remove_folder (self->folder);
  g_free (self->folder);
}

GPtrArray *
list (SimClient  *client,
      const char *type,
      const char *field,
      const char *value)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = forlop_record_store_list (client->connection, type, field, value, &error);

  g_assert_no_error (error);

  return records;
}

char *
dup_id (SimClient    *client,
        const char   *type,
        unsigned int  n)
{
  g_autoptr (GPtrArray) records = list (client, type, NULL, NULL);

  return g_strdup (forlop_record_get_id (g_ptr_array_index (records, n)));
}

char *
must (SimClient  *client,
      const char *act,
      const char *format,
      ...)
{
  g_autofree char *json = NULL;
  char *id;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  client->world->now += 1000;
  id = sim_do (client, act, json);
  if (id == NULL)
    g_error ("%s was refused:\n%s", act, client->world->story->str);

  return id;
}

void
synchronise (SimClient *client)
{
  client->world->is_healing = TRUE;
  for (unsigned int n = 0; n < 12; n++)
    sim_exchange (client);
}

void
settle (Fixture *self)
{
  sim_world_settle (self->world);
  if (self->world->failure != NULL)
    g_error ("%s\n%s", self->world->failure, self->world->story->str);
}

void
holds (Fixture *self)
{
  settle (self);
  sim_check_end (self->world);
  if (self->world->failure != NULL)
    g_error ("%s\n%s", self->world->failure, self->world->story->str);
}

ForlopSyncEntry *
refused (SimClient *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = forlop_sync_list_refused (client->connection, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, >, 0);

  return g_ptr_array_steal_index (entries, 0);
}
