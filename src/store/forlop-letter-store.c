/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-letter-store.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-plan-diff.h"
#include "forlop-record-pick.h"
#include "forlop-record-store.h"
#include "forlop-snapshot-store.h"

static gboolean
add_name (ForlopLetter      *self,
          ForlopConnection  *connection,
          const char        *type,
          const char        *id,
          const char        *field,
          GError           **error)
{
  g_autoptr (ForlopRecord) record = NULL;

  if (!forlop_record_pick_named (connection, type, id, &record, error))
    return FALSE;
  if (record != NULL)
    g_hash_table_replace (self->names, g_strdup (id), g_strdup (forlop_record_get_text (record, field)));

  return TRUE;
}

static gboolean
load_products (ForlopLetter      *self,
               ForlopConnection  *connection,
               GError           **error)
{
  g_autoptr (GPtrArray) loans = forlop_letter_list_loans (self);

  for (unsigned int i = 0; i < loans->len; i++)
    {
      ForlopRecord *item = forlop_snapshot_get (self->snapshot, "item",
                                                forlop_record_get_text (g_ptr_array_index (loans, i), "item_id"));

      if (item != NULL &&
          !add_name (self, connection, "product", forlop_record_get_text (item, "product_id"), "name", error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
load_forms (ForlopLetter      *self,
            ForlopConnection  *connection,
            GError           **error)
{
  g_autoptr (GPtrArray) schedules = forlop_plan_list_parts (self->snapshot, "schedule", self->subject);

  for (unsigned int i = 0; i < schedules->len; i++)
    {
      const char *form_id = forlop_record_get_text (g_ptr_array_index (schedules, i), "form_id");

      if (form_id != NULL && !add_name (self, connection, "form", form_id, "title", error))
        return FALSE;
    }

  return TRUE;
}

/* The references as they stood on the day of the decision; of two versions in force the later one counts. */
static gboolean
load_references (ForlopLetter      *self,
                 ForlopConnection  *connection,
                 GError           **error)
{
  g_autoptr (GPtrArray) references = forlop_record_store_list (connection, "legal_reference", NULL, NULL, error);
  ForlopDate on = forlop_record_get_date (self->subject, "decided_on");

  if (references == NULL)
    return FALSE;
  for (unsigned int i = 0; i < references->len; i++)
    {
      ForlopRecord *reference = g_ptr_array_index (references, i);
      ForlopDate from = forlop_record_get_date (reference, "valid_from");
      ForlopDate to = forlop_record_get_date (reference, "valid_to");

      if ((from == FORLOP_DATE_NONE || from <= on) && (to == FORLOP_DATE_NONE || to >= on))
        g_hash_table_replace (self->references, g_strdup (forlop_record_get_text (reference, "code")),
                              g_strdup (forlop_record_get_text (reference, "citation")));
    }

  return TRUE;
}

static gboolean
load_units (ForlopLetter      *self,
            ForlopConnection  *connection,
            GError           **error)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (self->snapshot);
  const char *answers = forlop_record_get_text (the_case, "follow_up_unit_id");

  if (answers == NULL)
    answers = forlop_record_get_text (the_case, "unit_id");

  return forlop_record_pick_named (connection, "unit", forlop_record_get_text (the_case, "office_unit_id"),
                                   &self->office, error) &&
         forlop_record_pick_named (connection, "unit", answers, &self->answers, error);
}

/**
 * forlop_letter_store_load:
 *
 * Returns: (transfer full): the facts; NULL with NOT_FOUND where there is nothing to tell.
 */
ForlopLetter *
forlop_letter_store_load (ForlopConnection  *connection,
                          const char        *case_id,
                          const char        *subject_type,
                          const char        *subject_id,
                          gint64             now,
                          GError           **error)
{
  gboolean of_plan = g_str_equal (subject_type, "care_plan");
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autoptr (ForlopLetter) self = NULL;
  ForlopRecord *subject;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (case_id != NULL, NULL);

  snapshot = forlop_snapshot_store_load_case (connection, case_id, now, error);
  if (snapshot == NULL)
    return NULL;
  if (subject_id == NULL)
    subject_id = forlop_letter_find_subject (snapshot, of_plan, error);
  if (subject_id == NULL)
    return NULL;
  subject = forlop_snapshot_get (snapshot, subject_type, subject_id);
  if (subject == NULL)
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                           _("What the letter is about is no longer in the case. Open the case again."));
      return NULL;
    }

  self = forlop_letter_new (snapshot, subject);
  if (!load_units (self, connection, error) || !load_products (self, connection, error))
    return NULL;
  if (of_plan ? !load_forms (self, connection, error)
              : !load_references (self, connection, error) ||
                !forlop_record_pick_named (connection, "user", forlop_record_get_text (subject, "decided_by"),
                                           &self->signatory, error))
    return NULL;

  return g_steal_pointer (&self);
}
