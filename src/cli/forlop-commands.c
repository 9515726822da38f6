/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-commands.h"

#include <glib/gi18n-lib.h>

const ForlopCommand forlop_commands[] = {
  { "init", "", N_("Make a new file with units, roles and a first user"), forlop_command_init },
  { "act", N_("NAME --json ARGS"), N_("Do what a user does, as in the window"), forlop_command_act },
  { "case show", N_("CASE"), N_("Show a case with steps, duties and time line"),
    forlop_command_case_show },
  { "id check", N_("NUMBER"), N_("Say what kind of identity number it is; needs no file"),
    forlop_command_id_check },
  { "dictionary", "", N_("Describe every record and act; needs no file"), forlop_command_dictionary },
  { NULL, NULL, NULL, NULL },
};

const ForlopCommand *
forlop_command_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (const ForlopCommand *command = forlop_commands; command->name != NULL; command++)
    if (g_str_equal (command->name, name))
      return command;

  return NULL;
}
