/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-equipment-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-empty-state.h"
#include "forlop-format.h"
#include "forlop-item-act.h"
#include "forlop-item-columns.h"
#include "forlop-item-scan-lookup.h"
#include "forlop-item-scan.h"
#include "forlop-load.h"
#include "forlop-row-list.h"
#include "forlop-scan-entry.h"
#include "forlop-waiting-tag.h"
#include "forlop-window.h"

/* Milliseconds after the last key before the list is filtered by what is written: a scanner is
 * quicker. */
#define FILTER_DELAY 300

struct _ForlopEquipmentView
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkStack *stack;
  ForlopEmptyState *empty;
  ForlopScanEntry *scan;
  GtkLabel *said;
  GtkButton *receive_button;
  ForlopItemColumns *columns;
  ForlopRowList *list;
  GtkMenuButton *menu;

  /* Owned */
  ForlopPagedList *items;
  char *text;
  ForlopItemScan *unknown;
  unsigned int filter_source;
};

G_DEFINE_FINAL_TYPE (ForlopEquipmentView, forlop_equipment_view, FORLOP_TYPE_VIEW)

/* What is said when an act that was asked for by a scan is done. */
typedef struct {
  GWeakRef view;
  char *name;
  const char *act;
} Scanned;

static const ForlopRowColumn columns[] = {
  { N_("Item"), 22, 0 },
  { N_("Asset tag"), 9, 0 },
  { N_("Where"), 18, 0 },
  { N_("Due"), 14, 0 },
  { N_("Since"), 14, 0 },
  { NULL },
};

static ForlopSession *
get_session (ForlopEquipmentView *self)
{
  return forlop_view_get_session (FORLOP_VIEW (self));
}

static ForlopStore *
get_store (ForlopEquipmentView *self)
{
  ForlopSession *session = get_session (self);

  return session != NULL ? forlop_session_get_store (session) : NULL;
}

/* The administrator looks after the register and has no citizens. */
static gboolean
may_see_holder (ForlopEquipmentView *self)
{
  ForlopIdentity *actor = forlop_session_get_actor (get_session (self));

  return actor != NULL && g_strcmp0 (forlop_identity_get_role (actor), "administrator") != 0;
}

static char *
item_name (const ForlopItemFields *item)
{
  return g_strdup_printf ("%s, %s", item->product_name, item->serial_number);
}

static char *
row_text (gconstpointer data,
          unsigned int  column,
          gpointer      user_data)
{
  const ForlopItemFields *item = data;
  ForlopSession *session = get_session (user_data);

  switch (column)
    {
    case 0:
      return item_name (item);
    case 1:
      return g_strdup (item->asset_tag);
    case 2:
      return g_strdup (item->holder_name != NULL ? item->holder_name : item->location_name);
    case 3:
      if (item->n_faults > 0)
        return g_strdup (_("■ Fault reported"));
      if (item->waits)
        return g_strdup (forlop_waiting_words ());
      if (item->next_calibration_on == FORLOP_DATE_NONE)
        return NULL;
      else
        {
          g_autofree char *date = forlop_date_format (item->next_calibration_on);

          if (item->next_calibration_on < forlop_session_today (session))
            return g_strdup_printf (_("▲ Check overdue, %s"), date);
          return g_strdup_printf (_("Check %s"), date);
        }
    default:
      return item->since != FORLOP_INSTANT_NONE
               ? forlop_instant_format_relative (item->since, forlop_session_now (session)) : NULL;
    }
}

static void
say (ForlopEquipmentView *self,
     const char          *text)
{
  gtk_label_set_label (self->said, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->said), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* The keyboard is taken from nobody who works elsewhere, as in the sidebar. */
static void
take_keyboard (ForlopEquipmentView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->scan));
}

