/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-benefits-store.h"

#include <math.h>

static const char *const fields[FORLOP_N_BENEFITS] = {
  [FORLOP_BENEFIT_VISITS] = "visits",
  [FORLOP_BENEFIT_VISIT_MINUTES] = "visit_minutes",
  [FORLOP_BENEFIT_DRIVING_MINUTES] = "driving_minutes",
  [FORLOP_BENEFIT_DRIVING_KM] = "driving_km",
  [FORLOP_BENEFIT_SKILLED_VISITS] = "skilled_visits",
  [FORLOP_BENEFIT_UNSKILLED_VISITS] = "unskilled_visits",
  [FORLOP_BENEFIT_HOSPITAL_ADMISSIONS] = "hospital_admissions",
  [FORLOP_BENEFIT_MUNICIPAL_ADMISSIONS] = "municipal_admissions",
  [FORLOP_BENEFIT_GP_CONTACTS] = "gp_contacts",
  [FORLOP_BENEFIT_EMERGENCY_CONTACTS] = "emergency_contacts",
};

/* The columns of @t in the order of ForlopBenefit, after its window. */
#define BASELINE_COLUMNS(t) \
  t ".from_date, " t ".to_date, " t ".visits, " t ".visit_minutes, " t ".driving_minutes, " \
  t ".driving_km, " t ".skilled_visits, " t ".unskilled_visits, " t ".hospital_admissions, " \
  t ".municipal_admissions, " t ".gp_contacts, " t ".emergency_contacts"

#define N_BASELINE_COLUMNS (2 + FORLOP_N_BENEFITS)

/* The latest one that was entered for a case and a period, where it has numbers. */
#define LATEST(t, period) \
  t ".id = (SELECT max (x.id) FROM baseline x WHERE x.case_id = c.id AND x.period = '" period "' " \
  "AND x.deleted = 0 AND x.missing_reason IS NULL)"

#define IN_UNIT "(?1 IS NULL OR c.unit_id = ?1)"

typedef gboolean (*RowFunc) (ForlopStatement *statement,
                             ForlopBenefits  *benefits);

const char *
forlop_benefit_field (ForlopBenefit benefit)
{
  g_return_val_if_fail ((int) benefit >= 0 && benefit < FORLOP_N_BENEFITS, NULL);

  return fields[benefit];
}

static void
benefit_count_free (gpointer data)
{
  g_free (data);
}

void
forlop_benefits_free (ForlopBenefits *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->survey);
  g_ptr_array_unref (self->costs);
  g_ptr_array_unref (self->origins);
  g_free (self);
}

static gboolean
each_row (ForlopConnection  *connection,
          const char        *sql,
          const char        *unit_id,
          RowFunc            func,
          ForlopBenefits    *benefits,
          GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, unit_id);

  while (TRUE)
    {
      gboolean has_row;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row || !func (statement, benefits))
        return TRUE;
    }
}

/* Whole months of a window; what is entered without one is a month. A window from the first to the
 * last day of three months is three, whatever months they are. */
static double
window_months (ForlopStatement *statement,
               int              column)
{
  ForlopDate from = forlop_statement_get_date (statement, column);
  ForlopDate to = forlop_statement_get_date (statement, column + 1);

  if (from == FORLOP_DATE_NONE || to == FORLOP_DATE_NONE || to < from)
    return 1;

  return MAX (1, round ((to - from + 1) / 30.4375));
}

