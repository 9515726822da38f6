/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gateway-settings.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-json.h"
#include "forlop-openid-answer.h"
#include "forlop-private-file.h"
#include "forlop-settings-file.h"

/* As long as three text messages. */
#define MAX_TEXT 450

void
forlop_gateway_settings_free (ForlopGatewaySettings *self)
{
  if (self == NULL)
    return;

  g_free (self->address);
  g_free (self->token_file);
  g_free (self->text);
  g_free (self->test_text);
  g_free (self->ca_file);
  g_free (self);
}

static gboolean
refuse (const char  *path,
        const char  *what,
        GError     **error)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               /* Translators: a file of settings, and the name of the setting. */
               _("The settings of the message gateway in “%s” cannot be used: “%s” is missing or wrong. The "
                 "server was not started; correct it."), path, what);

  return FALSE;
}

/* A setting with a slip of the pen would not be in force. */
static gboolean
check_names (yyjson_val  *root,
             const char  *path,
             GError     **error)
{
  static const char *const known[] = { "url", "token_file", "text", "test_text", "ca_file", NULL };
  yyjson_val *key, *value;
  size_t i, n;

  if (!yyjson_is_obj (root))
    return refuse (path, "url", error);
  yyjson_obj_foreach (root, i, n, key, value)
    if (!g_strv_contains (known, yyjson_get_str (key)))
      return refuse (path, yyjson_get_str (key), error);

  return TRUE;
}

static char *
dup_path (const char *folder,
          const char *file)
{
  if (file == NULL || g_path_is_absolute (file))
    return g_strdup (file);

  return g_build_filename (folder, file, NULL);
}

static gboolean
is_sendable (const char *text)
{
  return text == NULL || (*text != '\0' && g_utf8_strlen (text, -1) <= MAX_TEXT);
}

static gboolean
read_settings (ForlopGatewaySettings  *self,
               yyjson_val             *root,
               const char             *folder,
               const char             *path,
               GError                **error)
{
  const char *url = NULL, *token_file = NULL, *text = NULL, *test_text = NULL, *ca_file = NULL;

  if (!check_names (root, path, error))
    return FALSE;
  if (!forlop_json_get_text (root, "url", &url, NULL) || url == NULL || !forlop_openid_is_address (url))
    return refuse (path, "url", error);
  if (!forlop_json_get_text (root, "token_file", &token_file, NULL) || (token_file != NULL && *token_file == '\0'))
    return refuse (path, "token_file", error);
  if (!forlop_json_get_text (root, "text", &text, NULL) || !is_sendable (text))
    return refuse (path, "text", error);
  if (!forlop_json_get_text (root, "test_text", &test_text, NULL) || !is_sendable (test_text))
    return refuse (path, "test_text", error);
  if (!forlop_json_get_text (root, "ca_file", &ca_file, NULL))
    return refuse (path, "ca_file", error);

  self->address = g_strdup (url);
  self->is_local = forlop_openid_is_loopback (url);
  self->token_file = dup_path (folder, token_file);
  self->ca_file = dup_path (folder, ca_file);
  self->text = g_strdup (text != NULL ? text : _("A red alert waits in Forløp, and nobody has taken it."));
  /* Translators: before the text of a message that is sent to try the gateway */
  self->test_text = test_text != NULL ? g_strdup (test_text) : g_strconcat (_("Test: "), self->text, NULL);

  return TRUE;
}

ForlopGatewaySettings *
forlop_gateway_settings_load (const char  *folder,
                              const char  *name,
                              GError     **error)
{
  g_autoptr (ForlopGatewaySettings) self = NULL;
  g_autofree char *path = NULL;
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (folder != NULL && name != NULL, NULL);

  doc = forlop_settings_file_read (folder, name, &path, error);
  if (doc == NULL)
    return NULL;
  self = g_new0 (ForlopGatewaySettings, 1);

  return read_settings (self, yyjson_doc_get_root (doc), folder, path, error) ? g_steal_pointer (&self) : NULL;
}

char *
forlop_gateway_settings_dup_host (const ForlopGatewaySettings *self)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  uri = g_uri_parse (self->address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

gboolean
forlop_gateway_settings_check_token (const ForlopGatewaySettings  *self,
                                     GError                      **error)
{
  char *token;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->token_file == NULL)
    return TRUE;
  token = forlop_private_file_read (self->token_file, error);
  if (token == NULL)
    return FALSE;
  sodium_memzero (token, strlen (token));
  g_free (token);

  return TRUE;
}