static void
show_items (ForlopEquipmentView *self)
{
  ForlopStore *store = get_store (self);
  ForlopItemQuery *query;

  if (store == NULL)
    return;

  /* What is looked for may be in any state. */
  query = forlop_item_query_new (self->text != NULL
                                   ? NULL
                                   : forlop_item_state_code (forlop_item_columns_get_state (self->columns)),
                                 NULL, self->text, may_see_holder (self));
  if (self->items != NULL)
    {
      forlop_paged_list_take_query (self->items, query);
      return;
    }
  self->items = forlop_paged_list_new (store, &forlop_item_list_source, query);
  forlop_row_list_set_model (self->list, G_LIST_MODEL (self->items));
}

static gpointer
load_counts_on_worker (ForlopConnection  *connection,
                       gpointer           user_data G_GNUC_UNUSED,
                       GCancellable      *cancellable G_GNUC_UNUSED,
                       GError           **error)
{
  return forlop_item_list_counts (connection, NULL, NULL, error);
}

static void
counts_loaded_cb (GtkWidget *widget,
                  gpointer   result)
{
  ForlopEquipmentView *self = FORLOP_EQUIPMENT_VIEW (widget);
  g_autoptr (GHashTable) counts = result;

  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (counts == NULL)
    return;

  forlop_item_columns_set_counts (self->columns, counts);
  gtk_stack_set_visible_child_name (self->stack, g_hash_table_size (counts) > 0 ? "items" : "empty");
}

static void
forlop_equipment_view_refresh (ForlopView *view)
{
  ForlopEquipmentView *self = FORLOP_EQUIPMENT_VIEW (view);
  ForlopStore *store = get_store (self);
  gboolean may_receive = forlop_item_act_allowed (get_session (self), "receive-item");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "equipment.receive", may_receive);
  forlop_empty_state_set_act (self->empty,
                              may_receive ? _("_Receive item") : _("_Read how it works"),
                              may_receive ? "equipment.receive" : "win.help");
  gtk_widget_set_visible (GTK_WIDGET (self->menu),
                          forlop_item_act_allowed (get_session (self), "save-product"));
  if (store == NULL)
    return;

  forlop_load (GTK_WIDGET (self), store, load_counts_on_worker, NULL, NULL,
               (GDestroyNotify) g_hash_table_unref, counts_loaded_cb);
  show_items (self);
}

static void
state_cb (ForlopEquipmentView *self)
{
  show_items (self);
  take_keyboard (self);
}

static gboolean
filter_cb (gpointer user_data)
{
  ForlopEquipmentView *self = user_data;
  g_autofree char *text = forlop_scan_entry_dup_code (self->scan);

  self->filter_source = 0;
  if (g_set_str (&self->text, text[0] != '\0' ? text : NULL))
    show_items (self);

  return G_SOURCE_REMOVE;
}

static void
scan_changed_cb (ForlopEquipmentView *self)
{
  g_clear_handle_id (&self->filter_source, g_source_remove);
  self->filter_source = g_timeout_add (FILTER_DELAY, filter_cb, self);
}

static void
end_scan (ForlopEquipmentView *self)
{
  forlop_scan_entry_clear (self->scan);
  g_clear_handle_id (&self->filter_source, g_source_remove);
  if (g_set_str (&self->text, NULL))
    show_items (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->scan));
}

static void
scanned_free (gpointer data)
{
  Scanned *scanned = data;

  g_weak_ref_clear (&scanned->view);
  g_free (scanned->name);
  g_free (scanned);
}

static void
scanned_done_cb (const GError *error,
                 gpointer      user_data)
{
  Scanned *scanned = user_data;
  g_autoptr (ForlopEquipmentView) self = g_weak_ref_get (&scanned->view);
  g_autofree char *sentence = NULL;

  if (self == NULL)
    return;

  sentence = g_strdup_printf ("%s: %s", scanned->name,
                              error != NULL ? error->message : _(forlop_act_find (scanned->act)->done));
  say (self, sentence);
}

