/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-drop-down.h"

#define SENTENCE "forlop-sentence"

static char *
dup_label (GtkDropDown *drop_down,
           gpointer     item)
{
  GtkExpression *expression = gtk_drop_down_get_expression (drop_down);
  g_auto (GValue) value = G_VALUE_INIT;

  if (expression != NULL && gtk_expression_evaluate (expression, item, &value))
    return g_value_dup_string (&value);
  if (GTK_IS_STRING_OBJECT (item))
    return g_strdup (gtk_string_object_get_string (item));

  return NULL;
}

/* The same factory serves the open list and the closed one. */
static void
bind_cb (GtkDropDown *drop_down,
         GtkListItem *list_item)
{
  g_autofree char *label = dup_label (drop_down, gtk_list_item_get_item (list_item));

  if (label != NULL)
    gtk_list_item_set_accessible_label (list_item, label);
}

/* The name is that of the field, so what is chosen stands in the description. */
static void
speak_cb (GtkDropDown *drop_down)
{
  gpointer item = gtk_drop_down_get_selected_item (drop_down);
  const char *sentence = g_object_get_data (G_OBJECT (drop_down), SENTENCE);
  g_autofree char *label = item != NULL ? dup_label (drop_down, item) : NULL;
  g_autofree char *whole = NULL;

  whole = sentence != NULL && label != NULL ? g_strdup_printf ("%s. %s", label, sentence)
                                            : g_strdup (label != NULL ? label : sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  whole != NULL ? whole : "", -1);
}

static gboolean
open_cb (GtkWidget *widget,
         GVariant  *arguments G_GNUC_UNUSED,
         gpointer   user_data G_GNUC_UNUSED)
{
  g_signal_emit_by_name (widget, "activate");

  return GDK_EVENT_STOP;
}

void
forlop_drop_down_speak (GtkDropDown *drop_down)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkListItemFactory *factory;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  factory = gtk_drop_down_get_factory (drop_down);
  g_return_if_fail (GTK_IS_SIGNAL_LIST_ITEM_FACTORY (factory));

  /* GTK names it by what is chosen, whatever label it is given. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), drop_down, G_CONNECT_SWAPPED);
  g_signal_connect (drop_down, "notify::selected-item", G_CALLBACK (speak_cb), NULL);
  speak_cb (drop_down);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, GDK_ALT_MASK),
                      gtk_callback_action_new (open_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (drop_down), keys);
}

static GtkWidget *
find_part (GtkWidget *widget,
           GType      type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_part (child, type);

  return found;
}

/* The first that was found, or what is chosen where nothing was written; FALSE where there is nothing. */
static gboolean
select_found (GtkDropDown  *drop_down,
              const char   *text,
              GtkListView **list)
{
  GtkWidget *part = find_part (GTK_WIDGET (drop_down), GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *found = part != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (part)) : NULL;
  unsigned int position;

  if (!GTK_IS_SINGLE_SELECTION (found) || g_list_model_get_n_items (G_LIST_MODEL (found)) == 0)
    return FALSE;
  position = gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (found));
  if (*text != '\0' || position == GTK_INVALID_LIST_POSITION)
    position = 0;
  *list = GTK_LIST_VIEW (part);
  gtk_list_view_scroll_to (*list, position, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);

  return TRUE;
}

/* Enter takes the first that was found; by itself it would do nothing there. */
static void
search_activate_cb (GtkDropDown *drop_down,
                    GtkEditable *entry)
{
  GtkListView *list;

  if (select_found (drop_down, gtk_editable_get_text (entry), &list))
    g_signal_emit_by_name (list, "activate", gtk_single_selection_get_selected (
                             GTK_SINGLE_SELECTION (gtk_list_view_get_model (list))));
}

/* Enter in the list takes what is selected; by itself Down would give the keyboard to another. */
static gboolean
search_key_cb (GtkDropDown           *drop_down,
               unsigned int           key,
               unsigned int           code G_GNUC_UNUSED,
               GdkModifierType        modifiers,
               GtkEventControllerKey *keys)
{
  GtkEditable *entry = GTK_EDITABLE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys)));
  GtkListView *list;

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      !select_found (drop_down, gtk_editable_get_text (entry), &list))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (GTK_WIDGET (list));

  return GDK_EVENT_STOP;
}

void
forlop_drop_down_search (GtkDropDown *drop_down)
{
  GtkEventController *keys;
  GtkWidget *entry;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  gtk_drop_down_set_enable_search (drop_down, TRUE);
  gtk_drop_down_set_search_match_mode (drop_down, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  entry = find_part (GTK_WIDGET (drop_down), GTK_TYPE_SEARCH_ENTRY);
  if (entry == NULL)
    return;
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (entry), 0);
  g_signal_connect_object (entry, "activate", G_CALLBACK (search_activate_cb), drop_down, G_CONNECT_SWAPPED);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (search_key_cb), drop_down, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, keys);
}

void
forlop_drop_down_describe (GtkDropDown *drop_down,
                           const char  *sentence)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  g_object_set_data_full (G_OBJECT (drop_down), SENTENCE,
                          sentence != NULL && *sentence != '\0' ? g_strdup (sentence) : NULL, g_free);
  speak_cb (drop_down);
}
