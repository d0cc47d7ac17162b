// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Nobody hands disabled page faults to a caller: whoever leaves them so has forgotten the other end, whatever it returns.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
void pagefault_disable(void);
void pagefault_enable(void);
void *io_mapping_map_atomic_wc(void *mapping, unsigned long offset);
void io_mapping_unmap_atomic(void *address);
int copy(void *to, const void *from, unsigned long n);

long copied(void *to, const void *from, unsigned long n)
{
	long left;

	pagefault_disable();
	left = copy(to, from, n);
	pagefault_enable();
	return left ? -14 : 0;
}

long forgotten_where_it_fails(void *to, const void *from, unsigned long n)
{
	pagefault_disable();
	if (copy(to, from, n))
		return -14;		// expected-warning {{'forgotten_where_it_fails' returns while page faults are disabled}}
	pagefault_enable();
	return 0;
}

long forgotten_where_it_is_good(void *to, const void *from, unsigned long n)
{
	pagefault_disable();
	if (copy(to, from, n))
		goto fault;
	return 0;			// expected-warning {{'forgotten_where_it_is_good' returns while page faults are disabled}}
fault:
	pagefault_enable();
	return -14;
}

void forgotten_at_the_end(void *to, const void *from, unsigned long n)
{
	pagefault_disable();
	copy(to, from, n);
}					// expected-warning {{'forgotten_at_the_end' returns while page faults are disabled}}

long enabled_twice(void *to, const void *from, unsigned long n)
{
	long left;

	pagefault_disable();
	left = copy(to, from, n);
	pagefault_enable();
	if (left)
		pagefault_enable();	// expected-warning {{closes region 'pagefault_off', but it is not open}}
	return left;
}

long nested(void *to, const void *from, unsigned long n)
{
	long left;

	pagefault_disable();
	left = copied(to, from, n);
	pagefault_enable();
	return left;
}

/* Two halves that an inline function is for. */
static inline void *map(void *page)
{
	pagefault_disable();
	return page;
}
static inline void unmap(void *page)
{
	pagefault_enable();
}
int through_halves(void *page)
{
	char *mapped = map(page);
	int first = *mapped;

	unmap(mapped);
	return first;
}

/* An atomic mapping may be kept: it is another region. */
struct cache { void *mapping, *mapped; };
void keep(struct cache *c, unsigned long offset)
{
	c->mapped = io_mapping_map_atomic_wc(c->mapping, offset);
}
void let_go(struct cache *c)
{
	io_mapping_unmap_atomic(c->mapped);
}
