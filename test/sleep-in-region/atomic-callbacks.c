// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Callbacks of which the model says that they run in atomic context, and the functions that real ones of them slept in.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
typedef unsigned int gfp_t;
#define GFP_KERNEL 0xcc0u
#define GFP_ATOMIC 0x820u
struct mutex { int owner; };
void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void *kmalloc(unsigned long size, gfp_t flags);
static struct mutex mutex;

struct urb { void (*complete)(struct urb *urb); void *context; };
int usb_submit_urb(struct urb *urb, gfp_t flags);
void usb_kill_urb(struct urb *urb);
static inline void usb_fill_bulk_urb(struct urb *urb, void (*complete_fn)(struct urb *urb)) { urb->complete = complete_fn; }
static void resubmits(struct urb *urb)
{
  usb_submit_urb(urb, GFP_KERNEL); // expected-warning {{'resubmits' calls 'usb_submit_urb', which may sleep, while a softirq handler runs}}
}
static void kills(struct urb *urb)
{
  usb_kill_urb(urb->context); // expected-warning {{'kills' calls 'usb_kill_urb', which may sleep, while a softirq handler runs}}
}
static void right(struct urb *urb) { usb_submit_urb(urb, GFP_ATOMIC); }
void elsewhere(struct urb *urb);
void fill(struct urb *a, struct urb *b, struct urb *c, struct urb *d)
{
  usb_fill_bulk_urb(a, resubmits);
  b->complete = kills;
  usb_fill_bulk_urb(c, right);
  d->complete = elsewhere; // nothing is known of it
}

struct usb_function {
  int (*bind)(struct usb_function *f);
  int (*set_alt)(struct usb_function *f, unsigned interface, unsigned alt);
  void (*disable)(struct usb_function *f);
};
static int binds(struct usb_function *f)
{
  mutex_lock(&mutex); // right: called from a process
  mutex_unlock(&mutex);
  return 0;
}
static int sets_alt(struct usb_function *f, unsigned interface, unsigned alt) { return kmalloc(8, GFP_ATOMIC) ? 0 : -12; }
static void disables(struct usb_function *f)
{
  mutex_lock(&mutex); // expected-warning {{while a spinlock is held}}
  mutex_unlock(&mutex);
}
struct usb_function function = {.bind = binds, .set_alt = sets_alt, .disable = disables};

struct xfrm_state { int id; };
struct xfrmdev_ops {
  int (*xdo_dev_state_add)(struct xfrm_state *x, void *extack);
  void (*xdo_dev_state_delete)(struct xfrm_state *x);
  void (*xdo_dev_state_free)(struct xfrm_state *x);
};
static int adds(struct xfrm_state *x, void *extack)
{
  mutex_lock(&mutex); // right
  mutex_unlock(&mutex);
  return 0;
}
static void frees(struct xfrm_state *x)
{
  mutex_lock(&mutex); // right
  mutex_unlock(&mutex);
}
static void deletes(struct xfrm_state *x)
{
  mutex_lock(&mutex); // expected-warning {{while a spinlock is held}}
  mutex_unlock(&mutex);
}
struct xfrmdev_ops offload = {.xdo_dev_state_add = adds, .xdo_dev_state_delete = deletes, .xdo_dev_state_free = frees};

typedef int spinlock_t;
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void dev_coredumpv(void *dev, void *data, unsigned long len, gfp_t gfp);
int icc_set_bw(void *path, unsigned avg, unsigned peak);
void *rdma_create_ah(void *pd, void *attr, unsigned flags);
long unpin_user_pages_dirty_lock(void **pages, unsigned long npages, _Bool dirty);
void locked(spinlock_t *lock, void *p)
{
  spin_lock(lock);
  dev_coredumpv(p, p, 8, GFP_ATOMIC); // expected-warning {{calls 'dev_coredumpv', which may sleep}}
  icc_set_bw(p, 1, 1); // expected-warning {{calls 'icc_set_bw', which may sleep}}
  rdma_create_ah(p, p, 1); // expected-warning {{calls 'rdma_create_ah', which may sleep}}
  rdma_create_ah(p, p, 0);
  unpin_user_pages_dirty_lock(p, 1, 1); // expected-warning {{calls 'unpin_user_pages_dirty_lock', which may sleep}}
  unpin_user_pages_dirty_lock(p, 1, 0);
  spin_unlock(lock);
}
