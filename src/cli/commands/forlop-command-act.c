/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "forlop-cli-act.h"
#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-dictionary.h"
#include "forlop-error.h"

static int
do_act (ForlopCli       *self,
        const ForlopAct *act,
        const char      *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (ForlopActResult) result = NULL;
  g_autofree char *text = forlop_cli_read_argument (json, &error);

  if (text == NULL || (store = forlop_cli_open_store (self, &error)) == NULL)
    return forlop_cli_fail (error);

  result = forlop_cli_do_act (self, store, self->as, act, text, &error);
  if (result == NULL || !forlop_store_close (store, &error))
    return forlop_cli_fail (error);
  forlop_cli_print_act_result (result, TRUE);

  return FORLOP_EXIT_DONE;
}

/* One line: {"act": NAME, "arguments": {…}, "as": USER}, the last only where it is another one. */
static ForlopActResult *
do_line (ForlopCli    *self,
         ForlopStore  *store,
         const char   *line,
         GError      **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (line, -1, error);
  yyjson_val *root = yyjson_doc_get_root (doc);
  const char *as = self->as;
  const char *name = NULL;
  const ForlopAct *act;
  yyjson_val *arguments;
  g_autofree char *json = NULL;

  if (doc == NULL)
    return NULL;
  if (!forlop_json_get_text (root, "as", &as, error) ||
      (arguments = forlop_json_require (root, "arguments", error)) == NULL ||
      forlop_json_require (root, "act", error) == NULL ||
      !forlop_json_get_text (root, "act", &name, error) ||
      (act = forlop_cli_find_act (name, error)) == NULL)
    return NULL;

  json = yyjson_val_write (arguments, 0, NULL);

  return forlop_cli_do_act (self, store, as, act, json, error);
}

static void
fail_at_line (GError       **error,
              const GError  *reason,
              unsigned int   number)
{
  gboolean interrupted = g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_set_error (error, reason->domain, reason->code,
               /* Translators: the number of a line, then why it was refused, in sentences. */
               _("Line %u: %s The lines before it are done; it and those after it are not."), number,
               interrupted ? _("Interrupted.") : reason->message);
}

/* Each act is answered as soon as it is durable, before the next line is read: a program can write
 * a line, read what it made, and name that in the next one. */
static gboolean
do_lines (ForlopCli         *self,
          ForlopStore       *store,
          GDataInputStream  *lines,
          GError           **error)
{
  for (unsigned int number = 1;; number++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (ForlopActResult) result = NULL;
      g_autofree char *line =
        g_data_input_stream_read_line_utf8 (lines, NULL, self->cancellable, &local_error);

      if (line == NULL && local_error == NULL)
        return TRUE;
      if (line != NULL && *g_strstrip (line) == '\0')
        continue;
      if (line != NULL)
        result = do_line (self, store, line, &local_error);
      if (result == NULL)
        {
          fail_at_line (error, local_error, number);
          return FALSE;
        }
      forlop_cli_print_act_result (result, FALSE);
      fflush (stdout);
    }
}

static int
do_acts_from (ForlopCli  *self,
              const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) input = forlop_cli_open_file (path, self->cancellable, &error);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (ForlopStore) store = NULL;

  if (input == NULL || (store = forlop_cli_open_store (self, &error)) == NULL)
    return forlop_cli_fail (error);

  lines = g_data_input_stream_new (input);
  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_LF);
  if (!do_lines (self, store, lines, &error) || !forlop_store_close (store, &error))
    return forlop_cli_fail (error);

  return FORLOP_EXIT_DONE;
}

static void
list_acts (void)
{
  unsigned int n;
  const ForlopAct *const *acts = forlop_acts (&n);

  for (unsigned int i = 0; i < n; i++)
    forlop_cli_print ("%-30s %s\n", acts[i]->name, _(acts[i]->label));
}

int
forlop_command_act (ForlopCli  *self,
                    char      **argv)
{
  g_autofree char *json = NULL;
  g_autofree char *from = NULL;
  gboolean list = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_STRING, &json,
      N_("The arguments: a JSON object, “-” for standard input, or @FILE"), N_("ARGS") },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from,
      N_("Do many acts, one JSON object on each line; “-” for standard input"), N_("FILE") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, N_("List every act"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  const ForlopAct *act;
  int exit_code;

  if (!forlop_cli_parse (self, NULL, argv, entries, &rest, &exit_code))
    return exit_code;
  if (list)
    {
      list_acts ();
      return FORLOP_EXIT_DONE;
    }
  if (self->help && rest[0] == NULL)
    {
      forlop_cli_print_help ("act", entries);
      return FORLOP_EXIT_DONE;
    }
  if (from != NULL && rest[0] == NULL && json == NULL)
    return do_acts_from (self, from);
  if (from != NULL)
    return forlop_cli_usage (_("The file of --from names the acts and their arguments; give nothing else."));
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give the name of one act; “forlopctl act --list” lists them."));

  act = forlop_cli_find_act (rest[0], &error);
  if (act == NULL)
    return forlop_cli_usage ("%s", error->message);
  if (self->help)
    {
      g_autofree char *description = forlop_dictionary_describe_act (act);

      forlop_cli_print ("%s", description);
      return FORLOP_EXIT_DONE;
    }
  if (json == NULL)
    return forlop_cli_usage (_("Give the arguments: --json ARGS. “forlopctl act %s --help” names them."),
                             act->name);

  return do_act (self, act, json);
}
