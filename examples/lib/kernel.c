// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* kernel.c - the console and the end of the world. */
#include "kernel.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int printk(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vfprintf(stderr, fmt, args);
	va_end(args);
	return n;
}

void warn(const char *file, int line, const char *what)
{
	printk("%s:%d: warning: %s\n", file, line, what);
}

void bug(const char *file, int line)
{
	printk("%s:%d: kernel bug\n", file, line);
	abort();
}
