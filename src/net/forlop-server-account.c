/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-account.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-json.h"

#define META_KEY "server-session"
/* A token is renewed so long before it ends. */
#define MARGIN_MS 30000

G_DEFINE_QUARK (forlop-sign-in-error-quark, forlop_sign_in_error)

/* Shared between threads; everything below is guarded by the mutex, which is held while tokens are
 * renewed: a refresh token is used once. */
struct _ForlopServerAccount
{
  gatomicrefcount n_refs;
  ForlopStore *store;
  GMutex mutex;
  char *access;
  gint64 renew_at; /* monotonic milliseconds: the clocks may differ */
  char *refresh;
  gboolean must_change_password;
};

static void
free_secret (char **text)
{
  if (*text != NULL)
    sodium_memzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data G_GNUC_UNUSED,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, "SELECT value FROM meta WHERE key = '" META_KEY "'", error);
  gboolean has_row;

  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return NULL;

  return g_strdup (has_row ? forlop_statement_get_text (statement, 0) : "");
}

static gpointer
save_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  static const char keep[] = "INSERT OR REPLACE INTO meta (key, value) VALUES ('" META_KEY "', ?1)";
  static const char forget[] = "DELETE FROM meta WHERE key = '" META_KEY "'";
  const char *text = user_data;
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, text != NULL ? keep : forget, error);

  if (statement == NULL)
    return NULL;
  if (text != NULL)
    forlop_statement_bind_text (statement, 1, text);

  return forlop_statement_execute (statement, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

/* The refresh token must be durable before it is relied on: the one before it is spent. */
static gboolean
save (ForlopServerAccount  *self,
      GError              **error)
{
  return forlop_store_write_sync (self->store, save_on_worker, self->refresh, NULL, NULL, error) != NULL;
}

ForlopServerAccount *
forlop_server_account_new (ForlopStore  *store,
                           GError      **error)
{
  ForlopServerAccount *self;
  char *refresh;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);

  refresh = forlop_store_read_sync (store, load_on_worker, NULL, g_free, NULL, error);
  if (refresh == NULL)
    return NULL;
  if (*refresh == '\0')
    g_clear_pointer (&refresh, g_free);

  self = g_new0 (ForlopServerAccount, 1);
  g_atomic_ref_count_init (&self->n_refs);
  g_mutex_init (&self->mutex);
  self->store = g_object_ref (store);
  self->refresh = refresh;

  return self;
}

ForlopServerAccount *
forlop_server_account_ref (ForlopServerAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_refs);

  return self;
}

void
forlop_server_account_unref (ForlopServerAccount *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->n_refs))
    return;

  free_secret (&self->access);
  free_secret (&self->refresh);
  g_object_unref (self->store);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* How long the server wants one to wait, which grows with each wrong password. */
static char *
dup_too_many (gint64 seconds)
{
  unsigned int n = (unsigned int) (seconds < 120 ? seconds : (seconds + 59) / 60);

  if (seconds < 120)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "There were too many wrong passwords. Nothing was changed. Try again in %u "
                                         "second.",
                                         "There were too many wrong passwords. Nothing was changed. Try again in %u "
                                         "seconds.", n), n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "There were too many wrong passwords. Nothing was changed. Try again in %u "
                                       "minute.",
                                       "There were too many wrong passwords. Nothing was changed. Try again in %u "
                                       "minutes.", n), n);
}

