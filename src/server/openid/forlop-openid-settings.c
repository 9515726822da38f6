/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-openid-settings.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "forlop-error.h"
#include "forlop-json.h"
#include "forlop-openid-answer.h"
#include "forlop-private-file.h"
#include "forlop-settings-file.h"
#include "forlop-store-error.h"

/* As long as a session lasts. */
#define STANDARD_MAX_AGE_S (12 * 60 * 60)

void
forlop_openid_settings_free (ForlopOpenidSettings *self)
{
  if (self == NULL)
    return;

  g_free (self->issuer);
  g_free (self->client_id);
  forlop_jose_key_free (self->key);
  g_free (self->scopes);
  g_strfreev (self->levels);
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
               _("The settings for sign-in by browser in “%s” cannot be used: “%s” is missing or wrong. The "
                 "server was not started; correct it."), path, what);

  return FALSE;
}

static gboolean
load_key (ForlopOpenidSettings  *self,
          const char            *folder,
          const char            *file,
          GError               **error)
{
  g_autofree char *path = g_path_is_absolute (file) ? g_strdup (file) : g_build_filename (folder, file, NULL);
  char *text = forlop_private_file_read (path, error);

  if (text == NULL)
    return FALSE;
  self->key = forlop_jose_key_parse (text, NULL);
  sodium_memzero (text, strlen (text));
  g_free (text);
  if (self->key != NULL)
    return TRUE;
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("“%s” is not a private key for sign-in by browser. The server was not started; make one with "
                 "“forlop-server openid key FILE”."), path);

  return FALSE;
}

static char **
read_list (yyjson_val *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  yyjson_val *one;
  size_t i, n;

  yyjson_arr_foreach (list, i, n, one)
    {
      const char *text = yyjson_get_str (one);

      if (text == NULL || *text == '\0' || strchr (text, ' ') != NULL)
        return NULL;
      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

static gboolean
read_lists (ForlopOpenidSettings  *self,
            yyjson_val            *root,
            const char            *path,
            GError               **error)
{
  yyjson_val *scopes = yyjson_obj_get (root, "scopes");
  yyjson_val *levels = yyjson_obj_get (root, "levels");
  g_auto (GStrv) names = scopes != NULL ? read_list (scopes) : g_strsplit ("openid", " ", -1);

  if ((scopes != NULL && !yyjson_is_arr (scopes)) || names == NULL ||
      !g_strv_contains ((const char *const *) names, "openid"))
    return refuse (path, "scopes", error);
  self->scopes = g_strjoinv (" ", names);
  if (levels == NULL)
    return TRUE;
  self->levels = read_list (levels);
  if (!yyjson_is_arr (levels) || self->levels == NULL || self->levels[0] == NULL)
    return refuse (path, "levels", error);

  return TRUE;
}

/* A setting with a slip of the pen would not be in force. */
static gboolean
check_names (yyjson_val  *root,
             const char  *path,
             GError     **error)
{
  static const char *const known[] = {
    "issuer", "client_id", "key_file", "scopes", "levels", "max_age_seconds", "dpop", "ca_file", NULL
  };
  yyjson_val *key, *value;
  size_t i, n;

  if (!yyjson_is_obj (root))
    return refuse (path, "issuer", error);
  yyjson_obj_foreach (root, i, n, key, value)
    if (!g_strv_contains (known, yyjson_get_str (key)))
      return refuse (path, yyjson_get_str (key), error);

  return TRUE;
}

static gboolean
read_settings (ForlopOpenidSettings  *self,
               yyjson_val            *root,
               const char            *folder,
               const char            *path,
               GError               **error)
{
  const char *issuer = NULL, *client_id = NULL, *key_file = NULL, *ca_file = NULL;

  if (!check_names (root, path, error))
    return FALSE;
  if (!forlop_json_get_text (root, "issuer", &issuer, NULL) || issuer == NULL ||
      !forlop_openid_is_address (issuer) || strchr (issuer, '?') != NULL)
    return refuse (path, "issuer", error);
  if (!forlop_json_get_text (root, "client_id", &client_id, NULL) || client_id == NULL || *client_id == '\0')
    return refuse (path, "client_id", error);
  if (!forlop_json_get_text (root, "key_file", &key_file, NULL) || key_file == NULL || *key_file == '\0')
    return refuse (path, "key_file", error);
  self->max_age_s = STANDARD_MAX_AGE_S;
  if (!forlop_json_get_integer (root, "max_age_seconds", &self->max_age_s, NULL) || self->max_age_s <= 0)
    return refuse (path, "max_age_seconds", error);
  if (!forlop_json_get_boolean (root, "dpop", &self->uses_dpop, NULL))
    return refuse (path, "dpop", error);
  if (!forlop_json_get_text (root, "ca_file", &ca_file, NULL))
    return refuse (path, "ca_file", error);

  self->issuer = g_strdup (issuer);
  self->client_id = g_strdup (client_id);
  self->ca_file = g_strdup (ca_file);

  return read_lists (self, root, path, error) && load_key (self, folder, key_file, error);
}

ForlopOpenidSettings *
forlop_openid_settings_load (const char  *folder,
                             const char  *name,
                             GError     **error)
{
  g_autoptr (ForlopOpenidSettings) self = NULL;
  g_autofree char *path = NULL;
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (folder != NULL && name != NULL, NULL);

  doc = forlop_settings_file_read (folder, name, &path, error);
  if (doc == NULL)
    return NULL;
  self = g_new0 (ForlopOpenidSettings, 1);

  return read_settings (self, yyjson_doc_get_root (doc), folder, path, error) ? g_steal_pointer (&self) : NULL;
}

char *
forlop_openid_make_key (const char  *path,
                        GError     **error)
{
  g_autoptr (ForlopJoseKey) key = NULL;
  g_autofd int fd = -1;
  char *text;
  gsize length;
  gboolean is_written;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      forlop_store_error_set_errno (error, path, errno, "create");
      return NULL;
    }
  key = forlop_jose_key_generate ("ES256");
  text = forlop_jose_key_dup_private (key);
  length = strlen (text);
  is_written = write (fd, text, length) == (ssize_t) length && fsync (fd) == 0;
  sodium_memzero (text, length);
  g_free (text);
  if (is_written)
    return forlop_jose_key_dup_public_set (key);
  forlop_store_error_set_errno (error, path, errno, "write");
  g_unlink (path);

  return NULL;
}
