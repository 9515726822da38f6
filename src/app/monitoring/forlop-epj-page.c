/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-epj-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-empty-state.h"
#include "forlop-epj-copy.h"
#include "forlop-epj-store.h"
#include "forlop-format.h"
#include "forlop-record-type.h"

/* One entry as a line; immutable. */
#define FORLOP_TYPE_EPJ_LINE (forlop_epj_line_get_type ())
G_DECLARE_FINAL_TYPE (ForlopEpjLine, forlop_epj_line, FORLOP, EPJ_LINE, GObject)

struct _ForlopEpjLine
{
  GObject parent_instance;

  ForlopSession *session; /* the file it is in */
  char *citizen_id;
  char *type;
  char *id;
  char *who;
  char *what;
};

G_DEFINE_FINAL_TYPE (ForlopEpjLine, forlop_epj_line, G_TYPE_OBJECT)

struct _ForlopEpjPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListView *list_view;
  GListStore *lines;

  /* Owned */
  GPtrArray *places; /* of ForlopBoardPlace, not yet shown; NULL when they are */
  gint64 now;
};

G_DEFINE_FINAL_TYPE (ForlopEpjPage, forlop_epj_page, ADW_TYPE_BIN)

static void
forlop_epj_line_finalize (GObject *object)
{
  ForlopEpjLine *self = FORLOP_EPJ_LINE (object);

  g_clear_object (&self->session);
  g_free (self->citizen_id);
  g_free (self->type);
  g_free (self->id);
  g_free (self->who);
  g_free (self->what);

  G_OBJECT_CLASS (forlop_epj_line_parent_class)->finalize (object);
}

static void
forlop_epj_line_class_init (ForlopEpjLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_epj_line_finalize;
}

static void
forlop_epj_line_init (ForlopEpjLine *self G_GNUC_UNUSED)
{
}

static ForlopEpjLine *
new_line (const ForlopBoardPlace *place,
          const ForlopEpjEntry   *entry,
          gint64                  now)
{
  ForlopEpjLine *line = g_object_new (FORLOP_TYPE_EPJ_LINE, NULL);
  const ForlopRecordType *type = forlop_record_type_find (entry->type);
  g_autofree char *when = forlop_instant_format_relative (entry->at, now);

  line->session = g_object_ref (place->session);
  line->citizen_id = g_strdup (entry->citizen_id);
  line->type = g_strdup (entry->type);
  line->id = g_strdup (entry->id);
  line->who = g_strjoin (" · ", entry->name != NULL ? entry->name : "", place->name, NULL);
  line->what = g_strjoin (" · ", type != NULL ? _(type->label) : entry->type, when,
                          entry->written_by, NULL);

  return line;
}

static void
forlop_epj_page_copy (ForlopEpjPage *self,
                      ForlopEpjLine *line)
{
  forlop_epj_copy (GTK_WIDGET (self), line->session, line->citizen_id, line->type, line->id);
}

static void
activate_cb (ForlopEpjPage *self,
             unsigned int   position)
{
  g_autoptr(ForlopEpjLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);

  if (line != NULL)
    forlop_epj_page_copy (self, line);
}

static gboolean
key_pressed_cb (ForlopEpjPage   *self,
                unsigned int     key,
                unsigned int     code G_GNUC_UNUSED,
                GdkModifierType  modifiers)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
  ForlopEpjLine *line = gtk_single_selection_get_selected_item (selection);

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || line == NULL ||
      (key != GDK_KEY_e && key != GDK_KEY_E))
    return GDK_EVENT_PROPAGATE;

  forlop_epj_page_copy (self, line);

  return GDK_EVENT_STOP;
}

static void
copy_clicked_cb (GtkButton   *button,
                 GtkListItem *list_item)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), FORLOP_TYPE_EPJ_PAGE);
  ForlopEpjLine *line = gtk_list_item_get_item (list_item);

  if (page != NULL && line != NULL)
    forlop_epj_page_copy (FORLOP_EPJ_PAGE (page), line);
}

static void
setup_cb (ForlopEpjPage *self G_GNUC_UNUSED,
          GtkListItem   *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *who = gtk_label_new (NULL);
  GtkWidget *what = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Copy"));

  gtk_label_set_xalign (GTK_LABEL (who), 0);
  gtk_label_set_ellipsize (GTK_LABEL (who), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (who, "who");
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_ellipsize (GTK_LABEL (what), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (what, "numeric");
  gtk_box_append (GTK_BOX (words), who);
  gtk_box_append (GTK_BOX (words), what);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Copy for the EPJ and mark as carried over (E)"));
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), button);
  gtk_widget_add_css_class (row, "forlop-epj-line");
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_clicked_cb), list_item,
                           G_CONNECT_DEFAULT);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (ForlopEpjPage *self G_GNUC_UNUSED,
         GtkListItem   *list_item)
{
  ForlopEpjLine *line = gtk_list_item_get_item (list_item);
  GtkWidget *words = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *who = gtk_widget_get_first_child (words);
  g_autofree char *sentence = g_strdup_printf ("%s, %s", line->who, line->what);

  gtk_label_set_label (GTK_LABEL (who), line->who);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (who)), line->what);
  gtk_list_item_set_accessible_label (list_item, sentence);
}

static void
forlop_epj_page_fill (ForlopEpjPage *self)
{
  g_autoptr(GPtrArray) places = g_steal_pointer (&self->places);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  if (places == NULL)
    return;

  for (unsigned int i = 0; i < places->len; i++)
    {
      const ForlopBoardPlace *place = g_ptr_array_index (places, i);

      for (unsigned int k = 0; place->epj != NULL && k < place->epj->len; k++)
        g_ptr_array_add (lines, new_line (place, g_ptr_array_index (place->epj, k), self->now));
    }
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                       lines->pdata, lines->len);
  gtk_stack_set_visible_child_name (self->stack, lines->len > 0 ? "list" : "empty");
}

static void
forlop_epj_page_map (GtkWidget *widget)
{
  forlop_epj_page_fill (FORLOP_EPJ_PAGE (widget));

  GTK_WIDGET_CLASS (forlop_epj_page_parent_class)->map (widget);
}

static void
forlop_epj_page_dispose (GObject *object)
{
  ForlopEpjPage *self = FORLOP_EPJ_PAGE (object);

  g_clear_pointer (&self->places, g_ptr_array_unref);

  G_OBJECT_CLASS (forlop_epj_page_parent_class)->dispose (object);
}

static void
forlop_epj_page_class_init (ForlopEpjPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_epj_page_dispose;
  widget_class->map = forlop_epj_page_map;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  g_type_ensure (FORLOP_TYPE_EPJ_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/monitoring/forlop-epj-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopEpjPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopEpjPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, ForlopEpjPage, lines);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
}

static void
forlop_epj_page_init (ForlopEpjPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The lines are made when somebody looks at them. */
void
forlop_epj_page_set_places (ForlopEpjPage *self,
                            GPtrArray     *places,
                            gint64         now)
{
  g_return_if_fail (FORLOP_IS_EPJ_PAGE (self));
  g_return_if_fail (places != NULL);

  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = g_ptr_array_ref (places);
  self->now = now;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    forlop_epj_page_fill (self);
}
