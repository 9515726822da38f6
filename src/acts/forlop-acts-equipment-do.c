/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-context-private.h"

const ForlopActFunction forlop_act_functions_equipment[] = {
  { NULL, NULL },
};
