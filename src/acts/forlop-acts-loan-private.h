/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-context-private.h"

G_BEGIN_DECLS

/* What the acts on loans share. */

/* The loan that the argument "loan_id" names; refused when it has ended. */
ForlopRecord *forlop_act_load_open_loan    (ForlopActContext  *self,
                                            GError           **error);
ForlopRecord *forlop_act_load_lent_item    (ForlopActContext  *self,
                                            ForlopRecord      *loan,
                                            GError           **error);
gboolean      forlop_act_check_can_be_lent (ForlopActContext  *self,
                                            ForlopRecord      *item,
                                            GError           **error);
/* The delivery is handed out when everything that was wanted is. */
gboolean      forlop_act_finish_delivery   (ForlopActContext  *self,
                                            ForlopRecord      *item,
                                            GError           **error);

G_END_DECLS
