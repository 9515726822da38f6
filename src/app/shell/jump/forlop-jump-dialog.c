/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-jump-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-empty-state.h"
#include "forlop-jump-provider.h"

#define RESULTS_PER_PROVIDER 8

struct _ForlopJumpDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkSearchEntry *search_entry;
  GtkListView *result_list;
  GtkStack *stack;

  /* Owned */
  GListModel *providers;
  GListStore *result_lists;
  GtkSingleSelection *selection;
  GtkEventController *early_keys; /* of the window, until the entry has the keyboard */

  /* Answers to an older question are thrown away. */
  unsigned int question;
};

typedef struct
{
  GWeakRef dialog;
  unsigned int question;
  unsigned int place;
} Answer;

G_DEFINE_FINAL_TYPE (ForlopJumpDialog, forlop_jump_dialog, ADW_TYPE_DIALOG)

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_weak_ref_clear (&answer->dialog);
  g_free (answer);
}

static void
forlop_jump_dialog_update_stack (ForlopJumpDialog *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  gtk_stack_set_visible_child_name (self->stack,
                                    empty && *text != '\0' ? "none" : "results");
}

static DexFuture *
forlop_jump_dialog_answered_cb (DexFuture *completed,
                                gpointer   user_data)
{
  Answer *answer = user_data;
  g_autoptr(ForlopJumpDialog) self = g_weak_ref_get (&answer->dialog);
  const GValue *value;
  gpointer results;

  if (self == NULL || self->result_lists == NULL || self->question != answer->question)
    return NULL;

  value = dex_future_get_value (completed, NULL);
  if (value == NULL)
    return NULL;

  results = g_value_get_object (value);
  g_list_store_splice (self->result_lists, answer->place, 1, &results, 1);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_single_selection_set_selected (self->selection, 0);
  forlop_jump_dialog_update_stack (self);

  return NULL;
}

static void
forlop_jump_dialog_ask (ForlopJumpDialog *self,
                        const char       *text)
{
  unsigned int n_providers = g_list_model_get_n_items (self->providers);

  self->question++;

  for (unsigned int i = 0; i < n_providers; i++)
    {
      g_autoptr(ForlopJumpProvider) provider = g_list_model_get_item (self->providers, i);
      DexFuture *future = forlop_jump_provider_search (provider, text, RESULTS_PER_PROVIDER);
      Answer *answer = g_new0 (Answer, 1);

      g_weak_ref_init (&answer->dialog, self);
      answer->question = self->question;
      answer->place = i;
      future = dex_future_finally (future, forlop_jump_dialog_answered_cb, answer, answer_free);
      dex_future_disown (future);
    }
}

static void
forlop_jump_dialog_search_changed_cb (ForlopJumpDialog *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  forlop_jump_dialog_ask (self, g_strstrip (text));
  forlop_jump_dialog_update_stack (self);
}

static void
forlop_jump_dialog_go (ForlopJumpDialog *self,
                       unsigned int      position)
{
  g_autoptr(ForlopJumpResult) result = NULL;
  GtkWidget *root;

  result = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  if (result == NULL || root == NULL)
    return;

  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action_variant (root,
                                      forlop_jump_result_get_action_name (result),
                                      forlop_jump_result_get_target (result));
}

static void
forlop_jump_dialog_search_activate_cb (ForlopJumpDialog *self)
{
  forlop_jump_dialog_go (self, gtk_single_selection_get_selected (self->selection));
}

static void
forlop_jump_dialog_result_activated_cb (ForlopJumpDialog *self,
                                        unsigned int      position)
{
  forlop_jump_dialog_go (self, position);
}

static void
forlop_jump_dialog_stop_search_cb (ForlopJumpDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* The arrow keys move in the list while the text stays where one types. */
static gboolean
forlop_jump_dialog_key_pressed_cb (ForlopJumpDialog *self,
                                   unsigned int      key)
{
  unsigned int n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  unsigned int selected = gtk_single_selection_get_selected (self->selection);

  if (n_items == 0)
    return GDK_EVENT_PROPAGATE;

  if ((key == GDK_KEY_Down || key == GDK_KEY_KP_Down) && selected + 1 < n_items)
    selected++;
  else if ((key == GDK_KEY_Up || key == GDK_KEY_KP_Up) && selected > 0)
    selected--;
  else
    return GDK_EVENT_PROPAGATE;

  gtk_list_view_scroll_to (self->result_list, selected, GTK_LIST_SCROLL_SELECT, NULL);

  return GDK_EVENT_STOP;
}

/* Whoever types at once after the shortcut is ahead of the window: what is typed goes to the end of the
 * text, wherever the keyboard is. */
static gboolean
forlop_jump_dialog_early_key_cb (ForlopJumpDialog *self,
                                 unsigned int      key,
                                 unsigned int      code G_GNUC_UNUSED,
                                 GdkModifierType   modifiers)
{
  GtkEditable *editable = GTK_EDITABLE (self->search_entry);
  GtkEditable *text = gtk_editable_get_delegate (editable);
  gunichar character = gdk_keyval_to_unicode (key);
  char utf8[7] = { 0 };
  int end;

  if (gtk_widget_has_focus (GTK_WIDGET (text)) || !g_unichar_isprint (character) ||
      (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  g_unichar_to_utf8 (character, utf8);
  end = (int) g_utf8_strlen (gtk_editable_get_text (editable), -1);
  gtk_editable_insert_text (editable, utf8, -1, &end);

  return GDK_EVENT_STOP;
}

/* Taking the keyboard selects what is there; what was typed ahead must not be typed over. */
static void
forlop_jump_dialog_focused_cb (ForlopJumpDialog *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->search_entry));

  if (gtk_widget_has_focus (GTK_WIDGET (text)))
    gtk_editable_set_position (text, -1);
}

static void
forlop_jump_dialog_root (GtkWidget *widget)
{
  ForlopJumpDialog *self = FORLOP_JUMP_DIALOG (widget);

  GTK_WIDGET_CLASS (forlop_jump_dialog_parent_class)->root (widget);

  self->early_keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->early_keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->early_keys, "key-pressed",
                           G_CALLBACK (forlop_jump_dialog_early_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->early_keys);
}

static void
forlop_jump_dialog_unroot (GtkWidget *widget)
{
  ForlopJumpDialog *self = FORLOP_JUMP_DIALOG (widget);

  gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->early_keys);
  self->early_keys = NULL;

  GTK_WIDGET_CLASS (forlop_jump_dialog_parent_class)->unroot (widget);
}

