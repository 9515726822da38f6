/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-unknown-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-empty-state.h"
#include "forlop-format.h"
#include "forlop-id-number.h"
#include "forlop-measure.h"
#include "forlop-words-row.h"

#define PLACE_KEY "forlop-place"
#define ID_KEY "forlop-id"

struct _ForlopUnknownPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *list_box;
};

G_DEFINE_FINAL_TYPE (ForlopUnknownPage, forlop_unknown_page, ADW_TYPE_BIN)

/* What was measured, as far as it was understood: a unit that does not belong to it as it was sent. */
static char *
dup_title (ForlopRecord *record)
{
  const char *code = forlop_record_get_text (record, "code");
  const char *unit = forlop_record_get_text (record, "unit");
  ForlopMeasure measure = code != NULL ? forlop_measure_find ("forlop", code) : FORLOP_MEASURE_UNKNOWN;
  ForlopMeasure first = measure == FORLOP_MEASURE_BLOOD_PRESSURE ? FORLOP_MEASURE_SYSTOLIC : measure;
  g_autofree char *value = NULL;
  g_autofree char *second = NULL;

  if (measure == FORLOP_MEASURE_UNKNOWN)
    return g_strdup (forlop_record_get_text (record, forlop_record_has (record, "detail") ? "detail" : "codings"));
  if (!forlop_record_has (record, "value"))
    return g_strdup (forlop_measure_label (measure));
  if (forlop_record_has (record, "value2"))
    second = forlop_measure_format (FORLOP_MEASURE_DIASTOLIC, forlop_record_get_real (record, "value2"));
  value = unit == NULL && second == NULL
            ? forlop_measure_format (first, forlop_record_get_real (record, "value"))
            : forlop_measure_format_number (first, forlop_record_get_real (record, "value"));
  if (second != NULL)
    return g_strdup_printf ("%s %s/%s", forlop_measure_label (measure), value, second);

  return g_strjoin (" ", forlop_measure_label (measure), value, unit, NULL);
}

/* By name, when the citizen is here. An identity number is not shown to whoever passes by. */
static char *
dup_person (const ForlopBoardPlace *place,
            ForlopRecord           *record)
{
  const char *person = forlop_record_get_text (record, "person");
  const char *citizen_id = forlop_record_get_text (record, "citizen_id");
  const char *name = citizen_id != NULL && place->unknown_names != NULL
                       ? g_hash_table_lookup (place->unknown_names, citizen_id) : NULL;
  ForlopIdNumberInfo info;

  if (name != NULL)
    return g_strdup (name);
  if (person == NULL)
    return NULL;
  forlop_id_number_examine (person, &info);

  return info.kind != FORLOP_ID_NUMBER_NONE ? forlop_id_number_mask (person, info.birth_date) : g_strdup (person);
}

static void
add_part (GString    *text,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static char *
dup_subtitle (const ForlopBoardPlace *place,
              ForlopRecord           *record,
              gint64                  now)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const ForlopField *reason = forlop_record_type_field (forlop_record_get_rtype (record), "reason");
  gint64 at = forlop_record_get_instant (record, forlop_record_has (record, "measured_at") ? "measured_at"
                                                                                           : "received_at");
  g_autofree char *when = forlop_instant_format_relative (at, now);
  g_autofree char *person = dup_person (place, record);

  add_part (text, forlop_field_choice_label (reason, forlop_record_get_text (record, "reason")));
  add_part (text, when);
  add_part (text, person);
  add_part (text, forlop_record_get_text (record, "sender"));
  add_part (text, place->name);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
begin_act (GtkWidget  *row,
           const char *act)
{
  const ForlopBoardPlace *place = g_object_get_data (G_OBJECT (row), PLACE_KEY);

  forlop_act_dialog_present (row, place->session, act, "unknown_measurement",
                             g_object_get_data (G_OBJECT (row), ID_KEY), NULL, NULL);
}

static void
place_cb (GtkWidget *row)
{
  begin_act (row, "place-measurement");
}

static void
set_aside_cb (GtkWidget *row)
{
  begin_act (row, "set-aside-measurement");
}

static void
add_button (GtkWidget  *row,
            const char *label,
            GCallback   clicked,
            const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  g_signal_connect_swapped (button, "clicked", clicked, row);
  forlop_words_row_add_button (row, button);
}

static GtkWidget *
new_row (ForlopBoardPlace *place,
         ForlopRecord     *record,
         gint64            now)
{
  g_autofree char *title = dup_title (record);
  g_autofree char *subtitle = dup_subtitle (place, record, now);
  GtkWidget *row = forlop_words_row_new (title != NULL ? title : "", subtitle);

  g_object_set_data_full (G_OBJECT (row), PLACE_KEY, forlop_board_place_ref (place),
                          (GDestroyNotify) forlop_board_place_unref);
  g_object_set_data_full (G_OBJECT (row), ID_KEY, g_strdup (forlop_record_get_id (record)), g_free);
  add_button (row, _("_Set aside…"), G_CALLBACK (set_aside_cb), "flat");
  add_button (row, _("_Place…"), G_CALLBACK (place_cb), NULL);

  return row;
}

static void
row_activated_cb (ForlopUnknownPage *self G_GNUC_UNUSED,
                  GtkListBoxRow     *row)
{
  place_cb (GTK_WIDGET (row));
}

static void
forlop_unknown_page_class_init (ForlopUnknownPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/monitoring/forlop-unknown-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopUnknownPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopUnknownPage, list_box);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
forlop_unknown_page_init (ForlopUnknownPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

unsigned int
forlop_unknown_page_set_places (ForlopUnknownPage *self,
                                GPtrArray         *places,
                                gint64             now)
{
  unsigned int n = 0;

  g_return_val_if_fail (FORLOP_IS_UNKNOWN_PAGE (self), 0);
  g_return_val_if_fail (places != NULL, 0);

  gtk_list_box_remove_all (self->list_box);
  for (unsigned int i = 0; i < places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (places, i);

      for (unsigned int j = 0; place->unknown != NULL && j < place->unknown->len; j++, n++)
        gtk_list_box_append (self->list_box, new_row (place, g_ptr_array_index (place->unknown, j), now));
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");

  return n;
}
