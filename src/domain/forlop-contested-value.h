/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* A value that is never merged, and that two have written differently: until a person has chosen, the
 * more careful of the two applies. @contested: records of type contested_value, of one citizen. */

/* The limit as it is to be judged by: each bound the narrower of what is there and what was written. */
ForlopRecord *forlop_contested_limit         (ForlopRecord *limit,
                                              GPtrArray    *contested) G_GNUC_WARN_UNUSED_RESULT;
/* Whether somebody withdrew the consent, or took it back. */
gboolean      forlop_contested_consent       (ForlopRecord *consent,
                                              GPtrArray    *contested);
/* Whether somebody protected the citizen's address. */
gboolean      forlop_contested_address       (ForlopRecord *citizen,
                                              GPtrArray    *contested);
/* What somebody else wrote in a trend rule, as rules of their own: while two differ, both are judged by. */
GPtrArray    *forlop_contested_rules         (ForlopRecord *plan_rule,
                                              GPtrArray    *contested) G_GNUC_WARN_UNUSED_RESULT;
/* Whether somebody decided at the same time that nothing is granted on @day: refused, ended, or to an earlier
 * day. */
gboolean      forlop_contested_decision      (ForlopRecord *decision,
                                              GPtrArray    *contested,
                                              ForlopDate    day);
/* Whether there is one of the record. */
gboolean      forlop_contested_has           (ForlopRecord *record,
                                              GPtrArray    *contested);
/* While two have set a limit differently, the narrower applies; of a trend rule both do. */
void          forlop_contested_be_careful (GPtrArray    *limits,
                                           GPtrArray    *rules,
                                           GPtrArray    *contested);

G_END_DECLS
