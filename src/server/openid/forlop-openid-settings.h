/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-jose.h"

G_BEGIN_DECLS

/* With which provider a municipality's users sign in, as those who run the server have written it. */

/**
 * ForlopOpenidSettings:
 * @issuer: its address, "https://…"; "http://" on this machine alone.
 * @client_id: who we are there.
 * @key: what we show it with.
 * @scopes: separated by spaces; always has "openid".
 * @levels: (nullable): ended by NULL; one of these the provider must have reached (acr).
 * @max_age_s: so long ago at most the person signed in with the provider.
 * @uses_dpop: whether tokens are bound to a key.
 * @ca_file: (nullable): a certificate authority instead of the system's.
 */
typedef struct {
  char *issuer;
  char *client_id;
  ForlopJoseKey *key;
  char *scopes;
  char **levels;
  gint64 max_age_s;
  gboolean uses_dpop;
  char *ca_file;
} ForlopOpenidSettings;

/* Reads @folder/@name.json. NULL without an error when there is no such file: the municipality has local
 * accounts alone. Errors are sentences. */
ForlopOpenidSettings *forlop_openid_settings_load (const char            *folder,
                                                   const char            *name,
                                                   GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void                  forlop_openid_settings_free (ForlopOpenidSettings  *self);

/* Writes a new private key to @path, which must not be there, and returns the public one to register with
 * the provider. */
char                 *forlop_openid_make_key      (const char            *path,
                                                   GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopOpenidSettings, forlop_openid_settings_free)

G_END_DECLS
