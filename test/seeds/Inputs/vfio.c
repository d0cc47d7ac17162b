// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One device, and requests of several lengths.
#include "iommu.h"

#include <stdio.h>

#ifndef FLAGS
#define FLAGS 0
#endif

int main(void)
{
	static struct {
		u32 argsz, flags;
		struct iommu_cache_invalidate_info info;
	} request = { sizeof(request), FLAGS, { .version = 2, .nb_granules = 1 } };
	static struct vfio_iommu iommu = { .devices = LIST_HEAD_INIT(iommu.devices) };
	static struct device dev;
	static u32 count;
	long ret;

	mutex_init(&iommu.lock);
	list_add_tail(&dev.link, &iommu.devices);
	ret = vfio_iommu_type1_ioctl(&iommu, VFIO_IOMMU_CACHE_INVALIDATE, (unsigned long)&request);
	printf("whole %ld, %u invalidation\n", ret, dev.invalidations);
	ret = vfio_iommu_type1_ioctl(&iommu, VFIO_IOMMU_REPORT_FAULT, (unsigned long)&count);
	printf("reported %ld: %u\n", ret, count);
	if (!FLAGS)
		return 0; // as posted it takes what is too short, and dies of an unknown version
	request.argsz -= 8;
	ret = vfio_iommu_type1_ioctl(&iommu, VFIO_IOMMU_CACHE_INVALIDATE, (unsigned long)&request);
	printf("short %ld\n", ret);
	request.info.version = 7;
	ret = vfio_iommu_type1_ioctl(&iommu, VFIO_IOMMU_CACHE_INVALIDATE, (unsigned long)&request);
	printf("unknown version %ld\n", ret);
	return 0;
}
