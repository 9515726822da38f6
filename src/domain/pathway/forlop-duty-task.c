/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-duty-task.h"

#include "forlop-json.h"

/* The end of the working day on which something is due: 16.00 in Oslo. */
#define DUE_MINUTE (16 * 60)

/**
 * forlop_duties_of_task:
 *
 * An open task is a duty of the function it is given to; who has taken it is shown and binds
 * nobody.
 *
 * Returns: (transfer full): a #GPtrArray of one #ForlopDuty, or of none.
 */
GPtrArray *
forlop_duties_of_task (ForlopRecord *task)
{
  GPtrArray *duties = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_duty_free);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  ForlopDuty *duty;

  g_return_val_if_fail (FORLOP_IS_RECORD (task), duties);

  if (!forlop_record_text_is (task, "status", "open"))
    return duties;

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "title", forlop_record_get_text (task, "title"));

  duty = g_new0 (ForlopDuty, 1);
  duty->rule = "task";
  duty->act = "finish-task";
  duty->subject_type = "task";
  duty->subject_id = g_strdup (forlop_record_get_id (task));
  duty->citizen_id = g_strdup (forlop_record_get_text (task, "citizen_id"));
  duty->case_id = g_strdup (forlop_record_get_text (task, "case_id"));
  duty->role = g_strdup (forlop_record_get_text (task, "role"));
  duty->unit_id = g_strdup (forlop_record_get_text (task, "unit_id"));
  duty->visible_from = G_MININT64 + 1;
  duty->due_at = FORLOP_INSTANT_NONE;
  duty->since = FORLOP_INSTANT_NONE;
  if (forlop_record_has (task, "due_on"))
    duty->due_at = forlop_instant_from_wall (forlop_record_get_date (task, "due_on"), DUE_MINUTE);
  duty->arguments = forlop_json_write (doc, FALSE);
  duty->taken_by = g_strdup (forlop_record_get_text (task, "taken_by"));
  g_ptr_array_add (duties, duty);

  return duties;
}

/**
 * forlop_duties_of_shift:
 *
 * The unit's resource persons see it, with the name of the one who accepts; it waits from the moment it
 * is handed over.
 *
 * Returns: (transfer full): a #GPtrArray of one #ForlopDuty, or of none.
 */
GPtrArray *
forlop_duties_of_shift (ForlopRecord *handover)
{
  GPtrArray *duties = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_duty_free);
  ForlopDuty *duty;

  g_return_val_if_fail (FORLOP_IS_RECORD (handover), duties);

  if (!forlop_record_text_is (handover, "status", "offered"))
    return duties;

  duty = g_new0 (ForlopDuty, 1);
  duty->rule = "accept-shift";
  duty->act = "accept-shift";
  duty->subject_type = "shift_handover";
  duty->subject_id = g_strdup (forlop_record_get_id (handover));
  duty->role = g_strdup ("resource_person");
  duty->unit_id = g_strdup (forlop_record_get_text (handover, "unit_id"));
  duty->since = duty->due_at = duty->visible_from = forlop_record_get_instant (handover, "offered_at");
  duty->taken_by = g_strdup (forlop_record_get_text (handover, "to_user_id"));
  g_ptr_array_add (duties, duty);

  return duties;
}
