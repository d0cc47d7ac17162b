// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A comparison bounds a size as far as it goes: with which number, from which side, with a sign or without.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct message { int signed_length; u32 length; u8 short_length; u32 id; char text[]; };
int consume(const void *data);
int is_known(u32 id);
int is_good(const struct message *m);

#define SMALLER(a, b) ((a) < (b) ? (a) : (b))

int limit_is_too_large(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length) || n > 1024)
		return -EFAULT;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer); // expected-warning {{copies as many bytes as user space says to 'buffer', which has 32 bytes}}
}

int limit_fits(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length) || n > 32)
		return -EFAULT;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer);
}

int less_than_zero(struct message __user *p)
{
	char buffer[32];
	int n;

	if (get_user(n, &p->signed_length) || n > 32)
		return -EFAULT;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer); // expected-warning {{the size of 'copy_from_user' comes from user memory and may be less than zero}}
}

int never_less(struct message __user *p)
{
	char buffer[32];
	int n;

	if (get_user(n, &p->signed_length) || n < 0 || n > 32)
		return -EFAULT;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer);
}

int compared_without_sign(struct message __user *p)
{
	char buffer[32];
	int n;

	if (get_user(n, &p->signed_length) || n > sizeof(buffer))
		return -EFAULT;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer);
}

int smaller_of_signed(struct message __user *p)
{
	char buffer[32];
	int n;

	if (get_user(n, &p->signed_length))
		return -EFAULT;
	n = SMALLER(n, 32);
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer); // expected-warning {{may be less than zero}}
}

int smaller_of_unsigned(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	n = SMALLER(n, 32u);
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer);
}

int set_on_one_way(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	if (n > sizeof(buffer))
		n = sizeof(buffer);
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer);
}

int wraps(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length) || n > 48)
		return -EFAULT;
	return copy_from_user(buffer, p->text, n - 16) ? -EFAULT : consume(buffer); // expected-warning {{may be less than zero}}
}

int does_not_wrap(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length) || n > 48 || n < 16)
		return -EFAULT;
	return copy_from_user(buffer, p->text, n - 16) ? -EFAULT : consume(buffer);
}

int elements(struct message __user *p)
{
	u32 buffer[8], n;

	if (get_user(n, &p->length) || n > sizeof(buffer))
		return -EFAULT;
	return copy_from_user(buffer, p->text, n * sizeof(u32)) ? -EFAULT : consume(buffer); // expected-warning {{to 'buffer', which has 32 bytes}}
}

int elements_fit(struct message __user *p)
{
	u32 buffer[8], n;

	if (get_user(n, &p->length) || n > 8)
		return -EFAULT;
	return copy_from_user(buffer, p->text, n * sizeof(u32)) ? -EFAULT : consume(buffer);
}

int one_byte(struct message __user *p)
{
	char large[255], small[254];
	u8 n;

	if (get_user(n, &p->short_length) || copy_from_user(large, p->text, n))
		return -EFAULT;
	return copy_from_user(small, p->text, n) ? -EFAULT : consume(small); // expected-warning {{to 'small', which has 254 bytes}}
}

// To ask about one member says nothing of the others.
int other_is_asked(struct message __user *p)
{
	struct message m;
	char buffer[32];

	if (copy_from_user(&m, p, sizeof(m)) || is_known(m.id))
		return -EFAULT;
	return copy_from_user(buffer, p->text, m.length) ? -EFAULT : consume(buffer); // expected-warning {{to 'buffer', which has 32 bytes}}
}

int all_is_asked(struct message __user *p)
{
	struct message m;
	char buffer[32];

	if (copy_from_user(&m, p, sizeof(m)) || !is_good(&m))
		return -EFAULT;
	return copy_from_user(buffer, p->text, m.length) ? -EFAULT : consume(buffer);
}

// Nobody knows what it was compared with.
int symbol(struct message __user *p, u32 limit)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length) || n > limit)
		return -EFAULT;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer);
}

// `n &= x` bounds as `n & x` does, and `n *= x` carries on as far.
int masked_in_place(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	n &= 63;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer); // expected-warning {{copies as many bytes as user space says to 'buffer', which has 32 bytes}}
}

int masked_enough(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	n &= 31;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer);
}

int multiplied_in_place(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length) || n > 32)
		return -EFAULT;
	n *= 8;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer); // expected-warning {{copies as many bytes as user space says to 'buffer', which has 32 bytes}}
}

int shifted_enough(struct message __user *p)
{
	char buffer[32];
	u32 n;

	if (get_user(n, &p->length) || n > 4)
		return -EFAULT;
	n <<= 3;
	return copy_from_user(buffer, p->text, n) ? -EFAULT : consume(buffer);
}
