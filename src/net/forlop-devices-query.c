/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-devices-query.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"

void
forlop_server_machine_free (ForlopServerMachine *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->account);
  g_free (self->state);
  g_free (self->seen_at);
  g_free (self);
}

static gboolean
explain (unsigned int   status,
         GError       **error)
{
  const char *sentence = _("The server did not answer the question. Nothing was changed. Try again in a while.");

  if (status == 401)
    sentence = _("You are not signed in to the server. Nothing was changed. Sign in, and try once more.");
  else if (status == 403)
    sentence = _("Only an administrator may do that with somebody else's machine. Nothing was changed.");
  g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_REFUSED, sentence);

  return FALSE;
}

static char *
dup_text (yyjson_val *object,
          const char *key)
{
  return g_strdup (yyjson_get_str (yyjson_obj_get (object, key)));
}

GPtrArray *
forlop_devices_list (ForlopServerAccount  *account,
                     ForlopHttpTransport  *transport,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr (GPtrArray) machines = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_machine_free);
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *each;
  size_t i, n;

  if (!forlop_server_account_send (account, transport, "GET", "/v1/devices", NULL, &answer, cancellable, error))
    return NULL;
  if (answer.status != 200)
    return explain (answer.status, error), NULL;

  doc = forlop_json_parse (answer.text, -1, NULL);
  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "devices"), i, n, each)
    {
      ForlopServerMachine *machine = g_new0 (ForlopServerMachine, 1);

      machine->id = dup_text (each, "id");
      machine->name = dup_text (each, "name");
      machine->account = dup_text (each, "account");
      machine->state = dup_text (each, "state");
      machine->seen_at = dup_text (each, "seen_at");
      machine->is_this = yyjson_get_bool (yyjson_obj_get (each, "is_caller"));
      g_ptr_array_add (machines, machine);
    }

  return g_steal_pointer (&machines);
}

gboolean
forlop_devices_set_state (ForlopServerAccount  *account,
                          ForlopHttpTransport  *transport,
                          const char           *device_id,
                          const char           *state,
                          GCancellable         *cancellable,
                          GError              **error)
{
  g_autofree char *body = NULL;
  g_auto (ForlopHttpAnswer) answer = { 0 };

  g_return_val_if_fail (device_id != NULL && state != NULL, FALSE);

  body = g_strdup_printf ("{\"id\":\"%s\",\"state\":\"%s\"}", device_id, state);

  return forlop_server_account_send (account, transport, "POST", "/v1/devices/state", body, &answer, cancellable,
                                     error) &&
         (answer.status == 200 || explain (answer.status, error));
}
