/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-field-value.h"
#include "forlop-item-service.h"
#include "forlop-record-label-store.h"
#include "forlop-record-store.h"

static void
item_line_free (gpointer data)
{
  ForlopItemLine *line = data;

  g_free (line->title);
  g_free (line->detail);
  g_free (line->subject_id);
  g_free (line);
}

void
forlop_item_page_free (ForlopItemPage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->item, forlop_item_fields_free);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->service, g_ptr_array_unref);
  g_clear_pointer (&self->life, g_ptr_array_unref);
  g_free (self);
}

static ForlopItemLine *
add_line (GPtrArray *lines,
          char      *title,
          char      *detail)
{
  ForlopItemLine *line = g_new0 (ForlopItemLine, 1);

  line->title = title;
  line->detail = detail;
  g_ptr_array_add (lines, line);

  return line;
}

/* Joins what there is with a point between. */
static char *
join (const char *first,
      const char *second,
      const char *third)
{
  const char *parts[] = { first, second, third };
  GString *text = g_string_new (NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);

  return g_string_free (text, FALSE);
}

/* What a reference is called; NULL where it is empty or gone. */
static char *
dup_label (ForlopConnection *connection,
           ForlopRecord     *record,
           const char       *field)
{
  const ForlopField *declared = forlop_record_type_field (forlop_record_get_rtype (record), field);
  const char *id = forlop_record_get_text (record, field);

  return id != NULL ? forlop_record_label_dup (connection, declared->target, id, NULL) : NULL;
}

static char *
dup_shown (ForlopRecord *record,
           const char   *field)
{
  return forlop_record_has (record, field) ? forlop_record_dup_shown (record, field) : NULL;
}

static void
add_fact (GPtrArray  *lines,
          const char *title,
          char       *value)
{
  if (value != NULL && value[0] != '\0')
    add_line (lines, g_strdup (title), value);
  else
    g_free (value);
}

static void
fill_facts (ForlopItemPage   *page,
            ForlopConnection *connection,
            ForlopRecord     *item)
{
  static const char *const fields[] = {
    "serial_number", "asset_tag", "lot", "ownership", "sim_number", "received_on", "expires_on",
    "price", "note",
  };

  add_fact (page->facts, _("Location"), g_strdup (page->item->location_name));
  add_fact (page->facts, _("Kit"), dup_label (connection, item, "kit_id"));
  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const ForlopField *field =
        forlop_record_type_field (forlop_record_get_rtype (item), fields[i]);

      add_fact (page->facts, _(field->label), dup_shown (item, fields[i]));
    }
}

static void
add_all (GPtrArray *to,
         GPtrArray *from)
{
  for (unsigned int i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_object_ref (g_ptr_array_index (from, i)));
}

static gboolean
fill_service (ForlopItemPage    *page,
              ForlopConnection  *connection,
              ForlopRecord      *item,
              ForlopDate         today,
              GError           **error)
{
  const char *id = forlop_record_get_id (item);
  const char *product_id = forlop_record_get_text (item, "product_id");
  g_autoptr (GPtrArray) records =
    forlop_record_store_list (connection, "service_record", "item_id", id, error);
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) plans = NULL;

  if (records == NULL)
    return FALSE;
  own = forlop_record_store_list (connection, "service_plan", "item_id", id, error);
  all = own != NULL
          ? forlop_record_store_list (connection, "service_plan", "product_id", product_id, error)
          : NULL;
  if (all == NULL)
    return FALSE;
  add_all (all, own);

  plans = forlop_item_service_plans (item, all);
  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      ForlopDate due = forlop_item_service_due (item, plan, records);
      g_autofree char *date = due != FORLOP_DATE_NONE ? forlop_date_format (due) : NULL;
      ForlopItemLine *line =
        add_line (page->due, dup_shown (plan, "kind"),
                  date == NULL ? g_strdup (_("never done"))
                               : g_strdup_printf (due < today ? _("overdue since %s") : _("due %s"),
                                                  date));

      line->urgent = due == FORLOP_DATE_NONE || due < today;
    }

  for (unsigned int i = records->len; i > 0; i--)
    {
      ForlopRecord *record = g_ptr_array_index (records, i - 1);
      g_autofree char *done = dup_shown (record, "done_on");
      g_autofree char *result = dup_shown (record, "result");
      g_autofree char *by = dup_label (connection, record, "done_by");
      g_autofree char *detail = join (done, result, by);

      add_line (page->service, dup_shown (record, "kind"),
                join (detail, forlop_record_get_text (record, "note"), NULL));
    }

  return TRUE;
}

