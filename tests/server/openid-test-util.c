/* SPDX-License-Identifier: EUPL-1.2 */

#include "openid-test-util.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const algorithms[] = { "PS256", "ES256", "EdDSA" };

static char *
make_key (TestProvider *self,
          const char   *name,
          const char   *algorithm)
{
  g_autoptr (ForlopJoseKey) key = forlop_jose_key_generate (algorithm);
  g_autofree char *json = forlop_jose_key_dup_private (key);
  g_autofree char *file = g_strconcat (name, ".jwk", NULL);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, json, -1, G_FILE_SET_CONTENTS_NONE, 0400, &error);
  g_assert_no_error (error);

  return forlop_jose_key_dup_public_set (key);
}

static void
write_settings (TestProvider *self,
                const char   *name,
                gboolean      uses_dpop)
{
  g_autofree char *text =
    g_strdup_printf ("{\"issuer\":\"%s\",\"client_id\":\"forlop-%s\",\"key_file\":\"%s.jwk\",\"dpop\":%s}",
                     self->issuer, name, name, uses_dpop ? "true" : "false");
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* It says where it is when it listens. */
static void
start (TestProvider *self,
       const char   *clients)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                      G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                    &error, "node", OPENID_PROVIDER, clients, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  self->issuer = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->issuer);
}

TestProvider *
test_provider_new (const char *const *names)
{
  TestProvider *self = g_new0 (TestProvider, 1);
  g_autoptr (GString) clients = g_string_new ("[");
  g_autoptr (GError) error = NULL;

  if (g_getenv ("FORLOP_TEST_TOOLS") == NULL)
    g_error ("Run this through build-aux/test-tools --with");
  self->folder = g_dir_make_tmp ("forlop-openid-XXXXXX", &error);
  g_assert_no_error (error);
  for (unsigned int i = 0; names[i] != NULL; i++)
    {
      const char *algorithm = algorithms[i % G_N_ELEMENTS (algorithms)];
      g_autofree char *jwks = make_key (self, names[i], algorithm);

      g_string_append_printf (clients, "%s{\"client_id\":\"forlop-%s\",\"jwks\":%s,"
                              "\"id_token_signed_response_alg\":\"%s\",\"token_endpoint_auth_signing_alg\":\"%s\","
                              "\"dpop_bound_access_tokens\":%s}",
                              i > 0 ? "," : "", names[i], jwks, algorithm, algorithm,
                              i == 1 ? "true" : "false");
    }
  g_string_append_c (clients, ']');
  start (self, clients->str);
  for (unsigned int i = 0; names[i] != NULL; i++)
    write_settings (self, names[i], i == 1);

  return self;
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

void
test_provider_free (TestProvider *self)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->process);
  remove_files (self->folder);
  g_free (self->folder);
  g_free (self->issuer);
  g_free (self);
}