static gboolean
add_pair (ForlopStatement *statement,
          ForlopBenefits  *benefits)
{
  const double months[] = {
    window_months (statement, 0), window_months (statement, N_BASELINE_COLUMNS),
  };
  double values[FORLOP_N_BENEFITS][2];

  for (int i = 0; i < FORLOP_N_BENEFITS; i++)
    {
      gboolean entered = TRUE;

      for (int side = 0; side < 2; side++)
        {
          int column = side * N_BASELINE_COLUMNS + 2 + i;

          entered = entered && !forlop_statement_is_null (statement, column);
          values[i][side] = forlop_statement_get_real (statement, column);
          if (i < FORLOP_BENEFIT_FIRST_COUNT)
            values[i][side] /= months[side];
        }
      if (!entered)
        {
          values[i][0] = values[i][1] = 0;
          continue;
        }
      benefits->sums[i].before += values[i][0];
      benefits->sums[i].after += values[i][1];
      benefits->sums[i].n++;
    }

  benefits->n_both++;
  benefits->months_before += months[0];
  benefits->months_after += months[1];
  if (values[FORLOP_BENEFIT_SKILLED_VISITS][1] < values[FORLOP_BENEFIT_SKILLED_VISITS][0] &&
      values[FORLOP_BENEFIT_UNSKILLED_VISITS][1] > values[FORLOP_BENEFIT_UNSKILLED_VISITS][0])
    benefits->n_moved++;

  return TRUE;
}

static gboolean
take_cases (ForlopStatement *statement,
            ForlopBenefits  *benefits)
{
  benefits->n_started = (unsigned int) forlop_statement_get_integer (statement, 0);
  benefits->n_running = (unsigned int) forlop_statement_get_integer (statement, 1);
  benefits->n_baseline = (unsigned int) forlop_statement_get_integer (statement, 2);
  benefits->n_ended = benefits->n_started - benefits->n_running;

  return FALSE;
}

static ForlopBenefitCount *
add_count (GPtrArray       *counts,
           ForlopStatement *statement)
{
  ForlopBenefitCount *count = g_new0 (ForlopBenefitCount, 1);

  count->question = g_intern_string (forlop_statement_get_text (statement, 0));
  count->answer = g_intern_string (forlop_statement_get_text (statement, 1));
  count->n = (unsigned int) forlop_statement_get_integer (statement, 2);
  g_ptr_array_add (counts, count);

  return count;
}

static gboolean
add_survey (ForlopStatement *statement,
            ForlopBenefits  *benefits)
{
  add_count (benefits->survey, statement);

  return TRUE;
}

static gboolean
take_surveys (ForlopStatement *statement,
              ForlopBenefits  *benefits)
{
  benefits->n_surveys = (unsigned int) forlop_statement_get_integer (statement, 0);

  return FALSE;
}

static gboolean
add_cost (ForlopStatement *statement,
          ForlopBenefits  *benefits)
{
  add_count (benefits->costs, statement)->amount = forlop_statement_get_real (statement, 3);

  return TRUE;
}

static gboolean
take_cost_people (ForlopStatement *statement,
                  ForlopBenefits  *benefits)
{
  benefits->n_costs = (unsigned int) forlop_statement_get_integer (statement, 0);

  return FALSE;
}

static gboolean
add_origin (ForlopStatement *statement,
            ForlopBenefits  *benefits)
{
  add_count (benefits->origins, statement);

  return TRUE;
}

/* Those of whom both periods are entered: anything else would compare different people. */
#define BOTH_COSTS \
  "SELECT b.case_id FROM benefit_cost b JOIN \"case\" c ON c.id = b.case_id WHERE b.deleted = 0 AND " \
  IN_UNIT " GROUP BY b.case_id HAVING count (DISTINCT b.period) = 2"

#define SURVEY(question) \
  "SELECT '" question "' AS question, s." question " AS answer, count (*) AS n FROM survey_answer s " \
  "JOIN \"case\" c ON c.id = s.case_id WHERE s.deleted = 0 AND s." question " IS NOT NULL AND " \
  IN_UNIT " GROUP BY s." question

