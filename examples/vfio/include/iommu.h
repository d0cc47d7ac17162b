/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* iommu.h - a domain, the devices in it, and what one can do with all of them. */
#ifndef EXAMPLES_IOMMU_H
#define EXAMPLES_IOMMU_H

#include "iommu_uapi.h"
#include "list.h"
#include "lock.h"

struct device {
	struct list_head link;
	unsigned int invalidations;
};

struct vfio_iommu {
	struct mutex lock;
	struct list_head devices;
};

static inline int iommu_cache_invalidate(struct device *dev,
					 const struct iommu_cache_invalidate_info *info)
{
	if (!info->nb_granules)
		return -22;
	dev->invalidations++;
	return 0;
}

#define VFIO_IOMMU_CACHE_INVALIDATE	24
#define VFIO_IOMMU_REPORT_FAULT		25

long vfio_iommu_type1_ioctl(struct vfio_iommu *iommu, unsigned int cmd, unsigned long arg);

#endif
