/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* What a person is found by on the server. Both sides of a search are made here, so that the two
 * storages compare text with text and nothing else. */

#define FORLOP_PEOPLE_SEARCH_MIN 3
#define FORLOP_PEOPLE_SEARCH_HITS 50
#define FORLOP_PEOPLE_SEARCH_WORDS 6
/* The kinds of information, in the access log, of a hit that has blocked the caller. */
#define FORLOP_PEOPLE_TOLD_OF_BLOCKING "citizen,block"

/* Whether people are found by records of the type. */
gboolean   forlop_people_is_searched        (const ForlopRecordType *type);
/* The words @citizen is found by, each between spaces; NULL for who is never found: a protected
 * address, or registered twice. Of a citizen_alias the number it tells of. */
char      *forlop_people_words              (ForlopRecord           *citizen) G_GNUC_WARN_UNUSED_RESULT;
/* What has to be in those words: a space and the beginning of each name that was written, a space on
 * both sides of a number, which is found whole only. NULL when too little was written. */
GPtrArray *forlop_people_needles            (const char             *text) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a whole identity number was written, and nothing else. */
gboolean   forlop_people_needles_are_number (GPtrArray              *needles);

G_END_DECLS
