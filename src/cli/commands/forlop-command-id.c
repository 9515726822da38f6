/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-cli-json.h"
#include "forlop-commands.h"
#include "forlop-error.h"
#include "forlop-id-number.h"

static void
print_as_json (const ForlopIdNumberInfo *info)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);

  forlop_cli_json_text (doc, root, "kind", forlop_id_number_kind_name (info->kind));
  forlop_cli_json_text (doc, root, "synthetic", forlop_id_number_synthetic_name (info->synthetic));
  yyjson_mut_obj_add_bool (doc, root, "ambiguous", info->ambiguous);
  yyjson_mut_obj_add_bool (doc, root, "valid_today", info->valid_today);
  yyjson_mut_obj_add_bool (doc, root, "valid_2032", info->valid_2032);
  forlop_cli_json_date (doc, root, "birth_date", info->birth_date);
  forlop_cli_print_json (doc);
}

static void
print_in_words (const char               *number,
                ForlopDate                today,
                const ForlopIdNumberInfo *info)
{
  g_autoptr (GError) error = NULL;
  ForlopIdNumberInfo unused;

  if (info->kind != FORLOP_ID_NUMBER_NONE)
    forlop_cli_print ("%s\n", forlop_id_number_kind_label (info->kind));
  if (info->synthetic != FORLOP_ID_NUMBER_REAL)
    forlop_cli_print ("%s: %s\n", _("Test number of"),
                      forlop_id_number_synthetic_name (info->synthetic));
  if (info->ambiguous)
    forlop_cli_print ("%s\n", _("A local help number and a test number look the same here."));
  if (info->birth_date != FORLOP_DATE_NONE)
    {
      g_autofree char *born = forlop_date_format (info->birth_date);

      forlop_cli_print ("%s: %s\n", _("Proposed birth date"), born);
    }

  if (forlop_id_number_validate (number, today, &unused, &error))
    forlop_cli_print ("%s\n", _("Right by its check digits."));
  else
    forlop_cli_print ("%s\n", error->message);
  if (!info->valid_today && info->valid_2032)
    forlop_cli_print ("%s\n", _("Right by the rule for numbers that are issued from 2032."));
}

int
forlop_command_id_check (ForlopCli  *self,
                         char      **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  ForlopIdNumberInfo info;
  int exit_code;

  if (!forlop_cli_parse (self, "id check", argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give one number: forlopctl id check NUMBER"));

  forlop_id_number_examine (rest[0], &info);
  if (json)
    print_as_json (&info);
  else
    print_in_words (rest[0], forlop_clock_today (self->clock), &info);

  return info.valid_today ? FORLOP_EXIT_DONE : FORLOP_EXIT_REFUSED;
}
