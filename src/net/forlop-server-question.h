/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-json.h"
#include "forlop-server-account.h"

G_BEGIN_DECLS

/**
 * ForlopRefusal:
 * @status: of the answer, or 0 for any.
 * @code: (nullable): of the problem, or %NULL for any.
 * @sentence: (nullable): What the user is told, marked with N_(); %NULL for the server's own words.
 *
 * Why a question was not answered. The first that fits is told; a table ends with an empty one.
 */
typedef struct {
  unsigned int status;
  const char *code;
  const char *sentence;
} ForlopRefusal;

/* Makes something of a member of a list; NULL leaves it out. */
typedef gpointer (*ForlopServerReadFunc) (yyjson_val *value);

/* The body of a question: pairs of a name and a text, until %NULL. A text that is %NULL is left out. */
yyjson_mut_doc *forlop_server_question_new (const char *name,
                                            ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* Asks in the user's session. @question: (nullable): the body; without it the question is a GET. Not in the main thread.
 *
 * Returns: (transfer full): the answer, or %NULL with a sentence of @refusals. */
yyjson_doc *forlop_server_question_ask     (ForlopServerAccount  *account,
                                            ForlopHttpTransport  *transport,
                                            const char           *path,
                                            yyjson_mut_doc       *question,
                                            const ForlopRefusal  *refusals,
                                            GCancellable         *cancellable,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* What the list @name of the answer holds; without such a list the answer is none. */
GPtrArray  *forlop_server_question_list    (yyjson_doc           *answer,
                                            const char           *name,
                                            const ForlopRefusal  *refusals,
                                            ForlopServerReadFunc  read,
                                            GDestroyNotify        destroy,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* An answer in which what was asked for is missing. */
void        forlop_server_question_miss    (const ForlopRefusal  *refusals,
                                            GError              **error);

G_END_DECLS
