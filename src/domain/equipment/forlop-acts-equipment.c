/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-private.h"

#define ON_ITEM ON ("item_id", N_("Item"), "item")
#define HANDLERS (COORDINATOR | RESOURCE)

/* What only makes or changes one record of the register. */
#define SAVE(n, l, c, d, type, lists) \
  { .name = n, .label = l, .change = c, .done = d, .roles = COORDINATOR | ADMIN, .saves = type, \
    .undo = FORLOP_UNDO_REVERT, .writes = type, .worklists = lists }

/* A step in the life of one item. */
#define STEP(n, l, d, who, args, lists) \
  { .name = n, .label = l, .done = d, .roles = who, .arguments = args, .undo = FORLOP_UNDO_REVERT, \
    .writes = "item stock_move", .worklists = lists }

static const ForlopField order_arguments[] = {
  TAKE ("equipment_order", "product_id", REQ),
  TAKE ("equipment_order", "quantity", REQ),
  TAKE ("equipment_order", "supplier_id", 0),
  TAKE ("equipment_order", "location_id", 0),
  TAKE ("equipment_order", "ordered_on", 0),
  TAKE ("equipment_order", "expected_on", 0),
  TAKE ("equipment_order", "reference", 0),
  END_FIELDS,
};

static const ForlopField receive_order_arguments[] = {
  ON ("order_id", N_("Order"), "equipment_order"),
  INTEGER ("quantity", N_("Received now"), REQ, 1, 100000),
  END_FIELDS,
};

static const ForlopField cancel_order_arguments[] = {
  ON ("order_id", N_("Order"), "equipment_order"),
  END_FIELDS,
};

static const ForlopField receive_item_arguments[] = {
  TAKE ("item", "product_id", REQ),
  TAKE ("item", "serial_number", REQ),
  TAKE ("item", "asset_tag", 0),
  TAKE ("item", "lot", 0),
  TAKE ("item", "ownership", 0),
  TAKE ("item", "location_id", 0),
  TAKE ("item", "kit_id", 0),
  TAKE ("item", "received_on", 0),
  TAKE ("item", "expires_on", 0),
  TAKE ("item", "sim_number", 0),
  TAKE ("item", "price", 0),
  TAKE ("item", "note", 0),
  REF ("order_id", N_("Order"), 0, "equipment_order"),
  END_FIELDS,
};

static const ForlopField change_item_arguments[] = {
  ON_ITEM,
  TAKE ("item", "asset_tag", 0),
  TAKE ("item", "lot", 0),
  TAKE ("item", "kit_id", 0),
  TAKE ("item", "expires_on", 0),
  TAKE ("item", "sim_number", 0),
  TAKE ("item", "price", 0),
  TAKE ("item", "note", 0),
  END_FIELDS,
};

static const ForlopField item_arguments[] = { ON_ITEM, END_FIELDS };

static const ForlopField item_reason_arguments[] = {
  ON_ITEM,
  TAKE ("stock_move", "reason", REQ),
  END_FIELDS,
};

static const ForlopField item_place_arguments[] = {
  ON_ITEM,
  TAKE ("item", "location_id", REQ),
  TAKE ("stock_move", "reason", 0),
  END_FIELDS,
};

static const ForlopField found_item_arguments[] = {
  ON_ITEM,
  TAKE ("item", "location_id", 0),
  TAKE ("stock_move", "reason", 0),
  END_FIELDS,
};

static const ForlopField count_stock_arguments[] = {
  TAKE ("stock_count", "location_id", REQ),
  NOTE ("seen", N_("What is on the shelf"), 0,
        HINT (N_("Scan each item: one serial number or asset tag on each line."))),
  BOOL ("mark_lost", N_("Mark what is not found as lost"), 0),
  TAKE ("stock_count", "note", 0),
  END_FIELDS,
};

static const ForlopField reserve_item_arguments[] = { ON_CASE, ON_ITEM, END_FIELDS };

