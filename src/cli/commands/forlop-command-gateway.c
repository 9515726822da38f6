/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-cli-server.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-gateway-query.h"

/* The municipality's message gateway, through the file's server. */

static void
print_fact (const ForlopGatewayFact *fact)
{
  g_autofree char *at = NULL;
  g_autofree char *words = NULL;

  switch (fact->kind)
    {
    case FORLOP_GATEWAY_SETTINGS:
      if (fact->name == NULL)
        forlop_cli_print ("%s\n", _("No message gateway is set."));
      else
        forlop_cli_print (_("Messages go through %s and read: “%s”\n"), fact->name, fact->text != NULL ? fact->text : "");
      break;

    case FORLOP_GATEWAY_UNIT:
      forlop_cli_print ("%s %s %s\n", fact->id != NULL ? fact->id : "-", fact->address != NULL ? fact->address : "-",
                        fact->name != NULL ? fact->name : "-");
      break;

    case FORLOP_GATEWAY_MESSAGE:
    default:
      at = fact->at != FORLOP_INSTANT_NONE ? forlop_instant_format (fact->at) : g_strdup ("-");
      words = forlop_gateway_dup_words (fact);
      forlop_cli_print ("%s %s %" G_GINT64_FORMAT " %s\n", at, fact->address != NULL ? fact->address : "-", fact->n_tries,
                        words);
      break;
    }
}

static gboolean
show_status (ForlopCli   *self,
             const char  *ca_file,
             GError     **error)
{
  g_autoptr (ForlopStore) store = forlop_cli_open_store (self, error);
  g_autoptr (ForlopServerAccount) account = NULL;
  g_autoptr (ForlopHttpTransport) transport =
    store != NULL ? forlop_cli_open_server (self, store, ca_file, &account, error) : NULL;
  g_autoptr (GPtrArray) facts =
    transport != NULL ? forlop_gateway_list (account, transport, self->cancellable, error) : NULL;

  for (unsigned int i = 0; facts != NULL && i < facts->len; i++)
    print_fact (g_ptr_array_index (facts, i));

  return facts != NULL;
}

int
forlop_command_gateway_status (ForlopCli  *self,
                               char      **argv)
{
  g_autofree char *ca_file = NULL;
  const GOptionEntry entries[] = {
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &ca_file,
      N_("The municipality's own certificate authority"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "gateway status", argv, entries, &rest, &exit_code))
    return exit_code;
  if (*rest != NULL)
    return forlop_cli_usage (_("“%s” was not understood."), *rest);

  return show_status (self, ca_file, &error) ? FORLOP_EXIT_DONE : forlop_cli_fail (error);
}

/* By its name or its id; NULL when there is none. */
static const char *
find_unit (GPtrArray  *facts,
           const char *word)
{
  for (unsigned int i = 0; i < facts->len; i++)
    {
      const ForlopGatewayFact *fact = g_ptr_array_index (facts, i);

      if (fact->kind == FORLOP_GATEWAY_UNIT && (g_strcmp0 (fact->id, word) == 0 || g_strcmp0 (fact->name, word) == 0))
        return fact->id;
    }

  return NULL;
}

static int
send_test (ForlopCli  *self,
           const char *unit,
           const char *ca_file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = forlop_cli_open_store (self, &error);
  g_autoptr (ForlopServerAccount) account = NULL;
  g_autoptr (ForlopHttpTransport) transport =
    store != NULL ? forlop_cli_open_server (self, store, ca_file, &account, &error) : NULL;
  g_autoptr (GPtrArray) before =
    transport != NULL ? forlop_gateway_list (account, transport, self->cancellable, &error) : NULL;
  g_autoptr (GPtrArray) after = NULL;
  const char *unit_id = before != NULL ? find_unit (before, unit) : NULL;
  const ForlopGatewayFact *test;

  if (before == NULL)
    return forlop_cli_fail (error);
  if (unit_id == NULL)
    return forlop_cli_usage (_("“%s” is no unit that gets messages. Nothing was sent; “forlopctl gateway status” tells "
                               "which there are."), unit);
  if (forlop_gateway_send_test (account, transport, unit_id, NULL, self->cancellable, &error))
    after = forlop_gateway_list (account, transport, self->cancellable, &error);
  if (after == NULL)
    return forlop_cli_fail (error);
  test = forlop_gateway_find_test (after);
  if (test == NULL)
    return FORLOP_EXIT_REFUSED;
  print_fact (test);

  return g_strcmp0 (test->state, "test_sent") == 0 ? FORLOP_EXIT_DONE : FORLOP_EXIT_REFUSED;
}

int
forlop_command_gateway_test (ForlopCli  *self,
                             char      **argv)
{
  g_autofree char *ca_file = NULL;
  const GOptionEntry entries[] = {
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &ca_file,
      N_("The municipality's own certificate authority"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "gateway test", argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Say which unit: forlopctl gateway test UNIT, with its name or id from “gateway status”."));

  return send_test (self, rest[0], ca_file);
}
