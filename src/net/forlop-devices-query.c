/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-devices-query.h"

#include <glib/gi18n-lib.h>

#include "forlop-server-question.h"

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

static const ForlopRefusal refusals[] = {
  { 403, NULL, N_("Only an administrator may do that with somebody else's machine. Nothing was changed.") },
  { 0 },
};

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
  g_autoptr (yyjson_doc) doc =
    forlop_server_question_ask (account, transport, "/v1/devices", NULL, refusals, cancellable, error);
  yyjson_val *each;
  size_t i, n;

  if (doc == NULL)
    return NULL;

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
  g_autoptr (yyjson_mut_doc) question = yyjson_mut_doc_new (NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_mut_val *root = yyjson_mut_obj (question);

  g_return_val_if_fail (device_id != NULL && state != NULL, FALSE);

  yyjson_mut_doc_set_root (question, root);
  yyjson_mut_obj_add_str (question, root, "id", device_id);
  yyjson_mut_obj_add_str (question, root, "state", state);
  doc = forlop_server_question_ask (account, transport, "/v1/devices/state", question, refusals, cancellable, error);

  return doc != NULL;
}
