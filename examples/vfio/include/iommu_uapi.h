/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* iommu_uapi.h - what a user asks of an IOMMU, in versions that grow. */
#ifndef EXAMPLES_IOMMU_UAPI_H
#define EXAMPLES_IOMMU_UAPI_H

#include "types.h"

#define IOMMU_UAPI_CACHE_INVAL			1

#define IOMMU_CACHE_INVALIDATE_INFO_VERSION_1	1
#define IOMMU_CACHE_INVALIDATE_INFO_VERSION_2	2

struct iommu_cache_invalidate_info {
	u32 version;
	u8 cache;
	u8 granularity;
	u8 padding[2];
	u64 addr;
	u64 nb_granules;
	/* Since version 2. */
	u64 archid;
};

#endif
