/* SPDX-License-Identifier: EUPL-1.2 */

#include "fake-provider.h"

#include <string.h>

static void
answer (SoupServerMessage *message,
        unsigned int       status,
        const char        *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_metadata (FakeProvider      *self,
                 SoupServerMessage *message)
{
  g_autofree char *token = g_strconcat (self->issuer, "/token", NULL);
  g_autofree char *text =
    g_strdup_printf ("{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/auth?to=1\",\"token_endpoint\":\"%s\","
                     "\"pushed_authorization_request_endpoint\":\"%s/par\",\"jwks_uri\":\"%s/keys\","
                     "\"authorization_response_iss_parameter_supported\":%s}",
                     self->issuer_named != NULL ? self->issuer_named : self->issuer, self->issuer,
                     self->token_endpoint != NULL ? self->token_endpoint : token, self->issuer, self->issuer,
                     self->names_itself ? "true" : "false");

  answer (message, 200, text);
}

static void
answer_token (FakeProvider      *self,
              SoupServerMessage *message)
{
  const char *proof = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "DPoP");
  g_autofree char *level = self->level != NULL ? g_strdup_printf (",\"acr\":\"%s\"", self->level) : g_strdup ("");
  g_autofree char *payload =
    g_strdup_printf ("{\"iss\":\"%s\",\"aud\":\"" FAKE_CLIENT "\",\"sub\":\"7\",\"nonce\":\"nonce-1\",\"iat\":1795334400,"
                     "\"exp\":1795338000,\"auth_time\":1795334400%s}", self->issuer, level);
  g_autofree char *token = forlop_jose_key_sign (self->signing, "JWT", FALSE, payload);
  g_autofree char *text = g_strdup_printf ("{\"access_token\":\"x\",\"token_type\":\"DPoP\",\"id_token\":\"%s\"}", token);

  if (proof != NULL)
    g_ptr_array_add (self->proofs, g_strdup (proof));
  if (self->n_nonces > 0)
    {
      self->n_nonces--;
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "DPoP-Nonce", "proof-nonce");
      answer (message, 400, "{\"error\":\"use_dpop_nonce\"}");
      return;
    }
  answer (message, 200, text);
}

static GHashTable *
read_form (SoupServerMessage *message)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return soup_form_decode (text);
}

static void
handler_cb (SoupServer        *soup G_GNUC_UNUSED,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query G_GNUC_UNUSED,
            gpointer           user_data)
{
  FakeProvider *self = user_data;
  gpointer n = g_hash_table_lookup (self->asked, path);

  g_hash_table_insert (self->asked, g_strdup (path), GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
  if (g_strcmp0 (self->misbehaves_at, path) == 0)
    {
      if (self->location != NULL)
        soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", self->location);
      answer (message, self->status, self->body != NULL ? self->body : "{}");
    }
  else if (g_str_equal (path, "/.well-known/openid-configuration"))
    {
      answer_metadata (self, message);
    }
  else if (g_str_equal (path, "/keys"))
    {
      g_autofree char *keys = forlop_jose_key_dup_public_set (self->published);

      answer (message, 200, keys);
    }
  else if (g_str_equal (path, "/par"))
    {
      g_clear_pointer (&self->pushed, g_hash_table_unref);
      self->pushed = read_form (message);
      answer (message, 201, "{\"request_uri\":\"urn:example:1&2\",\"expires_in\":60}");
    }
  else if (g_str_equal (path, "/token"))
    {
      g_clear_pointer (&self->exchanged, g_hash_table_unref);
      self->exchanged = read_form (message);
      answer_token (self, message);
    }
  else
    {
      answer (message, 404, "{}");
    }
}

static gpointer
fake_thread (gpointer data)
{
  FakeProvider *self = data;

  g_main_context_push_thread_default (g_main_loop_get_context (self->loop));
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (g_main_loop_get_context (self->loop));

  return NULL;
}

static GTlsCertificate *
load_certificate (void)
{
  g_autofree char *pem = g_test_build_filename (G_TEST_DIST, "server.pem", NULL);
  g_autofree char *key = g_test_build_filename (G_TEST_DIST, "server.key", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (pem, key, &error);

  g_assert_no_error (error);

  return certificate;
}

FakeProvider *
fake_provider_new (gboolean is_encrypted)
{
  FakeProvider *self = g_new0 (FakeProvider, 1);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->proofs = g_ptr_array_new_with_free_func (g_free);
  self->published = forlop_jose_key_generate ("ES256");
  self->signing = self->published;
  self->loop = g_main_loop_new (context, FALSE);
  g_main_context_push_thread_default (context);
  self->soup = soup_server_new (NULL, NULL);
  if (is_encrypted)
    {
      self->certificate = load_certificate ();
      soup_server_set_tls_certificate (self->soup, self->certificate);
    }
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->soup, 0,
                                           SOUP_SERVER_LISTEN_IPV4_ONLY | (is_encrypted ? SOUP_SERVER_LISTEN_HTTPS : 0),
                                           &error));
  g_assert_no_error (error);
  g_main_context_pop_thread_default (context);
  uris = soup_server_get_uris (self->soup);
  self->issuer = g_strdup_printf ("%s://127.0.0.1:%d", is_encrypted ? "https" : "http", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->thread = g_thread_new ("fake", fake_thread, self);

  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

/* The loop may not run yet: it would not hear of it before. */
void
fake_provider_stop (FakeProvider *self)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, g_main_loop_get_context (self->loop));
  g_thread_join (self->thread);
  self->thread = NULL;
  soup_server_disconnect (self->soup);
}

void
fake_provider_free (FakeProvider *self)
{
  if (self->thread != NULL)
    fake_provider_stop (self);
  g_object_unref (self->soup);
  g_main_loop_unref (self->loop);
  g_clear_object (&self->certificate);
  if (self->signing != self->published)
    forlop_jose_key_free (self->signing);
  forlop_jose_key_free (self->published);
  g_hash_table_unref (self->asked);
  g_clear_pointer (&self->pushed, g_hash_table_unref);
  g_clear_pointer (&self->exchanged, g_hash_table_unref);
  g_ptr_array_unref (self->proofs);
  g_free (self->issuer);
  g_free (self);
}

unsigned int
fake_provider_asked (FakeProvider *self,
                     const char   *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, path));
}
