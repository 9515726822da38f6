/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-store.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-chart-collector.h"
#include "forlop-chart-context.h"
#include "forlop-chart-device.h"
#include "forlop-choice-store.h"
#include "forlop-person-store.h"
#include "forlop-record-pick.h"
#include "forlop-record-store.h"

void
forlop_chart_query_free (ForlopChartQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->citizen_id);
  g_free (self);
}

void
forlop_charts_free (ForlopCharts *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->series);
  g_free (self);
}

static ForlopMeasure
whole_of (ForlopMeasure measure)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);

  return info != NULL && info->panel != FORLOP_MEASURE_UNKNOWN ? info->panel : measure;
}

/* What the citizen has ever measured, and when for the first time. */
static gboolean
find_measures (ForlopConnection        *connection,
               const ForlopChartQuery  *query,
               gboolean                 seen[FORLOP_N_MEASURES],
               ForlopDate              *first_day,
               GError                 **error)
{
  static const char sql[] =
    "SELECT code, min(measured_at) FROM measurement WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1")
    " GROUP BY code";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, query->citizen_id);
  while (TRUE)
    {
      ForlopMeasure measure;
      ForlopDate day;
      gboolean has_row;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      measure = whole_of (forlop_measure_find ("forlop", forlop_statement_get_text (statement, 0)));
      if (measure == FORLOP_MEASURE_UNKNOWN ||
          (query->measure != FORLOP_MEASURE_UNKNOWN && measure != query->measure))
        continue;
      seen[measure] = TRUE;
      day = forlop_instant_to_date (forlop_statement_get_instant (statement, 1));
      if (*first_day == FORLOP_DATE_NONE || day < *first_day)
        *first_day = day;
    }
}

/* Why what is not used was taken out of use: the id of the measurement → the sentence. */
static GHashTable *
load_invalidations (ForlopConnection  *connection,
                    const char        *citizen_id,
                    GError           **error)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) records =
    forlop_record_store_list (connection, "invalidation", "citizen_id", citizen_id, error);

  if (records == NULL)
    return NULL;
  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);

      if (forlop_record_get_boolean (record, "invalid"))
        g_hash_table_insert (reasons, g_strdup (forlop_record_get_text (record, "measurement_id")),
                             /* Translators: a reading that somebody marked as invalid, and why. */
                             g_strdup_printf (_("Taken out of use: %s"),
                                              forlop_record_get_text (record, "reason")));
    }

  return g_steal_pointer (&reasons);
}

/* measured_at, code, value, invalid, severity, quality, reason, id: what becomes of it in a chart. The
 * reason is borrowed from @statement or @invalidations. */
static ForlopChartPoint
read_point (ForlopStatement *statement,
            GHashTable      *invalidations,
            ForlopMeasure   *measure,
            gboolean        *invalid)
{
  ForlopChartPoint point = { .severity = FORLOP_SEVERITY_NONE, .low = NAN };
  const char *severity = forlop_statement_get_text (statement, 4);

  *measure = forlop_measure_find ("forlop", forlop_statement_get_text (statement, 1));
  *invalid = forlop_statement_get_boolean (statement, 3);
  point.at_ms = forlop_statement_get_instant (statement, 0);
  point.value = forlop_statement_is_null (statement, 2) ? NAN
                                                        : forlop_statement_get_real (statement, 2);
  if (severity != NULL)
    forlop_severity_from_code (severity, &point.severity);
  forlop_quality_from_code (forlop_statement_get_text (statement, 5), &point.quality);
  point.reason = (char *) forlop_statement_get_text (statement, 6);
  if (*invalid)
    {
      g_autofree char *id = forlop_statement_dup_id (statement, 7);

      point.severity = FORLOP_SEVERITY_IMPLAUSIBLE;
      point.reason = g_hash_table_lookup (invalidations, id);
      if (point.reason == NULL)
        point.reason = (char *) _("Taken out of use");
    }

  return point;
}

#define POINT_COLUMNS "measured_at, code, value, invalid, severity, quality, reason, id"

