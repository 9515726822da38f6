/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-demo-course-private.h"
#include "forlop-record-store.h"

static const struct {
  const char *kind;
  const char *name;
  const char *gtin;
  const char *measures;
  unsigned int count;
  unsigned int minimum;
  int calibration_days;
} products[] = {
  { "oximeter", "Fingeroksymeter BT", "07012345678908", "spo2,pulse", 60, 4, 365 },
  { "blood_pressure_monitor", "Blodtrykksmåler overarm BT", "07012345678915",
    "systolic,diastolic,pulse", 64, 4, 365 },
  { "scale", "Personvekt BT", "07012345678922", "weight", 46, 3, 365 },
  { "glucose_meter", "Blodsukkermåler BT", "07012345678939", "glucose", 22, 3, 0 },
  { "thermometer", "Øretermometer BT", "07012345678946", "temperature", 12, 2, 0 },
  { "tablet", "Nettbrett 10 tommer med SIM", "07012345678953", "", 56, 5, 0 },
};

static void
save_places (ForlopDemo *self)
{
  static const char *const names[DEMO_N_ZONES] = { "Sone Nord", "Sone Sør", "Sone Øst" };

  self->store_location = forlop_demo_make (
    self, self->setup, "save-location",
    "{\"name\":\"Sentrallageret\",\"kind\":\"store\",\"unit_id\":\"%s\"}", self->stock);
  for (unsigned int i = 0; i < DEMO_N_ZONES; i++)
    self->zone_locations[i] = forlop_demo_make (
      self, self->setup, "save-location",
      "{\"name\":\"%s\",\"kind\":\"zone\",\"unit_id\":\"%s\",\"parent_id\":\"%s\"}", names[i],
      self->zones[i], self->store_location);
}

static char *
save_supplier (ForlopDemo *self)
{
  char *supplier = forlop_demo_make (
    self, self->setup, "save-supplier",
    "{\"name\":\"Nordlys Velferdsteknologi AS\",\"phone\":\"22334455\","
    "\"support\":\"Hverdager 08.00–16.00\"}");
  g_autofree char *from = forlop_date_to_iso (self->today - 700);
  g_autofree char *to = forlop_date_to_iso (self->today + 75);

  forlop_demo_do (self, self->setup, "save-agreement",
                  "{\"supplier_id\":\"%s\",\"title\":\"Rammeavtale måleutstyr\",\"kind\":\"purchase\","
                  "\"from_date\":\"%s\",\"to_date\":\"%s\",\"response_hours\":24,\"warn_days\":90}",
                  supplier, from, to);

  return supplier;
}

/* Calibrated in the summer; three of each kind were forgotten, and are a fortnight late. */
static void
calibrate (ForlopDemo   *self,
           unsigned int  product,
           GPtrArray    *items)
{
  if (products[product].calibration_days == 0)
    return;
  for (unsigned int i = 0; i < items->len; i++)
    {
      const ForlopDate day = self->today - (i + 3 < items->len ? 130 : products[product].calibration_days + 14);
      g_autofree char *done = forlop_date_to_iso (day);

      forlop_demo_at (self, day, 10, 0);
      forlop_demo_do (self, self->coordinator, "record-service",
                      "{\"item_id\":\"%s\",\"kind\":\"calibration\",\"result\":\"ok\","
                      "\"done_on\":\"%s\"}", (const char *) g_ptr_array_index (items, i), done);
    }
}

/* Equipment has come since 2022 and is ready; the last few of each kind came this week. */
static void
receive_items (ForlopDemo   *self,
               unsigned int  product,
               const char   *product_id)
{
  GPtrArray *ready = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < products[product].count; i++)
    {
      if (i + 4 == products[product].count)
        {
          calibrate (self, product, ready);
          forlop_demo_at (self, self->today - 2, 9, 30);
        }

      g_autofree char *item_id = forlop_demo_make (
        self, self->coordinator, "receive-item",
        "{\"product_id\":\"%s\",\"serial_number\":\"%c%06u\",\"asset_tag\":\"FV-%05u\","
        "\"ownership\":\"own\",\"location_id\":\"%s\"}",
        product_id, g_ascii_toupper (products[product].kind[0]), 100417 + self->next_serial * 73,
        self->next_serial, self->store_location);

      self->next_serial++;
      if (i + 2 >= products[product].count)
        continue;
      forlop_demo_do (self, self->coordinator, "prepare-item", "{\"item_id\":\"%s\"}", item_id);
      if (i + 4 >= products[product].count)
        continue;
      forlop_demo_do (self, self->coordinator, "make-item-ready", "{\"item_id\":\"%s\"}", item_id);
      g_ptr_array_add (ready, g_steal_pointer (&item_id));
    }

  g_hash_table_insert (self->free_items, (gpointer) products[product].kind, ready);
}

void
forlop_demo_stock (ForlopDemo *self)
{
  g_autofree char *supplier = NULL;

  if (!forlop_date_from_ymd (2022, 11, 1, &self->stocked))
    g_assert_not_reached ();
  forlop_demo_at (self, self->stocked, 8, 0);
  save_places (self);
  supplier = save_supplier (self);

  for (unsigned int i = 0; i < G_N_ELEMENTS (products); i++)
    {
      char *product_id = forlop_demo_make (
        self, self->setup, "save-product",
        "{\"name\":\"%s\",\"kind\":\"%s\",\"supplier_id\":\"%s\",\"gtin\":\"%s\","
        "\"measures\":\"%s\",\"lead_days\":21}",
        products[i].name, products[i].kind, supplier, products[i].gtin, products[i].measures);

      if (product_id == NULL)
        return;
      g_hash_table_insert (self->products, (gpointer) products[i].kind, product_id);
      forlop_demo_do (self, self->setup, "save-stock-level",
                      "{\"location_id\":\"%s\",\"product_id\":\"%s\",\"minimum\":%u}",
                      self->store_location, product_id, products[i].minimum);
      if (products[i].calibration_days > 0)
        forlop_demo_do (self, self->setup, "save-service-plan",
                        "{\"product_id\":\"%s\",\"kind\":\"calibration\",\"interval_days\":%d,"
                        "\"done_by\":\"Leverandør\"}", product_id, products[i].calibration_days);
      forlop_demo_at (self, self->stocked, 9, 0);
      receive_items (self, i, product_id);
    }
}

