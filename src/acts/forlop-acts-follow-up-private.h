/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-context-private.h"

G_BEGIN_DECLS

/* The acts of daily follow-up, in several files by what they are done on. */

gboolean forlop_do_record_measurement     (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_invalidate_measurement (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_restore_measurement    (ForlopActContext  *self,
                                           GError           **error);

gboolean forlop_do_keep_unknown_measurement (ForlopActContext *self,
                                           GError           **error);
gboolean forlop_do_place_measurement      (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_set_aside_measurement  (ForlopActContext  *self,
                                           GError           **error);

gboolean forlop_do_take_alert             (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_release_alert          (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_snooze_alert           (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_handle_alert           (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_ignore_alert           (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_log_contact            (ForlopActContext  *self,
                                           GError           **error);

gboolean forlop_do_start_pause            (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_end_pause              (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_take_need              (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_release_need           (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_register_missing       (ForlopActContext  *self,
                                           GError           **error);

gboolean forlop_do_save_form_question     (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_answer_form            (ForlopActContext  *self,
                                           GError           **error);

gboolean forlop_do_start_round            (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_tick_round             (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_tick_green             (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_finish_round           (ForlopActContext  *self,
                                           GError           **error);

gboolean forlop_do_hand_over_shift        (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_accept_shift           (ForlopActContext  *self,
                                           GError           **error);
gboolean forlop_do_withdraw_shift         (ForlopActContext  *self,
                                           GError           **error);

G_END_DECLS
