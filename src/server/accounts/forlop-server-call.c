/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-call.h"

#include <sodium.h>

void
forlop_server_call_free (ForlopServerCall *self)
{
  if (self == NULL)
    return;

  /* A password or a token may be in it. */
  if (self->text != NULL)
    sodium_memzero (self->text, self->length);
  g_free (self->text);
  g_free (self->token);
  g_free (self->address);
  g_free (self->request_id);
  g_free (self->path);
  g_free (self->query);
  g_clear_pointer (&self->session, forlop_session_free);
  g_clear_pointer (&self->system, forlop_system_free);
  g_free (self);
}
