/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-door.h"

#include <glib/gi18n-lib.h>

#include "forlop-keyring.h"
#include "forlop-new-store-page.h"
#include "forlop-paths.h"
#include "forlop-store-error.h"

#include <string.h>

struct _ForlopDoor
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwPreferencesGroup *question_group;
  AdwPasswordEntryRow *secret_row;
  AdwPreferencesGroup *pin_group;
  AdwPasswordEntryRow *new_pin_row;
  GtkLabel *refusal_label;
  GtkButton *unlock_button;
  GtkButton *passphrase_button;
  AdwStatusPage *problem_page;
  GtkButton *other_button;
  GtkButton *new_button;
  GtkExpander *detail_expander;
  GtkLabel *detail_label;
  ForlopNewStorePage *new_store_page;

  /* Owned */
  ForlopStoreOpener *opener;
  ForlopStore *open_store; /* whose door this is, when it was only closed */
  char *passphrase;        /* that is being tried */

  ForlopStoreLock lock;
};

enum {
  SIGNAL_OPENED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopDoor, forlop_door, ADW_TYPE_BIN)

static void
forlop_door_wipe (ForlopDoor *self)
{
  if (self->passphrase != NULL)
    explicit_bzero (self->passphrase, strlen (self->passphrase));
  g_clear_pointer (&self->passphrase, g_free);
}

static void
forlop_door_show_problem (ForlopDoor   *self,
                          const GError *error)
{
  g_autofree char *sentence = forlop_store_error_dup_sentence (error);
  g_autofree char *detail = forlop_store_error_dup_detail (error);
  g_autofree char *markup = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->problem_page, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->detail_expander), detail != NULL);
  gtk_label_set_label (self->detail_label, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->other_button), self->open_store == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->new_button),
                          self->open_store == NULL &&
                            g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_MISSING));
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
forlop_door_ask (ForlopDoor *self,
                 const char *refusal)
{
  gboolean pin = self->lock == FORLOP_STORE_LOCK_PIN;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row),
                                 pin ? _("PIN") : _("Passphrase"));
  gtk_label_set_label (self->refusal_label, refusal != NULL ? refusal : "");
  gtk_widget_set_visible (GTK_WIDGET (self->refusal_label), refusal != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_button), pin);
  gtk_widget_set_visible (GTK_WIDGET (self->pin_group),
                          !pin && forlop_store_opener_can_keep_pin (self->opener));
  gtk_stack_set_visible_child_name (self->stack, "question");
  gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->secret_row));
}

/* What is wrong with the PIN or its key store is no end of the matter: the passphrase opens the file. */
static gboolean
passphrase_helps (const GError *error)
{
  return g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_NO_KEYRING) ||
         g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_KEYRING_EMPTY) ||
         g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_PIN_SPENT);
}

static void
forlop_door_refused (ForlopDoor   *self,
                     const GError *error)
{
  g_autofree char *sentence = forlop_store_error_dup_sentence (error);

  if (passphrase_helps (error))
    {
      self->lock = FORLOP_STORE_LOCK_PASSPHRASE;
      forlop_door_ask (self, sentence);
      if (g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_NO_KEYRING))
        gtk_widget_set_visible (GTK_WIDGET (self->pin_group), FALSE);
    }
  else if (g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY) ||
           g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_PIN))
    {
      forlop_door_ask (self, sentence);
    }
  else
    {
      forlop_door_show_problem (self, error);
    }
}

static DexFuture *
forlop_door_opened_cb (DexFuture *completed,
                       gpointer   user_data)
{
  g_autoptr(ForlopDoor) self = g_weak_ref_get (user_data);
  g_autoptr(GError) error = NULL;
  const GValue *value = dex_future_get_value (completed, &error);

  if (self == NULL)
    return NULL;

  if (value != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, g_value_get_object (value), self->passphrase);
  else
    forlop_door_refused (self, error);
  forlop_door_wipe (self);

  return NULL;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static GWeakRef *
weak_ref_to (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);

  return weak;
}

/* The PIN that was asked for beside the passphrase, or NULL. */
static const char *
forlop_door_get_new_pin (ForlopDoor *self)
{
  const char *pin = gtk_editable_get_text (GTK_EDITABLE (self->new_pin_row));

  return gtk_widget_get_visible (GTK_WIDGET (self->pin_group)) && *pin != '\0' ? pin : NULL;
}

static void
forlop_door_open (ForlopDoor *self,
                  const char *secret)
{
  gtk_stack_set_visible_child_name (self->stack, "opening");
  forlop_door_wipe (self);
  if (self->lock == FORLOP_STORE_LOCK_PASSPHRASE)
    self->passphrase = g_strdup (secret);
  dex_future_disown (dex_future_finally (
    forlop_store_opener_open (self->opener, self->lock, secret, forlop_door_get_new_pin (self),
                              self->open_store),
    forlop_door_opened_cb, weak_ref_to (self), weak_ref_free));
}

static gboolean
forlop_door_answers_itself (ForlopDoor *self)
{
  return self->lock == FORLOP_STORE_LOCK_PASSPHRASE &&
         forlop_store_opener_has_passphrase (self->opener);
}

