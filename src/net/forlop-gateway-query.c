/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gateway-query.h"

#include <glib/gi18n-lib.h>

#include "forlop-date.h"
#include "forlop-server-question.h"

void
forlop_gateway_fact_free (ForlopGatewayFact *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->text);
  g_free (self->address);
  g_free (self->state);
  g_free (self->result);
  g_free (self);
}

static const ForlopRefusal refusals[] = {
  { 0, "not_allowed", N_("Only who leads sees the message gateway, and only an administrator tries it. Nothing was sent.") },
  { 0, "no_gateway", N_("The municipality has no message gateway on this server. Nothing was sent.") },
  { 0, "no_address", N_("The unit has no telephone. Nothing was sent; write its shift phone under Units.") },
  { 0, "too_soon", N_("A test message was sent less than a minute ago. Nothing was sent now; wait a little.") },
  { 404, NULL, N_("The server is older than this program and does not tell of the message gateway. Nothing was sent.") },
  { 0 },
};

static char *
dup_text (yyjson_val *object,
          const char *key)
{
  return g_strdup (yyjson_get_str (yyjson_obj_get (object, key)));
}

static gpointer
read_unit (yyjson_val *value)
{
  ForlopGatewayFact *fact = g_new0 (ForlopGatewayFact, 1);

  fact->kind = FORLOP_GATEWAY_UNIT;
  fact->id = dup_text (value, "id");
  fact->name = dup_text (value, "name");
  fact->address = dup_text (value, "to");

  return fact;
}

static gpointer
read_message (yyjson_val *value)
{
  ForlopGatewayFact *fact = g_new0 (ForlopGatewayFact, 1);
  const char *at = yyjson_get_str (yyjson_obj_get (value, "at"));

  fact->kind = FORLOP_GATEWAY_MESSAGE;
  fact->id = dup_text (value, "id");
  fact->name = dup_text (value, "unit");
  fact->address = dup_text (value, "to");
  fact->state = dup_text (value, "state");
  fact->result = dup_text (value, "result");
  fact->n_tries = yyjson_get_sint (yyjson_obj_get (value, "n"));
  if (at == NULL || !forlop_instant_from_iso (at, &fact->at))
    fact->at = FORLOP_INSTANT_NONE;

  return fact;
}

static ForlopGatewayFact *
read_settings (yyjson_val *root)
{
  ForlopGatewayFact *fact = g_new0 (ForlopGatewayFact, 1);

  fact->kind = FORLOP_GATEWAY_SETTINGS;
  fact->name = dup_text (root, "host");
  fact->text = dup_text (root, "text");

  return fact;
}

GPtrArray *
forlop_gateway_list (ForlopServerAccount  *account,
                     ForlopHttpTransport  *transport,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr (yyjson_doc) doc =
    forlop_server_question_ask (account, transport, "/v1/gateway", NULL, refusals, cancellable, error);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_gateway_fact_free);
  ForlopGatewayFact *settings;
  GPtrArray *units, *messages;
  gboolean may_try;

  if (doc == NULL)
    return NULL;
  units = forlop_server_question_list (doc, "units", refusals, read_unit, (GDestroyNotify) forlop_gateway_fact_free,
                                       error);
  messages = units != NULL ? forlop_server_question_list (doc, "messages", refusals, read_message,
                                                          (GDestroyNotify) forlop_gateway_fact_free, error)
                           : NULL;
  if (messages == NULL)
    {
      g_clear_pointer (&units, g_ptr_array_unref);
      return NULL;
    }
  may_try = yyjson_get_bool (yyjson_obj_get (yyjson_doc_get_root (doc), "may_try"));
  for (unsigned int i = 0; i < units->len; i++)
    {
      ForlopGatewayFact *unit = g_ptr_array_index (units, i);

      unit->may_try = may_try && unit->address != NULL;
    }
  settings = read_settings (yyjson_doc_get_root (doc));
  g_ptr_array_add (facts, settings);
  if (settings->name != NULL)
    g_ptr_array_extend_and_steal (facts, units);
  else
    g_ptr_array_unref (units);
  g_ptr_array_extend_and_steal (facts, messages);

  return g_steal_pointer (&facts);
}

gboolean
forlop_gateway_send_test (ForlopServerAccount  *account,
                          ForlopHttpTransport  *transport,
                          const char           *unit_id,
                          const char           *value G_GNUC_UNUSED,
                          GCancellable         *cancellable,
                          GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = forlop_server_question_new ("unit_id", unit_id, NULL);
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (unit_id != NULL, FALSE);

  doc = forlop_server_question_ask (account, transport, "/v1/gateway/try", question, refusals, cancellable, error);

  return doc != NULL;
}

gboolean
forlop_gateway_is_test (const ForlopGatewayFact *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == FORLOP_GATEWAY_MESSAGE && self->state != NULL && g_str_has_prefix (self->state, "test_");
}

gboolean
forlop_gateway_is_missed (const ForlopGatewayFact *self)
{
  static const char *const missed[] = { "waiting", "no_address", "no_gateway", "test_failed", NULL };

  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == FORLOP_GATEWAY_MESSAGE && self->state != NULL && g_strv_contains (missed, self->state);
}

const ForlopGatewayFact *
forlop_gateway_find_test (GPtrArray *facts)
{
  g_return_val_if_fail (facts != NULL, NULL);

  for (unsigned int i = 0; i < facts->len; i++)
    if (forlop_gateway_is_test (g_ptr_array_index (facts, i)))
      return g_ptr_array_index (facts, i);

  return NULL;
}

/* "503" from the gateway, or why it was not asked. */
static char *
dup_answer (const ForlopGatewayFact *self)
{
  guint64 status;

  if (self->result == NULL)
    return g_strdup (_("no answer was seen"));
  if (g_ascii_string_to_unsigned (self->result, 10, 100, 599, &status, NULL))
    /* Translators: a number that a machine answered */
    return g_strdup_printf (_("the gateway answered %s"), self->result);

  /* Translators: why a machine could not be reached */
  return g_strdup_printf (_("the gateway was not reached: %s"), self->result);
}

char *
forlop_gateway_dup_words (const ForlopGatewayFact *self)
{
  g_autofree char *answer = NULL;

  g_return_val_if_fail (self != NULL && self->kind == FORLOP_GATEWAY_MESSAGE, NULL);

  answer = dup_answer (self);
  if (g_strcmp0 (self->state, "test_sent") == 0)
    return g_strdup (_("Test message, taken by the gateway"));
  if (g_strcmp0 (self->state, "test_failed") == 0)
    /* Translators: what the gateway answered */
    return g_strdup_printf (_("Test message, not sent: %s"), answer);
  if (g_strcmp0 (self->state, "no_address") == 0)
    return g_strdup (_("Not sent: the unit has no telephone, the leader was told"));
  if (g_strcmp0 (self->state, "no_gateway") == 0)
    return g_strdup (_("Not sent: the gateway was taken away, the leader was told"));
  if (g_strcmp0 (self->state, "not_needed") == 0)
    return g_strdup (_("Not needed: somebody took the alert before it was sent"));
  if (g_strcmp0 (self->state, "sent") == 0)
    return g_strdup (_("Taken by the gateway"));
  if (self->n_tries == 0)
    return g_strdup (_("Not sent yet"));

  /* Translators: what the gateway answered */
  return g_strdup_printf (_("Not sent yet, tried again: %s"), answer);
}
