/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"
#include "forlop-clock.h"
#include "forlop-record-store.h"

G_BEGIN_DECLS

/* A municipality on a real encrypted file, with a clock that stands still and ids from a seed: one
 * allocation office, two zones, a follow-up centre, a store, and one user for each role. */
typedef struct {
  char *folder;
  char *path;
  ForlopKey *key;
  ForlopClock *clock;
  ForlopIdSource *ids;
  ForlopStore *store;
  char *office;
  char *zone;
  char *other_zone;
  char *centre;
  char *stock;
  char *profile;
  ForlopActor *caseworker;
  ForlopActor *nurse;
  ForlopActor *other_nurse;
  ForlopActor *centre_nurse;
  ForlopActor *coordinator;
  ForlopActor *manager;
  ForlopActor *administrator;
} ActsTest;

/* @today such as "2026-03-12"; the clock stands at 09.00 in Oslo. */
ActsTest        *acts_test_new     (const char        *today);
/* The same in a folder that is there, for a process that will be killed, and afterwards what it left. */
ActsTest        *acts_test_new_in  (const char        *folder,
                                    const char        *today);
ActsTest        *acts_test_open_in (const char        *folder,
                                    const char        *today);
void             acts_test_free    (ActsTest          *test);
void             acts_test_set_day (ActsTest          *test,
                                    const char        *today);
void             acts_test_reopen  (ActsTest          *test);

/* @json is a printf format. Aborts the test when the act is refused. */
ForlopActResult *acts_test_do      (ActsTest          *test,
                                    const ForlopActor *actor,
                                    const char        *act,
                                    const char        *json,
                                    ...) G_GNUC_PRINTF (4, 5) G_GNUC_WARN_UNUSED_RESULT;
/* The same, when only that it went well matters. */
void             acts_test_must    (ActsTest          *test,
                                    const ForlopActor *actor,
                                    const char        *act,
                                    const char        *json,
                                    ...) G_GNUC_PRINTF (4, 5);
/* Aborts unless it is refused with @code of FORLOP_ERROR and a sentence that has @part in it. */
void             acts_test_refused (ActsTest          *test,
                                    const ForlopActor *actor,
                                    const char        *act,
                                    int                code,
                                    const char        *part,
                                    const char        *json,
                                    ...) G_GNUC_PRINTF (6, 7);

ForlopRecord    *acts_test_load    (ActsTest          *test,
                                    const char        *type,
                                    const char        *id) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray       *acts_test_list    (ActsTest          *test,
                                    const char        *type,
                                    const char        *field,
                                    const char        *value) G_GNUC_WARN_UNUSED_RESULT;
/* First column of the first row. @sql is static text without parameters. */
gint64           acts_test_count   (ActsTest          *test,
                                    const char        *sql);
/* Whether the case has a duty by this rule, whenever it becomes visible. */
gboolean         acts_test_has_duty (ActsTest         *test,
                                    const char        *case_id,
                                    const char        *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ActsTest, acts_test_free)

G_END_DECLS
