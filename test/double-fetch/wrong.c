// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The first copy decides, the second is used. With the shapes of four CVEs.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct header { u32 size, command, version; };
struct request { struct header header; char data[64]; };

int consume(const void *data, size_t n);
int dispatch(u32 command, const void *data);

int size_then_whole(struct request __user *p)
{
	struct request r;
	u32 size;

	if (get_user(size, &p->header.size) || size > sizeof(r))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r))) // expected-warning {{'copy_from_user' fetches again what 'get_user' has fetched and a decision was made on; user space may have changed it since, so compare the second copy or use the first [airlock-double-fetch]}}
		return -EFAULT;
	return consume(r.data, r.header.size);
}

// CVE-2016-6516, ioctl_file_dedupe_range(): a count that sizes the copy is in the copy, too.
struct dedupe { u64 offset; u16 count; struct { u64 fd; } info[]; };
int dedupe_range(struct dedupe *same);

int dedupe(struct dedupe __user *argp)
{
	struct dedupe *same;
	u16 count;
	int error;

	if (get_user(count, &argp->count))
		return -EFAULT;
	same = memdup_user(argp, offsetof(struct dedupe, info) + count * sizeof(same->info[0])); // expected-warning {{'memdup_user' fetches again what 'get_user' has fetched}}
	if (IS_ERR(same))
		return PTR_ERR(same);
	error = dedupe_range(same);
	kfree(same);
	return error;
}

// CVE-2016-6480, ioctl_send_fib(): the header says the size, and is copied again with the rest.
int send_fib(struct request __user *arg)
{
	struct request *fib = kmalloc(sizeof(*fib), GFP_KERNEL);
	int error = -EFAULT;
	size_t size;

	if (!fib)
		return -ENOMEM;
	if (copy_from_user(fib, arg, sizeof(struct header)))
		goto out;
	size = fib->header.size + sizeof(struct header);
	if (size > sizeof(*fib)) {
		error = -EINVAL;
		goto out;
	}
	if (copy_from_user(fib, arg, size)) // expected-warning {{'copy_from_user' fetches again what 'copy_from_user' has fetched}}
		goto out;
	error = consume(fib->data, fib->header.size);
out:
	kfree(fib);
	return error;
}

// CVE-2016-5728, vop_ioctl(): checked in one copy, kept in another.
struct device_desc { u8 type, num_vq, feature_len, config_len; };
int add_device(struct device_desc *desc);

static int aligned_size(const struct device_desc *desc)
{
	return (sizeof(*desc) + desc->num_vq * 16 + desc->feature_len * 2 + desc->config_len + 7) & ~7;
}

int virtio_add_device(struct device_desc __user *argp)
{
	struct device_desc desc, *config;
	int error;

	if (copy_from_user(&desc, argp, sizeof(desc)))
		return -EFAULT;
	if (aligned_size(&desc) > 4096 || desc.num_vq > 4)
		return -EINVAL;
	config = kmalloc(aligned_size(&desc), GFP_KERNEL);
	if (!config)
		return -ENOMEM;
	if (copy_from_user(config, argp, aligned_size(&desc))) { // expected-warning {{'copy_from_user' fetches again what 'copy_from_user' has fetched}}
		kfree(config);
		return -EFAULT;
	}
	error = add_device(config);
	kfree(config);
	return error;
}

// CVE-2016-6136, audit_log_single_execve_arg(): looked at for control characters, then fetched again to be logged.
bool contains_control(const char *string, size_t n);
void log_n_string(const char *string, size_t n);
void log_n_hex(const char *string, size_t n);

int log_argument(const char __user *p, char *buffer, size_t n)
{
	bool has_control;

	if (copy_from_user(buffer, p, n))
		return -EFAULT;
	has_control = contains_control(buffer, n);
	if (copy_from_user(buffer, p, n)) // expected-warning {{'copy_from_user' fetches again what 'copy_from_user' has fetched}}
		return -EFAULT;
	if (has_control)
		log_n_hex(buffer, n);
	else
		log_n_string(buffer, n);
	return 0;
}

// A version decides which way, then counts again.
int version(struct header __user *p)
{
	struct header h;
	u32 version;

	if (get_user(version, &p->version))
		return -EFAULT;
	if (version != 1)
		return -EINVAL;
	if (copy_from_user(&h, p, sizeof(h))) // expected-warning {{'copy_from_user' fetches again what 'get_user' has fetched}}
		return -EFAULT;
	return dispatch(h.version, &h.command);
}

// The first is in a helper.
static int fetch(struct header *to, const struct header __user *from)
{
	return copy_from_user(to, from, sizeof(*to)) ? -EFAULT : 0;
}

int by_helper(struct request __user *p)
{
	struct header h;
	struct request r;

	if (fetch(&h, &p->header) || h.size > sizeof(r.data))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r))) // expected-warning {{'copy_from_user' fetches again what 'fetch' has fetched}}
		return -EFAULT;
	return consume(r.data, r.header.size);
}

// So is the second.
int by_helper_again(struct header __user *p)
{
	struct header h;
	u32 size;

	if (get_user(size, &p->size) || size > 64)
		return -EINVAL;
	if (fetch(&h, p)) // expected-warning {{'fetch' fetches again what 'get_user' has fetched}}
		return -EFAULT;
	return dispatch(h.size, NULL);
}

// What bounds a loop is no comparison with what it was.
int loop(struct header __user *p, char *to)
{
	struct header h;
	u32 size, i;

	if (get_user(size, &p->size) || size > 64)
		return -EINVAL;
	if (copy_from_user(&h, p, sizeof(h))) // expected-warning {{'copy_from_user' fetches again what 'get_user' has fetched}}
		return -EFAULT;
	for (i = 0; i < h.size; i++)
		to[i] = 0;
	return 0;
}