/* The obvious thing for the column one stands in; where there is none, the item is shown. */
static void
do_scan (ForlopEquipmentView    *self,
         const ForlopItemFields *item)
{
  g_autofree char *name = item_name (item);
  g_autofree char *sentence = NULL;
  ForlopItemState state;
  const char *act;
  Scanned *scanned;

  if (!forlop_item_state_from_code (item->state, &state))
    return;

  act = forlop_item_scan_act (state, forlop_item_columns_get_state (self->columns));
  if (act == NULL || !forlop_item_act_allowed (get_session (self), act))
    {
      sentence = g_strdup_printf (_("%s is in the state “%s”. Nothing was changed."), name,
                                  _(forlop_item_state_label (state)));
      say (self, sentence);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "item", item->id);
      return;
    }

  scanned = g_new0 (Scanned, 1);
  g_weak_ref_init (&scanned->view, self);
  scanned->name = g_strdup (name);
  scanned->act = act;
  say (self, name);
  forlop_item_act_do (GTK_WIDGET (self), get_session (self), act, item, scanned_done_cb, scanned,
                      scanned_free);
}

static void
scan_loaded_cb (GtkWidget *widget,
                gpointer   result)
{
  ForlopEquipmentView *self = FORLOP_EQUIPMENT_VIEW (widget);
  g_autoptr (ForlopItemScan) scan = result;
  g_autofree char *sentence = NULL;

  if (scan == NULL)
    return;

  g_clear_pointer (&self->unknown, forlop_item_scan_free);
  gtk_widget_set_visible (GTK_WIDGET (self->receive_button), FALSE);
  if (scan->found->len == 1)
    {
      do_scan (self, g_ptr_array_index (scan->found, 0));
      return;
    }
  if (scan->found->len > 1)
    {
      sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u item has this number. Choose it.",
                                               "%u items have this number. Choose one.",
                                               scan->found->len), scan->found->len);
      g_set_str (&self->text, scan->serial);
      show_items (self);
    }
  else
    {
      sentence = scan->product_name != NULL
                   ? g_strdup_printf (_("%s with serial number “%s” is not in the register."),
                                      scan->product_name, scan->serial)
                   : g_strdup_printf (_("No item has the number “%s”."), scan->serial);
      self->unknown = g_steal_pointer (&scan);
      gtk_widget_set_visible (GTK_WIDGET (self->receive_button),
                              forlop_item_act_allowed (get_session (self), "receive-item"));
    }
  say (self, sentence);
}

static gpointer
look_up_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  ForlopItemScan **scan = user_data;

  return forlop_item_scan_look_up (*scan, connection, error) ? g_steal_pointer (scan) : NULL;
}

static void
scan_holder_free (gpointer data)
{
  ForlopItemScan **scan = data;

  g_clear_pointer (scan, forlop_item_scan_free);
  g_free (scan);
}

static void
scanned_cb (ForlopEquipmentView *self)
{
  g_autofree char *code = forlop_scan_entry_dup_code (self->scan);
  ForlopItemScan **scan;

  if (code[0] == '\0' || get_store (self) == NULL)
    return;

  scan = g_new0 (ForlopItemScan *, 1);
  *scan = forlop_item_scan_new (code, forlop_session_today (get_session (self)),
                                may_see_holder (self));
  forlop_load (GTK_WIDGET (self), get_store (self), look_up_on_worker, scan, scan_holder_free,
               (GDestroyNotify) forlop_item_scan_free, scan_loaded_cb);
  end_scan (self);
}

static void
receive_cb (GtkWidget  *widget,
            const char *action_name G_GNUC_UNUSED,
            GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopEquipmentView *self = FORLOP_EQUIPMENT_VIEW (widget);
  g_autofree char *known = self->unknown != NULL ? forlop_item_scan_to_json (self->unknown) : NULL;

  forlop_act_dialog_present_known (widget, get_session (self), "receive-item", NULL, NULL, NULL, NULL,
                                   known);
  g_clear_pointer (&self->unknown, forlop_item_scan_free);
  gtk_widget_set_visible (GTK_WIDGET (self->receive_button), FALSE);
}

