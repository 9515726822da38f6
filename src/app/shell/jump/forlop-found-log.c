/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-found-log.h"

#include "forlop-access-log.h"

/* Longer than between two keys of one who types slowly. */
#define REST_MS 1500

struct _ForlopFoundLog
{
  ForlopSession *session;
  GStrv citizen_ids;
  unsigned int source;
};

ForlopFoundLog *
forlop_found_log_new (void)
{
  return g_new0 (ForlopFoundLog, 1);
}

static void
forget (ForlopFoundLog *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->citizen_ids, g_strfreev);
  g_clear_object (&self->session);
}

static void
at_rest_cb (gpointer data)
{
  ForlopFoundLog *self = data;

  self->source = 0;
  forlop_access_log_found (self->session, (const char *const *) self->citizen_ids);
  forget (self);
}

void
forlop_found_log_free (ForlopFoundLog *self)
{
  g_return_if_fail (self != NULL);

  if (self->session != NULL)
    forlop_access_log_found (self->session, (const char *const *) self->citizen_ids);
  forget (self);
  g_free (self);
}

void
forlop_found_log_show (ForlopFoundLog *self,
                       ForlopSession  *session,
                       GStrv           citizen_ids)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (citizen_ids != NULL);

  forget (self);
  if (*citizen_ids == NULL)
    return;

  self->session = g_object_ref (session);
  self->citizen_ids = g_strdupv (citizen_ids);
  self->source = g_timeout_add_once (REST_MS, at_rest_cb, self);
}
