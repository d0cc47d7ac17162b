// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where interrupts are switched in C, those that came in the meantime are handled right there, by handlers that are nobody's
// call: what the switch is for, not what it reaches, is what counts.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
typedef struct spinlock { int x; } spinlock_t;
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);
unsigned long arch_local_irq_save(void);
void msleep(unsigned ms);

static struct chip { void (*handler)(void); } chip;
static int pending;

static void late(void) { msleep(1); }
void setup(void) { chip.handler = late; }
void arch_local_irq_restore(unsigned long flags)
{
	if (!flags && pending)
		chip.handler();
}

void quiet(spinlock_t *l)
{
	unsigned long flags;

	spin_lock(l);
	flags = arch_local_irq_save();
	pending++;
	arch_local_irq_restore(flags);
	spin_unlock(l);
	msleep(1);
}

void wrong(void)
{
	unsigned long flags = arch_local_irq_save();

	msleep(1); // expected-warning {{'wrong' calls 'msleep', which may sleep, while interrupts are disabled}}
	arch_local_irq_restore(flags);
}