static gboolean
load_parts (ForlopConnection  *connection,
            const char        *unit_id,
            ForlopBenefits    *benefits,
            GError           **error)
{
  static const struct {
    const char *sql;
    RowFunc func;
  } parts[] = {
    { "SELECT count (*), coalesce (sum (c.status = 'running'), 0), coalesce (sum (EXISTS (SELECT 1 "
      "FROM baseline b WHERE b.case_id = c.id AND b.deleted = 0 AND b.period = 'before' "
      "AND b.missing_reason IS NULL)), 0) "
      "FROM \"case\" c WHERE c.deleted = 0 AND c.started_on IS NOT NULL AND " IN_UNIT, take_cases },
    { "SELECT " BASELINE_COLUMNS ("b") ", " BASELINE_COLUMNS ("a") " FROM \"case\" c "
      "JOIN baseline b ON " LATEST ("b", "before") " JOIN baseline a ON " LATEST ("a", "after")
      " WHERE c.deleted = 0 AND " IN_UNIT, add_pair },
    { SURVEY ("safety") " UNION ALL " SURVEY ("admissions") " UNION ALL " SURVEY ("plan_use")
      " UNION ALL " SURVEY ("satisfaction"), add_survey },
    { "SELECT count (*) FROM survey_answer s JOIN \"case\" c ON c.id = s.case_id "
      "WHERE s.deleted = 0 AND " IN_UNIT, take_surveys },
    { "SELECT b.period, b.kind, count (DISTINCT b.case_id), sum (b.amount) FROM benefit_cost b "
      "WHERE b.deleted = 0 AND b.case_id IN (" BOTH_COSTS ") GROUP BY 1, 2", add_cost },
    { "SELECT count (*) FROM (" BOTH_COSTS ")", take_cost_people },
    { "SELECT 'origin', b.origin, count (*) FROM baseline b JOIN \"case\" c ON c.id = b.case_id "
      "WHERE b.deleted = 0 AND b.origin IS NOT NULL AND " IN_UNIT
      " GROUP BY b.origin ORDER BY 3 DESC, 2 LIMIT 5", add_origin },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!each_row (connection, parts[i].sql, unit_id, parts[i].func, benefits, error))
      return FALSE;

  return TRUE;
}

ForlopBenefits *
forlop_benefits_store_load (ForlopConnection  *connection,
                            const char        *unit_id,
                            GError           **error)
{
  g_autoptr (ForlopBenefits) benefits = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  benefits = g_new0 (ForlopBenefits, 1);
  benefits->survey = g_ptr_array_new_with_free_func (benefit_count_free);
  benefits->costs = g_ptr_array_new_with_free_func (benefit_count_free);
  benefits->origins = g_ptr_array_new_with_free_func (benefit_count_free);
  if (!load_parts (connection, unit_id, benefits, error))
    return NULL;

  if (benefits->n_both > 0)
    {
      benefits->months_before /= benefits->n_both;
      benefits->months_after /= benefits->n_both;
    }

  return g_steal_pointer (&benefits);
}

static const ForlopBenefitCount *
find_count (GPtrArray  *counts,
            const char *question,
            const char *answer)
{
  for (unsigned int i = 0; i < counts->len; i++)
    {
      const ForlopBenefitCount *count = g_ptr_array_index (counts, i);

      if (g_str_equal (count->question, question) && g_str_equal (count->answer, answer))
        return count;
    }

  return NULL;
}

unsigned int
forlop_benefits_survey (const ForlopBenefits *self,
                        const char           *question,
                        const char           *answer)
{
  const ForlopBenefitCount *count;

  g_return_val_if_fail (self != NULL, 0);

  count = find_count (self->survey, question, answer);

  return count != NULL ? count->n : 0;
}

/**
 * forlop_benefits_cost:
 * @period: "without" or "with".
 * @kind: (nullable): code of a kind; %NULL for the sum of all.
 *
 * Returns: NOK per month.
 */
double
forlop_benefits_cost (const ForlopBenefits *self,
                      const char           *period,
                      const char           *kind)
{
  double sum = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (period != NULL, 0);

  for (unsigned int i = 0; i < self->costs->len; i++)
    {
      const ForlopBenefitCount *count = g_ptr_array_index (self->costs, i);

      if (g_str_equal (count->question, period) &&
          (kind == NULL || g_str_equal (count->answer, kind)))
        sum += count->amount;
    }

  return sum;
}
