// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
	n += vhost_get_user(n); // expected-warning {{'body' expands 'vhost_get_user'}}
