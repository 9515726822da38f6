/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-world.h"

#include "forlop-acts-join.h"
#include "forlop-acts.h"
#include "forlop-error.h"
#include "forlop-record-store.h"
#include "forlop-sync-list.h"

/* What people do, on few records, so that they meet. */

static const char *const numbers[] = { "13116900216", "26129702337", "24014021406" };
static const char *const words[] = { "én", "to", "tre" };
static const char *const guards[] = { "none", "confidential", "strictly_confidential" };

/* One of the records of @type on the device, or NULL. */
static ForlopRecord *
draw_record (SimClient  *self,
             const char *type,
             const char *field,
             const char *value)
{
  g_autoptr (GPtrArray) records =
    forlop_record_store_list (self->connection, type, field, value, NULL);

  if (records == NULL || records->len == 0)
    return NULL;

  return g_object_ref (g_ptr_array_index (records, sim_draw (self->world, records->len)));
}

static char *
on_record (SimClient  *self,
           const char *type,
           const char *field,
           const char *value,
           const char *format)
{
  g_autoptr (ForlopRecord) record = draw_record (self, type, field, value);
  const char *word = words[sim_draw (self->world, G_N_ELEMENTS (words))];
  g_autoptr (GString) text = g_string_new (format);

  if (record == NULL)
    return NULL;
  g_string_replace (text, "$id", forlop_record_get_id (record), 0);
  g_string_replace (text, "$word", word, 0);
  g_string_replace (text, "$guard", guards[sim_draw (self->world, G_N_ELEMENTS (guards))], 0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
hand_out (SimClient *self)
{
  g_autoptr (ForlopRecord) the_case = draw_record (self, "case", NULL, NULL);
  g_autoptr (ForlopRecord) item = draw_record (self, "item", NULL, NULL);

  if (the_case == NULL || item == NULL)
    return NULL;

  return g_strdup_printf ("{\"case_id\":\"%s\",\"item_id\":\"%s\"}", forlop_record_get_id (the_case),
                          forlop_record_get_id (item));
}

static char *
move_loan (SimClient *self)
{
  g_autoptr (ForlopRecord) the_case = draw_record (self, "case", NULL, NULL);
  g_autoptr (ForlopRecord) loan = draw_record (self, "loan", NULL, NULL);

  if (the_case == NULL || loan == NULL)
    return NULL;

  return g_strdup_printf ("{\"case_id\":\"%s\",\"loan_id\":\"%s\",\"reason\":\"der\"}",
                          forlop_record_get_id (the_case), forlop_record_get_id (loan));
}

static char *
correct_item (SimClient *self)
{
  g_autoptr (ForlopRecord) loan = draw_record (self, "loan", NULL, NULL);
  g_autoptr (ForlopRecord) item = draw_record (self, "item", NULL, NULL);

  if (loan == NULL || item == NULL)
    return NULL;

  return g_strdup_printf ("{\"loan_id\":\"%s\",\"right_item_id\":\"%s\",\"reason\":\"feil\"}",
                          forlop_record_get_id (loan), forlop_record_get_id (item));
}

static char *
merge (SimClient *self)
{
  g_autoptr (ForlopRecord) citizen = draw_record (self, "citizen", NULL, NULL);
  g_autoptr (ForlopRecord) other = draw_record (self, "citizen", "given_name", "Ny");

  if (citizen == NULL || other == NULL)
    return NULL;

  return g_strdup_printf ("{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", forlop_record_get_id (citizen),
                          forlop_record_get_id (other));
}

/* Who shall be kept from the record: also somebody who has never heard of it. */
static char *
block (SimClient *self)
{
  g_autoptr (ForlopRecord) citizen = draw_record (self, "citizen", NULL, NULL);
  const SimClient *other = &self->world->clients[sim_draw (self->world, SIM_CLIENTS)];

  if (citizen == NULL)
    return NULL;

  return g_strdup_printf ("{\"citizen_id\":\"%s\",\"user_id\":\"%s\",\"reason\":\"Ønsket\"}",
                          forlop_record_get_id (citizen), other->actor->user_id);
}

/* Where there is no note yet, one is written. */
static const char *
block_note (SimClient  *self,
            char      **json)
{
  g_autoptr (ForlopRecord) note = draw_record (self, "note", NULL, NULL);
  const SimClient *other = &self->world->clients[sim_draw (self->world, SIM_CLIENTS)];

  if (note == NULL)
    {
      *json = on_record (self, "citizen", NULL, NULL, "{\"citizen_id\":\"$id\",\"text\":\"$word\"}");
      return "write-note";
    }
  *json = g_strdup_printf ("{\"note_id\":\"%s\",\"user_id\":\"%s\",\"reason\":\"Ønsket\"}",
                           forlop_record_get_id (note), other->actor->user_id);

  return "block-note";
}

static char *
correct_note (SimClient *self)
{
  g_autoptr (ForlopRecord) note = draw_record (self, "note", NULL, NULL);

  if (note == NULL)
    return NULL;

  return g_strdup_printf ("{\"citizen_id\":\"%s\",\"text\":\"rettet\",\"corrects_id\":\"%s\"}",
                          forlop_record_get_text (note, "citizen_id"), forlop_record_get_id (note));
}

static const char *
lift (SimClient  *self,
      char      **json)
{
  g_autoptr (ForlopRecord) block = draw_record (self, "block", NULL, NULL);

  *json = block == NULL ? NULL
                        : g_strdup_printf ("{\"block_id\":\"%s\",\"lifted_reason\":\"%s\"}",
                                           forlop_record_get_id (block),
                                           words[sim_draw (self->world, G_N_ELEMENTS (words))]);

  return block != NULL && forlop_record_has (block, "apart_id") ? "lift-note-block" : "lift-block";
}

static char *
add_task (SimClient *self)
{
  return g_strdup_printf ("{\"unit_id\":\"%s\",\"role\":\"%s\",\"kind\":\"general\","
                          "\"title\":\"Ring %s\",\"status\":\"open\"}",
                          self->actor->unit_id, self->actor->role,
                          words[sim_draw (self->world, G_N_ELEMENTS (words))]);
}

static char *
register_citizen (SimClient *self)
{
  return g_strdup_printf ("{\"id_number\":\"%s\",\"given_name\":\"Ny\",\"family_name\":\"%s\"}",
                          numbers[sim_draw (self->world, G_N_ELEMENTS (numbers))],
                          words[sim_draw (self->world, G_N_ELEMENTS (words))]);
}

static char *
undo_last (SimClient *self)
{
  const SimAct *last;

  if (self->saved->len == 0)
    return NULL;
  last = g_ptr_array_index (self->saved, self->saved->len - 1);

  return g_strdup_printf ("{\"op_id\":\"%s\"}", last->op_id);
}

static const char *
draw_act (SimClient  *self,
          char      **json)
{
  switch (sim_draw (self->world, 25))
    {
    case 0:
    case 1:
      *json = on_record (self, "citizen", NULL, NULL, "{\"citizen_id\":\"$id\",\"address\":\"$word\"}");
      return "change-citizen";
    case 2:
      *json = on_record (self, "citizen", NULL, NULL, "{\"citizen_id\":\"$id\",\"gp\":\"$word\"}");
      return "change-citizen";
    case 16:
      *json = on_record (self, "citizen", NULL, NULL,
                         "{\"citizen_id\":\"$id\",\"address_protection\":\"$guard\"}");
      return "change-citizen";
    case 3:
      *json = on_record (self, "citizen", NULL, NULL, "{\"citizen_id\":\"$id\",\"text\":\"$word\"}");
      return "write-note";
    case 4:
      *json = on_record (self, "citizen", NULL, NULL,
                         "{\"citizen_id\":\"$id\",\"name\":\"$word\",\"relation\":\"datter\"}");
      return "save-next-of-kin";
    case 5:
      *json = add_task (self);
      return "add-task";
    case 6:
      *json = on_record (self, "task", "status", "open", "{\"task_id\":\"$id\"}");
      return "take-task";
    case 7:
      *json = on_record (self, "task", "status", "open", "{\"task_id\":\"$id\",\"result\":\"$word\"}");
      return "finish-task";
    case 8:
    case 14:
    case 15:
      *json = register_citizen (self);
      return "register-citizen";
    case 9:
    case 17:
    case 18:
      *json = hand_out (self);
      return "hand-out-item";
    case 10:
      *json = on_record (self, "loan", NULL, NULL,
                         "{\"loan_id\":\"$id\",\"parts_complete\":true,\"cleaned\":false,"
                         "\"factory_reset\":true,\"unpaired\":true}");
      return "return-item";
    case 11:
      *json = move_loan (self);
      return "move-loan";
    case 12:
      *json = correct_item (self);
      return "correct-loan-item";
    case 13:
      *json = merge (self);
      return "merge-citizens";
    case 20:
      *json = block (self);
      return "block-record";
    case 21:
      return lift (self, json);
    case 22:
      *json = on_record (self, "citizen", NULL, NULL,
                         "{\"citizen_id\":\"$id\",\"source\":\"gp\",\"channel\":\"phone\","
                         "\"received_on\":\"2026-03-12\",\"reason\":\"$word\"}");
      return "register-referral";
    case 23:
      return block_note (self, json);
    case 24:
      *json = correct_note (self);
      return "write-note";
    default:
      *json = undo_last (self);
      return "undo";
    }
}

static void
keep (SimClient  *self,
      const char *act,
      const char *op_id)
{
  SimAct *saved = g_new0 (SimAct, 1);

  saved->op_id = g_strdup (op_id);
  saved->act = g_strdup (act);
  g_ptr_array_add (self->saved, saved);
}

/* What a person has dealt with counts no more: what he wrote in its place does. */
static void
forget_joined (SimClient *self)
{
  static const char sql[] =
    "SELECT 1 FROM outbox WHERE op_id = ?1 AND state = 'retained' AND status IN ('rejected', 'blocked')";

  for (unsigned int i = self->saved->len; i > 0; i--)
    {
      const SimAct *act = g_ptr_array_index (self->saved, i - 1);
      g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, NULL);
      gboolean has_row = FALSE;

      forlop_statement_bind_id (statement, 1, act->op_id);
      g_assert_true (forlop_statement_step (statement, &has_row, NULL));
      if (has_row)
        g_ptr_array_remove_index (self->saved, i - 1);
    }
}

/* What was refused because the person is registered already, or merged, is joined to the record that
 * stands. FALSE when there is none such, or it was refused. */
gboolean
sim_join (SimClient *self)
{
  g_autoptr (GPtrArray) entries = forlop_sync_list_refused (self->connection, NULL);

  for (unsigned int i = 0; entries != NULL && i < entries->len; i++)
    {
      const ForlopSyncEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (GPtrArray) made = NULL;
      g_autoptr (GError) error = NULL;

      if (entry->join_id == NULL || !forlop_connection_begin (self->connection, &error))
        continue;
      made = forlop_acts_join (self->connection, self->ids, self->world->now + self->skew, entry->op_id,
                               entry->join_id, &error);
      if (made == NULL || !forlop_connection_commit (self->connection, &error))
        {
          sim_tell (self->world, "%s: %s is not joined: %s", self->name, entry->op_id, error->message);
          forlop_connection_rollback (self->connection);
          continue;
        }
      sim_tell (self->world, "%s: %s is joined to %s by %u changes", self->name, entry->op_id,
                entry->join_id, made->len);
      forget_joined (self);
      for (unsigned int j = 0; j < made->len; j++)
        keep (self, "join", g_ptr_array_index (made, j));
      return TRUE;
    }

  return FALSE;
}

/* What a user is told is saved is saved: only a commit that answered counts. */
char *
sim_do (SimClient  *self,
        const char *name,
        const char *json)
{
  const ForlopAct *act = forlop_act_find (name);
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autoptr (ForlopActResult) result = NULL;
  g_autoptr (GError) error = NULL;

  arguments = forlop_acts_parse_arguments (act, json, &error);
  g_assert_no_error (error);
  if (!forlop_connection_begin (self->connection, &error))
    return NULL;

  result = forlop_acts_perform (self->connection, self->actor, self->ids,
                                self->world->now + self->skew, act, arguments, &error);
  if (result == NULL || result->op_id == NULL || !forlop_connection_commit (self->connection, &error))
    {
      if (error != NULL)
        sim_tell (self->world, "%s: %s %s is refused: %s", self->name, name, json, error->message);
      forlop_connection_rollback (self->connection);
      return NULL;
    }

  sim_tell (self->world, "%s: %s %s → %s", self->name, name, json, result->op_id);
  self->world->counts.acts++;
  keep (self, name, result->op_id);

  return g_strdup (result->subject_id);
}

void
sim_act (SimClient *self)
{
  g_autofree char *json = NULL;
  const char *name;

  if (sim_draw (self->world, 8) == 0 && sim_join (self))
    return;
  if (sim_draw (self->world, 10) == 0)
    {
      g_autoptr (ForlopRecord) citizen = draw_record (self, "citizen", NULL, NULL);

      if (citizen != NULL && sim_attach (self, citizen))
        return;
    }
  name = draw_act (self, &json);
  if (json != NULL)
    g_free (sim_do (self, name, json));
}
