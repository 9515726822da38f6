/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-commands.h"
#include "forlop-dictionary.h"
#include "forlop-record-type.h"

static void
list_names (gboolean acts)
{
  unsigned int n;

  if (acts)
    {
      const ForlopAct *const *declared = forlop_acts (&n);

      for (unsigned int i = 0; i < n; i++)
        forlop_cli_print ("%-30s %s\n", declared[i]->name, _(declared[i]->label));
      return;
    }

  const ForlopRecordType *const *types = forlop_record_types (&n);

  for (unsigned int i = 0; i < n; i++)
    for (const ForlopField *field = types[i]->fields; field->name != NULL; field++)
      {
        g_autofree char *name = g_strdup_printf ("%s.%s", types[i]->name, field->name);

        forlop_cli_print ("%-40s %-16s %s\n", name, forlop_field_kind_name (field->kind), _(field->label));
      }
}

int
forlop_command_dictionary (ForlopCli  *self,
                           char      **argv)
{
  gboolean acts = FALSE;
  gboolean markdown = FALSE;
  const GOptionEntry entries[] = {
    { "acts", 0, 0, G_OPTION_ARG_NONE, &acts, N_("The acts instead of the records"), NULL },
    { "markdown", 0, 0, G_OPTION_ARG_NONE, &markdown, N_("Everything that is declared, as Markdown"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autofree char *text = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "dictionary", argv, entries, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL)
    return forlop_cli_usage (_("“%s” was not understood. “forlopctl dictionary --help” tells more."), rest[0]);

  if (!markdown)
    {
      list_names (acts);
      return FORLOP_EXIT_DONE;
    }
  text = acts ? forlop_dictionary_acts () : forlop_dictionary_records ();
  forlop_cli_print ("%s", text);

  return FORLOP_EXIT_DONE;
}
