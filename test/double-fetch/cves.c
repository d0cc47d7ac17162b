// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The first copy decides, the second is used: the shapes of four CVEs.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct header { u32 size, command, version; };
struct request { struct header header; char data[64]; };

int consume(const void *data, size_t n);
int dispatch(u32 command, const void *data);

// CVE-2016-6516, ioctl_file_dedupe_range(): a count that sizes the copy is in the copy, too.
struct dedupe { u64 offset; u16 count; struct { u64 fd; } info[]; };
int dedupe_range(struct dedupe *same);

// CVE-2016-5728, vop_ioctl(): checked in one copy, kept in another.
struct device_desc { u8 type, num_vq, feature_len, config_len; };
int add_device(struct device_desc *desc);

// CVE-2016-6136, audit_log_single_execve_arg(): looked at for control characters, then fetched again to be logged.
bool contains_control(const char *string, size_t n);
void log_n_string(const char *string, size_t n);
void log_n_hex(const char *string, size_t n);

int size_then_whole(struct request __user *p)
{
	struct request r;
	u32 size;

	if (get_user(size, &p->header.size) || size > sizeof(r)) // expected-note {{'get_user' fetches it for the first time here}} expected-note {{what was fetched decides here}}
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r))) // expected-warning {{'copy_from_user' fetches again what 'get_user' has fetched and a decision was made on; user space may have changed it since, so compare the second copy or use the first [airlock-double-fetch]}}
		return -EFAULT;
	return consume(r.data, r.header.size); // expected-note {{the second copy is used here}}
}

int dedupe(struct dedupe __user *argp)
{
	struct dedupe *same;
	u16 count;
	int error;

	if (get_user(count, &argp->count)) // expected-note {{'get_user' fetches it for the first time here}}
		return -EFAULT;
	same = memdup_user(argp, offsetof(struct dedupe, info) + count * sizeof(same->info[0])); // expected-warning {{'memdup_user' fetches again what 'get_user' has fetched}} expected-note {{what was fetched decides here}}
	if (IS_ERR(same))
		return PTR_ERR(same);
	error = dedupe_range(same); // expected-note {{the second copy is used here}}
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
	if (copy_from_user(fib, arg, sizeof(struct header))) // expected-note {{'copy_from_user' fetches it for the first time here}}
		goto out;
	size = fib->header.size + sizeof(struct header);
	if (size > sizeof(*fib)) { // expected-note {{what was fetched decides here}}
		error = -EINVAL;
		goto out;
	}
	if (copy_from_user(fib, arg, size)) // expected-warning {{'copy_from_user' fetches again what 'copy_from_user' has fetched}}
		goto out;
	error = consume(fib->data, fib->header.size); // expected-note {{the second copy is used here}}
out:
	kfree(fib);
	return error;
}

static int aligned_size(const struct device_desc *desc)
{
	return (sizeof(*desc) + desc->num_vq * 16 + desc->feature_len * 2 + desc->config_len + 7) & ~7;
}

int virtio_add_device(struct device_desc __user *argp)
{
	struct device_desc desc, *config;
	int error;

	if (copy_from_user(&desc, argp, sizeof(desc))) // expected-note {{'copy_from_user' fetches it for the first time here}}
		return -EFAULT;
	if (aligned_size(&desc) > 4096 || desc.num_vq > 4) // expected-note {{what was fetched decides here}}
		return -EINVAL;
	config = kmalloc(aligned_size(&desc), GFP_KERNEL);
	if (!config)
		return -ENOMEM;
	if (copy_from_user(config, argp, aligned_size(&desc))) { // expected-warning {{'copy_from_user' fetches again what 'copy_from_user' has fetched}}
		kfree(config);
		return -EFAULT;
	}
	error = add_device(config); // expected-note {{the second copy is used here}}
	kfree(config);
	return error;
}

int log_argument(const char __user *p, char *buffer, size_t n)
{
	bool has_control;

	if (copy_from_user(buffer, p, n)) // expected-note {{'copy_from_user' fetches it for the first time here}}
		return -EFAULT;
	has_control = contains_control(buffer, n);
	if (copy_from_user(buffer, p, n)) // expected-warning {{'copy_from_user' fetches again what 'copy_from_user' has fetched}}
		return -EFAULT;
	if (has_control) // expected-note {{what was fetched decides here}}
		log_n_hex(buffer, n); // expected-note {{the second copy is used here}}
	else
		log_n_string(buffer, n);
	return 0;
}
