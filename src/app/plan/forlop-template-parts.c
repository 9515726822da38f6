/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-template-parts.h"

#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-field-value.h"
#include "forlop-form.h"
#include "forlop-json.h"
#include "forlop-part-row.h"
#include "forlop-plan-diff.h"

typedef struct {
  const char *type;
  const char *save; /* the acts on a plan that do the same, for their words */
  const char *remove;
  const char *add_label;
  const char *const fields[9];
} Kind;

/* What a schedule asks for by a form stays; a part without a form is of a measure. */
static const Kind kinds[] = {
  { "limit", "set-limit", "remove-limit", N_("_Add limits"),
    { "code", "red_low", "yellow_low", "yellow_high", "red_high" } },
  { "plan_rule", "save-plan-rule", "remove-plan-rule", N_("_Add trend rule"),
    { "code", "kind", "amount", "percent", "either_way", "days", "min_count", "severity" } },
  { "schedule", "save-schedule", "remove-schedule", N_("_Add schedule"),
    { "code", "cadence", "times", "weekdays", "every_days", "grace_minutes" } },
};

struct _ForlopTemplateParts
{
  AdwBin parent_instance;

  GtkListBox *list;

  /* Borrowed */
  ForlopPlanTemplate *template;
  GHashTable *form_titles;
  const Kind *kind;
  ForlopPartRow *open_row; /* NULL: no form is open */
  ForlopForm *form;
  ForlopPlanTemplatePart *edited; /* NULL: a new one */

  /* Owned */
  ForlopSession *session;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopTemplateParts, forlop_template_parts, ADW_TYPE_BIN)

static void forlop_template_parts_fill (ForlopTemplateParts *self);

static void
close_form (ForlopTemplateParts *self)
{
  ForlopPartRow *row = self->open_row;

  self->open_row = NULL;
  self->form = NULL;
  self->edited = NULL;
  if (row != NULL)
    forlop_part_row_set_form (row, NULL);
}

static ForlopPlanTemplatePart *
part_of (ForlopPartRow *row)
{
  return g_object_get_data (G_OBJECT (row), "forlop-part");
}

/* NULL: the line that adds one. */
static ForlopPartRow *
find_row (ForlopTemplateParts          *self,
          const ForlopPlanTemplatePart *part)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (FORLOP_IS_PART_ROW (child) && part_of (FORLOP_PART_ROW (child)) == part)
      return FORLOP_PART_ROW (child);

  return NULL;
}

/* What is typed, over what the part says. NULL when a field is wrong, and then the form says so. */
static ForlopPlanTemplatePart *
collect (ForlopTemplateParts *self)
{
  g_autoptr (yyjson_mut_doc) mutable = forlop_form_collect (self->form, NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (ForlopPlanTemplatePart) part = NULL;
  g_autoptr (GError) error = NULL;
  yyjson_val *key, *value;
  const char *field;
  size_t i, n;

  if (mutable == NULL)
    return NULL;
  doc = yyjson_mut_doc_imut_copy (mutable, NULL);
  part = self->edited != NULL ? forlop_plan_template_part_copy (self->edited)
                              : forlop_plan_template_part_new (self->kind->type);
  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
    if (!forlop_record_set_json (part->record, yyjson_get_str (key), value, &error))
      {
        forlop_form_set_error (self->form, yyjson_get_str (key), error->message);
        return NULL;
      }
  if (!forlop_plan_template_part_check (part, &field, &error))
    {
      forlop_form_set_error (self->form, field, error->message);
      return NULL;
    }

  return g_steal_pointer (&part);
}

gboolean
forlop_template_parts_settle (ForlopTemplateParts *self)
{
  ForlopPlanTemplatePart *part;
  unsigned int index;

  g_return_val_if_fail (FORLOP_IS_TEMPLATE_PARTS (self), FALSE);

  if (self->form == NULL)
    return TRUE;
  part = collect (self);
  if (part == NULL)
    return FALSE;

  if (self->edited != NULL && g_ptr_array_find (self->template->parts, self->edited, &index))
    {
      g_ptr_array_insert (self->template->parts, (int) index, part);
      g_ptr_array_remove_index (self->template->parts, index + 1);
    }
  else
    g_ptr_array_add (self->template->parts, part);
  close_form (self);
  forlop_template_parts_fill (self);
  forlop_part_row_focus (find_row (self, part));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return TRUE;
}

static GtkWidget *
form_new (ForlopTemplateParts          *self,
          const ForlopPlanTemplatePart *part)
{
  const ForlopRecordType *type = forlop_record_type_find (self->kind->type);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));
  GtkWidget *use = gtk_button_new_with_label (_("Use"));
  gboolean of_form = part != NULL && part->form != NULL;

  self->form = FORLOP_FORM (forlop_form_new (forlop_session_get_clock (self->session)));
  forlop_form_add_group (self->form, NULL, type, self->kind->fields + (of_form ? 1 : 0));
  if (part != NULL)
    forlop_form_load_record (self->form, part->record);
  g_signal_connect_object (self->form, "save", G_CALLBACK (forlop_template_parts_settle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (close_form), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (use, "clicked", G_CALLBACK (forlop_template_parts_settle), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (foot, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (foot), cancel);
  gtk_box_append (GTK_BOX (foot), use);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->form));
  gtk_box_append (GTK_BOX (box), foot);

  return box;
}

