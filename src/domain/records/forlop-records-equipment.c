/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-records-private.h"

static const ForlopField supplier_fields[] = {
  TEXT ("name", N_("Name"), REQ | FIND),
  TEXT ("organisation_number", N_("Organisation number"), 0),
  PHONE ("phone", N_("Telephone"), 0),
  TEXT ("email", N_("E-mail"), 0),
  TEXT ("support", N_("Support, opening hours"), 0),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopChoice agreement_kinds[] = {
  { "rent", N_("Rent") },
  { "purchase", N_("Purchase") },
  { "licence", N_("Licence") },
  { "service", N_("Service") },
  END_CHOICES,
};

static const ForlopField agreement_fields[] = {
  REF ("supplier_id", N_("Supplier"), REQ | IMM, "supplier"),
  TEXT ("title", N_("Title"), REQ),
  CHOICE ("kind", N_("Kind"), REQ, agreement_kinds),
  DATE ("from_date", N_("From"), REQ),
  DATE ("to_date", N_("To"), 0),
  INTEGER ("response_hours", N_("Response time, hours"), 0, 0, 10000),
  INTEGER ("warn_days", N_("Warn this many days before it runs out"), 0, 0, 730),
  TEXT ("contact", N_("Contact"), 0),
  END_FIELDS,
};

static const ForlopChoice product_kinds[] = {
  { "scale", N_("Scale") },
  { "blood_pressure_monitor", N_("Blood-pressure monitor") },
  { "oximeter", N_("Oximeter") },
  { "thermometer", N_("Thermometer") },
  { "glucose_meter", N_("Glucose meter") },
  { "peak_flow_meter", N_("Peak-flow meter") },
  { "tablet", N_("Tablet") },
  { "hub", N_("Hub") },
  { "sim", N_("SIM card") },
  { "licence", N_("Licence") },
  { "other", N_("Other") },
  END_CHOICES,
};

static const ForlopField product_fields[] = {
  TEXT ("name", N_("Name"), REQ | FIND),
  CHOICE ("kind", N_("Kind"), REQ, product_kinds),
  REF ("supplier_id", N_("Supplier"), 0, "supplier"),
  TEXT ("gtin", N_("GTIN"), 0),
  TEXT ("article_number", N_("HMS article number"), 0),
  TEXT ("iso_class", N_("ISO 9999 class"), 0),
  CODES ("measures", N_("Measures"), 0, forlop_choices_measure),
  INTEGER ("lead_days", N_("Delivery time, days"), 0, 0, 730),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopChoice location_kinds[] = {
  { "store", N_("Store") },
  { "zone", N_("Zone") },
  { "car", N_("Car") },
  { "supplier", N_("Supplier") },
  END_CHOICES,
};

static const ForlopField location_fields[] = {
  TEXT ("name", N_("Name"), REQ),
  CHOICE ("kind", N_("Kind"), REQ, location_kinds),
  REF ("parent_id", N_("Part of"), 0, "location"),
  REF ("unit_id", N_("Owner"), 0, "unit"),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopField stock_level_fields[] = {
  REF ("location_id", N_("Location"), REQ | IMM, "location"),
  REF ("product_id", N_("Product"), REQ | IMM, "product"),
  INTEGER ("minimum", N_("Minimum stock"), REQ, 0, 100000),
  END_FIELDS,
};

static const ForlopClaim stock_level_claims[] = {
  { "stock_level", { "location_id", "product_id" }, NULL },
  { NULL },
};

static const ForlopChoice item_states[] = {
  { "ordered", N_("Ordered") },
  { "received", N_("Received") },
  { "preparing", N_("Being prepared") },
  { "ready", N_("Ready") },
  { "reserved", N_("Reserved") },
  { "on_loan", N_("On loan") },
  { "returned", N_("Returned") },
  { "cleaning", N_("Cleaning") },
  { "checking", N_("Check and calibration") },
  { "repair", N_("Repair") },
  { "quarantine", N_("Quarantine") },
  { "lost", N_("Lost") },
  { "discarded", N_("Discarded") },
  END_CHOICES,
};

static const ForlopChoice ownerships[] = {
  { "own", N_("Owned") },
  { "rented", N_("Rented") },
  { "citizen", N_("The citizen's own") },
  { "hospital", N_("The hospital's") },
  END_CHOICES,
};

static const ForlopField item_fields[] = {
  REF ("product_id", N_("Product"), REQ | IMM, "product"),
  TEXT ("serial_number", N_("Serial number"), REQ | FIND),
  TEXT ("asset_tag", N_("Asset tag"), FIND),
  TEXT ("lot", N_("Lot"), 0),
  CHOICE ("ownership", N_("Ownership"), REQ, ownerships),
  CHOICE ("state", N_("State"), REQ, item_states, GROUP ("state")),
  REF ("location_id", N_("Location"), 0, "location", GROUP ("state")),
  REF ("reserved_case_id", N_("Reserved for case"), 0, "case", GROUP ("state")),
  REF ("kit_id", N_("Kit"), 0, "kit"),
  DATE ("received_on", N_("Received"), 0),
  DATE ("expires_on", N_("Expires"), 0),
  TEXT ("sim_number", N_("SIM number"), 0),
  DATE ("next_calibration_on", N_("Next calibration"), 0),
  REAL ("price", N_("Price, NOK"), 0, 0, 10000000),
  NOTE ("note", N_("Note"), 0),
  END_FIELDS,
};

static const ForlopClaim item_claims[] = {
  { "item_serial", { "product_id", "serial_number" }, NULL },
  { "item_asset_tag", { "asset_tag" }, NULL },
  { NULL },
};

static const ForlopField kit_fields[] = {
  TEXT ("name", N_("Name"), REQ | FIND),
  TEXT ("purpose", N_("For"), 0),
  REF ("location_id", N_("Location"), 0, "location"),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopChoice order_states[] = {
  { "ordered", N_("Ordered") },
  { "partly_received", N_("Partly received") },
  { "received", N_("Received") },
  { "cancelled", N_("Cancelled") },
  END_CHOICES,
};

static const ForlopField equipment_order_fields[] = {
  REF ("supplier_id", N_("Supplier"), 0, "supplier"),
  REF ("product_id", N_("Product"), REQ | IMM, "product"),
  REF ("location_id", N_("Delivered to"), 0, "location"),
  INTEGER ("quantity", N_("Quantity"), REQ, 1, 100000),
  INTEGER ("received_quantity", N_("Received"), 0, 0, 100000, GROUP ("status")),
  CHOICE ("status", N_("Status"), REQ, order_states, GROUP ("status")),
  DATE ("ordered_on", N_("Ordered"), REQ),
  DATE ("expected_on", N_("Expected"), 0),
  TEXT ("reference", N_("Reference"), 0),
  END_FIELDS,
};

static const ForlopChoice service_kinds[] = {
  { "calibration", N_("Calibration") },
  { "cleaning", N_("Cleaning") },
  { "software_update", N_("Software update") },
  { "electrical_test", N_("Electrical test") },
  { "maintenance", N_("Maintenance") },
  { "repair", N_("Repair") },
  { "replace", N_("Replacement") },
  END_CHOICES,
};

/* What stood on the shelf of one location against the register. The moves say what was corrected. */
static const ForlopField stock_count_fields[] = {
  REF ("location_id", N_("Location"), REQ | IMM, "location"),
  INSTANT ("counted_at", N_("Counted"), REQ | IMM | PAST),
  REF ("counted_by", N_("Counted by"), IMM, "user"),
  INTEGER ("expected", N_("Expected"), REQ | IMM, 0, 1000000),
  INTEGER ("seen", N_("Seen"), REQ | IMM, 0, 1000000),
  INTEGER ("moved", N_("Moved here or found again"), REQ | IMM, 0, 1000000),
  INTEGER ("missing", N_("Not found"), REQ | IMM, 0, 1000000),
  NOTE ("not_found", N_("Serial numbers not found"), IMM),
  TEXT ("note", N_("Note"), IMM),
  END_FIELDS,
};

static const ForlopField service_plan_fields[] = {
  REF ("product_id", N_("Product"), IMM, "product"),
  REF ("item_id", N_("Item"), IMM, "item"),
  CHOICE ("kind", N_("Kind"), REQ, service_kinds),
  INTEGER ("interval_days", N_("Interval, days"), REQ, 1, 3650),
  TEXT ("done_by", N_("Done by"), 0),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopChoice service_results[] = {
  { "ok", N_("In order") },
  { "adjusted", N_("Adjusted") },
  { "failed", N_("Failed") },
  END_CHOICES,
};

static const ForlopField service_record_fields[] = {
  REF ("item_id", N_("Item"), REQ | IMM, "item"),
  REF ("service_plan_id", N_("Service plan"), IMM, "service_plan"),
  CHOICE ("kind", N_("Kind"), REQ | IMM, service_kinds),
  DATE ("done_on", N_("Done"), REQ | IMM),
  REF ("done_by", N_("Done by"), IMM, "user"),
  CHOICE ("result", N_("Result"), REQ | IMM, service_results),
  NOTE ("note", N_("Note"), IMM),
  BLOB ("certificate", N_("Certificate"), IMM),
  END_FIELDS,
};

static const ForlopChoice fault_states[] = {
  { "reported", N_("Reported") },
  { "at_supplier", N_("With the supplier") },
  { "repaired", N_("Repaired") },
  { "discarded", N_("Discarded") },
  END_CHOICES,
};

static const ForlopField fault_fields[] = {
  REF ("item_id", N_("Item"), REQ | IMM, "item"),
  NOTE ("description", N_("What is wrong"), REQ),
  INSTANT ("reported_at", N_("Reported"), REQ | IMM | PAST),
  REF ("reported_by", N_("Reported by"), IMM, "user"),
  CHOICE ("status", N_("Status"), REQ, fault_states, GROUP ("status")),
  TEXT ("supplier_ticket", N_("Supplier's ticket"), 0),
  DATE ("down_from", N_("Out of use from"), 0),
  DATE ("down_to", N_("Out of use to"), 0, GROUP ("status")),
  NOTE ("resolution", N_("How it was solved"), 0),
  END_FIELDS,
};

/* The life line of an item, without names: one for each change of state or place. */
static const ForlopField stock_move_fields[] = {
  REF ("item_id", N_("Item"), REQ | IMM, "item"),
  INSTANT ("at", N_("When"), REQ | IMM | PAST),
  CHOICE ("from_state", N_("From state"), IMM, item_states),
  CHOICE ("to_state", N_("To state"), REQ | IMM, item_states),
  REF ("from_location_id", N_("From"), IMM, "location"),
  REF ("to_location_id", N_("To"), IMM, "location"),
  REF ("user_id", N_("By"), IMM, "user"),
  TEXT ("reason", N_("Reason"), IMM),
  END_FIELDS,
};

static const ForlopChoice delivery_states[] = {
  { "requested", N_("Requested") },
  { "ready", N_("Ready in the zone") },
  { "handed_out", N_("Handed out") },
  { "cancelled", N_("Cancelled") },
  END_CHOICES,
};

/* What the coordinator may see of a citizen: name, address, telephone and what is wanted. */
static const ForlopField delivery_fields[] = {
  REF ("case_id", N_("Case"), REQ | IMM, "case"),
  REF ("citizen_id", N_("Citizen"), REQ | IMM, "citizen"),
  TEXT ("name", N_("Name"), REQ),
  TEXT ("address", N_("Address"), 0),
  PHONE ("phone", N_("Telephone"), 0),
  REF ("unit_id", N_("Delivered to"), 0, "unit"),
  CODES ("wanted", N_("What is wanted"), REQ, product_kinds),
  DATE ("wanted_on", N_("Wanted by"), 0),
  BOOL ("staff_training", N_("Staff need more training"), 0),
  CHOICE ("status", N_("Status"), REQ, delivery_states, GROUP ("status")),
  NOTE ("note", N_("Note"), 0),
  END_FIELDS,
};

static const ForlopField loan_fields[] = {
  REF ("case_id", N_("Case"), REQ | IMM, "case"),
  REF ("citizen_id", N_("Citizen"), REQ | IMM, "citizen"),
  REF ("item_id", N_("Item"), REQ | IMM, "item"),
  DATE ("handed_out_on", N_("Handed out"), REQ | IMM),
  REF ("handed_out_by", N_("Handed out by"), IMM, "user"),
  BLOB ("receipt", N_("Receipt"), 0),
  DATE ("returned_on", N_("Returned"), 0, GROUP ("return")),
  REF ("returned_by", N_("Received by"), 0, "user", GROUP ("return")),
  BOOL ("parts_complete", N_("All parts are there"), 0, GROUP ("return")),
  BOOL ("cleaned", N_("Cleaned"), 0, GROUP ("return")),
  BOOL ("factory_reset", N_("Reset to factory settings"), 0, GROUP ("return")),
  BOOL ("unpaired", N_("Unpaired"), 0, GROUP ("return")),
  BOOL ("sim_stopped", N_("SIM stopped"), 0, GROUP ("return")),
  NOTE ("return_note", N_("Note at return"), 0),
  BOOL ("voided", N_("Wrongly registered"), 0, GROUP ("return")),
  BOOL ("lost", N_("Lost"), 0, GROUP ("return")),
  END_FIELDS,
};

static const ForlopClaim loan_claims[] = {
  { "open_loan", { "item_id" }, "returned_on" },
  { NULL },
};

const ForlopRecordType forlop_records_equipment[] = {
  { "supplier", N_("Supplier"), N_("Suppliers"), FORLOP_SCOPE_CATALOG, FALSE, supplier_fields, NULL },
  { "agreement", N_("Agreement"), N_("Agreements"), FORLOP_SCOPE_CATALOG, FALSE, agreement_fields,
    NULL },
  { "product", N_("Product"), N_("Products"), FORLOP_SCOPE_CATALOG, FALSE, product_fields, NULL },
  { "location", N_("Location"), N_("Locations"), FORLOP_SCOPE_EQUIPMENT, FALSE, location_fields,
    NULL },
  { "stock_level", N_("Minimum stock"), N_("Minimum stock"), FORLOP_SCOPE_EQUIPMENT, FALSE,
    stock_level_fields, stock_level_claims },
  { "item", N_("Item"), N_("Items"), FORLOP_SCOPE_EQUIPMENT, FALSE, item_fields, item_claims },
  { "kit", N_("Kit"), N_("Kits"), FORLOP_SCOPE_EQUIPMENT, FALSE, kit_fields, NULL },
  { "equipment_order", N_("Order"), N_("Orders"), FORLOP_SCOPE_EQUIPMENT, FALSE,
    equipment_order_fields, NULL },
  { "service_plan", N_("Service plan"), N_("Service plans"), FORLOP_SCOPE_EQUIPMENT, FALSE,
    service_plan_fields, NULL },
  { "service_record", N_("Service record"), N_("Service records"), FORLOP_SCOPE_EQUIPMENT, TRUE,
    service_record_fields, NULL },
  { "fault", N_("Fault"), N_("Faults"), FORLOP_SCOPE_EQUIPMENT, FALSE, fault_fields, NULL },
  { "stock_count", N_("Stock count"), N_("Stock counts"), FORLOP_SCOPE_EQUIPMENT, TRUE,
    stock_count_fields, NULL },
  { "stock_move", N_("Movement"), N_("Movements"), FORLOP_SCOPE_EQUIPMENT, TRUE, stock_move_fields,
    NULL },
  { "delivery", N_("Delivery"), N_("Deliveries"), FORLOP_SCOPE_DELIVERY, FALSE, delivery_fields,
    NULL },
  { "loan", N_("Loan"), N_("Loans"), FORLOP_SCOPE_DELIVERY, FALSE, loan_fields, loan_claims },
  { NULL },
};