/* What the server refuses has words of our own where its code is known: it may speak another language. */
gboolean
forlop_server_account_set_refused (const ForlopHttpAnswer  *answer,
                                   GError                 **error)
{
  static const struct {
    const char *code;
    ForlopSignInError error;
    const char *sentence;
  } refusals[] = {
    { "wrong_sign_in", FORLOP_SIGN_IN_ERROR_WRONG,
      N_("The municipality, the user name or the password is wrong. Nothing was changed. Write them again. A "
         "password for one time is good for a week; the administrator gives you a new one.") },
    { "too_many_attempts", FORLOP_SIGN_IN_ERROR_TOO_MANY,
      N_("There were too many wrong passwords. Nothing was changed. Wait a while, and try again.") },
    { "device_of_other", FORLOP_SIGN_IN_ERROR_DEVICE,
      N_("The file belongs to another user. Nothing was changed. Each user has a file of their own; make one "
         "for yourself.") },
    { "device_blocked", FORLOP_SIGN_IN_ERROR_DEVICE,
      N_("This machine is blocked on the server. What is done here is kept. Ask the administrator.") },
    { "device_wiped", FORLOP_SIGN_IN_ERROR_DEVICE,
      N_("The server wants this machine emptied. What is done here is kept. Ask the administrator.") },
    { "wrong_password", FORLOP_SIGN_IN_ERROR_WRONG,
      N_("The password is wrong. Nothing was changed. Write it again.") },
    { "weak_password", FORLOP_SIGN_IN_ERROR_NEW_PASSWORD,
      N_("The new password is too easy to guess. Nothing was changed. Choose at least 12 characters that are "
         "not your name and not the old password.") },
    { "no_browser_sign_in", FORLOP_SIGN_IN_ERROR_BROWSER,
      N_("Nobody signs in by browser there. Nothing was changed. Check the name of the municipality, or sign in "
         "with name and password.") },
    { "too_many_sign_ins", FORLOP_SIGN_IN_ERROR_TOO_MANY,
      N_("Too many people are signing in by browser just now. Nothing was changed; try again in a moment.") },
    { "provider", FORLOP_SIGN_IN_ERROR_BROWSER,
      N_("The server cannot reach the service you sign in with. Nothing was changed. Try again in a while, and "
         "tell those who run the server if it stays so.") },
    { "sign_in_failed", FORLOP_SIGN_IN_ERROR_BROWSER,
      N_("The sign-in by browser was not accepted, or took too long. Nothing was changed. Sign in once more.") },
  };
  g_autoptr (yyjson_doc) doc = forlop_json_parse (answer->text, -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  const char *code = yyjson_get_str (yyjson_obj_get (root, "code"));
  const char *detail = yyjson_get_str (yyjson_obj_get (root, "detail"));
  const char *subject = yyjson_get_str (yyjson_obj_get (root, "subject"));

  if (g_strcmp0 (code, "unknown_person") == 0 && subject != NULL)
    {
      g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_UNKNOWN,
                   _("You signed in, but no user of the municipality is linked to that, so nothing was made. "
                     "Ask the administrator to link you; your number with the sign-in service is %s."), subject);
      return FALSE;
    }
  if (g_strcmp0 (code, "too_many_attempts") == 0 && answer->retry_after > 0)
    {
      g_autofree char *sentence = dup_too_many (answer->retry_after);

      g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_TOO_MANY, sentence);
      return FALSE;
    }
  for (unsigned int i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_strcmp0 (refusals[i].code, code) == 0)
      {
        g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, refusals[i].error, _(refusals[i].sentence));
        return FALSE;
      }
  g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_REFUSED,
                       detail != NULL ? detail : _("The server refused. What is done here is kept."));

  return FALSE;
}

