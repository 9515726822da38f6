/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "http-test-util.h"

G_BEGIN_DECLS

/* People who are looked for, and what the access log says of it. */

typedef struct {
  ForlopTenant *tenant;
  const char *action;
  const char *user_id;
  const char *reason; /* nullable */
  unsigned int n;
} PeopleCount;

/* Rows of Skien's access log. */
unsigned int people_count_access (HttpTest          *test,
                                  const char        *action,
                                  const char        *user_id,
                                  const char        *reason);
void         people_move_clock   (HttpTest          *test,
                                  gint64             ms);
char        *people_ask_for      (const char        *citizen_id,
                                  const char        *reason) G_GNUC_WARN_UNUSED_RESULT;
/* Pushes a changeset with one operation that makes a record. */
HttpResult  *people_push_new     (HttpTest          *test,
                                  HttpSession       *session,
                                  const ForlopActor *actor,
                                  unsigned int       op_no,
                                  const char        *act,
                                  const char        *ops) G_GNUC_WARN_UNUSED_RESULT;
/* Ola registers somebody who has no case. */
char        *people_register     (HttpTest          *test,
                                  HttpSession       *ola,
                                  const char        *more) G_GNUC_WARN_UNUSED_RESULT;
/* The minute's upkeep of Skien. The new position, or 0. */
unsigned int people_keep_up      (HttpTest          *test);

G_END_DECLS
