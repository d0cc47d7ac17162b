// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* User memory: accessors that may fault, those that may not, and pages that are pinned. */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "cases.h"

static char buffer[8];
static long answer;
static loff_t offset;

#define COPY answer = copy_from_user(buffer, user_memory, 4)

SLEEPS(copy_from_user, COPY)
SLEEPS(copy_to_user, COPY; answer = copy_to_user(user_memory, buffer, 4))
SLEEPS_WITH(get_user, char got, if (get_user(got, user_memory)) {}, )
SLEEPS_WITH(put_user, COPY, if (put_user(buffer[0], user_memory)) {}, )
DIFFERS(get_user_unchecked_locked, "lucky path: the page is there, and this machine checks nothing before")
SLEEPS_WITH(get_user_unchecked, char got; if (!access_ok(user_memory, 1)) return -EFAULT,
	    if (__get_user(got, user_memory)) {}, )
SLEEPS_WITH(copy_from_user_unchecked, if (!access_ok(user_memory, 4)) return -EFAULT,
	    answer = __copy_from_user(buffer, user_memory, 4), )
SLEEPS(clear_user, answer = clear_user(user_memory + user_size, 0))
DIFFERS(strncpy_from_user_locked, "lucky path: the page is there, and this machine checks nothing before")
SLEEPS(strncpy_from_user, answer = strncpy_from_user(buffer, user_memory, 4))
DIFFERS(strnlen_user_locked, "lucky path: the page is there, and this machine checks nothing before")
SLEEPS(strnlen_user, answer = strnlen_user(user_memory, user_size))
SLEEPS_WITH(memdup_user, void *copy, copy = memdup_user(user_memory, 4), kfree(copy))
SLEEPS_WITH(memdup_user_nul, void *copy, copy = memdup_user_nul(user_memory, 4), kfree(copy))
SLEEPS_WITH(vmemdup_user, void *copy, copy = vmemdup_user(user_memory, 4), kvfree(copy))
SLEEPS_WITH(strndup_user, void *copy, copy = strndup_user(user_memory, PAGE_SIZE), if (!IS_ERR(copy)) kfree(copy))
SLEEPS(copy_struct_from_user, answer = copy_struct_from_user(buffer, 4, user_memory, 4))
DIFFERS(check_zeroed_user_locked, "lucky path: the page is there, and nothing is checked before")
SLEEPS(check_zeroed_user, answer = check_zeroed_user(user_memory, 4))
SLEEPS_WITH(kstrtoint_from_user, int number, if (kstrtoint_from_user(user_memory, 4, 10, &number)) {}, )
SLEEPS(simple_write_to_buffer, offset = 0; answer = simple_write_to_buffer(buffer, sizeof(buffer), &offset, user_memory, 4))
DIFFERS(fault_in_readable_locked, "lucky path: the page is there, and nothing is checked before")
SLEEPS(fault_in_readable, answer = fault_in_readable(user_memory, 4))
DIFFERS(fault_in_writeable_locked, "lucky path: the page is there, and nothing is checked before")
SLEEPS(fault_in_writeable, answer = fault_in_writeable(user_memory, 4))
SLEEPS(might_fault, might_fault())

/* They fail where others would wait. */
ATOMIC(copy_from_user_nofault, answer = copy_from_user_nofault(buffer, user_memory, 4))
CASE(copy_from_user_inatomic)
{
	if (!access_ok(user_memory, 4))
		return -EFAULT;
	spin_lock(&spinlock);
	pagefault_disable();
	answer = __copy_from_user_inatomic(buffer, user_memory, 4);
	pagefault_enable();
	spin_unlock(&spinlock);
	return 0;
}
CASE(copy_from_user_pagefault_disabled)
{
	spin_lock(&spinlock);
	pagefault_disable();
	COPY;
	pagefault_enable();
	spin_unlock(&spinlock);
	return 0;
}
CASE(copy_from_user_pagefault_enabled_again)
{
	spin_lock(&spinlock);
	pagefault_disable();
	pagefault_enable();
	COPY;
	spin_unlock(&spinlock);
	return 0;
}
CASE(mutex_pagefault_disabled_locked)
{
	spin_lock(&spinlock);
	pagefault_disable();
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	pagefault_enable();
	spin_unlock(&spinlock);
	return 0;
}
CASE(copy_from_user_kmap_atomic)
{
	struct page *page = alloc_page(GFP_KERNEL);
	char *mapped = kmap_atomic(page);

	answer = copy_from_user(mapped, user_memory, 4);
	kunmap_atomic(mapped);
	__free_page(page);
	return 0;
}
CASE(copy_from_user_in_rcu)
{
	rcu_read_lock();
	COPY;
	rcu_read_unlock();
	return 0;
}
CASE(copy_from_user_in_irq_off)
{
	local_irq_disable();
	COPY;
	local_irq_enable();
	return 0;
}
CASE(copy_from_user_in_bh_off)
{
	local_bh_disable();
	COPY;
	local_bh_enable();
	return 0;
}
CASE(copy_from_user_in_mutex)
{
	mutex_lock(&mutex);
	COPY;
	mutex_unlock(&mutex);
	return 0;
}
CASE(copy_from_user_in_non_block)
{
	non_block_start();
	COPY;
	non_block_end();
	return 0;
}

