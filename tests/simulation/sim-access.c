/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-world.h"

#include <string.h>

/* Who may see what: what a user asks of the server alone, and what must be over by now. */

#define TAKE_UP_DAYS 1

void
sim_sweep (SimWorld *self)
{
  g_autoptr (GError) error = NULL;
  gint64 head = 0;

  if (!forlop_sync_server_sweep (self->storage, self->now, &head, &error))
    g_error ("%s", error->message);
  self->swept_at = self->now;
  sim_note_head (self);
}

/* One of those whom the office does not have, if there is any. */
static char *
draw_stranger (SimClient *self)
{
  static const char sql[] =
    "SELECT id FROM record WHERE type = 'citizen' AND deleted = 0 AND scope NOT IN "
    "(SELECT scope FROM access_grant WHERE user_id = ?1 AND active = 1) ORDER BY id LIMIT 1 OFFSET ?2";
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (sim_read_server (self->world), sql, NULL);
  gboolean has_row = FALSE;

  forlop_statement_bind_id (statement, 1, self->actor->user_id);
  forlop_statement_bind_integer (statement, 2, sim_draw (self->world, 2));
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));

  return has_row ? forlop_statement_dup_id (statement, 0) : NULL;
}

/* As after a search; of somebody who was merged or is blocked it is refused. */
void
sim_take_up (SimClient *self)
{
  SimWorld *world = self->world;
  const ForlopSyncCaller caller = {
    .user_id = self->actor->user_id, .device_id = self->device_id, .request_id = "sim",
    .take_up_days = TAKE_UP_DAYS,
  };
  g_autofree char *citizen_id = draw_stranger (self);
  g_autofree char *text = NULL;
  g_autoptr (ForlopSyncReply) reply = NULL;

  if (citizen_id == NULL)
    return;
  text = g_strdup_printf ("{\"citizen_id\":\"%s\",\"reason\":\"Skal vurderes for tjenesten\"}", citizen_id);
  reply = forlop_sync_server_take_up (world->storage, &caller, world->now, text, strlen (text), NULL);
  g_assert_nonnull (reply);
  sim_tell (world, "%s takes %s up: %u", self->name, citizen_id, reply->status);
  if (reply->status == 200)
    world->counts.take_ups++;
  sim_note_head (world);
}

/* I10 what is over is over, also when nobody has asked. */
static void
check_ended (SimWorld *self)
{
  static const char sql[] =
    "SELECT scope, 'a grant' FROM access_grant WHERE active = 1 AND valid_to <= ?1 UNION ALL "
    "SELECT scope, 'a rule' FROM access_rule WHERE valid_to <= ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (sim_read_server (self), sql, NULL);
  gboolean has_row;

  forlop_statement_bind_integer (statement, 1, self->swept_at);
  while (forlop_statement_step (statement, &has_row, NULL) && has_row)
    sim_fail (self, "I10", "%s for %s is over and still stands", forlop_statement_get_text (statement, 1),
              forlop_statement_get_text (statement, 0));
}

/* I11 what is kept apart by @block, and what corrects it, is where it is kept. */
static void
check_note (SimWorld     *self,
            ForlopRecord *block)
{
  static const char sql[] =
    "SELECT 1 FROM record WHERE type IN ('note', 'event') AND deleted = 0 AND scope LIKE 'c:%' AND "
    "(id = ?1 OR instr (body, ?2) > 0)";
  const char *note_id = forlop_record_get_text (block, "apart_id");
  g_autofree char *corrects = g_strdup_printf ("\"corrects_id\":\"%s\"", note_id);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row = FALSE;

  if (note_id == NULL)
    return;
  statement = forlop_connection_prepare (sim_read_server (self), sql, NULL);
  forlop_statement_bind_id (statement, 1, note_id);
  forlop_statement_bind_text (statement, 2, corrects);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));
  if (has_row)
    sim_fail (self, "I11", "the note %s is blocked, and something of it is where everybody sees it", note_id);
}

/* I11 who is kept from a record has no grant for it. */
static void
check_block (SimWorld     *self,
             ForlopRecord *block)
{
  static const char sql[] = "SELECT 1 FROM access_grant WHERE user_id = ?1 AND scope = ?2 AND active = 1";
  g_autofree char *scope = forlop_record_dup_scope (block);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row = FALSE;

  if (forlop_record_has (block, "lifted_on"))
    return;
  check_note (self, block);
  statement = forlop_connection_prepare (sim_read_server (self), sql, NULL);
  forlop_statement_bind_id (statement, 1, forlop_record_get_text (block, "user_id"));
  forlop_statement_bind_text (statement, 2, scope);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));
  if (has_row)
    sim_fail (self, "I11", "%s is kept from %s and may see it", forlop_record_get_text (block, "user_id"), scope);
}

void
sim_check_access (SimWorld *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  check_ended (self);
  g_assert_true (self->storage->funcs->begin (self->storage, FALSE, NULL));
  rows = self->storage->funcs->list_type (self->storage, forlop_record_type_find ("block"), NULL);
  self->storage->funcs->rollback (self->storage);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) block = forlop_sync_row_to_record (g_ptr_array_index (rows, i), NULL);

      check_block (self, block);
    }
}