static gboolean
load_points (ForlopConnection        *connection,
             const ForlopChartQuery  *query,
             ForlopCharts            *charts,
             GHashTable              *invalidations,
             GError                 **error)
{
  static const char sql[] =
    "SELECT " POINT_COLUMNS " FROM measurement WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1")
    " AND measured_at >= ?2 AND measured_at < ?3 ORDER BY measured_at, id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) all =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_chart_collector_free);
  ForlopChartCollector *collectors[FORLOP_N_MEASURES] = { NULL };

  if (statement == NULL)
    return FALSE;
  for (unsigned int i = 0; i < charts->series->len; i++)
    {
      ForlopChartSeries *series = g_ptr_array_index (charts->series, i);
      ForlopChartCollector *collector =
        forlop_chart_collector_new (series, charts->window, query->n_stretches);

      collectors[forlop_chart_series_get_measure (series)] = collector;
      g_ptr_array_add (all, collector);
    }
  forlop_statement_bind_id (statement, 1, query->citizen_id);
  forlop_statement_bind_instant (statement, 2, charts->window.from_ms);
  forlop_statement_bind_instant (statement, 3, charts->window.to_ms);
  while (TRUE)
    {
      ForlopChartPoint point;
      ForlopMeasure measure;
      gboolean has_row, invalid;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      point = read_point (statement, invalidations, &measure, &invalid);
      if (collectors[whole_of (measure)] != NULL)
        forlop_chart_collector_add_value (collectors[whole_of (measure)], measure, &point);
    }
}

static gboolean
add_plans (ForlopConnection  *connection,
           GPtrArray         *plans,
           const char        *field,
           const char        *id,
           GError           **error)
{
  g_autoptr (GPtrArray) found = forlop_record_store_list (connection, "service_plan", field, id, error);

  if (found == NULL)
    return FALSE;
  for (unsigned int i = 0; i < found->len; i++)
    g_ptr_array_add (plans, g_object_ref (g_ptr_array_index (found, i)));

  return TRUE;
}

static ForlopChartDevice *
load_device (ForlopConnection  *connection,
             ForlopRecord      *loan,
             GError           **error)
{
  const char *item_id = forlop_record_get_text (loan, "item_id");
  ForlopChartDevice *self = g_new0 (ForlopChartDevice, 1);
  const char *product_id;

  self->loan = g_object_ref (loan);
  self->plans = g_ptr_array_new_with_free_func (g_object_unref);
  self->faults = forlop_record_store_list (connection, "fault", "item_id", item_id, error);
  if (self->faults != NULL)
    self->services = forlop_record_store_list (connection, "service_record", "item_id", item_id, error);
  if (self->services == NULL ||
      !forlop_choice_store_name (connection, "item", item_id, &self->name, error) ||
      !forlop_record_pick_named (connection, "item", item_id, &self->item, error) ||
      !add_plans (connection, self->plans, "item_id", item_id, error))
    {
      forlop_chart_device_free (self);
      return NULL;
    }
  if (self->item == NULL)
    return self;

  product_id = forlop_record_get_text (self->item, "product_id");
  if (!forlop_record_pick_named (connection, "product", product_id, &self->product, error) ||
      !add_plans (connection, self->plans, "product_id", product_id, error))
    g_clear_pointer (&self, forlop_chart_device_free);

  return self;
}

static GPtrArray *
load_devices (ForlopConnection  *connection,
              GPtrArray         *loans,
              GError           **error)
{
  g_autoptr (GPtrArray) devices =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_chart_device_free);

  for (unsigned int i = 0; i < loans->len; i++)
    {
      ForlopChartDevice *device = load_device (connection, g_ptr_array_index (loans, i), error);

      if (device == NULL)
        return NULL;
      g_ptr_array_add (devices, device);
    }

  return g_steal_pointer (&devices);
}

