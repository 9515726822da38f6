/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-section-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-place.h"
#include "forlop-severity-shape.h"

struct _ForlopSectionRow
{
  GtkListBoxRow parent_instance;

  /* Borrowed: static */
  const ForlopSectionInfo *info;

  /* Owned references */
  ForlopSession *session;

  /* Borrowed: the template owns it */
  GtkWidget *red_shape;

  unsigned int count;
};

enum {
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_COUNT_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopSectionRow, forlop_section_row, GTK_TYPE_LIST_BOX_ROW)

static void
forlop_section_row_set_count (ForlopSectionRow *self,
                              unsigned int      count,
                              unsigned int      n_red)
{
  g_autofree char *name = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *red = NULL;

  self->count = count;
  waiting = count > 0 ? g_strdup_printf (ngettext ("%s, %u waiting", "%s, %u waiting", count),
                                         _(self->info->title), count)
                      : g_strdup (_(self->info->title));
  if (n_red > 0)
    red = g_strdup_printf (ngettext ("%u red", "%u red", n_red), n_red);
  name = red != NULL ? g_strdup_printf ("%s, %s", waiting, red) : g_strdup (waiting);

  gtk_widget_set_visible (self->red_shape, n_red > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT_TEXT]);
}

/* Of all the municipalities where the section shows them all. */
static void
forlop_section_row_update_count (ForlopSectionRow *self)
{
  g_autoptr(GPtrArray) places = forlop_places_new (self->session, self->info->everywhere);
  g_autofree char *red = g_strconcat (self->info->name, "/red", NULL);
  unsigned int count = 0;
  unsigned int n_red = 0;

  for (unsigned int i = 0; i < places->len; i++)
    {
      const ForlopPlace *place = g_ptr_array_index (places, i);

      count += forlop_session_get_count (place->session, self->info->name);
      n_red += forlop_session_get_count (place->session, red);
    }
  forlop_section_row_set_count (self, count, n_red);
}

/* Whoever has nothing there, in any of the municipalities it is about, does not see it. */
static void
forlop_section_row_show (ForlopSectionRow *self)
{
  g_autoptr (GPtrArray) places = forlop_places_new (self->session, self->info->everywhere);
  gboolean is_offered = FALSE;

  for (unsigned int i = 0; i < places->len && !is_offered; i++)
    is_offered =
      forlop_section_is_offered (self->info, ((const ForlopPlace *) g_ptr_array_index (places, i))->session);
  gtk_widget_set_visible (GTK_WIDGET (self), is_offered);
}

static void
forlop_section_row_follow (ForlopSectionRow *self,
                           ForlopSession    *session)
{
  g_autofree char *signal_name = g_strconcat ("count-changed::", self->info->name, NULL);
  g_autofree char *red = g_strconcat (signal_name, "/red", NULL);

  g_signal_connect_object (session, signal_name, G_CALLBACK (forlop_section_row_update_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, red, G_CALLBACK (forlop_section_row_update_count), self, G_CONNECT_SWAPPED);
}

static void
forlop_section_row_places_changed_cb (ForlopSectionRow *self,
                                      unsigned int      position,
                                      unsigned int      removed G_GNUC_UNUSED,
                                      unsigned int      added,
                                      GListModel       *places)
{
  for (unsigned int i = position; i < position + added; i++)
    {
      g_autoptr(ForlopWorkplace) workplace = g_list_model_get_item (places, i);
      ForlopSession *session = forlop_workplace_get_session (workplace);

      if (session != NULL && session != self->session)
        forlop_section_row_follow (self, session);
    }
  forlop_section_row_update_count (self);
}

static void
forlop_section_row_dispose (GObject *object)
{
  g_clear_object (&FORLOP_SECTION_ROW (object)->session);

  G_OBJECT_CLASS (forlop_section_row_parent_class)->dispose (object);
}

static void
forlop_section_row_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  ForlopSectionRow *self = FORLOP_SECTION_ROW (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->info != NULL ? self->info->icon_name : NULL);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->info != NULL ? _(self->info->title) : NULL);
      break;
    case PROP_COUNT_TEXT:
      g_value_take_string (value, self->count > 0 ? g_strdup_printf ("%u", self->count) : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_section_row_class_init (ForlopSectionRowClass *klass)
{
  static const char *const names[N_PROPS] = {
    [PROP_ICON_NAME] = "icon-name",
    [PROP_TITLE] = "title",
    [PROP_COUNT_TEXT] = "count-text",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = forlop_section_row_dispose;
  object_class->get_property = forlop_section_row_get_property;

  for (unsigned int i = PROP_0 + 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (FORLOP_TYPE_SEVERITY_SHAPE);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/no/forlop/Forlop/shell/forlop-section-row.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), ForlopSectionRow, red_shape);
}

static void
forlop_section_row_init (ForlopSectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  forlop_severity_shape_set_severity (FORLOP_SEVERITY_SHAPE (self->red_shape), FORLOP_SEVERITY_RED);
}

GtkWidget *
forlop_section_row_new (const ForlopSectionInfo *info,
                        ForlopSession           *session)
{
  ForlopSectionRow *self;
  GListModel *places;

  g_return_val_if_fail (info != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);

  self = g_object_new (FORLOP_TYPE_SECTION_ROW, NULL);
  self->info = info;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  self->session = g_object_ref (session);
  forlop_section_row_follow (self, session);
  places = info->everywhere ? forlop_session_get_places (session) : NULL;
  if (places != NULL)
    {
      g_signal_connect_object (places, "items-changed", G_CALLBACK (forlop_section_row_places_changed_cb), self,
                               G_CONNECT_SWAPPED);
      forlop_section_row_places_changed_cb (self, 0, 0, g_list_model_get_n_items (places), places);
    }
  forlop_section_row_update_count (self);
  g_signal_connect_object (session, "notify::actor", G_CALLBACK (forlop_section_row_show), self, G_CONNECT_SWAPPED);
  if (forlop_session_get_sync (session) != NULL)
    g_signal_connect_object (forlop_session_get_sync (session), "changed", G_CALLBACK (forlop_section_row_show), self,
                             G_CONNECT_SWAPPED);
  forlop_section_row_show (self);

  return GTK_WIDGET (self);
}

const char *
forlop_section_row_get_name (ForlopSectionRow *self)
{
  g_return_val_if_fail (FORLOP_IS_SECTION_ROW (self), NULL);

  return self->info->name;
}
