/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act.h"
#include "forlop-records-private.h"

#define CASEWORKER FORLOP_ROLE_CASEWORKER
#define RESOURCE FORLOP_ROLE_RESOURCE_PERSON
#define COORDINATOR FORLOP_ROLE_COORDINATOR
#define MANAGER FORLOP_ROLE_MANAGER
#define ADMIN FORLOP_ROLE_ADMINISTRATOR
#define CLINICAL (CASEWORKER | RESOURCE)
#define EVERYBODY (CASEWORKER | RESOURCE | COORDINATOR | MANAGER | ADMIN)

#define ON_CITIZEN REF ("citizen_id", N_("Citizen"), REQ, "citizen")
#define ON_CASE REF ("case_id", N_("Case"), REQ, "case")
#define ON(n, l, t) REF (n, l, REQ, t)

/* An argument that is a field of a record: declared there, with the flags it has in this act. */
#define TAKE(record, field, f) { .name = field, .target = record, .flags = f }

/* Ended by an act without name. */
extern const ForlopAct forlop_acts_organisation[];
extern const ForlopAct forlop_acts_people[];
extern const ForlopAct forlop_acts_pathway[];
extern const ForlopAct forlop_acts_plan[];
extern const ForlopAct forlop_acts_follow_up[];
extern const ForlopAct forlop_acts_equipment[];
