/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-form.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct _ForlopForm
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkWidget *error_label;
  AdwPreferencesGroup *group;

  /* Owned */
  ForlopClock *clock;
  GPtrArray *rows;
  GHashTable *loaded;

  gboolean changed;
};

enum {
  SIGNAL_SAVE,
  SIGNAL_DRAFT_CHANGED,
  SIGNAL_REVEALED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopForm, forlop_form, ADW_TYPE_BIN)

static void
forlop_form_row_changed_cb (ForlopForm *self)
{
  self->changed = TRUE;
  g_signal_emit (self, signals[SIGNAL_DRAFT_CHANGED], 0);
}

/* The identity number proposes; what somebody wrote stands. */
static void
forlop_form_birth_date_cb (ForlopForm *self,
                           ForlopDate  date)
{
  ForlopFieldRow *row = forlop_form_get_row (self, "birth_date");
  g_autofree char *typed = NULL;
  g_autofree char *wire = NULL;

  if (row == NULL)
    return;

  typed = forlop_field_row_dup_typed (row);
  if (typed != NULL)
    return;

  wire = forlop_date_to_iso (date);
  forlop_field_row_set_wire (row, wire);
}

static void
forlop_form_revealed_cb (ForlopForm *self)
{
  g_signal_emit (self, signals[SIGNAL_REVEALED], 0);
}

static void
forlop_form_save_action (GtkWidget  *widget,
                         const char *action_name G_GNUC_UNUSED,
                         GVariant   *parameter G_GNUC_UNUSED)
{
  forlop_form_save (FORLOP_FORM (widget));
}

static gboolean
forlop_form_grab_focus (GtkWidget *widget)
{
  ForlopForm *self = FORLOP_FORM (widget);

  if (self->rows->len == 0)
    return FALSE;

  return gtk_widget_grab_focus (g_ptr_array_index (self->rows, 0));
}

static void
forlop_form_finalize (GObject *object)
{
  ForlopForm *self = FORLOP_FORM (object);

  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->loaded, g_hash_table_unref);

  G_OBJECT_CLASS (forlop_form_parent_class)->finalize (object);
}

