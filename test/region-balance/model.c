// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Regions are data: a model of another code base gets the same rule, with its own words.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=%S/Inputs/regions.json -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock model check %S/Inputs/regions.json
#include <airlock.h>

void open_gate(void);
void close_gate(void);
_Bool try_gate(void);
_Bool test_and_close_gate(void);
void open_door(void);
void close_door(void);
int leave_door(void);
void return_to_door(int);
void open_hatch(void);
void close_hatch(void);
void open_window(void);
void close_window(void);
void open_all(void);
void close_all(void);
int ready(void);

#define OPEN_GATE() ((void)0)
#define CLOSE_GATE() ((void)0)

void nesting(void)
{
	open_gate();
	open_gate();
	close_gate();
	if (ready())
		return; // expected-warning {{'nesting' returns while the gate is open [airlock-region-balance]}}
	close_gate();
}

void conditional(void)
{
	if (!try_gate())
		return;
	if (!test_and_close_gate())
		return; // expected-warning {{'conditional' returns while the gate is open [airlock-region-balance]}}
	if (try_gate() && !test_and_close_gate())
		close_gate();
}

void by_macro(void)
{
	OPEN_GATE();
	if (ready())
		return; // expected-warning {{'by_macro' returns while the gate is open [airlock-region-balance]}}
	CLOSE_GATE();
}

void not_nesting(void)
{
	if (ready())
		return;
	open_door();
	open_door(); // expected-warning {{'not_nesting' calls 'open_door', which opens region 'door', but it is open already [airlock-region-balance]}}
	close_door();
}

void saved(void)
{
	int was;

	if (ready())
		return;
	open_door();
	was = leave_door();
	open_door();
	close_door();
	return_to_door(was);
	close_door();
}

// Without 'confined', any function may hand it over.
void hands_over_gate(void)
{
	open_gate();
}

void hands_over_hatch(void)
{
	open_hatch();
} // expected-warning {{'hands_over_hatch' returns while the hatch is open [airlock-region-balance]}}

// Not 'balanced': nobody asks.
void unbalanced(void)
{
	open_window();
	if (ready())
		return;
	close_window();
	close_window();
}

void several(void)
{
	if (ready())
		return;
	open_all();
	close_door();
	close_gate();
}

void several_left_open(void)
{
	open_all();
	if (ready()) {
		close_door();
		return; // expected-warning {{'several_left_open' returns while the gate is open [airlock-region-balance]}}
	}
	close_all();
}
