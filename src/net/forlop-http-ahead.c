/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-ahead.h"

/* To write a small request over a connection that is open takes a few. */
#define MOST_TURNS 64

struct _ForlopHttpAhead
{
  SoupSession *session;
  GMainContext *context;
  SoupMessage *message;
  GCancellable *cancellable;
  GInputStream *stream;
  gboolean is_written;
  gboolean is_done;
};

static void
sent_cb (GObject      *session,
         GAsyncResult *result,
         gpointer      user_data)
{
  ForlopHttpAhead *self = user_data;

  self->stream = soup_session_send_finish (SOUP_SESSION (session), result, NULL);
  self->is_done = TRUE;
}

static void
wrote_cb (ForlopHttpAhead *self)
{
  self->is_written = TRUE;
}

ForlopHttpAhead *
forlop_http_ahead_new (SoupSession  *session,
                       GMainContext *context,
                       SoupMessage  *message,
                       GCancellable *cancellable)
{
  ForlopHttpAhead *self;

  g_return_val_if_fail (SOUP_IS_SESSION (session) && context != NULL && SOUP_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  self = g_new0 (ForlopHttpAhead, 1);
  self->session = g_object_ref (session);
  self->context = g_main_context_ref (context);
  self->message = g_object_ref (message);
  self->cancellable = g_object_ref (cancellable);
  g_signal_connect_swapped (message, "wrote-body", G_CALLBACK (wrote_cb), self);

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, self->cancellable, sent_cb, self);
  for (unsigned int i = 0; i < MOST_TURNS && !self->is_written && !self->is_done; i++)
    g_main_context_iteration (context, FALSE);

  return self;
}

static void
wait (ForlopHttpAhead *self)
{
  while (!self->is_done)
    g_main_context_iteration (self->context, TRUE);
}

static void
give_up_cb (GCancellable *cancellable G_GNUC_UNUSED,
            gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

GInputStream *
forlop_http_ahead_take (ForlopHttpAhead *self,
                        GCancellable    *cancellable)
{
  gulong id = 0;

  g_return_val_if_fail (self != NULL, NULL);

  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (give_up_cb), g_object_ref (self->cancellable),
                                g_object_unref);
  wait (self);
  if (id != 0)
    g_cancellable_disconnect (cancellable, id);

  return g_steal_pointer (&self->stream);
}

SoupMessage *
forlop_http_ahead_get_message (ForlopHttpAhead *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->message;
}

void
forlop_http_ahead_free (ForlopHttpAhead *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  wait (self);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->stream);
  g_object_unref (self->cancellable);
  g_object_unref (self->message);
  g_object_unref (self->session);
  g_main_context_unref (self->context);
  g_free (self);
}
