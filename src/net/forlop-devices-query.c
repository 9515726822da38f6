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
  g_free (self->person);
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

static gpointer
read_machine (yyjson_val *value)
{
  ForlopServerMachine *machine = g_new0 (ForlopServerMachine, 1);

  machine->id = dup_text (value, "id");
  machine->name = dup_text (value, "name");
  machine->account = dup_text (value, "account");
  machine->person = dup_text (value, "person");
  machine->state = dup_text (value, "state");
  machine->seen_at = dup_text (value, "seen_at");
  machine->is_this = yyjson_get_bool (yyjson_obj_get (value, "is_caller"));

  return machine;
}

GPtrArray *
forlop_devices_list (ForlopServerAccount  *account,
                     ForlopHttpTransport  *transport,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr (yyjson_doc) doc =
    forlop_server_question_ask (account, transport, "/v1/devices", NULL, refusals, cancellable, error);

  return doc != NULL ? forlop_server_question_list (doc, "devices", refusals, read_machine,
                                                    (GDestroyNotify) forlop_server_machine_free, error) : NULL;
}

gboolean
forlop_devices_set_state (ForlopServerAccount  *account,
                          ForlopHttpTransport  *transport,
                          const char           *device_id,
                          const char           *state,
                          GCancellable         *cancellable,
                          GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = forlop_server_question_new ("id", device_id, "state", state, NULL);
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (device_id != NULL && state != NULL, FALSE);

  doc = forlop_server_question_ask (account, transport, "/v1/devices/state", question, refusals, cancellable, error);

  return doc != NULL;
}