static void
forlop_form_class_init (ForlopFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_form_finalize;
  widget_class->grab_focus = forlop_form_grab_focus;

  /**
   * ForlopForm::save:
   *
   * The user asks for saving.
   */
  signals[SIGNAL_SAVE] =
    g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /**
   * ForlopForm::draft-changed:
   *
   * The user wrote something that should not be lost.
   */
  signals[SIGNAL_DRAFT_CHANGED] =
    g_signal_new ("draft-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
  /**
   * ForlopForm::revealed:
   *
   * A hidden identity number is shown, which is to be logged.
   */
  signals[SIGNAL_REVEALED] =
    g_signal_new ("revealed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "form.save", NULL, forlop_form_save_action);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
}

/* Before the fields: a text of several lines takes Return for itself, with any modifier. */
static void
forlop_form_add_shortcut (ForlopForm *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                      gtk_named_action_new ("form.save")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
forlop_form_init (ForlopForm *self)
{
  self->rows = g_ptr_array_new ();
  self->loaded = g_hash_table_new (g_str_hash, g_str_equal);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->error_label = g_object_new (GTK_TYPE_LABEL,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                    "visible", FALSE,
                                    "wrap", TRUE,
                                    "xalign", 0.0f,
                                    NULL);
  gtk_widget_add_css_class (self->error_label, "error");
  gtk_box_append (self->box, self->error_label);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  forlop_form_add_shortcut (self);
}

GtkWidget *
forlop_form_new (ForlopClock *clock)
{
  ForlopForm *self = g_object_new (FORLOP_TYPE_FORM, NULL);

  self->clock = clock != NULL ? forlop_clock_ref (clock) : forlop_clock_new_system ();

  return GTK_WIDGET (self);
}

static void
forlop_form_begin_group (ForlopForm *self,
                         const char *title)
{
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  if (title != NULL)
    adw_preferences_group_set_title (self->group, title);
  gtk_box_append (self->box, GTK_WIDGET (self->group));
}

void
forlop_form_add_group (ForlopForm             *self,
                       const char             *title,
                       const ForlopRecordType *table,
                       const char *const      *names)
{
  g_return_if_fail (FORLOP_IS_FORM (self));
  g_return_if_fail (table != NULL);
  g_return_if_fail (names != NULL);

  forlop_form_begin_group (self, title);
  for (unsigned int i = 0; names[i] != NULL; i++)
    {
      const ForlopField *field = forlop_record_type_field (table, names[i]);

      g_return_if_fail (field != NULL);
      forlop_form_add_field (self, field);
    }
}

void
forlop_form_add_all (ForlopForm             *self,
                     const char             *title,
                     const ForlopRecordType *table,
                     const char *const      *skip)
{
  g_return_if_fail (FORLOP_IS_FORM (self));
  g_return_if_fail (table != NULL);

  forlop_form_begin_group (self, title);
  for (unsigned int i = 0; table->fields[i].name != NULL; i++)
    if (skip == NULL || !g_strv_contains (skip, table->fields[i].name))
      forlop_form_add_field (self, &table->fields[i]);
}

ForlopFieldRow *
forlop_form_add_field (ForlopForm        *self,
                       const ForlopField *field)
{
  GtkWidget *row;

  g_return_val_if_fail (FORLOP_IS_FORM (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (self->group == NULL)
    forlop_form_begin_group (self, NULL);

  row = forlop_field_row_new (field, self->clock);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (forlop_form_row_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "birth-date-proposed", G_CALLBACK (forlop_form_birth_date_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "revealed", G_CALLBACK (forlop_form_revealed_cb), self,
                           G_CONNECT_SWAPPED);

  return FORLOP_FIELD_ROW (row);
}

ForlopFieldRow *
forlop_form_get_row (ForlopForm *self,
                     const char *name)
{
  g_return_val_if_fail (FORLOP_IS_FORM (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      ForlopFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (forlop_field_row_get_field (row)->name, name))
        return row;
    }

  return NULL;
}

static char *
record_to_wire (ForlopRecord      *record,
                const ForlopField *field)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!forlop_record_has (record, field->name))
    return NULL;

  switch ((int) field->kind)
    {
    case FORLOP_KIND_BOOLEAN:
      return g_strdup (forlop_record_get_boolean (record, field->name) ? "true" : "false");
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_MINUTE:
      return g_strdup_printf ("%" G_GINT64_FORMAT,
                              forlop_record_get_integer (record, field->name));
    case FORLOP_KIND_REAL:
      return g_strdup (g_ascii_dtostr (buffer, sizeof buffer,
                                       forlop_record_get_real (record, field->name)));
    case FORLOP_KIND_INSTANT:
      return forlop_instant_to_iso (forlop_record_get_instant (record, field->name));
    default:
      return g_strdup (forlop_record_get_text (record, field->name));
    }
}

static char *
json_to_wire (yyjson_val *value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (yyjson_is_str (value))
    return g_strdup (yyjson_get_str (value));
  if (yyjson_is_bool (value))
    return g_strdup (yyjson_get_bool (value) ? "true" : "false");
  if (yyjson_is_int (value))
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) yyjson_get_sint (value));
  if (yyjson_is_real (value))
    return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, yyjson_get_real (value)));

  return NULL;
}

static void
forlop_form_load_row (ForlopForm     *self,
                      ForlopFieldRow *row,
                      const char     *wire)
{
  forlop_field_row_set_wire (row, wire);
  if (wire != NULL)
    g_hash_table_add (self->loaded, (gpointer) forlop_field_row_get_field (row)->name);
}

void
forlop_form_load_record (ForlopForm   *self,
                         ForlopRecord *record)
{
  g_return_if_fail (FORLOP_IS_FORM (self));
  g_return_if_fail (FORLOP_IS_RECORD (record));

  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      ForlopFieldRow *row = g_ptr_array_index (self->rows, i);
      const ForlopField *field = forlop_field_row_get_field (row);
      g_autofree char *wire = NULL;

      if (forlop_record_type_field (forlop_record_get_rtype (record), field->name) != field)
        continue;
      wire = record_to_wire (record, field);
      forlop_form_load_row (self, row, wire);
    }
  self->changed = FALSE;
}

void
forlop_form_load_json (ForlopForm *self,
                       yyjson_val *object)
{
  g_return_if_fail (FORLOP_IS_FORM (self));
  g_return_if_fail (yyjson_is_obj (object));

  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      ForlopFieldRow *row = g_ptr_array_index (self->rows, i);
      yyjson_val *value = yyjson_obj_get (object, forlop_field_row_get_field (row)->name);
      g_autofree char *wire = NULL;

      if (value == NULL)
        continue;
      wire = json_to_wire (value);
      forlop_form_load_row (self, row, wire);
    }
  self->changed = FALSE;
}

