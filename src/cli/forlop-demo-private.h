/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"
#include "forlop-demo.h"

G_BEGIN_DECLS

/* The demo is made through the acts, by invented people with synthetic numbers, and is the same for
 * the same day. The first act that is refused ends it: every later one does nothing. */

#define DEMO_N_ZONES 3

/* What is different between one municipality of the demo and another. */
typedef struct {
  const char *name;
  const char *number;
  const char *zones[DEMO_N_ZONES];
  const char *place;
  guint64 ids_seed;
  guint64 seed;
  unsigned int n_citizens; /* besides those in the service */
  unsigned int one_in;     /* of the courses */
  unsigned int first_serial; /* of the numbers of one birth date */
  gboolean has_known;      /* Anne, Liv and Arne */
} ForlopDemoPlace;

typedef struct {
  const ForlopDemoPlace *place;

  /* Inside a transaction */
  ForlopConnection *connection;
  ForlopIdSource *ids;
  GError *error;

  gint64 now;
  ForlopDate today;
  ForlopDate stocked; /* when the first equipment came */
  guint64 random;

  char *office;
  char *zones[DEMO_N_ZONES];
  char *centre;
  char *stock;
  char *profile;
  char *centre_profile;
  char *form; /* of symptoms */
  char *store_location;
  char *zone_locations[DEMO_N_ZONES];
  GHashTable *products;   /* kind → id */
  GHashTable *free_items; /* kind → GPtrArray of ids of ready items */
  unsigned int next_serial;
  GHashTable *used_numbers;

  ForlopActor *setup;
  ForlopActor *caseworkers[2];
  ForlopActor *nurses[DEMO_N_ZONES];
  ForlopActor *centre_nurse;
  ForlopActor *devices; /* readings arrive by themselves, in the name of the zone */
  ForlopActor *coordinator;
  ForlopActor *manager;
} ForlopDemo;

/* What one citizen in the service is like; see forlop-demo-course.c. */
typedef enum {
  DEMO_REFERRED,
  DEMO_MAPPING,
  DEMO_ASSESSING,
  DEMO_DECIDING,
  DEMO_PREPARING,
  DEMO_TRAINING,
  DEMO_TRIAL,
  DEMO_RUNNING,
  DEMO_HANDED_OVER,
  DEMO_ENDED,
  DEMO_CLOSED,
  DEMO_REFUSED,
} ForlopDemoStage;

/* Sticky: NULL when this act or an earlier one was refused. */
ForlopActResult *forlop_demo_act       (ForlopDemo        *self,
                                        const ForlopActor *actor,
                                        const char        *act,
                                        const char        *json,
                                        ...) G_GNUC_PRINTF (4, 5) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_demo_do        (ForlopDemo        *self,
                                        const ForlopActor *actor,
                                        const char        *act,
                                        const char        *json,
                                        ...) G_GNUC_PRINTF (4, 5);
/* The id of what the act made. */
char            *forlop_demo_make      (ForlopDemo        *self,
                                        const ForlopActor *actor,
                                        const char        *act,
                                        const char        *json,
                                        ...) G_GNUC_PRINTF (4, 5) G_GNUC_WARN_UNUSED_RESULT;
/* Moves the clock to a wall time. */
void             forlop_demo_at        (ForlopDemo        *self,
                                        ForlopDate         date,
                                        int                hour,
                                        int                minute);
/* A number from 0 to @n − 1. */
unsigned int     forlop_demo_pick      (ForlopDemo        *self,
                                        unsigned int       n);
double           forlop_demo_bell      (ForlopDemo        *self,
                                        double             mean,
                                        double             spread);

void             forlop_demo_set_up    (ForlopDemo        *self);
void             forlop_demo_stock     (ForlopDemo        *self);
/* JSON object of a new person. */
char            *forlop_demo_person    (ForlopDemo        *self,
                                        unsigned int       n,
                                        int                oldest,
                                        int                youngest) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_demo_course    (ForlopDemo        *self,
                                        unsigned int       n);
void             forlop_demo_anne      (ForlopDemo        *self);
void             forlop_demo_liv       (ForlopDemo        *self);
void             forlop_demo_arne      (ForlopDemo        *self);
unsigned int     forlop_demo_n_courses (void);

char            *forlop_demo_take_item (ForlopDemo        *self,
                                        const char        *kind) G_GNUC_WARN_UNUSED_RESULT;
/* Hands out one ready item of each kind in @kinds, ended by NULL; adds the loans' ids to @loans. */
void             forlop_demo_hand_out  (ForlopDemo        *self,
                                        const ForlopActor *nurse,
                                        const char        *case_id,
                                        const char *const *kinds,
                                        GPtrArray         *loans);

G_END_DECLS