static const ForlopField request_arguments[] = {
  ON_CASE,
  TAKE ("delivery", "wanted", REQ),
  TAKE ("delivery", "wanted_on", 0),
  TAKE ("delivery", "unit_id", 0),
  TAKE ("delivery", "staff_training", 0),
  TAKE ("delivery", "note", 0),
  END_FIELDS,
};

static const ForlopField delivery_arguments[] = {
  ON ("delivery_id", N_("Delivery"), "delivery"),
  END_FIELDS,
};

static const ForlopField hand_out_arguments[] = {
  ON_CASE,
  ON_ITEM,
  TAKE ("loan", "handed_out_on", 0),
  TAKE ("loan", "receipt", 0),
  END_FIELDS,
};

static const ForlopField return_arguments[] = {
  ON ("loan_id", N_("Loan"), "loan"),
  TAKE ("loan", "returned_on", 0),
  TAKE ("loan", "parts_complete", REQ),
  TAKE ("loan", "cleaned", REQ),
  TAKE ("loan", "factory_reset", REQ),
  TAKE ("loan", "unpaired", REQ),
  TAKE ("loan", "sim_stopped", 0),
  TAKE ("loan", "return_note", 0),
  TAKE ("item", "location_id", 0),
  END_FIELDS,
};

static const ForlopField void_loan_arguments[] = {
  ON ("loan_id", N_("Loan"), "loan"),
  TAKE ("stock_move", "reason", REQ),
  END_FIELDS,
};

static const ForlopField correct_loan_arguments[] = {
  ON ("loan_id", N_("Loan"), "loan"),
  REF ("right_item_id", N_("The item that stands there"), 0, "item"),
  TAKE ("stock_move", "reason", REQ),
  END_FIELDS,
};

static const ForlopField move_loan_arguments[] = {
  ON_CASE,
  ON ("loan_id", N_("Loan"), "loan"),
  TAKE ("stock_move", "reason", REQ),
  END_FIELDS,
};

static const ForlopField check_arguments[] = {
  ON_ITEM,
  TAKE ("service_record", "result", REQ),
  TAKE ("service_record", "done_on", 0),
  TAKE ("service_record", "note", 0),
  TAKE ("service_record", "certificate", 0),
  END_FIELDS,
};

static const ForlopField record_service_arguments[] = {
  ON_ITEM,
  TAKE ("service_record", "kind", REQ),
  TAKE ("service_record", "result", REQ),
  TAKE ("service_record", "service_plan_id", 0),
  TAKE ("service_record", "done_on", 0),
  TAKE ("service_record", "note", 0),
  TAKE ("service_record", "certificate", 0),
  END_FIELDS,
};

static const ForlopField report_fault_arguments[] = {
  ON_ITEM,
  TAKE ("fault", "description", REQ),
  TAKE ("fault", "down_from", 0),
  END_FIELDS,
};

static const ForlopField send_fault_arguments[] = {
  ON ("fault_id", N_("Fault"), "fault"),
  TAKE ("fault", "supplier_ticket", REQ),
  END_FIELDS,
};

static const ForlopField resolve_fault_arguments[] = {
  ON ("fault_id", N_("Fault"), "fault"),
  TAKE ("fault", "resolution", REQ),
  TAKE ("fault", "down_to", 0),
  END_FIELDS,
};

