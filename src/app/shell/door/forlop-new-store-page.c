/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-new-store-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-keyring.h"
#include "forlop-sign-in-form.h"
#include "forlop-store-error.h"
#include "forlop-store-maker.h"

/* Shorter passphrases are guessed too soon by somebody who has a copy of the file. */
#define LEAST_PASSPHRASE 12

struct _ForlopNewStorePage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *status_page;
  GtkCheckButton *server_choice;
  ForlopSignInForm *sign_in_form;
  AdwPreferencesGroup *alone_group;
  AdwEntryRow *municipality_row;
  AdwEntryRow *user_row;
  AdwPasswordEntryRow *passphrase_row;
  AdwPasswordEntryRow *again_row;
  AdwPreferencesGroup *pin_group;
  AdwPasswordEntryRow *pin_row;
  GtkLabel *refusal_label;
  GtkButton *cancel_button;
  GtkButton *make_button;
  GtkWidget *other_button;
  AdwSpinner *spinner;

  /* Owned */
  ForlopStoreOpener *opener;
  GCancellable *cancellable; /* while it connects */
};

enum {
  SIGNAL_MADE,
  SIGNAL_OTHER,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopNewStorePage, forlop_new_store_page, ADW_TYPE_BIN)

static const char *
text_of (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
asks_for_pin (ForlopNewStorePage *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->pin_group));
}

static gboolean
is_joining (ForlopNewStorePage *self)
{
  return gtk_check_button_get_active (self->server_choice);
}

/* The row with the mistake, and what to write there. */
static GtkWidget *
find_mistake (ForlopNewStorePage  *self,
              const char         **sentence)
{
  if (!is_joining (self) && *text_of (self->municipality_row) == '\0')
    {
      *sentence = _("Write the name of the municipality.");
      return GTK_WIDGET (self->municipality_row);
    }
  if (!is_joining (self) && *text_of (self->user_row) == '\0')
    {
      *sentence = _("Write your own name. What you do is recorded in it.");
      return GTK_WIDGET (self->user_row);
    }
  if (g_utf8_strlen (text_of (self->passphrase_row), -1) < LEAST_PASSPHRASE)
    {
      *sentence = _("Choose a passphrase of at least 12 characters, for example four words.");
      return GTK_WIDGET (self->passphrase_row);
    }
  if (strcmp (text_of (self->passphrase_row), text_of (self->again_row)) != 0)
    {
      *sentence = _("The two passphrases are not the same. Write the same one twice.");
      return GTK_WIDGET (self->again_row);
    }
  if (asks_for_pin (self) && g_utf8_strlen (text_of (self->pin_row), -1) < FORLOP_KEYRING_LEAST_PIN)
    {
      *sentence = _("Choose a PIN of at least four characters. You open the file with it on this "
                    "computer.");
      return GTK_WIDGET (self->pin_row);
    }

  return NULL;
}

static void
show_refusal (ForlopNewStorePage *self,
              GtkWidget          *wrong,
              const char         *sentence)
{
  gpointer rows[] = {
    self->municipality_row, self->user_row, self->passphrase_row, self->again_row, self->pin_row,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i] == wrong)
      gtk_widget_add_css_class (rows[i], "error");
    else
      gtk_widget_remove_css_class (rows[i], "error");
  gtk_label_set_label (self->refusal_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->refusal_label), sentence != NULL);
  if (wrong != NULL)
    gtk_widget_grab_focus (wrong);
}

static void
set_making (ForlopNewStorePage *self,
            gboolean            making)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->make_button), !making);
  gtk_widget_set_sensitive (self->other_button, !making);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), making);
  forlop_sign_in_form_set_waiting (self->sign_in_form, making);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button),
                          making && is_joining (self) && forlop_sign_in_form_is_by_browser (self->sign_in_form));
}

static void
cancel_cb (ForlopNewStorePage *self)
{
  g_cancellable_cancel (self->cancellable);
}

static DexFuture *
made_cb (DexFuture *future,
         gpointer   user_data)
{
  g_autoptr (ForlopNewStorePage) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self == NULL || self->opener == NULL)
    return NULL;

  set_making (self, FALSE);
  if (value != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->passphrase_row), "");
      gtk_editable_set_text (GTK_EDITABLE (self->again_row), "");
      gtk_editable_set_text (GTK_EDITABLE (self->pin_row), "");
      forlop_sign_in_form_forget (self->sign_in_form);
      g_signal_emit (self, signals[SIGNAL_MADE], 0, g_value_get_object (value));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    forlop_sign_in_form_begin (self->sign_in_form);
  else if (error->domain == FORLOP_SIGN_IN_ERROR)
    forlop_sign_in_form_refuse (self->sign_in_form, error);
  else
    {
      g_autofree char *sentence = forlop_store_error_dup_sentence (error);

      /* Without the key store the file is made with the passphrase alone. */
      if (g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_NO_KEYRING))
        gtk_widget_set_visible (GTK_WIDGET (self->pin_group), FALSE);
      show_refusal (self, NULL, sentence);
    }

  return NULL;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static DexFuture *