static gboolean
take_tokens (ForlopServerAccount     *self,
             const ForlopHttpAnswer  *answer,
             GError                 **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (answer->text, -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  const char *access = NULL, *refresh = NULL;
  gint64 seconds = 0;
  gboolean must_change = FALSE;

  if (!forlop_json_get_text (root, "access_token", &access, NULL) || access == NULL ||
      !forlop_json_get_text (root, "refresh_token", &refresh, NULL) || refresh == NULL ||
      !forlop_json_get_integer (root, "access_seconds", &seconds, NULL) ||
      !forlop_json_get_boolean (root, "must_change_password", &must_change, NULL))
    {
      g_set_error_literal (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_NOT_UNDERSTOOD,
                           _("What came back is not an answer of the server. What is done here is kept and sent "
                             "later."));
      return FALSE;
    }
  free_secret (&self->access);
  free_secret (&self->refresh);
  self->access = g_strdup (access);
  self->refresh = g_strdup (refresh);
  self->renew_at = now_ms () + MAX (0, seconds * 1000 - MARGIN_MS);
  self->must_change_password = must_change;

  return save (self, error);
}

static gboolean
forget (ForlopServerAccount  *self,
        GError              **error)
{
  free_secret (&self->access);
  free_secret (&self->refresh);
  self->must_change_password = FALSE;

  return save (self, error);
}

static char *
sign_in_body (const ForlopSignIn *sign_in)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *device = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "tenant", sign_in->tenant);
  forlop_json_add_text (doc, root, "name", sign_in->name);
  forlop_json_add_text (doc, root, "password", sign_in->password);
  forlop_json_add_text (doc, device, "id", sign_in->device_id);
  forlop_json_add_text (doc, device, "name", sign_in->device_name);
  yyjson_mut_obj_add_val (doc, root, "device", device);

  return forlop_json_write (doc, FALSE);
}

gboolean
forlop_server_account_enter (ForlopServerAccount  *self,
                             ForlopHttpTransport  *transport,
                             const char           *path,
                             const char           *body,
                             GCancellable         *cancellable,
                             GError              **error)
{
  g_auto (ForlopHttpAnswer) answer = { 0 };
  gboolean is_done;

  g_return_val_if_fail (self != NULL && transport != NULL && path != NULL && body != NULL, FALSE);

  if (!forlop_http_transport_send (transport, "POST", path, NULL, body, &answer, cancellable, error))
    return FALSE;
  if (answer.status != 200)
    return forlop_server_account_set_refused (&answer, error);

  g_mutex_lock (&self->mutex);
  is_done = take_tokens (self, &answer, error);
  g_mutex_unlock (&self->mutex);
  sodium_memzero (answer.text, strlen (answer.text));

  return is_done;
}

gboolean
forlop_server_account_sign_in (ForlopServerAccount  *self,
                               ForlopHttpTransport  *transport,
                               const ForlopSignIn   *sign_in,
                               GCancellable         *cancellable,
                               GError              **error)
{
  char *body;
  gboolean is_done;

  g_return_val_if_fail (self != NULL && transport != NULL && sign_in != NULL, FALSE);

  body = sign_in_body (sign_in);
  is_done = forlop_server_account_enter (self, transport, "/v1/auth/sign-in", body, cancellable, error);
  free_secret (&body);

  return is_done;
}

/* Called with the mutex held. Anything but new tokens goes to @refusal. The session is forgotten only
 * when the server says that it is over. */
static gboolean
renew (ForlopServerAccount  *self,
       ForlopHttpTransport  *transport,
       ForlopHttpAnswer     *refusal,
       GCancellable         *cancellable,
       GError              **error)
{
  gboolean is_taken;

  if (self->refresh == NULL)
    {
      refusal->status = 401;
      refusal->text = g_strdup ("{}");
      return TRUE;
    }
  if (!forlop_http_transport_send (transport, "POST", "/v1/auth/refresh", self->refresh, "{}", refusal,
                                   cancellable, error))
    return FALSE;
  if (refusal->status == 401)
    return forget (self, error);
  if (refusal->status != 200)
    return TRUE;
  is_taken = take_tokens (self, refusal, error);
  sodium_memzero (refusal->text, strlen (refusal->text));
  forlop_http_answer_clear (refusal);
  refusal->status = 0;

  return is_taken;
}

/* A token that is good now, or what the server says instead. */
static gboolean
get_token (ForlopServerAccount  *self,
           ForlopHttpTransport  *transport,
           char                **token,
           ForlopHttpAnswer     *refusal,
           GCancellable         *cancellable,
           GError              **error)
{
  gboolean is_asked = TRUE;

  *token = NULL;
  *refusal = (ForlopHttpAnswer) { 0 };
  g_mutex_lock (&self->mutex);
  if (self->access == NULL || now_ms () >= self->renew_at)
    is_asked = renew (self, transport, refusal, cancellable, error);
  if (is_asked && refusal->status == 0)
    *token = g_strdup (self->access);
  g_mutex_unlock (&self->mutex);

  return is_asked;
}