gboolean
forlop_form_validate (ForlopForm  *self,
                      GError     **error)
{
  ForlopFieldRow *first = NULL;

  g_return_val_if_fail (FORLOP_IS_FORM (self), FALSE);

  forlop_form_set_error (self, NULL, NULL);
  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      ForlopFieldRow *row = g_ptr_array_index (self->rows, i);

      if (!forlop_field_row_validate (row, first == NULL ? error : NULL) && first == NULL)
        first = row;
    }

  if (first == NULL)
    return TRUE;

  gtk_widget_grab_focus (GTK_WIDGET (first));

  return FALSE;
}

static yyjson_mut_val *
wire_to_json (yyjson_mut_doc    *doc,
              const ForlopField *field,
              const char        *wire)
{
  switch ((int) field->kind)
    {
    case FORLOP_KIND_BOOLEAN:
      return yyjson_mut_bool (doc, g_str_equal (wire, "true"));
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_MINUTE:
      return yyjson_mut_sint (doc, g_ascii_strtoll (wire, NULL, 10));
    case FORLOP_KIND_REAL:
      return yyjson_mut_real (doc, g_ascii_strtod (wire, NULL));
    default:
      return yyjson_mut_strcpy (doc, wire);
    }
}

yyjson_mut_doc *
forlop_form_collect (ForlopForm  *self,
                     GError     **error)
{
  yyjson_mut_doc *doc;
  yyjson_mut_val *object;

  g_return_val_if_fail (FORLOP_IS_FORM (self), NULL);

  if (!forlop_form_validate (self, error))
    return NULL;

  doc = yyjson_mut_doc_new (NULL);
  object = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, object);
  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      ForlopFieldRow *row = g_ptr_array_index (self->rows, i);
      const ForlopField *field = forlop_field_row_get_field (row);
      g_autofree char *wire = forlop_field_row_dup_wire (row, NULL);

      if (wire != NULL)
        yyjson_mut_obj_add_val (doc, object, field->name, wire_to_json (doc, field, wire));
      else if (g_hash_table_contains (self->loaded, field->name))
        yyjson_mut_obj_add_null (doc, object, field->name);
    }

  return doc;
}

void
forlop_form_set_error (ForlopForm *self,
                       const char *name,
                       const char *sentence)
{
  ForlopFieldRow *row;

  g_return_if_fail (FORLOP_IS_FORM (self));

  row = name != NULL ? forlop_form_get_row (self, name) : NULL;
  if (row != NULL)
    {
      forlop_field_row_set_error (row, sentence);
      if (sentence != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (row));
      return;
    }

  gtk_label_set_label (GTK_LABEL (self->error_label), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->error_label, sentence != NULL);
}

gboolean
forlop_form_get_changed (ForlopForm *self)
{
  g_return_val_if_fail (FORLOP_IS_FORM (self), FALSE);

  return self->changed;
}

char *
forlop_form_dup_draft (ForlopForm *self)
{
  yyjson_mut_doc *doc;
  yyjson_mut_val *object;
  char *raw;
  char *draft;

  g_return_val_if_fail (FORLOP_IS_FORM (self), NULL);

  doc = yyjson_mut_doc_new (NULL);
  object = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, object);
  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      ForlopFieldRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *typed = forlop_field_row_dup_typed (row);

      if (typed != NULL)
        yyjson_mut_obj_add_strcpy (doc, object, forlop_field_row_get_field (row)->name, typed);
    }

  raw = yyjson_mut_write (doc, 0, NULL);
  draft = g_strdup (raw);
  free (raw);
  yyjson_mut_doc_free (doc);

  return draft;
}

/**
 * forlop_form_load_draft:
 * @draft: What forlop_form_dup_draft() gave.
 *
 * Returns: FALSE when the text is not a draft; then nothing is changed.
 */
gboolean
forlop_form_load_draft (ForlopForm *self,
                        const char *draft)
{
  yyjson_doc *doc;
  yyjson_val *object;

  g_return_val_if_fail (FORLOP_IS_FORM (self), FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);

  doc = yyjson_read (draft, strlen (draft), 0);
  object = yyjson_doc_get_root (doc);
  if (!yyjson_is_obj (object))
    {
      yyjson_doc_free (doc);
      return FALSE;
    }

  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      ForlopFieldRow *row = g_ptr_array_index (self->rows, i);
      yyjson_val *value = yyjson_obj_get (object, forlop_field_row_get_field (row)->name);

      forlop_field_row_set_typed (row, yyjson_get_str (value));
    }
  self->changed = TRUE;
  yyjson_doc_free (doc);

  return TRUE;
}

/**
 * forlop_form_save:
 *
 * Emits ForlopForm::save, as Ctrl+Return does.
 */
void
forlop_form_save (ForlopForm *self)
{
  g_return_if_fail (FORLOP_IS_FORM (self));

  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
}