make_alone (ForlopNewStorePage *self)
{
  g_autofree char *short_name =
    g_strndup (text_of (self->user_row), strcspn (text_of (self->user_row), " "));
  const ForlopSetUp set_up = {
    .municipality = text_of (self->municipality_row), .user_name = text_of (self->user_row),
    .short_name = short_name,
  };

  return forlop_store_make (forlop_store_opener_get_path (self->opener),
                            forlop_store_opener_get_clock (self->opener), text_of (self->passphrase_row),
                            asks_for_pin (self) ? text_of (self->pin_row) : NULL, &set_up);
}

static DexFuture *
make_joined (ForlopNewStorePage *self)
{
  ForlopServerJoin join;

  forlop_sign_in_form_read (self->sign_in_form, &join);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  return forlop_store_make_joined (forlop_store_opener_get_path (self->opener),
                                   forlop_store_opener_get_clock (self->opener),
                                   text_of (self->passphrase_row),
                                   asks_for_pin (self) ? text_of (self->pin_row) : NULL, &join, self->cancellable);
}

static void
make_cb (ForlopNewStorePage *self)
{
  const char *sentence = NULL;
  GtkWidget *wrong;
  GWeakRef *weak;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->make_button)))
    return;
  show_refusal (self, NULL, NULL);
  if (is_joining (self) && !forlop_sign_in_form_check (self->sign_in_form))
    return;
  wrong = find_mistake (self, &sentence);
  if (wrong != NULL)
    {
      show_refusal (self, wrong, sentence);
      return;
    }

  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  set_making (self, TRUE);
  dex_future_disown (dex_future_finally (is_joining (self) ? make_joined (self) : make_alone (self), made_cb,
                                         weak, weak_ref_free));
}

static void
begin_writing (ForlopNewStorePage *self)
{
  if (is_joining (self))
    forlop_sign_in_form_begin (self->sign_in_form);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->municipality_row));
}

static void
choice_cb (ForlopNewStorePage *self)
{
  show_refusal (self, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_form), is_joining (self));
  gtk_widget_set_visible (GTK_WIDGET (self->alone_group), !is_joining (self));
  gtk_button_set_label (self->make_button, is_joining (self) ? _("_Connect") : _("_Make the file"));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    begin_writing (self);
}

static void
other_cb (ForlopNewStorePage *self)
{
  g_signal_emit (self, signals[SIGNAL_OTHER], 0);
}

static void
forlop_new_store_page_dispose (GObject *object)
{
  ForlopNewStorePage *self = FORLOP_NEW_STORE_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->opener);

  G_OBJECT_CLASS (forlop_new_store_page_parent_class)->dispose (object);
}

static void
forlop_new_store_page_class_init (ForlopNewStorePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_new_store_page_dispose;

  /**
   * ForlopNewStorePage::made:
   * @store: The new file, open.
   */
  signals[SIGNAL_MADE] =
    g_signal_new ("made", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, FORLOP_TYPE_STORE);

  /**
   * ForlopNewStorePage::other:
   *
   * The user has a file already, and wants to point at it.
   */
  signals[SIGNAL_OTHER] =
    g_signal_new ("other", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FORLOP_TYPE_SIGN_IN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/door/forlop-new-store-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, server_choice);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, sign_in_form);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, alone_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, municipality_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, user_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, again_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, pin_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, pin_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, refusal_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, make_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, other_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
}

static void
forlop_new_store_page_init (ForlopNewStorePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
forlop_new_store_page_begin (ForlopNewStorePage *self,
                             ForlopStoreOpener  *opener)
{
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (FORLOP_IS_NEW_STORE_PAGE (self));
  g_return_if_fail (FORLOP_IS_STORE_OPENER (opener));

  g_set_object (&self->opener, opener);
  name = g_path_get_basename (forlop_store_opener_get_path (opener));
  sentence = g_strdup_printf (_("There is no file “%s” yet. Make it here: it is encrypted and stays on "
                                "this machine."), name);
  markup = g_markup_escape_text (sentence, -1);
  adw_status_page_set_description (self->status_page, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->pin_group),
                          forlop_store_opener_can_keep_pin (opener));
  begin_writing (self);
}