/* What each condition is followed with; all have a tablet, some their own. */
static const char *const equipment[DEMO_N_CONDITIONS][4] = {
  [DEMO_COPD] = { "oximeter", "tablet", NULL },
  [DEMO_HEART_FAILURE] = { "scale", "blood_pressure_monitor", "tablet", NULL },
  [DEMO_DIABETES] = { "glucose_meter", "tablet", NULL },
  [DEMO_FRAIL] = { "blood_pressure_monitor", "oximeter", "tablet", NULL },
};

char *
forlop_demo_take_item (ForlopDemo *self,
                       const char *kind)
{
  GPtrArray *ready = g_hash_table_lookup (self->free_items, kind);

  if (self->error != NULL)
    return NULL;
  g_assert (ready != NULL && ready->len > 0);

  return g_ptr_array_steal_index (ready, 0);
}

static void
hand_out_item (ForlopDemo        *self,
               const ForlopActor *nurse,
               const char        *case_id,
               const char        *item_id,
               GPtrArray         *loans)
{
  char *loan = forlop_demo_make (self, nurse, "hand-out-item",
                                 "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", case_id, item_id);

  if (loan != NULL)
    g_ptr_array_add (loans, loan);
}

void
forlop_demo_hand_out (ForlopDemo        *self,
                      const ForlopActor *nurse,
                      const char        *case_id,
                      const char *const *kinds,
                      GPtrArray         *loans)
{
  for (unsigned int i = 0; kinds[i] != NULL; i++)
    {
      g_autofree char *item_id = forlop_demo_take_item (self, kinds[i]);

      hand_out_item (self, nurse, case_id, item_id, loans);
    }
}

void
forlop_demo_equip (ForlopDemoCourse *course,
                   gboolean          handed_out)
{
  ForlopDemo *self = course->demo;
  const char *const *kinds = equipment[course->condition];
  g_autofree char *wanted = g_strjoinv (",", (char **) kinds);
  g_autofree char *wanted_on = forlop_date_to_iso (course->referred + DEMO_START_DAY - 3);
  g_autofree char *delivery_id = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  forlop_demo_at (self, course->referred + 14, 10, 20);
  delivery_id = forlop_demo_make (self, course->nurse, "request-equipment",
                                  "{\"case_id\":\"%s\",\"wanted\":\"%s\",\"wanted_on\":\"%s\"}",
                                  course->case_id, wanted, wanted_on);
  if (!handed_out)
    return;
  forlop_demo_at (self, course->referred + 16, 10, 40);
  for (unsigned int i = 0; kinds[i] != NULL; i++)
    {
      g_ptr_array_add (items, forlop_demo_take_item (self, kinds[i]));
      forlop_demo_do (self, self->coordinator, "reserve-item",
                      "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", course->case_id,
                      (const char *) g_ptr_array_index (items, i));
    }
  forlop_demo_at (self, course->referred + 17, 9, 10);
  forlop_demo_do (self, self->coordinator, "deliver-equipment", "{\"delivery_id\":\"%s\"}", delivery_id);
  if (course->stage == DEMO_TRAINING && course->number % 2 == 0)
    return;
  forlop_demo_at (self, course->referred + (course->stage == DEMO_TRAINING ? 20 : DEMO_START_DAY), 13, 5);
  for (unsigned int i = 0; i < items->len; i++)
    hand_out_item (self, course->nurse, course->case_id, g_ptr_array_index (items, i), course->loans);
}

/* Everything comes back by the checklist. What came back long ago is cleaned, checked and ready; what
 * came back lately waits for the coordinator. */
void
forlop_demo_take_back (ForlopDemoCourse *course,
                       ForlopDate        day)
{
  ForlopDemo *self = course->demo;

  for (unsigned int i = 0; i < course->loans->len; i++)
    {
      const char *loan_id = g_ptr_array_index (course->loans, i);
      g_autoptr (ForlopRecord) loan = NULL;
      const char *item_id;

      forlop_demo_at (self, day, 12, (int) i);
      forlop_demo_do (self, course->nurse, "return-item",
                      "{\"loan_id\":\"%s\",\"parts_complete\":true,\"cleaned\":false,"
                      "\"factory_reset\":true,\"unpaired\":true,\"sim_stopped\":true}", loan_id);
      if (self->error != NULL || day > self->today - 60)
        continue;
      loan = forlop_record_store_load (self->connection, "loan", loan_id, &self->error);
      if (loan == NULL)
        return;
      item_id = forlop_record_get_text (loan, "item_id");
      forlop_demo_at (self, day + 2, 9, (int) i);
      forlop_demo_do (self, self->coordinator, "start-cleaning", "{\"item_id\":\"%s\"}", item_id);
      forlop_demo_do (self, self->coordinator, "finish-cleaning", "{\"item_id\":\"%s\"}", item_id);
      forlop_demo_do (self, self->coordinator, "finish-check",
                      "{\"item_id\":\"%s\",\"result\":\"ok\"}", item_id);
    }
}
