/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sign-in-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-authority-row.h"
#include "forlop-browser-open.h"

struct _ForlopSignInForm
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwPreferencesGroup *rows_group;
  AdwEntryRow *address_row;
  ForlopAuthorityRow *authority_row;
  AdwEntryRow *tenant_row;
  AdwEntryRow *name_row;
  AdwPasswordEntryRow *password_row;
  AdwSwitchRow *browser_row;
  AdwPreferencesGroup *new_group;
  AdwPasswordEntryRow *new_row;
  AdwPasswordEntryRow *again_row;
  GtkLabel *waiting_label;
  GtkLabel *refusal_label;

  gboolean asks_address;
};

enum {
  PROP_0,
  PROP_ASKS_ADDRESS,
  N_PROPS
};

enum {
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopSignInForm, forlop_sign_in_form, ADW_TYPE_BIN)

static const char *
text_of (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
asks_for_new (ForlopSignInForm *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->new_group));
}

gboolean
forlop_sign_in_form_is_by_browser (ForlopSignInForm *self)
{
  g_return_val_if_fail (FORLOP_IS_SIGN_IN_FORM (self), FALSE);

  return adw_switch_row_get_active (self->browser_row);
}

static GtkWidget *
find_mistake (ForlopSignInForm  *self,
              const char       **sentence)
{
  if (self->asks_address && *text_of (self->address_row) == '\0')
    {
      *sentence = _("Write the address of the server. You have it from the municipality.");
      return GTK_WIDGET (self->address_row);
    }
  if (*text_of (self->tenant_row) == '\0')
    {
      *sentence = _("Write what the municipality is called on the server.");
      return GTK_WIDGET (self->tenant_row);
    }
  if (forlop_sign_in_form_is_by_browser (self))
    return NULL;
  if (*text_of (self->name_row) == '\0')
    {
      *sentence = _("Write your user name.");
      return GTK_WIDGET (self->name_row);
    }
  if (*text_of (self->password_row) == '\0')
    {
      *sentence = _("Write the password.");
      return GTK_WIDGET (self->password_row);
    }
  if (asks_for_new (self) && *text_of (self->new_row) == '\0')
    {
      *sentence = _("Choose a password of your own, of at least 12 characters.");
      return GTK_WIDGET (self->new_row);
    }
  if (asks_for_new (self) && strcmp (text_of (self->new_row), text_of (self->again_row)) != 0)
    {
      *sentence = _("The two passwords are not the same. Write the same one twice.");
      return GTK_WIDGET (self->again_row);
    }

  return NULL;
}

static void
show_refusal (ForlopSignInForm *self,
              gpointer          wrong,
              const char       *sentence)
{
  gpointer rows[] = {
    self->address_row, self->tenant_row, self->name_row, self->password_row, self->new_row, self->again_row,
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

/* Enter goes to what is not written yet; when everything is, it asks. */
static void
entered_cb (ForlopSignInForm *self)
{
  const char *sentence = NULL;
  GtkWidget *missing = find_mistake (self, &sentence);

  if (missing != NULL && !gtk_widget_has_css_class (missing, "error"))
    {
      show_refusal (self, NULL, NULL);
      gtk_widget_grab_focus (missing);
    }
  else
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

/* Another server, whose certificate may be right. */
static void
address_changed_cb (ForlopSignInForm *self)
{
  if (forlop_authority_row_get_path (self->authority_row) == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->authority_row), FALSE);
}

static void
browser_cb (ForlopSignInForm *self)
{
  gboolean by_browser = forlop_sign_in_form_is_by_browser (self);

  show_refusal (self, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->name_row), !by_browser);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), !by_browser);
  gtk_widget_set_visible (GTK_WIDGET (self->new_group), FALSE);
}

static void
forlop_sign_in_form_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  if (property_id == PROP_ASKS_ADDRESS)
    g_value_set_boolean (value, FORLOP_SIGN_IN_FORM (object)->asks_address);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
