/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-cli-json.h"
#include "forlop-commands.h"
#include "forlop-error.h"
#include "forlop-news2.h"
#include "forlop-triage-file.h"

int
forlop_command_triage (ForlopCli  *self,
                       char      **argv)
{
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autoptr (ForlopTriageFile) file = NULL;
  g_autoptr (yyjson_mut_doc) results = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "triage", argv, NULL, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give one file, or “-” for standard input: forlopctl triage FILE.json"));

  json = forlop_cli_read_file (rest[0], &error);
  if (json == NULL || (file = forlop_triage_file_parse (json, &error)) == NULL)
    return forlop_cli_fail (error);
  results = forlop_triage_file_judge (file);
  forlop_cli_print_json (results);

  return FORLOP_EXIT_DONE;
}

/* A number that must be there. */
static gboolean
require_real (yyjson_val  *object,
              const char  *key,
              double      *value,
              GError     **error)
{
  return forlop_json_require (object, key, error) != NULL && forlop_json_get_real (object, key, value, error);
}

static gboolean
read_news2 (yyjson_val        *object,
            ForlopNews2Input  *input,
            GError           **error)
{
  const char *consciousness = NULL;
  gint64 scale = 1;

  if (!require_real (object, "respiration", &input->respiration, error) ||
      !require_real (object, "spo2", &input->spo2, error) ||
      !forlop_json_get_integer (object, "spo2_scale", &scale, error) ||
      forlop_json_require (object, "oxygen", error) == NULL ||
      !forlop_json_get_boolean (object, "oxygen", &input->oxygen, error) ||
      !require_real (object, "systolic", &input->systolic, error) ||
      !require_real (object, "pulse", &input->pulse, error) ||
      forlop_json_require (object, "consciousness", error) == NULL ||
      !forlop_json_get_text (object, "consciousness", &consciousness, error) ||
      !require_real (object, "temperature", &input->temperature, error))
    return FALSE;

  input->spo2_scale = (int) CLAMP (scale, 0, G_MAXINT);
  /* More than one letter is no level of consciousness. */
  input->consciousness = consciousness[0] != '\0' && consciousness[1] == '\0' ? consciousness[0] : '?';

  return TRUE;
}

static int
score_news2 (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = forlop_cli_read_argument (json, &error);
  g_autoptr (yyjson_doc) given = text != NULL ? forlop_json_parse (text, -1, &error) : NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_mut_val *root;
  ForlopNews2Input input = { 0 };
  ForlopNews2Score score;

  if (given == NULL || !read_news2 (yyjson_doc_get_root (given), &input, &error) ||
      !forlop_news2_score (&input, &score, &error))
    return forlop_cli_fail (error);

  doc = forlop_cli_new_json (&root);
  yyjson_mut_obj_add_int (doc, root, "total", score.total);
  forlop_cli_json_text (doc, root, "risk", forlop_news2_risk_code (score.risk));
  forlop_cli_print_json (doc);

  return FORLOP_EXIT_DONE;
}

int
forlop_command_score_news2 (ForlopCli  *self,
                            char      **argv)
{
  g_autofree char *json = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_STRING, &json,
      N_("The values: a JSON object, “-” for standard input, or @FILE"), N_("VALUES") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "score news2", argv, entries, &rest, &exit_code))
    return exit_code;
  if (json == NULL || rest[0] != NULL)
    return forlop_cli_usage (_("Give the values: forlopctl score news2 --json VALUES"));

  return score_news2 (json);
}