/* One form is open at a time; the one before is taken over first. */
static void
edit_cb (ForlopPartRow       *row,
         ForlopTemplateParts *self)
{
  ForlopPlanTemplatePart *part = part_of (row);

  if (self->open_row == row)
    {
      close_form (self);
      return;
    }
  if (self->form != NULL && !forlop_template_parts_settle (self))
    return;

  /* Taking over another one made new rows. */
  self->open_row = find_row (self, part);
  self->edited = part;
  forlop_part_row_set_form (self->open_row, form_new (self, part));
  gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
}

static void
remove_cb (ForlopPartRow       *row,
           ForlopTemplateParts *self)
{
  ForlopPlanTemplatePart *part = part_of (row);

  if (self->form != NULL && self->edited != part && !forlop_template_parts_settle (self))
    return;
  if (self->edited == part)
    close_form (self);
  /* Taking over another one made new rows. The keyboard leaves the row before it goes. */
  row = find_row (self, part);
  forlop_part_row_focus (FORLOP_PART_ROW (gtk_widget_get_next_sibling (GTK_WIDGET (row))));
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_remove (self->template->parts, part);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
append_row (ForlopTemplateParts    *self,
            ForlopPlanTemplatePart *part)
{
  GtkWidget *row = forlop_part_row_new ();
  g_autofree char *subject = NULL;
  g_autofree char *words = NULL;

  g_object_set_data (G_OBJECT (row), "forlop-part", part);
  g_signal_connect_object (row, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_DEFAULT);
  if (part == NULL)
    forlop_part_row_set_add (FORLOP_PART_ROW (row), _(self->kind->add_label));
  else
    {
      const char *title = part->form != NULL ? g_hash_table_lookup (self->form_titles, part->form) : NULL;

      subject = part->form != NULL ? g_strdup (title != NULL ? title : part->form)
                                   : forlop_plan_part_subject (part->record, NULL);
      words = forlop_plan_template_part_describe (part);
      forlop_part_row_set_words (FORLOP_PART_ROW (row), subject, words,
                                 forlop_act_title (forlop_act_find (self->kind->save), self->kind->type),
                                 forlop_act_title (forlop_act_find (self->kind->remove), "care_plan"));
    }
  gtk_list_box_append (self->list, row);
}

static void
forlop_template_parts_fill (ForlopTemplateParts *self)
{
  gtk_list_box_remove_all (self->list);
  for (unsigned int i = 0; i < self->template->parts->len; i++)
    {
      ForlopPlanTemplatePart *part = g_ptr_array_index (self->template->parts, i);

      if (forlop_record_is (part->record, self->kind->type))
        append_row (self, part);
    }
  append_row (self, NULL);
}

static void
forlop_template_parts_dispose (GObject *object)
{
  ForlopTemplateParts *self = FORLOP_TEMPLATE_PARTS (object);

  g_clear_object (&self->session);
  self->form = NULL;
  self->open_row = NULL;

  G_OBJECT_CLASS (forlop_template_parts_parent_class)->dispose (object);
}

static void
forlop_template_parts_class_init (ForlopTemplatePartsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_template_parts_dispose;

  /**
   * ForlopTemplateParts::changed:
   *
   * The template has another part, or one less.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
forlop_template_parts_init (ForlopTemplateParts *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

GtkWidget *
forlop_template_parts_new (ForlopSession      *session,
                           ForlopPlanTemplate *template,
                           const char         *type,
                           GHashTable         *form_titles)
{
  ForlopTemplateParts *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (template != NULL && type != NULL && form_titles != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_TEMPLATE_PARTS, NULL);
  self->session = g_object_ref (session);
  self->template = template;
  self->form_titles = form_titles;
  for (unsigned int i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      self->kind = &kinds[i];
  forlop_template_parts_fill (self);

  return GTK_WIDGET (self);
}
