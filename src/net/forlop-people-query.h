/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-account.h"

G_BEGIN_DECLS

/* People whose record is not on this machine: found on the server by name, date of birth or number, and
 * opened by one of two ways that each leave a trace. They block; not on the main thread. */

/**
 * ForlopPerson:
 * @birth_date: (nullable): ISO.
 * @unit: (nullable): the name of the unit whose citizen it is.
 * @is_blocked: the citizen has blocked the record for the user: only emergency access opens it.
 *
 * Enough to tell one from another, and nothing more.
 */
typedef struct {
  char *citizen_id;
  char *given_name;
  char *family_name;
  char *birth_date;
  char *unit;
  gboolean is_blocked;
} ForlopPerson;

void       forlop_person_free        (ForlopPerson         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPerson, forlop_person_free)

/* Characters of a reason at least, as on the server. */
#define FORLOP_PEOPLE_LEAST_REASON 10
/* Characters to look for at least. */
#define FORLOP_PEOPLE_LEAST_SEARCH 3

/**
 * ForlopPeopleWay:
 * @FORLOP_PEOPLE_TAKE_UP: the office takes the citizen up, to register a referral.
 * @FORLOP_PEOPLE_BREAK_GLASS: emergency access for four hours, which the leader is told of.
 */
typedef enum {
  FORLOP_PEOPLE_TAKE_UP,
  FORLOP_PEOPLE_BREAK_GLASS,
} ForlopPeopleWay;

/* A list of #ForlopPerson, 50 at most; @more: (out): there are others. The error's message is a sentence
 * for the user. */
GPtrArray *forlop_people_search      (ForlopServerAccount  *account,
                                      ForlopHttpTransport  *transport,
                                      const char           *text,
                                      gboolean             *more,
                                      GCancellable         *cancellable,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* The record comes with the next pull. @until: (out): when the access ends by itself, or %FORLOP_INSTANT_NONE.
 * %FORLOP_SIGN_IN_ERROR_WRONG: the sign-in is too old for it. */
gboolean   forlop_people_open        (ForlopServerAccount  *account,
                                      ForlopHttpTransport  *transport,
                                      ForlopPeopleWay       way,
                                      const char           *citizen_id,
                                      const char           *reason,
                                      gint64               *until,
                                      GCancellable         *cancellable,
                                      GError              **error);

G_END_DECLS