const ForlopAct forlop_acts_equipment[] = {
  SAVE ("save-supplier", N_("Add supplier"), N_("Change supplier"),
        N_("Supplier saved"), "supplier", "nobody's"),
  SAVE ("save-agreement", N_("Add agreement"), N_("Change agreement"),
        N_("Agreement saved"), "agreement", "the coordinator's: before it runs out"),
  SAVE ("save-product", N_("Add product"), N_("Change product"),
        N_("Product saved"), "product", "nobody's"),
  SAVE ("save-location", N_("Add location"), N_("Change location"),
        N_("Location saved"), "location", "nobody's"),
  SAVE ("save-stock-level", N_("Add minimum stock"), N_("Change minimum stock"),
        N_("Minimum stock saved"), "stock_level", "the coordinator's: fewer ready than the minimum"),
  SAVE ("save-kit", N_("Add kit"), N_("Change kit"),
        N_("Kit saved"), "kit", "nobody's"),
  { .name = "save-service-plan",
    .label = N_("Add service plan"), .change = N_("Change service plan"),
    .done = N_("Service plan saved"),
    .roles = COORDINATOR | ADMIN, .saves = "service_plan", .undo = FORLOP_UNDO_REVERT,
    .writes = "service_plan item", .worklists = "the coordinator's: service is due" },
  { .name = "order-equipment",
    .label = N_("Order equipment"), .done = N_("Equipment ordered"),
    .roles = COORDINATOR, .arguments = order_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "equipment_order", .worklists = "the coordinator's: where it does not come in time" },
  { .name = "receive-order",
    .label = N_("Receive order"), .done = N_("Order received"),
    .roles = COORDINATOR, .arguments = receive_order_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "equipment_order", .worklists = "the coordinator's: the order leaves it" },
  { .name = "cancel-order",
    .label = N_("Cancel order"), .done = N_("Order cancelled"),
    .roles = COORDINATOR, .arguments = cancel_order_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "equipment_order", .worklists = "the coordinator's: the order leaves it" },
  { .name = "receive-item",
    .label = N_("Receive item"), .done = N_("Item received"),
    .roles = HANDLERS, .arguments = receive_item_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "item equipment_order stock_move", .worklists = "the coordinator's: prepare it" },
  { .name = "change-item",
    .label = N_("Change item"), .done = N_("Item changed"),
    .roles = COORDINATOR, .arguments = change_item_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "item", .worklists = "nobody's" },
  STEP ("prepare-item", N_("Prepare item"), N_("Preparation begun"), HANDLERS, item_arguments,
        "the coordinator's: finish the preparation"),
  STEP ("make-item-ready", N_("Make item ready"), N_("Item made ready"), HANDLERS, item_arguments,
        "the coordinator's: the item leaves it"),
  STEP ("move-item", N_("Move item"), N_("Item moved"), HANDLERS, item_place_arguments, "nobody's"),
  { .name = "count-stock",
    .label = N_("Count stock"), .done = N_("Stock counted"),
    .roles = COORDINATOR, .arguments = count_stock_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "stock_count item stock_move",
    .worklists = "the coordinator's: clean what is found again" },
  { .name = "reserve-item",
    .label = N_("Reserve item"), .done = N_("Item reserved"),
    .roles = COORDINATOR, .arguments = reserve_item_arguments, .inverse = "release-item",
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_GRANTED },
    .writes = "item stock_move", .worklists = "nobody's" },
  { .name = "release-item",
    .label = N_("Release reservation"), .done = N_("Reservation released"),
    .roles = COORDINATOR, .arguments = item_arguments, .inverse = "reserve-item",
    .writes = "item stock_move", .worklists = "nobody's" },
  { .name = "request-equipment",
    .label = N_("Request equipment"), .done = N_("Equipment requested"),
    .roles = HANDLERS, .arguments = request_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_GRANTED },
    .writes = "delivery", .worklists = "the coordinator's: prepare and deliver" },
  { .name = "cancel-delivery",
    .label = N_("Cancel delivery"), .done = N_("Delivery cancelled"),
    .roles = HANDLERS, .arguments = delivery_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "delivery item stock_move", .worklists = "the resource person's: choose equipment" },
  { .name = "deliver-equipment",
    .label = N_("Deliver equipment"), .done = N_("Equipment delivered to the unit"),
    .roles = COORDINATOR, .arguments = delivery_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "delivery item stock_move", .worklists = "the resource person's: hand it out" },
  { .name = "hand-out-item",
    .label = N_("Hand out item"), .done = N_("Item handed out"),
    .roles = RESOURCE, .arguments = hand_out_arguments, .inverse = "void-loan",
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_GRANTED },
    .writes = "loan item stock_move delivery", .worklists = "the resource person's: training" },
  { .name = "return-item",
    .label = N_("Receive item back"), .done = N_("Item returned"),
    .roles = HANDLERS, .arguments = return_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "loan item stock_move",
    .worklists = "the coordinator's: clean it; the resource person's: equipment leaves it" },
  { .name = "void-loan",
    .label = N_("Mark loan as wrongly registered"), .done = N_("Loan marked as wrongly registered"),
    .roles = RESOURCE, .arguments = void_loan_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "loan item stock_move delivery",
    .worklists = "the coordinator's: clean and check the item" },
  { .name = "correct-loan-item",
    .label = N_("Correct the lent item"), .done = N_("Item of the loan corrected"),
    .roles = RESOURCE, .arguments = correct_loan_arguments, .undo = FORLOP_UNDO_NONE,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "loan item stock_move",
    .worklists = "the coordinator's: clean and check the item that was written" },
  { .name = "move-loan",
    .label = N_("Move the loan here"), .done = N_("Loan moved to the case that has the item"),
    .roles = RESOURCE, .arguments = move_loan_arguments, .undo = FORLOP_UNDO_NONE,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "loan item stock_move delivery",
    .worklists = "the resource person's: choose equipment for the case that lost it" },
  { .name = "mark-item-lost",
    .label = N_("Mark item as lost"), .done = N_("Item lost"),
    .roles = HANDLERS, .arguments = item_reason_arguments, .inverse = "mark-item-found",
    .writes = "item stock_move loan", .worklists = "the resource person's: equipment leaves it" },
  { .name = "mark-item-found",
    .label = N_("Mark item as found"), .done = N_("Item found"),
    .roles = HANDLERS, .arguments = found_item_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "item stock_move", .worklists = "the coordinator's: clean it" },
  STEP ("start-cleaning", N_("Start cleaning"), N_("Cleaning begun"), HANDLERS, item_arguments,
        "the coordinator's: finish the cleaning"),
  { .name = "finish-cleaning",
    .label = N_("Finish cleaning"), .done = N_("Item cleaned"),
    .roles = HANDLERS, .arguments = item_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "item stock_move service_record", .worklists = "the coordinator's: check it" },
  STEP ("start-check", N_("Take in for check"), N_("Check begun"), COORDINATOR, item_arguments,
        "the coordinator's: check it"),
  { .name = "finish-check",
    .label = N_("Finish check"), .done = N_("Item checked"),
    .roles = COORDINATOR, .arguments = check_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "item stock_move service_record",
    .worklists = "the coordinator's: the item leaves it, or stands in quarantine" },
  STEP ("send-to-repair", N_("Send to repair"), N_("Sent to repair"), COORDINATOR,
        item_reason_arguments, "the coordinator's: ask for it after two weeks"),
  { .name = "return-from-repair",
    .label = N_("Receive from repair"), .done = N_("Back from repair"),
    .roles = COORDINATOR, .arguments = check_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "item stock_move service_record",
    .worklists = "the coordinator's: clean and check it" },
  STEP ("quarantine-item", N_("Put in quarantine"), N_("Item in quarantine"), HANDLERS,
        item_reason_arguments, "the coordinator's: clean, repair or discard it"),
  { .name = "discard-item",
    .label = N_("Discard item"), .done = N_("Item discarded"),
    .roles = COORDINATOR, .arguments = item_reason_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "item stock_move fault", .worklists = "the coordinator's: the item leaves it" },
  { .name = "report-fault",
    .label = N_("Report fault"), .done = N_("Fault reported"),
    .roles = HANDLERS, .arguments = report_fault_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "fault item stock_move", .worklists = "the coordinator's: send it or solve it" },
  { .name = "send-fault-to-supplier",
    .label = N_("Send fault to supplier"), .done = N_("Fault sent to the supplier"),
    .roles = COORDINATOR, .arguments = send_fault_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "fault", .worklists = "the coordinator's: ask for it after two weeks" },
  { .name = "resolve-fault",
    .label = N_("Resolve fault"), .done = N_("Fault resolved"),
    .roles = HANDLERS, .arguments = resolve_fault_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "fault", .worklists = "the coordinator's: the fault leaves it" },
  { .name = "record-service",
    .label = N_("Record service"), .done = N_("Service recorded"),
    .roles = HANDLERS, .arguments = record_service_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "service_record item", .worklists = "the coordinator's: until it is due again" },
  { .name = NULL },
};
