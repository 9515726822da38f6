/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-context-private.h"

G_BEGIN_DECLS

/* The plan an act names, if it is a draft: a plan that is sent, approved or in force is not edited. */
ForlopRecord *forlop_act_load_draft (ForlopActContext  *self,
                                     GError           **error);

/* What is set in a draft. */
gboolean forlop_do_set_limit        (ForlopActContext  *self,
                                     GError           **error);
gboolean forlop_do_remove_limit     (ForlopActContext  *self,
                                     GError           **error);
gboolean forlop_do_save_plan_rule   (ForlopActContext  *self,
                                     GError           **error);
gboolean forlop_do_remove_plan_rule (ForlopActContext  *self,
                                     GError           **error);
gboolean forlop_do_save_schedule    (ForlopActContext  *self,
                                     GError           **error);
gboolean forlop_do_remove_schedule  (ForlopActContext  *self,
                                     GError           **error);

G_END_DECLS
