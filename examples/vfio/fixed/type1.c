// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * type1.c - VFIO_IOMMU_CACHE_INVALIDATE: a header, and data[] behind it, of which
 * a flag says what it is and argsz how long.  Nothing is fetched twice.
 */
#include "../include/iommu.h"

#include "slab.h"
#include "uaccess.h"

#define VFIO_IOMMU_CACHE_INV_INFO	(1u << 0)	/* data[] is iommu_cache_invalidate_info */

struct vfio_iommu_type1_cache_invalidate {
	u32 argsz;
	u32 flags;
	u8 data[];
};

/* How long a struct of the interface is in a version of it, or -EINVAL. */
static int iommu_uapi_get_data_size(int type, u32 version)
{
	if (type != IOMMU_UAPI_CACHE_INVAL)
		return -EINVAL;
	switch (version) {
	case IOMMU_CACHE_INVALIDATE_INFO_VERSION_1:
		return offsetof(struct iommu_cache_invalidate_info, archid);
	case IOMMU_CACHE_INVALIDATE_INFO_VERSION_2:
		return sizeof(struct iommu_cache_invalidate_info);
	default:
		return -EINVAL;
	}
}

/* fn may reach user memory; what calls it for each device is in the same context. */
static int __uaccess vfio_iommu_for_each_dev(struct vfio_iommu *iommu,
					     int (*fn)(struct device *dev, void *data) __uaccess,
					     void *data)
{
	struct device *dev;
	int ret = 0;

	list_for_each_entry(dev, &iommu->devices, link) {
		ret = fn(dev, data);
		if (ret)
			break;
	}
	return ret;
}

static int vfio_cache_inv_fn(struct device *dev, void *data)
{
	return iommu_cache_invalidate(dev, data);
}

static int __uaccess vfio_report_fn(struct device *dev, void *data)
{
	u32 __user *count = (__force u32 __user *)data;

	return put_user(dev->invalidations, count);
}

static long __uaccess vfio_cache_invalidate(struct vfio_iommu *iommu, unsigned long arg)
{
	struct vfio_iommu_type1_cache_invalidate cache_inv;
	struct iommu_cache_invalidate_info info = {};
	unsigned long minsz, data_size;
	int info_size, ret;

	minsz = offsetofend(struct vfio_iommu_type1_cache_invalidate, flags);

	if (copy_from_user(&cache_inv, (void __user *)arg, minsz))
		return -EFAULT;

	if (cache_inv.argsz < minsz || cache_inv.flags != VFIO_IOMMU_CACHE_INV_INFO)
		return -EINVAL;

	data_size = cache_inv.argsz - minsz;
	if (data_size < sizeof(info.version))
		return -EINVAL;
	/* What a newer user knows more of is not looked at. */
	if (data_size > sizeof(info))
		data_size = sizeof(info);

	if (copy_from_user(&info, (void __user *)(arg + minsz), data_size))
		return -EFAULT;

	info_size = iommu_uapi_get_data_size(IOMMU_UAPI_CACHE_INVAL, info.version);
	if (info_size < 0)
		return info_size;
	if (data_size < (unsigned long)info_size)
		return -EINVAL;

	mutex_lock(&iommu->lock);
	ret = vfio_iommu_for_each_dev(iommu, vfio_cache_inv_fn, &info);
	mutex_unlock(&iommu->lock);
	return ret;
}

/* The user's own ioctl. */
long __context_entry(uaccess) vfio_iommu_type1_ioctl(struct vfio_iommu *iommu, unsigned int cmd,
						     unsigned long arg)
{
	switch (cmd) {
	case VFIO_IOMMU_CACHE_INVALIDATE:
		return vfio_cache_invalidate(iommu, arg);
	case VFIO_IOMMU_REPORT_FAULT:
		return vfio_iommu_for_each_dev(iommu, vfio_report_fn, (void *)arg);
	default:
		return -ENOTTY;
	}
}
