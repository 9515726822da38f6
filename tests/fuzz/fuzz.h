/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

/* What every fuzz target defines, under the names that libFuzzer calls. */
int LLVMFuzzerInitialize   (int          *argc,
                            char       ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);
