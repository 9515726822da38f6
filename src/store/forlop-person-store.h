/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

/* One person may have been registered twice. The records stay as they were written; one of them stands
 * (merged_into_id, followed to its end), and who asks for the citizen gets what all of them say. */

/**
 * FORLOP_SAME_PERSON:
 *
 * For SQL: the ids of every record of the person whose one id is the parameter @p.
 */
#define FORLOP_SAME_PERSON(p) \
  "(SELECT " p " UNION ALL SELECT pb.id FROM person pa JOIN person pb ON pb.stands_id = pa.stands_id " \
  "WHERE pa.id = " p " AND pb.id <> " p ")"

/* The ids of every record of the person, the one that stands first. */
GPtrArray *forlop_person_store_list_ids  (ForlopConnection       *connection,
                                          const char             *citizen_id,
                                          GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* The record that stands: @citizen_id itself but for one that was merged into another. */
char      *forlop_person_store_dup_stand (ForlopConnection       *connection,
                                          const char             *citizen_id,
                                          GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whose identity number it is or was: the id of the record that stands, or "" when nobody is known by it. */
char      *forlop_person_store_find      (ForlopConnection       *connection,
                                          const char             *id_number,
                                          GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* After a citizen's record was written. @has_changed: who is one person is not as it was. */
gboolean   forlop_person_store_update    (ForlopConnection       *connection,
                                          const ForlopOperation  *operation,
                                          gboolean               *has_changed,
                                          GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