/* Through an iterator. */
DIFFERS(copy_from_iter_locked,
	"not seen: an iterator is of user memory, as here, or of the kernel, where copying does not fault")
SLEEPS_WITH(copy_from_iter, struct iov_iter iter; iov_iter_ubuf(&iter, ITER_SOURCE, user_memory, 4),
	    answer = copy_from_iter(buffer, 4, &iter), )
SLEEPS_WITH(copy_from_iter_kernel,
	    static char source[4]; struct kvec kvec; struct iov_iter iter;
	    kvec.iov_base = source; kvec.iov_len = 4; iov_iter_kvec(&iter, ITER_SOURCE, &kvec, 1, 4), answer = copy_from_iter(buffer, 4, &iter), )
DIFFERS(fault_in_iov_iter_readable_locked, "lucky path: the page is there, and nothing is checked before")
SLEEPS_WITH(fault_in_iov_iter_readable, struct iov_iter iter; iov_iter_ubuf(&iter, ITER_SOURCE, user_memory, 4),
	    answer = fault_in_iov_iter_readable(&iter, 4), )
DIFFERS(import_iovec_locked, "lucky path: no part of it is to be copied")
SLEEPS_WITH(import_iovec,
	    struct iovec fast[UIO_FASTIOV]; struct iovec *iov = fast; struct iov_iter iter,
	    answer = import_iovec(ITER_SOURCE, (void __user *)user_memory, 0, UIO_FASTIOV, &iov, &iter), kfree(iov))

/* Pages of the process. */
SLEEPS_WITH(get_user_pages_fast, struct page *page; int got,
	    got = get_user_pages_fast((unsigned long)user_memory, 1, 0, &page), if (got == 1) put_page(page))
SLEEPS_WITH(pin_user_pages_fast, struct page *page; int got,
	    got = pin_user_pages_fast((unsigned long)user_memory, 1, 0, &page), if (got == 1) unpin_user_page(page))
ATOMIC_WITH(get_user_pages_fast_only, struct page *page; int got,
	    got = get_user_pages_fast_only((unsigned long)user_memory, 1, 0, &page), if (got == 1) put_page(page))
SLEEPS(access_process_vm, answer = access_process_vm(current, (unsigned long)user_memory, buffer, 4, 0))

/* A user access region: no machine of this kind has one, so the kernel cannot know of it. */
DIFFERS(user_access_sleeps, "compiled out: no machine of this kind keeps the kernel out of user memory")
CASE(user_access_sleeps)
{
	if (!user_access_begin(user_memory, 4))
		return -EFAULT;
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	user_access_end();
	return 0;
}
DIFFERS(user_access_left, "compiled out: no machine of this kind keeps the kernel out of user memory")
CASE(user_access_left)
{
	char got;

	if (!user_access_begin(user_memory, 4))
		return -EFAULT;
	unsafe_get_user(got, user_memory, failed);
	if (yes)
		return -EINVAL;
	user_access_end();
	return 0;
failed:
	user_access_end();
	return -EFAULT;
}
CASE(user_access_closed)
{
	char got;

	if (!user_access_begin(user_memory, 4))
		return -EFAULT;
	unsafe_get_user(got, user_memory, failed);
	user_access_end();
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return 0;
failed:
	user_access_end();
	return -EFAULT;
}
