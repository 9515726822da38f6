/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-store.h"

#include <math.h>

#include "forlop-device.h"
#include "forlop-person-store.h"
#include "forlop-record-store.h"

/* The reverse trace: from one faulty item to every citizen and measurement. */

static void
clear_measurement (gpointer data)
{
  ForlopTracedMeasurement *measurement = data;

  g_free (measurement->id);
}

void
forlop_traced_citizen_free (ForlopTracedCitizen *self)
{
  if (self == NULL)
    return;

  g_free (self->citizen_id);
  g_free (self->case_id);
  g_array_unref (self->measurements);
  g_free (self);
}

static ForlopTracedCitizen *
find_citizen (GPtrArray  *citizens,
              const char *citizen_id)
{
  for (unsigned int i = 0; i < citizens->len; i++)
    {
      ForlopTracedCitizen *citizen = g_ptr_array_index (citizens, i);

      if (g_str_equal (citizen->citizen_id, citizen_id))
        return citizen;
    }

  return NULL;
}

static ForlopTracedCitizen *
add_citizen (GPtrArray    *citizens,
             ForlopRecord *loan)
{
  ForlopTracedCitizen *citizen = g_new0 (ForlopTracedCitizen, 1);

  citizen->citizen_id = g_strdup (forlop_record_get_text (loan, "citizen_id"));
  citizen->case_id = g_strdup (forlop_record_get_text (loan, "case_id"));
  citizen->from = forlop_record_get_date (loan, "handed_out_on");
  citizen->to = forlop_record_get_date (loan, "returned_on");
  citizen->measurements = g_array_new (FALSE, TRUE, sizeof (ForlopTracedMeasurement));
  g_array_set_clear_func (citizen->measurements, clear_measurement);
  g_ptr_array_add (citizens, citizen);

  return citizen;
}

static gboolean
overlaps (ForlopRecord *loan,
          ForlopDate    from,
          ForlopDate    to)
{
  ForlopDate returned = forlop_record_get_date (loan, "returned_on");

  return forlop_record_get_date (loan, "handed_out_on") <= to &&
         (returned == FORLOP_DATE_NONE || returned >= from);
}

/* The citizens who had the item within the period, in the order they had it. A loan that was
 * wrongly registered is left out. */
static GPtrArray *
list_citizens (GPtrArray  *loans,
               ForlopDate  from,
               ForlopDate  to)
{
  GPtrArray *citizens =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_traced_citizen_free);

  for (unsigned int i = 0; i < loans->len; i++)
    {
      ForlopRecord *loan = g_ptr_array_index (loans, i);
      ForlopTracedCitizen *citizen;

      if (forlop_record_get_boolean (loan, "voided") || !overlaps (loan, from, to))
        continue;
      citizen = find_citizen (citizens, forlop_record_get_text (loan, "citizen_id"));
      if (citizen == NULL)
        {
          add_citizen (citizens, loan);
          continue;
        }
      citizen->from = MIN (citizen->from, forlop_record_get_date (loan, "handed_out_on"));
      if (citizen->to != FORLOP_DATE_NONE)
        citizen->to = forlop_record_has (loan, "returned_on")
                        ? MAX (citizen->to, forlop_record_get_date (loan, "returned_on"))
                        : FORLOP_DATE_NONE;
    }

  return citizens;
}

/* Whether the citizen had the item on loan on that day. */
static gboolean
had_item (GPtrArray           *loans,
          ForlopTracedCitizen *citizen,
          ForlopDate           day)
{
  for (unsigned int i = 0; i < loans->len; i++)
    {
      ForlopRecord *loan = g_ptr_array_index (loans, i);

      if (!forlop_record_get_boolean (loan, "voided") &&
          forlop_record_text_is (loan, "citizen_id", citizen->citizen_id) &&
          overlaps (loan, day, day))
        return TRUE;
    }

  return FALSE;
}

typedef struct {
  const char *item_id;
  ForlopRecord *product;
  GPtrArray *loans;
  ForlopDate from;
  ForlopDate to;
} Trace;

static void
take_measurement (Trace               *trace,
                  ForlopTracedCitizen *citizen,
                  ForlopStatement     *statement)
{
  g_autofree char *item_id = forlop_statement_dup_id (statement, 4);
  const char *code = g_intern_string (forlop_statement_get_text (statement, 1));
  gint64 at = forlop_statement_get_integer (statement, 3);
  gboolean named = g_strcmp0 (item_id, trace->item_id) == 0;
  ForlopTracedMeasurement measurement;

  if (!named &&
      (item_id != NULL || !forlop_device_measures (trace->product, code) ||
       !had_item (trace->loans, citizen, forlop_instant_to_date (at))))
    return;

  measurement = (ForlopTracedMeasurement) {
    .id = forlop_statement_dup_id (statement, 0),
    .code = code,
    .value = forlop_statement_is_null (statement, 2) ? NAN
                                                     : forlop_statement_get_real (statement, 2),
    .measured_at = at,
    .named = named,
  };
  g_array_append_val (citizen->measurements, measurement);
}

static gboolean
trace_citizen (ForlopConnection     *connection,
               Trace                *trace,
               ForlopTracedCitizen  *citizen,
               GError              **error)
{
  static const char sql[] =
    "SELECT id, code, value, measured_at, item_id FROM measurement "
    "WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1") " AND measured_at >= ?2 AND measured_at < ?3 ORDER BY measured_at, id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen->citizen_id);
  forlop_statement_bind_integer (statement, 2, forlop_instant_from_wall (trace->from, 0));
  forlop_statement_bind_integer (statement, 3, forlop_instant_from_wall (trace->to + 1, 0));

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        take_measurement (trace, citizen, statement);
    }
  while (has_row);

  return TRUE;
}

/**
 * forlop_item_store_trace:
 * @from: first day.
 * @to: last day.
 *
 * Everybody who had the item on loan within the period, and what they measured in it: what names
 * the item, and what may have been measured with it because it names no item.
 *
 * Returns: (transfer full): a #GPtrArray of #ForlopTracedCitizen.
 */
GPtrArray *
forlop_item_store_trace (ForlopConnection  *connection,
                         const char        *item_id,
                         ForlopDate         from,
                         ForlopDate         to,
                         GError           **error)
{
  g_autoptr (ForlopRecord) item = NULL;
  g_autoptr (ForlopRecord) product = NULL;
  g_autoptr (GPtrArray) loans = NULL;
  g_autoptr (GPtrArray) citizens = NULL;
  Trace trace;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (item_id != NULL, NULL);
  g_return_val_if_fail (from <= to, NULL);

  item = forlop_record_store_load (connection, "item", item_id, error);
  if (item == NULL)
    return NULL;
  product = forlop_record_store_load (connection, "product",
                                      forlop_record_get_text (item, "product_id"), error);
  loans = product != NULL
            ? forlop_record_store_list (connection, "loan", "item_id", item_id, error) : NULL;
  if (loans == NULL)
    return NULL;

  trace = (Trace) { item_id, product, loans, from, to };
  citizens = list_citizens (loans, from, to);
  for (unsigned int i = 0; i < citizens->len; i++)
    if (!trace_citizen (connection, &trace, g_ptr_array_index (citizens, i), error))
      return NULL;

  return g_steal_pointer (&citizens);
}
