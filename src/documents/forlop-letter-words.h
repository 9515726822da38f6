/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-letter.h"
#include "forlop-schedule.h"

G_BEGIN_DECLS

/* What paper for a citizen says, in the citizen's form of Norwegian and never in the language of the interface. The
 * sentences are data: data/letter-words.json. */

/* The sentence of @key in @language, "nb" or "nn". */
const char *forlop_letter_words      (const char         *language,
                                      const char         *key);
/* The same, with {name} replaced by value for each pair of the rest, which ends with NULL. */
char       *forlop_letter_words_fill (const char         *language,
                                      const char         *key,
                                      ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

/* "22. november 2026" */
char       *forlop_letter_words_date     (const char           *language,
                                          ForlopDate            date) G_GNUC_WARN_UNUSED_RESULT;
/* "mandag til fredag kl. 08.00–15.30" */
char       *forlop_letter_words_hours    (const char           *language,
                                          ForlopRecord         *unit) G_GNUC_WARN_UNUSED_RESULT;
/* "hver dag kl. 08.00 og 20.00" */
char       *forlop_letter_words_schedule (const char           *language,
                                          const ForlopSchedule *schedule) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
