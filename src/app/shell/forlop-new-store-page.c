/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-new-store-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-keyring.h"
#include "forlop-store-error.h"
#include "forlop-store-maker.h"

/* Shorter passphrases are guessed too soon by somebody who has a copy of the file. */
#define LEAST_PASSPHRASE 12

struct _ForlopNewStorePage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *status_page;
  AdwEntryRow *municipality_row;
  AdwEntryRow *user_row;
  AdwPasswordEntryRow *passphrase_row;
  AdwPasswordEntryRow *again_row;
  AdwPreferencesGroup *pin_group;
  AdwPasswordEntryRow *pin_row;
  GtkLabel *refusal_label;
  GtkButton *make_button;
  AdwSpinner *spinner;

  /* Owned */
  ForlopStoreOpener *opener;
};

enum {
  SIGNAL_MADE,
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

/* The row with the mistake, and what to write there. */
static GtkWidget *
find_mistake (ForlopNewStorePage  *self,
              const char         **sentence)
{
  if (*text_of (self->municipality_row) == '\0')
    {
      *sentence = _("Write the name of the municipality.");
      return GTK_WIDGET (self->municipality_row);
    }
  if (*text_of (self->user_row) == '\0')
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
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), making);
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
      g_signal_emit (self, signals[SIGNAL_MADE], 0, g_value_get_object (value));
    }
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

static void
make_cb (ForlopNewStorePage *self)
{
  const char *sentence = NULL;
  GtkWidget *wrong = find_mistake (self, &sentence);
  g_autofree char *short_name = NULL;
  ForlopSetUp set_up = { 0 };
  GWeakRef *weak;

  show_refusal (self, wrong, sentence);
  if (wrong != NULL)
    return;

  short_name = g_strndup (text_of (self->user_row), strcspn (text_of (self->user_row), " "));
  set_up.municipality = text_of (self->municipality_row);
  set_up.user_name = text_of (self->user_row);
  set_up.short_name = short_name;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  set_making (self, TRUE);
  dex_future_disown (
    dex_future_finally (forlop_store_make (forlop_store_opener_get_path (self->opener),
                                           forlop_store_opener_get_clock (self->opener),
                                           text_of (self->passphrase_row),
                                           asks_for_pin (self) ? text_of (self->pin_row) : NULL,
                                           &set_up),
                        made_cb, weak, weak_ref_free));
}

static void
forlop_new_store_page_dispose (GObject *object)
{
  g_clear_object (&FORLOP_NEW_STORE_PAGE (object)->opener);

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

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/forlop-new-store-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, municipality_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, user_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, again_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, pin_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, pin_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, refusal_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, make_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopNewStorePage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
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
  gtk_widget_grab_focus (GTK_WIDGET (self->municipality_row));
}