static gboolean
load_context (ForlopConnection        *connection,
              const ForlopChartQuery  *query,
              ForlopCharts            *charts,
              GError                 **error)
{
  enum { PLANS, LIMITS, CASES, PAUSES, ALERTS, CONTACTS, LOANS, N_LISTS };
  static const char *const types[N_LISTS] = {
    "care_plan", "limit", "case", "pause", "alert", "contact_log", "loan",
  };
  g_autoptr (GPtrArray) owner = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) devices = NULL;
  GPtrArray *lists[N_LISTS];

  for (unsigned int i = 0; i < N_LISTS; i++)
    {
      lists[i] = forlop_record_store_list (connection, types[i], "citizen_id", query->citizen_id, error);
      if (lists[i] == NULL)
        return FALSE;
      g_ptr_array_add (owner, lists[i]);
    }
  devices = load_devices (connection, lists[LOANS], error);
  if (devices == NULL)
    return FALSE;

  for (unsigned int i = 0; i < charts->series->len; i++)
    {
      ForlopChartSeries *series = g_ptr_array_index (charts->series, i);

      forlop_chart_add_plans (series, lists[PLANS], lists[LIMITS], lists[CASES]);
      forlop_chart_add_pauses (series, lists[PAUSES], query->now);
      forlop_chart_add_alerts (series, lists[ALERTS]);
      forlop_chart_add_contacts (series, lists[CONTACTS]);
      forlop_chart_add_devices (series, devices, query->now);
    }

  return TRUE;
}

ForlopCharts *
forlop_chart_store_load (ForlopConnection        *connection,
                         const ForlopChartQuery  *query,
                         GError                 **error)
{
  g_autoptr (ForlopCharts) charts = NULL;
  g_autoptr (GHashTable) invalidations = NULL;
  gboolean seen[FORLOP_N_MEASURES] = { FALSE };

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (query != NULL && query->citizen_id != NULL && query->n_stretches > 0, NULL);

  charts = g_new0 (ForlopCharts, 1);
  charts->series = g_ptr_array_new_with_free_func (g_object_unref);
  charts->first_day = FORLOP_DATE_NONE;
  charts->last_day = query->last_day != FORLOP_DATE_NONE ? query->last_day
                                                         : forlop_instant_to_date (query->now);
  if (!find_measures (connection, query, seen, &charts->first_day, error))
    return NULL;
  charts->window = forlop_chart_window (query->period, charts->last_day, charts->first_day);
  for (unsigned int i = 0; i < FORLOP_N_MEASURES; i++)
    if (seen[i])
      {
        ForlopChartSeries *series = forlop_chart_series_new_of ((ForlopMeasure) i);

        forlop_chart_series_set_window (series, charts->window);
        g_ptr_array_add (charts->series, series);
      }
  invalidations = load_invalidations (connection, query->citizen_id, error);
  if (invalidations == NULL ||
      !load_context (connection, query, charts, error) ||
      !load_points (connection, query, charts, invalidations, error))
    return NULL;

  return g_steal_pointer (&charts);
}

/* The table. A measurement has no number of its own: its row is known by its instant and by its place
 * among those of the same instant. */
#define PLACES 16

static void
reading_query_free (gpointer data)
{
  ForlopReadingQuery *self = data;

  g_free (self->citizen_id);
  g_free (self);
}

ForlopReadingQuery *
forlop_reading_query_new (const char        *citizen_id,
                          ForlopMeasure      measure,
                          ForlopChartWindow  window)
{
  ForlopReadingQuery *self;

  g_return_val_if_fail (citizen_id != NULL, NULL);
  g_return_val_if_fail (forlop_measure_info (measure) != NULL, NULL);

  self = g_new0 (ForlopReadingQuery, 1);
  self->citizen_id = g_strdup (citizen_id);
  self->measure = measure;
  self->window = window;

  return self;
}

static ForlopMeasure
upper_of (ForlopMeasure measure)
{
  return forlop_measure_is_panel (measure) ? forlop_measure_info (measure)->components[0] : measure;
}

static ForlopMeasure
low_of (ForlopMeasure measure)
{
  return forlop_measure_is_panel (measure) ? forlop_measure_info (measure)->components[1]
                                           : FORLOP_MEASURE_UNKNOWN;
}

