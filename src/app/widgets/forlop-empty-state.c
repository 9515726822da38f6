/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-empty-state.h"

#include <string.h>

#include "forlop-detailed-action.h"

/* Empty is a sentence and one button. */

struct _ForlopEmptyState
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *page;
  GtkButton *button;

  /* Owned */
  char *icon_name;
  char *title;
  char *description;
  char *button_label;
  char *action;
};

enum {
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_BUTTON_LABEL,
  PROP_ACTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopEmptyState, forlop_empty_state, ADW_TYPE_BIN)

static char **
forlop_empty_state_slot (ForlopEmptyState *self,
                         unsigned int      prop_id)
{
  switch (prop_id)
    {
    case PROP_ICON_NAME:
      return &self->icon_name;
    case PROP_TITLE:
      return &self->title;
    case PROP_DESCRIPTION:
      return &self->description;
    case PROP_BUTTON_LABEL:
      return &self->button_label;
    case PROP_ACTION:
      return &self->action;
    default:
      return NULL;
    }
}

/* The page takes markup, and shows nothing at all of what is not right as such: an error may quote anything. Only the
 * first line of an error is for people. */
static void
forlop_empty_state_update_words (ForlopEmptyState *self)
{
  gsize length = self->description != NULL ? strcspn (self->description, "\n") : 0;
  g_autofree char *title = g_markup_escape_text (self->title != NULL ? self->title : "", -1);
  g_autofree char *description = length > 0 ? g_markup_escape_text (self->description, (gssize) length) : NULL;

  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, description);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), length > 0 && self->description[length] != '\0'
                                                    ? self->description + length + 1 : NULL);
}

static void
forlop_empty_state_update_button (ForlopEmptyState *self)
{
  gboolean has_act = self->action != NULL && *self->action != '\0' &&
                     self->button_label != NULL && *self->button_label != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->button), has_act);
  if (has_act)
    forlop_actionable_set_detailed (GTK_ACTIONABLE (self->button), self->action);
}

static void
forlop_empty_state_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  char **slot = forlop_empty_state_slot (FORLOP_EMPTY_STATE (object), prop_id);

  if (slot != NULL)
    g_value_set_string (value, *slot);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_empty_state_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  ForlopEmptyState *self = FORLOP_EMPTY_STATE (object);
  char **slot = forlop_empty_state_slot (self, prop_id);

  if (slot == NULL)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (!g_set_str (slot, g_value_get_string (value)))
    return;

  forlop_empty_state_update_words (self);
  forlop_empty_state_update_button (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
forlop_empty_state_finalize (GObject *object)
{
  ForlopEmptyState *self = FORLOP_EMPTY_STATE (object);

  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->button_label, g_free);
  g_clear_pointer (&self->action, g_free);

  G_OBJECT_CLASS (forlop_empty_state_parent_class)->finalize (object);
}

static void
forlop_empty_state_class_init (ForlopEmptyStateClass *klass)
{
  static const char *const names[N_PROPS] = {
    [PROP_ICON_NAME] = "icon-name",
    [PROP_TITLE] = "title",
    [PROP_DESCRIPTION] = "description",
    [PROP_BUTTON_LABEL] = "button-label",
    [PROP_ACTION] = "action",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_empty_state_get_property;
  object_class->set_property = forlop_empty_state_set_property;
  object_class->finalize = forlop_empty_state_finalize;

  for (unsigned int i = PROP_0 + 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                         G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/widgets/forlop-empty-state.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopEmptyState, page);
  gtk_widget_class_bind_template_child (widget_class, ForlopEmptyState, button);
}

static void
forlop_empty_state_init (ForlopEmptyState *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * forlop_empty_state_new:
 * @icon_name: (nullable): A symbolic icon.
 * @title: What there is nothing of.
 * @description: (nullable): One sentence that says how something comes here.
 *
 * Makes the page a list shows when it is empty.
 */
GtkWidget *
forlop_empty_state_new (const char *icon_name,
                        const char *title,
                        const char *description)
{
  return g_object_new (FORLOP_TYPE_EMPTY_STATE,
                       "icon-name", icon_name,
                       "title", title,
                       "description", description,
                       NULL);
}

void
forlop_empty_state_set_act (ForlopEmptyState *self,
                            const char       *label,
                            const char       *action)
{
  g_return_if_fail (FORLOP_IS_EMPTY_STATE (self));

  g_object_set (self, "button-label", label, "action", action, NULL);
}