static void
forlop_jump_dialog_announce_cb (ForlopJumpDialog *self)
{
  ForlopJumpResult *result = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *sentence = NULL;

  if (result == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  sentence = g_strdup_printf ("%s, %s", forlop_jump_result_get_title (result),
                              forlop_jump_result_get_subtitle (result));
  gtk_accessible_announce (GTK_ACCESSIBLE (self->search_entry), sentence,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
forlop_jump_dialog_setup_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
                             GtkListItem              *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_item_set_child (list_item, box);
}

static void
forlop_jump_dialog_bind_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
                            GtkListItem              *list_item)
{
  ForlopJumpResult *result = gtk_list_item_get_item (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *title = gtk_widget_get_next_sibling (icon);
  GtkWidget *subtitle = gtk_widget_get_next_sibling (title);
  g_autofree char *name = NULL;

  name = g_strdup_printf ("%s, %s", forlop_jump_result_get_title (result),
                          forlop_jump_result_get_subtitle (result));
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), forlop_jump_result_get_icon_name (result));
  gtk_label_set_label (GTK_LABEL (title), forlop_jump_result_get_title (result));
  gtk_label_set_label (GTK_LABEL (subtitle), forlop_jump_result_get_subtitle (result));
  gtk_list_item_set_accessible_label (list_item, name);
}

static void
forlop_jump_dialog_dispose (GObject *object)
{
  ForlopJumpDialog *self = FORLOP_JUMP_DIALOG (object);

  self->question++;
  g_clear_object (&self->providers);
  g_clear_object (&self->result_lists);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (forlop_jump_dialog_parent_class)->dispose (object);
}

static void
forlop_jump_dialog_class_init (ForlopJumpDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_jump_dialog_dispose;
  widget_class->root = forlop_jump_dialog_root;
  widget_class->unroot = forlop_jump_dialog_unroot;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/jump/forlop-jump-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopJumpDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ForlopJumpDialog, result_list);
  gtk_widget_class_bind_template_child (widget_class, ForlopJumpDialog, stack);
  gtk_widget_class_bind_template_callback_full (
    widget_class, "search_changed_cb", G_CALLBACK (forlop_jump_dialog_search_changed_cb));
  gtk_widget_class_bind_template_callback_full (
    widget_class, "search_activate_cb", G_CALLBACK (forlop_jump_dialog_search_activate_cb));
  gtk_widget_class_bind_template_callback_full (
    widget_class, "stop_search_cb", G_CALLBACK (forlop_jump_dialog_stop_search_cb));
  gtk_widget_class_bind_template_callback_full (
    widget_class, "result_activated_cb", G_CALLBACK (forlop_jump_dialog_result_activated_cb));
}

static void
forlop_jump_dialog_init (ForlopJumpDialog *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkFlattenListModel *flat;

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (forlop_jump_dialog_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (forlop_jump_dialog_bind_cb), NULL);
  gtk_list_view_set_factory (self->result_list, factory);

  self->result_lists = g_list_store_new (G_TYPE_LIST_MODEL);
  flat = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (self->result_lists)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (flat));
  gtk_list_view_set_model (self->result_list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (forlop_jump_dialog_announce_cb), self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed",
                           G_CALLBACK (forlop_jump_dialog_key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->search_entry)),
                           "notify::has-focus", G_CALLBACK (forlop_jump_dialog_focused_cb), self,
                           G_CONNECT_SWAPPED);
}

AdwDialog *
forlop_jump_dialog_new (GListModel *providers)
{
  ForlopJumpDialog *self;
  unsigned int n_providers;

  g_return_val_if_fail (G_IS_LIST_MODEL (providers), NULL);

  self = g_object_new (FORLOP_TYPE_JUMP_DIALOG, NULL);
  self->providers = g_object_ref (providers);
  n_providers = g_list_model_get_n_items (providers);
  for (unsigned int i = 0; i < n_providers; i++)
    {
      g_autoptr(GListStore) empty = g_list_store_new (FORLOP_TYPE_JUMP_RESULT);

      g_list_store_append (self->result_lists, empty);
    }
  forlop_jump_dialog_ask (self, "");

  return ADW_DIALOG (self);
}