static gboolean
fill_faults (ForlopItemPage    *page,
             ForlopConnection  *connection,
             const char        *item_id,
             GError           **error)
{
  g_autoptr (GPtrArray) faults =
    forlop_record_store_list (connection, "fault", "item_id", item_id, error);

  if (faults == NULL)
    return FALSE;

  for (unsigned int i = faults->len; i > 0; i--)
    {
      ForlopRecord *fault = g_ptr_array_index (faults, i - 1);
      g_autofree char *status = dup_shown (fault, "status");
      g_autofree char *at = dup_shown (fault, "reported_at");
      g_autofree char *ticket = dup_shown (fault, "supplier_ticket");
      ForlopItemLine *line = add_line (page->faults, dup_shown (fault, "description"),
                                       join (status, at, ticket));

      line->subject_type = "fault";
      line->subject_id = g_strdup (forlop_record_get_id (fault));
      if (forlop_record_text_is (fault, "status", "reported"))
        line->act = "send-fault-to-supplier";
      else if (forlop_record_text_is (fault, "status", "at_supplier"))
        line->act = "resolve-fault";
      line->urgent = line->act != NULL;
    }

  return TRUE;
}

static gboolean
fill_life (ForlopItemPage    *page,
           ForlopConnection  *connection,
           const char        *item_id,
           GError           **error)
{
  g_autoptr (GPtrArray) moves =
    forlop_record_store_list (connection, "stock_move", "item_id", item_id, error);

  if (moves == NULL)
    return FALSE;

  for (unsigned int i = moves->len; i > 0; i--)
    {
      ForlopRecord *move = g_ptr_array_index (moves, i - 1);
      g_autofree char *state = dup_shown (move, "to_state");
      g_autofree char *place = dup_label (connection, move, "to_location_id");
      g_autofree char *at = dup_shown (move, "at");
      g_autofree char *by = dup_label (connection, move, "user_id");

      add_line (page->life, join (state, place, NULL),
                join (at, by, forlop_record_get_text (move, "reason")));
    }

  return TRUE;
}

ForlopItemPage *
forlop_item_page_load (ForlopConnection  *connection,
                       const char        *item_id,
                       ForlopDate         today,
                       gboolean           with_holder,
                       GError           **error)
{
  g_autoptr (ForlopItemPage) page = NULL;
  g_autoptr (ForlopRecord) item = NULL;
  GPtrArray **lists[5];

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (item_id != NULL, NULL);

  item = forlop_record_store_load (connection, "item", item_id, error);
  if (item == NULL)
    return NULL;

  page = g_new0 (ForlopItemPage, 1);
  lists[0] = &page->facts;
  lists[1] = &page->due;
  lists[2] = &page->faults;
  lists[3] = &page->service;
  lists[4] = &page->life;
  for (unsigned int i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func (item_line_free);

  page->item = forlop_item_list_load (connection, item_id, with_holder, error);
  if (page->item == NULL)
    return NULL;
  fill_facts (page, connection, item);
  if (!fill_service (page, connection, item, today, error) ||
      !fill_faults (page, connection, item_id, error) ||
      !fill_life (page, connection, item_id, error))
    return NULL;

  return g_steal_pointer (&page);
}
