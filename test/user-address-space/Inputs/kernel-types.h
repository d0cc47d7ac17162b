// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// `__user` as include/linux/compiler_types.h has it in Linux 6.12; without BTF it is nothing.
#if defined(BTF) && __has_attribute(btf_type_tag)
# define BTF_TYPE_TAG(value) __attribute__((btf_type_tag(#value)))
#else
# define BTF_TYPE_TAG(value) /* nothing */
#endif

#ifdef __CHECKER__
# define __user __attribute__((noderef, address_space(__user)))
# define __force __attribute__((force))
#else
# define __user BTF_TYPE_TAG(user)
# define __force
#endif
