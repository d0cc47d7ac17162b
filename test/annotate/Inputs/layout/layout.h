/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef LAYOUT_H
#define LAYOUT_H

int in_a_header(int first_of_the_parameters, int second_of_the_parameters, int third_of_these);
int short_one(int value);

#endif
