/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The settings of a municipality's message gateway: NAME.json in a folder of them, each without secrets.
 *
 *   {"url": "https://gateway.example.no/messages", "token_file": "gateway.token", "text": "…", "test_text": "…",
 *    "ca_file": "…"}
 *
 * The token is read each time a message is sent, so that it can be changed while the server runs. */

/**
 * ForlopGatewaySettings:
 * @address: https, or http on this machine.
 * @token_file: (nullable): the file with the secret that the gateway knows us by.
 * @text: what is sent.
 * @test_text: what is sent to try the gateway.
 * @ca_file: (nullable): whom the gateway's certificate must come from.
 */
typedef struct {
  char *address;
  char *token_file;
  char *text;
  char *test_text;
  char *ca_file;
  gboolean is_local;
} ForlopGatewaySettings;

/* NULL without an error when the municipality has no gateway. */
ForlopGatewaySettings *forlop_gateway_settings_load (const char             *folder,
                                                     const char             *name,
                                                     GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the token, if there is one, can be read. */
gboolean               forlop_gateway_settings_check_token (const ForlopGatewaySettings *self,
                                                     GError                 **error);
/* Of the address, what may be told: neither its path nor anything else in it. */
char                  *forlop_gateway_settings_dup_host (const ForlopGatewaySettings *self) G_GNUC_WARN_UNUSED_RESULT;
void                   forlop_gateway_settings_free (ForlopGatewaySettings  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopGatewaySettings, forlop_gateway_settings_free)

G_END_DECLS
