/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "acts-test-util.h"
#include "forlop-duty.h"
#include "forlop-measurement-store.h"

G_BEGIN_DECLS

/* A citizen whose service is granted; nothing is started and there is no plan. */
char                    *follow_up_grant     (ActsTest   *test,
                                              const char *day) G_GNUC_WARN_UNUSED_RESULT;
/* The id of a draft that is set up with SpO₂ limits 88 and 92, a rise of weight of more than 2 kg in
 * 3 days as yellow, and weight every day at 08.00 with two hours of grace. */
char                    *follow_up_draft     (ActsTest   *test,
                                              const char *case_id,
                                              const char *starts_on) G_GNUC_WARN_UNUSED_RESULT;
void                     follow_up_approve   (ActsTest   *test,
                                              const char *plan_id,
                                              const char *day);
/* Trained and started on @day, when a plan is in force. */
void                     follow_up_begin     (ActsTest   *test,
                                              const char *case_id,
                                              const char *day);
/* The same citizen, trained and started on @day with that plan from midnight. */
char                    *follow_up_start     (ActsTest   *test,
                                              const char *day) G_GNUC_WARN_UNUSED_RESULT;
/* The same for somebody else. */
char                    *follow_up_start_for (ActsTest   *test,
                                              const char *id_number,
                                              const char *given_name,
                                              const char *family_name,
                                              const char *day) G_GNUC_WARN_UNUSED_RESULT;
/* A scale in the citizen's home: the item's id. */
char                    *follow_up_lend_scale (ActsTest  *test,
                                              const char *case_id) G_GNUC_WARN_UNUSED_RESULT;
/* @at is Oslo wall time: "2026-03-20T08:00:00". The measurement's id. */
char                    *follow_up_measure   (ActsTest   *test,
                                              const char *case_id,
                                              const char *code,
                                              const char *value,
                                              const char *at) G_GNUC_WARN_UNUSED_RESULT;
ForlopStoredMeasurement *follow_up_find      (ActsTest   *test,
                                              const char *case_id,
                                              const char *measurement_id) G_GNUC_WARN_UNUSED_RESULT;
void                     follow_up_assert    (ActsTest   *test,
                                              const char *case_id,
                                              const char *measurement_id,
                                              const char *severity,
                                              int         plan_version);
/* The alert that @rule raised for the measurement, or NULL. */
ForlopRecord            *follow_up_alert     (ActsTest   *test,
                                              const char *measurement_id,
                                              const char *rule) G_GNUC_WARN_UNUSED_RESULT;
void                     follow_up_assert_alert (ActsTest *test,
                                              const char *measurement_id,
                                              const char *rule,
                                              const char *status);
/* The duties of the case as they are stored now. */
GPtrArray               *follow_up_duties    (ActsTest   *test,
                                              const char *case_id) G_GNUC_WARN_UNUSED_RESULT;
/* The first of them by @rule, or NULL; borrowed. */
ForlopDuty              *follow_up_duty      (GPtrArray  *duties,
                                              const char *rule);
gint64                   follow_up_at        (const char *text);
void                     follow_up_set_time  (ActsTest   *test,
                                              const char *text);

/* A reading of SpO₂ 86 % as it comes from a server that does not know whose it is; @citizen_id (nullable) is whom the
 * sender may have meant. Without @at it has neither measure nor time. Its id. */
char                    *follow_up_add_unknown (ActsTest   *test,
                                                const char *citizen_id,
                                                const char *at) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
