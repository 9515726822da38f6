/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-keys.h"

#include <gtk/gtk.h>

const char *
forlop_board_keys_find (unsigned int key)
{
  switch (key)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      return "take";
    case GDK_KEY_r:
    case GDK_KEY_R:
      return "call";
    case GDK_KEY_s:
    case GDK_KEY_S:
      return "snooze";
    case GDK_KEY_e:
    case GDK_KEY_E:
      return "copy";
    case GDK_KEY_m:
    case GDK_KEY_M:
      return "meeting";
    case GDK_KEY_n:
    case GDK_KEY_N:
      return "next";
    case GDK_KEY_x:
    case GDK_KEY_X:
      return "tick";
    case GDK_KEY_p:
    case GDK_KEY_P:
      return "pause";
    case GDK_KEY_o:
    case GDK_KEY_O:
      return "hand-over";
    default:
      return NULL;
    }
}
