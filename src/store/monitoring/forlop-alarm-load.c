/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-alarm-load.h"

#define MANY 10
#define FEW_PER_CENT 50

void
forlop_alarm_load_free (ForlopAlarmLoad *self)
{
  if (self == NULL)
    return;

  g_free (self->case_id);
  g_free (self->name);
  g_free (self->rule);
  g_free (self);
}

static ForlopAlarmLoad *
read_load (ForlopStatement *statement)
{
  ForlopAlarmLoad *self = g_new0 (ForlopAlarmLoad, 1);
  const char *code = forlop_statement_get_text (statement, 2);

  self->case_id = forlop_statement_dup_id (statement, 0);
  self->name = forlop_statement_dup_text (statement, 1);
  self->measure = code != NULL ? forlop_measure_find ("forlop", code) : FORLOP_MEASURE_UNKNOWN;
  self->kind = g_intern_string (forlop_statement_get_text (statement, 3));
  self->rule = forlop_statement_dup_text (statement, 4);
  self->n_7 = (unsigned int) forlop_statement_get_integer (statement, 5);
  self->n_30 = (unsigned int) forlop_statement_get_integer (statement, 6);
  self->n_90 = (unsigned int) forlop_statement_get_integer (statement, 7);
  self->n_handled = (unsigned int) forlop_statement_get_integer (statement, 8);
  self->n_aside = (unsigned int) forlop_statement_get_integer (statement, 9);
  self->n_open = self->n_90 - self->n_handled - self->n_aside;

  return self;
}

GPtrArray *
forlop_alarm_load_list (ForlopConnection            *connection,
                        const ForlopAlarmLoadQuery  *query,
                        GError                     **error)
{
  static const char sql[] =
    "SELECT alert.case_id, citizen_row.name, measurement.code, alert.kind, alert.rule, "
    "sum (alert.raised_at > ?1 - 7 * ?2), sum (alert.raised_at > ?1 - 30 * ?2), count (*) AS n, "
    "sum (alert.status = 'handled'), sum (alert.status IN ('ignored', 'closed')) "
    "FROM alert JOIN citizen_row ON citizen_row.id = alert.citizen_id "
    "JOIN \"case\" ON \"case\".id = alert.case_id AND \"case\".deleted = 0 "
    "LEFT JOIN measurement ON measurement.id = alert.measurement_id "
    "WHERE alert.raised_at > ?1 - 90 * ?2 AND alert.raised_at <= ?1 AND alert.deleted = 0 "
    "AND (?3 IS NULL OR coalesce (\"case\".follow_up_unit_id, \"case\".unit_id) = ?3) "
    "AND (?4 IS NULL OR alert.case_id = ?4) "
    "GROUP BY alert.case_id, measurement.code, alert.kind, alert.rule "
    "ORDER BY n DESC, citizen_row.name, measurement.code, alert.rule, alert.case_id LIMIT ?5 OFFSET ?6";
  g_autoptr (GPtrArray) loads = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_alarm_load_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL && query != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_instant (statement, 1, query->now);
  forlop_statement_bind_integer (statement, 2, FORLOP_DAY);
  forlop_statement_bind_id (statement, 3, query->unit_id);
  forlop_statement_bind_id (statement, 4, query->case_id);
  forlop_statement_bind_integer (statement, 5, query->limit);
  forlop_statement_bind_integer (statement, 6, query->offset);
  while (forlop_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&loads);
      g_ptr_array_add (loads, read_load (statement));
    }

  return NULL;
}

int
forlop_alarm_load_share (const ForlopAlarmLoad *self)
{
  unsigned int n_finished;

  g_return_val_if_fail (self != NULL, -1);

  n_finished = self->n_handled + self->n_aside;

  return n_finished > 0 ? (int) (100 * self->n_handled / n_finished) : -1;
}

gboolean
forlop_alarm_load_is_idle (const ForlopAlarmLoad *self)
{
  int share;

  g_return_val_if_fail (self != NULL, FALSE);

  share = forlop_alarm_load_share (self);

  return self->n_90 >= MANY && share >= 0 && share < FEW_PER_CENT;
}
