// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * type1.c - VFIO_IOMMU_CACHE_INVALIDATE: a header, and behind it a struct whose
 * version says how long it is.
 */
#include "../include/iommu.h"

#include "slab.h"
#include "uaccess.h"

struct vfio_iommu_type1_cache_invalidate {
	u32 argsz;
	u32 flags;
	struct iommu_cache_invalidate_info cache_info;
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

static int vfio_iommu_for_each_dev(struct vfio_iommu *iommu,
				   int (*fn)(struct device *dev, void *data), void *data)
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

/* Tells the user at data, for one device, how often it was asked. */
static int __uaccess vfio_report_fn(struct device *dev, void *data)
{
	u32 __user *count = (__force u32 __user *)data;

	return put_user(dev->invalidations, count);
}

static long vfio_cache_invalidate(struct vfio_iommu *iommu, unsigned long arg)
{
	struct vfio_iommu_type1_cache_invalidate cache_inv;
	unsigned long minsz;
	u32 version;
	int info_size;
	struct iommu_cache_invalidate_info *cache_info;
	int ret;

	minsz = offsetofend(struct vfio_iommu_type1_cache_invalidate, flags);

	if (copy_from_user(&cache_inv, (void __user *)arg, minsz))
		return -EFAULT;

	if (cache_inv.argsz < minsz || cache_inv.flags)
		return -EINVAL;

	/* The version that argsz was not compared for. */
	if (copy_from_user(&version, (void __user *)(arg + minsz), sizeof(version)))
		return -EFAULT;

	/* -EINVAL for an unknown version, and nobody looks. */
	info_size = iommu_uapi_get_data_size(IOMMU_UAPI_CACHE_INVAL, version);

	cache_info = kzalloc(info_size, GFP_KERNEL);
	if (!cache_info)
		return -ENOMEM;

	/* The version once more, inside of the whole. */
	if (copy_from_user(cache_info, (void __user *)(arg + minsz), info_size)) {
		kfree(cache_info);
		return -EFAULT;
	}

	mutex_lock(&iommu->lock);
	ret = vfio_iommu_for_each_dev(iommu, vfio_cache_inv_fn, cache_info);
	mutex_unlock(&iommu->lock);
	kfree(cache_info);
	return ret;
}

long vfio_iommu_type1_ioctl(struct vfio_iommu *iommu, unsigned int cmd, unsigned long arg)
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
