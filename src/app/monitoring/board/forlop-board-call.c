/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-call.h"

#include <glib/gi18n-lib.h>

#include "forlop-format.h"
#include "forlop-window.h"

/* Seconds between two looks at the clock. */
#define LOOK_SECONDS 5
/* Minutes after which a call is taken to be one that somebody forgot. */
#define MOST_MINUTES 60

struct _ForlopBoardCall
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *number;
  GtkWidget *copy_button;

  /* Owned */
  ForlopClock *clock; /* while it lasts */
  char *who;
  char *phone;
  unsigned int look_source;

  gint64 began_at;
  int minutes;
  gboolean announced;
};

enum {
  SIGNAL_MINUTE,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopBoardCall, forlop_board_call, ADW_TYPE_BIN)

int
forlop_board_call_count (gint64 began_at,
                         gint64 now)
{
  return (int) CLAMP (1 + (now - began_at) / FORLOP_MINUTE, 1, MOST_MINUTES);
}

static void
count (ForlopBoardCall *self)
{
  int minutes = forlop_board_call_count (self->began_at, forlop_clock_now (self->clock));

  if (minutes == self->minutes)
    return;
  self->minutes = minutes;
  g_signal_emit (self, signals[SIGNAL_MINUTE], 0, minutes);
}

static gboolean
look_cb (gpointer user_data)
{
  count (user_data);

  return G_SOURCE_CONTINUE;
}

static void
announce (ForlopBoardCall *self)
{
  g_autofree char *number = self->phone != NULL ? forlop_phone_format (self->phone) : NULL;
  /* Translators: who is called, and the telephone number */
  g_autofree char *sentence = number != NULL
    ? g_strdup_printf (_("Call %s: %s. The minutes are counted."), self->who, number)
    : g_strdup_printf (_("No telephone number is registered for %s."), self->who);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  self->announced = TRUE;
}

static void
show (ForlopBoardCall *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->clock != NULL && self->who != NULL);
  if (self->clock == NULL || self->who == NULL)
    return;

  gtk_widget_set_visible (self->copy_button, self->phone != NULL);
  if (self->phone != NULL)
    {
      g_autofree char *number = forlop_phone_format (self->phone);
      g_autofree char *markup = g_markup_printf_escaped ("<a href=\"tel:%s\">%s</a>", self->phone, number);

      gtk_label_set_markup (self->number, markup);
    }
  else
    gtk_label_set_text (self->number, _("No telephone number is registered"));
  if (!self->announced)
    announce (self);
}

static void
copy_clicked_cb (ForlopBoardCall *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->phone);
  forlop_toast (GTK_WIDGET (self), _("Number copied"));
}

static void
forlop_board_call_dispose (GObject *object)
{
  ForlopBoardCall *self = FORLOP_BOARD_CALL (object);

  g_clear_handle_id (&self->look_source, g_source_remove);

  G_OBJECT_CLASS (forlop_board_call_parent_class)->dispose (object);
}

static void
forlop_board_call_finalize (GObject *object)
{
  ForlopBoardCall *self = FORLOP_BOARD_CALL (object);

  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_free (self->who);
  g_free (self->phone);

  G_OBJECT_CLASS (forlop_board_call_parent_class)->finalize (object);
}

static void
forlop_board_call_class_init (ForlopBoardCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = forlop_board_call_dispose;
  object_class->finalize = forlop_board_call_finalize;

  /**
   * ForlopBoardCall::minute:
   * @minutes: How many have begun, from 1 to 60.
   */
  signals[SIGNAL_MINUTE] =
    g_signal_new ("minute", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/monitoring/board/forlop-board-call.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardCall, number);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardCall, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
}

static void
forlop_board_call_init (ForlopBoardCall *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
begin (ForlopBoardCall *self,
       ForlopClock     *clock,
       gint64           began_at)
{
  self->clock = forlop_clock_ref (clock);
  self->began_at = began_at;
  self->look_source = g_timeout_add_seconds (LOOK_SECONDS, look_cb, self);
  count (self);
}

void
forlop_board_call_start (ForlopBoardCall *self,
                         ForlopClock     *clock)
{
  g_return_if_fail (FORLOP_IS_BOARD_CALL (self));
  g_return_if_fail (clock != NULL);

  if (self->clock == NULL)
    begin (self, clock, forlop_clock_now (clock));
  self->announced = FALSE;
  show (self);
}

void
forlop_board_call_resume (ForlopBoardCall *self,
                          ForlopClock     *clock,
                          gint64           began_at)
{
  g_return_if_fail (FORLOP_IS_BOARD_CALL (self));
  g_return_if_fail (clock != NULL);

  forlop_board_call_stop (self);
  self->announced = TRUE;
  begin (self, clock, began_at);
  show (self);
}

gint64
forlop_board_call_get_began_at (ForlopBoardCall *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_CALL (self), FORLOP_INSTANT_NONE);

  return self->clock != NULL ? self->began_at : FORLOP_INSTANT_NONE;
}

void
forlop_board_call_stop (ForlopBoardCall *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_CALL (self));

  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_pointer (&self->clock, forlop_clock_unref);
  self->minutes = 0;
  show (self);
}

gboolean
forlop_board_call_is_running (ForlopBoardCall *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_CALL (self), FALSE);

  return self->clock != NULL;
}

void
forlop_board_call_set_phone (ForlopBoardCall *self,
                             const char      *who,
                             const char      *phone)
{
  g_return_if_fail (FORLOP_IS_BOARD_CALL (self));
  g_return_if_fail (who != NULL);

  g_set_str (&self->who, who);
  g_set_str (&self->phone, phone);
  show (self);
}

void
forlop_board_call_forget (ForlopBoardCall *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_CALL (self));

  g_clear_pointer (&self->who, g_free);
  g_clear_pointer (&self->phone, g_free);
  forlop_board_call_stop (self);
}