/* As many rows of an instant as the value has that came most often. */
static GArray *
load_order (ForlopConnection  *connection,
            gconstpointer      data,
            GError           **error)
{
  static const char sql[] =
    "SELECT measured_at, max(sum(code = ?4), sum(code = ?5)) FROM measurement "
    "WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1") " AND measured_at >= ?2 AND measured_at < ?3 "
    "AND code IN (?4, ?5) GROUP BY measured_at ORDER BY measured_at DESC";
  const ForlopReadingQuery *query = data;
  ForlopMeasure low = low_of (query->measure);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, query->citizen_id);
  forlop_statement_bind_instant (statement, 2, query->window.from_ms);
  forlop_statement_bind_instant (statement, 3, query->window.to_ms);
  forlop_statement_bind_text (statement, 4, forlop_measure_code (upper_of (query->measure)));
  forlop_statement_bind_text (statement, 5, forlop_measure_code (low != FORLOP_MEASURE_UNKNOWN ? low : query->measure));
  while (TRUE)
    {
      gboolean has_row;
      gint64 n, end;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      n = forlop_statement_get_instant (statement, 0) * PLACES;
      for (end = n + MIN (forlop_statement_get_integer (statement, 1), PLACES); n < end; n++)
        g_array_append_val (rows, n);
    }
}

static void
reading_free (gpointer data)
{
  ForlopReadingFields *self = data;

  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->point.reason);
  g_free (self);
}

static ForlopReadingFields *
read_reading (ForlopStatement *statement,
              GHashTable      *invalidations,
              gint64           n)
{
  ForlopReadingFields *fields = g_new0 (ForlopReadingFields, 1);
  ForlopMeasure measure;

  fields->n = n;
  fields->point = read_point (statement, invalidations, &measure, &fields->invalid);
  fields->point.reason = g_strdup (fields->point.reason);
  fields->id = forlop_statement_dup_id (statement, 7);
  fields->source = g_intern_string (forlop_statement_get_text (statement, 8));

  return fields;
}

/* *@fields is NULL where @measure has no value in the row @n. */
static gboolean
load_value (ForlopConnection          *connection,
            const ForlopReadingQuery  *query,
            GHashTable                *invalidations,
            ForlopMeasure              measure,
            gint64                     n,
            ForlopReadingFields      **fields,
            GError                   **error)
{
  static const char sql[] =
    "SELECT " POINT_COLUMNS ", source FROM measurement WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1")
    " AND measured_at = ?2 AND code = ?3 ORDER BY id DESC LIMIT 1 OFFSET ?4";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  *fields = NULL;
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, query->citizen_id);
  forlop_statement_bind_instant (statement, 2, n / PLACES);
  forlop_statement_bind_text (statement, 3, forlop_measure_code (measure));
  forlop_statement_bind_integer (statement, 4, n % PLACES);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *fields = read_reading (statement, invalidations, n);

  return TRUE;
}

/* The two values of a pair stand in one row; either may stand there alone. */
static gboolean
add_reading (ForlopConnection          *connection,
             const ForlopReadingQuery  *query,
             GHashTable                *invalidations,
             gint64                     n,
             GPtrArray                 *all,
             GError                   **error)
{
  ForlopReadingFields *upper = NULL, *low = NULL;

  if (!load_value (connection, query, invalidations, upper_of (query->measure), n, &upper, error))
    return FALSE;
  if (upper != NULL)
    g_ptr_array_add (all, upper);
  if (low_of (query->measure) == FORLOP_MEASURE_UNKNOWN)
    return TRUE;
  if (!load_value (connection, query, invalidations, low_of (query->measure), n, &low, error))
    return FALSE;
  if (low == NULL)
    return TRUE;
  forlop_chart_point_be_low (&low->point);
  if (upper == NULL)
    {
      g_ptr_array_add (all, low);
      return TRUE;
    }
  forlop_chart_point_join (&upper->point, &low->point, TRUE);
  reading_free (low);

  return TRUE;
}

static GPtrArray *
load_fields (ForlopConnection  *connection,
             gconstpointer      data,
             const gint64      *rows,
             unsigned int       n_rows,
             GError           **error)
{
  const ForlopReadingQuery *query = data;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (reading_free);
  g_autoptr (GHashTable) invalidations = load_invalidations (connection, query->citizen_id, error);

  if (invalidations == NULL)
    return NULL;
  for (unsigned int i = 0; i < n_rows; i++)
    if (!add_reading (connection, query, invalidations, rows[i], all, error))
      return NULL;

  return g_steal_pointer (&all);
}

static const char *const reading_tables[] = { "measurement", "invalidation", NULL };

const ForlopPagedSource forlop_reading_list_source = {
  .load_order = load_order,
  .load_fields = load_fields,
  .fields_free = reading_free,
  .query_free = reading_query_free,
  .tables = reading_tables,
};