static void
do_cb (GtkWidget  *widget,
       const char *action_name G_GNUC_UNUSED,
       GVariant   *parameter)
{
  forlop_act_dialog_present (widget, get_session (FORLOP_EQUIPMENT_VIEW (widget)),
                             g_variant_get_string (parameter, NULL), NULL, NULL, NULL, NULL);
}

static void
row_activated_cb (ForlopEquipmentView *self,
                  ForlopPagedRow      *row)
{
  const ForlopItemFields *item = forlop_paged_row_get_fields (row);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "item", item->id);
}

/* Scanners differ; where the settings are not installed the usual key stays. */
static void
read_separator (ForlopEquipmentView *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, "no.forlop.Forlop", TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autofree char *separator = NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, "scanner-separator"))
    return;

  settings = g_settings_new_full (schema, NULL, NULL);
  separator = g_settings_get_string (settings, "scanner-separator");
  forlop_scan_entry_set_separator (self->scan, separator);
}

static void
forlop_equipment_view_map (GtkWidget *widget)
{
  read_separator (FORLOP_EQUIPMENT_VIEW (widget));
  GTK_WIDGET_CLASS (forlop_equipment_view_parent_class)->map (widget);

  take_keyboard (FORLOP_EQUIPMENT_VIEW (widget));
}

static void
forlop_equipment_view_dispose (GObject *object)
{
  ForlopEquipmentView *self = FORLOP_EQUIPMENT_VIEW (object);

  g_clear_handle_id (&self->filter_source, g_source_remove);
  g_clear_object (&self->items);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->unknown, forlop_item_scan_free);

  G_OBJECT_CLASS (forlop_equipment_view_parent_class)->dispose (object);
}

static void
forlop_equipment_view_class_init (ForlopEquipmentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = forlop_equipment_view_dispose;
  widget_class->map = forlop_equipment_view_map;
  FORLOP_VIEW_CLASS (klass)->refresh = forlop_equipment_view_refresh;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  g_type_ensure (FORLOP_TYPE_ITEM_COLUMNS);
  g_type_ensure (FORLOP_TYPE_ROW_LIST);
  g_type_ensure (FORLOP_TYPE_SCAN_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/equipment/forlop-equipment-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopEquipmentView, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopEquipmentView, empty);
  gtk_widget_class_bind_template_child (widget_class, ForlopEquipmentView, scan);
  gtk_widget_class_bind_template_child (widget_class, ForlopEquipmentView, said);
  gtk_widget_class_bind_template_child (widget_class, ForlopEquipmentView, receive_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopEquipmentView, columns);
  gtk_widget_class_bind_template_child (widget_class, ForlopEquipmentView, list);
  gtk_widget_class_bind_template_child (widget_class, ForlopEquipmentView, menu);
  gtk_widget_class_bind_template_callback (widget_class, state_cb);
  gtk_widget_class_bind_template_callback (widget_class, scanned_cb);
  gtk_widget_class_bind_template_callback (widget_class, scan_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "equipment.receive", NULL, receive_cb);
  gtk_widget_class_install_action (widget_class, "equipment.do", "s", do_cb);
}

static void
forlop_equipment_view_init (ForlopEquipmentView *self)
{
  GtkWidget *empty;

  gtk_widget_init_template (GTK_WIDGET (self));

  forlop_row_list_set_columns (self->list, columns, row_text, NULL, self);
  forlop_row_list_set_name (self->list, _("Items"));
  empty = forlop_empty_state_new ("forlop-equipment-symbolic", _("Nothing here"),
                                  _("No item has this state. Scan one, or choose another state."));
  forlop_row_list_set_empty (self->list, empty);
}