forlop_sign_in_form_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ForlopSignInForm *self = FORLOP_SIGN_IN_FORM (object);

  if (property_id == PROP_ASKS_ADDRESS)
    {
      self->asks_address = g_value_get_boolean (value);
      gtk_widget_set_visible (GTK_WIDGET (self->address_row), self->asks_address);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
forlop_sign_in_form_class_init (ForlopSignInFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_sign_in_form_get_property;
  object_class->set_property = forlop_sign_in_form_set_property;

  /**
   * ForlopSignInForm:asks-address:
   *
   * Whether the server is not known yet.
   */
  properties[PROP_ASKS_ADDRESS] =
    g_param_spec_boolean ("asks-address", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ForlopSignInForm::activated:
   *
   * Enter was pressed and everything is written.
   */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FORLOP_TYPE_AUTHORITY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/sync/forlop-sign-in-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, rows_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, address_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, authority_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, tenant_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, password_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, browser_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, new_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, new_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, again_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopSignInForm, refusal_label);
  gtk_widget_class_bind_template_callback (widget_class, address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, browser_cb);
}

static void
forlop_sign_in_form_init (ForlopSignInForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
forlop_sign_in_form_fill (ForlopSignInForm *self,
                          const char       *tenant,
                          const char       *name)
{
  g_return_if_fail (FORLOP_IS_SIGN_IN_FORM (self));

  gtk_editable_set_text (GTK_EDITABLE (self->tenant_row), tenant != NULL ? tenant : "");
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name != NULL ? name : "");
  adw_switch_row_set_active (self->browser_row, name != NULL && *name == '\0');
}

void
forlop_sign_in_form_begin (ForlopSignInForm *self)
{
  gpointer rows[] = { self->address_row, self->tenant_row, self->name_row };
  gboolean by_browser;

  g_return_if_fail (FORLOP_IS_SIGN_IN_FORM (self));

  by_browser = forlop_sign_in_form_is_by_browser (self);

  for (unsigned int i = self->asks_address ? 0 : 1; i < G_N_ELEMENTS (rows) - (by_browser ? 1 : 0); i++)
    if (*text_of (rows[i]) == '\0')
      {
        gtk_widget_grab_focus (rows[i]);
        return;
      }
  gtk_widget_grab_focus (by_browser ? GTK_WIDGET (self->tenant_row) : GTK_WIDGET (self->password_row));
}

gboolean
forlop_sign_in_form_check (ForlopSignInForm *self)
{
  const char *sentence = NULL;
  GtkWidget *wrong;

  g_return_val_if_fail (FORLOP_IS_SIGN_IN_FORM (self), FALSE);

  wrong = find_mistake (self, &sentence);
  show_refusal (self, wrong, sentence);

  return wrong == NULL;
}

void
forlop_sign_in_form_read (ForlopSignInForm *self,
                          ForlopServerJoin *join)
{
  g_return_if_fail (FORLOP_IS_SIGN_IN_FORM (self));
  g_return_if_fail (join != NULL);

  *join = (ForlopServerJoin) {
    .address = self->asks_address ? text_of (self->address_row) : NULL,
    .ca_file = forlop_authority_row_get_path (self->authority_row),
    .tenant = text_of (self->tenant_row),
  };
  if (forlop_sign_in_form_is_by_browser (self))
    {
      join->open = forlop_browser_open;
      return;
    }
  join->name = text_of (self->name_row);
  join->password = text_of (self->password_row);
  join->new_password = asks_for_new (self) ? text_of (self->new_row) : NULL;
}

void
forlop_sign_in_form_refuse (ForlopSignInForm *self,
                            const GError     *error)
{
  gpointer wrong = NULL;

  g_return_if_fail (FORLOP_IS_SIGN_IN_FORM (self));
  g_return_if_fail (error != NULL);

  /* A wrong certificate is never passed over: either the address is wrong, or the authority is not known. */
  if (g_error_matches (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_CERTIFICATE))
    gtk_widget_set_visible (GTK_WIDGET (self->authority_row), TRUE);
  if (g_error_matches (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_ADDRESS) ||
      g_error_matches (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_CERTIFICATE))
    wrong = self->asks_address ? self->address_row : NULL;
  else if (g_error_matches (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_WRONG))
    wrong = self->password_row;
  else if (g_error_matches (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_ONE_TIME) ||
           g_error_matches (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_NEW_PASSWORD))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->new_group), TRUE);
      wrong = self->new_row;
    }

  show_refusal (self, wrong, error->message);
}

void
forlop_sign_in_form_set_waiting (ForlopSignInForm *self,
                                 gboolean          is_waiting)
{
  g_return_if_fail (FORLOP_IS_SIGN_IN_FORM (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->rows_group), !is_waiting);
  gtk_widget_set_sensitive (GTK_WIDGET (self->new_group), !is_waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_label),
                          is_waiting && forlop_sign_in_form_is_by_browser (self));
  if (is_waiting)
    show_refusal (self, NULL, NULL);
}

void
forlop_sign_in_form_forget (ForlopSignInForm *self)
{
  g_return_if_fail (FORLOP_IS_SIGN_IN_FORM (self));

  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->new_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->again_row), "");
}
