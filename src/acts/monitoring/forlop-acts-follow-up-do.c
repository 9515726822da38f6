/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

const ForlopActFunction forlop_act_functions_follow_up[] = {
  { "record-measurement", forlop_do_record_measurement },
  { "invalidate-measurement", forlop_do_invalidate_measurement },
  { "restore-measurement", forlop_do_restore_measurement },
  { "keep-unknown-measurement", forlop_do_keep_unknown_measurement },
  { "place-measurement", forlop_do_place_measurement },
  { "set-aside-measurement", forlop_do_set_aside_measurement },
  { "take-alert", forlop_do_take_alert },
  { "release-alert", forlop_do_release_alert },
  { "snooze-alert", forlop_do_snooze_alert },
  { "handle-alert", forlop_do_handle_alert },
  { "ignore-alert", forlop_do_ignore_alert },
  { "log-contact", forlop_do_log_contact },
  { "start-pause", forlop_do_start_pause },
  { "end-pause", forlop_do_end_pause },
  { "register-missing", forlop_do_register_missing },
  { "take-need", forlop_do_take_need },
  { "release-need", forlop_do_release_need },
  { "save-form-question", forlop_do_save_form_question },
  { "answer-form", forlop_do_answer_form },
  { "start-round", forlop_do_start_round },
  { "tick-round", forlop_do_tick_round },
  { "tick-green", forlop_do_tick_green },
  { "finish-round", forlop_do_finish_round },
  { "hand-over-shift", forlop_do_hand_over_shift },
  { "accept-shift", forlop_do_accept_shift },
  { "withdraw-shift", forlop_do_withdraw_shift },
  { NULL, NULL },
};
