/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* types.h - the fixed-size types, and the annotations every other header uses. */
#ifndef EXAMPLES_TYPES_H
#define EXAMPLES_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "airlock.h"

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

/* Numbers in the byte order of a virtio ring, which need not be the host's. */
typedef u16 __virtio16;
typedef u32 __virtio32;
typedef u64 __virtio64;

typedef unsigned int gfp_t;
typedef unsigned int __poll_t;

#endif
