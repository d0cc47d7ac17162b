// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fetched twice, and no harm in it.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
// expected-no-diagnostics
#include "kernel-api.h"

struct header { u32 size, command, version; };
struct request { struct header header; char data[64]; };

int consume(const void *data, size_t n);
int dispatch(u32 command, const void *data);
int more(void);
int memcmp(const void *, const void *, size_t);

// The first value is the one that counts.
int first_is_used(struct request __user *p)
{
	struct request r;
	u32 size;

	if (get_user(size, &p->header.size) || size > sizeof(r.data))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	return consume(r.data, size);
}

int overwritten(struct request __user *p)
{
	struct request r;
	u32 size;

	if (get_user(size, &p->header.size) || size > sizeof(r.data))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	r.header.size = size;
	return consume(&r, r.header.size);
}

int compared_again(struct request __user *p)
{
	struct request r;
	u32 size;

	if (get_user(size, &p->header.size) || size > sizeof(r.data))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.header.size != size)
		return -EINVAL;
	return consume(r.data, r.header.size);
}

int compared_as_a_whole(struct request __user *p)
{
	struct header h;
	struct request r;

	if (copy_from_user(&h, p, sizeof(h)) || h.size > sizeof(r.data))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (memcmp(&h, &r, sizeof(h)))
		return -EINVAL;
	return consume(r.data, r.header.size);
}

int compared_in_a_variable(struct request __user *p)
{
	struct request r;
	u32 size, again;

	if (get_user(size, &p->header.size) || size > sizeof(r.data))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	again = r.header.size;
	if (again > sizeof(r.data))
		return -EINVAL;
	return consume(r.data, again);
}

// Only what follows the header is fetched the second time.
int the_rest(struct request __user *p, struct request *r)
{
	if (copy_from_user(&r->header, &p->header, sizeof(r->header)) || r->header.size > sizeof(r->data))
		return -EINVAL;
	if (copy_from_user(r->data, p->data, r->header.size))
		return -EFAULT;
	return consume(r->data, r->header.size);
}

// The value decided nothing.
int unrelated(struct request __user *p)
{
	struct request r;
	u32 version, size;

	if (get_user(version, &p->header.version) || get_user(size, &p->header.size) || size > 64)
		return -EINVAL;
	dispatch(version, NULL);
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	return dispatch(r.header.version, r.data);
}

// Another element each time.
int elements(struct header __user *p, u32 n)
{
	struct header h;
	u32 i;

	for (i = 0; i < n; i++) {
		if (copy_from_user(&h, &p[i], sizeof(h)) || h.size > 64)
			return -EINVAL;
		dispatch(h.command, NULL);
	}
	while (n--) {
		if (copy_from_user(&h, p++, sizeof(h)) || h.size > 64)
			return -EINVAL;
		dispatch(h.command, NULL);
	}
	return 0;
}

// The same one, until it says so.
int poll(u32 __user *p)
{
	u32 x;

	do {
		if (get_user(x, p))
			return -EFAULT;
	} while (x != 1);
	return 0;
}

// Compared with a limit each time, as the first thing in the loop.
int limited_in_each_round(u32 __user *p)
{
	u32 n, m;

	if (get_user(n, p) || n > 8)
		return -EFAULT;
	do {
		if (get_user(m, p))
			return -EFAULT;
		if (m > 8)
			return -EINVAL;
		dispatch(m, NULL);
	} while (more());
	return 0;
}

int limited_again(u32 __user *p)
{
	u32 n, m;

	if (get_user(n, p) || n > 8)
		return -EFAULT;
again:
	get_user(m, p);
	if (m > 8)
		return -EINVAL;
	dispatch(m, NULL);
	if (more())
		goto again;
	return 0;
}

// Either here or there.
int either(struct header __user *p, bool all)
{
	struct header h = {};

	if (all) {
		if (copy_from_user(&h, p, sizeof(h)))
			return -EFAULT;
		if (h.size > 64)
			return -EINVAL;
	} else if (get_user(h.command, &p->command)) {
		return -EFAULT;
	}
	return dispatch(h.command, NULL);
}

// Back to where it came from.
int back(struct header __user *p)
{
	struct header h;
	u32 size;

	if (get_user(size, &p->size) || size < sizeof(h))
		return -EINVAL;
	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	h.version = 2;
	return copy_to_user(p, &h, sizeof(h)) ? -EFAULT : 0;
}

// Who gets the second copy looks at the rest of it only.
static int version_of(const struct header *h) { return h->version; }
static int deeper(const struct request *r) { return version_of(&r->header) + r->data[0]; }

int rest(struct request __user *p)
{
	struct request r;
	u32 size;

	if (get_user(size, &p->header.size) || size > sizeof(r.data))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	return deeper(&r);
}

// What is behind those bytes goes to somebody unknown.
static int only_data(const struct request *r) { return consume(r->data, sizeof(r->data)); }

int behind(struct request __user *p)
{
	struct request r;
	u32 size;

	if (get_user(size, &p->header.size) || size > sizeof(r.data))
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	return only_data(&r) + consume(r.data, size);
}

/* The first is only fetched where the second is not. */
int in_one_arm(struct request __user *p, u32 command)
{
	struct request r;
	u32 size;

	if (command == 1) {
		if (get_user(size, &p->header.size) || size > sizeof(r.data))
			return -EINVAL;
		return size;
	}
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	return consume(r.data, r.header.size);
}

static int handle_some(struct request __user *p, u32 command)
{
	u32 size;

	switch (command) {
	case 1:
		if (get_user(size, &p->header.size))
			return -EFAULT;
		return size > 64 ? 0 : 1;
	case 2:
		return 3;
	default:
		return -EINVAL;
	}
}

int one_after_the_other(struct request __user *p, u32 command)
{
	struct request r;
	int done = handle_some(p, command);

	if (done != -EINVAL)
		return done;
	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	return consume(r.data, r.header.size);
}

/* A piece of the array after the other, in one of two forms. */
static int fetch_pieces(void *to[], u32 __user *from, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		u32 address;

		if (get_user(address, from + i))
			return -EFAULT;
		to[i] = (void *)(unsigned long)address;
	}
	return 0;
}

int in_pieces(u32 __user *from, unsigned n, bool compat)
{
	void *all[16];

	while (n) {
		unsigned some = n < 16 ? n : 16;

		if (compat) {
			if (fetch_pieces(all, from, some))
				return -EFAULT;
		} else if (copy_from_user(all, from, some * sizeof(*all))) {
			return -EFAULT;
		}
		consume(all, some);
		from += some;
		n -= some;
	}
	return 0;
}
