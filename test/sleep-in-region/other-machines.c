// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What opens user memory on other machines, beneath the API: arm64's switch of the page table, powerpc's key, riscv's bit; and
// arm64's mask of all exceptions, and powerpc's, which comes on top of interrupts that are disabled. Where the API's name is another name of it, that is one.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-disable=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#define __user __attribute__((address_space(1)))
typedef _Bool bool;
void msleep(unsigned ms);

bool uaccess_ttbr0_enable(void);
bool uaccess_ttbr0_disable(void);
void allow_read_from_user(const void __user *from, unsigned long n);
void prevent_read_from_user(const void __user *from, unsigned long n);
void prevent_current_access_user(void);
unsigned long prevent_user_access_return(void);
void restore_user_access(unsigned long flags);
bool user_access_begin(const void __user *p, unsigned long n);
#define user_access_begin user_access_begin
#define user_access_end prevent_current_access_user
#define user_access_save prevent_user_access_return
#define user_access_restore restore_user_access
#define __enable_user_access() asm volatile("" : : : "memory")
#define __disable_user_access() asm volatile("" : : : "memory")
unsigned long local_daif_save(void);
void local_daif_restore(unsigned long flags);
unsigned long soft_mask(int which);
void soft_unmask(unsigned long flags);
#define local_irq_save(flags) do { flags = soft_mask(1); } while (0)
#define local_irq_restore(flags) do { soft_unmask(flags); } while (0)
#define hard_irq_disable() do { asm volatile("" : : : "memory"); soft_mask(4); } while (0)
#define raw_local_irq_pmu_save(flags) do { flags = soft_mask(3); } while (0)
#define raw_local_irq_pmu_restore(flags) do { soft_unmask(flags); } while (0)
#define powerpc_local_irq_pmu_save(flags) do { raw_local_irq_pmu_save(flags); } while (0)
#define powerpc_local_irq_pmu_restore(flags) do { raw_local_irq_pmu_restore(flags); } while (0)

void page_table(void)
{
	uaccess_ttbr0_enable();
	msleep(1); // expected-warning {{'page_table' calls 'msleep', which may sleep, while a user access region is open}}
	uaccess_ttbr0_disable();
	msleep(1);
}

void key(const void __user *p)
{
	allow_read_from_user(p, 8);
	msleep(1); // expected-warning {{'key' calls 'msleep', which may sleep, while a user access region is open}}
	prevent_read_from_user(p, 8);
	msleep(1);
}

void bit(void)
{
	__enable_user_access();
	msleep(1); // expected-warning {{'bit' calls 'msleep', which may sleep, while a user access region is open}}
	__disable_user_access();
	msleep(1);
}

int by_other_names(const void __user *p)
{
	unsigned long flags;

	if (!user_access_begin(p, 8))
		return -14;
	msleep(1); // expected-warning {{'by_other_names' calls 'msleep', which may sleep, while a user access region is open}}
	flags = user_access_save();
	user_access_restore(flags);
	msleep(1); // expected-warning {{'by_other_names' calls 'msleep', which may sleep, while a user access region is open}}
	user_access_end();
	msleep(1);
	return 0;
}

void all_masked(void)
{
	unsigned long flags = local_daif_save();

	msleep(1); // expected-warning {{'all_masked' calls 'msleep', which may sleep, while interrupts are disabled}}
	local_daif_restore(flags);
	msleep(1);
}

/* What was saved tells all that restoring has to undo. */
void on_top(void)
{
	unsigned long flags;

	local_irq_save(flags);
	hard_irq_disable();
	msleep(1); // expected-warning {{'on_top' calls 'msleep', which may sleep, while interrupts are disabled}}
	local_irq_restore(flags);
	msleep(1);
}

void monitors_too(void)
{
	unsigned long flags;

	powerpc_local_irq_pmu_save(flags);
	msleep(1); // expected-warning {{'monitors_too' calls 'msleep', which may sleep, while interrupts are disabled}}
	powerpc_local_irq_pmu_restore(flags);
	msleep(1);
}