static DexFuture *
forlop_door_examined_cb (DexFuture *completed,
                         gpointer   user_data)
{
  g_autoptr(ForlopDoor) self = g_weak_ref_get (user_data);
  g_autoptr(GError) error = NULL;
  const GValue *value = dex_future_get_value (completed, &error);

  if (self == NULL)
    return NULL;
  if (value == NULL)
    {
      forlop_door_show_problem (self, error);
      return NULL;
    }

  self->lock = (ForlopStoreLock) g_value_get_int (value);
  if (self->lock == FORLOP_STORE_LOCK_MISSING)
    {
      forlop_new_store_page_begin (self->new_store_page, self->opener);
      gtk_stack_set_visible_child_name (self->stack, "new");
    }
  else if (forlop_door_answers_itself (self))
    forlop_door_open (self, NULL);
  else
    forlop_door_ask (self, forlop_store_opener_get_notice (self->opener));

  return NULL;
}

static void
forlop_door_made_cb (ForlopDoor  *self,
                     ForlopStore *store)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, store, NULL);
}

static void
forlop_door_refuse (ForlopDoor *self,
                    const char *sentence,
                    gpointer    row)
{
  gtk_label_set_label (self->refusal_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal_label), TRUE);
  gtk_widget_grab_focus (row);
}

static void
forlop_door_unlock_cb (ForlopDoor *self)
{
  const char *secret = gtk_editable_get_text (GTK_EDITABLE (self->secret_row));
  const char *pin = forlop_door_get_new_pin (self);

  if (*secret == '\0')
    {
      forlop_door_refuse (self, self->lock == FORLOP_STORE_LOCK_PIN ? _("Write the PIN.")
                                                                    : _("Write the passphrase."),
                          self->secret_row);
      return;
    }
  if (pin != NULL && g_utf8_strlen (pin, -1) < FORLOP_KEYRING_LEAST_PIN)
    {
      forlop_door_refuse (self, _("Choose a PIN of at least four characters, or none."),
                          self->new_pin_row);
      return;
    }

  forlop_door_open (self, secret);
  gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->new_pin_row), "");
}

static void
forlop_door_use_passphrase_cb (ForlopDoor *self)
{
  self->lock = FORLOP_STORE_LOCK_PASSPHRASE;
  forlop_door_ask (self, NULL);
}

static void
forlop_door_file_chosen_cb (GObject      *dialog,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr(ForlopDoor) self = user_data;
  g_autoptr(GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL || self->opener == NULL)
    return;

  forlop_store_opener_set_path (self->opener, path, TRUE);
  forlop_door_knock (self);
}

static void
forlop_door_open_other_cb (ForlopDoor *self)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Open another file"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        forlop_door_file_chosen_cb, g_object_ref (self));
}

static void
forlop_door_make_new_cb (ForlopDoor *self)
{
  g_autofree char *usual = forlop_paths_dup_usual_store ();

  forlop_store_opener_set_path (self->opener, usual, FALSE);
  forlop_door_knock (self);
}

static void
forlop_door_dispose (GObject *object)
{
  ForlopDoor *self = FORLOP_DOOR (object);

  forlop_door_wipe (self);
  g_clear_object (&self->opener);
  g_clear_object (&self->open_store);

  G_OBJECT_CLASS (forlop_door_parent_class)->dispose (object);
}

static void
forlop_door_class_init (ForlopDoorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_door_dispose;

  /**
   * ForlopDoor::opened:
   * @store: The open file.
   * @passphrase: (nullable): The one that was written and opened it, to be tried elsewhere and forgotten.
   */
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, FORLOP_TYPE_STORE, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  g_type_ensure (FORLOP_TYPE_NEW_STORE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/door/forlop-door.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, new_store_page);
  gtk_widget_class_bind_template_callback_full (widget_class, "made_cb",
                                                G_CALLBACK (forlop_door_made_cb));
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, question_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, secret_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, pin_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, new_pin_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, refusal_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, passphrase_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, problem_page);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, other_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, new_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, detail_expander);
  gtk_widget_class_bind_template_child (widget_class, ForlopDoor, detail_label);
  gtk_widget_class_bind_template_callback_full (widget_class, "unlock_cb",
                                                G_CALLBACK (forlop_door_unlock_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "use_passphrase_cb",
                                                G_CALLBACK (forlop_door_use_passphrase_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "open_other_cb",
                                                G_CALLBACK (forlop_door_open_other_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "make_new_cb",
                                                G_CALLBACK (forlop_door_make_new_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "try_again_cb",
                                                G_CALLBACK (forlop_door_knock));
}

static void
forlop_door_init (ForlopDoor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
forlop_door_new (ForlopStoreOpener *opener,
                 ForlopStore       *open_store)
{
  ForlopDoor *self;

  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (opener), NULL);
  g_return_val_if_fail (open_store == NULL || FORLOP_IS_STORE (open_store), NULL);

  self = g_object_new (FORLOP_TYPE_DOOR, NULL);
  self->opener = g_object_ref (opener);
  g_set_object (&self->open_store, open_store);

  return GTK_WIDGET (self);
}

void
forlop_door_knock (ForlopDoor *self)
{
  g_return_if_fail (FORLOP_IS_DOOR (self));

  gtk_stack_set_visible_child_name (self->stack, "opening");
  dex_future_disown (dex_future_finally (forlop_store_opener_examine (self->opener),
                                         forlop_door_examined_cb, weak_ref_to (self),
                                         weak_ref_free));
}