char *
forlop_server_account_dup_token (ForlopServerAccount  *self,
                                 ForlopHttpTransport  *transport,
                                 GCancellable         *cancellable,
                                 GError              **error)
{
  g_auto (ForlopHttpAnswer) refusal = { 0 };
  char *token;

  g_return_val_if_fail (self != NULL && transport != NULL, NULL);

  return get_token (self, transport, &token, &refusal, cancellable, error) ? token : NULL;
}

/* Another thread may have renewed it meanwhile. */
static void
spend (ForlopServerAccount *self,
       const char          *token)
{
  g_mutex_lock (&self->mutex);
  if (g_strcmp0 (self->access, token) == 0)
    free_secret (&self->access);
  g_mutex_unlock (&self->mutex);
}

gboolean
forlop_server_account_send (ForlopServerAccount  *self,
                            ForlopHttpTransport  *transport,
                            const char           *method,
                            const char           *path,
                            const char           *body,
                            ForlopHttpAnswer     *answer,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_return_val_if_fail (self != NULL && transport != NULL && answer != NULL, FALSE);

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *token = NULL;

      if (!get_token (self, transport, &token, answer, cancellable, error))
        return FALSE;
      if (token == NULL)
        return TRUE;
      if (!forlop_http_transport_send (transport, method, path, token, body, answer, cancellable, error))
        return FALSE;
      if (answer->status != 401 || i > 0)
        return TRUE;
      spend (self, token);
      forlop_http_answer_clear (answer);
    }

  return TRUE;
}

gboolean
forlop_server_account_set_password (ForlopServerAccount  *self,
                                    ForlopHttpTransport  *transport,
                                    const char           *old_password,
                                    const char           *new_password,
                                    GCancellable         *cancellable,
                                    GError              **error)
{
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  char *body;
  gboolean is_sent;

  g_return_val_if_fail (self != NULL && transport != NULL, FALSE);
  g_return_val_if_fail (old_password != NULL && new_password != NULL, FALSE);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "old", old_password);
  forlop_json_add_text (doc, root, "new", new_password);
  body = forlop_json_write (doc, FALSE);
  is_sent = forlop_server_account_send (self, transport, "POST", "/v1/auth/password", body, &answer, cancellable,
                                        error);
  free_secret (&body);
  if (!is_sent)
    return FALSE;
  if (answer.status != 200)
    return forlop_server_account_set_refused (&answer, error);
  g_mutex_lock (&self->mutex);
  self->must_change_password = FALSE;
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

gboolean
forlop_server_account_sign_out (ForlopServerAccount  *self,
                                ForlopHttpTransport  *transport,
                                GCancellable         *cancellable,
                                GError              **error)
{
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) problem = NULL;
  gboolean is_forgotten;

  g_return_val_if_fail (self != NULL && transport != NULL, FALSE);

  if (!forlop_server_account_send (self, transport, "POST", "/v1/auth/sign-out", "{}", &answer, cancellable,
                                   &problem))
    g_debug ("The server did not hear of the sign-out: %s", problem->message);
  g_mutex_lock (&self->mutex);
  is_forgotten = forget (self, error);
  g_mutex_unlock (&self->mutex);

  return is_forgotten;
}

gboolean
forlop_server_account_is_signed_in (ForlopServerAccount *self)
{
  gboolean is_signed_in;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  is_signed_in = self->refresh != NULL;
  g_mutex_unlock (&self->mutex);

  return is_signed_in;
}

gboolean
forlop_server_account_must_change_password (ForlopServerAccount *self)
{
  gboolean must_change;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  must_change = self->must_change_password;
  g_mutex_unlock (&self->mutex);

  return must_change;
}
