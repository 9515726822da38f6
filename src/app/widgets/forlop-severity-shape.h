/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-severity.h"

G_BEGIN_DECLS

/* The shape of a severity alone, drawn in its colour: square, triangle, dot, ring, diamond, cross.
 * Lists and charts draw the same shapes. */

#define FORLOP_TYPE_SEVERITY_SHAPE (forlop_severity_shape_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSeverityShape, forlop_severity_shape, FORLOP, SEVERITY_SHAPE,
                      GtkWidget)

GtkWidget      *forlop_severity_shape_new          (void) G_GNUC_WARN_UNUSED_RESULT;
ForlopSeverity  forlop_severity_shape_get_severity (ForlopSeverityShape  *self);
void            forlop_severity_shape_set_severity (ForlopSeverityShape  *self,
                                                    ForlopSeverity        severity);

/* The CSS class of a severity: "red", "yellow", … */
const char     *forlop_severity_css_class          (ForlopSeverity        severity);
/* Draws the shape around a point; @size is the side of its square in pixels. */
void            forlop_severity_snapshot           (GtkSnapshot          *snapshot,
                                                    ForlopSeverity        severity,
                                                    float                 x,
                                                    float                 y,
                                                    float                 size,
                                                    const GdkRGBA        *line,
                                                    const GdkRGBA        *fill);
/* Many of one severity at once: add each, then draw the path. */
void            forlop_severity_add_to_path        (GskPathBuilder       *builder,
                                                    ForlopSeverity        severity,
                                                    float                 x,
                                                    float                 y,
                                                    float                 size);
void            forlop_severity_snapshot_path      (GtkSnapshot          *snapshot,
                                                    ForlopSeverity        severity,
                                                    GskPath              *path,
                                                    float                 size,
                                                    const GdkRGBA        *line,
                                                    const GdkRGBA        *fill);

G_END_DECLS
