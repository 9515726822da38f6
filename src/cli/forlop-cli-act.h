/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"
#include "forlop-cli.h"

G_BEGIN_DECLS

/* The act of that name; NULL with a sentence where there is none. */
const ForlopAct *forlop_cli_find_act         (const char             *name,
                                              GError                **error);
/* Does one act as @as, durably and in a transaction of its own. @json are its arguments, in which
 * records may be named as people name them. */
ForlopActResult *forlop_cli_do_act           (ForlopCli              *self,
                                              ForlopStore            *store,
                                              const char             *as,
                                              const ForlopAct        *act,
                                              const char             *json,
                                              GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* As JSON on standard output: on one line, or pretty on several. */
void             forlop_cli_print_act_result (const ForlopActResult  *result,
                                              gboolean                pretty);

G_END_DECLS
